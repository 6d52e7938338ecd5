"""Serves the built client: every file from memory, compressed beforehand, with the headers that protect a page."""

from __future__ import annotations

import hashlib
import mimetypes
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from starlette.datastructures import Headers
from starlette.responses import PlainTextResponse, Response
from starlette.types import Receive, Scope, Send

# The build gives these names that change with their content.
HASHED_PREFIX: Final = "/assets/"
FOREVER: Final = "public, max-age=31536000, immutable"
ASK_EVERY_TIME: Final = "no-cache"
INDEX: Final = "/index.html"
NOT_BUILT: Final = "The client is not built. Build it with `make build`, then start this node again.\n"

POLICY: Final = {
    "default-src": "'none'",
    "script-src": "'self'",
    # The component library writes its rules into style elements; scripts get no such exception.
    "style-src": "'self' 'unsafe-inline'",
    "img-src": "'self' data: blob:",
    "font-src": "'self'",
    "connect-src": "'self'",
    "manifest-src": "'self'",
    "worker-src": "'self'",
    "base-uri": "'none'",
    "form-action": "'self'",
    "frame-ancestors": "'none'",
    "require-trusted-types-for": "'script'",
}
PAGE_HEADERS: Final = {
    "content-security-policy": "; ".join(f"{name} {value}" for name, value in POLICY.items()),
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
    "permissions-policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
    # Not no-referrer, which would turn the Origin of a form's POST into null.
    "referrer-policy": "same-origin",
    "x-content-type-options": "nosniff",
    "x-frame-options": "DENY",
}
HSTS: Final = "max-age=63072000"  # two years


@dataclass(frozen=True, slots=True)
class ClientFile:
    """One file of the build."""

    content_type: str
    cache_control: str
    etag: str
    plain: bytes
    gzipped: bytes | None


class ClientFiles:
    """An ASGI application over the folder that the build wrote.

    The files are read once, so a request can reach nothing else on the disk; a new build needs a new start. A path
    that is no file is one of the client's own pages, and gets `index.html`.
    """

    def __init__(self, directory: Path, *, is_https: bool) -> None:
        self._files = _read_build(directory)
        self._headers = PAGE_HEADERS | ({"strict-transport-security": HSTS} if is_https else {})

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a request for a file or a page."""
        response = self._answer(scope["method"], scope["path"], Headers(scope=scope))
        response.headers.update(self._headers)
        await response(scope, receive, send)

    def _answer(self, method: str, path: str, headers: Headers) -> Response:
        if method not in ("GET", "HEAD"):
            return PlainTextResponse("Method Not Allowed", 405, headers={"allow": "GET, HEAD"})
        file = self._files.get(path) or self._page(path)
        if file is None:
            return PlainTextResponse("Not Found", 404) if self._files else PlainTextResponse(NOT_BUILT, 503)
        answer_headers = {"cache-control": file.cache_control, "etag": file.etag, "vary": "accept-encoding"}
        if file.etag in headers.get("if-none-match", ""):
            return Response(status_code=304, headers=answer_headers)
        content = file.plain
        if file.gzipped is not None and "gzip" in headers.get("accept-encoding", ""):
            answer_headers["content-encoding"] = "gzip"
            content = file.gzipped
        return Response(content, headers=answer_headers, media_type=file.content_type)

    def _page(self, path: str) -> ClientFile | None:
        is_file_name = "." in path.rpartition("/")[2]
        return None if is_file_name or path.startswith(HASHED_PREFIX) else self._files.get(INDEX)


def _read_build(directory: Path) -> dict[str, ClientFile]:
    return {
        f"/{path.relative_to(directory).as_posix()}": _read_file(path, directory)
        for path in sorted(directory.rglob("*"))
        if path.is_file() and path.suffix != ".gz"
    }


def _read_file(path: Path, directory: Path) -> ClientFile:
    plain = path.read_bytes()
    gzipped = path.with_name(f"{path.name}.gz")
    is_hashed = f"/{path.relative_to(directory).as_posix()}".startswith(HASHED_PREFIX)
    return ClientFile(
        content_type=mimetypes.guess_type(path.name)[0] or "application/octet-stream",
        cache_control=FOREVER if is_hashed else ASK_EVERY_TIME,
        etag=f'"{hashlib.sha256(plain).hexdigest()[:32]}"',
        plain=plain,
        gzipped=gzipped.read_bytes() if gzipped.is_file() else None,
    )
