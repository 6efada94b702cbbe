"""The pictures: clear on a phone, harmless, said in words too, and named rightly by the content files."""

from __future__ import annotations

import re
import shutil
from pathlib import Path
from xml.etree import ElementTree

import pytest

from houlu.dialogue import answer
from houlu.knowledge import current
from houlu.knowledge.files import KnowledgeError
from houlu.knowledge.pictures import picture_files, picture_url
from houlu.knowledge.table import Knowledge
from houlu.settings import ROOT
from houlu.understanding.lexicon import CLASS_NAMES
from tests.unit.knowledge.cases import scene
from tests.unit.knowledge.test_patient_texts import DOSE

SVG = "{http://www.w3.org/2000/svg}"
KNOWLEDGE = current.knowledge()
WITH_PICTURE = [row for row in KNOWLEDGE.answers if row.image]
DRAWN = {"svg", "title", "desc", "style", "defs", "g", "use", "rect", "circle", "path", "text"}
picture = pytest.mark.parametrize("path", picture_files(), ids=lambda path: path.stem)


def words(path: Path) -> list[str]:
    return ["".join(text.itertext()) for text in ElementTree.parse(path).iter(f"{SVG}text")]


@picture
def test_it_is_well_formed_and_says_what_it_shows(path: Path) -> None:
    root = ElementTree.parse(path).getroot()
    assert root.get("role") == "img"
    named = [root.find(f"{SVG}{tag}[@id='{id}']") for tag, id in (("title", "t"), ("desc", "d"))]
    assert root.get("aria-labelledby") == "t d"
    assert all(node is not None and len(node.text or "") > 5 for node in named)


@picture
def test_it_runs_nothing_and_loads_nothing(path: Path) -> None:
    assert path.stat().st_size < 12_000
    for node in ElementTree.parse(path).iter():
        assert str(node.tag).removeprefix(SVG) in DRAWN
        for name, value in node.attrib.items():
            assert not name.lower().startswith("on")
            assert "href" not in name or value.startswith("#")
    assert not re.search("url\\(|@import|<!|javascript", path.read_text(encoding="utf-8").replace("<!--", ""), re.I)


@picture
def test_it_is_drawn_for_a_phone(path: Path) -> None:
    root = ElementTree.parse(path).getroot()
    assert (root.get("viewBox") or "").startswith("0 0 360 ")
    sizes = [float(size) for size in re.findall(r"font-size[:=]\D{0,2}([\d.]+)", path.read_text(encoding="utf-8"))]
    assert min(sizes) >= 18, "a bubble is narrower than the screen"
    assert all(len(said) <= 20 for said in words(path))


@picture
def test_its_words_are_those_that_patients_may_read(path: Path) -> None:
    said = "\n".join(words(path))
    assert not DOSE.search(said)
    drugs = {drug.zh for id, drug in KNOWLEDGE.lexicon.drugs.items() if id not in CLASS_NAMES}
    assert not [name for name in drugs if name in said]
    assert path.name in {row.image for row in WITH_PICTURE}, "no answer shows it"


@pytest.mark.parametrize("row", WITH_PICTURE, ids=lambda row: row.id)
def test_every_picture_of_an_answer_exists_and_is_said_in_words(row: answer.Answer) -> None:
    path = ROOT / "data" / "media" / row.image
    assert path in picture_files()
    drawn = ElementTree.parse(path).getroot().find(f"{SVG}desc")
    assert drawn is not None
    assert row.image_alt == drawn.text


def test_there_is_a_picture_where_it_says_it_better() -> None:
    assert {row.topic for row in WITH_PICTURE} == {
        "mechanism", "rebiopsy_how", "rebiopsy_why", "progression_pattern", "strategy"}


def test_it_goes_with_the_short_answer_only() -> None:
    short = answer.reply_for(scene(), "mechanism")
    row = next(row for row in KNOWLEDGE.answers if row.id == short.state.answer)
    assert short.replies[0].image == picture_url(row.image)
    assert short.replies[0].custom["image_alt"] == row.image_alt
    told = answer.more(scene().with_state(answer=row.id)).replies[0]
    assert told.image is None
    assert "image_alt" not in told.custom


def test_it_is_not_shown_twice_in_a_row() -> None:
    first = answer.reply_for(scene(), "mechanism")
    again = answer.reply_for(scene().with_state(picture=first.state.picture), "mechanism")
    assert again.replies[0].text == first.replies[0].text
    assert again.replies[0].image is None
    other = answer.reply_for(scene().with_state(picture=first.state.picture), "rebiopsy_how")
    assert other.replies[0].image
    assert other.state.picture != first.state.picture


def test_an_answer_without_a_picture_has_neither_key_nor_image() -> None:
    told = answer.reply_for(scene(), "adc").replies[0]
    assert told.image is None
    assert "image_alt" not in told.custom


@pytest.mark.parametrize(
    ("old", "new", "field", "said"),
    [
        ("mechanisms.svg", "mechanism.svg", "image", "no picture mechanism.svg.*did you mean mechanisms.svg"),
        ("mechanisms.svg", "../mechanisms.svg", "image", "no picture's file name"),
        ("mechanisms.svg", "''", "image_alt", "image and image_alt belong together"),
        ("  image_alt:", "  image_al:", "image_al", "unknown field.*did you mean image_alt"),
    ],
)
def test_a_mistake_is_named_with_file_line_and_field(tmp_path: Path, old: str, new: str, field: str, said: str) -> None:
    folder = Path(shutil.copytree(ROOT / "data" / "knowledge", tmp_path / "knowledge"))
    file = folder / "answers" / "mechanism.yaml"
    text = file.read_text(encoding="utf-8")
    place = text.index(old)
    file.write_text(text[:place] + new + text[place + len(old):], encoding="utf-8")
    line = text[:place].count("\n") + 1 + (field == "image_alt")
    with pytest.raises(KnowledgeError) as error:
        Knowledge.load(folder)
    problems = "\n".join(error.value.problems)
    assert re.search(f"mechanism.yaml:{line}: row me_\\w+, field {field}: .*{said}", problems), problems
