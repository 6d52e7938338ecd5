"""One connection on which a Redis server tells what is said on its channels.

Listens to nothing else on it. Whenever it breaks it is made anew and subscribed to everything again, and when Redis has
confirmed every channel the ear says so, because what was announced meanwhile is lost.
"""

import asyncio
import random
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from typing import Any, Final

import structlog
from redis.asyncio import Redis
from redis.exceptions import ConnectionError as RedisConnectionError
from redis.exceptions import MovedError, RedisError

from realtime import metrics
from realtime.cancel import cancel
from tracker.redis_line import Line, open_line

SILENCE_SECONDS: Final = 5.0
"""After a stretch of this length without a word, Redis is asked whether it is there; after a second one it counts as
gone."""

FIRST_PAUSE_SECONDS: Final = 0.1
LONGEST_PAUSE_SECONDS: Final = 1.0
CONFIRM_SECONDS: Final = 2.0

log = structlog.get_logger()


@dataclass(frozen=True, slots=True)
class Verbs:
    """How one subscribes: in a cluster a channel lives with the server of its slot."""

    subscribe: bytes
    unsubscribe: bytes
    is_one_slot: bool
    """Whether one command may only name channels of one slot."""


PLAIN: Final = Verbs(b"SUBSCRIBE", b"UNSUBSCRIBE", is_one_slot=False)
SHARDED: Final = Verbs(b"SSUBSCRIBE", b"SUNSUBSCRIBE", is_one_slot=True)

_MESSAGES: Final = (b"message", b"smessage")


