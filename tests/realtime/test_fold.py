"""A long gap made short leads to the same records, and keeps every change's place."""

import random
from collections.abc import Sequence
from typing import Any

import pytest

from realtime.fold import fold
from realtime.removals import removed_members
from tests.tracker.world import Records, follow
from tracker import wire
from tracker.change_log import LoggedChange

ADA = "00000000-0000-0000-0000-000000000001"
Entry = dict[str, Any]


def change(seq: int, *put: Entry, remove: tuple[Entry, ...] = ()) -> LoggedChange:
    return LoggedChange(seq, wire.encode({"seq": seq, "command_id": f"c{seq}", "put": put, "remove": remove}))


def task(task_id: str, **fields: object) -> Entry:
    return {"type": "task", "id": task_id, **fields}


def read(changes: Sequence[LoggedChange]) -> list[Entry]:
    return [wire.decode(change.body) for change in changes]


@pytest.mark.rule("R-18")
def test_a_record_is_put_once_in_its_newest_state() -> None:
    folded = read(
        fold([change(1, task("a", title="x", notes="n")), change(2, task("b")), change(3, task("a", title="y"))])
    )
    assert [entry["seq"] for entry in folded] == [1, 2, 3]
    assert [entry["command_id"] for entry in folded] == ["c1", "c2", "c3"]
    assert [entry["put"] for entry in folded] == [[], [task("b")], [task("a", title="y", notes="n")]]


def test_a_removal_keeps_its_place_and_parts_two_lives_of_a_record() -> None:
    member = {"type": "member", "id": ADA}
    folded = fold(
        [change(1, {**member, "role": "owner"}), change(2, remove=(member,)), change(3, {**member, "role": "viewer"})]
    )
    assert [removed_members(each.body) != frozenset() for each in folded] == [False, True, False]
    assert read(folded)[2]["put"] == [{**member, "role": "viewer"}]


@pytest.mark.parametrize("seed", range(20))
@pytest.mark.rule("R-18")
def test_folded_changes_lead_to_the_same_records(seed: int) -> None:
    chance = random.Random(seed)
    changes: list[LoggedChange] = []
    here: set[str] = set()
    for seq in range(1, 120):
        if here and chance.random() < 0.1:
            gone = chance.choice(sorted(here))
            here.discard(gone)
            changes.append(change(seq, remove=({"type": "task", "id": gone},)))
        else:
            ids = chance.sample("abcdef", chance.choice([1, 1, 2]))
            here.update(ids)
            changes.append(change(seq, *(task(i, **{chance.choice(["title", "notes"]): seq}) for i in ids)))
    nothing: Records = {}
    folded = fold(changes)
    assert follow(nothing, read(folded)) == follow(nothing, read(changes))
    assert sum(len(each.body) for each in folded) < sum(len(each.body) for each in changes)
