"""A photo for the expert: chosen on the phone, made smaller where needed, seen again, refused kindly."""

from __future__ import annotations

import io

from PIL import Image
from playwright.sync_api import Locator, expect

from tests.browser.axe import violations
from tests.browser.person import Person

SHOWN = ".said.user:not(.unsent) .thumbnail img"
WIDTH_OF_REPORT = 2000


def _photo(width: int = 60, height: int = 40, form: str = "JPEG") -> bytes:
    out = io.BytesIO()
    Image.new("RGB", (width, height), (200, 30, 30)).save(out, form)
    return out.getvalue()


def _choose(person: Person, content: bytes, kind: str = "image/jpeg") -> None:
    button = person.page.get_by_label("发照片给专家")
    button.set_input_files({"name": "baogao.jpg", "mimeType": kind, "buffer": content})


def _expect_width(image: Locator, width: int) -> None:
    expect(image).to_be_visible()
    expect(image).to_have_js_property("naturalWidth", width)


def test_a_photo_survives_a_bad_network_and_a_reload(person: Person) -> None:
    page = person.page
    page.route("**/pictures?*", lambda route: route.abort())
    _choose(person, _photo())
    failed = page.locator(".unsent .refused")
    expect(failed).to_contain_text("没发出去")
    assert violations(page) == []
    page.unroute("**/pictures?*")
    failed.get_by_role("button", name="再试一次").click()
    person.answered()
    expect(person.bot.last).to_contain_text("不看报告")
    assert [one["custom"]["picture"]["width"] for one in person.history() if one["from"] == "user"] == [60]
    page.reload()
    _expect_width(page.locator(SHOWN), 60)
    page.locator(".said.user .thumbnail").click()
    _expect_width(page.get_by_role("dialog").get_by_role("img", name="我发的照片"), 60)
    assert violations(page) == []


def test_what_is_too_large_is_made_smaller_and_what_is_no_photo_refused(person: Person) -> None:
    _choose(person, b"<script>alert(1)</script>")
    expect(person.page.locator(".unsent .refused")).to_contain_text("打不开")
    person.button("不发了").click()
    expect(person.page.locator(".unsent")).to_have_count(0)
    large = io.BytesIO()
    Image.new("RGB", (2400, 1200)).save(large, "PNG", compress_level=0)
    assert len(large.getvalue()) > 8 * 1024 * 1024
    _choose(person, large.getvalue(), "image/png")
    _expect_width(person.page.locator(SHOWN), WIDTH_OF_REPORT)
    person.answered()
    kept = [one["custom"]["picture"] for one in person.history() if one["from"] == "user"]
    assert [(one["width"], one["height"]) for one in kept] == [(WIDTH_OF_REPORT, WIDTH_OF_REPORT // 2)]
