"""Who is on a board: what the sockets of one node say, and all nodes together."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from typing import Final, TypedDict
from uuid import UUID

from realtime.messages import Person

PEOPLE_LIMIT: Final = 100
TASKS_LIMIT: Final = 10
"""More faces than these nobody looks at, and presence must stay small."""


class Seen(TypedDict):
    """What one node says of one account on one board."""

    connections: int
    task_ids: list[str]


def seen_here(states: Iterable[tuple[UUID, UUID | None]]) -> dict[UUID, Seen]:
    """By account, what the sockets of this node look at: pairs of an account and a task, or None."""
    connections: defaultdict[UUID, int] = defaultdict(int)
    tasks: defaultdict[UUID, set[str]] = defaultdict(set)
    for account_id, task_id in states:
        connections[account_id] += 1
        if task_id is not None:
            tasks[account_id].add(str(task_id))
    return {
        account_id: Seen(connections=count, task_ids=sorted(tasks[account_id])[:TASKS_LIMIT])
        for account_id, count in connections.items()
    }


def everyone(nodes: Iterable[Mapping[UUID, Seen]]) -> list[Person]:
    """The people of all nodes together, in the order of their ids, so that equal attendance looks equal."""
    connections: defaultdict[UUID, int] = defaultdict(int)
    tasks: defaultdict[UUID, set[str]] = defaultdict(set)
    for node in nodes:
        for account_id, seen in node.items():
            connections[account_id] += seen["connections"]
            tasks[account_id].update(seen["task_ids"])
    return [
        Person(
            account_id=account_id,
            connections=connections[account_id],
            task_ids=[UUID(task_id) for task_id in sorted(tasks[account_id])[:TASKS_LIMIT]],
        )
        for account_id in sorted(connections)[:PEOPLE_LIMIT]
    ]
