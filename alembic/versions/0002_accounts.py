"""Accounts, their sessions, refresh tokens and the security audit."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

MOMENT = sa.DateTime(timezone=True)

# A trigger and not only a grant: the embedded form runs as the owner of its tables.
REFUSE_AUDIT_EDITS = """
CREATE FUNCTION refuse_audit_edits() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'permission denied: security_audit is append only'
        USING ERRCODE = 'insufficient_privilege';
END
$$
"""
AUDIT_IS_APPEND_ONLY = """
CREATE TRIGGER security_audit_is_append_only
    BEFORE UPDATE OR DELETE OR TRUNCATE ON security_audit
    FOR EACH STATEMENT EXECUTE FUNCTION refuse_audit_edits()
"""


def upgrade() -> None:
    op.create_table(
        "accounts",
        sa.Column("id", sa.Uuid(), primary_key=True),
        sa.Column("email", sa.Text(), nullable=False, unique=True),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("password_hash", sa.Text(), nullable=False),
        sa.Column("created_at", MOMENT, nullable=False, server_default=sa.func.now()),
        sa.Column("disabled_at", MOMENT),
    )
    op.create_table(
        "account_sessions",
        sa.Column("id", sa.Uuid(), primary_key=True),
        sa.Column("account_id", sa.Uuid(), sa.ForeignKey("accounts.id", ondelete="CASCADE"), nullable=False),
        sa.Column("device_name", sa.Text(), nullable=False),
        sa.Column("ip", sa.Text(), nullable=False),
        sa.Column("created_at", MOMENT, nullable=False, server_default=sa.func.now()),
        sa.Column("last_seen_at", MOMENT, nullable=False, server_default=sa.func.now()),
        sa.Column("expires_at", MOMENT, nullable=False),
        sa.Column("ended_at", MOMENT),
        sa.Column("end_reason", sa.Text()),
        sa.CheckConstraint("(ended_at IS NULL) = (end_reason IS NULL)", name="ended_for_a_reason"),
    )
    op.create_index(
        "account_sessions_open",
        "account_sessions",
        ["account_id"],
        postgresql_where=sa.text("ended_at IS NULL"),
    )
    op.create_table(
        "refresh_tokens",
        sa.Column("token_hash", postgresql.BYTEA(), primary_key=True),
        sa.Column(
            "session_id",
            sa.Uuid(),
            sa.ForeignKey("account_sessions.id", ondelete="CASCADE"),
            nullable=False,
        ),
        sa.Column("created_at", MOMENT, nullable=False, server_default=sa.func.now()),
        sa.Column("used_at", MOMENT),
        sa.Column("replaced_by", postgresql.BYTEA()),
        sa.CheckConstraint("octet_length(token_hash) = 32", name="token_hash_is_sha256"),
        sa.CheckConstraint("(used_at IS NULL) = (replaced_by IS NULL)", name="used_for_a_successor"),
    )
    op.create_index("refresh_tokens_of_session", "refresh_tokens", ["session_id", "created_at"])
    op.create_table(
        "security_audit",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=True), primary_key=True),
        sa.Column("at", MOMENT, nullable=False, server_default=sa.func.now()),
        sa.Column("actor", sa.Uuid()),
        sa.Column("act", sa.Text(), nullable=False),
        sa.Column("object", sa.Text()),
        sa.Column("address", sa.Text(), nullable=False),
        sa.Column("request_id", sa.Text(), nullable=False),
    )
    op.create_index("security_audit_at", "security_audit", ["at"])
    op.create_index("security_audit_actor", "security_audit", ["actor", "at"])
    op.execute(REFUSE_AUDIT_EDITS)
    op.execute(AUDIT_IS_APPEND_ONLY)


def downgrade() -> None:
    op.drop_table("security_audit")
    op.execute("DROP FUNCTION refuse_audit_edits()")
    op.drop_table("refresh_tokens")
    op.drop_table("account_sessions")
    op.drop_table("accounts")
