"""A real browser before the whole service: the built page, the trained model, SQLite."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import ExitStack

import httpx
import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect, sync_playwright

from houlu.conversations.database import Database
from houlu.desk.desk import Desk
from houlu.knowledge.phrases import Phrases
from houlu.pages import build
from houlu.settings import ROOT
from tests.browser.person import Person
from tests.conftest import Whole
from tests.support.chromium import NoBrowser, chromium
from tests.support.process import Served
from tests.support.server import served

PHONE = {"width": 390, "height": 844}
#: Nobody sees the address bar's suggestions, which are two pages of their own in each new window. This list stands in
#: for Playwright's own; so storage in frames is parted by site, as it is in people's browsers.
_WITHOUT = "WebUIOmniboxPopup,WebUIOmniboxAimPopup,HttpsUpgrades,PaintHolding,MediaRouter,OptimizationHints,AimEnabled"
_FLAGS = ["--no-sandbox", "--disable-gpu", f"--disable-features={_WITHOUT}"]
#: What the browser itself says of a request that failed on purpose.
_EXPECTED = ("Failed to load resource", "net::ERR_", "frame-ancestors")

expect.set_options(timeout=15_000)
NewContext = Callable[..., BrowserContext]


@pytest.fixture(scope="session")
def site(service: httpx.Client) -> str:
    """The address of the whole service, with the page built."""
    build.ensure()
    return str(service.base_url).rstrip("/")


@pytest.fixture(scope="session")
def strict_site(whole: Whole, site: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Another one, with three messages a minute, which other sites on this machine may frame."""
    url = f"sqlite:///{tmp_path_factory.mktemp('strict') / 'houlu.db'}"
    changes = {"database_url": url, "rate_limit": "3/minute", "frame_ancestors": "'self' http://localhost:*"}
    with served(whole.app(**changes)) as address:
        yield address


@pytest.fixture(scope="package")
def mortal(site: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """`houlu serve`, starting while other tests run, to be killed."""
    process = Served(tmp_path_factory.mktemp("mortal")).start()
    yield process
    process.kill()


# Playwright's event loop belongs to the thread as long as it runs: it must end before the tests of other folders.
@pytest.fixture(scope="package")
def browser(site: str, mortal: Served) -> Iterator[Browser]:
    """Debian's Chromium. Depends on the service, which needs an event loop of its own to load."""
    try:
        path = chromium()
    except NoBrowser as error:
        pytest.fail(str(error), pytrace=False)
    with sync_playwright() as playwright:
        running = playwright.chromium.launch(executable_path=path, args=_FLAGS)
        yield running
        running.close()


@pytest.fixture
def new_context(browser: Browser) -> Iterator[NewContext]:
    """Makes devices: a phone unless told otherwise. A script error or a refused resource in any fails the test."""
    said: list[str] = []
    with ExitStack() as stack:

        def make(**options: object) -> BrowserContext:
            phone = {"viewport": PHONE, "is_mobile": True, "has_touch": True, "locale": "zh-CN",
                     "timezone_id": "Asia/Shanghai"}
            context = browser.new_context(**{**phone, **options})  # type: ignore[arg-type]
            stack.callback(context.close)
            context.on("weberror", lambda error: said.append(str(error.error)))
            context.on("console", lambda message: said.append(message.text) if message.type == "error" else None)
            return context

        yield make
    assert [one for one in said if not any(word in one for word in _EXPECTED)] == []


@pytest.fixture
def page(new_context: NewContext) -> Page:
    """One page on a phone."""
    return new_context().new_page()


@pytest.fixture
def person(page: Page, site: str) -> Person:
    """Somebody who has just agreed to the privacy notice."""
    return Person(page, site).arrive().agree()


@pytest.fixture
def desk(service_database: str, site: str) -> Iterator[Desk]:
    """The experts, as another process would be."""
    database = Database(service_database)
    yield Desk(database, Phrases.load(ROOT / "data" / "knowledge" / "phrases"))
    database.close()
