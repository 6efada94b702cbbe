"""A patient's picture: only pixels are kept, only the holder sees it, hostile files are refused."""

from __future__ import annotations

import io
import struct
import zlib

import httpx
import pytest
from PIL import Image

from tests.desk.conftest import ask
from tests.support.databases import finder
from tests.support.expert import API, Expert
from tests.support.patient import Patient

MARK = b"GPS-31.2304-121.4737"


def photo(form: str = "JPEG", size: tuple[int, int] = (60, 30)) -> bytes:
    """A picture whose metadata tells where it was taken."""
    image, out = Image.new("RGB", size, (200, 30, 30)), io.BytesIO()
    exif = Image.Exif()
    exif[0x010E], exif[0x0112] = MARK.decode(), 6  # description; lying on its side
    image.save(out, form, exif=exif)
    return out.getvalue()


def send(patient: Patient, content: bytes, client_id: str = "p1") -> httpx.Response:
    return patient.http.post(
        f"{patient.url}/pictures", params={"id": client_id}, content=content,
        headers={**patient.headers, "Content-Type": "image/jpeg"})


@pytest.mark.parametrize("form", ["JPEG", "PNG", "WEBP"])
def test_only_the_pixels_are_kept_and_upright(patient: Patient, form: str) -> None:
    assert MARK in photo(form)
    answer = send(patient, photo(form) + MARK)
    assert answer.status_code == 200, answer.text
    shown = patient.read(answer.json()["seq"] - 1)["messages"][0]
    assert (shown["from"], shown["text"], shown["id"]) == ("user", "[图片]", "p1")
    picture = patient.http.get(shown["image"], headers=patient.headers)
    assert picture.headers["content-type"] == "image/jpeg"
    assert picture.headers["cache-control"] == "no-store"
    assert picture.headers["x-content-type-options"] == "nosniff"
    kept = Image.open(io.BytesIO(picture.content))
    assert (kept.format, kept.size) == ("JPEG", (30, 60))
    assert (shown["custom"]["picture"]["width"], shown["custom"]["picture"]["height"]) == (30, 60)
    assert MARK not in picture.content
    assert not kept.getexif()


def test_the_bot_does_not_read_it_and_offers_the_expert(patient: Patient, li: Expert) -> None:
    reply = send(patient, photo()).json()["replies"][0]
    assert (reply["custom"]["kind"], reply["custom"]["topic"]) == ("refusal", "read_report")
    assert "不看报告" in reply["text"]
    ticket = patient.choose(reply["choices"][0]["id"])["replies"][0]["custom"]["ticket"]
    assert next(one for one in li.get("queue")["waiting"] if one["ticket"] == ticket)["reason"] == "picture"


def test_the_holder_sees_it_and_nobody_else(patient: Patient, li: Expert, wang: Expert, http: httpx.Client) -> None:
    send(patient, photo())
    ticket = ask(patient)
    image = next(one["image"] for one in li.claim(ticket)["messages"] if one["image"])
    assert image.startswith(f"{API}/tickets/{ticket}/pictures/")
    assert li.http.get(image).content[:2] == b"\xff\xd8"
    assert wang.http.get(image).status_code == 403
    assert http.get(image).status_code == 401
    own = next(one["image"] for one in patient.read()["messages"] if one["image"])
    assert http.get(own).status_code == 401
    assert http.get(own, headers=Patient(http).headers).status_code == 403
    other = Patient(http)
    assert http.get(own.replace(patient.id, other.id), headers=other.headers).status_code == 404
    li.post(f"tickets/{ticket}/return")
    assert li.http.get(image).status_code == 403


def test_while_a_human_owns_the_bot_says_nothing(patient: Patient, li: Expert) -> None:
    ticket = ask(patient)
    li.claim(ticket)
    answer = send(patient, photo()).json()
    assert (answer["owner"], answer["replies"]) == ("human", [])
    assert li.get(f"tickets/{ticket}")["messages"][-1]["image"]


def test_the_same_id_is_kept_once(patient: Patient) -> None:
    first = send(patient, photo())
    assert send(patient, photo()).json() == first.json()
    assert send(patient, photo(size=(61, 31))).status_code == 409
    assert len([one for one in patient.read()["messages"] if one["image"]]) == 1


def bomb() -> bytes:
    """A small PNG that says it has 400 million pixels."""
    header = struct.pack(">IIBBBBB", 20000, 20000, 8, 2, 0, 0, 0)
    rows = zlib.compress(b"\x00" * 1000)

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", rows) + chunk(b"IEND", b"")


def gif() -> bytes:
    out = io.BytesIO()
    Image.new("RGB", (5, 5)).save(out, "GIF")
    return out.getvalue()


@pytest.mark.parametrize("content", [
    b"", b"not a picture", b"<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>", b"%PDF-1.7",
    b"\xff\xd8\xff\xe0" + b"\x00" * 500, photo()[:200], bomb(), gif(), b"MZ" + b"\x00" * 100,
], ids=["nothing", "text", "svg", "pdf", "broken", "cut off", "bomb", "gif", "program"])
def test_a_hostile_file_is_refused_and_not_kept(patient: Patient, content: bytes) -> None:
    answer = send(patient, content)
    assert (answer.status_code, answer.json()["error"]["code"]) == (422, "bad_picture")
    assert "120" in answer.json()["error"]["message"]
    assert not any(one["image"] for one in patient.read()["messages"])


def test_too_large_is_413_and_too_many_are_refused(patient: Patient) -> None:
    assert send(patient, b"x" * (8 * 1024 * 1024 + 1)).status_code == 413
    for number in range(20):
        assert send(patient, photo(size=(4, 4)), f"p{number}").status_code == 200
    assert send(patient, photo(size=(4, 4)), "p20").status_code == 422


def test_without_consent_nothing_is_kept(stranger: Patient) -> None:
    answer = send(stranger, photo())
    assert answer.json()["replies"][0]["custom"]["topic"] == "consent"
    assert not any(one["image"] for one in stranger.read()["messages"])


def test_it_goes_with_the_erasure(patient: Patient, settings) -> None:  # type: ignore[no-untyped-def]
    send(patient, photo())
    url = next(one["image"] for one in patient.read()["messages"] if one["image"])
    patient.consent(False)
    assert patient.http.get(url, headers=patient.headers).status_code == 404
    assert not finder(settings.database_url)(url.rsplit("/", 1)[1])
