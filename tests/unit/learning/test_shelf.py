"""Labelled utterances go to their intent's file, once."""

from __future__ import annotations

from pathlib import Path

import pytest

from houlu.evaluation.corpus import digest, examples, voices_of
from houlu.learning.shelf import VOICE, DuplicateError, Shelf

FILE = '# A comment that stays.\nversion: "3.1"\nnlu:\n  - intent: {0}\n    examples: |\n      - {1}\n'


@pytest.fixture
def shelf(tmp_path: Path) -> Shelf:
    nlu = tmp_path / "nlu"
    nlu.mkdir()
    for intent, text in (("strategy", "药没劲了咋整"), ("mechanism", "为啥会耐药")):
        (nlu / f"{intent}.yml").write_text(FILE.format(intent, text), encoding="utf-8")
    return Shelf(nlu, tmp_path / "var" / "reviewed.txt", tmp_path / "voices.tsv")


def test_an_utterance_is_appended_and_nothing_else_changes(shelf: Shelf) -> None:
    before = (shelf.nlu / "strategy.yml").read_text(encoding="utf-8")
    shelf.add("strategy", "下一步\n走哪条路: 有没有 # 谁知道")
    after = (shelf.nlu / "strategy.yml").read_text(encoding="utf-8")
    assert after == f"{before}      - 下一步 走哪条路: 有没有 # 谁知道\n"
    assert ("strategy", "下一步 走哪条路: 有没有 # 谁知道") in list(examples(shelf.nlu))
    assert voices_of(shelf.voices)[digest("下一步 走哪条路: 有没有 # 谁知道")] == VOICE


@pytest.mark.parametrize("text", ["为啥会耐药", "为啥会耐药？", " 为啥 会耐药。"])
def test_what_is_there_under_any_intent_is_refused(shelf: Shelf, text: str) -> None:
    with pytest.raises(DuplicateError, match="mechanism"):
        shelf.add("strategy", text)


def test_the_same_is_not_added_twice(shelf: Shelf) -> None:
    shelf.add("strategy", "还有啥路")
    with pytest.raises(DuplicateError):
        shelf.add("mechanism", "还有啥路")


def test_a_patients_brackets_are_no_annotation(shelf: Shelf) -> None:
    shelf.add("strategy", "/[奥希](drug)不行了")
    assert ("strategy", "[奥希] (drug)不行了") in list(examples(shelf.nlu))


def test_reviewed_messages_are_remembered(shelf: Shelf) -> None:
    assert shelf.done() == frozenset()
    shelf.mark(["a1", "b2"])
    shelf.mark(["c3"])
    assert shelf.done() == {"a1", "b2", "c3"}
