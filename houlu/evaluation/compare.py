"""Methods side by side on the same left-out voices."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from houlu.evaluation.features import Floats
from houlu.evaluation.held_out import Data, Indices, Prediction
from houlu.evaluation.judge import calibration_error
from houlu.evaluation.methods import log_loss, softmax, temperature

COMBINED = ("logistic regression", "linear SVM")


@dataclass(frozen=True)
class Compared:
    """One line of the table. tempered: after a temperature that was found on the other voices."""

    method: str
    accuracy: float
    worst_voice: float
    calibration_error: float
    log_loss: float
    calibration_error_tempered: float
    log_loss_tempered: float
    ms: float


def compare(data: Data, by_method: Mapping[str, Sequence[Prediction]]) -> list[Compared]:
    """The table, with the combination of the first two as its last line."""
    lines = [_line(data, name, found, [softmax(p.scores) for p in found]) for name, found in by_method.items()]
    if set(COMBINED) <= set(by_method):
        first, second = (by_method[name] for name in COMBINED)
        averaged = [(a + b) / 2 for a, b in zip(_tempered(data, first), _tempered(data, second), strict=True)]
        both = [Prediction(p.fold, p.test, np.log(q + 1e-12), p.known, p.ms + s.ms)
                for p, s, q in zip(first, second, averaged, strict=True)]
        lines.append(_line(data, "combination of both", both, averaged))
    return lines


def _line(data: Data, name: str, found: Sequence[Prediction], plain: Sequence[Floats]) -> Compared:
    rights = [data.right[p.test] for p in found]
    hits = [q.argmax(axis=1) == right for q, right in zip(plain, rights, strict=True)]
    raw, tempered = _quality(plain, rights), _quality(_tempered(data, found), rights)
    return Compared(
        name, float(np.concatenate(hits).mean()), min(float(hit.mean()) for hit in hits), *raw, *tempered,
        float(np.median([p.ms for p in found])),
    )


def _quality(probabilities: Sequence[Floats], rights: Sequence[Indices]) -> tuple[float, float]:
    every, right = np.concatenate(probabilities), np.concatenate(rights)
    return calibration_error(every.max(axis=1), every.argmax(axis=1) == right), log_loss(every, right)


def _tempered(data: Data, found: Sequence[Prediction]) -> list[Floats]:
    """Each voice's probabilities under the temperature that suits all the other voices best."""
    made = []
    for left_out in found:
        others = [p for p in found if p is not left_out] or [left_out]
        scores = np.concatenate([p.scores for p in others])
        right = np.concatenate([data.right[p.test] for p in others])
        made.append(softmax(left_out.scores, temperature(scores, right)))
    return made
