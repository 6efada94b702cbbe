"""Predictions judged: what Houlu would do with each message, and the figures of it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import cast

import numpy as np
import numpy.typing as npt

from houlu.evaluation.features import Floats, Mask
from houlu.evaluation.held_out import Data, Prediction
from houlu.evaluation.methods import softmax
from houlu.knowledge import ids
from houlu.safety.red_flags import RedFlags
from houlu.understanding.decide import FALLBACK, Decider

#: Questions that are not ours, whatever words they borrow.
FOREIGN = ("other_disease", "other_cancer", "cancer_general", "special_population", "non_medical")
Figures = dict[str, float]
_HALF = 0.5


@dataclass(frozen=True)
class Judged:
    """Per utterance: the intent meant, the classifier's favourite and its probability, the decided intent, whether the
    rules call an emergency, and the classifier's probability of one."""

    meant: npt.NDArray[np.str_]
    favourite: npt.NDArray[np.str_]
    probability: Floats
    decided: npt.NDArray[np.str_]
    ruled: Mask
    danger: Floats

    def part(self, which: slice | Mask) -> Judged:
        """Some of the utterances."""
        return Judged(*(getattr(self, name)[which] for name in self.__dataclass_fields__))

    @property
    def sure(self) -> Mask:
        """The favourite is what was meant."""
        return cast(Mask, self.favourite == self.meant)

    @property
    def right(self) -> Mask:
        """Houlu does what was meant."""
        return cast(Mask, self.decided == self.meant)

    @property
    def asked(self) -> Mask:
        """Houlu asks or hands over because it does not know."""
        return cast(Mask, self.decided == FALLBACK)

    @property
    def alarmed(self) -> Mask:
        """Houlu calls an emergency."""
        return np.isin(self.decided, ids.EMERGENCY_TOPICS)

    @property
    def emergency(self) -> Mask:
        """It is one."""
        return np.isin(self.meant, ids.EMERGENCY_TOPICS)


def judge(data: Data, prediction: Prediction, decide: Decider, ruled: Mask) -> Judged:
    """ruled: for all utterances of the data, whether the rules call an emergency (`rules_say`)."""
    probabilities = softmax(prediction.scores)
    names = np.array(data.intents)
    best = probabilities.argmax(axis=1)
    return Judged(
        names[data.right[prediction.test]],
        names[best],
        probabilities[np.arange(len(best)), best],
        np.array(decisions(data, prediction, decide)),
        ruled[prediction.test],
        probabilities[:, np.isin(names, ids.EMERGENCY_TOPICS)].sum(axis=1),
    )


def decisions(data: Data, prediction: Prediction, decide: Decider) -> list[str]:
    """The intents acted on."""
    found = []
    for index, row, known in zip(prediction.test, softmax(prediction.scores), prediction.known, strict=True):
        ranking = [(data.intents[i], float(row[i])) for i in np.argsort(-row)]
        found.append(decide(data.rows[index].text, data.rows[index].entities, ranking, float(known))[0])
    return found


def rules_say(data: Data, rules: RedFlags) -> Mask:
    """Which utterances the red-flag rules call an emergency."""
    return np.array([rules.find(row.text) is not None for row in data.rows])


def figures(judged: Judged) -> Figures:
    """Shares from 0 to 1. In all but `asked`, `calibration_error` and those of false alarms, higher is better."""
    calm, danger, foreign = ~judged.emergency, judged.emergency, np.isin(judged.meant, FOREIGN)
    ours = np.isin(judged.decided, ids.IN_SCOPE_TOPICS)
    return {
        "accuracy": _share(judged.sure),
        "decided_right": _share(judged.right),
        "asked": _share(judged.asked),
        "calibration_error": calibration_error(judged.probability, judged.sure),
        "foreign_not_answered": _share(~ours[foreign]),
        "foreign_not_taken_as_told": _share(judged.decided[foreign] != "inform"),
        "emergencies_by_rules": _share(judged.ruled[danger]),
        "emergencies_by_classifier": _share(judged.danger[danger] > _HALF),
        "emergencies_by_both": _share(judged.alarmed[danger]),
        "false_alarms_by_rules": _share(judged.ruled[calm]),
        "false_alarms_by_classifier": _share(judged.danger[calm] > _HALF),
        "calm_kept_calm": _share(~judged.alarmed[calm]),
    }


def calibration_error(probability: Floats, right: Mask, bins: int = 10) -> float:
    """How far the promised probability is from the share that is right, on average."""
    gaps = (abs(said - true) * count for said, true, count in reliability(probability, right, bins))
    return float(sum(gaps) / len(right))


def reliability(probability: Floats, right: Mask, bins: int = 10) -> list[tuple[float, float, int]]:
    """(mean probability, share right, count) of each bin that is not empty."""
    number = np.minimum((probability * bins).astype(int), bins - 1)
    groups = [number == i for i in range(bins)]
    return [(float(probability[g].mean()), float(right[g].mean()), int(g.sum())) for g in groups if g.any()]


def coverage(probability: Floats, right: Mask) -> tuple[Floats, Floats]:
    """(share answered, share of these right), when only messages above a probability are answered."""
    order = np.argsort(-probability)
    count = np.arange(1, len(order) + 1)
    return count / len(order), np.cumsum(right[order]) / count


def by_intent(judged: Judged) -> list[tuple[str, int, float, float]]:
    """(intent, utterances, recall, precision) by what was decided, the worst recall first."""
    rows = []
    for intent in sorted(set(judged.meant)):
        meant, decided = judged.meant == intent, judged.decided == intent
        rows.append((intent, int(meant.sum()), _share(decided[meant]), _share(meant[decided])))
    return sorted(rows, key=lambda row: row[2])


def confusion(judged: Judged) -> tuple[list[str], npt.NDArray[np.int64]]:
    """The names and the counts: meant by decided."""
    names = sorted({*judged.meant, *judged.decided})
    place = {name: i for i, name in enumerate(names)}
    counts = np.zeros((len(names), len(names)), dtype=np.int64)
    np.add.at(counts, ([place[n] for n in judged.meant], [place[n] for n in judged.decided]), 1)
    return names, counts


def sweep(
    data: Data, prediction: Prediction, ruled: Mask, settings: Sequence[tuple[str, float]], make: Callable[..., Decider]
) -> list[tuple[str, float, Figures]]:
    """The figures with one threshold changed at a time. make: a decider from the changed value."""
    return [
        (name, value, figures(judge(data, prediction, make(**{name: value}), ruled))) for name, value in settings
    ]


def _share(of: npt.NDArray[np.bool_]) -> float:
    return float(of.mean()) if len(of) else 1.0
