"""The door, for scripts and imports: one command, given over HTTP."""

from typing import Annotated, ClassVar, Literal
from uuid import UUID

from fastapi import APIRouter
from pydantic import BaseModel

from http_api.caller import Caller
from http_api.errors import errors
from http_api.limits import COMMAND
from http_api.messages import Body
from http_api.metrics import http_commands
from http_api.parts import Wired
from http_api.strict_body import FromJson, StrictRoute
from tracker.actor import Actor
from tracker.commands.registry import AnyCommand
from tracker.refusal import Refused


class CommandBody(Body):
    """A command and the id that makes it take effect once, however often it is sent."""

    command_id: UUID
    command: AnyCommand


class CommandDone(BaseModel):
    """The command has been done, now or (`repeated`) before; its change stands at `seq`."""

    status: Literal["done"] = "done"
    board_id: UUID
    seq: int
    repeated: bool


class _CommandRoute(StrictRoute):
    # A command that breaks the contract is refused `invalid`, like on the socket.
    INVALID_STATUS: ClassVar[int] = 400


router = APIRouter(route_class=_CommandRoute, tags=["commands"])


@router.post(
    "/commands",
    responses=errors(400, 401, 403, 404, 409, 410),
    summary="Give a command",
)
async def give_command(body: Annotated[CommandBody, FromJson()], caller: Caller, parts: Wired) -> CommandDone:
    """Do one command through the same door as the socket, and answer when it is committed."""
    await parts.limits.take(COMMAND, str(caller.account_id))
    outcome = "done"
    try:
        done = await parts.door.execute(Actor(caller.account_id), body.command_id, body.command)
    except Refused as refused:
        outcome = refused.code
        raise
    finally:
        http_commands.labels(body.command.type, outcome).inc()
    return CommandDone(board_id=done.board_id, seq=done.seq, repeated=done.repeated)
