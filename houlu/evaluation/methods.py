"""The classifiers that are compared. Each gives one row of scores a message; a softmax makes probabilities of them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol, cast

import numpy as np
import numpy.typing as npt
from scipy.sparse import csr_matrix
from sklearn.linear_model import LogisticRegression
from sklearn.svm import LinearSVC

from houlu.evaluation.features import Floats, Settings

Labels = npt.NDArray[np.str_]
#: Houlu's classifier drops smaller coefficients (houlu.rasa.components.Classifier.SMALL).
SMALL = 0.01


class Fitted(Protocol):
    """A trained method."""

    def __call__(self, rows: csr_matrix, /) -> Floats:
        """Scores, a column for each of the sorted intents."""
        ...


Method = Callable[[csr_matrix, Labels, Settings], Fitted]


def logistic(rows: csr_matrix, labels: Labels, settings: Settings) -> Fitted:
    """Houlu's own: Rasa's logistic regression with the settings of config.yml."""
    model = LogisticRegression(
        solver=settings.solver, max_iter=settings.max_iter, class_weight="balanced", random_state=42
    ).fit(rows, labels)
    model.coef_ = np.asfortranarray(np.where(abs(model.coef_) < SMALL, 0, model.coef_))
    return lambda some: np.log(np.clip(model.predict_proba(some), 1e-12, None)) / settings.temperature


def linear_svm(rows: csr_matrix, labels: Labels, settings: Settings) -> Fitted:
    """A linear support-vector machine on the same rows."""
    model = LinearSVC(C=0.05, class_weight="balanced", random_state=42).fit(rows, labels)
    model.coef_ = np.asfortranarray(model.coef_)
    return cast(Fitted, model.decision_function)


def nearest(rows: csr_matrix, labels: Labels, settings: Settings, neighbours: int = 10) -> Fitted:
    """The most similar training utterances vote, weighted by their cosine."""
    return _Nearest(rows / settings.length, labels, neighbours, settings.length)


@dataclass(frozen=True)
class _Nearest:
    rows: csr_matrix
    labels: Labels
    neighbours: int
    length: float

    def __call__(self, some: csr_matrix) -> Floats:
        names, numbers = np.unique(self.labels, return_inverse=True)
        votes = np.zeros((some.shape[0], len(names)))
        for start in range(0, some.shape[0], 200):
            similar = ((some[start : start + 200] / self.length) @ self.rows.T).toarray()
            best = np.argpartition(-similar, self.neighbours, axis=1)[:, : self.neighbours]
            for i, columns in enumerate(best):
                np.add.at(votes[start + i], numbers[columns], similar[i, columns])
        return cast(Floats, np.log(votes + 1e-3))


METHODS: dict[str, Method] = {"logistic regression": logistic, "linear SVM": linear_svm, "nearest": nearest}


def softmax(scores: Floats, temperature: float = 1.0) -> Floats:
    """Probabilities of rows of scores."""
    scaled = scores / temperature
    powers = np.exp(scaled - scaled.max(axis=1, keepdims=True))
    return cast(Floats, powers / powers.sum(axis=1, keepdims=True))


def temperature(scores: Floats, right: npt.NDArray[np.intp]) -> float:
    """The temperature under which the right columns are likeliest."""
    grid = np.geomspace(0.05, 5, 60)
    return float(min(grid, key=lambda t: log_loss(softmax(scores, float(t)), right)))


def log_loss(probabilities: Floats, right: npt.NDArray[np.intp]) -> float:
    """The mean surprise; lower is better."""
    return float(-np.log(np.clip(probabilities[np.arange(len(right)), right], 1e-12, None)).mean())

