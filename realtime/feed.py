"""The node's hearing: the announcements of the boards it serves, presence, and sign-ins that ended.

Has an ear on each Redis server: one, or in a cluster one on each server that owns slots. There a channel lives with its
slot, and when slots move to other servers the channels are asked for anew, there.
"""

import asyncio
import contextlib
import random
from collections import defaultdict
from collections.abc import Callable, Iterable
from typing import Final

import structlog
from redis.asyncio import Redis
from redis.exceptions import RedisError

from realtime.cancel import cancel
from realtime.ear import PLAIN, SHARDED, Ear
from tracker.redis_cluster import Cluster
from tracker.redis_link import RedisLink, server_of, servers

LOOK_SECONDS: Final = 5.0
"""How often a cluster is asked who owns what although nothing is strange: a server that was cut off says nothing."""

LOOK_PAUSE_SECONDS: Final = 0.2
"""However strange it is, at least so long."""

log = structlog.get_logger()


class Feed:
    """Listens on channels.

    `on_message(channel, payload)` gets what is said there. `on_hearing(is_deaf)` is told True when not everything can
    be heard, and False each time that everything asked for can be heard again.
    """

    def __init__(
        self, redis: RedisLink, on_message: Callable[[bytes, bytes], None], on_hearing: Callable[[bool], None]
    ) -> None:
        self._redis = redis
        self._on_message = on_message
        self._on_hearing = on_hearing
        self._wanted: set[str] = set()
        self._ears: dict[Redis, Ear] = {}
        self._homeless: set[str] = set()
        """Channels whose server is not known."""
        self._is_astray = asyncio.Event()
        self._task: asyncio.Task[None] | None = None
        self.is_deaf = True

    def start(self, channels: Iterable[str]) -> None:
        """Begin to listen, to these channels for ever."""
        self._wanted.update(channels)
        if isinstance(self._redis, Cluster):
            self._task = asyncio.create_task(self._follow(self._redis), name="feed")
        else:
            self._aim()

    async def stop(self) -> None:
        """End."""
        if self._task is not None:
            await cancel(self._task)
            self._task = None
        for ear in self._ears.values():
            await ear.stop()

    async def subscribe(self, channel: str) -> None:
        """Listen to this one too. Returns when Redis has confirmed it, or when there is no point in waiting.

        In the second case `on_hearing(False)` tells when it is so.
        """
        self._wanted.add(channel)
        ear = self._ear_for(channel)
        if ear is not None:
            await ear.subscribe(channel.encode())
        else:
            self._homeless.add(channel)
            self._is_astray.set()

    def unsubscribe(self, channel: str) -> None:
        """Stop listening to this one."""
        self._wanted.discard(channel)
        self._homeless.discard(channel)
        ear = self._ear_for(channel)
        if ear is not None:
            ear.unsubscribe(channel.encode())

    def renew(self) -> None:
        """Connect anew: what the present connections bring is not what is announced."""
        for ear in self._ears.values():
            ear.renew()

    async def _follow(self, cluster: Cluster) -> None:
        """Keep every channel with the server that it lives with."""
        while True:
            self._is_astray.clear()
            try:
                await cluster.look()
                await self._arrange()
            except (RedisError, OSError) as error:
                log.warning("cluster_unknown", reason=type(error).__name__)
            except Exception:  # a feed that ended in silence would be worse than any error
                log.exception("feed_broke")
            if self._cannot_hear_all() != self.is_deaf or not self._ears:
                self._tell()
            with contextlib.suppress(TimeoutError):
                async with asyncio.timeout(LOOK_SECONDS):
                    await self._is_astray.wait()
            await asyncio.sleep(LOOK_PAUSE_SECONDS * random.uniform(1, 2))  # noqa: S311 - no secret

    async def _arrange(self) -> None:
        gone = self._aim()
        for ear in self._ears.values():
            ear.catch_up()
        for ear in gone:
            await ear.stop()

    def _aim(self) -> list[Ear]:
        """Give every server its ear and every ear its channels; the ears of servers that are gone are left over."""
        channels: defaultdict[Redis, set[bytes]] = defaultdict(set)
        self._homeless.clear()
        for channel in self._wanted:
            try:
                channels[server_of(self._redis, channel)].add(channel.encode())
            except RedisError:
                self._homeless.add(channel)
        present = servers(self._redis)
        gone = [self._ears.pop(server) for server in self._ears.keys() - set(present)]
        for server in present:
            ear = self._ears.get(server)
            if ear is None:
                ear = self._ears[server] = self._new_ear(server)
                ear.start()
            ear.aim(channels[server])
        return gone

    def _new_ear(self, server: Redis) -> Ear:
        verbs = SHARDED if isinstance(self._redis, Cluster) else PLAIN
        return Ear(server, verbs, on_message=self._on_message, on_hearing=self._tell, on_astray=self._is_astray.set)

    def _ear_for(self, channel: str) -> Ear | None:
        try:
            return self._ears.get(server_of(self._redis, channel))
        except RedisError:
            return None

    def _cannot_hear_all(self) -> bool:
        return not self._ears or bool(self._homeless) or any(ear.is_deaf for ear in self._ears.values())

    def _tell(self) -> None:
        self.is_deaf = self._cannot_hear_all()
        self._on_hearing(self.is_deaf)
