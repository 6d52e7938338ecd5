"""The types of fields: what they take and what they refuse."""

from datetime import UTC, datetime, timedelta

import pytest
from pydantic import TypeAdapter, ValidationError

from tracker import execute
from tracker.fields import Position, moment

POSITION: TypeAdapter[str] = TypeAdapter(Position)


@pytest.mark.parametrize("key", ["a0", "az", "b00", "b10", "bzz", "c000", "Zz", "Yzz", "a0V", "a0V1", "b00G"])
def test_a_position_is_any_key_of_the_algorithm_also_those_whose_number_ends_in_zero(key: str) -> None:
    assert POSITION.validate_python(key) == key


@pytest.mark.parametrize("key", ["", "0", "a", "b0", "Y0", "a00", "a0V0", "a0 ", "a0\n", "a-", "a0" + "1" * 127])
def test_a_position_that_leaves_no_room_before_it_or_is_none_is_refused(key: str) -> None:
    with pytest.raises(ValidationError):
        POSITION.validate_python(key)


def test_now_is_a_moment_as_it_is_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    for nanoseconds in range(1_795_000_000_000_000_000, 1_795_000_002_000_000_000, 777_777):
        monkeypatch.setattr(execute, "time_ns", lambda at=nanoseconds: at)
        whole = datetime.fromtimestamp(nanoseconds // 1_000_000_000, UTC)
        expected = whole + timedelta(microseconds=nanoseconds % 1_000_000_000 // 1_000)
        assert execute.utc_now() == moment(expected)
