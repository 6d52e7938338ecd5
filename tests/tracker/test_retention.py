"""A command that comes after its outcome may have been forgotten is told so, and not done again."""

from datetime import UTC, datetime, timedelta
from uuid import UUID, uuid4

import pytest

from tests.tracker.world import Furnished
from tracker.actor import Actor
from tracker.commands.boards import BoardEdit
from tracker.refusal import Refused
from tracker.retention import COMMANDS_ACCEPTED, OUTCOMES_KEPT, first_id_at, is_expired

NOW = datetime(2026, 11, 22, 9, 0, tzinfo=UTC)


def id_made_at(moment: datetime) -> UUID:
    """An id of version 7, as a client makes it at this moment."""
    return UUID(int=first_id_at(moment).int | 0x7 << 76 | 0x2 << 62 | 0x1234)


@pytest.mark.parametrize(
    ("command_id", "expected"),
    [
        (id_made_at(NOW), False),
        (id_made_at(NOW - COMMANDS_ACCEPTED), False),
        (id_made_at(NOW - COMMANDS_ACCEPTED - timedelta(milliseconds=1)), True),
        (id_made_at(datetime(1970, 1, 1, tzinfo=UTC)), True),
        (id_made_at(NOW + timedelta(days=400)), False),
        (UUID("00000000-0000-4000-8000-000000000001"), False),
    ],
)
def test_only_an_id_that_tells_its_age_can_be_too_old(command_id: UUID, expected: bool) -> None:
    assert is_expired(command_id, NOW) is expected


def test_an_outcome_is_known_for_longer_than_its_command_is_taken() -> None:
    assert OUTCOMES_KEPT > COMMANDS_ACCEPTED


@pytest.mark.rule("R-30")
async def test_an_unknown_command_that_is_too_old_is_refused_and_not_done(furnished: Furnished) -> None:
    f = furnished
    before, _ = await f.world.records(f.ada, f.board_id)
    too_old = id_made_at(NOW - COMMANDS_ACCEPTED - timedelta(days=1))
    with pytest.raises(Refused) as refusal:
        await f.world.door.execute(Actor(f.ada), too_old, BoardEdit(board_id=f.board_id, title="Autumn"))
    assert refusal.value.code == "expired"
    assert (await f.world.records(f.ada, f.board_id))[0] == before


@pytest.mark.rule("R-30")
async def test_a_command_that_was_done_stays_done_however_old_it_is(furnished: Furnished) -> None:
    f, command = furnished, BoardEdit(board_id=furnished.board_id, title="Autumn")
    command_id = id_made_at(NOW)
    done = await f.world.door.execute(Actor(f.ada), command_id, command)
    clock = f.world.door._clock
    f.world.door._clock = lambda: clock() + COMMANDS_ACCEPTED + timedelta(hours=1)
    again = await f.world.door.execute(Actor(f.ada), command_id, command)
    assert (again.seq, again.repeated) == (done.seq, True)
    with pytest.raises(Refused):
        await f.world.door.execute(Actor(f.bo), command_id, command)
    await f.world.door.execute(Actor(f.ada), uuid4(), command)
