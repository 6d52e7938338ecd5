"""Cutting bytes into frames, wherever the network cuts them."""

import random

import pytest
from websockets.frames import CLOSE, CONT, PING, PONG, TEXT, Frame, Opcode

from realtime.frame_reader import FrameReader, Incoming, Malformed, TooLarge, is_only_a_pong, is_pong, simple_text

LIMIT = 1_000


def sent(data: bytes, *, opcode: Opcode = TEXT, fin: bool = True) -> bytes:
    """What a client puts on the wire."""
    return Frame(opcode, data, fin).serialize(mask=True)


def read(stream: bytes, sizes: list[int]) -> list[Incoming]:
    reader = FrameReader(LIMIT)
    frames: list[Incoming] = []
    for size in sizes:
        frames += reader.feed(stream[:size])
        stream = stream[size:]
    return frames + reader.feed(stream)


@pytest.mark.parametrize("length", [0, 1, 125, 126, 127, LIMIT])
def test_a_whole_text_message_is_unmasked(length: int) -> None:
    payload = bytes(n % 251 for n in range(length))
    (frame,) = FrameReader(LIMIT).feed(sent(payload))
    assert isinstance(frame, bytes)
    assert simple_text(frame, 0) == (payload, len(frame))


def test_a_message_of_more_than_65_535_bytes_has_the_long_header() -> None:
    (frame,) = FrameReader(100_000).feed(sent(b"a" * 70_000))
    assert isinstance(frame, bytes)
    assert simple_text(frame, 0) == (b"a" * 70_000, len(frame))


@pytest.mark.parametrize("seed", range(30))
def test_frames_come_out_the_same_however_the_bytes_arrive(seed: int) -> None:
    chance = random.Random(seed)
    messages = [sent(chance.randbytes(chance.choice([0, 3, 130, 999, 1_001, 5_000]))) for _ in range(20)]
    stream = b"".join(messages)
    cuts = [chance.choice([1, 2, 3, 7, 100, 1_500]) for _ in range(len(stream))]
    whole = FrameReader(LIMIT).feed(stream)
    assert len(whole) == 20
    assert read(stream, cuts) == whole


@pytest.mark.parametrize(("opcode", "fin"), [(PING, True), (CLOSE, True), (TEXT, False)])
def test_what_is_not_simple_is_left_to_the_complete_parser(opcode: Opcode, fin: bool) -> None:
    frame = sent(b"x", opcode=opcode, fin=fin)
    (cut,) = FrameReader(LIMIT).feed(frame)
    assert cut == frame
    assert simple_text(frame, 0) is None
    assert simple_text(sent(b"before") + frame, len(sent(b"before"))) is None


@pytest.mark.parametrize("length", [0, 1, 126, 65_536])
@pytest.mark.parametrize("before", [b"", b"before"])
@pytest.mark.parametrize("after", [b"", b"\x81", b"\x81\x80mask"])
def test_only_a_whole_text_message_is_simple(length: int, before: bytes, after: bytes) -> None:
    frame, begin = sent(b"x" * length), len(before)
    assert simple_text(before + frame + after, begin) == (b"x" * length, begin + len(frame))
    for end in {0, 1, 2, 5, 7, 9, len(frame) - 1} & {*range(len(frame))}:
        assert simple_text(before + frame[:end], begin) is None
    assert simple_text(before + Frame(TEXT, b"unmasked").serialize(mask=False), begin) is None


def test_a_message_above_the_limit_is_skipped_and_the_next_one_read() -> None:
    large, last = FrameReader(LIMIT).feed(sent(b"x" * 1_001) + sent(b"next"))
    assert large == TooLarge(1_001, is_whole=True)
    assert isinstance(last, bytes)
    assert simple_text(last, 0) == (b"next", len(last))


@pytest.mark.parametrize(("opcode", "fin"), [(TEXT, False), (CONT, True)])
def test_a_large_piece_of_a_message_is_no_whole_message(opcode: Opcode, fin: bool) -> None:
    assert FrameReader(LIMIT).feed(sent(b"x" * 1_001, opcode=opcode, fin=fin)) == [TooLarge(1_001, is_whole=False)]


@pytest.mark.parametrize(
    "bytes_",
    [
        b"\x81\x05hello",  # not masked
        b"\xc1\x80\0\0\0\0",  # a reserved bit
        b"\x83\x80\0\0\0\0",  # an opcode that is not defined
        b"\x89\xfe\0\x7e\0\0\0\0",  # a long ping
        b"\x09\x80\0\0\0\0",  # a ping in pieces
    ],
)
def test_what_no_client_may_send_is_malformed_and_nothing_after_it_is_read(bytes_: bytes) -> None:
    frames = FrameReader(LIMIT).feed(bytes_ + sent(b"later"))
    assert len(frames) == 1
    assert isinstance(frames[0], Malformed)


def test_only_a_pong_is_a_pong() -> None:
    frames = FrameReader(LIMIT).feed(sent(b"", opcode=PONG) + sent(b"x", opcode=PING) + sent(b"x"))
    assert [isinstance(frame, bytes) and is_pong(frame) for frame in frames] == [True, False, False]


def test_only_the_bytes_of_a_pong_are_only_a_pong() -> None:
    pong = sent(b"", opcode=PONG)
    assert is_only_a_pong(pong)
    assert not is_only_a_pong(pong + pong)
    assert not is_only_a_pong(sent(b"", opcode=PING))


def test_what_is_to_be_remembered_is_a_begun_frame_or_what_is_skipped() -> None:
    pong = sent(b"", opcode=PONG)
    reader = FrameReader(LIMIT)
    for whole in (sent(pong), sent(b"x" * (LIMIT + 100))):
        noted: list[bool] = []
        for piece in (whole[:-6], whole[-6:]):
            reader.feed(piece)
            noted.append(reader.is_between_frames)
        assert noted == [False, True]
