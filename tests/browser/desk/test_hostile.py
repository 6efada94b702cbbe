"""Nothing that a patient sends ever runs at the desk."""

from __future__ import annotations

import io
import uuid
from collections.abc import Callable

import pytest
from PIL import Image
from playwright.sync_api import expect

from tests.browser.desk.seat import Seat
from tests.browser.person import Person
from tests.support.patient import Patient

Family = Callable[..., tuple[Patient, str]]
_HOSTILE = [
    "<img src=x onerror='window.hit=1'>找专家", "<script>window.hit=1</script>", "\"><svg onload=window.hit=1>",
    "[看](javascript:window.hit=1)", "{{constructor.constructor('window.hit=1')()}}",
    "</textarea><iframe srcdoc='<script>parent.hit=1</script>'>",
]


def _photo() -> bytes:
    made = io.BytesIO()
    exif = Image.Exif()
    exif[0x010F] = "SECRETPHONE"
    Image.new("RGB", (800, 600), "#b0c4de").save(made, "JPEG", exif=exif)
    return made.getvalue()


def _send(patient: Patient, content: bytes, kind: str) -> int:
    return patient.http.post(
        f"{patient.url}/pictures", params={"id": uuid.uuid4().hex}, content=content,
        headers={**patient.headers, "Content-Type": kind}).status_code


def test_markup_is_words(li: Seat, waiting: str, phone: Person) -> None:
    li.claim(waiting)
    for words in _HOSTILE:
        phone.write(words)
        expect(li.said(waiting, "user").last).to_have_text(words)
    li.tab("备注").get_by_role("textbox").fill(_HOSTILE[0])
    li.button("记下").click()
    expect(li.case.locator(".notes")).to_contain_text(_HOSTILE[0])
    li.say(waiting, _HOSTILE[1])
    expect(phone.page.locator(".said.expert .bubble").last).to_have_text(_HOSTILE[1])
    assert li.page.evaluate("() => window.hit") is None
    assert phone.page.evaluate("() => window.hit") is None


def test_a_photo_from_the_phone_reaches_the_desk_and_a_disguised_file_does_not(
    li: Seat, waiting: str, phone: Person
) -> None:
    li.claim(waiting)
    choose = phone.page.get_by_label("发照片给专家")
    choose.set_input_files({"name": "baogao.jpg", "mimeType": "image/jpeg", "buffer": b"<script>window.hit=1</script>"})
    expect(phone.page.locator(".unsent .refused")).to_contain_text("打不开")
    phone.button("不发了").click()
    choose.set_input_files({"name": "baogao.jpg", "mimeType": "image/jpeg", "buffer": _photo()})
    photos = li.talk(waiting).get_by_role("img", name="患者发来的照片")
    expect(photos).to_have_count(1)
    expect(photos).not_to_have_js_property("naturalWidth", 0)


def test_a_picture_is_seen_large_by_its_expert_alone(li: Seat, family: Family) -> None:
    patient, ticket = family("您好")
    li.claim(ticket)
    assert _send(patient, _photo(), "image/jpeg") == 200
    photo = li.talk(ticket).get_by_role("img", name="患者发来的照片")
    expect(photo).to_be_visible()
    expect(photo).to_have_js_property("naturalWidth", 800)
    address = photo.get_attribute("src") or ""
    photo.click()
    expect(li.page.get_by_role("dialog", name="患者发来的照片")).to_be_visible()
    li.picture("photo")
    served = li.page.request.get(f"{li.url}{address}")
    assert b"SECRETPHONE" not in served.body()
    assert patient.http.get(address).status_code == 401


@pytest.mark.parametrize(("content", "kind"), [
    (b"<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>", "image/svg+xml"),
    (b"<html><script>alert(1)</script></html>", "image/jpeg"),
    (b"\xff\xd8\xff\xe0<?php system($_GET[0]); ?>", "image/jpeg"),
])
def test_a_hostile_file_is_refused(li: Seat, family: Family, content: bytes, kind: str) -> None:
    patient, ticket = family("您好")
    li.claim(ticket)
    assert _send(patient, content, kind) == 422
    expect(li.said(ticket, "user").last).to_have_text("找专家")
    expect(li.talk(ticket).get_by_role("img", name="患者发来的照片")).to_have_count(0)
