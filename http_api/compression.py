"""Compressing big answers, off the event loop.

Only answers that hold no secret beside what somebody else may choose are compressed: the size of such a mix would
tell the secret (BREACH). Boards are; access tokens never.
"""

import asyncio
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Final, Self

from backports import zstd
from isal import isal_zlib
from starlette.requests import Request
from starlette.responses import Response

SMALLEST_BYTES: Final = 1024

PLAIN: Final = "identity"

# Of a board with 2,000 tasks higher levels make no less, in five times the time or more
# (docs/decisions/0047-boards-are-packed-at-the-lowest-level.md).
_ZSTD_LEVEL: Final = 1
_GZIP_LEVEL: Final = 1
_GZIP_WINDOW: Final = 16 + isal_zlib.MAX_WBITS


def pack_zstd(body: bytes) -> bytes:
    """The body as `Content-Encoding: zstd`."""
    return zstd.compress(body, _ZSTD_LEVEL)


def pack_gzip(body: bytes) -> bytes:
    """The body as `Content-Encoding: gzip`."""
    compressor = isal_zlib.compressobj(_GZIP_LEVEL, isal_zlib.DEFLATED, _GZIP_WINDOW)
    return compressor.compress(body) + compressor.flush()


def unpack_zstd(packed: bytes, longest: int) -> bytes:
    """What somebody packed as zstd. Raises ValueError when that is not what it is, or longer than `longest`."""
    decompressor = zstd.ZstdDecompressor()
    try:
        plain = decompressor.decompress(packed, max_length=longest)
    except zstd.ZstdError as error:
        raise ValueError("not zstd") from error
    if not decompressor.eof:
        raise ValueError("longer than it may be, or cut off")
    return plain


# The first that a client takes is the one it gets.
_PACKERS: Final[Mapping[str, Callable[[bytes], bytes]]] = {"zstd": pack_zstd, "gzip": pack_gzip}


@dataclass(frozen=True, slots=True)
class PackedJson:
    """A JSON document in every form that clients take, for many of them. Not kept plain unless it is small."""

    forms: Mapping[str, bytes]

    @classmethod
    async def of(cls, plain: bytes) -> Self:
        """Pack the document if it is worth it."""
        if len(plain) < SMALLEST_BYTES:
            return cls({PLAIN: plain})
        # At the same time: while they pack, both let go of Python.
        packed = await asyncio.gather(*(asyncio.to_thread(pack, plain) for pack in _PACKERS.values()))
        return cls(dict(zip(_PACKERS, packed, strict=True)))

    @property
    def size(self) -> int:
        """Bytes that it takes in memory."""
        return sum(map(len, self.forms.values()))

    async def plain(self) -> bytes:
        """The document itself."""
        small = self.forms.get(PLAIN)
        return small if small is not None else await asyncio.to_thread(zstd.decompress, self.forms["zstd"])

    async def response(self, request: Request, headers: Mapping[str, str]) -> Response:
        """The document as the client takes it."""
        encoding = _taken_by(request)
        if encoding in self.forms:
            return _response(self.forms[encoding], encoding, headers)
        return _response(await self.plain(), PLAIN, headers)


async def json_response(request: Request, body: bytes, headers: Mapping[str, str]) -> Response:
    """The JSON as this one client takes it."""
    pack = _PACKERS.get(encoding := _taken_by(request))
    if pack is None or len(body) < SMALLEST_BYTES:
        return _response(body, PLAIN, headers)
    return _response(await asyncio.to_thread(pack, body), encoding, headers)


def _response(body: bytes, encoding: str, headers: Mapping[str, str]) -> Response:
    coded = {} if encoding == PLAIN else {"Content-Encoding": encoding}
    return Response(body, headers={**headers, **coded, "Vary": "Accept-Encoding"}, media_type="application/json")


def _taken_by(request: Request) -> str:
    """The form to send."""
    taken: set[str] = set()
    for offer in request.headers.get("accept-encoding", "").lower().split(","):
        name, _, weight = offer.partition(";")
        if weight.replace(" ", "") not in ("q=0", "q=0.0", "q=0.00", "q=0.000"):
            taken.add(name.strip())
    return next((name for name in _PACKERS if name in taken), PLAIN)
