"""What this package counts for operators."""

import time
from typing import Final

from prometheus_client import Counter, Histogram
from starlette.types import ASGIApp, Message, Receive, Scope, Send

requests_answered: Final = Counter(
    "lockstep_http_requests", "Calls by route and status.", ["method", "route", "status"]
)
request_seconds: Final = Histogram(
    "lockstep_http_request_seconds",
    "Duration of one call until its answer begins.",
    ["route"],
    buckets=(0.001, 0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1, 5),
)
http_commands: Final = Counter(
    "lockstep_http_commands", "Commands given over HTTP, by type and what became of them.", ["type", "outcome"]
)

# Labels are made of what we know, never of what was sent: each new one costs memory for ever.
_METHODS: Final = frozenset({"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"})
_NO_ROUTE: Final = "none"


class RequestMetrics:
    """Counts every call by the route that answered it."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the call on and count its answer."""
        began = time.perf_counter()

        async def counted_send(message: Message) -> None:
            if message["type"] == "http.response.start":
                route = getattr(scope.get("route"), "path", _NO_ROUTE)
                method = scope["method"] if scope["method"] in _METHODS else "other"
                requests_answered.labels(method, route, message["status"]).inc()
                request_seconds.labels(route).observe(time.perf_counter() - began)
            await send(message)

        await self._app(scope, receive, counted_send)
