"""What Redis carries of a change, and how little of it has to be read."""

from uuid import UUID, uuid4

import pytest

from tracker.announcements import Announcement, board_channel, board_of, parse_announcement, payload_of
from tracker.change_log import LoggedChange

CHANGES = tuple(LoggedChange(seq, b'{"seq":%d,"put":[{"notes":"{\\"seq\\":1,"}]}' % seq) for seq in (9, 10, 11))


@pytest.mark.parametrize("count", [1, 3])
def test_what_was_announced_is_read_again(count: int) -> None:
    announcement = Announcement(uuid4(), uuid4(), CHANGES[:count])
    payload = payload_of(announcement)
    assert parse_announcement(payload) == (announcement.epoch, announcement.changes)


@pytest.mark.parametrize(
    "payload", [b"", b"nonsense", b"nonsense\n" + CHANGES[0].body, b"%b\n{}" % str(UUID(int=1)).encode()]
)
def test_what_is_no_announcement_is_not_read(payload: bytes) -> None:
    with pytest.raises(ValueError, match=r"begins with its seq|badly formed|carries changes"):
        parse_announcement(payload)


def test_a_channel_leads_back_to_its_board() -> None:
    board_id = uuid4()
    assert board_of(board_channel(board_id).encode()) == board_id


@pytest.mark.parametrize("channel", [b"", b"board:", b"board:1", str(UUID(int=1)).encode(), b"\xff"])
def test_another_channel_leads_to_none(channel: bytes) -> None:
    with pytest.raises(ValueError, match=r"channel of a board|badly formed|can't decode"):
        board_of(channel)
