"""For every command: the old snapshot and the changes make the fresh snapshot, on every board that it changes."""

import pytest

from tests.tracker.stories import STORIES, TYPES, decoded
from tests.tracker.world import Furnished, follow


@pytest.mark.parametrize("command_type", TYPES)
@pytest.mark.rule("R-31")
async def test_old_snapshot_and_changes_make_the_fresh_snapshot(command_type: str, furnished: Furnished) -> None:
    f, world = furnished, furnished.world
    *before, last = [dict(step) for step in STORIES[command_type](f)]
    for step in before:
        await world.does(f.ada, decoded(f, step))
    author = last.pop("_by", f.ada)
    boards = {f.ada: f.ada, f.bo: f.bo, f.cy: f.cy, f.board_id: f.ada}
    snapshots = {board_id: await world.records(person, board_id) for board_id, person in boards.items()}

    command = decoded(f, last)
    await world.does(author, command)

    changed = []
    for board_id, person in {command.board_id: author, **boards}.items():
        seq, records = snapshots.get(board_id, (0, {}))
        changes = await world.changes(board_id, after=seq)
        fresh_seq, fresh = await world.records(person, board_id)
        assert follow(records, changes) == fresh
        assert [change["seq"] for change in changes] == list(range(seq + 1, fresh_seq + 1))
        if fresh != records:
            changed.append(board_id)
    assert command.board_id in changed, "a story must change something, or it proves nothing"


def test_every_command_has_a_story() -> None:
    assert set(STORIES) == set(TYPES)
