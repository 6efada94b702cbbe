"""Measures the expert desk: 200 open tickets, 20 experts at work, one process on SQLite: `python bench/desk.py`.

The service is a process of its own with a small brain: what is measured is the desk. Every expert keeps an event stream
open, as the page does, and does something every second or so; patients write all the while. Exit code 0: p95 of all
desk actions below 100 ms; 1: not. What and how: docs/bench.md.
"""

from __future__ import annotations

import argparse
import asyncio
import contextlib
import json
import random
import statistics
import subprocess
import sys
import tempfile
import time
import uuid
from collections import defaultdict
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import httpx

ROOT = Path(__file__).resolve().parents[1]
DESK, DOOR = "/api/desk/v1", "/api/v1/conversations"
PASSWORD = "kaishi-shangban-7"
BOUND_MS = 100.0
_PAUSE = 1.0  # seconds between two actions of an expert; a person needs longer


async def main() -> int:
    """Measure, print, judge."""
    arguments = _arguments()
    with tempfile.TemporaryDirectory(prefix="houlu-bench-desk-") as folder:
        url = f"sqlite:///{folder}/houlu.db"
        server = subprocess.Popen([sys.executable, __file__, "--serve", url, str(arguments.experts)],
                                  stdout=subprocess.PIPE, text=True, cwd=ROOT)
        try:
            assert server.stdout is not None
            base = server.stdout.readline().strip()
            took = await _measure(base, arguments)
        finally:
            server.terminate()
            server.wait(15)
    return _judge(took)


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description="Measure the expert desk.")
    parser.add_argument("--serve", nargs=2, help=argparse.SUPPRESS)
    parser.add_argument("--tickets", type=int, default=200)
    parser.add_argument("--experts", type=int, default=20)
    parser.add_argument("--seconds", type=float, default=30)
    return parser.parse_args()


async def _measure(base: str, arguments: argparse.Namespace) -> dict[str, list[float]]:
    took: dict[str, list[float]] = defaultdict(list)
    async with _client(base) as door:
        families = [await _family(door) for _ in range(arguments.tickets)]
        print(f"{len(families)} tickets are open", flush=True)
        async with contextlib.AsyncExitStack() as stack:
            experts = [await stack.enter_async_context(_expert(base, f"e{n}")) for n in range(arguments.experts)]
            streams = [asyncio.create_task(_listen(one)) for one in experts]
            until = time.monotonic() + arguments.seconds
            await asyncio.gather(
                *(_work(one, until, took) for one in experts), _write(door, families, until, took))
            for stream in streams:
                stream.cancel()
    return took


async def _family(door: httpx.AsyncClient) -> tuple[str, dict[str, str]]:
    opened = (await door.post(DOOR, json={"consent": True})).json()
    family = f"{DOOR}/{opened['conversation']}", {"Authorization": f"Bearer {opened['token']}"}
    for text in ("易瑞沙十个月", "CT长大了", "找专家"):
        await _say(door, family, text)
    return family


async def _say(door: httpx.AsyncClient, family: tuple[str, dict[str, str]], text: str) -> None:
    answer = await door.post(
        f"{family[0]}/messages", json={"id": uuid.uuid4().hex, "text": text}, headers=family[1])
    answer.raise_for_status()


@contextlib.asynccontextmanager
async def _expert(base: str, name: str) -> AsyncIterator[httpx.AsyncClient]:
    async with _client(base) as http:
        answer = await http.post(f"{DESK}/session", json={"name": name, "password": PASSWORD})
        answer.raise_for_status()
        http.headers["X-CSRF-Token"] = answer.json()["csrf"]
        yield http


async def _listen(http: httpx.AsyncClient) -> None:
    async with http.stream("GET", f"{DESK}/events", timeout=None) as stream:
        async for _ in stream.aiter_lines():
            pass


