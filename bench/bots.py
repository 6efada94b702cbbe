"""Both bots behind one face: how each is trained, started and spoken to."""

from __future__ import annotations

import hashlib
import json
import shutil
import sys
import time
import uuid
from abc import ABC, abstractmethod
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import httpx
import peer
from programs import BenchError, Program, free_port, running, wait_until_ready

ROOT = Path(__file__).resolve().parents[1]
CACHE = ROOT / "build" / "bench"
BIN = Path(sys.executable).parent
Say = Callable[[str], None]


@dataclass(frozen=True)
class Trained:
    """A model, and how long its training took."""

    model: Path
    seconds: float
    on: str


@dataclass(frozen=True)
class Running:
    """A started bot."""

    bot: Bot
    url: str
    programs: tuple[Program, ...]
    ready_seconds: float

    def megabytes(self) -> float:
        """Resident memory of all its processes."""
        return sum(program.megabytes() for program in self.programs)

    def cpu_seconds(self) -> float:
        """Processor time of all its processes so far."""
        return sum(program.cpu_seconds() for program in self.programs)


@dataclass(frozen=True)
class Answer:
    """What came back: how many replies, and whether the action server made one."""

    replies: int
    by_action: bool


class Bot(ABC):
    """One of the two."""

    name = ""
    title = ""

    def __init__(self, scratch: Path) -> None:
        self.scratch = scratch / self.name
        self.scratch.mkdir()

    @abstractmethod
    def fingerprint(self) -> str:
        """Changes when the model must be trained anew."""

    @abstractmethod
    def train(self, target: Path, seconds: float, say: Say) -> None:
        """Train into this file within this time. Raises BenchError."""

    @abstractmethod
    def start(self, model: Path, log: Path, stack: ExitStack) -> tuple[str, tuple[Program, ...], tuple[str, ...]]:
        """Start it: its address, its programs, and the addresses that answer 200 when it is ready."""

    @abstractmethod
    async def open(self, client: httpx.AsyncClient) -> Any:
        """Begin a conversation."""

    @abstractmethod
    async def say(self, client: httpx.AsyncClient, conversation: Any, text: str) -> httpx.Response:
        """Say something, and wait for all of the answer."""

    @abstractmethod
    def read(self, response: httpx.Response) -> Answer:
        """What an answer holds."""

    def trained(self, anew: bool, seconds: float, say: Say) -> Trained:
        """The model, trained when the cache does not have it. Raises BenchError."""
        model = CACHE / f"{self.name}-{self.fingerprint()}.tar.gz"
        note = model.with_suffix(".json")
        if anew or not (model.exists() and note.exists()):
            for old in CACHE.glob(f"{self.name}-*"):
                old.unlink()
            say(f"{self.title}: training ...")
            begun = time.monotonic()
            self.train(model, seconds, say)
            note.write_text(json.dumps({"seconds": time.monotonic() - begun, "on": date.today().isoformat()}))
        known = json.loads(note.read_text())
        say(f"{self.title}: trained in {known['seconds']:.0f} s (on {known['on']})")
        return Trained(model, known["seconds"], known["on"])

    @contextmanager
    def running(self, model: Path, seconds: float) -> Iterator[Running]:
        """The bot, ready to answer within this time. Raises BenchError."""
        with ExitStack() as stack:
            begun = time.monotonic()
            url, programs, addresses = self.start(model, self.scratch, stack)
            wait_until_ready(addresses, programs, seconds)
            yield Running(self, url, programs, time.monotonic() - begun)


