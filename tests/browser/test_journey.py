"""A family's way on a phone, from the first screen to the visit sheet."""

from __future__ import annotations

import re

from playwright.sync_api import Page, expect

from tests.browser.person import Person


def test_a_daughter_goes_from_the_first_word_to_the_visit_sheet(person: Person, site: str) -> None:
    page = person.page
    person.say("我妈吃凯美纳10个月，最近CT说长大了")
    expect(page.locator(".progress .now")).to_contain_text("确认进展")
    person.tap("只有一两处长大")
    expect(page.locator(".progress .now")).to_contain_text("再查一次")
    person.tap("抽血查过了").tap("T790M")
    expect(page.locator(".progress .now")).to_contain_text("有哪些路")

    cards = page.locator(".card")
    assert cards.count() >= 2
    first = cards.first
    expect(first.locator(".category")).to_be_visible()
    expect(first.locator("h2")).to_contain_text("奥希替尼")
    expect(first.locator("dl")).to_contain_text("依据")
    expect(first.locator("dl")).to_contain_text("国内")
    effects = first.locator("details", has_text="要问医生的副作用")
    expect(effects.locator("li").first).not_to_be_visible()
    effects.locator("summary").click()
    expect(effects.locator("li").first).to_be_visible()
    for link in first.locator("a").all():
        assert re.match(r"https?://", link.get_attribute("href") or "")
        assert link.get_attribute("rel") == "noopener noreferrer"

    with page.context.expect_page() as opened:
        page.get_by_role("link", name="就诊清单").click()
    sheet = opened.value
    expect(sheet.get_by_role("heading", name="就诊清单").first).to_be_visible()
    expect(sheet.locator("body")).to_contain_text("埃克替尼")


def test_the_strategies_are_shown_from_their_beginning(person: Person) -> None:
    person.say("我爸肺腺癌19缺失，易瑞沙吃了11个月，CT大了，抽血查出T790M")
    expect(person.page.locator(".log")).to_contain_text("医生会考虑")
    expect(person.page.locator(".card").first.locator("h2")).to_be_in_viewport()


def test_a_step_behind_us_can_be_opened_and_its_answer_changed(person: Person) -> None:
    person.say("我妈吃凯美纳10个月，最近CT说长大了").tap("慢慢长，没症状").tap("还没有重新查")
    page = person.page
    page.get_by_role("navigation", name="走到哪一步了").get_by_role("button", name=re.compile("确认进展")).click()
    page.get_by_role("dialog").get_by_role("button", name="好几处都在长").click()
    person.answered()
    patterns = [one["custom"].get("profile", {}).get("pattern") for one in person.history() if one["from"] == "bot"]
    assert patterns[-1] == "widespread"
    assert "slow" in patterns


def test_a_step_that_was_told_in_own_words_is_corrected_in_own_words(person: Person) -> None:
    person.say("重新开始").say("我爸肺腺癌19缺失，易瑞沙吃了11个月，CT大了，抽血查出T790M")
    steps = person.page.get_by_role("navigation", name="走到哪一步了")
    steps.get_by_role("button", name=re.compile("确认进展")).click()
    dialog = person.page.get_by_role("dialog", name="确认进展")
    expect(dialog).to_contain_text("直接写给我就行")
    expect(dialog.get_by_role("button", name="跳过")).to_have_count(0)


def test_back_is_one_tap(person: Person) -> None:
    person.say("我妈吃凯美纳10个月，最近CT说长大了").tap("慢慢长，没症状").tap("上一步")
    expect(person.bot.last).to_contain_text("长大的地方是哪种情况")


def test_quick_replies_stand_under_the_last_message_only(person: Person) -> None:
    person.say("我妈吃凯美纳10个月，最近CT说长大了")
    expect(person.button("脑子里有")).to_be_visible()
    person.tap("慢慢长，没症状")
    expect(person.button("脑子里有")).to_have_count(0)
    expect(person.mine.last).to_have_text("慢慢长，没症状")


def test_a_long_answer_is_folded_and_opens(person: Person) -> None:
    person.say("我爸肺腺癌19缺失，易瑞沙吃了11个月，CT大了，抽血查出T790M").say("想多了解一点")
    fold = person.log.get_by_role("button", name="展开全文").last
    before = len(person.bot.last.inner_text())
    expect(fold).to_have_attribute("aria-expanded", "false")
    fold.click()
    expect(person.log.get_by_role("button", name="收起").last).to_have_attribute("aria-expanded", "true")
    assert len(person.bot.last.inner_text()) > before + 50


def test_a_picture_opens_large_and_closes(person: Person) -> None:
    person.say("为什么会耐药")
    thumbnail = person.log.locator(".thumbnail").last
    expect(thumbnail.locator("img")).to_have_js_property("complete", True)
    assert thumbnail.locator("img").get_attribute("alt")
    thumbnail.click()
    large = person.page.get_by_role("dialog").locator("img")
    expect(large).to_be_in_viewport()
    assert large.evaluate("(img) => img.decode().then(() => img.naturalWidth)") > 0
    person.page.keyboard.press("Escape")
    expect(person.page.get_by_role("dialog")).to_have_count(0)
    expect(thumbnail).to_be_focused()


def test_restarting_asks_first_and_begins_anew(person: Person) -> None:
    person.say("我妈吃凯美纳10个月，最近CT说长大了")
    person.button("重新开始").click()
    person.page.get_by_role("dialog").get_by_role("button", name="先不用").click()
    expect(person.mine).to_have_count(1)
    person.button("重新开始").click()
    person.page.get_by_role("dialog").get_by_role("button", name="重新开始").click()
    person.answered()
    assert person.history()[-1]["custom"]["profile"] == {}


def test_the_telephone_is_a_link(person: Person) -> None:
    link = person.page.get_by_role("link", name="拨打电话")
    expect(link).to_have_attribute("href", "tel:02112345678")


def test_messages_have_times(person: Person, page: Page) -> None:
    expect(page.locator(".stamp time").first).to_have_text(re.compile(r"^\d{1,2}:\d\d$"))
