"""A picture from the question to the phone: the whole service."""

from __future__ import annotations

import httpx
import pytest

from tests.support.patient import Patient


@pytest.mark.parametrize(
    ("asked", "picture"),
    [
        ("耐药有哪几种原因", "mechanisms"),
        ("抽血查基因准不准，还是要穿刺取组织", "tissue-or-blood"),
        ("血里没查到突变，是不是就没有了", "tissue-or-blood"),
        ("进展分几种", "progression-patterns"),
    ],
)
def test_a_question_brings_its_picture(service: httpx.Client, family: Patient, asked: str, picture: str) -> None:
    reply = family.say(asked)["replies"][0]
    assert reply["custom"]["kind"] == "answer"
    assert reply["image"] == f"/media/{picture}.svg"
    assert len(reply["custom"]["image_alt"]) > 40
    assert service.get(reply["image"]).headers["content-type"].startswith("image/svg+xml")
    longer = next(choice for choice in reply["choices"] if choice["title"] == "想多了解一点")
    told = family.choose(longer["id"])["replies"][0]
    assert told["image"] is None
