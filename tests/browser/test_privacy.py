"""Consent before the first word, withdrawable; deletion that deletes."""

from __future__ import annotations

from playwright.sync_api import Page, expect

from tests.browser.person import Person, unique
from tests.support.databases import finder


def test_nothing_is_asked_before_the_label_and_the_consent(page: Page, site: str) -> None:
    requests: list[str] = []
    page.on("request", lambda request: requests.append(request.method))
    person = Person(page, site).arrive()
    expect(page.get_by_role("heading", name="开始之前，想先征得您的同意")).to_be_visible()
    expect(page.locator(".ai-label")).to_contain_text("不是医生")
    expect(person.input).to_have_count(0)
    assert "POST" not in requests
    person.agree()
    expect(person.input).to_be_visible()


def test_without_consent_no_words_are_kept(page: Page, site: str, service_database: str) -> None:
    person = Person(page, site).arrive()
    person.button("先不同意").click()
    words = unique("奥希替尼耐药了")
    person.say(words)
    assert not finder(service_database)(words)
    person.tap("同意")
    person.say("奥希替尼耐药了怎么办")
    assert person.said()[-1] == "奥希替尼耐药了怎么办"


def test_consent_is_withdrawn_here_and_in_the_other_tab(person: Person, site: str, service_database: str) -> None:
    words = unique("我妈吃凯美纳10个月")
    person.say(words)
    other = Person(person.page.context.new_page(), site).arrive()
    expect(other.mine).to_have_count(1)
    assert finder(service_database)(words)
    person.menu("撤回同意", "撤回并删除内容")
    expect(person.page.locator(".news")).to_contain_text("删掉了")
    expect(person.mine).to_have_count(0)
    expect(other.mine).to_have_count(0)
    assert not finder(service_database)(words)


def test_delete_my_records_deletes_everywhere(person: Person, site: str, service_database: str) -> None:
    words = unique("我爸吃易瑞沙一年，CT大了")
    person.say(words)
    other = Person(person.page.context.new_page(), site).arrive()
    expect(other.mine).to_have_count(1)
    who = person.identity()
    person.menu("删除我的记录", "全部删除")
    expect(person.page.locator(".news")).to_contain_text("全部删除")
    expect(person.button("同意，开始聊")).to_be_visible()
    expect(other.button("同意，开始聊")).to_be_visible()
    assert not finder(service_database)(words)
    assert not finder(service_database)(who["id"])
    kept = person.page.evaluate("() => JSON.stringify(localStorage)")
    assert words not in kept
    assert who["token"] not in kept


def test_declining_the_deletion_deletes_nothing(person: Person) -> None:
    person.say("您好").menu("删除我的记录", "先不用")
    expect(person.mine).to_have_count(1)
    assert person.said() == ["您好"]
