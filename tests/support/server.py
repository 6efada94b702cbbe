"""The service on a loopback port, as a client meets it."""

from __future__ import annotations

import asyncio
import socket
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from functools import lru_cache
from typing import Any

import uvicorn
import uvloop


def free_port() -> int:
    """A port of the loopback that nobody uses now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextmanager
def served(app: Any, port: int = 0) -> Iterator[str]:
    """Serve an ASGI application; gives its base URL. port: a free one by default."""
    port = port or free_port()
    server = uvicorn.Server(uvicorn.Config(app, port=port, log_config=None, ws="none", timeout_graceful_shutdown=1))
    running = asyncio.run_coroutine_threadsafe(server.serve(), _loop())
    while not server.started:
        if running.done():
            raise RuntimeError("the server did not start") from running.exception()
        time.sleep(0.01)
    yield f"http://127.0.0.1:{port}"
    server.should_exit = True
    running.result(10)


@lru_cache(maxsize=1)
def _loop() -> asyncio.AbstractEventLoop:
    """One for all: sse_starlette keeps one event for the whole process, and it belongs to one loop."""
    loop = uvloop.new_event_loop()
    threading.Thread(target=loop.run_forever, daemon=True).start()
    return loop
