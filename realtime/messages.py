"""Every message of the socket, as `docs/protocol.md` names them. The client's types are generated from these.

What a client says is decoded strictly and once, the command within it too. What the server says is built from the
models below, but for `changes`: those carry the change log's own bytes (see `changes_frame`).
"""

from datetime import datetime
from typing import Annotated, Any, Final, Literal
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field, StringConstraints, TypeAdapter, model_validator

from tracker.commands.registry import AnyCommand
from tracker.refusal import RefusalCode

PROTOCOL: Final = 1


class _Message(BaseModel):
    model_config = ConfigDict(extra="forbid", strict=True, frozen=True)


# What a client says -------------------------------------------------------------------------------------------------

AccessToken = Annotated[str, StringConstraints(min_length=1, max_length=4096)]


class Hello(_Message):
    """The first message. `client_id` tells the devices and tabs of one person apart, for logs only."""

    type: Literal["hello"]
    protocol: int
    token: AccessToken
    client_id: Annotated[str, StringConstraints(min_length=1, max_length=64)]


class Authenticate(_Message):
    """Renews the token of this socket in place."""

    type: Literal["authenticate"]
    token: AccessToken


class Watch(_Message):
    """Asks for all changes of a board after the position the client has; both null: from now on."""

    type: Literal["watch"]
    board_id: UUID
    epoch: UUID | None
    seq: Annotated[int, Field(ge=0, lt=2**63)] | None

    @model_validator(mode="after")
    def _is_position(self) -> "Watch":
        if (self.epoch is None) != (self.seq is None):
            raise ValueError("epoch and seq are a position together, or both null")
        return self


class Unwatch(_Message):
    """Ends a watch."""

    type: Literal["unwatch"]
    board_id: UUID


class CommandMessage(_Message):
    """A command for the one door."""

    type: Literal["command"]
    command_id: UUID
    command: AnyCommand


class PresenceState(_Message):
    """What somebody looks at: a task, or the board as such."""

    task_id: UUID | None


class PresenceMessage(_Message):
    """Tells the others on a board that somebody is here, or with null that they look elsewhere now."""

    type: Literal["presence"]
    board_id: UUID
    state: PresenceState | None


class ConfirmedPosition(_Message):
    """Up to which seq of which life of the log a device has stored a board."""

    board_id: UUID
    epoch: UUID
    seq: Annotated[int, Field(ge=0, lt=2**63)]


class Confirmed(_Message):
    """What a device has stored so far, for the list of one's devices. It is not answered; what cannot be is ignored."""

    type: Literal["confirmed"]
    boards: Annotated[list[ConfirmedPosition], Field(min_length=1, max_length=100)]


ClientMessage = Annotated[
    Hello | Watch | Unwatch | CommandMessage | Authenticate | PresenceMessage | Confirmed,
    Field(discriminator="type"),
]
CLIENT_MESSAGE: Final[TypeAdapter[ClientMessage]] = TypeAdapter(ClientMessage)

# What the server says -----------------------------------------------------------------------------------------------

ResyncReason = Literal["epoch", "trimmed", "ahead", "lagging", "not_found"]
ErrorCode = Literal["invalid", "not_watching", "too_many", "rate_limited", "unavailable"]


class Welcome(_Message):
    """The socket is signed in. `expires_at` is the token's; a new one has to come before."""

    type: Literal["welcome"] = "welcome"
    connection_id: UUID
    account_id: UUID
    heartbeat_seconds: int
    expires_at: datetime


class Authenticated(_Message):
    """The token was renewed."""

    type: Literal["authenticated"] = "authenticated"
    expires_at: datetime


class Watching(_Message):
    """The watch began: every change after `seq` comes, in order and without holes."""

    type: Literal["watching"] = "watching"
    board_id: UUID
    epoch: UUID
    seq: int


class Resync(_Message):
    """The watch did not begin, or ended: the client's position is of no use (`not_found`: nor is the board)."""

    type: Literal["resync"] = "resync"
    board_id: UUID
    reason: ResyncReason


class Unwatched(_Message):
    """The watch ended as asked; nothing more of this board comes."""

    type: Literal["unwatched"] = "unwatched"
    board_id: UUID


class ChangeBody(_Message):
    """One change of a board."""

    seq: int
    at: datetime
    by: UUID
    command_id: UUID
    put: list[dict[str, Any]]
    remove: list[dict[str, Any]]


class Changes(_Message):
    """Changes of one board that follow each other and what the client has."""

    type: Literal["changes"] = "changes"
    board_id: UUID
    changes: list[ChangeBody]


class DoneMessage(_Message):
    """A command is done whose change this socket does not get, or got before."""

    type: Literal["done"] = "done"
    command_id: UUID
    board_id: UUID
    seq: int


class RefusedMessage(_Message):
    """A command will not be done."""

    type: Literal["refused"] = "refused"
    command_id: UUID
    code: RefusalCode
    message: str


class Person(_Message):
    """Somebody who is here: with how many sockets, and which tasks they look at."""

    account_id: UUID
    connections: int
    task_ids: list[UUID]


class People(_Message):
    """Who is on a board now."""

    type: Literal["presence"] = "presence"
    board_id: UUID
    people: list[Person]


class Heads(_Message):
    """Where the boards stand that this socket watches. A client that is behind has lost something."""

    type: Literal["heads"] = "heads"
    heads: dict[UUID, int]


class ErrorMessage(_Message):
    """What came could not be understood; nothing was done."""

    type: Literal["error"] = "error"
    code: ErrorCode
    message: str


class Bye(_Message):
    """The server is about to close with `code`; the client may come back after `reconnect_ms`."""

    type: Literal["bye"] = "bye"
    code: int
    reconnect_ms: int


ServerMessage = Annotated[
    Welcome
    | Authenticated
    | Watching
    | Resync
    | Unwatched
    | Changes
    | DoneMessage
    | RefusedMessage
    | People
    | Heads
    | ErrorMessage
    | Bye,
    Field(discriminator="type"),
]
SERVER_MESSAGE: Final[TypeAdapter[ServerMessage]] = TypeAdapter(ServerMessage)
