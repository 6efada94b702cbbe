"""The PDF, read back."""

from __future__ import annotations

import io
import subprocess
import sys

import pytest
from pypdf import PdfReader

from houlu.knowledge.table import Knowledge
from houlu.understanding.profile import Profile
from houlu.visit.breaks import lines_of
from houlu.visit.pdf import pdf_of
from houlu.visit.sheet import sheet_of
from houlu.visit.wording import Words
from tests.visit.conftest import TODAY

CASES = {
    "nothing said": Profile(),
    "another cancer": Profile(cancer="breast"),
    "T790M": Profile(driver="egfr_l858r", drugs=("gefitinib",), findings=("t790m",), rebiopsy="tissue", pattern="slow"),
    "ALK": Profile(driver="alk", drugs=("crizotinib", "alectinib"), progression="doctor_confirmed"),
    "everything": Profile(
        cancer="nsclc", histology="adenocarcinoma", driver="egfr", drugs=("gefitinib", "osimertinib"), months_on_drug=8,
        progression="marker_only", pattern="leptomeningeal", rebiopsy="tissue", pd_l1=60,
        findings=("c797s", "met_amp", "her2_amp"), negative=("t790m",)),
}


@pytest.mark.parametrize("profile", CASES.values(), ids=CASES.keys())
def test_it_reads_back_on_at_most_two_a4_pages(knowledge: Knowledge, words: Words, profile: Profile) -> None:
    sheet = sheet_of(profile, knowledge, TODAY)
    pdf = PdfReader(io.BytesIO(pdf_of(sheet, words, lambda: str(knowledge.strategies))))
    assert 1 <= len(pdf.pages) <= 2
    assert {tuple(round(float(side)) for side in page.mediabox[2:]) for page in pdf.pages} == {(595, 842)}
    text = "".join(page.extract_text() for page in pdf.pages).replace("\n", "").replace(" ", "")
    wanted = [words("title"), words("label"), "2026年11月22日", words("danger.heading"), *sheet.bring.lines,
              *sheet.particular.lines, *sheet.general.lines, *sheet.danger.lines, *sheet.cautions.lines]
    wanted += [part for option in sheet.options for part in (option.regimen, option.summary, option.approval)]
    wanted += [fact.said for fact in sheet.told] + [source.title for source in sheet.sources]
    for words_wanted in wanted:
        assert words_wanted.replace(" ", "") in text, words_wanted


def test_the_font_is_embedded_as_a_subset(knowledge: Knowledge, words: Words) -> None:
    content = pdf_of(sheet_of(Profile(), knowledge, TODAY), words)
    fonts = [font.get_object() for page in PdfReader(io.BytesIO(content)).pages
             for font in page["/Resources"]["/Font"].values()]  # type: ignore[index]
    assert fonts
    for font in fonts:
        below = font["/DescendantFonts"][0].get_object()
        assert "+" in str(font["/BaseFont"])
        assert "/FontFile2" in below["/FontDescriptor"].get_object()
    assert len(content) < 400_000


def test_a_new_character_is_cut_in(knowledge: Knowledge, words: Words) -> None:
    class Rare(Words):
        def __call__(self, key: str, **values: object) -> str:
            return "龘" if key == "title" else super().__call__(key, **values)

    content = pdf_of(sheet_of(Profile(), knowledge, TODAY), Rare(knowledge.phrases))
    assert "龘" in PdfReader(io.BytesIO(content)).pages[0].extract_text()


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        ("一二三四五六", ["一二三四", "五六"]),
        ("一二三四，五", ["一二三", "四，五"]),
        ("一二三（四五", ["一二三", "（四五"]),
        ("一二T790M三", ["一二", "T790", "M三"]),
        ("甲\n乙", ["甲", "乙"]),
        ("", [""]),
    ],
)
def test_lines_break_where_chinese_lines_may(text: str, lines: list[str]) -> None:
    assert lines_of(text, 4, len) == lines


def test_the_library_is_not_loaded_at_the_start() -> None:
    modules = ("fpdf", "fontTools", "justmytype_intl_cjk")
    code = f"import sys, houlu.api.app; print([m for m in {modules} if m in sys.modules])"
    run = subprocess.run([sys.executable, "-W", "ignore", "-c", code], capture_output=True, text=True, check=True)
    assert run.stdout.strip() == "[]"
