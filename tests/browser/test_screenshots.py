"""Pictures of the main views for people to look at: build/screenshots. Each also checks what it shows."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from houlu.desk.desk import Desk
from houlu.settings import ROOT
from tests.browser.conftest import NewContext
from tests.browser.person import Person

CASE = "我爸肺腺癌19缺失，易瑞沙吃了11个月，CT大了，抽血查出T790M"
DESKTOP = {"viewport": {"width": 1280, "height": 860}, "is_mobile": False, "has_touch": False}
DARK = {"color_scheme": "dark"}


@pytest.fixture(scope="session")
def folder() -> Path:
    made = ROOT / "build" / "screenshots"
    made.mkdir(parents=True, exist_ok=True)
    return made


def _device(new_context: NewContext, kind: str) -> Page:
    options = {"phone": {}, "desktop": DESKTOP, "dark": DARK, "largest": {}}[kind]
    context = new_context(device_scale_factor=2, **options)
    if kind == "largest":
        context.add_init_script("location.protocol == 'http:' && localStorage.setItem('houlu.size', '2')")
    return context.new_page()


@pytest.mark.parametrize("kind", ["phone", "desktop", "dark", "largest"])
def test_the_main_views(new_context: NewContext, site: str, folder: Path, desk: Desk, kind: str) -> None:
    page = _device(new_context, kind)
    person = Person(page, site).arrive()
    number = iter(range(1, 20))

    def shoot(view: str) -> None:
        page.evaluate("() => document.activeElement.blur()")
        page.wait_for_timeout(150)
        page.screenshot(path=folder / f"{kind}-{next(number)}-{view}.png")

    expect(person.button("同意，开始聊")).to_be_enabled()
    shoot("welcome")
    person.agree().say("为什么会耐药")
    expect(page.locator(".thumbnail").last).to_be_visible()
    shoot("answer-with-picture")
    page.locator(".thumbnail").last.click()
    expect(page.get_by_role("dialog").locator("img")).to_be_visible()
    shoot("picture")
    page.keyboard.press("Escape")
    person.say("我妈吃凯美纳10个月，最近CT说长大了")
    expect(person.choices.first).to_be_visible()
    shoot("journey")
    page.get_by_role("navigation", name="走到哪一步了").get_by_role("button").first.click()
    expect(page.get_by_role("dialog")).to_be_visible()
    shoot("step")
    page.keyboard.press("Escape")
    person.say("重新开始").say(CASE)
    expect(page.locator(".card").first).to_be_in_viewport()
    shoot("strategies")
    person.menu()
    shoot("menu")
    page.keyboard.press("Escape")
    person.say("刚咳了好几口鲜血")
    expect(page.get_by_role("link", name="拨打120")).to_be_in_viewport()
    shoot("emergency")
    person.say("转人工")
    desk.claim(person.ticket(), "李护士")
    desk.answer(person.ticket(), "李护士", "您好，我是李护士。\n您说的情况我看过了，周四上午请带新拍的CT来门诊。")
    expect(page.locator(".said.expert")).to_be_visible()
    shoot("expert")
    sheet = str(page.get_by_role("link", name="就诊清单").get_attribute("href"))
    page.context.set_offline(True)
    person.write("好的，谢谢")
    expect(page.locator(".trouble")).to_be_visible()
    shoot("offline")
    page.context.set_offline(False)
    page.goto(f"{site}{sheet}")
    shoot("visit-sheet")
