"""The way to Redis, or Valkey, which speaks the same."""

from typing import Final

from redis.asyncio import Redis
from redis.asyncio.retry import Retry
from redis.backoff import NoBackoff
from redis.maint_notifications import MaintNotificationsConfig

TIMEOUT_SECONDS: Final = 2.0
"""Redis answers in well under a millisecond; one that takes seconds is treated as absent."""


def connect(url: str) -> Redis:
    """A pool of connections to the server at `url`. Connects on first use."""
    return Redis.from_url(
        url,
        socket_connect_timeout=TIMEOUT_SECONDS,
        socket_timeout=TIMEOUT_SECONDS,
        retry=Retry(NoBackoff(), 1),
        health_check_interval=15,
        # Told by one vendor's clusters only, and the library then insists on RESP3, which the feed does not speak.
        maint_notifications_config=MaintNotificationsConfig(enabled=False),
        client_name="lockstep",
    )
