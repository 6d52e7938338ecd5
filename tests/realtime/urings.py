"""What of io_uring there is on this machine; a container may forbid it."""

from collections.abc import Sequence

from realtime.uring import Uring, UringUnavailable


def _urings() -> Sequence[type[Uring]]:
    try:
        Uring()
    except UringUnavailable:
        return []
    return [Uring]


URINGS = _urings()
"""`Uring`, or nothing: what needs it is not run without it, and all that is promised is tested without it, too."""
