"""The frames that a server sends."""

import pytest

from realtime.frames import close_frame, text_frame


@pytest.mark.parametrize(
    ("length", "header"),
    [
        (0, b"\x81\x00"),
        (125, b"\x81\x7d"),
        (126, b"\x81\x7e\x00\x7e"),
        (65_535, b"\x81\x7e\xff\xff"),
        (65_536, b"\x81\x7f\x00\x00\x00\x00\x00\x01\x00\x00"),
    ],
)
def test_a_text_frame_names_its_length_as_short_as_can_be(length: int, header: bytes) -> None:
    assert text_frame(b"x" * length) == header + b"x" * length


def test_a_close_frame_carries_code_and_reason() -> None:
    assert close_frame(4401, "over") == b"\x88\x06\x11\x31over"


def test_a_long_reason_is_cut_between_characters() -> None:
    frame = close_frame(4400, "€" * 100)
    assert len(frame) <= 2 + 125
    assert frame[4:].decode() == "€" * 41
