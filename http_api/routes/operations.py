"""What operators and load balancers ask."""

from typing import Literal

from fastapi import APIRouter, Response
from prometheus_client import CONTENT_TYPE_LATEST, generate_latest
from pydantic import BaseModel

from http_api.health import Health, examine
from http_api.parts import Wired

router = APIRouter(tags=["operations"])


class Alive(BaseModel):
    """The process runs and its loop turns."""

    status: Literal["ok"] = "ok"


@router.get("/health/live", summary="Is the process alive?")
async def live() -> Alive:
    """Yes, if it answers. Asks nothing else: a restart does not bring a database back."""
    return Alive()


@router.get(
    "/health/ready",
    responses={503: {"model": Health, "description": "Send nobody here."}},
    summary="Can it do its work?",
)
async def ready(response: Response, parts: Wired) -> Health:
    """Whether the database, its schema and Redis are there, and the node is not about to stop."""
    health = await examine(parts)
    if not health.is_ready:
        response.status_code = 503
    return health


@router.get("/metrics", response_class=Response, summary="What this process counts")
async def metrics() -> Response:
    """The counters of the whole process, as Prometheus reads them."""
    return Response(generate_latest(), headers={"Content-Type": CONTENT_TYPE_LATEST})
