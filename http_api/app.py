"""The API as one application, to be mounted under /api."""

from fastapi import FastAPI
from sqlalchemy.ext.asyncio import AsyncEngine

from http_api import reference
from http_api.access_tokens import AccessTokens
from http_api.config import ApiConfig
from http_api.deadline import Deadline
from http_api.error_handlers import UnforeseenErrors, handle_errors
from http_api.gate import SessionGate
from http_api.in_turn import InTurn
from http_api.metrics import RequestMetrics
from http_api.parts import Parts, Readiness
from http_api.passwords import Passwords
from http_api.rate_limits import RateLimits
from http_api.request_id import RequestIds
from http_api.routes import accounts, boards, commands, devices, invitations, operations, session
from http_api.security_headers import SecurityHeaders
from http_api.shared_snapshots import SharedSnapshots
from http_api.snapshots import Snapshots
from tracker.announcements import Announcer
from tracker.execute import Door
from tracker.redis_link import RedisLink

MOUNTED_AT = "/api"

DESCRIPTION = """
Accounts, hydration and commands of Lockstep. Live changes come over the socket, see docs/protocol.md.
"""


def gate_for(config: ApiConfig, engine: AsyncEngine) -> SessionGate:
    """The gate for the sockets of this node: it reads the tokens that the API signs."""
    return SessionGate(engine, AccessTokens(config.secret_key, config.public_url))


def create_api(
    config: ApiConfig, *, engine: AsyncEngine, redis: RedisLink, door: Door, announcer: Announcer, readiness: Readiness
) -> FastAPI:
    """The API over these parts, which the caller starts and stops. Mount it at `MOUNTED_AT`."""
    api = FastAPI(
        title="Lockstep",
        version="1",
        description=DESCRIPTION,
        servers=[{"url": MOUNTED_AT}],
        docs_url=None,
        redoc_url=None,
        redirect_slashes=False,
    )
    access_tokens = AccessTokens(config.secret_key, config.public_url)
    api.state.parts = Parts(
        config=config,
        engine=engine,
        door=door,
        announcer=announcer,
        access_tokens=access_tokens,
        gate=SessionGate(engine, access_tokens),
        passwords=Passwords(),
        limits=RateLimits(redis, is_on=config.rate_limits),
        snapshots=Snapshots(engine, SharedSnapshots(redis)),
        readiness=readiness,
    )
    for slice_ in (accounts, session, devices, boards, commands, invitations, operations, reference):
        api.include_router(slice_.router)
    handle_errors(api)
    # The last one added stands outermost.
    api.add_middleware(InTurn)
    api.add_middleware(Deadline)
    api.add_middleware(UnforeseenErrors)
    api.add_middleware(RequestMetrics)
    api.add_middleware(SecurityHeaders, is_https=config.public_url.startswith("https://"))
    api.add_middleware(RequestIds)
    return api
