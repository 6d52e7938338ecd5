"""The API's reference as a page: what openapi.json says, for people.

It is made here and without a script. FastAPI's own page loads Swagger UI from another company's server, and a script
on this origin may do whatever its user may.
"""

from base64 import b64encode
from collections.abc import Iterator
from hashlib import sha256
from html import escape
from typing import Any, Final

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse

router = APIRouter(include_in_schema=False)

_STYLE: Final = (
    "body{font:16px/1.5 system-ui,sans-serif;max-width:56rem;margin:2rem auto;padding:0 1rem;color-scheme:light dark}"
    "h2{font-size:1rem;margin:2rem 0 .25rem}code{font:14px ui-monospace,monospace}"
    "b{display:inline-block;min-width:4rem}td{padding:.1rem 1rem .1rem 0;vertical-align:top}"
)
_POLICY: Final = (
    "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'; "
    f"style-src 'sha256-{b64encode(sha256(_STYLE.encode()).digest()).decode()}'"
)


@router.get("/docs", response_class=HTMLResponse)
async def reference(request: Request) -> HTMLResponse:
    """The page."""
    api = request.app.openapi()
    page = "".join(_page(api, request.scope["root_path"]))
    return HTMLResponse(page, headers={"Content-Security-Policy": _POLICY})


def _page(api: dict[str, Any], prefix: str) -> Iterator[str]:
    title = escape(api["info"]["title"])
    yield f'<!doctype html><html lang="en"><meta charset="utf-8"><title>{title}</title><style>{_STYLE}</style>'
    yield '<meta name="viewport" content="width=device-width">'
    yield f"<h1>{title}</h1><p>{escape(api['info']['description'])}</p>"
    yield f'<p>For programs: <a href="{prefix}/openapi.json">openapi.json</a></p>'
    for path, operations in api["paths"].items():
        for method, operation in operations.items():
            call = f"<b>{method.upper()}</b> <code>{escape(prefix + path)}</code>"
            yield f"<h2>{call} {escape(operation['summary'])}</h2>"
            yield f"<p>{escape(operation.get('description', ''))}</p>"
            yield "<table>"
            yield from map(_field, _fields(operation))
            for status, answer in operation["responses"].items():
                yield f"<tr><td>{status}<td>{escape(answer['description'])}"
            yield "</table>"


def _field(name: str) -> str:
    return f"<tr><td>takes<td><code>{escape(name)}</code>"


def _fields(operation: dict[str, Any]) -> Iterator[str]:
    for parameter in operation.get("parameters", ()):
        yield parameter["name"]
    body = operation.get("requestBody")
    if body is not None:
        yield from body["content"]["application/json"]["schema"]["properties"]
