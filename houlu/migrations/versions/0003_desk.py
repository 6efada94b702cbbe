"""The expert desk: people, sessions, presence, audit log; notes, pictures, call-backs, offers; more of a ticket."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002b"
branch_labels = None
depends_on = None

_TICKET: tuple[tuple[str, Any, dict[str, Any]], ...] = (
    ("waiting_since", sa.DateTime, {}),
    ("claimed_at", sa.DateTime, {}),
    ("first_answered_at", sa.DateTime, {}),
    ("closed_at", sa.DateTime, {}),
    ("closed_seq", sa.Integer, {}),
    ("returned", sa.Integer, {"nullable": False, "server_default": "0"}),
    ("alarms", sa.Integer, {"nullable": False, "server_default": "0"}),
    ("rating", sa.Integer, {}),
    ("draft", sa.Text, {"nullable": False, "server_default": ""}),
)
_SQLITE = """CREATE TRIGGER audit_no_{verb} BEFORE {verb} ON audit
    BEGIN SELECT RAISE(ABORT, 'the audit log is append-only'); END"""
_POSTGRES = """CREATE FUNCTION audit_append_only() RETURNS trigger LANGUAGE plpgsql AS
    $$ BEGIN RAISE EXCEPTION 'the audit log is append-only'; END $$"""


def upgrade() -> None:
    for name, kind, options in _TICKET:
        op.add_column("tickets", sa.Column(name, kind, **options))
    _people()
    _belongings()
    _audit()


def downgrade() -> None:
    for table in ("audit_head", "audit", "offers", "callbacks", "pictures", "notes", "presence", "login_failures",
                  "sessions", "people"):
        op.drop_table(table)
    if op.get_bind().dialect.name == "postgresql":
        op.execute("DROP FUNCTION audit_append_only()")
    for name, _, _ in _TICKET:
        op.drop_column("tickets", name)


def _people() -> None:
    op.create_table(
        "people",
        sa.Column("name", sa.String(64), primary_key=True),
        sa.Column("title", sa.String(64), nullable=False),
        sa.Column("role", sa.String(8), nullable=False),
        sa.Column("password", sa.Text, nullable=False),
        sa.Column("must_change", sa.Boolean, nullable=False),
        sa.Column("totp", sa.Text),
        sa.Column("totp_step", sa.Integer),
        sa.Column("disabled", sa.Boolean, nullable=False),
        sa.Column("made_at", sa.DateTime, nullable=False),
    )
    op.create_table(
        "sessions",
        sa.Column("token_hash", sa.String(64), primary_key=True),
        sa.Column("person", sa.String(64), sa.ForeignKey("people.name", ondelete="CASCADE"), nullable=False,
                  index=True),
        sa.Column("made_at", sa.DateTime, nullable=False),
        sa.Column("used_at", sa.DateTime, nullable=False),
        sa.Column("expires_at", sa.DateTime, nullable=False),
    )
    op.create_table(
        "login_failures",
        sa.Column("name_hash", sa.String(64), primary_key=True),
        sa.Column("failures", sa.Integer, nullable=False),
        sa.Column("last_at", sa.DateTime, nullable=False),
    )
    op.create_table(
        "presence",
        sa.Column("name", sa.String(64), primary_key=True),
        sa.Column("seen_at", sa.DateTime, nullable=False),
    )


def _belongings() -> None:
    op.create_table(
        "notes",
        sa.Column("id", sa.Integer, primary_key=True, autoincrement=True),
        sa.Column("conversation", sa.String(32), _conversation(), nullable=False, index=True),
        sa.Column("ticket", sa.Integer, sa.ForeignKey("tickets.number", ondelete="CASCADE"), nullable=False),
        sa.Column("at", sa.DateTime, nullable=False),
        sa.Column("by", sa.String(64), nullable=False),
        sa.Column("text", sa.Text, nullable=False),
    )
    op.create_table(
        "pictures",
        sa.Column("id", sa.String(32), primary_key=True),
        sa.Column("conversation", sa.String(32), _conversation(), nullable=False, index=True),
        sa.Column("made_at", sa.DateTime, nullable=False),
        sa.Column("jpeg", sa.LargeBinary, nullable=False),
    )
    op.create_table(
        "callbacks",
        sa.Column("conversation", sa.String(32), _conversation(), primary_key=True),
        sa.Column("asked_at", sa.DateTime, nullable=False),
        sa.Column("number", sa.Text, nullable=False),
    )
    op.create_table(
        "offers",
        sa.Column("id", sa.Integer, primary_key=True, autoincrement=True),
        sa.Column("conversation", sa.String(32), _conversation(), nullable=False, index=True),
        sa.Column("ticket", sa.Integer, nullable=False),
        sa.Column("at", sa.DateTime, nullable=False),
        sa.Column("by", sa.String(64), nullable=False),
        sa.Column("question", sa.Text, nullable=False),
        sa.Column("answer", sa.Text, nullable=False),
    )


def _audit() -> None:
    op.create_table(
        "audit",
        sa.Column("number", sa.Integer, primary_key=True, autoincrement=False),
        sa.Column("at", sa.DateTime, nullable=False),
        sa.Column("who", sa.String(64), nullable=False),
        sa.Column("what", sa.String(32), nullable=False),
        sa.Column("ticket", sa.String(16)),
        sa.Column("detail", sa.String(128), nullable=False),
        sa.Column("mac", sa.String(64), nullable=False),
    )
    head = op.create_table(
        "audit_head",
        sa.Column("id", sa.Integer, primary_key=True, autoincrement=False),
        sa.Column("number", sa.Integer, nullable=False),
        sa.Column("mac", sa.String(64), nullable=False),
    )
    op.execute(sa.insert(head).values(id=1, number=0, mac=""))
    if op.get_bind().dialect.name == "postgresql":
        op.execute(_POSTGRES)
        op.execute("CREATE TRIGGER audit_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON audit "
                   "FOR EACH STATEMENT EXECUTE FUNCTION audit_append_only()")
    else:
        for verb in ("update", "delete"):
            op.execute(_SQLITE.format(verb=verb))


def _conversation() -> sa.ForeignKey:
    return sa.ForeignKey("conversations.id", ondelete="CASCADE")
