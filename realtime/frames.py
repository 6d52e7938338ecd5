"""Building the WebSocket frames that a server sends (RFC 6455, section 5): final, unmasked, without extensions.

A frame is built once and written to every socket that gets it.
"""

import struct
from typing import Final

_TEXT: Final = 0x81
_CLOSE: Final = 0x88

PING: Final = b"\x89\x00"
"""A ping without payload. Every client answers it by itself, so it shows whether somebody is there."""

REASON_LIMIT: Final = 123
"""Bytes that a control frame leaves for the reason after the code."""


def text_frame(payload: bytes) -> bytes:
    """The frame of one text message; `payload` is UTF-8."""
    length = len(payload)
    if length < 126:
        return struct.pack("!BB", _TEXT, length) + payload
    if length < 65536:
        return struct.pack("!BBH", _TEXT, 126, length) + payload
    return struct.pack("!BBQ", _TEXT, 127, length) + payload


def close_frame(code: int, reason: str) -> bytes:
    """The frame that begins the end of a connection. A reason that is too long is cut."""
    payload = struct.pack("!H", code) + _cut(reason)
    return struct.pack("!BB", _CLOSE, len(payload)) + payload


def _cut(reason: str) -> bytes:
    return reason.encode()[:REASON_LIMIT].decode(errors="ignore").encode()
