"""The tables of conversations and of all that belongs to one. A change here needs a migration.

Every table with a column `conversation` is emptied by an erasure.
"""

from __future__ import annotations

import sqlalchemy as sa

metadata = sa.MetaData()

ID = sa.String(32)

conversations = sa.Table(
    "conversations", metadata,
    sa.Column("id", ID, primary_key=True),
    sa.Column("token_hash", sa.String(64), nullable=False, unique=True),
    sa.Column("owner", sa.String(8), nullable=False),
    sa.Column("consent", sa.Boolean, nullable=False),
    sa.Column("last_seq", sa.Integer, nullable=False),
    sa.Column("touched_at", sa.DateTime, nullable=False, index=True),
    sa.Column("memory", sa.Text),  # the dialogue engine's, between two turns
)

messages = sa.Table(
    "messages", metadata,
    sa.Column("conversation", ID, sa.ForeignKey("conversations.id", ondelete="CASCADE"), primary_key=True),
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

choices = sa.Table(
    "choices", metadata,
    sa.Column("conversation", ID, sa.ForeignKey("conversations.id", ondelete="CASCADE"), primary_key=True),
    sa.Column("id", sa.String(16), primary_key=True),
    sa.Column("seq", sa.Integer, nullable=False),
    sa.Column("position", sa.Integer, nullable=False),
    sa.Column("title", sa.Text, nullable=False),
    sa.Column("means", sa.JSON, nullable=False),
    sa.Index("choices_of_message", "conversation", "seq"),
)

tickets = sa.Table(
    "tickets", metadata,
    sa.Column("number", sa.Integer, primary_key=True, autoincrement=True),
    sa.Column("conversation", ID, sa.ForeignKey("conversations.id", ondelete="CASCADE"), nullable=False, index=True),
    sa.Column("state", sa.String(8), nullable=False),
    sa.Column("opened_at", sa.DateTime, nullable=False),
    sa.Column("opened_for", sa.String(16), nullable=False),
    sa.Column("urgent", sa.Boolean, nullable=False),
    sa.Column("claimed_by", sa.String(64)),
    sa.Column("closed_for", sa.Text),
    sa.Column("summary", sa.Text, nullable=False),
    sa.Column("question", sa.Text, nullable=False),
    # Begins anew when a ticket is returned that was answered before.
    sa.Column("waiting_since", sa.DateTime),
    sa.Column("claimed_at", sa.DateTime),
    sa.Column("first_answered_at", sa.DateTime),
    sa.Column("closed_at", sa.DateTime),
    # What the patient says to the bot after this is not the expert's any more.
    sa.Column("closed_seq", sa.Integer),
    sa.Column("returned", sa.Integer, nullable=False, server_default="0"),
    sa.Column("alarms", sa.Integer, nullable=False, server_default="0"),
    sa.Column("rating", sa.Integer),
    sa.Column("draft", sa.Text, nullable=False, server_default=""),
    # An erased ticket's number is never given to somebody else.
    sqlite_autoincrement=True,
)
sa.Index(
    "one_open_ticket", tickets.c.conversation, unique=True,
    sqlite_where=tickets.c.state != "closed", postgresql_where=tickets.c.state != "closed",
)

# What experts note for each other; patients never see it.
notes = sa.Table(
    "notes", metadata,
    sa.Column("id", sa.Integer, primary_key=True, autoincrement=True),
    sa.Column("conversation", ID, sa.ForeignKey("conversations.id", ondelete="CASCADE"), nullable=False, index=True),
    sa.Column("ticket", sa.Integer, sa.ForeignKey("tickets.number", ondelete="CASCADE"), nullable=False),
    sa.Column("at", sa.DateTime, nullable=False),
    sa.Column("by", sa.String(64), nullable=False),
    sa.Column("text", sa.Text, nullable=False),
)

# Patients' pictures, re-encoded by us.
pictures = sa.Table(
    "pictures", metadata,
    sa.Column("id", ID, primary_key=True),
    sa.Column("conversation", ID, sa.ForeignKey("conversations.id", ondelete="CASCADE"), nullable=False, index=True),
    sa.Column("made_at", sa.DateTime, nullable=False),
    sa.Column("jpeg", sa.LargeBinary, nullable=False),
)

# A number to call back, encrypted; deleted after the call.
callbacks = sa.Table(
    "callbacks", metadata,
    sa.Column("conversation", ID, sa.ForeignKey("conversations.id", ondelete="CASCADE"), primary_key=True),
    sa.Column("asked_at", sa.DateTime, nullable=False),
    sa.Column("number", sa.Text, nullable=False),
)

# Experts' answers offered for the knowledge base.
offers = sa.Table(
    "offers", metadata,
    sa.Column("id", sa.Integer, primary_key=True, autoincrement=True),
    sa.Column("conversation", ID, sa.ForeignKey("conversations.id", ondelete="CASCADE"), nullable=False, index=True),
    sa.Column("ticket", sa.Integer, nullable=False),
    sa.Column("at", sa.DateTime, nullable=False),
    sa.Column("by", sa.String(64), nullable=False),
    sa.Column("question", sa.Text, nullable=False),
    sa.Column("answer", sa.Text, nullable=False),
)

# The private link to a conversation's visit sheet. Its token is made of the conversation's bearer token and `salt`.
visits = sa.Table(
    "visits", metadata,
    sa.Column("conversation", ID, sa.ForeignKey("conversations.id", ondelete="CASCADE"), primary_key=True),
    sa.Column("token_hash", sa.String(64), nullable=False, unique=True),
    sa.Column("salt", sa.String(32), nullable=False),
    sa.Column("expires_at", sa.DateTime, nullable=False),
)
