"""Real databases for tests: an SQLite file, and a PostgreSQL server of our own when one is installed."""

from __future__ import annotations

import json
import os
import pwd
import socket
import subprocess
import tempfile
import uuid
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
import sqlalchemy as sa

Found = Callable[[str], bool]
_SUPERUSER = "houlu"


@pytest.fixture(scope="session")
def postgres() -> Iterator[str]:
    """The address of a PostgreSQL server, without the database's name."""
    programs = sorted(Path("/usr/lib/postgresql").glob("*/bin"))
    if not programs:
        pytest.skip("no PostgreSQL under /usr/lib/postgresql")
    user = _unprivileged()
    if user is None:
        pytest.skip("PostgreSQL does not run as root, and there is no user postgres")
    with tempfile.TemporaryDirectory(prefix="houlu-pg-") as folder:
        data = Path(folder) / "data"
        if user != os.geteuid():
            os.chown(folder, user, -1)
        yield from _serve(programs[-1], data, user)


def _serve(programs: Path, data: Path, user: int) -> Iterator[str]:
    def run(program: str, *arguments: str) -> None:
        as_user = {"user": user} if user != os.geteuid() else {}
        subprocess.run([programs / program, "-D", data, *arguments], check=True, capture_output=True, **as_user)

    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    run("initdb", "-U", _SUPERUSER, "-A", "trust", "-E", "UTF8", "--locale=C.UTF-8", "--no-sync")
    options = f"-p {port} -c listen_addresses=127.0.0.1 -c unix_socket_directories={data} -c fsync=off"
    run("pg_ctl", "-w", "-o", options, "-l", str(data / "log"), "start")
    try:
        yield f"postgresql+psycopg2://{_SUPERUSER}@127.0.0.1:{port}"
    finally:
        run("pg_ctl", "-m", "immediate", "stop")


def _unprivileged() -> int | None:
    if os.geteuid() != 0:
        return os.geteuid()
    try:
        return pwd.getpwnam("postgres").pw_uid
    except KeyError:
        return None


def new_database(kind: str, folder: Path, request: pytest.FixtureRequest) -> str:
    """The URL of an empty database of a kind."""
    if kind == "sqlite":
        return f"sqlite:///{folder / 'houlu.db'}"
    server, name = request.getfixturevalue("postgres"), f"t{uuid.uuid4().hex}"
    engine = sa.create_engine(f"{server}/postgres", isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        connection.exec_driver_sql(f"CREATE DATABASE {name}")
    engine.dispose()
    return f"{server}/{name}"


def finder(url: str) -> Found:
    """Tells whether words stand anywhere in a database: all bytes of SQLite's files, all rows of PostgreSQL."""
    return _sqlite_finder(url) if url.startswith("sqlite") else _postgres_finder(url)


def _sqlite_finder(url: str) -> Found:
    database = Path(url.removeprefix("sqlite:///"))

    def found(words: str) -> bool:
        needles = (words.encode(), json.dumps(words)[1:-1].encode())
        files = database.parent.glob(f"{database.name}*")
        return any(needle in file.read_bytes() for file in files for needle in needles)

    return found


def _postgres_finder(url: str) -> Found:
    def found(words: str) -> bool:
        engine = sa.create_engine(url)
        with engine.connect() as connection:
            tables = sa.inspect(connection).get_table_names()
            rows = [row for table in tables for row in connection.exec_driver_sql(f'SELECT t::text FROM "{table}" t')]
        engine.dispose()
        escaped = json.dumps(words)[1:-1]
        return any(needle in text for (text,) in rows for needle in (words, escaped, escaped.replace("\\", "\\\\")))

    return found
