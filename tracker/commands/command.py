"""What every command has in common."""

from abc import ABC, abstractmethod
from collections.abc import Collection, Iterable
from typing import Any, ClassVar
from uuid import UUID

from pydantic import BaseModel, ConfigDict

from tracker.draft import Draft, Touch
from tracker.fields import Id
from tracker.roles import Role


def _require_type(schema: dict[str, Any]) -> None:
    # It has a default, for those who make commands here; whoever sends one has to say which it is.
    schema["required"] = sorted({*schema.get("required", ()), "type"})


class Command(BaseModel, ABC):
    """An order to change one board, as a client sends it; decoded strictly, never changed.

    `MINIMUM` is the least role on the board that may give it; None leaves the decision to the command itself.
    """

    model_config = ConfigDict(extra="forbid", strict=True, frozen=True, json_schema_extra=_require_type)

    MINIMUM: ClassVar[Role | None] = "editor"

    type: str
    board_id: Id

    def boards(self, actor_id: UUID) -> Collection[UUID]:
        """The boards that may be changed. Nothing is written if one of them moved after the command saw it."""
        return (self.board_id,)

    @abstractmethod
    def touches(self, actor_id: UUID) -> Iterable[Touch]:
        """The records that `apply` needs, beside the board and the author's own member record."""

    @abstractmethod
    def apply(self, draft: Draft) -> None:
        """Do it to the draft: no SQL, no clock, no network. Raises Refused."""

    def given(self, *excluded: str) -> dict[str, Any]:
        """The optional fields that were really sent, by name: what an edit changes."""
        named = self.__pydantic_fields_set__.difference(("type", "board_id"), excluded)
        return {name: getattr(self, name) for name in named}
