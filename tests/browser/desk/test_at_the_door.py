"""Who comes in, and what becomes of a first password."""

from __future__ import annotations

from io import BytesIO

import pyotp
import zxingcpp
from PIL import Image
from playwright.sync_api import expect

from tests.browser.conftest import NewContext
from tests.browser.desk.conftest import DESKTOP, Door, SitDown
from tests.browser.desk.seat import Seat
from tests.support.expert import PASSWORD, Expert


def _read(screenshot: bytes) -> str:
    """What a phone reads in it."""
    return str(zxingcpp.read_barcodes(Image.open(BytesIO(screenshot)))[0].text)


def _seat(door: Door, new_context: NewContext) -> Seat:
    return Seat(new_context(**DESKTOP).new_page(), door.url).arrive()


def test_a_wrong_password_says_so_and_shows_nothing(door: Door, new_context: NewContext) -> None:
    seat = _seat(door, new_context)
    expect(seat.page.get_by_role("heading", name="登录专家台")).to_be_visible()
    assert seat.barriers() == []
    seat.page.get_by_label("账号", exact=True).fill("li")
    seat.page.get_by_label("密码", exact=True).fill("wrong-password")
    seat.button("登录").click()
    expect(seat.page.get_by_role("alert")).to_contain_text("不对")
    expect(seat.queue).to_have_count(0)
    seat.picture("door")


def test_from_a_first_password_to_one_time_codes(door: Door, new_context: NewContext, sit_down: SitDown) -> None:
    admin = sit_down("root")
    admin.page.get_by_label("账号名").fill("chen")
    admin.page.get_by_label("称呼，如李护士").fill("陈护士")
    admin.button("新建账号").click()
    first = admin.page.get_by_role("dialog").locator(".secret").inner_text()
    admin.page.keyboard.press("Escape")
    expect(admin.page.get_by_role("row").filter(has_text="陈护士")).to_contain_text("等改初始密码")
    admin.button("刷新").click()
    log = admin.page.get_by_role("region", name="操作日志")
    expect(log.get_by_role("row").filter(has_text="chen：专家")).to_contain_text("新建账号")
    expect(log).not_to_contain_text("added_person")
    assert admin.barriers() == []
    admin.picture("people")

    chen = _seat(door, new_context)
    chen.page.get_by_label("账号", exact=True).fill("chen")
    chen.page.get_by_label("密码", exact=True).fill(first)
    chen.button("登录").click()
    chen.page.get_by_label("现在的密码").fill(first)
    chen.page.get_by_label("新密码", exact=True).fill("another-good-one-9")
    chen.page.get_by_label("再输一遍新密码").fill("another-good-one-9")
    assert chen.barriers() == []
    chen.button("改好了").click()
    expect(chen.queue).to_be_visible()

    admin.page.get_by_role("row").filter(has_text="陈护士").get_by_role("button", name="设验证码").click()
    secret = admin.page.get_by_role("dialog").locator(".secret").first.inner_text()
    code = admin.page.get_by_role("dialog").get_by_role("img", name="验证码的二维码")
    assert _read(code.screenshot()).startswith(f"otpauth://totp/Houlu:chen?secret={secret}")
    assert admin.barriers() == []
    admin.picture("code")
    expect(chen.page.get_by_text("登录已经过期")).to_be_visible(timeout=20_000)
    chen.page.get_by_label("密码", exact=True).fill("another-good-one-9")
    chen.button("登录").click()
    expect(chen.page.get_by_label("手机上的六位验证码")).to_be_visible()
    assert chen.barriers() == []
    chen.log_in("chen", "another-good-one-9", pyotp.TOTP(secret).now())
    expect(chen.queue).to_be_visible()


def test_going_home_gives_the_tickets_back(li: Seat, waiting: str, door: Door) -> None:
    li.claim(waiting)
    expect(li.mine).to_contain_text(waiting)
    li.page.get_by_text("李护士").click()
    li.answer("下班退出", "下班退出")
    expect(li.page.get_by_role("heading", name="登录专家台")).to_be_visible()
    assert waiting in Expert(door.url, "wang", PASSWORD).waiting()
