"""A human labels one message after the other."""

from __future__ import annotations

import httpx
import pytest

from houlu.evaluation.corpus import examples
from houlu.learning.shelf import Shelf
from tests.learning.conftest import Learn
from tests.support.patient import Patient


@pytest.fixture(autouse=True)
def one_message(http: httpx.Client, learn: Learn, shelf: Shelf) -> str:
    """A single message waits; what earlier tests left is put away."""
    learn("review", typed="d\n" * 50)
    Patient(http).say("啥法子，13812345678")
    return "啥法子，000000"


def test_a_number_chooses_a_suggestion(learn: Learn, shelf: Shelf, one_message: str) -> None:
    shown = learn("review", typed="2\n").output
    assert "1 mechanism 60%" in shown
    assert "added to strategy" in shown
    assert "1 added" in shown
    assert ("strategy", one_message) in list(examples(shelf.nlu))
    assert learn("list").output == "Nothing to review.\n"


def test_any_intent_can_be_typed_and_a_wrong_one_is_asked_again(learn: Learn, shelf: Shelf, one_message: str) -> None:
    shown = learn("review", typed="weather\nnutrition\n").output
    assert "is no intent" in shown
    assert ("nutrition", one_message) in list(examples(shelf.nlu))


def test_skipped_comes_again_and_discarded_does_not(learn: Learn, shelf: Shelf, one_message: str) -> None:
    learn("review", typed="s\n")
    assert one_message in learn("list").output
    learn("review", typed="d\n")
    assert learn("list").output == "Nothing to review.\n"
    assert len(list(examples(shelf.nlu))) == 3


def test_the_words_can_be_changed_and_are_masked_again(learn: Learn, shelf: Shelf) -> None:
    learn("review", typed="e\n李明主任有啥法子\nstrategy\n")
    assert ("strategy", "某主任有啥法子") in list(examples(shelf.nlu))


def test_duplicates_are_refused(learn: Learn, shelf: Shelf, one_message: str) -> None:
    shelf.add("mechanism", one_message)
    shown = learn("review", typed="strategy\n").output
    assert "already in data/nlu as mechanism" in shown
    assert "0 added" in shown


def test_quitting_keeps_the_rest(learn: Learn, one_message: str) -> None:
    assert learn("review", typed="q\n").exit_code == 0
    assert one_message in learn("list").output
