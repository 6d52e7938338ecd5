"""Lists: the columns of a board."""

from collections.abc import Iterable
from typing import Literal
from uuid import UUID

from tracker.commands import trash
from tracker.commands.command import Command
from tracker.draft import Draft, Touch
from tracker.fields import Id, Position, Title
from tracker.records import List, replace


class _OfList(Command):
    list_id: Id

    def touches(self, actor_id: UUID) -> Iterable[Touch]:
        yield Touch(self.board_id, List, self.list_id)


class ListCreate(_OfList):
    """Add a list."""

    type: Literal["list.create"] = "list.create"
    title: Title
    position: Position

    def apply(self, draft: Draft) -> None:
        draft.create(List(id=self.list_id, title=self.title, position=self.position, created_at=draft.at))


class ListEdit(_OfList):
    """Name a list anew."""

    type: Literal["list.edit"] = "list.edit"
    title: Title

    def apply(self, draft: Draft) -> None:
        draft.put(replace(draft.living(List, self.list_id), title=self.title))


class ListMove(_OfList):
    """Put a list elsewhere among the lists."""

    type: Literal["list.move"] = "list.move"
    position: Position

    def apply(self, draft: Draft) -> None:
        draft.put(replace(draft.living(List, self.list_id), position=self.position))


class ListDelete(_OfList):
    """Put a list into the trash; its tasks are not seen until it is restored."""

    type: Literal["list.delete"] = "list.delete"

    def apply(self, draft: Draft) -> None:
        trash.delete(draft, draft.get(List, self.list_id))


class ListRestore(_OfList):
    """Take a list and with it its tasks out of the trash."""

    type: Literal["list.restore"] = "list.restore"

    def apply(self, draft: Draft) -> None:
        trash.restore(draft, draft.get(List, self.list_id))
