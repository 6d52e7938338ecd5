"""A node's realtime half: its parts, and their life from start to end."""

import asyncio
from collections.abc import Callable
from time import time
from typing import Final
from uuid import UUID, uuid4

import structlog
from sqlalchemy.ext.asyncio import AsyncEngine

from realtime import drain as draining
from realtime import metrics
from realtime.board import ServedBoard
from realtime.catch_up import CatchUp
from realtime.echoes import Echoes
from realtime.endpoint import SocketEndpoint
from realtime.feed import Feed
from realtime.gate import Gate
from realtime.head_check import PERIOD_SECONDS, HeadCheck
from realtime.heartbeat import Heartbeat
from realtime.hub import Hub
from realtime.join import Join
from realtime.log_reader import LogReader
from realtime.loop_turn import write_to_all
from realtime.pace import Pace
from realtime.parts import Parts
from realtime.presence import KNOCK, Presence
from realtime.probe import Probe
from realtime.receipts import Receipts
from realtime.removals import removed_members
from realtime.repair import Repair
from realtime.served_boards import ServedBoards
from realtime.sessions import Sessions
from realtime.sign_in_check import SignInCheck, end_sign_ins
from realtime.watch import Watch
from tracker.announcements import (
    SESSIONS_ENDED_CHANNEL,
    Announcement,
    Announcer,
    board_of,
    parse_announcement,
)
from tracker.execute import Door
from tracker.redis_link import RedisLink

_SESSIONS_ENDED: Final = SESSIONS_ENDED_CHANNEL.encode()

log = structlog.get_logger()


class Node:
    """Serves sockets. Stateless: all it knows can be read again from PostgreSQL.

    `redis` may be absent at any time; `allowed_origins` are those whose pages may open a socket.
    """

    def __init__(
        self,
        *,
        engine: AsyncEngine,
        redis: RedisLink,
        door: Door,
        announcer: Announcer,
        gate: Gate,
        allowed_origins: frozenset[str],
        has_rate_limits: bool = True,
        head_check_seconds: float = PERIOD_SECONDS,
        clock: Callable[[], float] = time,
    ) -> None:
        log_reader = LogReader(engine)
        self._repair = Repair(log_reader)
        self.hub = Hub(
            at_turn_end=Pace().at_turn_end,
            on_hole=self._repair_hole,
            on_stranger=self._look_again,
            on_reached=self._serve,
            write_to_all=write_to_all,
        )
        self._head_check = HeadCheck(self.hub, log_reader, head_check_seconds)
        node_id = uuid4()
        self._feed = Feed(redis, self._heard, self._hearing)
        self._announcer = announcer
        self._echoes = Echoes()
        announcer.tell_at_home(self._announced_here)
        self._probe = Probe(node_id, announcer, self._feed, self._hearing_changed)
        self._probe_channel = self._probe.channel.encode()
        self.boards = ServedBoards(self.hub, log_reader, self._feed, _now)
        self._presence = Presence(redis, self.hub, node_id, _now)
        self.receipts = Receipts(engine, clock)
        self._catch_up = CatchUp(self.hub, log_reader)
        parts = Parts(
            gate=gate,
            door=door,
            hub=self.hub,
            join=Join(self.hub, log_reader, self.boards, self._head_check, self._catch_up),
            catch_up=self._catch_up,
            presence=self._presence,
            receipts=self.receipts,
            sessions=Sessions(),
            now=_now,
            clock=clock,
            has_rate_limits=has_rate_limits,
        )
        self.sessions = parts.sessions
        self.heartbeat = Heartbeat(parts, self.boards, lambda: self.is_deaf and self._head_check.is_blind)
        self.sign_in_check = SignInCheck(self.sessions, gate)
        self.endpoint = SocketEndpoint(parts, allowed_origins)
        """The ASGI application for `/ws`."""

    @property
    def is_deaf(self) -> bool:
        """Whether announcements cannot be heard. Changes come all the same, somewhat later."""
        return self._feed.is_deaf or not self._probe.is_proven

    def start(self) -> None:
        """Begin to serve."""
        self._feed.start([SESSIONS_ENDED_CHANNEL, self._probe.channel])
        self._probe.start()
        self._head_check.start()
        self.heartbeat.start()
        self.sign_in_check.start()
        self._presence.start()
        self.receipts.start()

    async def drain(self, seconds: float) -> None:
        """Let in no more sockets, and let go of all within about `seconds`, each when its commands are answered."""
        self.endpoint.is_draining = True
        await draining.drain(self.sessions, seconds)

    async def stop(self) -> None:
        """End. Sockets that are still open are closed at once."""
        await self.drain(0)
        self._announcer.tell_at_home(None)
        for part in (
            self._presence,
            self.receipts,
            self.heartbeat,
            self.sign_in_check,
            self._head_check,
            self._repair,
            self.boards,
            self._probe,
            self._feed,
        ):
            await part.stop()

    def _repair_hole(self, board: ServedBoard) -> None:
        self._repair.begin(self.hub, board)

    def _look_again(self, _board_id: UUID) -> None:
        self._head_check.hurry()

    def _serve(self, watch: Watch) -> None:
        self._catch_up.advance(watch)

    def _heard(self, channel: bytes, payload: bytes) -> None:
        """Something was said on Redis. Nonsense is dropped and counted: the log has what it may have meant."""
        metrics.announcements.value += 1
        try:
            if channel == _SESSIONS_ENDED:
                self._end_sign_ins(payload)
            elif channel == self._probe_channel:
                self._probe.heard()
            elif not self._echoes.is_one(payload):
                self._take(board_of(channel), payload)
        except (ValueError, KeyError, TypeError) as error:
            metrics.unparsable_announcements.inc()
            log.warning("announcement_unparsable", reason=type(error).__name__)

    def _take(self, board_id: UUID, payload: bytes) -> None:
        if payload == KNOCK:
            self._presence.knocked(board_id)
            return
        epoch, changes = parse_announcement(payload)
        for change in changes:
            removed_members(change.body)  # raises for what could not be handed on
        self.hub.announced(board_id, epoch, changes)

    def _announced_here(self, announcement: Announcement, payload: bytes) -> None:
        if self.hub.announced(announcement.board_id, announcement.epoch, announcement.changes):
            self._echoes.expect(payload)

    def _end_sign_ins(self, payload: bytes) -> None:
        sign_ins = [UUID(text) for text in payload.decode("ascii").split()]
        end_sign_ins(self.sessions, sign_ins)

    def _hearing(self, is_deaf: bool) -> None:
        if not is_deaf:
            self._probe.send()
        self._hearing_changed()

    def _hearing_changed(self) -> None:
        metrics.deaf.set(self.is_deaf)
        self._head_check.hearing(is_deaf=self.is_deaf)


def _now() -> float:
    return asyncio.get_running_loop().time()
