"""Whatever way bytes take to a socket, they come in the order in which they were written, once and whole."""

import asyncio
import gc
import resource
from collections.abc import AsyncIterator, Callable, Coroutine, Sequence
from pathlib import Path
from random import Random
from typing import Any, NoReturn

import pytest
import uvloop
from uvicorn.protocols.websockets import websockets_sansio_impl

from realtime import uring
from realtime.close_codes import CloseCode
from realtime.frames import text_frame
from realtime.loop_turn import FEW, LoopTurn, turn_of
from realtime.uring import Uring
from tests.realtime.eventually import eventually
from tests.realtime.plain_server import Line, PlainServer, audience_of, plain_server, watch_of
from tests.realtime.raw_socket import masked
from tests.realtime.urings import URINGS

NO_SYSTEM_CALL = 9_999
SMALL_BUFFER = 4_096

Run = Callable[[Coroutine[Any, Any, None]], None]


@pytest.fixture(params=[*URINGS, None], ids=lambda uring: "io_uring" if uring else "transports")
async def turn(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> LoopTurn:
    """The turn of this loop, with and without io_uring."""
    turn = turn_of(asyncio.get_running_loop())
    monkeypatch.setattr(turn, "_uring", request.param and request.param())
    return turn


@pytest.fixture
def lowest_are_free() -> None:
    """What earlier tests left frees no descriptor in the midst of this one: the kernel gives the lowest."""
    gc.collect()


@pytest.fixture
async def server() -> AsyncIterator[PlainServer]:
    async with plain_server() as server:
        yield server


def write_to_all(turn: LoopTurn, lines: Sequence[Line], number: int, length: int = 300) -> None:
    frames = [line.numbered(number, length) for line in lines]
    turn.write_to_all(audience_of(lines), frames[0])


async def all_arrive_as_given(lines: Sequence[Line]) -> None:
    for line in lines:
        line.begin_to_read()
        await line.has_all()
        assert line.arrived == line.given


async def to_all(turn: LoopTurn, lines: Sequence[Line], number: int, length: int) -> None:
    write_to_all(turn, lines, number, length)


async def to_each(turn: LoopTurn, lines: Sequence[Line], number: int, length: int) -> None:
    for line in lines:
        line.link.write(line.numbered(number, length))


async def to_each_its_own(turn: LoopTurn, lines: Sequence[Line], number: int, length: int) -> None:
    turn.write_each({line.link.number: line.numbered(number, length) for line in lines})


async def to_two_now(turn: LoopTurn, lines: Sequence[Line], number: int, length: int) -> None:
    for line in lines[:2]:
        line.link.write_now(line.numbered(number, length))


async def flush(turn: LoopTurn, lines: Sequence[Line], number: int, length: int) -> None:
    for line in lines:
        line.link.flush()


async def end_of_turn(turn: LoopTurn, lines: Sequence[Line], number: int, length: int) -> None:
    await asyncio.sleep(0)


Way = Callable[[LoopTurn, Sequence[Line], int, int], Coroutine[Any, Any, None]]
WAYS: Sequence[Way] = (to_all, to_all, to_each, to_each_its_own, to_two_now, flush, end_of_turn)


@pytest.mark.rule("R-17")
@pytest.mark.parametrize("kind", [*URINGS, None])
@pytest.mark.parametrize("run", [asyncio.run, uvloop.run])
@pytest.mark.parametrize("seed", range(4))
def test_however_they_are_written_frames_arrive_in_order_once_and_whole(
    seed: int, run: Run, kind: type[Uring] | None
) -> None:
    async def write_and_read() -> None:
        turn = turn_of(asyncio.get_running_loop())
        turn._uring = None if kind is None else kind()
        async with plain_server() as server:
            await write_in_all_ways(turn, server, Random(seed))

    run(write_and_read())


async def write_in_all_ways(turn: LoopTurn, server: PlainServer, random: Random) -> None:
    slow = [await server.line(SMALL_BUFFER) for _ in range(FEW)]
    quick = [await server.line() for _ in range(2 * FEW)]
    lines = [*slow, *quick]
    for line in quick:
        line.begin_to_read()
    for number in range(500):
        some = random.sample(lines, random.choice((1, 2, FEW, len(lines))))
        await random.choice(WAYS)(turn, some, number, random.choice((20, 300, 20_000)))
    assert all(line.link.transport.get_write_buffer_size() for line in slow), "the kernel could not take all of it"
    for line in slow:
        line.begin_to_read()
    for line in lines:
        await line.has_all()
    assert [line.arrived for line in lines] == [line.given for line in lines]


async def test_who_was_too_slow_goes_with_the_others_again(
    turn: LoopTurn, server: PlainServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    lines = [await server.line(SMALL_BUFFER) for _ in range(FEW)]
    slow = lines[0]
    while not slow.link.transport.get_write_buffer_size():
        slow.link.write_now(slow.numbered(0, 60_000))
    for line in lines:
        line.begin_to_read()
    write_to_all(turn, lines, 1)
    await slow.has_all()
    if turn._uring is not None:
        monkeypatch.setattr(slow.link, "write_by_transport", unwanted)
    write_to_all(turn, lines, 2)
    await slow.has_all()
    assert slow.arrived == slow.given


def unwanted(data: bytes) -> None:
    raise AssertionError("nothing waits before it")


async def test_a_frame_follows_what_its_socket_was_written_in_this_turn(turn: LoopTurn, server: PlainServer) -> None:
    lines = [await server.line() for _ in range(FEW)]
    answered = lines[:3]
    for line in answered:
        line.link.write(line.numbered(1, 20))
    write_to_all(turn, lines, 2)
    for line in answered:
        line.link.write(line.numbered(3, 20))
    await all_arrive_as_given(lines)


@pytest.mark.usefixtures("lowest_are_free")
async def test_the_number_of_a_socket_that_is_gone_reaches_nobody(turn: LoopTurn, server: PlainServer) -> None:
    lines = [await server.line() for _ in range(FEW)]
    turn.write_each({line.link.number: line.numbered(1, 20) for line in lines})
    lost, kept = lines[0], lines[1:]
    descriptor, number = lost.link.descriptor, lost.link.number
    lost.far.abort()
    await eventually(lambda: lost.receiver.is_lost)
    later = await server.line()
    assert later.link.descriptor == descriptor, "the kernel gives the lowest that is free"
    frames = {line.link.number: line.numbered(2, 20) for line in [*kept, later]}
    turn.write_each(frames | {number: lost.numbered(3, 20)})
    await all_arrive_as_given([*kept, later])


@pytest.mark.usefixtures("lowest_are_free")
async def test_a_descriptor_that_is_another_sockets_now_gets_nothing(turn: LoopTurn, server: PlainServer) -> None:
    lines = [await server.line() for _ in range(FEW)]
    audience = audience_of(lines)
    turn.write_to_all(audience, text_frame(b"to all"))
    gone = lines[FEW // 2]
    descriptor = gone.link.descriptor
    gone.far.abort()
    await eventually(lambda: gone.receiver.is_lost)
    # Nobody told the audience.
    heirs = [await server.line()]
    while heirs[-1].link.descriptor != descriptor:
        heirs.append(await server.line())
        assert len(heirs) < 10
    turn.write_to_all(audience, text_frame(b"to those who are left"))
    heirs[-1].link.write_now(text_frame(b"to the heir"))
    assert await heirs[-1].far.frame() == (0x81, b"to the heir")


async def test_who_comes_is_reached_and_who_goes_is_not(turn: LoopTurn, server: PlainServer) -> None:
    lines = [await server.line() for _ in range(FEW + 1)]
    audience = audience_of(lines[:-1])
    late = watch_of(lines[-1])
    for frame, change in ((b"1", audience.add), (b"2", audience.discard), (b"3", audience.add)):
        turn.write_to_all(audience, text_frame(frame))
        change(late)
    turn.write_to_all(audience, text_frame(b"4"))
    assert [await lines[-1].far.frame() for _ in range(2)] == [(0x81, b"2"), (0x81, b"4")]
    assert [await lines[0].far.frame() for _ in range(4)] == [(0x81, b"%d" % number) for number in range(1, 5)]


async def test_sockets_that_only_their_transports_understand_are_reached(turn: LoopTurn, server: PlainServer) -> None:
    lines = [await server.line() for _ in range(2 * FEW)]
    for line in lines[:3]:
        # As under TLS.
        line.link.descriptor = -1
    for number in range(3):
        write_to_all(turn, lines, number)
        for line in lines:
            line.link.write(line.numbered(number, 20))
        await asyncio.sleep(0)
    await all_arrive_as_given(lines)


@pytest.mark.parametrize("way", [to_all, to_each, to_each_its_own])
async def test_what_goes_to_a_socket_under_tls_goes_by_its_transport(
    turn: LoopTurn, server: PlainServer, way: Way, monkeypatch: pytest.MonkeyPatch
) -> None:
    plain = [await server.line() for _ in range(FEW)]
    monkeypatch.setattr(websockets_sansio_impl, "is_ssl", lambda transport: True)
    under_tls = [await server.line() for _ in range(FEW)]
    encrypted: list[bytes] = []
    for line in under_tls:
        monkeypatch.setattr(line.link, "write_by_transport", and_notes(encrypted, line.link.write_by_transport))
    for number in range(2):
        await way(turn, [*plain, *under_tls], number, 20)
        await asyncio.sleep(0)
    assert len(encrypted) == 2 * len(under_tls)
    assert turn._sockets._straight.keys().isdisjoint(line.link.number for line in under_tls)
    await all_arrive_as_given([*plain, *under_tls])


def and_notes(noted: list[bytes], write: Callable[[bytes], None]) -> Callable[[bytes], None]:
    def write_and_note(data: bytes) -> None:
        noted.append(data)
        write(data)

    return write_and_note


async def test_what_the_handshakes_parser_answers_counts_as_waiting(turn: LoopTurn, server: PlainServer) -> None:
    lines = [await server.line() for _ in range(FEW)]
    asker = lines[0]
    assert asker.link in turn._sockets.aside, "after the handshake"
    turn.write_to_all(audience_of(lines), text_frame(b"nothing waits"))
    await asker.far.send(masked(b"there?", 0x89))
    assert await asker.far.frame() == (0x81, b"nothing waits")
    assert await asker.far.frame() == (0x8A, b"there?")
    assert asker.link in turn._sockets.aside


async def test_nothing_follows_the_end_of_a_socket(turn: LoopTurn, server: PlainServer) -> None:
    lines = [await server.line() for _ in range(FEW)]
    audience = audience_of(lines)
    turn.write_to_all(audience, text_frame(b"before"))
    closed, aborted, *others = lines
    closed.link.close(CloseCode.RESTARTING, "enough")
    aborted.link.abort()
    turn.write_to_all(audience, text_frame(b"after"))
    await asyncio.sleep(0)
    turn.write_to_all(audience, text_frame(b"later"))
    closed.link.write(text_frame(b"long after"))
    for line in others:
        assert [(await line.far.frame() or b"")[1] for _ in range(3)] == [b"before", b"after", b"later"]
    closed.link.transport.close()
    closed.begin_to_read()
    aborted.begin_to_read()
    await eventually(lambda: closed.is_at_end and aborted.is_at_end)
    assert (closed.kinds, aborted.kinds) == ([0x81, 0x88], [0x81])
    assert closed.arrived[0] == aborted.arrived[0] == b"before"


async def test_one_whose_other_end_is_gone_costs_the_others_nothing(turn: LoopTurn, server: PlainServer) -> None:
    lines = [await server.line() for _ in range(FEW)]
    audience = audience_of(lines)
    lines[0].far.reset()
    for number in range(3):
        turn.write_to_all(audience, text_frame(b"%d" % number))
    for line in lines[1:]:
        assert [(await line.far.frame() or b"")[1] for _ in range(3)] == [b"0", b"1", b"2"]
    await eventually(lambda: lines[0].receiver.is_lost)


async def test_what_is_written_to_a_socket_that_is_gone_costs_the_others_nothing(
    turn: LoopTurn, server: PlainServer
) -> None:
    lines = [await server.line() for _ in range(FEW)]
    gone = lines[0]
    gone.far.reset()
    await eventually(lambda: gone.receiver.is_lost)
    for line in lines:
        line.link.write(text_frame(b"hello"))
    for line in lines[1:]:
        assert await line.far.frame() == (0x81, b"hello")


@pytest.mark.parametrize("is_common", [True, False])
async def test_a_socket_that_breaks_is_let_go_and_the_others_get_all(
    turn: LoopTurn, server: PlainServer, is_common: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    lines = [await server.line() for _ in range(FEW)]
    broken = lines[1]
    monkeypatch.setattr(broken.link, "is_straight", lambda: False)
    monkeypatch.setattr(broken.link, "write_by_transport", breaks)
    for number in range(3):
        if is_common:
            turn.write_to_all(audience_of(lines), text_frame(b"%d" % number))
        else:
            for line in lines:
                line.link.write(text_frame(b"%d" % number))
            await asyncio.sleep(0)
    broken.begin_to_read()
    await eventually(lambda: broken.is_at_end)
    for line in lines:
        if line is not broken:
            assert [(await line.far.frame() or b"")[1] for _ in range(3)] == [b"0", b"1", b"2"]


def breaks(*arguments: object) -> NoReturn:
    raise RuntimeError("unforeseen")


@pytest.mark.parametrize("kind", URINGS)
@pytest.mark.parametrize("way", [to_all, to_each, to_each_its_own])
async def test_when_nobody_knows_what_was_sent_the_sockets_are_let_go_and_others_served(
    server: PlainServer, kind: type[Uring], way: Way, monkeypatch: pytest.MonkeyPatch
) -> None:
    turn = turn_of(asyncio.get_running_loop())
    broken = kind()
    monkeypatch.setattr(broken, "_enter", breaks)
    monkeypatch.setattr(turn, "_uring", broken)
    lines = [await server.line() for _ in range(FEW)]
    bystanders = [await server.line() for _ in range(FEW)]
    await way(turn, lines, 1, 20)
    for line in lines:
        line.begin_to_read()
    await eventually(lambda: all(line.is_at_end for line in lines))
    for line in bystanders:
        line.link.write(text_frame(b"kept"))
    turn.write_to_all(audience_of(bystanders), text_frame(b"kept, too"))
    for line in bystanders:
        assert [await line.far.frame(), await line.far.frame()] == [(0x81, b"kept"), (0x81, b"kept, too")]


def test_a_machine_without_io_uring_is_served_too(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(uring, "_SETUP", NO_SYSTEM_CALL)
    assert LoopTurn()._uring is None


@pytest.mark.parametrize("kind", URINGS)
def test_a_process_without_room_for_more_files_is_served_too(
    kind: type[Uring], monkeypatch: pytest.MonkeyPatch
) -> None:
    soft, most = resource.getrlimit(resource.RLIMIT_NOFILE)
    with Path("/dev/null").open() as lowest_free:
        room = lowest_free.fileno() + 1
    resource.setrlimit(resource.RLIMIT_NOFILE, (room, most))
    try:
        assert LoopTurn()._uring is None
    finally:
        resource.setrlimit(resource.RLIMIT_NOFILE, (soft, most))


@pytest.mark.parametrize("run", [asyncio.run, uvloop.run])
def test_nothing_of_a_loop_that_is_over_stays_open(run: Run) -> None:
    async def use() -> None:
        async with plain_server() as server:
            lines = [await server.line() for _ in range(FEW)]
            turn_of(asyncio.get_running_loop()).write_to_all(audience_of(lines), text_frame(b"hello"))

    run(use())
    gc.collect()
    before = len(list(Path("/proc/self/fd").iterdir()))
    for _ in range(3):
        run(use())
    gc.collect()
    assert len(list(Path("/proc/self/fd").iterdir())) <= before
