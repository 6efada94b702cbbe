"""Concepts that are features of the classifier."""

from __future__ import annotations

import pytest

from houlu.understanding import artefacts
from houlu.understanding.features import ngrams


@pytest.mark.parametrize(("text", "concepts"), [
    ("药不灵了 片子上又冒出来两个", {"grown", "failed"}),
    ("血里没查着 还要不要再扎一针", {"blood", "needle"}),
    ("今天天气真好", set()),
])
def test_concepts_are_found_whatever_the_word(text: str, concepts: set[str]) -> None:
    assert set(artefacts.cues()(text)) == concepts


def test_a_concept_and_a_pair_are_features() -> None:
    assert {"k:grown", "k:failed", "k:grown+failed"} <= ngrams("x", ["x"], "x", ("grown", "failed"))
