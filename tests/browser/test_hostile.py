"""Whatever anybody writes is text: no markup, no script, no link but to the web."""

from __future__ import annotations

import json

from playwright.sync_api import Page, Route, expect

from houlu.desk.desk import Desk
from tests.browser.person import Person

ATTACKS = (
    "<img src=x onerror=\"window.hurt='img'\">",
    "<script>window.hurt='script'</script>",
    "<svg onload=\"window.hurt='svg'\">",
    "<iframe srcdoc=\"<script>parent.hurt='frame'</script>\"></iframe>",
    "[点我](javascript:window.hurt='md')",
    "{{constructor.constructor('window.hurt=1')()}}",
)


def _unharmed(page: Page) -> None:
    page.wait_for_timeout(200)
    assert page.evaluate("() => window.hurt") is None
    assert page.locator(".log script, .log iframe, .log svg[onload], .log img[src='x']").count() == 0


def test_what_a_patient_writes(person: Person) -> None:
    for attack in ATTACKS:
        person.say(attack)
    expect(person.mine).to_have_text(list(ATTACKS))
    _unharmed(person.page)
    person.page.reload()
    expect(person.mine).to_have_text(list(ATTACKS))
    _unharmed(person.page)


def test_what_an_expert_writes(person: Person, desk: Desk) -> None:
    person.say("转人工")
    number = person.ticket()
    for attack in ATTACKS:
        desk.answer(number, "<b>x</b>", attack)
    expect(person.page.locator(".said.expert .bubble")).to_have_text(list(ATTACKS))
    _unharmed(person.page)


def test_what_a_server_gone_mad_sends(person: Person, site: str) -> None:
    """Titles, sources, pictures, links: the page trusts none of them."""
    evil = "javascript:window.hurt='link'"
    attack = ATTACKS[0]
    row = {"id": "r", "number": 1, "source_ids": ["s"], "side_effects": [attack], **dict.fromkeys(
        ("category", "regimen", "summary", "evidence_level", "why", "evidence", "approval"), attack)}
    source = {"id": "s", "title": attack, "url": evil}
    sheet = {"url": evil, "pdf": evil, "expires_at": "2099-01-01T00:00:00Z"}
    custom = {"kind": "answer", "step": "strategy", "sources": [source], "visit_sheet": sheet, "image_alt": attack}
    message = {"at": "2026-11-22T10:00:00Z", "from": "bot", "id": None, "text": attack, "image": evil,
               "choices": [{"id": "c", "title": attack}]}
    around = {"before": attack, "after": attack}
    messages = [
        {**message, "seq": 1, "custom": custom},
        {**message, "seq": 2, "custom": {**custom, "kind": "emergency"}},
        {**message, "seq": 3, "custom": {**custom, "kind": "strategies", "strategies": [row], "around": around}},
        {**message, "seq": 4, "from": "system", "custom": {}},
    ]

    def answer(route: Route) -> None:
        route.fulfill(body=json.dumps({"messages": messages, "owner": "bot"}), content_type="application/json")

    person.page.route("**/messages?since=*", answer)
    person.page.reload()
    expect(person.page.locator(".card h2")).to_contain_text(attack)
    for details in person.page.locator("summary").all():
        details.click()
    _unharmed(person.page)
    hrefs = person.page.locator("a").evaluate_all("(links) => links.map((link) => link.getAttribute('href'))")
    assert all(href.startswith(("tel:", "http")) for href in hrefs), hrefs
    assert person.page.locator(".thumbnail").count() == 0


def test_a_page_on_the_way_that_is_not_ours_is_no_answer(person: Person) -> None:
    """A hotel's or a company's network that answers everything with a login page."""
    answered: list[str] = []

    def portal(route: Route) -> None:
        if route.request.method == "POST" and not answered:
            answered.append("once")
            route.fulfill(body="<html>请登录</html>", content_type="text/html")
        else:
            route.continue_()

    person.page.route("**/messages", portal)
    person.write("您好").answered()
    assert person.said() == ["您好"]
