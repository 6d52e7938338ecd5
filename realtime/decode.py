"""What came over a socket, decoded strictly, or what to tell its sender."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final
from uuid import UUID

from pydantic import ValidationError

from realtime.messages import CLIENT_MESSAGE, ClientMessage
from tracker import wire
from tracker.commands.registry import sentence
from tracker.strict_json import NotJson, check_json

SENTENCE_LIMIT: Final = 300
"""A sentence may name the field that is wrong, and a field's name may be 60,000 characters of somebody's own."""

# What `CLIENT_MESSAGE.validate_json` asks in the end, without a call in between for a dozen of options.
_VALIDATE: Final[Callable[[str], ClientMessage]] = CLIENT_MESSAGE.validator.validate_json


@dataclass(frozen=True, slots=True)
class Unreadable:
    """A message that breaks the contract: why, and the id of the command it would have been, as far as that shows."""

    message: str
    command_id: UUID | None


def decode(text: str) -> ClientMessage | Unreadable:
    """The message in a text frame."""
    try:
        check_json(text)
        return _VALIDATE(text)
    except NotJson as error:
        return Unreadable(str(error), _command_id_in(text))
    except ValidationError as error:
        return Unreadable(sentence(error)[:SENTENCE_LIMIT], _command_id_in(text))


def _command_id_in(text: str) -> UUID | None:
    """Looks once more, without strictness, so that a refusal reaches the command it belongs to."""
    try:
        message = wire.decode(text)
    except ValueError:
        return None
    if not isinstance(message, dict) or message.get("type") != "command":
        return None
    command_id = message.get("command_id")
    try:
        return UUID(command_id) if isinstance(command_id, str) else None
    except ValueError:
        return None
