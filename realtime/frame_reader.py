"""Cutting what a socket brings into whole frames, and taking the payload out of the simple ones.

Nearly every frame of a client is one whole, masked text message, or the answer to a ping. Those are read here at a
small part of what a complete RFC 6455 parser costs; the others are handed on to one. A data frame above the limit is
not kept: its bytes are counted and thrown away, so that it can be answered instead of ending the connection.
"""

from dataclasses import dataclass
from typing import Final

from websockets.speedups import apply_mask

_FINAL: Final = 0x80
_RESERVED_BITS: Final = 0x70
_MASKED: Final = 0x80
_FINAL_TEXT: Final = 0x81
_FINAL_PONG: Final = 0x8A
_EMPTY_PONG: Final = bytes((_FINAL_PONG, _MASKED))
_SHORTEST: Final = 6
"""Bytes of an empty frame: two of the header, four of the mask."""

_CONTROL_LIMIT: Final = 125
_DATA_OPCODES: Final = frozenset({0x0, 0x1, 0x2})
_CONTROL_OPCODES: Final = frozenset({0x8, 0x9, 0xA})


@dataclass(frozen=True, slots=True)
class TooLarge:
    """A data frame above the limit, of `length` bytes, which are skipped as they come. `is_whole`: a whole message."""

    length: int
    is_whole: bool


@dataclass(frozen=True, slots=True)
class Malformed:
    """Bytes that no client may send. Nothing after them can be read."""

    reason: str


Incoming = bytes | TooLarge | Malformed


class FrameReader:
    """What a connection has to remember between two arrivals: an incomplete frame, or how much is to be skipped.

    Holds at most one frame of `limit` bytes.
    """

    __slots__ = ("_buffer", "_needed", "_skip", "limit")

    def __init__(self, limit: int) -> None:
        self.limit = limit
        self._buffer = bytearray()
        self._needed = 2
        self._skip = 0

    def feed(self, data: bytes) -> list[Incoming]:
        """The frames that `data` completes, each with its header, in order. After a Malformed, feed no more."""
        if self._buffer:
            self._buffer += data
            if len(self._buffer) < self._needed:
                return []
            data = bytes(self._buffer)
            self._buffer.clear()
        frames: list[Incoming] = []
        position = 0
        while position < len(data):
            if self._skip:
                skipped = min(self._skip, len(data) - position)
                self._skip -= skipped
                position += skipped
                continue
            frame = self._next(data, position)
            if frame is None:
                self._buffer += data[position:]
                break
            frames.append(frame)
            if isinstance(frame, Malformed):
                break
            position += self._needed
        return frames

    @property
    def is_between_frames(self) -> bool:
        """Whether there is nothing to be remembered."""
        return not self._buffer and not self._skip

    def _next(self, data: bytes, position: int) -> Incoming | None:
        """The frame that begins at `position`, which takes up `_needed` bytes; None when they are not all there."""
        available = len(data) - position
        self._needed = 2
        if available < 2:
            return None
        first, second = data[position], data[position + 1]
        length = second & 0x7F
        if (problem := _problem(first, second, length)) is not None:
            return Malformed(problem)
        extended = 0 if length < 126 else 2 if length == 126 else 8
        self._needed = header = 6 + extended
        if available < header:
            return None
        if extended:
            length = int.from_bytes(data[position + 2 : position + 2 + extended], "big")
        if length > self.limit:
            self._skip = length
            return TooLarge(length, is_whole=bool(first & _FINAL and first & 0x0F))
        self._needed = header + length
        if available < self._needed:
            return None
        return data[position : position + self._needed]


def _problem(first: int, second: int, length: int) -> str | None:
    if not second & _MASKED:
        return "frames of a client are masked"
    if first & _RESERVED_BITS:
        return "no extension was agreed upon"
    opcode = first & 0x0F
    if opcode in _DATA_OPCODES:
        return None
    if opcode not in _CONTROL_OPCODES:
        return "unknown opcode"
    if length > _CONTROL_LIMIT or not first & _FINAL:
        return "a control frame is short and in one piece"
    return None


def is_only_a_pong(data: bytes) -> bool:
    """Whether these bytes, which came between two frames, answer a ping and say nothing else."""
    return len(data) == _SHORTEST and data.startswith(_EMPTY_PONG)


def is_pong(frame: bytes) -> bool:
    """Whether it answers a ping: it came, and that is all it says. The frame comes from a FrameReader."""
    return frame[0] == _FINAL_PONG


def simple_text(data: bytes, begin: int) -> tuple[bytes, int] | None:
    """If a whole text message in one frame begins there, its payload, and where it ends; None if anything else does."""
    if len(data) - begin < _SHORTEST or data[begin] != _FINAL_TEXT or data[begin + 1] < _MASKED:
        return None
    length = data[begin + 1] & 0x7F
    start = begin + (6 if length < 126 else 8 if length == 126 else 14)
    if length >= 126:
        length = int.from_bytes(data[begin + 2 : start - 4], "big")
    end = start + length
    return (apply_mask(data[start:end], data[start - 4 : start]), end) if end <= len(data) else None
