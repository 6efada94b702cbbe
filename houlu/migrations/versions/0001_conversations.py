"""Conversations, messages, choices, tickets."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "conversations",
        sa.Column("id", sa.String(32), primary_key=True),
        sa.Column("token_hash", sa.String(64), nullable=False, unique=True),
        sa.Column("owner", sa.String(8), nullable=False),
        sa.Column("consent", sa.Boolean, nullable=False),
        sa.Column("last_seq", sa.Integer, nullable=False),
        sa.Column("touched_at", sa.DateTime, nullable=False, index=True),
    )
    op.create_table(
        "messages",
        sa.Column("conversation", sa.String(32), _conversation(), primary_key=True),
        sa.Column("seq", sa.Integer, primary_key=True, autoincrement=False),
        sa.Column("at", sa.DateTime, nullable=False),
        sa.Column("sender", sa.String(8), nullable=False),
        sa.Column("client_id", sa.String(128)),
        sa.Column("fingerprint", sa.String(64)),
        sa.Column("reply_to", sa.Integer),
        sa.Column("text", sa.Text, nullable=False),
        sa.Column("image", sa.Text),
        sa.Column("custom", sa.JSON, nullable=False),
        sa.UniqueConstraint("conversation", "client_id", name="one_message_per_client_id"),
    )
    op.create_table(
        "choices",
        sa.Column("conversation", sa.String(32), _conversation(), primary_key=True),
        sa.Column("id", sa.String(16), primary_key=True),
        sa.Column("seq", sa.Integer, nullable=False),
        sa.Column("position", sa.Integer, nullable=False),
        sa.Column("title", sa.Text, nullable=False),
        sa.Column("means", sa.JSON, nullable=False),
    )
    op.create_index("choices_of_message", "choices", ["conversation", "seq"])
    op.create_table(
        "tickets",
        sa.Column("number", sa.Integer, primary_key=True, autoincrement=True),
        sa.Column("conversation", sa.String(32), _conversation(), nullable=False, index=True),
        sa.Column("state", sa.String(8), nullable=False),
        sa.Column("opened_at", sa.DateTime, nullable=False),
        sa.Column("opened_for", sa.String(16), nullable=False),
        sa.Column("urgent", sa.Boolean, nullable=False),
        sa.Column("claimed_by", sa.String(64)),
        sa.Column("closed_for", sa.Text),
        sa.Column("summary", sa.Text, nullable=False),
        sa.Column("question", sa.Text, nullable=False),
        sqlite_autoincrement=True,
    )
    not_closed = sa.text("state != 'closed'")
    op.create_index("one_open_ticket", "tickets", ["conversation"], unique=True,
                    sqlite_where=not_closed, postgresql_where=not_closed)
    op.create_table("unforgotten", sa.Column("conversation", sa.String(32), primary_key=True))


def downgrade() -> None:
    for table in ("unforgotten", "tickets", "choices", "messages", "conversations"):
        op.drop_table(table)


def _conversation() -> sa.ForeignKey:
    return sa.ForeignKey("conversations.id", ondelete="CASCADE")
