"""The tables of the people at the desk. A change here needs a migration."""

from __future__ import annotations

import sqlalchemy as sa

from houlu.conversations.tables import metadata

NAME = sa.String(64)

people = sa.Table(
    "people", metadata,
    sa.Column("name", NAME, primary_key=True),
    sa.Column("title", sa.String(64), nullable=False),
    sa.Column("role", sa.String(8), nullable=False),
    sa.Column("password", sa.Text, nullable=False),
    sa.Column("must_change", sa.Boolean, nullable=False),
    # The secret of the one-time codes, encrypted; and the last step used, for a code counts once.
    sa.Column("totp", sa.Text),
    sa.Column("totp_step", sa.Integer),
    sa.Column("disabled", sa.Boolean, nullable=False),
    sa.Column("made_at", sa.DateTime, nullable=False),
)

sessions = sa.Table(
    "sessions", metadata,
    sa.Column("token_hash", sa.String(64), primary_key=True),
    sa.Column("person", NAME, sa.ForeignKey("people.name", ondelete="CASCADE"), nullable=False, index=True),
    sa.Column("made_at", sa.DateTime, nullable=False),
    sa.Column("used_at", sa.DateTime, nullable=False),
    sa.Column("expires_at", sa.DateTime, nullable=False),
    # Its page sends heartbeats: a computer that sleeps leaves its stream open for a long time, which then says nothing.
    sa.Column("beats", sa.Boolean, nullable=False, server_default=sa.false()),
)

# Wrong log-ins by the hash of the name that was typed, whether or not there is such a person.
login_failures = sa.Table(
    "login_failures", metadata,
    sa.Column("name_hash", sa.String(64), primary_key=True),
    sa.Column("failures", sa.Integer, nullable=False),
    sa.Column("last_at", sa.DateTime, nullable=False),
)

# When somebody was last heard of; also names of the command line that have no account.
presence = sa.Table(
    "presence", metadata,
    sa.Column("name", NAME, primary_key=True),
    sa.Column("seen_at", sa.DateTime, nullable=False),
)

# Append-only: triggers refuse every change (migration 0003). Holds ticket numbers, never words or conversations.
audit = sa.Table(
    "audit", metadata,
    sa.Column("number", sa.Integer, primary_key=True, autoincrement=False),
    sa.Column("at", sa.DateTime, nullable=False),
    sa.Column("who", NAME, nullable=False),
    sa.Column("what", sa.String(32), nullable=False),
    sa.Column("ticket", sa.String(16)),
    sa.Column("detail", sa.String(128), nullable=False),
    sa.Column("mac", sa.String(64), nullable=False),
)
# One row: how long the log is and its last code. Whoever appends locks it first.
audit_head = sa.Table(
    "audit_head", metadata,
    sa.Column("id", sa.Integer, primary_key=True, autoincrement=False),
    sa.Column("number", sa.Integer, nullable=False),
    sa.Column("mac", sa.String(64), nullable=False),
)
