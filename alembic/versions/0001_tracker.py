"""The records, the change log with its heads, and the commands that were done."""

from collections.abc import Iterable

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import ARRAY

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def _id(name: str, *, optional: bool = False) -> sa.Column[object]:
    return sa.Column(name, sa.Uuid(), nullable=optional)


def _text(name: str, *, optional: bool = False) -> sa.Column[object]:
    return sa.Column(name, sa.Text(), nullable=optional)


def _moment(name: str, *, optional: bool = False) -> sa.Column[object]:
    return sa.Column(name, sa.DateTime(timezone=True), nullable=optional)


def _day(name: str, *, optional: bool = False) -> sa.Column[object]:
    return sa.Column(name, sa.Date(), nullable=optional)


def _number(name: str, *, optional: bool = False) -> sa.Column[object]:
    return sa.Column(name, sa.Float(53), nullable=optional)


def _small(name: str) -> sa.Column[object]:
    return sa.Column(name, sa.SmallInteger(), nullable=False)


def _position() -> sa.Column[object]:
    return sa.Column("position", sa.Text(collation="C"), nullable=False)


def _record_table(name: str, columns: Iterable[sa.Column[object]]) -> None:
    op.create_table(
        name,
        sa.Column("board_id", sa.Uuid(), primary_key=True),
        sa.Column("id", sa.Uuid(), primary_key=True),
        *columns,
    )


def upgrade() -> None:
    _record_table(
        "board",
        [
            _text("kind"),
            _text("title"),
            _moment("created_at"),
            _id("created_by"),
            _moment("deleted_at", optional=True),
        ],
    )
    _record_table("member", [_text("name"), _small("color"), _text("role"), _moment("joined_at")])
    op.create_index("member_of_account", "member", ["id"])
    _record_table(
        "invitation",
        [
            _text("role"),
            _text("email", optional=True),
            _text("token_hash"),
            _moment("created_at"),
            _id("created_by"),
            _moment("expires_at"),
            _moment("accepted_at", optional=True),
            _id("accepted_by", optional=True),
        ],
    )
    _record_table(
        "list",
        [_text("title"), _position(), _moment("created_at"), _moment("deleted_at", optional=True)],
    )
    _record_table(
        "task",
        [
            _id("list_id"),
            _text("title"),
            _text("notes"),
            _position(),
            _day("scheduled_on", optional=True),
            _day("due_on", optional=True),
            _small("priority"),
            sa.Column("assignee_ids", ARRAY(sa.Uuid()), nullable=False),
            _moment("created_at"),
            _id("created_by"),
            _moment("completed_at", optional=True),
            _id("completed_by", optional=True),
            _moment("deleted_at", optional=True),
        ],
    )
    _record_table(
        "goal",
        [
            _text("title"),
            _text("why"),
            _position(),
            _id("owner_id", optional=True),
            _day("starts_on", optional=True),
            _day("ends_on", optional=True),
            _moment("created_at"),
            _id("created_by"),
            _text("health", optional=True),
            _day("health_on", optional=True),
            _text("state"),
            _moment("deleted_at", optional=True),
        ],
    )
    _record_table(
        "key_result",
        [
            _id("goal_id"),
            _text("title"),
            _position(),
            _text("unit"),
            _text("source"),
            _number("start_value"),
            _number("target_value"),
            _number("current_value"),
            _moment("created_at"),
            _day("measured_on", optional=True),
            _id("measured_by", optional=True),
            _moment("deleted_at", optional=True),
        ],
    )
    _record_table(
        "check_in",
        [
            _id("goal_id"),
            _id("key_result_id", optional=True),
            _number("value", optional=True),
            _number("previous_value", optional=True),
            _text("health", optional=True),
            _text("note"),
            _day("for_day"),
            _moment("created_at"),
            _id("created_by"),
            _moment("deleted_at", optional=True),
        ],
    )
    _record_table("link", [_id("goal_id"), _id("key_result_id", optional=True), _id("task_id")])
    _record_table(
        "comment",
        [
            _id("task_id", optional=True),
            _id("goal_id", optional=True),
            _text("text"),
            _moment("created_at"),
            _id("created_by"),
            _moment("edited_at", optional=True),
            _moment("deleted_at", optional=True),
        ],
    )
    _record_table("membership", [_text("role"), _moment("joined_at")])
    _record_table(
        "profile",
        [_text("name"), _small("color"), _text("time_zone"), _text("week_start"), _small("day_start_hour")],
    )

    op.create_table(
        "board_heads",
        sa.Column("board_id", sa.Uuid(), primary_key=True),
        _id("epoch"),
        sa.Column("seq", sa.BigInteger(), nullable=False),
        sa.Column("floor", sa.BigInteger(), nullable=False),
        # Every change updates its head in place: room in the page keeps the row's index entry where it is.
        postgresql_with={"fillfactor": 50},
    )
    op.create_table(
        "change_log",
        sa.Column("board_id", sa.Uuid(), primary_key=True),
        sa.Column("seq", sa.BigInteger(), primary_key=True),
        _moment("at"),
        _id("by"),
        _id("command_id"),
        _text("body"),
        sa.Column("touched", ARRAY(sa.Uuid()), nullable=False),
    )
    op.create_table(
        "done_commands",
        sa.Column("account_id", sa.Uuid(), primary_key=True),
        sa.Column("command_id", sa.Uuid(), primary_key=True),
        _text("fingerprint"),
        _id("board_id"),
        sa.Column("seq", sa.BigInteger(), nullable=False),
        _moment("at"),
    )


def downgrade() -> None:
    for table in (
        "done_commands",
        "change_log",
        "board_heads",
        "profile",
        "membership",
        "comment",
        "link",
        "check_in",
        "key_result",
        "goal",
        "task",
        "list",
        "invitation",
        "member",
        "board",
    ):
        op.drop_table(table)
