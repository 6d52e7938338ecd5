"""The two ends of an open socket, as the session and the protocol see each other."""

from typing import Final, Protocol

EXTENSION: Final = "lockstep.frames"
"""The key in an ASGI scope's extensions under which the server offers the `Link` of a WebSocket."""


NOBODY: Final[set[int]] = set()
"""Where a link is silent for which nobody waits."""


class Link(Protocol):
    """What a session may do to its socket. Nothing here blocks, and nothing is done to a socket that is gone."""

    is_clogged: bool
    """More is waiting to be sent than the high-water mark allows. Whoever writes now makes memory grow."""

    is_held: bool
    """Its messages are not taken, so that silence means nothing."""

    number: int
    """Its own among all that this process ever has, once it was given to somebody."""

    silent: set[int]
    """Where somebody who waits for a word from it may put its number. It takes it out when bytes come in."""

    def give_to(self, receiver: "Receiver") -> None:
        """From now on this one hears what the socket brings."""

    def write(self, frame: bytes) -> None:
        """Send a ready frame, together with all else of this loop turn."""

    def write_now(self, frame: bytes) -> None:
        """Send a ready frame at once, or behind what was written in this loop turn."""

    def flush(self) -> None:
        """Send now what was written, so that `is_clogged` tells the truth about it."""

    def hold_reading(self) -> None:
        """Take no more messages until `resume_reading`; what the client sends meanwhile stays in the network."""

    def resume_reading(self) -> None:
        """Take messages again."""

    def close(self, code: int, reason: str) -> None:
        """Begin the closing handshake after all that was written. Takes no more messages."""

    def abort(self) -> None:
        """Let go of a socket whose other end is no longer there."""


class Receiver(Protocol):
    """What a socket tells its session. After `lost` nothing more comes."""

    def received(self, text: str) -> None:
        """A whole text message came."""

    def received_unusable(self, reason: str) -> None:
        """A message came that was not kept: a binary one, or one above the limit."""

    def received_too_much(self) -> None:
        """A message came that is too large even to be skipped."""

    def clogged(self) -> None:
        """`Link.is_clogged` became True."""

    def drained(self) -> None:
        """`Link.is_clogged` became False."""

    def lost(self) -> None:
        """The socket is gone."""
