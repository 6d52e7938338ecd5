"""How far each device has each board, as it says itself."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "device_positions",
        sa.Column("session_id", sa.Uuid(), primary_key=True),
        sa.Column("board_id", sa.Uuid(), primary_key=True),
        sa.Column("epoch", sa.Uuid(), nullable=False),
        sa.Column("seq", sa.BigInteger(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        # Rows are rewritten often and only by their key: room in the page keeps that off the index.
        postgresql_with={"fillfactor": 70},
    )


def downgrade() -> None:
    op.drop_table("device_positions")
