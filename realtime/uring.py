"""Many sends in one system call, through Linux's io_uring(7).

Only as much of it as sending needs: every request is a `send` that never waits, so the kernel is done with all of them
when it returns, and nothing is ever in flight. Where the kernel or a container does not let us, `Uring` raises
`UringUnavailable`, and whoever sends does it socket by socket.

The numbers are those of `linux/io_uring.h`; the system calls have them on every processor but Alpha.
"""

from __future__ import annotations

import ctypes
import errno
import mmap
import os
import socket
import struct
import sys
import weakref
from array import array
from bisect import bisect_right
from collections.abc import Iterable, Mapping
from itertools import accumulate
from typing import Final

PAYLOAD_LIMIT: Final = 1_048_576
"""Bytes that can be handed over in one system call."""

_ENTRIES: Final = 4_096
"""Requests of one system call, a power of two. The kernel keeps some 400 KiB for as many."""

_SETUP: Final = 425
_ENTER: Final = 426
_PARAMS: Final = struct.Struct("=10I 8IQ 8IQ")
_SETUP_FLAGS: Final = struct.Struct("=I")
_FLAGS_AT: Final = 8
_OF_ONE_THREAD: Final = 1 << 12 | 1 << 13
"""That one thread alone uses the queue, at its own time (Linux 6.1): a send takes 4 % less of the kernel."""

_AT_REQUESTS: Final = 0x1000_0000
_ONE_MAPPING: Final = 1
"""The feature that request and completion queue are mapped together (Linux 5.4)."""

_SEND: Final = 26
_REQUEST: Final = struct.Struct("=BBHiQQIIQ24x")
"""Of a request: what, how, priority, descriptor, offset, address, length, the send's flags, and what its completion
brings back: the descriptor."""

REQUEST_BYTES: Final = _REQUEST.size
_REQUEST_WORDS: Final = REQUEST_BYTES // 4
_DESCRIPTOR_WORD: Final = 1
_LENGTH_WORD: Final = 6
_REQUEST_LONGS: Final = REQUEST_BYTES // 8
_ADDRESS_LONG: Final = 2
_BROUGHT_LONG: Final = 4
_COMPLETION_WORDS: Final = 4
_RESULT_WORD: Final = 2
"""A completion is what it brings back, the result and flags. The result is the bytes sent, or an error below 0."""

_FLAGS: Final = socket.MSG_DONTWAIT

_PROOF_BLOCKS: Final = 1_000
"""Of 64 KiB: more than any socket takes that nobody reads."""

_system_call = ctypes.PyDLL(None, use_errno=True).syscall
_system_call.restype = ctypes.c_long
_NONE: Final = ctypes.c_long(0)


class UringUnavailable(OSError):
    """The kernel has no io_uring that can send, or does not let this process use it."""


class UringBrokenError(OSError):
    """The kernel did what this module relies on it not to do. Use the `Uring` no more."""


def _set_up() -> tuple[int, tuple[int, ...]]:
    """The descriptor of a new queue, and what the kernel says of it. Raises `UringUnavailable`."""
    for flags in (_OF_ONE_THREAD, 0):
        params = ctypes.create_string_buffer(_PARAMS.size)
        _SETUP_FLAGS.pack_into(params, _FLAGS_AT, flags)
        descriptor = _system_call(_SETUP, _ENTRIES, params, _NONE, _NONE, _NONE, _NONE)
        if descriptor >= 0:
            return descriptor, _PARAMS.unpack(params.raw)
        if ctypes.get_errno() != errno.EINVAL:
            break
    raise UringUnavailable(ctypes.get_errno(), os.strerror(ctypes.get_errno()))


