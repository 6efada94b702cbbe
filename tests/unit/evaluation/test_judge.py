"""The figures mean what they say."""

from __future__ import annotations

import numpy as np
import pytest

from houlu.evaluation import judge
from houlu.evaluation.judge import Judged

JUDGED = Judged(
    meant=np.array(["strategy", "other_disease", "hemoptysis", "nutrition"]),
    favourite=np.array(["strategy", "strategy", "hemoptysis", "nutrition"]),
    probability=np.array([0.9, 0.6, 0.8, 0.4]),
    decided=np.array(["strategy", "strategy", "hemoptysis", "dyspnea"]),
    ruled=np.array([False, False, True, False]),
    danger=np.array([0.01, 0.1, 0.4, 0.6]),
)


def test_figures() -> None:
    figures = judge.figures(JUDGED)
    assert figures["accuracy"] == 0.75
    assert figures["decided_right"] == 0.5
    assert figures["asked"] == 0
    assert figures["foreign_not_answered"] == 0
    assert figures["emergencies_by_rules"] == 1
    assert figures["emergencies_by_classifier"] == 0
    assert figures["emergencies_by_both"] == 1
    assert figures["false_alarms_by_rules"] == 0
    assert figures["false_alarms_by_classifier"] == pytest.approx(1 / 3)
    assert figures["calm_kept_calm"] == pytest.approx(2 / 3)


def test_calibration_is_the_distance_of_promise_and_truth() -> None:
    probability, right = np.array([0.95, 0.95, 0.35, 0.35]), np.array([True, True, True, False])
    assert judge.calibration_error(probability, right) == pytest.approx((0.05 + 0.15) / 2)


def test_coverage_answers_the_surest_first() -> None:
    share, right = judge.coverage(JUDGED.probability, JUDGED.sure)
    assert list(share) == [0.25, 0.5, 0.75, 1]
    assert list(right) == pytest.approx([1, 1, 2 / 3, 3 / 4])


def test_confusion_counts_meant_by_decided() -> None:
    names, counts = judge.confusion(JUDGED)
    assert counts[names.index("nutrition"), names.index("dyspnea")] == 1
    assert counts.sum() == 4
