"""A nurse answers many families at once."""

from __future__ import annotations

import re
from collections.abc import Callable

from playwright.sync_api import expect

from tests.browser.desk.conftest import SitDown
from tests.browser.desk.seat import Seat
from tests.support.patient import Patient

Family = Callable[..., tuple[Patient, str]]
#: For two seconds or longer. Whole seconds are told: two who began in the same one have no order.
WAITS = re.compile(r"等了([2-9]秒|\d\d秒|\d+分)")


def test_side_by_side_with_the_longest_wait_on_top(sit_down: SitDown, family: Family) -> None:
    li = sit_down("li", viewport={"width": 1920, "height": 1080})
    told = ("我妈肺腺癌EGFR19缺失，吃奥希替尼一年半，复查CT说进展了", "又抽血查了，T790M阴性，有MET扩增")
    _, a = family(*told)
    second, b = family("我爸ALK阳性，阿来替尼耐药了")
    third, c = family("吃易瑞沙9个月，CEA升高")
    for ticket in (a, b, c):
        li.claim(ticket)
    for ticket in (b, a):
        li.button(f"并排打开 {ticket}").click()
    expect(li.page.locator("section.talk")).to_have_count(3)
    for ticket in (a, b, c):
        li.say(ticket, "您好，我是李护士，正在看您前面写的情况。")
    second.say("护士您好，我姓王")
    expect(li.mine.get_by_role("listitem").first).to_contain_text(b)
    expect(li.mine.get_by_role("listitem").first).to_contain_text(WAITS)
    third.say("您好，我姓李")
    expect(li.mine.get_by_role("listitem").nth(1)).to_contain_text(c)
    li.page.keyboard.press("Alt+Digit3")
    expect(li.input(a)).to_be_focused()
    expect(li.case.get_by_label("病情", exact=True)).to_contain_text("奥希替尼")
    assert li.barriers() == []
    li.picture("three-families")
    li.page.emulate_media(color_scheme="dark")
    assert li.barriers() == []
    li.picture("three-families-dark")


def test_unread_until_it_is_looked_at(li: Seat, family: Family) -> None:
    first, a = family("您好")
    li.claim(a)
    row = li.mine.get_by_role("listitem").filter(has_text=a)
    expect(row).to_contain_text(WAITS)
    _, b = family("您好")
    li.claim(b)
    expect(li.talk(a)).to_have_count(0)
    first.say("您好，我姓李")
    expect(row).to_contain_text("未读")
    expect(li.page).to_have_title("(1) 后路 · 专家台")
    li.page.keyboard.press("Alt+KeyU")
    expect(li.said(a, "user").last).to_have_text("您好，我姓李")
    expect(row).not_to_contain_text("未读")
    expect(li.page).to_have_title("后路 · 专家台")


def test_by_keyboard_from_the_queue_to_the_end(li: Seat, family: Family) -> None:
    _, ticket = family("您好")
    expect(li.queue).to_contain_text(ticket)
    li.page.keyboard.press("Alt+KeyN")
    expect(li.input(ticket)).to_be_visible()
    li.page.keyboard.press("Alt+KeyI")
    expect(li.input(ticket)).to_be_focused()
    li.page.keyboard.type("您好")
    li.page.keyboard.press("Enter")
    expect(li.said(ticket, "expert").last).to_have_text("您好")
    li.page.keyboard.press("Alt+KeyW")
    li.page.get_by_role("dialog").get_by_role("radio", name="请患者去医院看").press("Space")
    li.page.keyboard.press("Enter")
    expect(li.talk(ticket)).to_have_count(0)
    li.page.get_by_text("我结束的").click()
    expect(li.page.locator(".closed")).to_contain_text("请患者去医院看")
    li.page.keyboard.press("Alt+KeyH")
    expect(li.page.get_by_role("dialog", name="快捷键")).to_be_visible()
    assert li.barriers() == []


def test_a_number_is_masked_shown_on_a_click_and_gone_after_the_call(li: Seat, family: Family) -> None:
    patient, ticket = family("您好")
    patient.http.post(f"{patient.url}/callback", json={"number": "138 1234 5678"}, headers=patient.headers)
    expect(li.queue.get_by_role("listitem").filter(has_text=ticket)).to_contain_text("要回电")
    li.claim(ticket)
    card = li.case.get_by_role("region", name="请回电")
    expect(card).to_contain_text("138****5678")
    card.get_by_role("button", name="显示号码").click()
    expect(card.get_by_role("link")).to_have_text("13812345678")
    card.get_by_role("button", name="打完了，删掉号码").click()
    expect(card).to_have_count(0)
    expect(li.mine.get_by_role("listitem").filter(has_text=ticket)).not_to_contain_text("要回电")


def test_the_lead_sees_who_waits_and_moves_a_ticket(li: Seat, sit_down: SitDown, family: Family) -> None:
    _, ticket = family("您好")
    zhao = sit_down("zhao")
    zhao.button("总览").click()
    row = zhao.page.get_by_role("row").filter(has_text=ticket)
    expect(row).to_contain_text("排队")
    expect(zhao.page.locator(".plot canvas").first).to_be_visible()
    assert zhao.barriers() == []
    row.get_by_role("combobox").select_option("li")
    expect(row).to_contain_text("李护士")
    expect(li.mine).to_contain_text(ticket)
    zhao.page.get_by_text("看成表格").first.click()
    zhao.picture("overview")


def test_a_tablet_has_room_for_one_and_everything_about_it(sit_down: SitDown, family: Family) -> None:
    li = sit_down("li", viewport={"width": 1024, "height": 768}, has_touch=True)
    _, ticket = family("我爸ALK阳性，阿来替尼耐药了")
    li.claim(ticket)
    li.tab("常用语")
    expect(li.case.locator(".card").first).to_be_visible()
    li.page.wait_for_function("() => document.documentElement.scrollWidth <= innerWidth")
    assert li.barriers() == []
    li.picture("tablet")
