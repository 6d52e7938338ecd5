"""A way to the changes of one record that does not lead through the whole log of its board."""

from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    # Nobody who writes meanwhile has to wait.
    with op.get_context().autocommit_block():
        op.create_index(
            "change_log_touched",
            "change_log",
            ["touched"],
            postgresql_using="gin",
            # Every change pays its own share; a list of pending ones would make one change pay for hundreds.
            postgresql_with={"fastupdate": "off"},
            postgresql_concurrently=True,
            if_not_exists=True,
        )


def downgrade() -> None:
    op.drop_index("change_log_touched", "change_log")
