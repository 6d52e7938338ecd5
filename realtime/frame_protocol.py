"""The node's own WebSocket protocol for uvicorn (`--ws realtime.frame_protocol:FrameProtocol`).

uvicorn and the sans-I/O parser of websockets do the handshake. From the moment the application takes the socket over
(`scope["extensions"]["lockstep.frames"]`), ready frames go straight to the socket and whole messages straight to
the session: no ASGI event, no queue and no task per socket. All that one turn of the event loop brings for a socket is
one write (`loop_turn`). There are no keepalive timers: `heartbeat` beats for all sockets of the process.

Builds on internals of uvicorn's WebSocketsSansIOProtocol; `tests/realtime/test_rfc6455.py` tells when they move.
"""

import asyncio
from collections import deque
from typing import Any, Final

from typing_extensions import override
from uvicorn.config import Config
from uvicorn.protocols.utils import ClientDisconnected
from uvicorn.protocols.websockets.websockets_sansio_impl import WebSocketsSansIOProtocol
from uvicorn.server import ServerState
from websockets.exceptions import PayloadTooBig
from websockets.http11 import Request
from websockets.protocol import State

from realtime.close_codes import CloseCode
from realtime.frame_reader import FrameReader, Incoming, Malformed, TooLarge, is_only_a_pong, is_pong, simple_text
from realtime.frames import close_frame
from realtime.link import EXTENSION, NOBODY, Receiver
from realtime.loop_turn import turn_of
from realtime.loopback import spare_congestion_control

MESSAGE_LIMIT: Final = 65_536
"""Bytes of a message. A longer one is answered with an error, not read."""

SKIP_LIMIT: Final = 1_048_576
"""Bytes of a message beyond which the socket is closed rather than the rest skipped."""

HIGH_WATER: Final = 65_536
"""Bytes waiting in user space, beyond the kernel's own buffer, at which a reader counts as slow."""

CLOSE_SECONDS: Final = 5.0
"""How long the other end may take to agree to a close before the connection is cut."""


