"""What goes wrong in a day: restarts, experts who leave, danger, sessions that end."""

from __future__ import annotations

from datetime import datetime, timedelta

from playwright.sync_api import expect

from tests.browser.desk.conftest import Door, SitDown
from tests.browser.desk.seat import Seat
from tests.browser.person import Person
from tests.support.expert import PASSWORD


def test_a_restart_in_the_middle_loses_and_doubles_nothing(li: Seat, waiting: str, phone: Person, door: Door) -> None:
    li.claim(waiting).say(waiting, "第一句")
    door.shut()
    expect(li.page.get_by_text("连接断了")).to_be_visible()
    li.write(waiting, "断线时写的第二句")
    expect(li.talk(waiting).locator(".unsent")).to_contain_text("断线时写的第二句")
    phone.write("断线时患者写的")
    door.open()
    expect(li.page.get_by_text("连接断了")).to_have_count(0, timeout=30_000)
    expect(li.talk(waiting).locator(".unsent")).to_have_count(0, timeout=30_000)
    expect(li.said(waiting, "user").last).to_have_text("断线时患者写的", timeout=30_000)
    heard = phone.page.locator(".said.expert .bubble").filter(has_text="断线时写的第二句")
    expect(heard).to_have_count(1, timeout=30_000)
    told = [one["text"] for one in phone.history() if one["from"] == "expert"]
    assert told == ["第一句", "断线时写的第二句"]
    assert phone.said().count("断线时患者写的") == 1


def test_words_not_sent_survive_a_reload(li: Seat, waiting: str) -> None:
    li.claim(waiting)
    _keep_draft(li, waiting, "写了一半")
    li.page.reload()
    li.mine.get_by_text(waiting).click()
    expect(li.input(waiting)).to_have_value("写了一半")


def test_the_ticket_of_an_expert_who_went_goes_back(li: Seat, waiting: str, phone: Person, sit_down: SitDown) -> None:
    wang = sit_down("wang")
    li.claim(waiting)
    expect(wang.queue).not_to_contain_text(waiting)
    li.page.goto("about:blank")
    expect(wang.queue).to_contain_text(waiting, timeout=30_000)
    expect(phone.page.locator(".wait")).to_be_visible()
    wang.claim(waiting).say(waiting, "我接着回答您。")
    expect(phone.page.locator(".said.expert .bubble").last).to_have_text("我接着回答您。")
    li.arrive()
    expect(li.mine).to_contain_text("手上没有工单")


def test_the_ticket_of_a_computer_that_fell_asleep_goes_back(li: Seat, waiting: str, sit_down: SitDown) -> None:
    wang = sit_down("wang")
    li.claim(waiting)
    # Its timers stand still while its streams stay open, as in a sleeping computer.
    li.page.clock.install()
    li.page.reload()
    expect(li.mine).to_contain_text(waiting)
    li.page.clock.pause_at(datetime.now() + timedelta(hours=1))
    expect(wang.queue).to_contain_text(waiting, timeout=30_000)


def test_who_loses_a_ticket_keeps_the_words_and_cannot_answer(li: Seat, waiting: str, sit_down: SitDown) -> None:
    zhao = sit_down("zhao")
    li.claim(waiting)
    li.input(waiting).fill("还没发出去的话")
    zhao.button("总览").click()
    zhao.page.get_by_role("row").filter(has_text=waiting).get_by_role("button", name="收回队列").click()
    expect(li.talk(waiting).get_by_role("alert")).to_contain_text("还没发出去的话")
    expect(li.input(waiting)).to_have_count(0)
    expect(li.queue).to_contain_text(waiting)


def test_danger_while_a_human_answers_is_answered_and_alerts_the_desk(li: Seat, waiting: str, phone: Person) -> None:
    li.claim(waiting)
    expect(phone.page.locator(".human")).to_be_visible()
    phone.write("我爸刚才突然抽搐，叫不醒")
    expect(phone.page.locator(".emergency")).to_be_visible()
    expect(li.alarm).to_contain_text(waiting)
    expect(li.page).to_have_title("【急】后路 · 专家台")
    expect(li.said(waiting, "user").last).to_have_text("我爸刚才突然抽搐，叫不醒")
    expect(li.case.get_by_role("region", name="危险信号")).to_be_visible()
    assert li.barriers() == []
    li.picture("danger")
    li.button("马上看").click()
    expect(li.alarm).to_have_count(0)


def test_danger_in_the_queue_alerts_everybody_and_can_be_taken_at_once(li: Seat, waiting: str, phone: Person) -> None:
    phone.write("我爸刚才突然抽搐，叫不醒")
    expect(li.alarm).to_contain_text(waiting)
    li.button("接下来").click()
    expect(li.input(waiting)).to_be_visible()
    expect(li.alarm).to_have_count(0)


def test_what_a_colleague_had_not_sent_is_not_for_the_next_one(li: Seat, waiting: str, phone: Person) -> None:
    li.claim(waiting)
    _keep_draft(li, waiting, "李护士没发出去的话")
    li.page.context.clear_cookies()
    li.input(waiting).press("Enter")
    expect(li.page.get_by_text("登录已经过期")).to_be_visible()
    li.page.reload()
    li.log_in("wang", PASSWORD)
    li.page.wait_for_function("() => !JSON.stringify(sessionStorage).includes('李护士没发出去的话')")
    assert "李护士没发出去的话" not in [one["text"] for one in phone.history()]


def test_a_session_that_ended_keeps_what_was_written(li: Seat, waiting: str, door: Door) -> None:
    li.claim(waiting)
    _keep_draft(li, waiting, "正写着")
    li.page.context.clear_cookies()
    li.input(waiting).press("Enter")
    expect(li.page.get_by_text("登录已经过期")).to_be_visible()
    li.log_in("li", PASSWORD)
    expect(li.said(waiting, "expert").last).to_have_text("正写着")


def test_a_patient_who_erases_disappears_from_the_screen(li: Seat, waiting: str, phone: Person) -> None:
    li.claim(waiting)
    expect(li.said(waiting, "user").first).to_be_visible()
    phone.menu("删除我的记录")
    phone.page.get_by_role("dialog").get_by_role("button", name="全部删除").click()
    expect(li.page.get_by_text("患者删除了自己的记录")).to_be_visible()
    expect(li.said(waiting, "user")).to_have_count(0)


def _keep_draft(seat: Seat, ticket: str, text: str) -> None:
    with seat.page.expect_response(lambda answer: answer.url.endswith("/draft")):
        seat.input(ticket).fill(text)
