"""Not letting a socket in, in a way that its client understands: a browser hides the answer to a refused handshake.

So the handshake is answered, one word is said, and the socket is closed. It costs no task and no timer but the one that
cuts it off if it does not agree to be closed.
"""

from typing import Final

from realtime.close_codes import CloseCode
from realtime.farewell import say_farewell
from realtime.link import Link


class _Deaf:
    """Hears nothing of what a socket brings. Is a `Receiver`."""

    __slots__ = ()

    def received(self, text: str) -> None:
        """Too late."""

    def received_unusable(self, reason: str) -> None:
        """Too late."""

    def received_too_much(self) -> None:
        """Too late."""

    def clogged(self) -> None:
        """Nothing more is written anyway."""

    def drained(self) -> None:
        """Nothing more is written anyway."""

    def lost(self) -> None:
        """As expected."""


_DEAF: Final = _Deaf()


def turn_away(link: Link, code: CloseCode, reason: str, reconnect_ms: int | None = None) -> None:
    """Say `bye` to a socket whose handshake was just answered, and close it."""
    link.give_to(_DEAF)
    say_farewell(link, code, reason, reconnect_ms)
