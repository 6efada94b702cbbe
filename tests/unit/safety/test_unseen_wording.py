"""Danger in words that the rules were not written beside: the table data/evaluation/danger.yaml, by the rules alone."""

from __future__ import annotations

from pathlib import Path

from houlu.evaluation import corpus, danger
from houlu.safety.red_flags import RedFlags
from houlu.understanding.normalise import Normaliser

ROOT = Path(__file__).parents[3]
RULES = RedFlags.load(ROOT / "data" / "knowledge")
NORMALISE = Normaliser.load(ROOT / "data" / "knowledge")
SAID = danger.load(ROOT / danger.PATH)


def alarm(text: str) -> str | None:
    flag = RULES.find(NORMALISE(text).text)
    return flag.topic if flag else None


def test_the_rules_alone_hear_nine_emergencies_of_ten() -> None:
    found = danger.score(SAID, alarm)
    assert found["heard"] >= 0.92
    assert found["topic"] >= 0.85


def test_the_rules_leave_what_only_sounds_like_danger_alone() -> None:
    assert danger.score(SAID, alarm)["calm"] >= 0.94


def test_every_danger_is_in_the_table() -> None:
    topics = [said.meant for said in SAID if said.meant]
    assert min(topics.count(topic) for topic in set(topics)) >= 10
    assert len(set(topics)) == 12


def test_the_table_is_never_trained_on() -> None:
    trained = {text for _, text in corpus.examples(ROOT / corpus.NLU)}
    assert not trained & {said.text for said in SAID}
