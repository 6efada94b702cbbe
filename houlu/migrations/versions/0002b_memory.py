"""The dialogue's memory moves into its conversation."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0002b"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("conversations", sa.Column("memory", sa.Text))
    if sa.inspect(op.get_bind()).has_table("dialogue_states"):  # made by the dialogue engine of earlier versions
        op.execute("UPDATE conversations SET memory ="
                   " (SELECT state FROM dialogue_states WHERE conversation = conversations.id)")
        op.drop_table("dialogue_states")
    op.drop_table("unforgotten")


def downgrade() -> None:
    op.create_table("unforgotten", sa.Column("conversation", sa.String(32), primary_key=True))
    op.drop_column("conversations", "memory")
