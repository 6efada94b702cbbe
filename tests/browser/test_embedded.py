"""The chat on another site: one script line, whatever that site's styles and policies are."""

from __future__ import annotations

from playwright.sync_api import FrameLocator, Page, expect

from tests.browser.conftest import NewContext
from tests.browser.hosts import hospital

ATTRIBUTES = (
    'data-position="left" data-color="#27496d" data-greeting="您好，<b>有事</b>问我" data-phone="021-1234 5678"')


def _open(page: Page, url: str) -> FrameLocator:
    page.goto(url)
    page.get_by_role("button", name="打开后路AI助手").click()
    return page.frame_locator("houlu-chat iframe")


def test_a_whole_talk_inside_a_hostile_page(new_context: NewContext, strict_site: str) -> None:
    context = new_context(viewport={"width": 1280, "height": 800}, is_mobile=False, has_touch=False)
    page = context.new_page()
    with hospital(strict_site, ATTRIBUTES) as url:
        page.goto(url)
        launcher = page.get_by_role("button", name="打开后路AI助手")
        expect(launcher).to_be_in_viewport(ratio=0.99)
        box = launcher.bounding_box()
        assert box
        assert box["x"] == 20
        assert box["height"] >= 44
        assert launcher.evaluate("(it) => getComputedStyle(it).backgroundColor") == "rgb(39, 73, 109)"
        assert launcher.evaluate("(it) => getComputedStyle(it).fontSize") == "18px"
        expect(page.get_by_role("status")).to_contain_text("您好，<b>有事</b>问我")

        chat = _open(page, url)
        chat.get_by_role("button", name="同意，开始聊").click()
        chat.get_by_role("textbox").fill("您好")
        chat.get_by_role("textbox").press("Enter")
        expect(chat.locator(".said.user:not(.unsent)")).to_have_count(1)
        expect(page.get_by_role("link", name="电话")).to_have_attribute("href", "tel:021-12345678")
        chat.get_by_role("textbox").press("Escape")
        expect(launcher).to_be_focused()
        expect(page.locator("houlu-chat iframe")).to_be_hidden()
        launcher.click()
        expect(chat.locator(".said.user:not(.unsent)")).to_have_count(1)
    assert context.cookies() == []


def test_nothing_leaks_into_the_host(page: Page, strict_site: str) -> None:
    with hospital(strict_site, "", style="") as url:
        page.goto(url)
        before = page.evaluate("() => [Object.keys(window).length, getComputedStyle(document.body).font]")
        _open(page, url)
        assert page.evaluate("() => [Object.keys(window).length, getComputedStyle(document.body).font]") == before
        assert page.evaluate("() => document.styleSheets.length") == 0
        assert page.locator("body > *").count() == 3  # its paragraph, its script, and our one element


def test_on_a_phone_it_fills_the_screen(page: Page, strict_site: str) -> None:
    with hospital(strict_site, "") as url:
        _open(page, url)
        expect(page.locator("houlu-chat .panel")).to_be_in_viewport(ratio=0.99)
        box = page.locator("houlu-chat .panel").bounding_box()
    assert box
    assert (box["x"], box["y"], box["width"]) == (0, 0, 390)


def test_a_strict_policy_of_the_host_is_enough(page: Page, strict_site: str) -> None:
    policy = f"default-src 'none'; script-src {strict_site}; frame-src {strict_site}; img-src 'self'"
    with hospital(strict_site, "", policy, style="") as url:
        chat = _open(page, url)
        expect(chat.get_by_role("button", name="同意，开始聊")).to_be_visible()
        assert page.locator("houlu-chat .panel").evaluate("(it) => getComputedStyle(it).position") == "fixed"


def test_a_site_that_was_not_allowed_cannot_frame_it(new_context: NewContext, site: str) -> None:
    page = new_context().new_page()
    with hospital(site, "") as url:
        with page.expect_console_message(lambda message: "frame-ancestors" in message.text):
            chat = _open(page, url)
        expect(page.locator("houlu-chat iframe")).to_be_visible()
        assert chat.get_by_role("button", name="同意，开始聊").count() == 0


def test_third_party_storage_may_be_forbidden(new_context: NewContext, site: str) -> None:
    """Some browsers give a frame no storage at all: the talk goes on, for this visit."""
    context = new_context()
    context.add_init_script(
        "Object.defineProperty(window, 'localStorage', { get() { throw new DOMException('no', 'SecurityError') } })")
    page = context.new_page()
    page.goto(site)
    page.get_by_role("button", name="同意，开始聊").click()
    page.get_by_role("textbox").fill("您好")
    page.get_by_role("textbox").press("Enter")
    expect(page.locator(".said.user:not(.unsent)")).to_have_count(1)
