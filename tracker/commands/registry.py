"""All commands of the contract, and how one is decoded."""

from typing import Annotated, Final

from pydantic import Field, TypeAdapter, ValidationError

from tracker.commands import (
    boards,
    check_ins,
    comments,
    goals,
    invitations,
    key_results,
    links,
    lists,
    members,
    profiles,
    tasks,
)
from tracker.commands.command import Command
from tracker.refusal import Refused

AnyCommand = Annotated[
    boards.BoardCreate
    | boards.BoardEdit
    | boards.BoardDelete
    | boards.BoardRestore
    | lists.ListCreate
    | lists.ListEdit
    | lists.ListMove
    | lists.ListDelete
    | lists.ListRestore
    | tasks.TaskCreate
    | tasks.TaskEdit
    | tasks.TaskMove
    | tasks.TaskComplete
    | tasks.TaskReopen
    | tasks.TaskDelete
    | tasks.TaskRestore
    | tasks.TaskAssign
    | tasks.TaskUnassign
    | goals.GoalCreate
    | goals.GoalEdit
    | goals.GoalMove
    | goals.GoalDelete
    | goals.GoalRestore
    | key_results.KeyResultCreate
    | key_results.KeyResultEdit
    | key_results.KeyResultMove
    | key_results.KeyResultDelete
    | key_results.KeyResultRestore
    | check_ins.CheckInCreate
    | check_ins.CheckInEdit
    | check_ins.CheckInDelete
    | check_ins.CheckInRestore
    | links.LinkCreate
    | links.LinkRemove
    | comments.CommentCreate
    | comments.CommentEdit
    | comments.CommentDelete
    | comments.CommentRestore
    | invitations.InvitationCreate
    | invitations.InvitationRevoke
    | invitations.InvitationAccept
    | members.MemberEdit
    | members.MemberRemove
    | profiles.ProfileEdit,
    Field(discriminator="type"),
]
"""Every command that a client may send, told apart by `type`."""

COMMAND_ADAPTER: Final[TypeAdapter[AnyCommand]] = TypeAdapter(AnyCommand)


def decode_command(raw: bytes | str) -> Command:
    """The command in a JSON text. Refused `invalid`, with a sentence that names the field, when it is none."""
    try:
        return COMMAND_ADAPTER.validate_json(raw)
    except ValidationError as error:
        raise Refused("invalid", sentence(error)) from None


def sentence(error: ValidationError) -> str:
    """The first thing wrong with a message, for people; never repeats the value that was sent."""
    first = error.errors(include_url=False, include_context=False, include_input=False)[0]
    if first["type"] == "union_tag_invalid":
        return "type: There is no such type."  # pydantic would list them all
    where = ".".join(str(part) for part in first["loc"])
    # A pattern means nothing to people, and that of a position is long.
    what = "This is not written as it should be." if first["type"] == "string_pattern_mismatch" else first["msg"]
    return f"{where}: {what}" if where else what
