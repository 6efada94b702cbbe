"""The pictures as a browser draws them: no word leaves its card or runs into another, whatever the phone's font."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, sync_playwright

from houlu.knowledge.pictures import picture_files

CHROMIUM = Path("/usr/bin/chromium")
FONTS = ("", "Noto Serif CJK SC", "DejaVu Sans")
#: Room at the left and right edge, and by how much the boxes of two lines may meet, in units of the picture.
EDGE, MEET = 16, 6
BOXES = """texts => texts.map(text => {
  const box = text.getBBox();
  return [text.textContent, box.x, box.y, box.x + box.width, box.y + box.height];
})"""


@pytest.fixture(scope="module")
def page() -> Iterator[Page]:
    with sync_playwright() as playwright:
        found = {"executable_path": str(CHROMIUM)} if CHROMIUM.exists() else {}
        browser = playwright.chromium.launch(args=["--no-sandbox"], **found)
        yield browser.new_page(viewport={"width": 360, "height": 700})
        browser.close()


@pytest.mark.parametrize("font", FONTS)
@pytest.mark.parametrize("path", picture_files(), ids=lambda path: path.stem)
def test_every_word_has_its_place(page: Page, path: Path, font: str) -> None:
    drawn = path.read_text(encoding="utf-8")
    page.set_content(re.sub('font-family="[^"]*"', f'font-family="{font}"', drawn, count=1) if font else drawn)
    boxes = page.locator("svg text").evaluate_all(BOXES)
    assert len(boxes) > 8
    assert [said for said, left, _, right, _ in boxes if left < EDGE or right > 360 - EDGE] == []
    for number, (said, left, top, right, bottom) in enumerate(boxes):
        for other, x, y, x2, y2 in boxes[number + 1:]:
            apart = left >= x2 or right <= x or top + MEET >= y2 - MEET or bottom - MEET <= y + MEET
            assert apart, f"{said} runs into {other}"
