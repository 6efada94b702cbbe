"""The programs under test: started, watched until they answer, weighed, and ended; never any other process."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path

import httpx


class BenchError(Exception):
    """Why there is no result, in a sentence."""


class Program:
    """A process in a session of its own, so that its children are known by the session."""

    def __init__(self, command: Sequence[str | Path], folder: Path, log: Path, settings: Mapping[str, str]) -> None:
        self._log = log
        self._name = " ".join(Path(part).name for part in command[:3])
        with log.open("wb") as output:
            self._process = subprocess.Popen(
                list(map(str, command)), cwd=folder, env=environment(settings), stdin=subprocess.DEVNULL,
                stdout=output, stderr=subprocess.STDOUT, start_new_session=True)

    def wait(self, seconds: float, say: Callable[[str], None]) -> None:
        """Wait for a good end; a progress line every 30 s. Raises BenchError."""
        begun = time.monotonic()
        while True:
            try:
                code = self._process.wait(timeout=max(0.1, min(30.0, seconds - (time.monotonic() - begun))))
            except subprocess.TimeoutExpired:
                say(f"  ... {time.monotonic() - begun:.0f} s")
                if time.monotonic() - begun >= seconds:
                    raise BenchError(f"{self._name} took longer than {seconds:.0f} s") from None
                continue
            if code:
                raise BenchError(f"{self._name} ended with code {code}:\n{self.tail()}")
            return

    def check(self) -> None:
        """Raises BenchError when it is not running any more."""
        if self._process.poll() is not None:
            raise BenchError(f"{self._name} ended with code {self._process.returncode}:\n{self.tail()}")

    def megabytes(self) -> float:
        """Resident memory of the process and its children."""
        return sum(_resident(pid) for pid in _processes_of(self._process.pid)) / 1e6

    def cpu_seconds(self) -> float:
        """Processor time of the process and its children so far."""
        return sum(_ticks(pid) for pid in _processes_of(self._process.pid)) / os.sysconf("SC_CLK_TCK")

    def tail(self) -> str:
        """The end of what it printed."""
        return "\n".join(self._log.read_text(errors="replace").splitlines()[-15:])

    def stop(self) -> None:
        """End the process and its children."""
        for sign, seconds in ((signal.SIGTERM, 15), (signal.SIGKILL, 5)):
            # The group's number is not given to anybody else before its last member is gone.
            with suppress(ProcessLookupError):
                os.killpg(self._process.pid, sign)
            deadline = time.monotonic() + seconds
            while time.monotonic() < deadline:
                self._process.poll()
                if not _processes_of(self._process.pid):
                    return
                time.sleep(0.05)


@contextmanager
def running(
    command: Sequence[str | Path], folder: Path, log: Path, settings: Mapping[str, str] | None = None
) -> Iterator[Program]:
    """A program that is ended in any case."""
    program = Program(command, folder, log, settings or {})
    try:
        yield program
    finally:
        program.stop()


def wait_until_ready(urls: Sequence[str], programs: Sequence[Program], seconds: float) -> None:
    """Return when every address answers 200. Raises BenchError."""
    deadline = time.monotonic() + seconds
    with httpx.Client(trust_env=False, timeout=5) as client:
        for url in urls:
            while not _answers(client, url):
                for program in programs:
                    program.check()
                if time.monotonic() > deadline:
                    tails = "\n".join(program.tail() for program in programs)
                    raise BenchError(f"{url} does not answer after {seconds:.0f} s:\n{tails}")
                time.sleep(0.05)


def environment(settings: Mapping[str, str]) -> dict[str, str]:
    """The same quiet surroundings for all; byte code is kept, or each start would compile for half a minute."""
    inherited = {k: v for k, v in os.environ.items() if not k.startswith("HOULU_") and k != "PYTHONDONTWRITEBYTECODE"}
    quiet = {
        "RASA_TELEMETRY_ENABLED": "false", "TF_CPP_MIN_LOG_LEVEL": "3", "CUDA_VISIBLE_DEVICES": "",
        "SQLALCHEMY_SILENCE_UBER_WARNING": "1", "PYTHONWARNINGS": "ignore",
    }
    return {**inherited, **quiet, **settings}


def free_port() -> int:
    """A port on loopback that nobody uses now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _answers(client: httpx.Client, url: str) -> bool:
    try:
        return client.get(url).status_code == 200
    except httpx.HTTPError:
        return False


def _processes_of(session: int) -> list[int]:
    found = []
    for stat in Path("/proc").glob("[0-9]*/stat"):
        with suppress(OSError):
            state, _parent, _group, owner, *_ = stat.read_text().rpartition(")")[2].split()
            if int(owner) == session and state != "Z":
                found.append(int(stat.parent.name))
    return found


def _ticks(pid: int) -> int:
    with suppress(OSError):
        user, system = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[11:13]
        return int(user) + int(system)
    return 0


def _resident(pid: int) -> int:
    with suppress(OSError):
        for line in Path(f"/proc/{pid}/status").read_text().splitlines():
            if line.startswith("VmRSS:"):
                return int(line.split()[1]) * 1024
    return 0
