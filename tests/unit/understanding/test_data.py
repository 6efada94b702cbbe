"""The training data itself."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

from houlu.evaluation import corpus

NLU = Path(__file__).parents[3] / corpus.NLU


def test_every_intent_has_enough_utterances() -> None:
    counts = Counter(intent for intent, _ in corpus.examples(NLU))
    assert len(counts) == 61
    assert {intent: count for intent, count in counts.items() if count < 150} == {}


def test_no_utterance_stands_under_two_intents() -> None:
    seen: dict[str, str] = {}
    twice = {text for intent, text in corpus.examples(NLU) if seen.setdefault(text, intent) != intent}
    assert not twice
