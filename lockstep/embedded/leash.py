"""Turns into another program that cannot outlive the process that started it.

Run as a script that imports nothing of Lockstep: `leash.py PARENT_PID SIGNAL UID GID PROGRAM ARGUMENT...`.
It gives up root for UID and GID, asks the kernel to send SIGNAL when the parent dies, however it dies (Linux
only), and becomes PROGRAM. A script rather than `preexec_fn`, which may deadlock in a process with threads.
"""

import ctypes
import os
import sys
from collections.abc import Sequence

# From <linux/prctl.h>.
PR_SET_PDEATHSIG = 1


def leashed(command: Sequence[object], signal_number: int, uid: int, gid: int) -> list[str]:
    """The command line that runs `command` on a leash held by the calling process, as the account `uid`, `gid`."""
    own = [sys.executable, "-I", "-S", __file__, os.getpid(), signal_number, uid, gid]
    return [str(word) for word in (*own, *command)]


def main(parent_pid: str, signal_number: str, uid: str, gid: str, *command: str) -> None:
    """Become `command`."""
    if os.geteuid() != int(uid):
        os.setgroups([])
        os.setgid(int(gid))
        os.setuid(int(uid))
    if sys.platform == "linux":
        # After setuid, which clears it.
        ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, int(signal_number))
    if os.getppid() != int(parent_pid):
        # The parent died before the kernel knew that we care.
        sys.exit(1)
    os.execv(command[0], command)  # noqa: S606  the command line is the parent's


if __name__ == "__main__":
    main(*sys.argv[1:])
