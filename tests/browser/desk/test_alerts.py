"""Who looks elsewhere hears and sees that somebody waits; who has gone is logged out."""

from __future__ import annotations

from datetime import timedelta

import sqlalchemy as sa
from playwright.sync_api import Page, expect

from houlu.conversations.store import utc_now
from houlu.people.tables import sessions
from tests.browser.desk.conftest import Door, Family, SitDown
from tests.browser.desk.seat import Seat

#: Notes which tones the browser is asked to play and which notifications to show; it does both all the same. Nobody can
#: answer a headless browser's question, so it has allowed notifications beforehand, which the page learns on asking.
_NOTING = """
  window.tones = [];
  window.shown = [];
  window.players = [];
  window.AudioContext = class extends AudioContext {
    constructor() {
      super();
      players.push(this);
    }
  };
  const start = OscillatorNode.prototype.start;
  OscillatorNode.prototype.start = function (...when) {
    tones.push(this.frequency.value);
    return start.apply(this, when);
  };
  const Real = window.Notification;
  let asked = false;
  window.Notification = class extends Real {
    constructor(title, options) {
      super(title, options);
      shown.push([title, options.body]);
    }
    static get permission() { return asked ? Real.permission : "default"; }
    static requestPermission() { asked = true; return Real.requestPermission(); }
  };
  let away = false;
  window.lookAway = (now) => { away = now; };
  Object.defineProperty(document, "hidden", { get: () => away });
  document.hasFocus = () => !away;
"""


def _noting(sit_down: SitDown, name: str) -> Seat:
    seat = sit_down(name, permissions=["notifications"])
    seat.page.add_init_script(_NOTING)
    seat.page.reload()
    expect(seat.queue).to_be_visible()
    return seat


def _shown(page: Page) -> list[list[str]]:
    return page.evaluate("() => shown")


def test_sound_and_notification_when_she_looks_elsewhere(sit_down: SitDown, family: Family) -> None:
    li = _noting(sit_down, "li")
    li.page.evaluate("() => lookAway(true)")
    first, ticket = family("您好")
    expect(li.queue).to_contain_text(ticket)
    assert _shown(li.page) == []  # not allowed yet
    li.button("打开桌面提醒").click()
    expect(li.button("打开桌面提醒")).to_have_count(0)
    li.page.wait_for_function("() => players.some((one) => one.state === 'running')")
    _, second = family("我姓张，住三楼")
    li.page.wait_for_function("() => shown.length > 0")
    assert {tuple(one) for one in _shown(li.page)} == {("有新的患者在等", "")}  # of both families, or once for both
    li.page.wait_for_function("() => tones.length > 0")

    li.claim(ticket)
    li.page.evaluate("() => { tones.length = 0; }")
    first.say("我妈的药是去年开始吃的，秘密的话")
    li.page.wait_for_function("() => shown.some(([title]) => title === '患者有新消息')")
    assert {title for title, _ in _shown(li.page)} == {"有新的患者在等", "患者有新消息"}  # no danger in it
    first.say("我爸刚才突然抽搐，叫不醒")
    li.page.wait_for_function("() => shown.some(([title]) => title.includes('危险信号'))")
    li.page.wait_for_function("() => tones.length >= 6")
    assert all(body in ("", ticket, second) for _, body in _shown(li.page))  # no patient's words

    li.page.get_by_role("button", name="提示音").click()
    li.page.evaluate("() => { tones.length = 0; lookAway(false); }")
    before = len(_shown(li.page))
    first.say("好的，谢谢您")
    expect(li.said(ticket, "user").last).to_have_text("好的，谢谢您")
    assert li.page.evaluate("() => tones") == []  # switched off
    assert len(_shown(li.page)) == before  # she looks at it


def test_a_page_that_nobody_touches_warns_and_logs_out(li: Seat, waiting: str, door: Door) -> None:
    li.claim(waiting)

    def last_used(minutes: float) -> None:
        then = utc_now() - timedelta(minutes=minutes)
        aged = sa.update(sessions).where(sessions.c.person == "li").values(used_at=then)
        door.state.database.write(lambda c: c.execute(aged))

    _left_alone(li)
    last_used(58.5)
    warning = li.page.get_by_text("很久没人操作了")
    expect(warning).to_be_visible()
    assert li.barriers() == []
    li.page.mouse.move(300, 300)
    expect(warning).to_have_count(0)
    _left_alone(li)
    assert li.page.request.get(f"{li.url}/api/desk/v1/session").status == 200
    last_used(61)
    expect(li.page.get_by_text("登录已经过期")).to_be_visible()
    expect(li.queue).to_have_count(0)


def _left_alone(seat: Seat) -> None:
    """The page has told the last touch, and since then none. The first such answer may be to a question before it."""
    for _ in range(2):
        with seat.page.expect_response(lambda answer: answer.request.post_data == '{"active":false}'):
            pass


def test_nothing_in_any_dialog_stands_in_the_way(li: Seat, waiting: str, sit_down: SitDown) -> None:
    sit_down("wang")
    li.claim(waiting)
    li.tab("备注").get_by_role("textbox").fill("家属很着急")
    li.button("记下").click()
    assert li.barriers() == []
    li.tab("常用语")
    expect(li.case.locator(".card").first).to_be_visible()
    assert li.barriers() == []
    for name in ("转同事", "退回", "结束"):
        li.button(name).click()
        expect(li.page.get_by_role("dialog")).to_be_visible()
        assert li.barriers() == [], name
        li.picture(f"dialog-{name}")
        li.page.keyboard.press("Escape")
    for name in ("修改密码", "下班退出"):
        li.page.get_by_text("李护士").click()
        li.button(name).click()
        expect(li.page.get_by_role("dialog")).to_be_visible()
        assert li.barriers() == [], name
        li.page.keyboard.press("Escape")
        li.page.get_by_text("李护士").click()
