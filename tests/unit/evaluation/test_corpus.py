"""Voices without texts, and near-duplicates that stay together."""

from __future__ import annotations

from pathlib import Path

from houlu.evaluation import corpus


def test_every_utterance_keeps_the_voice_of_its_first_note(tmp_path: Path) -> None:
    path = tmp_path / "voices.tsv"
    assert corpus.note_voice(["药不灵了", "咋整"], "north", path) == 2
    assert corpus.note_voice(["咋整", "点算"], "hk_tw", path) == 1
    assert corpus.voices_of(path) == {
        corpus.digest("药不灵了"): "north", corpus.digest("咋整"): "north", corpus.digest("点算"): "hk_tw"
    }
    assert "药不灵了" not in path.read_text(encoding="utf-8")


def test_the_persons_of_the_evaluation_have_spoken() -> None:
    voices = [utterance.voice for utterance in corpus.utterances()]
    assert all(voices.count(person) > 500 for person in corpus.PERSONAS)


def test_texts_that_differ_in_a_particle_are_one_group() -> None:
    groups = corpus.near_duplicates(["耐药以后怎么办呢", "耐药以后怎么办呀", "抽血准不准", "Ⅾ吃了Ⅿ", "Ⅾ吃了Ⅿ"])
    assert groups[0] == groups[1]
    assert groups[3] == groups[4]
    assert len(set(groups)) == 3
