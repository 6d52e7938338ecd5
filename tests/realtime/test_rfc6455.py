"""The socket as RFC 6455 wants it, where clients are careless or hostile."""

from collections.abc import AsyncIterator, Callable
from functools import partial

import pytest
from websockets.speedups import apply_mask

from realtime.frame_protocol import FrameProtocol
from realtime.frame_reader import is_only_a_pong, simple_text
from tests.realtime.eventually import eventually
from tests.realtime.raw_socket import RawSocket, masked
from tests.realtime.running_node import RunningNode
from tests.tracker.world import World


@pytest.fixture
async def raw(node: RunningNode, world: World) -> AsyncIterator[RawSocket]:
    """A socket that is signed in."""
    ada = await world.person("Ada")
    raw = await RawSocket.connect(node.port)
    await raw.say("hello", protocol=1, token=node.gate.token(ada), client_id="c")
    await raw.hears("welcome")
    yield raw
    raw.abort()


def protocol_of(node: RunningNode) -> FrameProtocol:
    """The node's side of the only socket."""
    (session,) = node.node.sessions.everyone()
    assert isinstance(session.link, FrameProtocol)
    return session.link


@pytest.mark.parametrize(
    ("bytes_", "code"),
    [
        (b"\x81\x05hello", 1002),
        (masked(b"{}", 0xC1), 1002),
        (masked(b"{}", 0xA1), 1002),
        (masked(b"{}", 0x91), 1002),
        (masked(b"{}", 0x83), 1002),
        (masked(b"x", 0x09), 1002),
        (b"\x89\xfe\x00\x7e" + b"\0" * 130, 1002),
        (masked(b"{}", 0x80), 1002),  # a continuation of nothing
        (masked(b"{", 0x01) + masked(b"{}"), 1002),  # a new message within another
        (masked(b"\xff\xfe"), 1007),
        (masked(b"\xc3", 0x01) + masked(b"\x28", 0x80), 1007),
        (masked(b"\x00", 0x88), 1002),  # half a close code
        (masked(b"\x03\xed", 0x88), 1002),  # a code that is never sent
        (masked(b"\x03\xe8\xff", 0x88), 1007),  # a reason that is not UTF-8
        (masked(b"x" * 40_000, 0x01) + masked(b"x" * 40_000, 0x80), 4413),
        (masked(b"x" * 70_000, 0x01), 4413),
    ],
)
async def test_what_breaks_the_protocol_ends_the_connection_with_its_code(
    raw: RawSocket, bytes_: bytes, code: int
) -> None:
    await raw.send(bytes_ + masked(b"later"))
    assert await raw.close_code() == code


async def test_a_message_in_pieces_with_a_ping_between_is_one_message(raw: RawSocket) -> None:
    await raw.send(masked(b'{"type":"unw', 0x01) + masked(b"are you there", 0x89) + masked(b'atch",', 0x00))
    assert await raw.frame() == (0x8A, b"are you there")
    await raw.send(masked(b'"board_id":"00000000-0000-0000-0000-000000000001"}', 0x80))
    await raw.hears("unwatched")


async def test_what_comes_while_nothing_is_taken_keeps_its_order(node: RunningNode, raw: RawSocket) -> None:
    boards = [f"00000000-0000-0000-0000-00000000000{number}" for number in range(3)]
    first, second, third = [masked(f'{{"type":"unwatch","board_id":"{board}"}}'.encode()) for board in boards]
    link = protocol_of(node)
    link.hold_reading()
    # Already read from the socket when it was held.
    link.data_received(first + second)
    link.data_received(third)
    link.resume_reading()
    assert [(await raw.hears("unwatched"))["board_id"] for _ in boards] == boards


async def test_text_is_put_together_before_it_is_decoded(raw: RawSocket) -> None:
    euro = '{"type":"€"}'.encode()
    await raw.send(masked(euro[:10], 0x01) + masked(euro[10:], 0x80))
    assert (await raw.hears("error"))["code"] == "invalid"


async def test_bytes_one_by_one_make_a_message(raw: RawSocket) -> None:
    for byte in masked(b'{"type":"unwatch","board_id":"00000000-0000-0000-0000-000000000001"}'):
        await raw.send(bytes([byte]))
    await raw.hears("unwatched")


@pytest.mark.parametrize(
    ("looks", "mask", "size"),
    [(is_only_a_pong, b"\xaa\xa0\0\0", 6), (partial(simple_text, begin=0), b"\xa1\xa4\0\0", 10)],
    ids=["a pong", "a text"],
)
async def test_the_rest_of_a_message_may_look_like_a_frame_of_its_own(
    node: RunningNode, raw: RawSocket, looks: Callable[[bytes], object], mask: bytes, size: int
) -> None:
    payload = b'{"type":"unwatch","board_id":"00000000-0000-0000-0000-000000000001"}'.ljust(80) + b" " * size
    frame = bytes([0x81, 0x80 | len(payload)]) + mask + apply_mask(payload, mask)
    assert looks(frame[-size:])
    link = protocol_of(node)
    await raw.send(frame[:-size])
    await eventually(lambda: link._reader is not None)
    await raw.send(frame[-size:])
    await raw.hears("unwatched")
    assert link._reader is None, "in between there is nothing to be remembered"


async def test_a_new_message_within_another_breaks_the_protocol_also_when_it_comes_by_itself(
    node: RunningNode, raw: RawSocket
) -> None:
    await raw.send(masked(b"{", 0x01))
    await eventually(lambda: protocol_of(node).conn.current_size is not None)
    await raw.send(masked(b"{}"))
    assert await raw.close_code() == 1002


async def test_many_messages_in_one_packet_are_answered_in_order(raw: RawSocket) -> None:
    await raw.send(b"".join(masked(b'{"type":"unwatch","board_id":"%032x"}' % n) for n in range(50)))
    answered = [(await raw.hears("unwatched"))["board_id"] for _ in range(50)]
    assert [int(board_id.replace("-", ""), 16) for board_id in answered] == list(range(50))


async def test_a_pong_that_nobody_asked_for_is_ignored(raw: RawSocket) -> None:
    await raw.send(masked(b"hello", 0x8A) + masked(b"{}"))
    assert (await raw.hears("error"))["code"] == "invalid"


@pytest.mark.parametrize("payload", [b"", b"\x03\xe8", b"\x0f\xa0bye"])
async def test_a_close_is_answered_with_the_same(raw: RawSocket, payload: bytes) -> None:
    await raw.send(masked(payload, 0x88))
    frame = await raw.frame()
    assert frame == (0x88, payload)
    assert await raw.frame() is None
