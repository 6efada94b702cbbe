"""The page: safe whatever is stored, printable, readable on a phone."""

from __future__ import annotations

import base64
import hashlib
import re
from dataclasses import replace

from houlu.knowledge.table import Knowledge
from houlu.understanding.profile import Profile
from houlu.visit import page
from houlu.visit.sheet import Fact, Lines, Option, Sheet, Source, sheet_of
from houlu.visit.wording import Words
from tests.visit.conftest import TODAY

EVIL = "<script>alert(1)</script>\"' onload=x"


def rendered(sheet: Sheet, words: Words) -> str:
    return page.html_of(sheet, words, "/visit/x.pdf", TODAY)


def test_everything_of_the_sheet_is_on_it(knowledge: Knowledge, words: Words) -> None:
    profile = Profile(driver="egfr", drugs=("gefitinib",), findings=("met_amp",), rebiopsy="tissue")
    sheet = sheet_of(profile, knowledge, TODAY)
    html = rendered(sheet, words)
    for text in (words("label"), "2026年11月22日", *sheet.bring.lines, *(option.regimen for option in sheet.options)):
        assert text in html
    assert "吉非替尼" in html
    assert all(source.url in html for source in sheet.sources if source.url)


def test_no_stored_text_becomes_markup(knowledge: Knowledge, words: Words) -> None:
    plain = sheet_of(Profile(), knowledge, TODAY)
    lines = Lines((EVIL,), (1,))
    evil = Sheet(
        TODAY, (Fact(EVIL, EVIL, False),), lines, lines, lines, (Option(*[EVIL] * 6, cited=(1,)),), lines, 1, lines,
        lines,
        (Source(1, EVIL, "javascript:alert(1)"), Source(2, EVIL, f"https://a.b/{EVIL}")), True, EVIL)
    html = rendered(evil, words)
    assert "<script" not in html
    assert "javascript:" not in html
    assert 'onload=x"' not in html.replace("&#34;", '"').split("<style>")[0]
    assert len(re.findall("<a ", html)) == len(re.findall("<a ", rendered(replace(plain, sources=()), words))) + 1


def test_the_policy_allows_its_own_style_and_nothing_else(knowledge: Knowledge, words: Words) -> None:
    html = rendered(sheet_of(Profile(), knowledge, TODAY), words)
    style = re.findall(r"<style>(.*?)</style>", html, re.DOTALL)
    digest = base64.b64encode(hashlib.sha256(style[0].encode()).digest()).decode()
    assert len(style) == 1
    assert f"style-src 'sha256-{digest}'" in page.policy()
    assert "default-src 'none'" in page.policy()
    for outside in ("<script", "<img", "<iframe", "style=", "@import", "url(", "src="):
        assert outside not in html


def test_nothing_is_wider_than_a_phone() -> None:
    css = page.css()
    assert "overflow-wrap: anywhere" in css
    assert "box-sizing: border-box" in css
    screen = css.split("@page")[0]
    assert not re.findall(r"(?<!max-)(?:min-)?width:\s*\d+(?:px|rem|mm|cm)", screen)
    assert "nowrap" not in screen
    assert "<table" not in (page._FOLDER / "sheet.html").read_text(encoding="utf-8")


def test_it_prints_on_a4() -> None:
    css = page.css()
    assert "@page { size: A4;" in css
    assert ".screen { display: none; }" in css.split("@media print")[1]


def test_the_template_has_no_words_of_its_own() -> None:
    for template in page._FOLDER.glob("*.html"):
        assert not re.search(r"[\u4e00-\u9fff]", template.read_text(encoding="utf-8")), template
