"""Typing on a phone and on a keyboard: pinyin, Enter, length, focus."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from tests.browser.person import Person


def _enter_for_the_input_method(page: Page, code: int) -> None:
    """Enter that chooses a word: it puts no new line. Browsers tell it as 229, some as Enter's own 13."""
    session = page.context.new_cdp_session(page)
    key = {"key": "Enter", "code": "Enter", "windowsVirtualKeyCode": code}
    session.send("Input.dispatchKeyEvent", {"type": "rawKeyDown", **key})
    session.send("Input.dispatchKeyEvent", {"type": "keyUp", **key})


def test_enter_while_composing_never_sends(person: Person) -> None:
    page = person.page
    person.input.click()
    session = page.context.new_cdp_session(page)
    session.send("Input.imeSetComposition", {"text": "nai'yao", "selectionStart": 7, "selectionEnd": 7})
    expect(person.input).to_have_value("nai'yao")
    for code in (229, 13):
        _enter_for_the_input_method(page, code)
    expect(person.unsent).to_have_count(0)
    expect(person.mine).to_have_count(0)
    session.send("Input.insertText", {"text": "耐药了怎么办"})
    expect(person.input).to_have_value("耐药了怎么办")
    page.keyboard.press("Enter")
    expect(person.mine).to_have_text(["耐药了怎么办"])


def test_shift_enter_makes_a_new_line(person: Person) -> None:
    person.input.fill("第一行")
    person.input.press("Shift+Enter")
    person.input.type("第二行")
    person.input.press("Enter")
    expect(person.mine).to_have_text(["第一行\n第二行"])


def test_nothing_but_spaces_is_not_sent(person: Person) -> None:
    person.input.fill("   \n ")
    expect(person.button("发送")).to_be_disabled()
    person.input.press("Enter")
    expect(person.mine).to_have_count(0)


def test_the_page_counts_before_it_is_too_long(person: Person) -> None:
    person.input.fill("药" * 990)
    expect(person.page.locator("#left")).to_have_text("还能写10个字")
    person.input.fill("药" * 1005)
    expect(person.page.locator("#left")).to_have_text("超了5个字，请分两次发")
    expect(person.button("发送")).to_be_disabled()
    person.input.press("Enter")
    expect(person.mine).to_have_count(0)


def test_everything_with_the_keyboard_alone(page: Page, site: str) -> None:
    person = Person(page, site).arrive()
    expect(person.button("同意，开始聊")).to_be_enabled()
    _tab_to(page, "同意，开始聊")
    page.keyboard.press("Enter")
    expect(person.bot.first).to_be_visible()
    _tab_to(page, "说说我家的情况")
    page.keyboard.press("Enter")
    person.answered()
    expect(person.mine).to_have_text(["说说我家的情况"])
    _tab_to(page, "更多")
    page.keyboard.press("Enter")
    dialog = page.get_by_role("dialog")
    expect(dialog).to_be_focused()
    for _ in range(12):
        page.keyboard.press("Tab")
        assert dialog.evaluate("(box) => box.contains(document.activeElement)")
    page.keyboard.press("Escape")
    expect(person.button("更多")).to_be_focused()


def _tab_to(page: Page, name: str) -> None:
    for _ in range(40):
        page.keyboard.press("Tab")
        if page.evaluate("() => document.activeElement.getAttribute('aria-label') || document.activeElement.innerText"
                         ).strip() == name:
            return
    pytest.fail(f"{name} cannot be reached with the keyboard")


def test_after_sending_one_can_go_on_writing(person: Person) -> None:
    person.input.fill("您好")
    person.button("发送").click()
    expect(person.input).to_be_focused()
    expect(person.input).to_have_value("")
