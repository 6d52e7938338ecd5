"""Who may do what: every command times every role, against the policy as docs/protocol.md states it."""

from typing import Any, Final
from uuid import UUID

import pytest

from tests.tracker.stories import STORIES, TYPES, decoded
from tests.tracker.world import Furnished
from tracker.access import standing
from tracker.commands.boards import BoardDelete, BoardEdit, BoardRestore
from tracker.commands.members import MemberRemove
from tracker.commands.tasks import TaskComplete
from tracker.refusal import Refused
from tracker.roles import RANK, Role, at_least

# The least role, or None where a role is not what decides.
POLICY: Final[dict[str, Role | None]] = {
    "board.create": None,
    "board.edit": "admin",
    "board.delete": "owner",
    "board.restore": "owner",
    **{f"list.{verb}": "editor" for verb in ("create", "edit", "move", "delete", "restore")},
    **{
        f"task.{verb}": "editor"
        for verb in ("create", "edit", "move", "complete", "reopen", "delete", "restore", "assign", "unassign")
    },
    **{f"goal.{verb}": "editor" for verb in ("create", "edit", "move", "delete", "restore")},
    **{f"key_result.{verb}": "editor" for verb in ("create", "edit", "move", "delete", "restore")},
    **{f"check_in.{verb}": "editor" for verb in ("create", "edit", "delete", "restore")},
    **{f"link.{verb}": "editor" for verb in ("create", "remove")},
    **{f"comment.{verb}": "commenter" for verb in ("create", "edit", "delete", "restore")},
    "invitation.create": "admin",
    "invitation.revoke": "admin",
    "invitation.accept": None,
    "member.edit": "admin",
    "member.remove": "admin",
    "profile.edit": None,
}

# Beyond the role: what belongs to somebody else, here to Ada.
OTHERS_OWN: Final = {
    "comment.edit": "forbidden",
    "check_in.edit": "forbidden",
    "comment.delete": "forbidden",
    "comment.restore": "forbidden",
}
AN_ADMIN_MAY: Final = {"comment.delete", "comment.restore"}


def test_the_policy_knows_every_command() -> None:
    assert set(POLICY) == set(TYPES)


def expected(command_type: str, role: Role | None) -> str:
    """What a guest with this role is answered; None is somebody who is not on the board."""
    minimum = POLICY[command_type]
    if minimum is None:
        return "done"
    if role is None:
        return "not_found"
    if RANK[role] < RANK[minimum]:
        return "forbidden"
    if command_type in AN_ADMIN_MAY and RANK[role] >= RANK["admin"]:
        return "done"
    return OTHERS_OWN.get(command_type, "done")


async def answer(f: Furnished, actor: UUID, order: dict[str, Any]) -> str:
    try:
        await f.world.does(actor, decoded(f, order))
    except Refused as refusal:
        return refusal.code
    return "done"


async def stands_as(f: Furnished, role: Role | None) -> None:
    """Cy gets the role, having had the one below."""
    if role == "viewer":
        await f.world.joins(f.board_id, f.ada, f.cy, role)
    elif role is not None:
        await f.world.does(f.ada, decoded(f, {"type": "member.edit", "member_id": f.cy, "role": role}))


@pytest.mark.parametrize("command_type", [each for each in TYPES if POLICY[each] and each != "board.restore"])
async def test_a_role_may_what_the_policy_says(command_type: str, furnished: Furnished) -> None:
    """From nobody up to the first role that may; that what one may a higher one may, too, is a rule of its own."""
    f = furnished
    *before, last = [dict(step) for step in STORIES[command_type](f)]
    for step in before:
        await f.world.does(f.ada, decoded(f, step))
    last.pop("_by", None)
    for role in (None, *RANK):
        await stands_as(f, role)
        records = await f.world.records(f.ada, f.board_id)
        got = await answer(f, f.cy, last)
        assert (role, got) == (role, expected(command_type, role))
        if got == "done":
            break
        assert await f.world.records(f.ada, f.board_id) == records


@pytest.mark.parametrize("role", [None, *RANK])
async def test_a_role_may_restore_a_board_as_the_policy_says(role: Role | None, furnished: Furnished) -> None:
    """Apart from the others, because nobody gets another role on a board in the trash."""
    f = furnished
    for step in (None, *RANK)[: [None, *RANK].index(role) + 1]:
        await stands_as(f, step)
    await f.world.does(f.ada, BoardDelete(board_id=f.board_id))
    assert await answer(f, f.cy, {"type": "board.restore"}) == expected("board.restore", role)


@pytest.mark.parametrize("role", RANK)
def test_a_role_includes_all_below_it(role: Role) -> None:
    assert [at_least(role, minimum) for minimum in RANK] == [RANK[minimum] <= RANK[role] for minimum in RANK]


async def test_a_profile_is_edited_by_its_owner_alone(furnished: Furnished) -> None:
    f = furnished
    with pytest.raises(Refused) as refusal:
        await f.world.does(f.bo, decoded(f, {"type": "profile.edit", "board_id": f.ada, "name": "Mallory"}))
    assert refusal.value.code == "not_found"
    with pytest.raises(Refused) as refusal:
        await f.world.does(f.ada, decoded(f, {"type": "profile.edit", "name": "Ada"}))
    assert refusal.value.code == "conflict"


async def test_everybody_may_leave(furnished: Furnished) -> None:
    f = furnished
    await f.world.joins(f.board_id, f.ada, f.cy, "viewer")
    await f.world.does(f.cy, MemberRemove(board_id=f.board_id, member_id=f.cy))
    async with f.world.engine.connect() as connection:
        assert await standing(connection, f.cy, f.board_id) is None


async def test_absent_and_forbidden_boards_look_the_same(furnished: Furnished) -> None:
    f = furnished
    answers = []
    for board_id in (f.board_id, UUID(int=7)):
        with pytest.raises(Refused) as refusal:
            await f.world.does(f.cy, BoardEdit(board_id=board_id, title="Mine"))
        answers.append((refusal.value.code, refusal.value.message))
    assert answers[0] == answers[1]


async def test_a_deleted_board_takes_only_its_restore(furnished: Furnished) -> None:
    f = furnished
    await f.world.does(f.ada, BoardDelete(board_id=f.board_id))
    with pytest.raises(Refused) as refusal:
        await f.world.does(f.ada, TaskComplete(board_id=f.board_id, task_id=f.task_id))
    assert refusal.value.code == "conflict"
    await f.world.does(f.ada, BoardRestore(board_id=f.board_id))
    await f.world.does(f.ada, TaskComplete(board_id=f.board_id, task_id=f.task_id))


async def test_the_standing_names_role_and_head(furnished: Furnished) -> None:
    f = furnished
    async with f.world.engine.connect() as connection:
        mine = await standing(connection, f.bo, f.board_id)
        assert await standing(connection, f.cy, f.board_id) is None
    assert mine is not None
    assert mine.role == "editor"
    assert (mine.head.seq, mine.head.floor) == ((await f.world.records(f.ada, f.board_id))[0], 0)
