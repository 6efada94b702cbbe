"""The pipeline's features outside Rasa: the same steps, the same n-grams, the same weights (a test compares them with
the vocabulary of the trained model)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
import yaml
from scipy.sparse import csr_matrix, diags

from houlu.understanding import artefacts
from houlu.understanding.features import delexicalise, ngrams
from houlu.understanding.recognise import Entity

Mask = npt.NDArray[np.bool_]
Floats = npt.NDArray[np.float64]


@dataclass(frozen=True)
class Row:
    """One utterance as the classifier and the decision see it."""

    text: str
    delexicalised: str
    entities: tuple[Entity, ...]
    grams: frozenset[str]


class Reader:
    """Normalises, recognises and cuts a message, as the pipeline of config.yml does."""

    def __init__(self) -> None:
        if not artefacts.is_fresh():
            artefacts.build()
        self._normalise = artefacts.normaliser()
        self._recognise = artefacts.recogniser()
        self._words = artefacts.words()

    def __call__(self, original: str) -> Row:
        text = self._normalise(original).text or " "
        entities = tuple(self._recognise(text))
        words = [word for word, _, _ in self._words.tokenize(text)]
        plain = delexicalise(text, entities)
        return Row(text, plain, entities, frozenset(ngrams(text, words, plain, artefacts.cues()(text))))


@dataclass(frozen=True)
class Settings:
    """What config.yml says of the featurizer and the classifier."""

    min_count: int
    length: float
    solver: str
    max_iter: int
    temperature: float = 1.0

    @classmethod
    def load(cls, path: Path = Path("config.yml")) -> Settings:
        steps = {step["name"].split(".")[-1]: step for step in yaml.safe_load(path.read_text("utf-8"))["pipeline"]}
        grams, classifier = steps["NgramFeaturizer"], steps["Classifier"]
        return cls(grams["min_count"], grams["length"], classifier["solver"], classifier["max_iter"],
                   classifier["temperature"])


class Table:
    """Which n-grams each utterance has; made once, then weighted for every part of it that is trained on."""

    def __init__(self, rows: Sequence[Row], settings: Settings) -> None:
        self.settings = settings
        self.names = sorted({gram for row in rows for gram in row.grams})
        column = {name: i for i, name in enumerate(self.names)}
        columns = [sorted(column[gram] for gram in row.grams) for row in rows]
        ends = np.cumsum([0, *map(len, columns)])
        flat = np.fromiter((i for row in columns for i in row), dtype=np.int64, count=int(ends[-1]))
        self._has = csr_matrix((np.ones(len(flat)), flat, ends), shape=(len(rows), len(column)))

    @cached_property
    def pairs(self) -> Mask:
        """The columns of character pairs, by which a message counts as known."""
        return np.array([name.startswith("c:") and len(name) == 4 for name in self.names])

    def learn(self, train: npt.NDArray[np.intp]) -> Weights:
        """The columns and their rarity after these utterances."""
        counts = np.asarray(self._has[train].sum(axis=0)).ravel()
        kept = counts >= self.settings.min_count
        rarity = np.round(np.log((1 + len(train)) / (1 + counts[kept])) + 1, 4)
        return Weights(self, kept, rarity)

    def has(self, which: npt.NDArray[np.intp]) -> csr_matrix:
        """Ones where an utterance has an n-gram."""
        return self._has[which]


@dataclass(frozen=True)
class Weights:
    """What NgramFeaturizer learns. kept: the columns in use. rarity: of each of them."""

    table: Table
    kept: Mask
    rarity: Floats

    def rows(self, which: npt.NDArray[np.intp]) -> csr_matrix:
        """The classifier's input."""
        weighted = self.table.has(which)[:, self.kept] @ diags(self.rarity)
        norms = np.sqrt(np.asarray(weighted.power(2).sum(axis=1)).ravel())
        return (diags(self.table.settings.length / np.where(norms > 0, norms, 1)) @ weighted).tocsr()

    def known(self, which: npt.NDArray[np.intp]) -> Floats:
        """The share of character pairs that training has seen."""
        has, pairs = self.table.has(which), self.table.pairs
        every, seen = (_sums(has[:, columns]) for columns in (pairs, pairs & self.kept))
        return np.where(every > 0, seen / np.where(every > 0, every, 1), 1.0)


def read_all(texts: Iterable[str]) -> list[Row]:
    """Every text as a row."""
    reader = Reader()
    return [reader(text) for text in texts]


def _sums(matrix: Any) -> Floats:
    return np.asarray(matrix.sum(axis=1), dtype=np.float64).ravel()
