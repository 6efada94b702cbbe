"""`houlu serve` as an operator runs it: a process of its own, which can die."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from pathlib import Path

import httpx

from houlu.settings import ROOT
from tests.support.server import free_port


class Served:
    """The running program at `url`."""

    def __init__(self, folder: Path, **settings: str) -> None:
        self.port = free_port()
        self.url = f"http://127.0.0.1:{self.port}"
        self.database_url = f"sqlite:///{folder / 'houlu.db'}"
        self._log = folder / "serve.log"
        self._environment = {
            **os.environ, "HOULU_PORT": str(self.port), "HOULU_DATABASE_URL": self.database_url,
            **{f"HOULU_{name.upper()}": value for name, value in settings.items()}}
        self._process: subprocess.Popen[bytes] | None = None

    def start(self) -> Served:
        """Begin to start; does not wait."""
        code = "from houlu.cli import main; main()"
        with self._log.open("ab") as log:
            self._process = subprocess.Popen(
                [sys.executable, "-c", code, "serve"], cwd=ROOT, env=self._environment, stdout=log, stderr=log)
        return self

    def ready(self) -> Served:
        """Wait until it can talk."""
        for _ in range(1200):
            assert self._process is not None
            assert self._process.poll() is None, self._log.read_text()
            try:
                if httpx.get(f"{self.url}/ready").status_code == 200:
                    return self
            except httpx.TransportError:
                pass
            time.sleep(0.1)
        raise AssertionError(f"not ready after two minutes:\n{self._log.read_text()}")

    def kill(self) -> None:
        """As a crash does."""
        if self._process is not None:
            self._process.kill()
            self._process.wait()
        self._process = None
