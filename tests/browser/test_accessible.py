"""For everybody: axe on every view in light and dark and in the largest text, from 320 px to a desk's screen."""

from __future__ import annotations

from contextlib import suppress

import pytest
from playwright.sync_api import Page, TimeoutError, ViewportSize, expect

from houlu.desk.desk import Desk
from tests.browser.axe import violations
from tests.browser.conftest import NewContext
from tests.browser.person import Person

CASE = "我爸肺腺癌19缺失，易瑞沙吃了11个月，CT大了，抽血查出T790M"

SCREENS: list[ViewportSize] = [
    {"width": width, "height": height}
    for width, height in ((320, 568), (360, 640), (768, 1024), (1440, 900), (667, 375))]


class Eye:
    """Looks at one view after the other: by day in the usual text, by night in the largest."""

    def __init__(self, page: Page) -> None:
        self._page = page
        self.problems: list[str] = []

    def look(self, view: str) -> None:
        for scheme, size in (("dark", "2"), ("light", "0")):
            self._page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
            self._page.evaluate("(size) => { document.documentElement.dataset.size = size }", size)
            self.problems += [f"{view}, {scheme}: {problem}" for problem in violations(self._page)]

    def dialog(self, name: str) -> None:
        """It has a name, holds the focus, and goes with Escape."""
        dialog = self._page.get_by_role("dialog", name=name, exact=True)
        expect(dialog).to_be_visible()
        self._page.wait_for_function("() => document.activeElement.closest('[role=dialog]')")
        self.look(name)
        self._page.keyboard.press("Escape")
        expect(dialog).to_have_count(0)


def test_no_view_has_a_barrier(page: Page, site: str, desk: Desk) -> None:
    person, eye = Person(page, site).arrive(), Eye(page)
    expect(person.button("同意，开始聊")).to_be_enabled()
    eye.look("welcome")
    person.agree().say("我妈吃凯美纳10个月，最近CT说长大了")
    eye.look("question")
    person.say(CASE)
    for fold in page.locator(".card summary").all():
        fold.click()
    eye.look("strategies")
    person.say("想多了解一点")
    person.log.get_by_role("button", name="展开全文").last.click()
    eye.look("long answer")
    person.say("刚咳了好几口鲜血")
    eye.look("emergency")
    person.say("转人工")
    eye.look("waiting")
    number = person.ticket()
    desk.answer(number, "李护士", "您好。")
    expect(page.locator(".said.expert")).to_be_visible()
    eye.look("expert")
    desk.close(number, "李护士", "answered")
    expect(person.button("5 很有帮助")).to_be_visible()
    eye.look("rating")
    page.context.set_offline(True)
    person.write("您好")
    expect(page.locator(".trouble")).to_be_visible()
    eye.look("offline")
    assert eye.problems == []


def test_no_dialog_has_a_barrier(person: Person) -> None:
    page, eye = person.page, Eye(person.page)
    person.say("为什么会耐药")
    page.locator(".thumbnail").last.click()
    eye.dialog("说明图片")
    person.say("我妈吃凯美纳10个月，最近CT说长大了")
    page.get_by_role("navigation", name="走到哪一步了").get_by_role("button").first.click()
    eye.dialog("确认进展")
    person.button("重新开始").click()
    eye.dialog("重新开始？")
    person.button("向专家提问").last.click()
    eye.dialog("转给专家？")
    person.say("转人工")
    person.button("请专家回电").click()
    page.get_by_label("电话号码").fill("12")
    person.button("请打给我").click()
    expect(page.get_by_role("alert")).to_contain_text("号码好像不对")
    eye.dialog("请专家打电话给您")
    person.button("请专家回电").click()
    page.get_by_label("电话号码").fill("13812345678")
    person.button("请打给我").click()
    expect(page.get_by_role("dialog").get_by_role("status")).to_contain_text("号码记下了")
    eye.dialog("请专家打电话给您")
    person.menu()
    eye.dialog("更多")
    person.menu("撤回同意")
    eye.dialog("撤回同意")
    person.menu("删除我的记录")
    eye.dialog("删除我的记录")
    person.menu("删除我的记录", "全部删除")
    expect(page.locator(".news")).to_be_visible()
    eye.look("erased")
    person.button("先不同意").click()
    expect(person.bot.first).to_be_visible()
    eye.look("without consent")
    assert eye.problems == []


