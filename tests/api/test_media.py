"""The pictures under /media: served, kept by the browser, unable to run anything, and nothing else from the disk."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest

from houlu.api.app import create_app
from houlu.knowledge.pictures import picture_files, picture_url
from houlu.replies import Incoming, Reply, Turn
from houlu.settings import Settings
from tests.support.brain import EchoBrain, Rules
from tests.support.patient import Patient
from tests.support.server import served


@pytest.mark.parametrize("path", picture_files(), ids=lambda path: path.stem)
def test_a_picture_is_served(http: httpx.Client, path: Path) -> None:
    answer = http.get(picture_url(path.name))
    assert answer.status_code == 200
    assert answer.headers["content-type"].startswith("image/svg+xml")
    assert answer.content == path.read_bytes()


def test_it_can_run_nothing_even_when_opened_by_itself(http: httpx.Client) -> None:
    headers = http.get("/media/mechanisms.svg").headers
    policy = headers["content-security-policy"]
    assert "default-src 'none'" in policy
    assert "sandbox" in policy
    assert "script" not in policy
    assert headers["x-content-type-options"] == "nosniff"


def test_a_browser_keeps_it_and_asks_whether_it_changed(http: httpx.Client) -> None:
    first = http.get("/media/mechanisms.svg")
    assert "public" in first.headers["cache-control"]
    assert "max-age=" in first.headers["cache-control"]
    again = http.get("/media/mechanisms.svg", headers={"If-None-Match": first.headers["etag"]})
    assert again.status_code == 304
    assert again.content == b""


@pytest.mark.parametrize(
    "path",
    [
        "none.svg", "", "MECHANISMS.SVG", "a/mechanisms.svg", "..%2fknowledge%2fvisit.yaml",
        "..%2f..%2fpyproject.toml", "%2e%2e/knowledge/visit.yaml", "%2fetc%2fpasswd", "mechanisms.svg%00.txt",
        "..%5cmechanisms.svg", "a" * 3000 + ".svg",
    ],
)
def test_everything_else_is_not_found(http: httpx.Client, path: str) -> None:
    answer = http.get(f"/media/{path}")
    assert answer.status_code == 404
    assert answer.json()["error"].keys() == {"code", "message"}
    assert answer.json()["error"]["code"] == "not_found"


class DrawingBrain(EchoBrain):
    """Answers everything with a picture."""

    async def _turn(self, message: Incoming) -> Turn:
        reply = Reply("answer", "mechanism", "三种", (), "/media/mechanisms.svg", {"image_alt": "三种变法"})
        return Turn((reply,))


@pytest.fixture(params=[None, "https://houlu.example.cn/"])
def drawn(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[tuple[str, Patient]]:
    settings = Settings(
        _env_file=None, database_url=f"sqlite:///{tmp_path / 'houlu.db'}", rate_limit="off", public_url=request.param)
    app = create_app(settings, DrawingBrain(), Rules())
    with served(app) as url, httpx.Client(base_url=url, timeout=20) as client:
        yield (request.param or "").rstrip("/"), Patient(client)


def test_a_reply_names_it_under_the_public_address_everywhere(drawn: tuple[str, Patient]) -> None:
    base, patient = drawn
    reply = patient.say("为什么会耐药", "same")["replies"][0]
    assert reply["image"] == f"{base}/media/mechanisms.svg"
    assert reply["custom"]["image_alt"] == "三种变法"
    assert patient.say("为什么会耐药", "same")["replies"] == [reply]
    assert patient.read()["messages"][-1] == reply
