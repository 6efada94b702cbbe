"""A danger sign cannot be overlooked, and help is one tap away."""

from __future__ import annotations

from playwright.sync_api import Page, expect

from tests.browser.person import Person


def test_an_emergency_comes_first_with_one_tap_to_120(person: Person) -> None:
    person.say("刚咳了好几口鲜血")
    alarm = person.page.get_by_role("article", name="紧急")
    expect(alarm.get_by_role("alert")).to_contain_text("120")
    call = alarm.get_by_role("link", name="拨打120")
    expect(call).to_have_attribute("href", "tel:120")
    expect(call).to_be_in_viewport()
    box = call.bounding_box()
    assert box
    assert box["height"] >= 56


def test_somebody_who_wants_to_die_gets_the_crisis_line_first(person: Person) -> None:
    person.say("我真的不想活了")
    links = person.page.get_by_role("article", name="紧急").locator("a.call")
    expect(links.first).to_have_attribute("href", "tel:12356")
    expect(links.last).to_have_attribute("href", "tel:120")


def test_an_emergency_is_answered_while_everything_else_is_held_back(page: Page, strict_site: str) -> None:
    person = Person(page, strict_site).arrive().agree()
    for greeting in ("您好", "在吗", "谢谢"):
        person.say(greeting)
    person.write("为什么会耐药")
    expect(page.locator(".trouble")).to_contain_text("120")
    person.write("他突然喘不上气，嘴唇发紫")
    expect(page.get_by_role("article", name="紧急").get_by_role("alert")).to_contain_text("120")
    expect(person.unsent).to_have_text(["为什么会耐药"])


def test_the_first_screen_knows_that_some_cannot_wait(page: Page, site: str) -> None:
    Person(page, site).arrive()
    expect(page.get_by_role("link", name="打120")).to_have_attribute("href", "tel:120")