def test_the_visit_sheet_opens_in_the_readers_size_and_has_no_barrier(person: Person) -> None:
    person.say(CASE).menu("A++ 特大").page.keyboard.press("Escape")
    with person.page.context.expect_page() as opened:
        person.page.get_by_role("link", name="就诊清单").click()
    sheet = opened.value
    sheet.set_viewport_size({"width": 320, "height": 568})
    sizes = sheet.get_by_role("navigation", name="文字大小").get_by_role("link")
    for at, (name, pixels) in enumerate((("A++ 特大", 25), ("A+ 大", 21), ("A 标准", 18))):
        if at:
            sizes.filter(has_text=name).click()
        expect(sizes.and_(sheet.locator("[aria-current]"))).to_have_text(name)
        expect(sheet.locator("html")).to_have_css("font-size", f"{pixels}px")
        wider = sheet.locator("body, body *").evaluate_all(
            "(all) => all.filter((it) => it.getBoundingClientRect().right > innerWidth || it.clientWidth"
            " && it.scrollWidth > it.clientWidth + 1).map((it) => it.outerHTML.slice(0, 80))")
        assert wider == []
        for scheme in ("dark", "light"):
            sheet.emulate_media(color_scheme=scheme)
            assert violations(sheet) == []


@pytest.mark.parametrize("size", ["0", "2"])
def test_nothing_is_cut_off(new_context: NewContext, site: str, size: str) -> None:
    context = new_context()
    context.add_init_script(f"location.protocol == 'http:' && localStorage.setItem('houlu.size', '{size}')")
    page = context.new_page()
    person = Person(page, site).arrive()
    for screen in SCREENS:
        page.set_viewport_size(screen)
        _fits(page)
        expect(person.button("同意，开始聊")).to_be_in_viewport()
    person.agree().say(CASE)
    for screen in SCREENS:
        page.set_viewport_size(screen)
        _fits(page)
        for name in ("发送", "重新开始"):
            expect(person.button(name)).to_be_in_viewport(ratio=0.99)
        page.wait_for_function("() => document.querySelector('.log').clientHeight > 60")
        person.menu()
        _fits(page)
        page.keyboard.press("Escape")


def _fits(page: Page) -> None:
    wider = (
        "() => [...document.querySelectorAll('body, .log, .sheet, .welcome, .actions > *, .progress button, .choice')]"
        ".filter((it) => it.scrollWidth > it.clientWidth + 1).map((it) => it.className || it.tagName)")
    with suppress(TimeoutError):  # a frame or two after the screen changed
        page.wait_for_function(f"() => ({wider})().length === 0", timeout=5_000)
    assert page.evaluate(wider) == []


def test_everything_to_tap_is_large_enough(person: Person) -> None:
    person.say("我妈吃凯美纳10个月，最近CT说长大了")
    small = person.page.locator("button:visible, a:visible, summary:visible").evaluate_all(
        "(all) => all.map((it) => [it.textContent, it.getBoundingClientRect()])"
        ".filter(([, box]) => Math.min(box.height, box.width) < 43.5).map(([text]) => text)")
    assert small == []


def test_the_talk_is_a_log_that_names_who_speaks(person: Person) -> None:
    person.say("您好")
    expect(person.log).to_have_attribute("aria-live", "polite")
    spoken = person.log.locator("article").all_inner_texts()
    assert any("AI助手\n" in text for text in spoken)
    assert any(text.startswith("我\n") for text in spoken)


def test_the_text_grows_and_the_choice_is_kept(person: Person) -> None:
    def size() -> float:
        return float(person.bot.first.evaluate("(it) => parseFloat(getComputedStyle(it).fontSize)"))

    usual = size()
    person.page.get_by_role("button", name="文字大小").click()
    larger = size()
    person.menu("A++ 特大")
    person.page.keyboard.press("Escape")
    largest = size()
    assert usual < larger < largest
    assert largest >= 24
    person.page.reload()
    expect(person.bot.first).to_be_visible()
    assert size() == largest


def test_who_reads_traditional_characters_gets_them(new_context: NewContext, site: str) -> None:
    page = new_context(locale="zh-TW").new_page()
    page.goto(site)
    expect(page.get_by_role("heading", name="開始之前，想先徵得您的同意")).to_be_visible()
    expect(page.locator("html")).to_have_attribute("lang", "zh-Hant")
    page.get_by_role("button", name="同意，開始聊").click()
    expect(page.get_by_role("button", name="重新開始")).to_be_visible()
    page.get_by_role("button", name="更多").click()
    page.get_by_role("button", name="简体").click()
    page.keyboard.press("Escape")
    expect(page.get_by_role("button", name="重新开始")).to_be_visible()


def test_the_keyboard_of_a_phone_leaves_the_input_in_sight(person: Person) -> None:
    person.say("我妈吃凯美纳10个月，最近CT说长大了")
    person.page.set_viewport_size({"width": 390, "height": 400})
    expect(person.input).to_be_in_viewport(ratio=0.99)
    expect(person.button("发送")).to_be_in_viewport(ratio=0.99)
    expect(person.button("跳过")).to_be_in_viewport()


def test_motion_is_left_out_for_those_who_ask(new_context: NewContext, site: str) -> None:
    page = new_context(reduced_motion="reduce").new_page()
    person = Person(page, site).arrive().agree()
    page.context.set_offline(True)
    person.write("您好")
    expect(page.locator(".unsent")).to_have_count(1)
    moving = page.locator("*").evaluate_all("(all) => all.filter((it) => getComputedStyle(it).animationName != 'none')")
    assert moving == []
