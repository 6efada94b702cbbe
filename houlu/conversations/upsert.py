"""One row for one key, whoever writes first."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.engine import Connection


def upsert(c: Connection, table: sa.Table, key: dict[str, Any], values: dict[str, Any], **on_conflict: Any) -> None:
    """Insert, or set the values of the row that is there (on_conflict: other values for that case)."""
    insert = postgresql.insert if c.dialect.name == "postgresql" else sqlite.insert
    statement = insert(table).values(**key, **values)
    c.execute(statement.on_conflict_do_update(index_elements=list(key), set_={**values, **on_conflict}))