async def _work(http: httpx.AsyncClient, until: float, took: dict[str, list[float]]) -> None:
    """Claim a few, then look, answer, note, draft, hand back, close and take the next one."""

    async def do(kind: str, method: str, path: str, body: Any = None) -> Any:
        begun = time.perf_counter()
        answer = await http.request(method, f"{DESK}/{path}", json=body)
        took[kind].append((time.perf_counter() - begun) * 1000)
        assert answer.status_code < 300 or answer.status_code == 409, (kind, answer.text)
        await asyncio.sleep(random.uniform(0, 2 * _PAUSE))
        return answer.json() if answer.content else None

    await asyncio.sleep(random.uniform(0, 2 * _PAUSE))
    while time.monotonic() < until:
        queue = await do("queue", "GET", "queue")
        if len(queue["mine"]) < 5:
            await do("claim next", "POST", "queue/next")
            continue
        ticket = random.choice(queue["mine"])["ticket"]
        await do("open", "GET", f"tickets/{ticket}")
        await do("draft", "PUT", f"tickets/{ticket}/draft", {"text": "医生一般会先"})
        await do("answer", "POST", f"tickets/{ticket}/messages", {"id": uuid.uuid4().hex, "text": "医生一般会先看片子"})
        await do("note", "POST", f"tickets/{ticket}/notes", {"text": "等片子"})
        await do("suggestions", "GET", f"tickets/{ticket}/suggestions")
        await do("canned", "GET", "answers?q=kb")
        ending = random.random()
        if ending < 0.2:
            await do("return", "POST", f"tickets/{ticket}/return")
        elif ending < 0.4:
            await do("close", "POST", f"tickets/{ticket}/close", {"reason": "answered"})


async def _write(
    door: httpx.AsyncClient, families: list[tuple[str, dict[str, str]]], until: float, took: dict[str, list[float]]
) -> None:
    """Ten patients a second write, and whoever has no ticket any more asks again."""
    while time.monotonic() < until:
        begun = time.perf_counter()
        await _say(door, random.choice(families), random.choice(["还在吗", "找专家"]))
        took["(a patient writes)"].append((time.perf_counter() - begun) * 1000)
        await asyncio.sleep(0.1)


def _judge(took: dict[str, list[float]]) -> int:
    everything = sorted(one for kind, each in took.items() if not kind.startswith("(") for one in each)
    print(f"{'action':<20} {'n':>6} {'p50 ms':>8} {'p95 ms':>8} {'max ms':>8}")
    for kind, each in [*sorted(took.items()), ("all desk actions", everything)]:
        print(f"{kind:<20} {len(each):>6} {statistics.median(each):>8.1f} {_p95(each):>8.1f} {max(each):>8.1f}")
    p95 = _p95(everything)
    print(json.dumps({"p50_ms": round(statistics.median(everything), 1), "p95_ms": round(p95, 1),
                      "actions": len(everything), "bound_ms": BOUND_MS, "met": p95 < BOUND_MS}))
    return 0 if p95 < BOUND_MS else 1


def _p95(values: list[float]) -> float:
    return sorted(values)[max(0, -(-len(values) * 95 // 100) - 1)]


def _client(base: str) -> httpx.AsyncClient:
    return httpx.AsyncClient(base_url=base, timeout=30, trust_env=False)


def _serve(url: str, experts: int) -> None:
    """The service with a small brain in this process; prints its address."""
    sys.path.insert(0, str(ROOT))
    import socket

    import uvicorn

    from houlu.api.app import create_app
    from houlu.dialogue import strategies, summary  # a real brain has loaded them long before anybody asks
    from houlu.people import accounts, passwords
    from houlu.settings import Settings
    from tests.support.brain import EchoBrain, Rules

    settings = Settings(_env_file=None, database_url=url, rate_limit="off", open_limit="off")
    app = create_app(settings, EchoBrain(), Rules())
    assert strategies.ROWS
    assert summary.ORDER
    state = app.state.houlu
    state.database.migrate()
    hashed = passwords.hashed(PASSWORD)
    for number in range(experts):
        state.database.write(
            lambda c, number=number: accounts.add(c, f"e{number}", f"{number}号", "expert", hashed, False))
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    print(f"http://127.0.0.1:{port}", flush=True)
    uvicorn.run(app, port=port, log_config=None, access_log=False, ws="none")


if __name__ == "__main__":
    if "--serve" in sys.argv:
        served = _arguments().serve
        _serve(served[0], int(served[1]))
    else:
        sys.exit(asyncio.run(main()))
