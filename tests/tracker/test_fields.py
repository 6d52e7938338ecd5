"""The types of fields: what they take and what they refuse."""

import pytest
from pydantic import TypeAdapter, ValidationError

from tracker.fields import Position

POSITION: TypeAdapter[str] = TypeAdapter(Position)


@pytest.mark.parametrize("key", ["a0", "az", "b00", "b10", "bzz", "c000", "Zz", "Yzz", "a0V", "a0V1", "b00G"])
def test_a_position_is_any_key_of_the_algorithm_also_those_whose_number_ends_in_zero(key: str) -> None:
    assert POSITION.validate_python(key) == key


@pytest.mark.parametrize("key", ["", "0", "a", "b0", "Y0", "a00", "a0V0", "a0 ", "a0\n", "a-", "a0" + "1" * 127])
def test_a_position_that_leaves_no_room_before_it_or_is_none_is_refused(key: str) -> None:
    with pytest.raises(ValidationError):
        POSITION.validate_python(key)
