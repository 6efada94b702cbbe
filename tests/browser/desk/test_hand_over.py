"""From the bot to a nurse and back, with a phone and a desktop at once."""

from __future__ import annotations

from playwright.sync_api import expect

from tests.browser.desk.conftest import SitDown
from tests.browser.desk.seat import Seat
from tests.browser.person import Person


def test_the_whole_way_there_and_back(li: Seat, phone: Person) -> None:
    phone.say("我爸肺腺癌19缺失，易瑞沙吃了11个月，CT大了，抽血查出T790M")
    phone.button("向专家提问").last.click()
    phone.page.get_by_role("dialog").get_by_role("button", name="转给专家").click()
    phone.answered()
    ticket = phone.ticket()
    expect(li.queue).to_contain_text(ticket)
    expect(li.queue).to_contain_text("要找人问")

    li.claim(ticket)
    expect(phone.page.locator(".human")).to_be_visible()
    expect(li.case.locator(".summary")).to_contain_text("19")
    expect(li.said(ticket, "user").first).to_contain_text("易瑞沙吃了11个月")

    li.say(ticket, "您好，我是李护士。")
    expect(phone.page.locator(".said.expert .bubble").last).to_contain_text("我是李护士")
    phone.write("护士您好，我姓张")
    expect(li.said(ticket, "user").last).to_have_text("护士您好，我姓张")
    bots = phone.bot.count()

    li.answer("结束", "结束")
    expect(phone.page.locator(".human")).to_have_count(0)
    expect(phone.page.get_by_role("button", name="5 很有帮助")).to_be_visible()
    expect(li.mine).not_to_contain_text(ticket)
    phone.say("为什么会耐药")
    expect(phone.bot).not_to_have_count(bots)


def test_one_click_sends_a_row_of_the_table_with_its_sources(li: Seat, phone: Person, sit_down: SitDown) -> None:
    phone.say("我爸肺腺癌19缺失，易瑞沙吃了11个月，CT大了，抽血查出T790M")
    phone.button("向专家提问").last.click()
    phone.page.get_by_role("dialog").get_by_role("button", name="转给专家").click()
    phone.answered()
    ticket = phone.ticket()
    li.claim(ticket)
    row = li.tab("建议").locator(".card").first
    regimen = row.get_by_role("heading").inner_text()
    row.get_by_role("button", name="发送").click()
    sent = li.said(ticket, "expert").last
    expect(sent).to_contain_text(regimen)
    expect(sent.get_by_role("list", name="出处")).to_be_visible()
    expect(phone.page.locator(".said.expert").last).to_contain_text(regimen)


def test_canned_answers_by_the_initials_of_their_pinyin(li: Seat, waiting: str, phone: Person) -> None:
    li.claim(waiting)
    li.input(waiting).press_sequentially("/nhwzk")
    expect(li.page.locator(".slash li").first).to_contain_text("您好，我在看")
    li.input(waiting).press("Enter")
    expect(li.input(waiting)).to_have_value("您好，我是值班的专家，正在看您前面写的情况，请稍等一两分钟。")
    li.input(waiting).press("Enter")
    expect(phone.page.locator(".said.expert .bubble").last).to_contain_text("正在看您前面写的情况")


def test_both_see_the_other_write(li: Seat, waiting: str, phone: Person) -> None:
    li.claim(waiting)
    expect(phone.page.locator(".human")).to_be_visible()
    li.input(waiting).press_sequentially("您好，")
    expect(phone.page.locator(".expert.typing")).to_be_visible()
    li.input(waiting).fill("")
    phone.input.press_sequentially("护士")
    expect(li.talk(waiting).get_by_text("患者正在输入")).to_be_visible()
    expect(li.talk(waiting).get_by_text("患者正在输入")).to_have_count(0)


def test_a_colleague_takes_over_with_notes_and_draft(li: Seat, waiting: str, phone: Person, sit_down: SitDown) -> None:
    wang = sit_down("wang")
    li.claim(waiting)
    li.tab("备注").get_by_role("textbox").fill("家属很着急，请先安慰")
    li.button("记下").click()
    expect(li.case).to_contain_text("家属很着急，请先安慰")
    with li.page.expect_response(lambda answer: answer.url.endswith("/draft")):
        li.input(waiting).fill("写了一半的话")
    li.button("转同事").click()
    li.page.get_by_role("dialog").get_by_role("radio", name="王医生").check()
    li.page.get_by_role("dialog").get_by_role("button", name="转过去").click()
    expect(li.talk(waiting)).to_have_count(0)

    wang.mine.get_by_text(waiting).click()
    expect(wang.input(waiting)).to_have_value("写了一半的话")
    expect(wang.tab("备注")).to_contain_text("家属很着急，请先安慰")
    expect(phone.log).to_contain_text("换了一位专家")
    expect(phone.log).not_to_contain_text("请先安慰")


def test_back_to_the_queue(li: Seat, waiting: str, phone: Person) -> None:
    li.claim(waiting)
    li.answer("退回", "退回队列")
    expect(li.queue).to_contain_text(waiting)
    expect(phone.page.locator(".human")).to_have_count(0)
    expect(phone.page.locator(".wait")).to_be_visible()
