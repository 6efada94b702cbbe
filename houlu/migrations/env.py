"""Alembic's entry: `Database.migrate` hands over its connection; `alembic` on the command line has none."""

from __future__ import annotations

from alembic import context

from houlu.conversations.database import Database
from houlu.conversations.tables import metadata
from houlu.people import tables as people_tables
from houlu.settings import get_settings

assert people_tables.people.metadata is metadata  # importing them puts them there
connection = context.config.attributes.get("connection")
if connection is None:
    Database(get_settings().database_url).migrate()
else:
    context.configure(connection=connection, target_metadata=metadata, render_as_batch=True)
    context.run_migrations()
