"""What is old may go: audit rows after a year, and a cheap way to find old outcomes of commands."""

from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

# Deleting is refused row by row, so that the age of each decides. Nobody has to be trusted with a switch.
REFUSE_YOUNG_AUDIT_DELETES = """
CREATE FUNCTION refuse_young_audit_deletes() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF OLD.at > now() - interval '365 days' THEN
        RAISE EXCEPTION 'permission denied: security_audit is kept for a year'
            USING ERRCODE = 'insufficient_privilege';
    END IF;
    RETURN OLD;
END
$$
"""
AUDIT_IS_KEPT_FOR_A_YEAR = """
CREATE TRIGGER security_audit_is_kept_for_a_year
    BEFORE DELETE ON security_audit
    FOR EACH ROW EXECUTE FUNCTION refuse_young_audit_deletes()
"""


def _audit_is_append_only(acts: str) -> str:
    return f"""
CREATE TRIGGER security_audit_is_append_only
    BEFORE {acts} ON security_audit
    FOR EACH STATEMENT EXECUTE FUNCTION refuse_audit_edits()
"""


def upgrade() -> None:
    op.execute(REFUSE_YOUNG_AUDIT_DELETES)
    op.execute(AUDIT_IS_KEPT_FOR_A_YEAR)
    op.execute("DROP TRIGGER security_audit_is_append_only ON security_audit")
    op.execute(_audit_is_append_only("UPDATE OR TRUNCATE"))
    # Rows lie in the order of their moments, so a few bytes for each range of pages are index enough, and writing
    # a command costs nothing more.
    op.create_index("done_commands_at", "done_commands", ["at"], postgresql_using="brin")


def downgrade() -> None:
    op.drop_index("done_commands_at", "done_commands")
    op.execute("DROP TRIGGER security_audit_is_append_only ON security_audit")
    op.execute(_audit_is_append_only("UPDATE OR DELETE OR TRUNCATE"))
    op.execute("DROP TRIGGER security_audit_is_kept_for_a_year ON security_audit")
    op.execute("DROP FUNCTION refuse_young_audit_deletes()")
