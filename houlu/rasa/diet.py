"""DIET on a sample, beside Houlu's classifier on the same sample (`houlu evaluate --diet`; minutes)."""

from __future__ import annotations

import asyncio
import tempfile
import time
from collections.abc import Callable, Sequence
from pathlib import Path

import numpy as np
import yaml

from houlu.evaluation.corpus import Utterance

_LEFT_OUT = "north"
_TRAIN, _TEST, _EPOCHS = 2000, 400, 20
_PIPELINE = [
    {"name": "houlu.rasa.components.Normaliser"},
    {"name": "houlu.rasa.components.Words", "dictionary_path": "build/lexicon/jieba"},
    {"name": "CountVectorsFeaturizer"},
    {"name": "CountVectorsFeaturizer", "analyzer": "char_wb", "min_ngram": 1, "max_ngram": 3},
    {"name": "DIETClassifier", "epochs": _EPOCHS, "entity_recognition": False, "random_seed": 1,
     "constrain_similarities": True},
]


def compare(utterances: Sequence[Utterance], say: Callable[[str], None]) -> dict[str, float]:
    """Accuracy on a voice left out, after training on the same 2,000 utterances of the others."""
    train, test = _sample(utterances)
    begun = time.monotonic()
    agent = _trained(train)
    seconds = time.monotonic() - begun
    right, ms = asyncio.run(_asked(agent, test))
    ours = _ours(train, test)
    say(f"  DIET {right:.3f}, ours {ours:.3f}, trained in {seconds:.0f} s, {ms:.1f} ms a message")
    return {"sample_diet": right, "sample_ours": ours, "sample_diet_ms": ms, "sample_diet_seconds": seconds}


def _sample(utterances: Sequence[Utterance]) -> tuple[list[Utterance], list[Utterance]]:
    """A random part of both sides; every intent is among those trained on."""
    order = np.random.default_rng(0).permutation(len(utterances))
    mixed = [utterances[i] for i in order]
    others = [u for u in mixed if u.voice != _LEFT_OUT]
    firsts = list({u.intent: u for u in others}.values())
    train = firsts + [u for u in others if u not in firsts][: _TRAIN - len(firsts)]
    return train, [u for u in mixed if u.voice == _LEFT_OUT][:_TEST]


def _trained(train: Sequence[Utterance]):
    from rasa.core.agent import Agent
    from rasa.model_training import train_nlu

    with tempfile.TemporaryDirectory() as folder:
        data, config = Path(folder) / "nlu.yml", Path(folder) / "config.yml"
        by_intent: dict[str, list[str]] = {}
        for one in train:
            by_intent.setdefault(one.intent, []).append(f"- {one.text}\n")
        blocks = [{"intent": intent, "examples": "".join(lines)} for intent, lines in by_intent.items()]
        data.write_text(yaml.safe_dump({"version": "3.1", "nlu": blocks}, allow_unicode=True), encoding="utf-8")
        config.write_text(yaml.safe_dump({"recipe": "default.v1", "assistant_id": "diet", "language": "zh",
                                          "pipeline": _PIPELINE}), encoding="utf-8")
        model = train_nlu(str(config), str(data), folder)
        return Agent.load(str(model))


async def _asked(agent, test: Sequence[Utterance]) -> tuple[float, float]:
    begun = time.perf_counter()
    found = [(await agent.parse_message(one.text))["intent"]["name"] for one in test]
    ms = (time.perf_counter() - begun) / len(test) * 1000
    return float(np.mean([name == one.intent for name, one in zip(found, test, strict=True)])), ms


def _ours(train: Sequence[Utterance], test: Sequence[Utterance]) -> float:
    from houlu.evaluation.features import read_all
    from houlu.evaluation.held_out import Data, Fold, predict

    every = [*train, *test]
    data = Data.of(every, read_all(one.text for one in every))
    fold = Fold("sample", np.arange(len(train), len(every)))
    (found,) = predict(data, [fold], lambda words: None)
    return float((found.scores.argmax(axis=1) == data.right[fold.test]).mean())
