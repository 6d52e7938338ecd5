"""Sends through io_uring: all of them, to whom they belong, and an honest word about what was not sent."""

import os
import socket
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from realtime import uring
from realtime.uring import PAYLOAD_LIMIT, Uring, UringBrokenError, UringUnavailable
from tests.realtime.urings import URINGS

ROOM = 64


UNKNOWN_FLAG = 1 << 31


@pytest.fixture(params=URINGS)
def kind(request: pytest.FixtureRequest) -> type[Uring]:
    kind: type[Uring] = request.param
    return kind


@pytest.fixture(params=["this kernel", "one older than Linux 6.1"])
def sends(kind: type[Uring], request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Uring:
    """A queue with room for few, so that tests get to its end."""
    monkeypatch.setattr(uring, "_ENTRIES", ROOM)
    if request.param != "this kernel":
        monkeypatch.setattr(uring, "_OF_ONE_THREAD", UNKNOWN_FLAG)
    return kind()


@pytest.fixture
def pairs() -> Iterator[list[tuple[socket.socket, socket.socket]]]:
    pairs = [socket.socketpair() for _ in range(3 * ROOM + 7)]
    for _, far in pairs:
        far.setblocking(False)
    yield pairs
    for near, far in pairs:
        near.close()
        far.close()


Pairs = list[tuple[socket.socket, socket.socket]]


def test_all_get_the_same_however_often_the_queue_goes_round(sends: Uring, pairs: Pairs) -> None:
    for count in (1, ROOM - 1, ROOM, ROOM + 1, len(pairs), 2, len(pairs)):
        requests = sends.requests_for([near.fileno() for near, _ in pairs[:count]])
        message = b"to %d" % count
        assert sends.send_to_all(requests, message) == {}
        assert [far.recv(100) for _, far in pairs[:count]] == [message] * count
    for _, far in pairs:
        with pytest.raises(BlockingIOError):
            far.recv(1)


def test_the_same_sockets_get_one_message_after_another_whatever_comes_between(sends: Uring, pairs: Pairs) -> None:
    few, others = pairs[:20], pairs[20:50]
    requests = sends.requests_for([near.fileno() for near, _ in few])
    for message in (b"one", b"another", b"another", b"and on"):
        assert sends.send_to_all(requests, message) == {}
        assert [far.recv(100) for _, far in few] == [message] * len(few)
        if message == b"another":
            assert sends.send_each({near.fileno(): b"by the way" for near, _ in others}) == {}
            assert [far.recv(100) for _, far in others] == [b"by the way"] * len(others)


def test_each_gets_its_own(sends: Uring, pairs: Pairs) -> None:
    for turn in range(5):
        own = {near.fileno(): b"%d in turn %d" % (near.fileno(), turn) for near, _ in pairs}
        assert sends.send_each(own) == {}
        assert [far.recv(100) for _, far in pairs] == [own[near.fileno()] for near, _ in pairs]


def test_more_than_fits_into_one_call_is_sent_in_several(sends: Uring, pairs: Pairs) -> None:
    few = pairs[:40]
    own = {near.fileno(): bytes([number]) * 60_000 for number, (near, _) in enumerate(few)}
    assert sum(map(len, own.values())) > 2 * PAYLOAD_LIMIT
    assert sends.send_each(own) == {}
    assert [far.recv(100_000) for _, far in few] == list(own.values())


def test_more_than_one_call_can_bring_a_socket_is_an_error(sends: Uring, pairs: Pairs) -> None:
    descriptor, data = pairs[0][0].fileno(), bytes(PAYLOAD_LIMIT + 1)
    requests = sends.requests_for([descriptor])
    with pytest.raises(IndexError):
        sends.send_to_all(requests, data)
    with pytest.raises(IndexError):
        sends.send_each({descriptor: data})


@pytest.mark.parametrize("is_common", [True, False])
def test_what_a_socket_could_not_take_is_told_to_the_byte(sends: Uring, is_common: bool) -> None:
    listener = socket.create_server(("127.0.0.1", 0))
    far = socket.socket()
    far.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4_096)
    far.connect(listener.getsockname())
    near, _ = listener.accept()
    quick, other = socket.socketpair()
    with listener, far, near, quick, other:
        descriptors = [near.fileno(), quick.fileno()]
        requests = sends.requests_for(descriptors)
        message = os.urandom(50_000)
        taken = 0
        unsent: dict[int, int] = {}
        while not unsent:
            if is_common:
                unsent = sends.send_to_all(requests, message)
            else:
                unsent = sends.send_each(dict.fromkeys(descriptors, message))
            assert other.recv(100_000) == message
            taken += unsent.get(near.fileno(), len(message))
        assert list(unsent) == [near.fileno()]
        assert sends.send_to_all(requests, message) == {near.fileno(): 0}
        near.shutdown(socket.SHUT_WR)
        received = b""
        while data := far.recv(100_000):
            received += data
        assert received == (message * (taken // len(message) + 1))[:taken]


def test_a_socket_that_is_gone_is_told_and_raises_no_signal(sends: Uring, pairs: Pairs) -> None:
    gone, kept = pairs[0], pairs[1]
    requests = sends.requests_for([gone[0].fileno(), kept[0].fileno()])
    gone[1].close()
    assert sends.send_to_all(requests, b"hello") == {gone[0].fileno(): 0}
    assert kept[1].recv(100) == b"hello"


class Kernel:
    """Stands before the real one, and takes only so many requests of each of the next calls; -1 is for an error."""

    def __init__(self, takes: list[int]) -> None:
        self._takes = takes
        self._real = uring._system_call

    def __call__(self, number: Any, descriptor: Any, count: int, *rest: Any) -> int:
        if self._takes and (taken := self._takes.pop(0)) < count:
            return -1 if taken < 0 else int(self._real(number, descriptor, taken, *rest))
        return int(self._real(number, descriptor, count, *rest))


@pytest.mark.parametrize("is_common", [True, False])
@pytest.mark.parametrize("trouble", [([-1], 0), ([5, -1], 5), ([5, 0], 5), ([5, 7], ROOM // 2)])
def test_what_the_kernel_does_not_begin_is_told_and_never_sent(
    sends: Uring, pairs: Pairs, monkeypatch: pytest.MonkeyPatch, trouble: tuple[list[int], int], is_common: bool
) -> None:
    takes, sent = trouble
    some = pairs[: ROOM // 2]
    descriptors = [near.fileno() for near, _ in some]
    with monkeypatch.context() as patch:
        patch.setattr(uring, "_system_call", Kernel(list(takes)))
        if is_common:
            unsent = sends.send_to_all(sends.requests_for(descriptors), b"first")
        else:
            unsent = sends.send_each(dict.fromkeys(descriptors, b"first"))
    assert unsent == dict.fromkeys(descriptors[sent:], 0)
    # Others and more than before: what was left in the queue would come to light.
    others = pairs[ROOM // 2 : 2 * ROOM]
    numbers = [near.fileno() for near, _ in others]
    for _ in range(3):
        assert sends.send_each({number: b"%d" % number for number in numbers}) == {}
        assert [far.recv(100) for _, far in others] == [b"%d" % number for number in numbers]
    assert [far.recv(100) for _, far in some[:sent]] == [b"first"] * sent
    for _, far in some[sent:]:
        with pytest.raises(BlockingIOError):
            far.recv(1)


def test_a_kernel_that_keeps_a_send_for_later_is_noticed(sends: Uring, monkeypatch: pytest.MonkeyPatch) -> None:
    near, far = socket.socketpair()
    with near, far:
        near.setblocking(True)
        requests = sends.requests_for([near.fileno()])
        while not sends.send_to_all(requests, b"x" * 60_000):
            pass
        monkeypatch.setattr(uring, "_FLAGS", 0)
        with pytest.raises(UringBrokenError, match="kept 1 sends"):
            sends.send_to_all(sends.requests_for([near.fileno()]), b"x" * 60_000)


def test_a_kernel_that_cannot_send_with_it_is_noticed(kind: type[Uring], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(uring, "_SEND", 200)
    with pytest.raises(UringUnavailable, match="does not arrive"):
        kind()


def test_a_kernel_that_has_it_not_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(uring, "_SETUP", 9_999)
    with pytest.raises(UringUnavailable, match="not implemented"):
        Uring()


def test_nothing_is_left_open(kind: type[Uring]) -> None:
    before = open_files()
    for _ in range(3):
        kind()
    assert open_files() == before


def open_files() -> int:
    return sum(1 for _ in Path("/proc/self/fd").iterdir())
