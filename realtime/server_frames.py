"""Server messages as ready frames."""

from collections.abc import Iterable, Mapping
from uuid import UUID

from realtime.frames import text_frame
from realtime.messages import ServerMessage
from tracker import wire


def frame_of(message: ServerMessage) -> bytes:
    """The frame of any server message."""
    return text_frame(wire.encode(message.model_dump()))


def done_frame(command_id: UUID, board_id: UUID, seq: int) -> bytes:
    """The frame of a `done` message. Written by hand: one answers each command that its author does not watch."""
    return text_frame(f'{{"type":"done","command_id":"{command_id}","board_id":"{board_id}","seq":{seq}}}'.encode())


def changes_frame(board_id: UUID, bodies: Iterable[bytes]) -> bytes:
    """The frame of a `changes` message, made of the very bytes that lie in the change log."""
    return text_frame(
        b'{"type":"changes","board_id":"%b","changes":[%b]}' % (str(board_id).encode(), b",".join(bodies))
    )


def heads_frame(heads: Mapping[UUID, int]) -> bytes:
    """The frame of a `heads` message. Written by hand: one goes to every socket with every heartbeat."""
    pairs = ",".join(f'"{board_id}":{seq}' for board_id, seq in heads.items())
    return text_frame(f'{{"type":"heads","heads":{{{pairs}}}}}'.encode())