class FrameProtocol(WebSocketsSansIOProtocol):
    """One socket: uvicorn's until the application calls `give_to`, then the session's. Is a `Link`."""

    # Not in the dictionary that uvicorn's half has: what each pong reads lies together.
    __slots__ = (
        "_held",
        "_is_broken",
        "_reader",
        "_receiver",
        "_turn",
        "_unsent",
        "descriptor",
        "is_clogged",
        "is_held",
        "number",
        "silent",
    )

    def __init__(
        self,
        config: Config,
        server_state: ServerState,
        app_state: dict[str, Any],
        _loop: asyncio.AbstractEventLoop | None = None,
    ) -> None:
        # The contract fixes these, so they are not left to the command line.
        config.ws_max_size = MESSAGE_LIMIT
        config.ws_per_message_deflate = False
        config.ws_ping_interval = None
        super().__init__(config, server_state, app_state, _loop)
        self._turn = turn_of(self.loop)
        self.descriptor = -1
        self._unsent: list[bytes] = []
        self._reader: FrameReader | None = None
        self._receiver: Receiver | None = None
        self._is_broken = False
        self.is_held = False
        self._held: deque[Incoming] | None = None
        self.is_clogged = False
        self.number = 0
        self.silent: set[int] = NOBODY

    def give_to(self, receiver: Receiver) -> None:
        """Let this one hear what the socket brings. From the first time on the ASGI call may return."""
        if self._receiver is None:
            self.transport.set_write_buffer_limits(high=HIGH_WATER)
            self.read_paused = False
            self.transport.resume_reading()
            if self.scheme == "ws":
                self.descriptor = self.transport.get_extra_info("socket").fileno()
                spare_congestion_control(self.transport)
            self.number = self._turn.opened(self)
            # The answer to the handshake went by the transport.
            self._turn.went_aside(self)
        self._receiver = receiver

    # What the session does -------------------------------------------------------------------------------------

    def write(self, frame: bytes) -> None:
        """Send a ready frame, together with all else of this loop turn."""
        if not self._unsent:
            self._turn.add(self)
        self._unsent.append(frame)

    def write_now(self, frame: bytes) -> None:
        """Send a ready frame at once, or behind what was written in this loop turn."""
        if self._unsent:
            self._unsent.append(frame)
        else:
            self.write_by_transport(frame)

    def flush(self) -> None:
        """Hand what this turn brought to the transport."""
        if self._unsent:
            self.write_by_transport(self.take_unsent())

    def take_unsent(self) -> bytes:
        """All that was written and not sent."""
        unsent, self._unsent = self._unsent, []
        return unsent[0] if len(unsent) == 1 else b"".join(unsent)

    def is_straight(self) -> bool:
        """Whether nothing waits in the transport any more, and the socket is not closing."""
        is_open = not self.close_sent and not self.transport.is_closing()
        return is_open and not self.transport.get_write_buffer_size()

    def write_by_transport(self, data: bytes) -> None:
        """Send bytes behind those that wait in the transport, unless the connection is ending."""
        if not self.close_sent and not self.transport.is_closing():
            self.transport.write(data)
            if self.transport.get_write_buffer_size():
                self._turn.went_aside(self)

    def hold_reading(self) -> None:
        """Take no more messages until `resume_reading`."""
        self.is_held = True
        self.transport.pause_reading()

    def resume_reading(self) -> None:
        """Take messages again, first those that had already arrived."""
        self.is_held = False
        # What was said meanwhile may lie unread.
        self.silent.discard(self.number)
        while self._held and not self.is_held:
            self._handle_frame(self._held.popleft())
        if not self._held:
            self._held = None
        if not self.is_held and not self.transport.is_closing():
            self.transport.resume_reading()

    def close(self, code: int, reason: str) -> None:
        """Begin the closing handshake after all that was written."""
        if self.close_sent or self.transport.is_closing():
            return
        self._turn.went_aside(self)
        if self.conn.state is State.OPEN:
            self.conn.send_close(code)
            self.conn.data_to_send()
        self.write(close_frame(code, reason))
        self.flush()
        self.close_sent = True
        self._held = None
        self.is_held = False
        # The other end's answer has to be read, also when its messages were not wanted any more.
        self.transport.resume_reading()
        self.close_timer = self.loop.call_later(CLOSE_SECONDS, self.transport.abort)

    def abort(self) -> None:
        """Let go of a socket whose other end is no longer there."""
        self._unsent.clear()
        self._turn.went_aside(self)
        self.transport.abort()

    # What uvicorn and the transport do -------------------------------------------------------------------------

    @override
    def handle_connect(self, event: Request) -> None:
        super().handle_connect(event)
        if self.response.status_code == 101:
            extensions: dict[str, Any] = self.scope["extensions"]
            extensions[EXTENSION] = self

    @override
    async def run_asgi(self) -> None:
        try:
            await self.app(self.scope, self.receive, self.send)
        except ClientDisconnected:
            pass
        except Exception:
            self.logger.exception("Exception in ASGI application\n")
            self.send_500_response()
            self.transport.close()
        else:
            if not self.handshake_complete:
                self.logger.error("ASGI callable returned without completing handshake.")
                self.send_500_response()
        if self._receiver is None and self.close_timer is None:
            self.transport.close()

    @override
    def data_received(self, data: bytes) -> None:
        self.silent.discard(self.number)
        if self._receiver is None:
            super().data_received(data)
            return
        if self._is_broken:
            return
        # Nearly all that comes is a pong or whole text messages. What is longer may be a message above the limit.
        if self._reader is None and len(data) <= MESSAGE_LIMIT:
            if is_only_a_pong(data):
                return
            data = self._hand_over_simple_texts(data)
            if not data:
                return
        for frame in self._frames_of(data):
            if not self.is_held:
                self._handle_frame(frame)
            elif self._held is None:
                self._held = deque([frame])
            else:
                self._held.append(frame)

    def _hand_over_simple_texts(self, data: bytes) -> bytes:
        """Hand over the messages that stand at the beginning, as far as they are wanted now. Returns what is left."""
        begin = 0
        while not self.is_held and self.conn.current_size is None and (found := simple_text(data, begin)) is not None:
            payload, begin = found
            self._hand_over(payload)
        return data[begin:]

    def _frames_of(self, data: bytes) -> list[Incoming]:
        # Of thousands of sockets few are in the midst of a frame.
        reader = self._reader or FrameReader(MESSAGE_LIMIT)
        frames = reader.feed(data)
        self._reader = None if reader.is_between_frames else reader
        return frames

    def _handle_frame(self, frame: Incoming) -> None:
        if isinstance(frame, TooLarge):
            self._handle_too_large(frame)
        elif isinstance(frame, Malformed):
            self._is_broken = True
            self.close(CloseCode.PROTOCOL_ERROR, frame.reason)
        # In the midst of a fragmented message a text frame is an error, which the complete parser knows to answer.
        elif self.conn.current_size is None and (found := simple_text(frame, 0)) is not None:
            self._hand_over(found[0])
        elif not is_pong(frame):
            # The complete parser's answer goes to the transport without us.
            self._turn.went_aside(self)
            self.conn.receive_data(frame)
            if self.conn.parser_exc is None:
                self.handle_events()
            else:
                self._fail()

    def _handle_too_large(self, frame: TooLarge) -> None:
        if self._receiver is None or self.close_sent:
            return
        if frame.is_whole and frame.length <= SKIP_LIMIT:
            self._receiver.received_unusable(f"A message has at most {MESSAGE_LIMIT} bytes.")
        else:
            self._receiver.received_too_much()

    def _hand_over(self, payload: bytes) -> None:
        if self._receiver is None or self.close_sent:
            return
        try:
            text = payload.decode()
        except UnicodeDecodeError:
            self.close(CloseCode.UNREADABLE, "not UTF-8")
        else:
            self._receiver.received(text)

    def _fail(self) -> None:
        """End a connection that the complete parser gave up: it has a close frame ready, but for one case."""
        self._is_broken = True
        if self._receiver is not None and isinstance(self.conn.parser_exc, PayloadTooBig):
            self.conn.data_to_send()
            self._receiver.received_too_much()
            return
        self.flush()
        self.transport.write(b"".join(self.conn.data_to_send()))
        self.close_sent = True
        self.close_timer = self.loop.call_later(CLOSE_SECONDS, self.transport.abort)

    @override
    def send_receive_event_to_app(self) -> None:
        if self._receiver is None:
            super().send_receive_event_to_app()
            return
        data, self.frames = b"".join(self.frames), []
        if self.curr_msg_data_type == "text":
            self._hand_over(data)
        elif not self.close_sent:
            self._receiver.received_unusable("Messages are text, not binary.")

    @override
    def pause_writing(self) -> None:
        super().pause_writing()
        self.is_clogged = True
        if self._receiver is not None:
            self._receiver.clogged()

    @override
    def resume_writing(self) -> None:
        super().resume_writing()
        self.is_clogged = False
        if self._receiver is not None:
            self._receiver.drained()

    @override
    def connection_lost(self, exc: Exception | None) -> None:
        self._turn.lost(self)
        self.descriptor = -1
        super().connection_lost(exc)
        self._unsent.clear()
        self._held = None
        receiver, self._receiver = self._receiver, None
        if receiver is not None:
            receiver.lost()
        self._untie()

    def _untie(self) -> None:
        """Take away what leads in a circle: else a socket that is gone is freed only when cycles are looked for, and
        with thousands of them open that stops the node for longer than anybody should wait.
        """
        self.conn.parser.close()
        if self.handshake_initiated and self.response.status_code == 101:
            self.scope["extensions"].pop(EXTENSION, None)

    @override
    def shutdown(self) -> None:
        if self._receiver is None:
            super().shutdown()
        else:
            self.close(CloseCode.RESTARTING, "restarting")