class Uring:
    """A queue of sends. To be used from one thread. Raises `UringUnavailable`."""

    def __init__(self) -> None:
        if sys.platform != "linux":
            raise UringUnavailable("io_uring is Linux's")
        descriptor, numbers = _set_up()
        weakref.finalize(self, os.close, descriptor)
        features, request_queue, completion_queue = numbers[5], numbers[10:19], numbers[19:28]
        if not features & _ONE_MAPPING:
            raise UringUnavailable("the kernel is older than Linux 5.4")
        request_head, request_tail, _, _, _, _, slots, _, _ = request_queue
        completion_head, completion_tail, _, _, _, completions, _, _, _ = completion_queue
        completions_end = completions + 2 * _ENTRIES * _COMPLETION_WORDS * 4
        queues = mmap.mmap(descriptor, max(slots + _ENTRIES * 4, completions_end))
        self._words = memoryview(queues).cast("I")
        self._request_head, self._request_tail = request_head // 4, request_tail // 4
        self._completion_head, self._completion_tail = completion_head // 4, completion_tail // 4
        self._slots = self._words[slots // 4 : slots // 4 + _ENTRIES]
        self._places = memoryview(array("I", range(_ENTRIES)))
        self._completions = memoryview(queues)[completions:completions_end].cast("i")
        self._requests = memoryview(mmap.mmap(descriptor, _ENTRIES * REQUEST_BYTES, offset=_AT_REQUESTS))
        self._request_words = self._requests.cast("i")
        self._request_longs = self._requests.cast("Q")
        self._standing: bytes | None = None
        self._standing_length = 0
        self._payload = mmap.mmap(-1, PAYLOAD_LIMIT)
        self._address = ctypes.addressof(ctypes.c_char.from_buffer(self._payload))
        self._requests[:] = self.requests_for([0]) * _ENTRIES
        self._enter_arguments = ctypes.c_long(_ENTER), ctypes.c_long(descriptor)
        self._done = 0
        self._prove()

    def requests_for(self, descriptors: Iterable[int]) -> bytes:
        """What `send_to_all` needs to know of these sockets. Holds as long as all of them are open."""
        pack, address = _REQUEST.pack, self._address
        return b"".join([pack(_SEND, 0, 0, each, 0, address, 0, _FLAGS, each) for each in descriptors])

    def send_to_all(self, requests: bytes, data: bytes) -> dict[int, int]:
        """Send `data`, at most `PAYLOAD_LIMIT` bytes, to the sockets of `requests_for`.

        Returns what could not be sent whole: how many bytes were, by descriptor. Nothing is said about why, because
        the next try will show that.
        """
        self._payload[: len(data)] = data
        unsent: dict[int, int] = {}
        at_once = _ENTRIES * REQUEST_BYTES
        for begin in range(0, len(requests), at_once):
            here = requests if len(requests) <= at_once else requests[begin : begin + at_once]
            unsent.update(self._enter(self._stand(here, len(data))))
        return unsent

    def _stand(self, requests: bytes, length: int) -> array[int]:
        """Have these requests, for so many bytes each, where the kernel reads them; returns the lengths.

        Mostly they stand there already, from the last change of the same board.
        """
        lengths = array("i", (length,)) * (len(requests) // REQUEST_BYTES)
        if self._standing is not requests:
            self._requests[: len(requests)] = requests
            self._standing, self._standing_length = requests, 0
        if self._standing_length != length:
            self._request_words[_LENGTH_WORD : len(requests) // 4 : _REQUEST_WORDS] = lengths
            self._standing_length = length
        return lengths

    def send_each(self, sends: Mapping[int, bytes]) -> dict[int, int]:
        """Send to each descriptor its own bytes, at most `PAYLOAD_LIMIT` for each.

        Returns what could not be sent whole, as `send_to_all` does. Raises IndexError for more than that limit.
        """
        self._standing = None
        descriptors, data = array("i", sends), [*sends.values()]
        unsent: dict[int, int] = {}
        begin = 0
        while begin < len(data):
            lengths = array("i", map(len, data[begin : begin + _ENTRIES]))
            addresses = array("Q", accumulate(lengths, initial=self._address))
            count = max(1, bisect_right(addresses, self._address + PAYLOAD_LIMIT) - 1)
            end = begin + count
            payload = b"".join(data[begin:end])
            self._payload[: len(payload)] = payload
            self._fill(descriptors[begin:end], addresses[:count], lengths[:count])
            unsent.update(self._enter(lengths[:count]))
            begin = end
        return unsent

    def _fill(self, descriptors: array[int], addresses: array[int], lengths: array[int]) -> None:
        """Write the first requests, column by column: a heartbeat has a thousand of them."""
        words, longs = self._request_words, self._request_longs
        words_end, longs_end = len(lengths) * _REQUEST_WORDS, len(lengths) * _REQUEST_LONGS
        words[_DESCRIPTOR_WORD:words_end:_REQUEST_WORDS] = descriptors
        words[_LENGTH_WORD:words_end:_REQUEST_WORDS] = lengths
        longs[_ADDRESS_LONG:longs_end:_REQUEST_LONGS] = addresses
        longs[_BROUGHT_LONG:longs_end:_REQUEST_LONGS] = array("Q", descriptors)

    def _enter(self, lengths: array[int]) -> dict[int, int]:
        """Have the kernel send the first requests, so many bytes each; returns what was not sent whole.

        Raises `UringBrokenError` when the kernel kept a send for later: then nobody knows what was sent.
        """
        words = self._words
        self._queue(len(lengths))
        wanted = (self._done + len(lengths)) & 0xFFFF_FFFF
        words[self._request_tail] = wanted
        while waiting := (wanted - words[self._completion_tail]) & 0xFFFF_FFFF:
            if _system_call(*self._enter_arguments, waiting, _NONE, _NONE, _NONE, _NONE) <= 0:
                break
        done = words[self._completion_tail]
        if words[self._request_head] != done:
            raise UringBrokenError(f"io_uring kept {(words[self._request_head] - done) & 0xFFFF_FFFF} sends")
        # What it did not even begin, for want of memory, is told, and written over by what comes next.
        unsent = self._not_whole(lengths, (done - self._done) & 0xFFFF_FFFF)
        words[self._completion_head] = self._done = done
        return unsent

    def _queue(self, count: int) -> None:
        """Let the next slots of the queue, which goes round, stand for the first requests."""
        first = self._done % _ENTRIES
        before_end = min(count, _ENTRIES - first)
        self._slots[first : first + before_end] = self._places[:before_end]
        self._slots[: count - before_end] = self._places[before_end:count]

    def _not_whole(self, lengths: array[int], completed: int) -> dict[int, int]:
        results = self._completed(_RESULT_WORD, completed)
        if results == memoryview(lengths):
            return {}
        sent = dict(zip(self._completed(0, completed).tolist(), results.tolist(), strict=True))
        end = len(lengths) * _REQUEST_WORDS
        asked = self._request_words[_DESCRIPTOR_WORD:end:_REQUEST_WORDS].tolist()
        return {
            descriptor: max(sent.get(descriptor, 0), 0)
            for descriptor, length in zip(asked, lengths, strict=True)
            if sent.get(descriptor) != length
        }

    def _completed(self, word: int, count: int) -> memoryview:
        """One word of each of the last completions, which lie in a ring of their own."""
        first = self._done % (2 * _ENTRIES)
        before_end = min(count, 2 * _ENTRIES - first)
        words = self._completions[first * _COMPLETION_WORDS + word :: _COMPLETION_WORDS][:before_end]
        if before_end == count:
            return words
        others = self._completions[word::_COMPLETION_WORDS][: count - before_end]
        return memoryview(array("i", words.tobytes() + others.tobytes()))

    def _prove(self) -> None:
        """See that bytes arrive, and that a full socket ends a send at once. Raises `UringUnavailable`."""
        near, far = socket.socketpair()
        with near, far:
            near.setblocking(False)
            far.setblocking(False)
            requests = self.requests_for([near.fileno()])
            block = bytes(range(256)) * 256
            given = b""
            for _ in range(_PROOF_BLOCKS):
                unsent = self.send_to_all(requests, block)
                given += block[: unsent.get(near.fileno(), len(block))]
                if unsent:
                    break
            else:
                raise UringUnavailable("a full socket goes on taking")
            near.shutdown(socket.SHUT_WR)
            if not given or b"".join(iter(lambda: far.recv(len(block)), b"")) != given:
                raise UringUnavailable("what is sent does not arrive")
