"""What of io_uring there is on this machine; a container may forbid it."""

from collections.abc import Sequence
from errno import ENOMEM, ENOSYS, EPERM

from realtime.uring import Uring, UringUnavailable

NOT_HERE = {ENOMEM, ENOSYS, EPERM}
"""What the kernel says where there is none for us. Anything else is a fault of ours."""


def _urings() -> Sequence[type[Uring]]:
    try:
        Uring()
    except UringUnavailable as error:
        if error.errno not in NOT_HERE:
            raise
        return []
    return [Uring]


URINGS = _urings()
"""`Uring`, or nothing: what needs it is not run without it, and all that is promised is tested without it, too."""
