"""Limits that all nodes count together, in Redis; each for itself while Redis is away."""

import asyncio
import math
import time
from dataclasses import dataclass
from typing import Final

from redis.exceptions import RedisError

from http_api.errors import ApiError
from http_api.redis_rest import RedisRest
from tracker.redis_link import RedisLink, ping, server_of

REDIS_TIMEOUT_SECONDS: Final = 0.25
# What one node remembers at most while it counts alone.
LOCAL_KEYS: Final = 50_000


@dataclass(frozen=True, slots=True)
class Limit:
    """`burst` calls at once, then one more every `interval_seconds`."""

    name: str
    burst: int
    interval_seconds: float


# The generic cell rate algorithm: one number per key, the moment at which the bucket will be full again.
# Returns the microseconds to wait, 0 if the call is counted. The clock is Redis' own: one for all nodes.
_TAKE: Final = """
local time = redis.call('TIME')
local now = time[1] * 1000000 + time[2]
local interval, burst = tonumber(ARGV[1]), tonumber(ARGV[2])
local full_at = math.max(tonumber(redis.call('GET', KEYS[1]) or 0), now) + interval
local wait = full_at - interval * burst - now
if wait > 0 then return wait end
redis.call('SET', KEYS[1], string.format('%.0f', full_at), 'PX', math.ceil((full_at - now) / 1000))
return 0
"""


class _LocalCount:
    """The same algorithm for one node alone."""

    def __init__(self) -> None:
        self._full_at: dict[str, float] = {}

    def take(self, key: str, limit: Limit) -> float:
        """Seconds to wait, 0 if the call is counted."""
        now = time.monotonic()
        if len(self._full_at) >= LOCAL_KEYS:
            self._full_at = {known: moment for known, moment in self._full_at.items() if moment > now}
        if len(self._full_at) >= LOCAL_KEYS:
            self._full_at.clear()
        full_at = max(self._full_at.get(key, 0.0), now) + limit.interval_seconds
        wait = full_at - limit.interval_seconds * limit.burst - now
        if wait > 0:
            return wait
        self._full_at[key] = full_at
        return 0.0

    def forget(self, key: str) -> None:
        """Count anew."""
        self._full_at.pop(key, None)


class RateLimits:
    """Counts calls by a key, and refuses those above a limit."""

    def __init__(self, redis: RedisLink, *, is_on: bool) -> None:
        self._redis = redis
        self._is_on = is_on
        self._local = _LocalCount()
        self._rest = RedisRest("rate limits are counted by this node alone")

    async def take(self, limit: Limit, key: str) -> None:
        """Count a call. Raises `ApiError` 429, with the seconds to wait, if it is one too many."""
        if not self._is_on:
            return
        wait = await self._wait(limit, f"limit:{limit.name}:{key}")
        if wait > 0:
            seconds = math.ceil(wait)
            raise ApiError(
                429,
                "rate_limited",
                f"Too many attempts. Try again in {seconds} seconds.",
                headers={"Retry-After": str(seconds)},
                retry_after_seconds=seconds,
            )

    async def forgive(self, limit: Limit, key: str) -> None:
        """Forget what was counted."""
        name = f"limit:{limit.name}:{key}"
        self._local.forget(name)
        if not self._is_on or self._rest.is_resting:
            return
        try:
            async with asyncio.timeout(REDIS_TIMEOUT_SECONDS):
                await server_of(self._redis, name).delete(name)
        except (RedisError, OSError) as error:
            self._rest.begin(error)

    async def redis_answers(self) -> bool:
        """Whether Redis is there, all of it, for the node's health."""
        try:
            async with asyncio.timeout(REDIS_TIMEOUT_SECONDS):
                await ping(self._redis)
        except (RedisError, OSError):
            return False
        return True

    async def _wait(self, limit: Limit, name: str) -> float:
        if self._rest.is_resting:
            return self._local.take(name, limit)
        interval = round(limit.interval_seconds * 1_000_000)
        try:
            take = server_of(self._redis, name).register_script(_TAKE)
            async with asyncio.timeout(REDIS_TIMEOUT_SECONDS):
                return int(await take(keys=[name], args=[interval, limit.burst])) / 1_000_000
        except (RedisError, OSError) as error:
            self._rest.begin(error)
            return self._local.take(name, limit)
