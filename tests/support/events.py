"""What a stream of server-sent events brings, collected in the background."""

from __future__ import annotations

import json
import threading
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any, NamedTuple

import httpx


class Event(NamedTuple):
    """One event. id: empty when the stream gave none."""

    name: str
    id: str
    data: Any


@contextmanager
def following(base_url: str, path: str, headers: Mapping[str, str]) -> Iterator[list[Event]]:
    """Every event, and one named "end" when the stream ends by itself."""
    told: list[Event] = []
    client = httpx.Client(base_url=base_url, timeout=30)
    opened = threading.Event()

    def follow() -> None:
        try:
            with client.stream("GET", path, headers=dict(headers)) as response:
                assert response.headers["content-type"].startswith("text/event-stream"), response.status_code
                opened.set()
                _collect(response.iter_lines(), told)
                told.append(Event("end", "", None))
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
            told.append(Event(fields["event"], fields.get("id", ""), json.loads(fields["data"])))
            fields = {}


def wait_for(told: list[Event], name: str, seconds: float = 4, **values: Any) -> Event:
    """The first event of this name whose data has these values."""
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        for event in list(told):
            if event.name == name and all((event.data or {}).get(key) == value for key, value in values.items()):
                return event
        time.sleep(0.02)
    raise AssertionError(f"no {name} {values} in {told}")
