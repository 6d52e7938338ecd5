"""Reading in a change whom it takes off the board."""

from uuid import uuid4

import pytest

from realtime.removals import removed_members
from tracker import wire


def body(*removed: dict[str, object]) -> bytes:
    return wire.encode({"seq": 1, "put": [], "remove": list(removed)})


def test_most_changes_remove_nobody() -> None:
    assert removed_members(body()) == frozenset()


def test_only_members_count() -> None:
    ada = uuid4()
    change = body({"type": "link", "id": uuid4()}, {"type": "member", "id": ada}, {"type": "invitation", "id": uuid4()})
    assert removed_members(change) == {ada}


@pytest.mark.parametrize("nonsense", [b"", b"{", b'{"remove":[{"type":"member"}]}', b'{"seq":1}', b"[]"])
def test_nonsense_is_not_read_as_nobody(nonsense: bytes) -> None:
    with pytest.raises((ValueError, KeyError, TypeError)):
        removed_members(nonsense)
