"""Compressing big answers, off the event loop.

Only answers that hold no secret beside what somebody else may choose are compressed: the size of such a mix would
tell the secret (BREACH). Boards are; access tokens never.
"""

import asyncio
import zlib
from dataclasses import dataclass
from typing import Final, Self

from starlette.requests import Request
from starlette.responses import Response

SMALLEST_BYTES: Final = 1024
# Board JSON shrinks to about a tenth at the first levels already; higher ones cost time for little.
LEVEL: Final = 3
_GZIP: Final = 16 + zlib.MAX_WBITS


@dataclass(frozen=True, slots=True)
class Compressible:
    """A JSON document, with its compressed form unless it is too small to gain by one."""

    plain: bytes
    gzipped: bytes | None

    @classmethod
    async def of(cls, plain: bytes) -> Self:
        """Compress the document if it is worth it."""
        return cls(plain, await asyncio.to_thread(_gzip, plain) if len(plain) >= SMALLEST_BYTES else None)

    @property
    def size(self) -> int:
        """Bytes that it takes in memory."""
        return len(self.plain) + len(self.gzipped or b"")

    def response(self, request: Request, headers: dict[str, str]) -> Response:
        """The JSON as the client takes it."""
        headers = {**headers, "Vary": "Accept-Encoding"}
        if self.gzipped is None or not _takes_gzip(request):
            return Response(self.plain, headers=headers, media_type="application/json")
        headers["Content-Encoding"] = "gzip"
        return Response(self.gzipped, headers=headers, media_type="application/json")


async def json_response(request: Request, body: bytes, headers: dict[str, str]) -> Response:
    """The JSON as the client takes it; compressed only if it does."""
    answer = await Compressible.of(body) if _takes_gzip(request) else Compressible(body, None)
    return answer.response(request, headers)


def _gzip(body: bytes) -> bytes:
    compressor = zlib.compressobj(LEVEL, zlib.DEFLATED, _GZIP)
    return compressor.compress(body) + compressor.flush()


def _takes_gzip(request: Request) -> bool:
    for offer in request.headers.get("accept-encoding", "").lower().split(","):
        name, _, weight = offer.partition(";")
        if name.strip() == "gzip":
            return weight.replace(" ", "") not in ("q=0", "q=0.0", "q=0.00", "q=0.000")
    return False
