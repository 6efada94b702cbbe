"""The connection to SQLite or PostgreSQL: transactions, threads for the event loop, migrations."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import TypeVar

import sqlalchemy as sa
from alembic import command
from alembic.config import Config
from sqlalchemy.engine import Connection, Engine, make_url
from sqlalchemy.exc import IntegrityError, SQLAlchemyError
from sqlalchemy.pool import QueuePool

from houlu import log
from houlu.conversations.errors import DatabaseDown

Result = TypeVar("Result")
Work = Callable[[Connection], Result]

_MIGRATIONS = Path(__file__).resolve().parents[1] / "migrations"
_CONNECTIONS = 8
_WAIT_SECONDS = 5
_SCRUBS = 3  # each waits for readers as long as any statement does
_POSTGRES_OPTIONS = "-c lock_timeout=5000 -c statement_timeout=10000 -c timezone=UTC"
_log = logging.getLogger(__name__)


class Database:
    """Runs pieces of work, each in one transaction. Every failure of the database is a DatabaseDown."""

    def __init__(self, url: str) -> None:
        self._engine = _engine(url)
        self._writing = self._engine.execution_options(houlu_write=True)
        self._threads = ThreadPoolExecutor(_CONNECTIONS, thread_name_prefix="database")
        # SQLite has one writer at a time: others that try would sleep, tens of milliseconds in each try.
        writers = 1 if self._engine.dialect.name == "sqlite" else _CONNECTIONS
        self._writers = ThreadPoolExecutor(writers, thread_name_prefix="writer")

    def read(self, work: Work[Result]) -> Result:
        """Do some reading. Raises DatabaseDown."""
        return _run(self._engine, work)

    def write(self, work: Work[Result]) -> Result:
        """Do some reading and writing, all of it or nothing. Raises DatabaseDown, or IntegrityError on a lost race."""
        return _run(self._writing, work)

    async def reading(self, work: Work[Result]) -> Result:
        """`read` without stopping the event loop."""
        return await asyncio.get_running_loop().run_in_executor(self._threads, self.read, work)

    async def glancing(self, work: Work[Result]) -> Result:
        """`read` for a few rows. SQLite's readers wait for nobody (WAL): a thread would cost more than the rows."""
        return self.read(work) if self._engine.dialect.name == "sqlite" else await self.reading(work)

    async def writing(self, work: Work[Result]) -> Result:
        """`write` without stopping the event loop."""
        return await asyncio.get_running_loop().run_in_executor(self._writers, self.write, work)

    def migrate(self) -> None:
        """Bring the tables up to date; several processes may do so at once. Raises DatabaseDown."""
        self.write(_migrate)

    def scrub(self) -> None:
        """Remove deleted rows from SQLite's write-ahead log (`secure_delete` has wiped them from the file itself)."""
        if self._engine.dialect.name != "sqlite":
            return
        for _ in range(_SCRUBS):
            with self._engine.connect() as connection:
                busy, *_ = connection.connection.dbapi_connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
            if not busy:
                return
        log.event(_log, logging.WARNING, "scrub_postponed", reason="the database is being read")

    def close(self) -> None:
        """Give back all connections."""
        self._threads.shutdown(wait=True)
        self._writers.shutdown(wait=True)
        self._engine.dispose()


def _run(engine: Engine, work: Work[Result]) -> Result:
    try:
        with engine.begin() as connection:
            return work(connection)
    except IntegrityError:
        raise
    except SQLAlchemyError as error:
        log.event(_log, logging.ERROR, "database_failed", error=type(error).__name__)
        raise DatabaseDown from error


def _engine(url: str) -> Engine:
    # hide_parameters: a failed statement must not carry a patient's words into the log.
    common = {"future": True, "hide_parameters": True, "pool_size": _CONNECTIONS, "pool_timeout": _WAIT_SECONDS}
    if not url.startswith("sqlite"):
        arguments = {"connect_timeout": _WAIT_SECONDS, "options": _POSTGRES_OPTIONS}
        return sa.create_engine(url, pool_pre_ping=True, connect_args=arguments, **common)
    file = make_url(url).database
    if file:
        Path(file).parent.mkdir(parents=True, exist_ok=True)
    arguments = {"check_same_thread": False, "timeout": _WAIT_SECONDS}
    engine = sa.create_engine(url, poolclass=QueuePool, connect_args=arguments, **common)
    sa.event.listen(engine, "connect", _set_up_sqlite)
    sa.event.listen(engine, "begin", _begin_sqlite)
    return engine


def _set_up_sqlite(connection: sa.engine.interfaces.DBAPIConnection, _record: object) -> None:
    connection.isolation_level = None  # transactions begin where SQLAlchemy says so, not where sqlite3 guesses
    # NORMAL: the end of the process loses nothing; a power cut may lose the last moments, never the file.
    for pragma in ("journal_mode=WAL", "synchronous=NORMAL", "foreign_keys=ON", "secure_delete=ON"):
        connection.execute(f"PRAGMA {pragma}")


def _begin_sqlite(connection: Connection) -> None:
    # A writer takes the lock at once: a reader that turns writer later would fail instead of waiting.
    write = connection.get_execution_options().get("houlu_write")
    connection.exec_driver_sql("BEGIN IMMEDIATE" if write else "BEGIN")


def _migrate(connection: Connection) -> None:
    if connection.dialect.name == "postgresql":
        connection.execute(sa.text("SELECT pg_advisory_xact_lock(hashtext('houlu migrations'))"))
    config = Config()
    config.set_main_option("script_location", str(_MIGRATIONS))
    config.attributes["connection"] = connection
    command.upgrade(config, "head")
