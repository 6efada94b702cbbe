"""A human joins the same chat."""

from __future__ import annotations

from playwright.sync_api import expect

from houlu.desk.desk import Desk
from tests.browser.axe import violations
from tests.browser.person import Person


def _ask(person: Person) -> str:
    person.button("向专家提问").last.click()
    person.page.get_by_role("dialog").get_by_role("button", name="转给专家").click()
    person.answered()
    return person.ticket()


def test_an_expert_answers_and_the_bot_comes_back(person: Person, desk: Desk) -> None:
    person.say("放疗的时候药还吃不吃")
    number = _ask(person)
    expect(person.page.locator(".wait")).to_be_visible()
    desk.claim(number, "李护士")
    expect(person.page.locator(".human")).to_be_visible()
    expect(person.page.get_by_role("banner")).to_contain_text("专家正在为您回答")
    desk.answer(number, "李护士", "您好，我是李护士。\n放疗期间怎么吃药，请周四上午来问放疗科。")
    expect(person.page.locator(".said.expert .bubble")).to_contain_text("周四上午")
    bots = person.bot.count()
    person.write("好的谢谢")
    expect(person.mine.last).to_have_text("好的谢谢")
    expect(person.bot).to_have_count(bots)
    desk.close(number, "李护士", "answered")
    expect(person.page.locator(".human")).to_have_count(0)
    person.say("为什么会耐药")
    expect(person.bot).not_to_have_count(bots)


def test_waiting_can_be_given_up(person: Person) -> None:
    _ask(person)
    person.button("不等了").click()
    person.answered()
    expect(person.page.locator(".wait")).to_have_count(0)


def test_a_number_to_call_is_noted_and_taken_back(person: Person) -> None:
    _ask(person)
    person.button("请专家回电").click()
    form = person.page.get_by_role("dialog", name="请专家打电话给您")
    number = form.get_by_label("电话号码")
    number.fill("12")
    form.get_by_role("button", name="请打给我").click()
    expect(form.get_by_role("alert")).to_contain_text("号码好像不对")
    assert violations(person.page) == []
    number.fill("138 1234 5678")
    form.get_by_role("button", name="请打给我").click()
    expect(form.get_by_role("status")).to_contain_text("号码记下了")
    person.page.reload()
    expect(person.log).to_contain_text("已经记下您的电话")
    person.button("请专家回电").click()
    with person.page.expect_response(lambda answer: answer.url.endswith("/callback")) as told:
        form.get_by_role("button", name="不用打了，删掉号码").click()
    assert told.value.status == 204
    expect(form).to_have_count(0)
    person.button("请专家回电").click()
    expect(number).to_be_visible()


def test_how_helpful_the_expert_was_is_told_by_a_tap(person: Person, desk: Desk) -> None:
    number = _ask(person)
    desk.answer(number, "李护士", "您好。")
    desk.close(number, "李护士", "answered")
    person.tap("5 很有帮助")
    expect(person.mine.last).to_have_text("5 很有帮助")
    expect(person.button("5 很有帮助")).to_have_count(0)
    assert desk.show(number, "@test").ticket.rating == 5


def test_an_answer_given_while_the_phone_was_off_is_there_on_coming_back(person: Person, desk: Desk, site: str) -> None:
    number = _ask(person)
    person.page.goto("about:blank")
    desk.answer(number, "王医生", "片子我看过记录了，请带原片来。")
    person.arrive()
    expect(person.page.locator(".said.expert .bubble")).to_contain_text("请带原片来")


def test_who_reads_further_up_is_told_and_not_moved(person: Person, desk: Desk) -> None:
    person.say("我爸肺腺癌19缺失，易瑞沙吃了11个月，CT大了，抽血查出T790M")
    number = _ask(person)
    # The page hears of scrolling with the next frame.
    person.log.evaluate("""(log) => new Promise((done) => {
        log.scrollTop = 0
        requestAnimationFrame(() => requestAnimationFrame(done))
    })""")
    desk.answer(number, "王医生", "您好。")
    button = person.button("有新消息")
    expect(button).to_be_visible()
    assert person.log.evaluate("(log) => log.scrollTop") == 0
    button.click()
    expect(person.page.locator(".said.expert .bubble")).to_be_in_viewport()
