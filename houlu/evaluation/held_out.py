"""Predictions for utterances that the classifier has not been trained on: a voice, or a group of near-duplicates."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor, as_completed
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from sklearn.model_selection import GroupKFold

from houlu.evaluation.corpus import Utterance
from houlu.evaluation.features import Floats, Row, Settings, Table
from houlu.evaluation.methods import Method, logistic

Indices = npt.NDArray[np.intp]
Progress = Callable[[str], None]
#: liblinear lets go of Python's lock, so threads use both cores.
_AT_ONCE = 2


@dataclass(frozen=True)
class Data:
    """utterances and rows in the same order. intents: sorted. right: the column of each utterance's intent."""

    utterances: Sequence[Utterance]
    rows: Sequence[Row]
    table: Table
    intents: tuple[str, ...]
    right: Indices

    @classmethod
    def of(cls, utterances: Sequence[Utterance], rows: Sequence[Row]) -> Data:
        intents = tuple(sorted({u.intent for u in utterances}))
        right = np.array([intents.index(u.intent) for u in utterances])
        return cls(utterances, rows, Table(rows, Settings.load()), intents, right)


@dataclass(frozen=True)
class Fold:
    """name: of what is left out. test: the utterances left out; all others are trained on."""

    name: str
    test: Indices


@dataclass(frozen=True)
class Prediction:
    """For some utterances: raw scores by intent, the known share, and the time for one message."""

    fold: str
    test: Indices
    scores: Floats
    known: Floats
    ms: float = 0.0


def by_voice(utterances: Sequence[Utterance], voices: Sequence[str]) -> list[Fold]:
    """One fold a voice."""
    voice_of = np.array([u.voice for u in utterances])
    return [Fold(voice, np.flatnonzero(voice_of == voice)) for voice in voices]


def by_group(groups: npt.NDArray[np.int32], count: int) -> list[Fold]:
    """Folds that no group of near-duplicates is divided by."""
    splits = GroupKFold(count).split(groups, groups=groups)
    return [Fold(f"part {number}", test) for number, (_, test) in enumerate(splits, 1)]


def predict(data: Data, folds: Sequence[Fold], say: Progress, method: Method = logistic) -> list[Prediction]:
    """The predictions of every fold, in the order of the folds."""
    with ThreadPoolExecutor(_AT_ONCE) as threads:
        jobs = {threads.submit(_predict, data, fold, method): fold for fold in folds}
        for number, job in enumerate(as_completed(jobs), 1):
            job.result()
            say(f"  {number}/{len(folds)} without {jobs[job].name}")
    return [job.result() for job in jobs]


def _predict(data: Data, fold: Fold, method: Method) -> Prediction:
    train = np.setdiff1d(np.arange(len(data.utterances)), fold.test)
    weights = data.table.learn(train)
    labels = np.array(data.intents)[data.right[train]]
    fitted = method(weights.rows(train), labels, data.table.settings)
    scores = np.full((len(fold.test), len(data.intents)), -30.0)
    scores[:, np.unique(data.right[train])] = fitted(weights.rows(fold.test))
    ms = _time(fitted, weights.rows(fold.test[:1]))
    return Prediction(fold.name, fold.test, scores, weights.known(fold.test), ms)


def _time(fitted: Callable[..., Floats], row: object) -> float:
    import timeit

    return min(timeit.repeat(lambda: fitted(row), number=10, repeat=3)) * 100


def joined(predictions: Sequence[Prediction]) -> Prediction:
    """Several folds as one; an utterance in two folds stands twice."""
    return Prediction(
        "all",
        np.concatenate([p.test for p in predictions]),
        np.concatenate([p.scores for p in predictions]),
        np.concatenate([p.known for p in predictions]),
        float(np.median([p.ms for p in predictions])),
    )


def parts(predictions: Sequence[Prediction]) -> Iterator[tuple[str, slice]]:
    """Where each fold stands in `joined`."""
    start = 0
    for prediction in predictions:
        yield prediction.fold, slice(start, start + len(prediction.test))
        start += len(prediction.test)
