"""The real service for the evaluation: in this process, on a free port, on a database of its own."""

from __future__ import annotations

import asyncio
import socket
import tempfile
import threading
import time
import uuid
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, cast

from houlu import launch
from houlu.replies import Incoming
from houlu.safety.guard import Guard
from houlu.settings import Settings, get_settings


@dataclass
class Service:
    """The parts of a running service."""

    settings: Settings
    brain: Any
    guard: Guard

    def times(self, texts: Sequence[str]) -> list[tuple[float, str]]:
        """(milliseconds, text), the slowest first."""

        async def every() -> list[tuple[float, str]]:
            found = []
            for text in texts:
                begun = time.perf_counter()
                await self.brain.understand(text)
                found.append(((time.perf_counter() - begun) * 1000, text))
            return found

        return sorted(asyncio.run(every()), reverse=True)

    def alarm(self, text: str) -> str | None:
        """The emergency topic of a first message."""
        return cast("str | None", asyncio.run(self.brain.danger(text)))

    def profile(self, messages: Sequence[str]) -> Mapping[str, Any]:
        """The profile after these messages of one conversation."""

        async def talk() -> Mapping[str, Any]:
            conversation, found, memory = uuid.uuid4().hex, {}, None
            for text in messages:
                turn = await self.brain.turn(conversation, Incoming(text, memory=memory))
                found, memory = turn.replies[-1].custom["profile"], turn.memory
            return found

        return asyncio.run(talk())

    @contextmanager
    def served(self) -> Iterator[str]:
        """The HTTP API on a free port; gives its base URL."""
        import uvicorn

        from houlu.api.app import create_app

        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            port = probe.getsockname()[1]
        app = create_app(self.settings, self.brain, self.guard)
        server = uvicorn.Server(uvicorn.Config(app, port=port, log_config=None, access_log=False, ws="none"))
        thread = threading.Thread(target=server.run, daemon=True)
        thread.start()
        while not server.started and thread.is_alive():
            time.sleep(0.05)
        yield f"http://127.0.0.1:{port}"
        server.should_exit = True
        thread.join(10)


@contextmanager
def started() -> Iterator[Service]:
    """Load the model (trained first when it is stale) and stand ready. Raises RuntimeError when it cannot answer."""
    with tempfile.TemporaryDirectory(prefix="houlu-evaluation-") as folder:
        url = f"sqlite:///{Path(folder) / 'houlu.db'}"
        settings = get_settings().copy(update={"rate_limit": "off", "open_limit": "off", "database_url": url})
        brain, guard = launch._brain(settings, settings.model or launch._ensure_model(False))
        asyncio.run(brain.load())
        if problems := brain.problems():
            raise RuntimeError("the service is not ready: " + "; ".join(problems))
        yield Service(settings, brain, guard)
