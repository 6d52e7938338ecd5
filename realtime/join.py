"""Beginning a watch without a race between the client's snapshot, the log and what is announced meanwhile.

The right to see the board is read together with the board's head. The hub listens before it reads where the board
stands. Then the watch begins where the client is, and `CatchUp` serves it from there. The answer is complete, or it is
`resync`.
"""

from uuid import UUID

from realtime.catch_up import GAP_LIMIT, CatchUp
from realtime.head_check import HeadCheck
from realtime.hub import Hub
from realtime.log_reader import Log
from realtime.messages import ResyncReason
from realtime.messages import Watch as WatchMessage
from realtime.served_boards import ServedBoards
from realtime.watch import Watch, Watcher
from tracker.change_log import Head


class Join:
    """Lets sessions begin to watch."""

    def __init__(self, hub: Hub, log: Log, boards: ServedBoards, head_check: HeadCheck, catch_up: CatchUp) -> None:
        self._hub = hub
        self._log = log
        self._boards = boards
        self._head_check = head_check
        self._catch_up = catch_up

    async def begin(self, session: Watcher, wanted: WatchMessage) -> None:
        """Answer `watching` and serve the session, or answer `resync`. May be cancelled at any time."""
        board_id = wanted.board_id
        while True:
            standing = await self._log.standing(session.account_id, board_id)
            board = None if standing is None else await self._boards.open(board_id)
            if standing is None or board is None:
                if session.is_joining(board_id):
                    session.watch_ended(board_id, "not_found")
                return
            if board.epoch == standing.head.epoch:
                break
            # The log began a new life between the two readings.
            await self._head_check.check()
        if not session.is_joining(board_id):
            return
        self._hub.heard_seq(board, standing.head.epoch, standing.head.seq)
        if (reason := objection(wanted.epoch, wanted.seq, standing.head)) is not None:
            session.watch_ended(board_id, reason)
            return
        seq = standing.head.seq if wanted.seq is None else wanted.seq
        watch = Watch(session, board, seq, start_seq=seq, cleared_seq=standing.head.seq)
        session.watch_began(watch)
        self._hub.begin(watch)
        self._catch_up.advance(watch)


def objection(epoch: UUID | None, seq: int | None, head: Head) -> ResyncReason | None:
    """Why a client at this position cannot be served from a log with this head; None if it can, or has no position."""
    if epoch is None or seq is None:
        return None
    if epoch != head.epoch:
        return "epoch"
    if seq > head.seq:
        return "ahead"
    if seq < head.floor:
        return "trimmed"
    if head.seq - seq > GAP_LIMIT:
        return "lagging"
    return None
