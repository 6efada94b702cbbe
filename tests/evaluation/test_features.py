"""The evaluation measures the pipeline that is served, not a look-alike."""

from __future__ import annotations

import json
import tarfile
from typing import Any

import numpy as np
import pytest

from houlu import launch
from houlu.evaluation.run import Bench
from houlu.evaluation.service import started


def test_messages_are_cut_as_the_served_pipeline_cuts_them(bench: Bench, monkeypatch: pytest.MonkeyPatch) -> None:
    seen: dict[str, frozenset[str]] = {}
    with started() as service:
        from houlu.rasa import components

        original = components._grams

        def grams(message: Any) -> set[str]:
            seen[message.get("text")] = frozenset(found := original(message))
            return found

        monkeypatch.setattr(components, "_grams", grams)
        some = range(0, len(bench.data.rows), 50)
        service.times([bench.data.utterances[i].text for i in some])
    assert {bench.data.rows[i].text: bench.data.rows[i].grams for i in some} == seen


def test_the_weights_are_those_of_the_trained_model(bench: Bench) -> None:
    with tarfile.open(launch._ensure_model(False)) as model:
        name = next(name for name in model.getnames() if name.endswith("ngrams.json"))
        trained = json.load(model.extractfile(name))
    table = bench.data.table
    weights = table.learn(np.arange(len(bench.data.utterances)))
    names = np.array(table.names)[weights.kept]
    assert dict(zip(names, weights.rarity, strict=True)) == trained
