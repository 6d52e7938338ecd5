"""The tables, as SQLAlchemy knows them. Migrations build them; a test compares the two.

A record's table has its type's name and its fields as columns, after `board_id`. The primary key begins with the
board: a snapshot is one range of the index, and a table can be partitioned by board one day.
"""

from dataclasses import fields
from datetime import date, datetime
from types import NoneType
from typing import Any, Final, Literal, get_args, get_origin, get_type_hints
from uuid import UUID

from sqlalchemy import BigInteger, Column, Date, DateTime, Float, MetaData, SmallInteger, Table, Text, Uuid
from sqlalchemy.dialects.postgresql import ARRAY
from sqlalchemy.types import TypeEngine

from tracker.records import RECORD_TYPES, Record

metadata: Final = MetaData()

_COLUMN_TYPES: Final[dict[Any, TypeEngine[Any]]] = {
    UUID: Uuid(),
    str: Text(),
    int: SmallInteger(),
    float: Float(53),
    date: Date(),
    datetime: DateTime(timezone=True),
    tuple[UUID, ...]: ARRAY(Uuid()),
}


def _column(name: str, hint: Any) -> Column[Any]:
    is_optional = NoneType in get_args(hint)
    if is_optional:
        (hint,) = (option for option in get_args(hint) if option is not NoneType)
    if get_origin(hint) is Literal:
        hint = str
    # Positions are compared as bytes, as the client compares them.
    column_type = Text(collation="C") if name == "position" else _COLUMN_TYPES[hint]
    return Column(name, column_type, primary_key=name == "id", nullable=is_optional)


def _record_table(record_type: type[Record]) -> Table:
    hints = get_type_hints(record_type)
    columns = (_column(f.name, hints[f.name]) for f in fields(record_type))
    return Table(record_type.TYPE, metadata, Column("board_id", Uuid(), primary_key=True), *columns)


record_tables: Final[dict[type[Record], Table]] = {
    record_type: _record_table(record_type) for record_type in RECORD_TYPES.values()
}

board_heads: Final = Table(
    "board_heads",
    metadata,
    Column("board_id", Uuid(), primary_key=True),
    Column("epoch", Uuid(), nullable=False),
    Column("seq", BigInteger(), nullable=False),
    Column("floor", BigInteger(), nullable=False),
)

change_log: Final = Table(
    "change_log",
    metadata,
    Column("board_id", Uuid(), primary_key=True),
    Column("seq", BigInteger(), primary_key=True),
    Column("at", DateTime(timezone=True), nullable=False),
    Column("by", Uuid(), nullable=False),
    Column("command_id", Uuid(), nullable=False),
    Column("body", Text(), nullable=False),
    Column("touched", ARRAY(Uuid()), nullable=False),
)

done_commands: Final = Table(
    "done_commands",
    metadata,
    Column("account_id", Uuid(), primary_key=True),
    Column("command_id", Uuid(), primary_key=True),
    Column("fingerprint", Text(), nullable=False),
    Column("board_id", Uuid(), nullable=False),
    Column("seq", BigInteger(), nullable=False),
    Column("at", DateTime(timezone=True), nullable=False),
)

device_positions: Final = Table(
    "device_positions",
    metadata,
    Column("session_id", Uuid(), primary_key=True),
    Column("board_id", Uuid(), primary_key=True),
    Column("epoch", Uuid(), nullable=False),
    Column("seq", BigInteger(), nullable=False),
    Column("at", DateTime(timezone=True), nullable=False),
)
