"""How often somebody may knock; emergencies are never refused."""

from __future__ import annotations

from collections.abc import Iterator

import httpx
import pytest

from houlu.api.app import create_app
from houlu.settings import Settings
from tests.support.brain import EchoBrain, Rules
from tests.support.patient import API, Patient
from tests.support.server import served


@pytest.fixture(scope="module")
def http(tmp_path_factory: pytest.TempPathFactory) -> Iterator[httpx.Client]:
    url = f"sqlite:///{tmp_path_factory.mktemp('limits') / 'houlu.db'}"
    settings = Settings(_env_file=None, database_url=url, rate_limit="2/minute", open_limit="3/minute")
    with served(create_app(settings, EchoBrain(), Rules())) as base_url, httpx.Client(base_url=base_url) as client:
        yield client


def test_too_many_messages_are_429_but_repeats_and_emergencies_pass(http: httpx.Client) -> None:
    patient = Patient(http)
    first = patient.say("一", "1")
    patient.say("二", "2")
    refused = patient.post({"id": "3", "text": "三"})
    assert refused.status_code == 429
    assert 0 < int(refused.headers["Retry-After"]) <= 60
    assert "120" in refused.json()["error"]["message"]
    assert patient.say("一", "1") == first
    assert [one["custom"]["kind"] for one in patient.say("咯血")["replies"]] == ["emergency"]


def test_other_conversations_are_not_slowed(http: httpx.Client) -> None:
    assert Patient(http).say("一")["seq"] == 2


def test_opening_too_many_conversations_is_429(http: httpx.Client) -> None:
    statuses = [http.post(API, json={"consent": True}).status_code for _ in range(3)]
    assert statuses[-1] == 429
