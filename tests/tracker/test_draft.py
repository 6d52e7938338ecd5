"""The draft: one layer for each board, by whatever name it is asked for."""

from datetime import UTC, datetime
from uuid import UUID

from tracker.draft import Draft
from tracker.records import List

MINE, OTHER, LIST = UUID(int=1), UUID(int=2), UUID(int=3)
AT = datetime(2026, 11, 23, tzinfo=UTC)
INBOX = List(id=LIST, title="Inbox", position="a0", created_at=AT)


def test_the_own_board_is_the_same_when_it_is_named() -> None:
    draft = Draft({}, MINE, UUID(int=4), AT)
    draft.put(INBOX, MINE)
    assert draft.find(List, LIST) is INBOX
    assert draft.every(List) == [INBOX]
    assert [entry["id"] for entry in draft.own.delta().put] == [LIST]
    assert draft.elsewhere == {}


def test_what_is_done_on_another_board_is_not_done_here() -> None:
    draft = Draft({MINE: {("list", LIST.int): INBOX}, OTHER: {("list", LIST.int): INBOX}}, MINE, UUID(int=4), AT)
    draft.remove(INBOX, OTHER)
    assert draft.find(List, LIST, OTHER) is None
    assert draft.every(List, OTHER) == []
    assert draft.find(List, LIST) is INBOX
    assert draft.own.delta().removed == []
    assert draft.elsewhere[OTHER].delta().removed == [{"type": "list", "id": LIST}]
