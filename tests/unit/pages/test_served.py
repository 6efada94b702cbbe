"""How the built pages reach the browser."""

from __future__ import annotations

import gzip
from collections.abc import Callable
from pathlib import Path

import httpx
import pytest
from starlette.testclient import TestClient

from houlu.api.app import create_app
from houlu.settings import Settings
from tests.support.brain import EchoBrain, Rules

FOR_EVER = "public, max-age=31536000, immutable"
SCRIPT = "export const words = '有副作用要问医生';\n" * 200
Client = Callable[..., TestClient]


@pytest.fixture
def client(tmp_path: Path, built: Path) -> Client:
    """A browser before an installation with these settings."""

    def made(**changes: object) -> TestClient:
        settings = Settings(_env_file=None, database_url=f"sqlite:///{tmp_path / 'houlu.db'}", **changes)
        return TestClient(create_app(settings, EchoBrain(), Rules()))

    return made


@pytest.fixture
def pages(built: Path) -> None:
    """A built page."""
    (built / "assets").mkdir(parents=True)
    (built / "assets" / "index-Abc123.js").write_text(SCRIPT)
    (built / "assets" / "icon-Abc123.svg").write_text("<svg/>")
    (built / "embed.js").write_text(SCRIPT)
    for name in ("index", "desk"):
        (built / f"{name}.html").write_text(f"<!doctype html><title>{name}</title>")


def _policy(answer: httpx.Response) -> str:
    return str(answer.headers["content-security-policy"])


@pytest.mark.usefixtures("pages")
def test_what_has_a_hashed_name_is_kept_for_ever(client: Client) -> None:
    answer = client().get("/assets/index-Abc123.js")
    assert answer.headers["cache-control"] == FOR_EVER
    assert answer.headers["content-type"].startswith("text/javascript")
    assert answer.headers["x-content-type-options"] == "nosniff"
    again = client().get("/assets/index-Abc123.js", headers={"If-None-Match": answer.headers["etag"]})
    assert (again.status_code, again.headers["cache-control"]) == (304, FOR_EVER)


@pytest.mark.usefixtures("pages")
def test_what_is_not_there_is_not_kept(client: Client) -> None:
    answer = client().get("/assets/index-Old456.js")
    assert (answer.status_code, answer.headers["cache-control"]) == (404, "no-store")


@pytest.mark.usefixtures("pages")
@pytest.mark.parametrize("path", ["/", "/desk"])
def test_the_page_is_asked_for_each_time(client: Client, built: Path, path: str) -> None:
    browser = client()
    first = browser.get(path)
    assert first.headers["cache-control"] == "no-cache"
    assert browser.get(path, headers={"If-None-Match": first.headers["etag"]}).text == first.text
    name = "index.html" if path == "/" else "desk.html"
    (built / name).write_text("<!doctype html><title>a new build</title>")
    assert "a new build" in browser.get(path).text


@pytest.mark.usefixtures("pages")
def test_the_launcher_has_one_name_for_all_times(client: Client) -> None:
    answer = client().get("/embed.js")
    assert answer.headers["cache-control"] == "public, max-age=3600"
    assert answer.headers["content-type"].startswith("text/javascript")


@pytest.mark.usefixtures("pages")
@pytest.mark.parametrize("path", ["/assets/index-Abc123.js", "/embed.js", "/openapi.json"])
def test_text_travels_compressed(client: Client, path: str) -> None:
    browser = client()
    with browser.stream("GET", path, headers={"Accept-Encoding": "gzip, br"}) as answer:
        packed = b"".join(answer.iter_raw())
    plain = browser.get(path, headers={"Accept-Encoding": "identity"})
    assert answer.headers["content-encoding"] == "gzip"
    assert "Accept-Encoding" in answer.headers["vary"]
    assert "content-encoding" not in plain.headers
    assert gzip.decompress(packed) == plain.content
    assert len(packed) < len(plain.content) / 3


@pytest.mark.usefixtures("pages")
@pytest.mark.parametrize("path", ["/assets/icon-Abc123.svg", "/visit/some-token.pdf"])
def test_what_is_small_or_packed_already_is_left_alone(client: Client, path: str) -> None:
    assert "content-encoding" not in client().get(path, headers={"Accept-Encoding": "gzip"}).headers


@pytest.mark.parametrize("path", ["/", "/desk"])
def test_while_it_is_being_built_the_page_says_so_and_comes_by_itself(client: Client, path: str) -> None:
    answer = client().get(path)
    assert (answer.status_code, answer.headers["retry-after"]) == (503, "5")
    assert "正在准备" in answer.text
    assert "120" in answer.text
    assert '<meta http-equiv="refresh" content="5">' in answer.text
    assert answer.headers["cache-control"] == "no-store"


def test_without_a_build_there_is_no_launcher(client: Client) -> None:
    assert client().get("/embed.js").status_code == 404


@pytest.mark.usefixtures("pages")
@pytest.mark.parametrize(("setting", "told"), [
    ({}, "frame-ancestors 'self'"),
    ({"frame_ancestors": "'self' https://www.hospital.cn https://*.hospital.cn"},
     "frame-ancestors 'self' https://www.hospital.cn https://*.hospital.cn"),
    ({"frame_ancestors": "'none'"}, "frame-ancestors 'none'"),
])
def test_who_may_frame_the_chat_is_a_setting(client: Client, setting: dict[str, str], told: str) -> None:
    browser = client(**setting)
    assert _policy(browser.get("/")).endswith(told)
    assert _policy(browser.get("/desk")).endswith("frame-ancestors 'none'"), "no site ever frames the experts' desk"


@pytest.mark.usefixtures("pages")
@pytest.mark.parametrize("path", ["/", "/desk"])
def test_the_policy_lets_nothing_in_from_elsewhere(client: Client, path: str) -> None:
    rules = dict(rule.strip().split(" ", 1) for rule in _policy(client().get(path)).split(";"))
    assert rules["default-src"] == "'none'"
    assert {rules[name] for name in ("script-src", "style-src", "connect-src")} == {"'self'"}
    assert {rules[name] for name in ("base-uri", "form-action")} == {"'none'"}
