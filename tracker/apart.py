"""Which commands of a batch have nothing to do with each other."""

from collections.abc import Sequence
from uuid import UUID

from tracker.transaction import Order


def apart(orders: Sequence[Order]) -> list[list[int]]:
    """The places of the orders, in groups that share no board; each group in its old order."""
    group_of: dict[UUID, list[int]] = {}
    for place, order in enumerate(orders):
        boards = order.command.boards(order.actor.account_id)
        joined = {id(group_of[board_id]): group_of[board_id] for board_id in boards if board_id in group_of}
        group = [*sorted(each for found in joined.values() for each in found), place]
        together = [board_id for board_id, found in group_of.items() if id(found) in joined]
        group_of |= dict.fromkeys((*boards, *together), group)
    return sorted({id(group): group for group in group_of.values()}.values())
