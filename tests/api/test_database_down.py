"""The database cannot be reached: errors in the one shape, and emergencies are answered all the same."""

from __future__ import annotations

import socket
from collections.abc import Iterator

import httpx
import pytest

from houlu.api.app import create_app
from houlu.settings import Settings
from tests.support.brain import EchoBrain, Rules
from tests.support.patient import API
from tests.support.server import served

URL = f"{API}/{'0' * 32}"
HEADERS = {"Authorization": f"Bearer {'a' * 43}"}


@pytest.fixture(scope="module")
def http() -> Iterator[httpx.Client]:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        nobody = probe.getsockname()[1]
    settings = Settings(_env_file=None, database_url=f"postgresql://houlu@127.0.0.1:{nobody}/houlu")
    with served(create_app(settings, EchoBrain(), Rules())) as base_url, httpx.Client(base_url=base_url) as client:
        yield client


def test_it_starts_and_says_what_is_wrong(http: httpx.Client) -> None:
    assert http.get("/health").status_code == 200
    ready = http.get("/ready")
    assert ready.status_code == 503
    assert "database" in ready.json()["problems"][0]


def test_calls_are_503_and_name_120(http: httpx.Client) -> None:
    answers = [
        http.post(API, json={"consent": True}),
        http.post(f"{URL}/messages", json={"id": "1", "text": "你好"}, headers=HEADERS),
        http.get(f"{URL}/messages", headers=HEADERS),
        http.delete(URL, headers=HEADERS),
    ]
    for answer in answers:
        assert answer.status_code == 503
        assert "120" in answer.json()["error"]["message"]


def test_an_emergency_is_answered(http: httpx.Client) -> None:
    answer = http.post(f"{URL}/messages", json={"id": "1", "text": "咯血了"}, headers=HEADERS)
    assert answer.status_code == 200
    assert answer.json()["replies"][0]["custom"]["kind"] == "emergency"
