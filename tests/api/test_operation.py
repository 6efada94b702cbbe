"""Config, health, the page, and what the log keeps."""

from __future__ import annotations

import logging
import re
from pathlib import Path

import httpx
import pytest

from houlu.pages import build
from tests.support.patient import Patient


def test_config_has_what_a_front_end_needs(http: httpx.Client) -> None:
    config = http.get("/api/v1/config").json()
    assert config.keys() == {"phone", "office_open", "office_hours", "ai_label", "consent_text", "titles"}
    assert list(config["titles"].values()) == ["不清楚", "跳过", "上一步", "重新开始", "向专家提问", "拨打电话"]
    assert config["phone"] == "021-12345678"
    assert isinstance(config["office_open"], bool)


def test_health_and_readiness(http: httpx.Client) -> None:
    assert http.get("/health").json() == {"status": "ok", "problems": []}
    assert http.get("/ready").json() == {"status": "ok", "problems": []}


def test_the_page_loads_only_its_own_files(http: httpx.Client) -> None:
    build.ensure()
    page = http.get("/")
    policy = page.headers["content-security-policy"]
    assert "default-src 'none'" in policy
    assert "script-src 'self';" in policy
    assert "frame-ancestors 'self'" in policy
    assert page.headers["cache-control"] == "no-cache"
    assert "style=" not in page.text
    links = re.findall(r'(?:src|href)="([^"]+)"', page.text)
    files = [link for link in links if link.startswith("/assets/")]
    assert files
    assert set(links) - set(files) == {"/api/v1/config", "tel:120"}
    for file in files:
        answer = http.get(file, headers={"Accept-Encoding": "gzip"})
        assert answer.status_code == 200
        assert answer.headers["cache-control"] == "public, max-age=31536000, immutable"
    assert http.get("/assets/nothing.js").status_code == 404


def test_a_page_that_is_not_built_yet_says_so_kindly(
    http: httpx.Client, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr("houlu.api.pages.BUILT", tmp_path)
    page = http.get("/")
    assert page.status_code == 503
    assert "正在准备" in page.text
    assert "120" in page.text
    assert http.get("/ready").status_code == 200


def test_errors_have_one_shape_everywhere(http: httpx.Client) -> None:
    for answer in (http.get("/nowhere"), http.put("/api/v1/conversations"), http.get("/static/../../settings.py")):
        assert answer.status_code in (404, 405)
        assert answer.json()["error"].keys() == {"code", "message"}


def test_the_log_has_no_words_and_no_long_ids(patient: Patient, caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.DEBUG, "houlu"):
        patient.say("坏坏坏")
    assert "turn_failed" in caplog.text
    assert "坏" not in caplog.text
    assert patient.id not in caplog.text
    assert patient.id[:8] in caplog.text