class Ear:
    """Listens to the channels of one server.

    `on_message(channel, payload)` gets what is said there. `on_hearing()` is told whenever `is_deaf` may have changed,
    and each time that everything asked for can be heard again. `on_astray()` is told when the server is lost, or says
    that a channel is no longer its own: in a cluster it may live elsewhere now.
    """

    def __init__(
        self,
        redis: Redis,
        verbs: Verbs,
        *,
        on_message: Callable[[bytes, bytes], None],
        on_hearing: Callable[[], None],
        on_astray: Callable[[], None],
    ) -> None:
        self._redis = redis
        self._verbs = verbs
        self._on_message = on_message
        self._on_hearing = on_hearing
        self._on_astray = on_astray
        self._wanted: set[bytes] = set()
        self._confirmed: set[bytes] = set()
        self._dropped: set[bytes] = set()
        self._waiting: dict[bytes, asyncio.Future[None]] = {}
        self._may_have_missed = True
        self.is_deaf = True
        self._line: Line | None = None
        self._ended: asyncio.Future[Exception] | None = None
        self._is_spoken_to = False
        self._task: asyncio.Task[None] | None = None

    def start(self) -> None:
        """Begin to listen."""
        self._task = asyncio.create_task(self._work(), name="feed")

    async def stop(self) -> None:
        """End."""
        if self._task is not None:
            await cancel(self._task)
            self._task = None

    def aim(self, channels: set[bytes]) -> None:
        """From now on listen to these and no others; `catch_up` says so to the server."""
        self._dropped |= self._wanted - channels
        self._wanted = channels
        self._confirmed &= channels

    def catch_up(self) -> None:
        """Ask for what is wanted and not confirmed, and give up the rest."""
        dropped, self._dropped = self._dropped - self._wanted, set()
        if dropped:
            self._say(self._verbs.unsubscribe, dropped)
        if missing := self._wanted - self._confirmed - self._waiting.keys():
            self._may_have_missed = True
            self._say(self._verbs.subscribe, missing)
        self._settle()

    async def subscribe(self, channel: bytes) -> None:
        """Listen to this one too. Returns when Redis has confirmed it, or when there is no point in waiting.

        In the second case `on_hearing` tells when it is so.
        """
        self._wanted.add(channel)
        confirmed = self._waiting[channel] = asyncio.get_running_loop().create_future()
        try:
            if self._say(self._verbs.subscribe, [channel]):
                async with asyncio.timeout(CONFIRM_SECONDS):
                    await confirmed
        except TimeoutError:
            log.warning("subscription_unconfirmed")
        finally:
            self._waiting.pop(channel, None)

    def unsubscribe(self, channel: bytes) -> None:
        """Stop listening to this one."""
        self._wanted.discard(channel)
        self._confirmed.discard(channel)
        self._say(self._verbs.unsubscribe, [channel])

    def renew(self) -> None:
        """Connect anew: what the present connection brings is not what is announced."""
        # The work goes on as after any loss.
        self._end(RedisConnectionError("renewed"))

    def _say(self, verb: bytes, channels: Collection[bytes]) -> bool:
        """Say something to Redis. False when it is not there; then the connection is being made anew."""
        if self._line is None:
            return False
        commands = [(verb, name) for name in channels] if self._verbs.is_one_slot else [(verb, *channels)]
        try:
            self._line.send(commands)
        except RedisError:
            return False
        return True

    async def _work(self) -> None:
        pause = FIRST_PAUSE_SECONDS
        while True:
            try:
                await self._listen()
            except (RedisError, OSError, TimeoutError) as error:
                log.warning("feed_lost", reason=type(error).__name__)
            except Exception:  # a feed that ended in silence would be worse than any error
                log.exception("feed_broke")
            # Full jitter, so that the nodes do not come back to a restarted Redis as one.
            pause = FIRST_PAUSE_SECONDS if not self._may_have_missed else min(pause * 2, LONGEST_PAUSE_SECONDS)
            self._may_have_missed = True
            self.is_deaf = True
            self._on_hearing()
            self._on_astray()
            await asyncio.sleep(random.uniform(0, pause))  # noqa: S311 - no secret

    async def _listen(self) -> None:
        line = await open_line(self._redis, self._hear, self._end)
        ended = self._ended = asyncio.get_running_loop().create_future()
        try:
            metrics.feed_connects.inc()
            self._confirmed.clear()
            self._line = line
            if self._wanted:
                self._say(self._verbs.subscribe, self._wanted)
            self._settle()
            while True:
                if not await self._hears_something(ended):
                    line.send([(b"PING",)])
                    if not await self._hears_something(ended):
                        raise TimeoutError
        finally:
            self._line = self._ended = None
            await line.close()

    async def _hears_something(self, ended: asyncio.Future[Exception]) -> bool:
        """Whether anything is said in one stretch. Raises why the line ended."""
        self._is_spoken_to = False
        await asyncio.wait([ended], timeout=SILENCE_SECONDS)
        if ended.done():
            raise ended.result()
        return self._is_spoken_to

    def _end(self, error: Exception) -> None:
        if self._ended is not None and not self._ended.done():
            self._ended.set_result(error)

    def _hear(self, answer: Any) -> None:
        self._is_spoken_to = True
        if isinstance(answer, MovedError):
            self._on_astray()
        elif isinstance(answer, Exception):
            raise answer
        else:
            self._understand(answer)

    def _understand(self, answer: Sequence[Any]) -> None:
        kind, channel = answer[0], answer[1]
        if kind in _MESSAGES:
            self._on_message(channel, answer[2])
        elif channel not in self._wanted:
            return
        elif kind == self._verbs.subscribe.lower():
            self._confirm(channel)
        elif kind == self._verbs.unsubscribe.lower():
            # Nobody asked for it: the channel's slot has moved to another server.
            self._confirmed.discard(channel)
            self._on_astray()

    def _confirm(self, channel: bytes) -> None:
        self._confirmed.add(channel)
        waiting = self._waiting.get(channel)
        if waiting is None:
            self._may_have_missed = True
        elif not waiting.done():
            waiting.set_result(None)
        self._settle()

    def _settle(self) -> None:
        is_heard = self._line is not None and len(self._confirmed) == len(self._wanted)
        if is_heard and self._may_have_missed:
            self._may_have_missed = False
            self.is_deaf = False
            self._on_hearing()
