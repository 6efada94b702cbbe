"""What a stream of server-sent events brings, collected in the background."""

from __future__ import annotations

import json
import threading
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any

import httpx

Event = tuple[str, Any]


@contextmanager
def following(base_url: str, path: str, headers: Mapping[str, str]) -> Iterator[list[Event]]:
    """(name, data) of every event; ("end", None) when the stream ends by itself."""
    told: list[Event] = []
    client = httpx.Client(base_url=base_url, timeout=30)
    opened = threading.Event()

    def follow() -> None:
        try:
            with client.stream("GET", path, headers=dict(headers)) as response:
                assert response.headers["content-type"].startswith("text/event-stream"), response.status_code
                opened.set()
                _collect(response.iter_lines(), told)
                told.append(("end", None))
        except httpx.HTTPError:
            pass

    thread = threading.Thread(target=follow, daemon=True)
    thread.start()
    assert opened.wait(5)
    yield told
    client.close()


def _collect(lines: Iterator[str], told: list[Event]) -> None:
    fields: dict[str, str] = {}
    for line in lines:
        if line:
            name, _, value = line.partition(": ")
            fields[name] = value
        elif "event" in fields:
            told.append((fields["event"], json.loads(fields["data"])))
            fields = {}


def wait_for(told: list[Event], name: str, seconds: float = 4, **values: Any) -> Any:
    """The data of the first such event."""
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        for event, data in list(told):
            if event == name and all((data or {}).get(key) == value for key, value in values.items()):
                return data
        time.sleep(0.02)
    raise AssertionError(f"no {name} {values} in {told}")