class Houlu(Bot):
    """`houlu serve` with a database of its own."""

    name = "houlu"
    title = "Houlu"

    def fingerprint(self) -> str:
        code = "from houlu.rasa.train import fingerprint; print(fingerprint())"
        log = self.scratch / "fingerprint.log"
        with running([sys.executable, "-c", code], ROOT, log) as program:
            program.wait(30, lambda line: None)
        return log.read_text().split()[-1]

    def train(self, target: Path, seconds: float, say: Say) -> None:
        # The same call as `houlu train`, which would put the model among those that are served.
        code = (
            "import sys, pathlib; from houlu.rasa import costs; costs.remove(); from houlu.rasa import train; "
            "train.MODELS = pathlib.Path(sys.argv[1]); print(train.train())")
        with running([sys.executable, "-c", code, self.scratch], ROOT, self.scratch / "train.log") as program:
            program.wait(seconds, say)
        (made,) = self.scratch.glob("houlu-*.tar.gz")
        if made.name != target.name:
            raise BenchError("the sources changed while the model was trained: run again")
        shutil.move(made, target)

    def start(self, model: Path, log: Path, stack: ExitStack) -> tuple[str, tuple[Program, ...], tuple[str, ...]]:
        port = free_port()
        url = f"http://127.0.0.1:{port}"
        settings = {
            "HOULU_HOST": "127.0.0.1", "HOULU_PORT": str(port), "HOULU_RATE_LIMIT": "off", "HOULU_MODEL": str(model),
            "HOULU_DATABASE_URL": f"sqlite:///{self.scratch / f'{port}.db'}",
        }
        program = stack.enter_context(running([BIN / "houlu", "serve"], ROOT, log / "serve.log", settings))
        return url, (program,), (f"{url}/ready",)

    async def open(self, client: httpx.AsyncClient) -> Any:
        opened = (await client.post("/api/v1/conversations", json={"consent": True})).raise_for_status().json()
        path = f"/api/v1/conversations/{opened['conversation']}/messages"
        return path, {"Authorization": f"Bearer {opened['token']}"}

    async def say(self, client: httpx.AsyncClient, conversation: Any, text: str) -> httpx.Response:
        path, headers = conversation
        return await client.post(path, headers=headers, json={"id": uuid.uuid4().hex, "text": text})

    def read(self, response: httpx.Response) -> Answer:
        return Answer(len(response.raise_for_status().json()["replies"]), True)


class Peer(Bot):
    """A new bot of Rasa's: `rasa run` beside `rasa run actions`."""

    name = "peer"
    title = "Rasa's defaults"

    def __init__(self, scratch: Path) -> None:
        super().__init__(scratch)
        import importlib.util

        spec = importlib.util.find_spec("rasa")
        if spec is None or spec.origin is None:
            raise BenchError("rasa is not installed: run `make install`, then .venv/bin/python bench/run.py")
        self._rasa = Path(spec.origin).parent
        self._project = self.scratch / "project"
        self._project.mkdir()
        peer.lay_out(self._project, self._rasa / "cli" / "initial_project", ROOT / "data" / "nlu")

    def fingerprint(self) -> str:
        made_of = [path for path in sorted(self._project.rglob("*.yml")) if path.name != "endpoints.yml"]
        defaults = self._rasa / "engine" / "recipes" / "config_files" / "default_config.yml"
        made_of += [self._rasa / "version.py", defaults]
        return hashlib.sha256(b"\0".join(path.read_bytes() for path in made_of)).hexdigest()[:16]

    def train(self, target: Path, seconds: float, say: Say) -> None:
        command = [BIN / "rasa", "train", "--out", self.scratch, "--fixed-model-name", "model"]
        with running(command, self._project, self.scratch / "train.log") as program:
            program.wait(seconds, say)
        shutil.move(self.scratch / "model.tar.gz", target)

    def start(self, model: Path, log: Path, stack: ExitStack) -> tuple[str, tuple[Program, ...], tuple[str, ...]]:
        port, action_port = free_port(), free_port()
        url, actions = f"http://127.0.0.1:{port}", f"http://127.0.0.1:{action_port}"
        (self._project / "endpoints.yml").write_text(f'action_endpoint:\n  url: "{actions}/webhook"\n')
        serve = [BIN / "rasa", "run", "--model", model, "--port", str(port), "--interface", "127.0.0.1"]
        act = [BIN / "rasa", "run", "actions", "--actions", peer.ACTIONS, "--port", str(action_port)]
        programs = (
            stack.enter_context(running(serve, self._project, log / "serve.log")),
            stack.enter_context(running(act, self._project, log / "actions.log", {"SANIC_HOST": "127.0.0.1"})),
        )
        return url, programs, (f"{url}/", f"{actions}/health")

    async def open(self, client: httpx.AsyncClient) -> Any:
        return uuid.uuid4().hex

    async def say(self, client: httpx.AsyncClient, conversation: Any, text: str) -> httpx.Response:
        return await client.post("/webhooks/rest/webhook", json={"sender": conversation, "message": text})

    def read(self, response: httpx.Response) -> Answer:
        replies = response.raise_for_status().json()
        return Answer(len(replies), any(peer.ACTION_MARK in reply.get("text", "") for reply in replies))
