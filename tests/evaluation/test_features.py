"""The evaluation measures the pipeline that is served, not a look-alike."""

from __future__ import annotations

import json
import tarfile

import numpy as np

from houlu import launch
from houlu.evaluation.run import Bench


def test_the_weights_are_those_of_the_trained_model(bench: Bench) -> None:
    with tarfile.open(launch._ensure_model(False)) as model:
        name = next(name for name in model.getnames() if name.endswith("ngrams.json"))
        trained = json.load(model.extractfile(name))
    table = bench.data.table
    weights = table.learn(np.arange(len(bench.data.utterances)))
    names = np.array(table.names)[weights.kept]
    assert dict(zip(names, weights.rarity, strict=True)) == trained
