"""What a client fills its replica with: the shapes of the answers, as OpenAPI shows them.

Snapshots and pages of the log are not put through these models: they are encoded once, straight from what the
tracker gives. The tests hold the answers against the schemas.
"""

from datetime import datetime
from uuid import UUID

from pydantic import BaseModel, ConfigDict

from http_api.record_schemas import ANY_RECORD, RECORD_TYPE
from tracker.fields import BoardKind
from tracker.roles import Role


class BoardEntry(BaseModel):
    """A board that I belong to: my role on it, and where its log stands."""

    model_config = ConfigDict(from_attributes=True)

    board_id: UUID
    kind: BoardKind
    title: str
    role: Role
    epoch: UUID
    seq: int
    deleted_at: datetime | None


class BoardList(BaseModel):
    """All boards that I belong to, my personal one first."""

    boards: list[BoardEntry]


class SnapshotAnswer(BaseModel):
    """All records of a board at one seq."""

    board_id: UUID
    epoch: UUID
    seq: int
    records: list[ANY_RECORD]


class RecordKey(BaseModel):
    """Which record."""

    type: RECORD_TYPE
    id: UUID


class RecordPut(RecordKey):
    """A record with the fields that changed; all of them when it is new."""

    model_config = ConfigDict(extra="allow")


class ChangeAnswer(BaseModel):
    """What one command did to the board."""

    seq: int
    at: datetime
    by: UUID
    command_id: UUID
    put: list[RecordPut]
    remove: list[RecordKey]


class ChangesPage(BaseModel):
    """Changes after a seq, oldest first; `seq` is the board's head, so that a client knows whether more are there."""

    board_id: UUID
    epoch: UUID
    seq: int
    changes: list[ChangeAnswer]
