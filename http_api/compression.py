"""Compressing big answers, off the event loop.

Only answers that hold no secret beside what somebody else may choose are compressed: the size of such a mix would
tell the secret (BREACH). Boards are; access tokens never.
"""

import asyncio
import zlib
from typing import Final

from starlette.requests import Request
from starlette.responses import Response

SMALLEST_BYTES: Final = 1024
# Board JSON shrinks to about a tenth at the first levels already; higher ones cost time for little.
LEVEL: Final = 3
_GZIP: Final = 16 + zlib.MAX_WBITS


def _gzip(body: bytes) -> bytes:
    compressor = zlib.compressobj(LEVEL, zlib.DEFLATED, _GZIP)
    return compressor.compress(body) + compressor.flush()


def _takes_gzip(request: Request) -> bool:
    for offer in request.headers.get("accept-encoding", "").lower().split(","):
        name, _, weight = offer.partition(";")
        if name.strip() == "gzip":
            return weight.replace(" ", "") not in ("q=0", "q=0.0", "q=0.00", "q=0.000")
    return False


async def json_response(request: Request, body: bytes, headers: dict[str, str]) -> Response:
    """The JSON as the client takes it."""
    headers = {**headers, "Vary": "Accept-Encoding"}
    if len(body) >= SMALLEST_BYTES and _takes_gzip(request):
        body = await asyncio.to_thread(_gzip, body)
        headers["Content-Encoding"] = "gzip"
    return Response(body, headers=headers, media_type="application/json")
