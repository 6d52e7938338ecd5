"""The tables of accounts, as the migrations left them. A test compares the two."""

from sqlalchemy import (
    BigInteger,
    CheckConstraint,
    Column,
    DateTime,
    ForeignKey,
    Identity,
    Index,
    MetaData,
    Table,
    Text,
    Uuid,
    func,
    text,
)
from sqlalchemy.dialects.postgresql import BYTEA

metadata = MetaData()

_MOMENT = DateTime(timezone=True)

accounts = Table(
    "accounts",
    metadata,
    Column("id", Uuid, primary_key=True),
    Column("email", Text, nullable=False, unique=True),
    Column("name", Text, nullable=False),
    Column("password_hash", Text, nullable=False),
    Column("created_at", _MOMENT, nullable=False, server_default=func.now()),
    Column("disabled_at", _MOMENT),
)

# One sign-in of one device, and the family of refresh tokens that carries it on.
account_sessions = Table(
    "account_sessions",
    metadata,
    Column("id", Uuid, primary_key=True),
    Column("account_id", Uuid, ForeignKey("accounts.id", ondelete="CASCADE"), nullable=False),
    Column("device_name", Text, nullable=False),
    Column("ip", Text, nullable=False),
    Column("created_at", _MOMENT, nullable=False, server_default=func.now()),
    Column("last_seen_at", _MOMENT, nullable=False, server_default=func.now()),
    Column("expires_at", _MOMENT, nullable=False),
    Column("ended_at", _MOMENT),
    Column("end_reason", Text),
    CheckConstraint("(ended_at IS NULL) = (end_reason IS NULL)", name="ended_for_a_reason"),
    Index("account_sessions_open", "account_id", postgresql_where=text("ended_at IS NULL")),
)

refresh_tokens = Table(
    "refresh_tokens",
    metadata,
    Column("token_hash", BYTEA, primary_key=True),
    Column("session_id", Uuid, ForeignKey("account_sessions.id", ondelete="CASCADE"), nullable=False),
    Column("created_at", _MOMENT, nullable=False, server_default=func.now()),
    Column("used_at", _MOMENT),
    Column("replaced_by", BYTEA),
    CheckConstraint("octet_length(token_hash) = 32", name="token_hash_is_sha256"),
    CheckConstraint("(used_at IS NULL) = (replaced_by IS NULL)", name="used_for_a_successor"),
    Index("refresh_tokens_of_session", "session_id", "created_at"),
)

# No foreign keys: what happened stays written down when the account is gone.
security_audit = Table(
    "security_audit",
    metadata,
    Column("id", BigInteger, Identity(always=True), primary_key=True),
    Column("at", _MOMENT, nullable=False, server_default=func.now()),
    Column("actor", Uuid),
    Column("act", Text, nullable=False),
    Column("object", Text),
    Column("address", Text, nullable=False),
    Column("request_id", Text, nullable=False),
    Index("security_audit_at", "at"),
    Index("security_audit_actor", "actor", "at"),
)
