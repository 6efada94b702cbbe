"""Nothing that was written is lost, doubled or reordered, whatever the network and the server do."""

from __future__ import annotations

import json

from playwright.sync_api import BrowserContext, Page, Route, expect

from tests.browser.conftest import NewContext
from tests.browser.person import Person
from tests.conftest import Whole
from tests.support.process import Served
from tests.support.server import served


def test_offline_words_wait_and_go_out_in_order(person: Person) -> None:
    context = person.page.context
    context.set_offline(True)
    person.write("第一句：我妈吃凯美纳10个月").write("第二句：最近CT说长大了").write("第三句：只有一处")
    expect(person.page.locator(".trouble")).to_contain_text("120")
    expect(person.unsent).to_have_count(3)
    context.set_offline(False)
    person.answered()
    assert [words[:3] for words in person.said()] == ["第一句", "第二句", "第三句"]
    expect(person.page.locator(".trouble")).to_have_count(0)


def test_unsent_words_survive_a_reload(person: Person, site: str) -> None:
    page = person.page
    page.route("**/messages", lambda route: route.abort() if route.request.method == "POST" else route.continue_())
    person.write("我爸吃易瑞沙一年了").write("CT大了")
    expect(person.unsent).to_have_count(2)
    person.input.fill("还没写完的半句")
    page.reload()
    expect(person.unsent).to_have_text(["我爸吃易瑞沙一年了", "CT大了"])
    expect(person.input).to_have_value("还没写完的半句")
    page.unroute("**/messages")
    expect(person.unsent).to_have_count(0, timeout=40_000)  # by itself, or by 再试一次
    person.answered()
    assert person.said() == ["我爸吃易瑞沙一年了", "CT大了"]


def test_an_answer_that_was_lost_on_the_way_is_not_asked_for_twice(person: Person) -> None:
    """The server got it, the phone did not hear back: the same id again, one message there."""
    lost: list[str] = []

    def swallow(route) -> None:  # type: ignore[no-untyped-def]
        if route.request.method == "POST" and not lost:
            lost.append(str(route.request.post_data))
            route.fetch()
            route.abort()
        else:
            route.continue_()

    person.page.route("**/messages", swallow)
    person.write("奥希替尼耐药了怎么办").answered()
    assert lost
    assert person.said() == ["奥希替尼耐药了怎么办"]
    expect(person.mine).to_have_text(["奥希替尼耐药了怎么办"])


def test_the_history_is_there_after_a_reload(person: Person) -> None:
    person.say("我妈吃凯美纳10个月，最近CT说长大了").tap("慢慢长，没症状")
    before = person.log.locator(".bubble").all_inner_texts()
    person.page.reload()
    expect(person.mine).to_have_count(2)
    expect(person.log.locator(".bubble")).to_have_text(before, use_inner_text=True)
    expect(person.choices.first).to_be_visible()
    person.tap("还没有重新查")


def test_two_tabs_agree(person: Person, site: str) -> None:
    other = Person(person.page.context.new_page(), site).arrive()
    expect(other.bot.first).to_be_visible()
    person.say("我妈吃凯美纳10个月，最近CT说长大了")
    expect(other.mine).to_have_text(["我妈吃凯美纳10个月，最近CT说长大了"])
    expect(other.bot).to_have_count(person.bot.count())
    other.tap("慢慢长，没症状")
    expect(person.mine.last).to_have_text("慢慢长，没症状")
    expect(person.button("脑子里有")).to_have_count(0)


def test_a_server_that_dies_in_mid_conversation(new_context: NewContext, mortal: Served, whole: Whole) -> None:
    """`houlu serve` is killed; another process, which shares nothing with it but the database, goes on."""
    person = Person(new_context().new_page(), mortal.ready().url).arrive().agree()
    person.say("我妈吃凯美纳10个月，最近CT说长大了")
    mortal.kill()
    person.write("只有一两处长大")
    expect(person.page.locator(".trouble")).to_be_visible()
    with served(whole.app(database_url=mortal.database_url), mortal.port):
        expect(person.unsent).to_have_count(0, timeout=40_000)
        person.answered()
        expect(person.bot.last).to_contain_text("重新查过基因")
        assert person.said() == ["我妈吃凯美纳10个月，最近CT说长大了", "只有一两处长大"]


def test_too_fast_is_told_kindly_and_sent_later(page: Page, strict_site: str) -> None:
    person = Person(page, strict_site).arrive().agree()
    for greeting in ("您好", "在吗", "谢谢"):
        person.say(greeting)
    person.write("为什么会耐药")
    expect(page.locator(".trouble")).to_contain_text("再发")
    expect(page.locator(".trouble").get_by_role("link", name="拨打120")).to_be_visible()
    expect(person.unsent).to_have_text(["为什么会耐药"])


def test_a_service_that_is_not_ready_is_told_kindly_and_asked_again(person: Person) -> None:
    """As while it starts, or while a proxy before it has nobody to ask."""
    # Each is answered until the page has shown it.
    answers = [json.dumps({"error": {"code": "unavailable", "message": "正在准备，请稍等。"}})]

    def not_ready(route: Route) -> None:
        if route.request.method == "POST" and answers:
            route.fulfill(status=503, headers={"Retry-After": "1"}, body=answers[0])
        else:
            route.continue_()

    person.page.route("**/messages", not_ready)
    person.write("您好")
    trouble = person.page.locator(".trouble")
    expect(trouble).to_contain_text("正在准备")
    expect(trouble.get_by_role("link", name="拨打120")).to_be_visible()
    answers[:] = ["<h1>Bad gateway</h1>"]
    expect(trouble).to_contain_text("系统暂时忙")
    answers.clear()
    person.answered()
    expect(trouble).to_have_count(0)
    assert person.said() == ["您好"]


def test_what_the_server_will_never_take_can_be_rewritten(person: Person) -> None:
    """The page itself counts to 1,000; an older one may not."""
    person.page.route("**/messages", lambda route: route.continue_(
        post_data=route.request.post_data.replace("很长", "长" * 1001)) if route.request.method == "POST"
        else route.continue_())
    person.write("很长的话")
    expect(person.page.locator(".refused")).to_contain_text("1000")
    person.button("改一改再发").click()
    expect(person.input).to_have_value("很长的话")
    expect(person.unsent).to_have_count(0)


def test_days_later_the_conversation_goes_on(person: Person, site: str) -> None:
    person.say("我妈吃凯美纳10个月，最近CT说长大了")
    state = person.page.context.storage_state()
    context: BrowserContext | None = person.page.context.browser and person.page.context.browser.new_context(
        storage_state=state)
    assert context
    later = Person(context.new_page(), site).arrive()
    expect(later.mine).to_have_text(["我妈吃凯美纳10个月，最近CT说长大了"])
    later.tap("慢慢长，没症状")
    expect(later.page.locator(".log")).to_contain_text("以上是之前的聊天")
    context.close()


def test_a_conversation_that_expired_begins_anew(person: Person, site: str) -> None:
    who = person.identity()
    page = person.page
    page.request.delete(
        f"{site}/api/v1/conversations/{who['id']}", headers={"Authorization": f"Bearer {who['token']}"})
    page.reload()
    expect(page.locator(".news")).to_contain_text("重新开始")
    person.agree().say("您好")
