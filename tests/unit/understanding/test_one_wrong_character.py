"""No drug's name turns into another drug by one wrong character: through the real normaliser and recogniser."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from houlu.knowledge import current
from houlu.settings import ROOT
from houlu.understanding.lexicon import CLASS_NAMES
from houlu.understanding.normalise import Normaliser
from houlu.understanding.recognise import Recogniser, build_pipeline

LEXICON = current.knowledge().lexicon
NORMALISE = Normaliser.load(ROOT / "data" / "knowledge")
RECOGNISE = Recogniser(build_pipeline(LEXICON), LEXICON)
#: What is a listed name itself cannot be told from the other drug's: 阿美替尼 and 阿来替尼 differ in one character.
LISTED = {term.text for term in LEXICON.terms if term.label in ("drug", "cancer")}
#: 卡铂 and 顺铂 share half their characters: two letters carry no second chance.
CHINESE = {drug.zh: drug.id for drug in LEXICON.drugs.values() if len(drug.zh) > 2 and drug.id not in CLASS_NAMES}
LATIN = {drug.id: drug.id for drug in LEXICON.drugs.values() if drug.id not in CLASS_NAMES}
#: Every third: all of them (97,000 misspellings) were tried once, and take a minute.
CHARACTERS = sorted({character for name in CHINESE for character in name if not character.isascii()})[::3]
LETTERS = "abcdefghijklmnopqrstuvwxyz0123456789-"


def mutants(name: str, alphabet: str | list[str]) -> Iterator[str]:
    """Every name one substitution, deletion, insertion or swap of neighbours away."""
    for at in range(len(name)):
        yield name[:at] + name[at + 1 :]
        yield name[:at] + name[at + 1 : at + 2] + name[at] + name[at + 2 :]
        yield from (name[:at] + other + name[at + 1 :] for other in alphabet)
    for at in range(len(name) + 1):
        yield from (name[:at] + other + name[at:] for other in alphabet)


def mistaken(name: str, drug: str, alphabet: str | list[str]) -> dict[str, set[str]]:
    """The misspelt names that are taken for another drug, without a question and without saying the name back."""
    said = [one for one in dict.fromkeys(mutants(name, alphabet)) if one not in LISTED]
    text = NORMALISE("。".join(f"吃了{one}三个月" for one in said)).text  # one message: a call for each takes a minute
    found = [entity for entity in RECOGNISE(text) if entity.label == "drug" and not entity.heard]
    taken: dict[str, set[str]] = {}
    for entity in found:
        if entity.id != drug:
            taken.setdefault(said[text.count("。", 0, entity.start)], set()).add(entity.id)
    return taken


@pytest.mark.parametrize(("name", "drug"), sorted(CHINESE.items()))
def test_a_chinese_name_with_one_wrong_character_is_right_asked_about_or_said_back(name: str, drug: str) -> None:
    assert mistaken(name, drug, CHARACTERS) == {}


@pytest.mark.parametrize(("name", "drug"), sorted(LATIN.items()))
def test_a_latin_name_with_one_wrong_letter_is_no_other_drug(name: str, drug: str) -> None:
    assert mistaken(name, drug, LETTERS) == {}


@pytest.mark.parametrize("said", ["阿法美替尼", "卡铂替尼", "恩度美曲妥珠单抗", "美利厄替尼"])
def test_a_nickname_inside_a_misspelt_name_is_asked_about(said: str) -> None:
    labels = [entity.label for entity in RECOGNISE(NORMALISE(f"我妈吃{said}").text)]
    assert "unknown_drug" in labels
    assert "drug" not in labels


@pytest.mark.parametrize(
    ("said", "drugs"),
    [
        ("培美加卡铂", ["pemetrexed", "carboplatin"]),
        ("阿美和奥希替尼", ["aumolertinib", "osimertinib"]),
        ("他用顺铂化疗", ["cisplatin", "chemotherapy"]),
        ("吃埃克替尼耐药", ["icotinib"]),
    ],
)
def test_neighbours_of_a_right_name_are_no_doubt(said: str, drugs: list[str]) -> None:
    found = RECOGNISE(NORMALISE(said).text)
    assert [entity.id for entity in found if entity.label == "drug"] == drugs
