"""The experts' canned answers: found by what a nurse types, and nothing in them that may not be said."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from houlu.desk.canned import CannedAnswers
from houlu.knowledge import current
from houlu.knowledge.files import KnowledgeError
from houlu.settings import ROOT
from tests.unit.knowledge.test_patient_texts import DOSE

CANNED = CannedAnswers.load(ROOT / "data" / "desk")


@pytest.mark.parametrize(("typed", "first"), [
    ("msd", "emergency_now"), ("MSD", "emergency_now"), ("ms d", "emergency_now"), ("mashang", "emergency_now"),
    ("马上", "emergency_now"), ("kbd", "bring"),
    ("kanbing", "bring"), ("bz", "take_care"), ("会诊", "mdt"),
    ("120", "emergency_now"),
])
def test_found_by_initials_pinyin_and_words(typed: str, first: str) -> None:
    assert CANNED.search(typed)[0].id == first


def test_no_match_finds_nothing_and_no_words_find_all() -> None:
    assert CANNED.search("zzzz") == []
    assert len(CANNED.search(" ")) == len(CANNED.rows)


@pytest.mark.parametrize("row", CANNED.rows.values(), ids=lambda row: row.id)
def test_no_dose_no_order_and_every_source_exists(row) -> None:  # type: ignore[no-untyped-def]
    assert not DOSE.search(row.text)
    assert not re.search(r"建议[您你](?:吃|用|换|停|加|减)", row.text)
    assert set(row.sources) <= current.knowledge().sources.keys()


def test_a_mistake_is_named(tmp_path: Path) -> None:
    (tmp_path / "a.yaml").write_text("- id: a\n  group: b\n  titel: c\n  text: d\n", encoding="utf-8")
    with pytest.raises(KnowledgeError, match="titel"):
        CannedAnswers.load(tmp_path)
