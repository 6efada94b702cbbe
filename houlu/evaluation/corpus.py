"""The training utterances with the voice of their writer, and which of them are nearly the same."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import cast

import numpy as np
import numpy.typing as npt
import yaml
from scipy.sparse import csr_matrix
from scipy.sparse.csgraph import connected_components

NLU = Path("data/nlu")
VOICES = Path("data/evaluation/voices.tsv")
#: Voices that are one kind of person each; the others are collections (emergencies, foreign questions, talk acts ...).
PERSONAS = ("elderly", "daughter", "forum", "north", "south", "hk_tw")
UNNAMED = "unnamed"
_CHUNK = 1000


@dataclass(frozen=True)
class Utterance:
    """One training example. voice: UNNAMED when nobody noted the writer."""

    text: str
    intent: str
    voice: str


def utterances(nlu: Path = NLU, voices: Path = VOICES) -> list[Utterance]:
    """All training examples, in the order of the files."""
    known = voices_of(voices)
    return [Utterance(text, intent, known.get(digest(text), UNNAMED)) for intent, text in examples(nlu)]


def examples(nlu: Path = NLU) -> Iterable[tuple[str, str]]:
    """(intent, text) of every example below a folder."""
    for path in sorted(nlu.glob("*.yml")):
        for block in yaml.safe_load(path.read_text(encoding="utf-8"))["nlu"]:
            for line in block.get("examples", "").splitlines():
                if line.startswith("- "):
                    yield block["intent"], line[2:].strip()


def voices_of(path: Path = VOICES) -> dict[str, str]:
    """The voice by the digest of the utterance; nothing when the file is missing."""
    lines = path.read_text(encoding="utf-8").splitlines() if path.exists() else []
    noted = (line.partition("\t") for line in lines if not line.startswith("#"))
    return {key: voice for key, _, voice in noted if voice}


def digest(text: str) -> str:
    """What stands for an utterance in the list of voices, which so never holds a text twice."""
    return hashlib.sha256(text.encode()).hexdigest()[:12]


def note_voice(texts: Iterable[str], voice: str, path: Path = VOICES) -> int:
    """Give a voice to the utterances that have none. Returns how many."""
    known = voices_of(path)
    new = {digest(text): voice for text in texts if digest(text) not in known}
    rows = sorted((known | new).items(), key=lambda row: (row[1], row[0]))
    path.parent.mkdir(parents=True, exist_ok=True)
    head = "# Which voice wrote an utterance of data/nlu: the first 12 digits of its SHA-256, then the voice.\n"
    path.write_text(head + "".join(f"{key}\t{name}\n" for key, name in rows), encoding="utf-8")
    return len(new)


def near_duplicates(delexicalised: Sequence[str], alike: float = 0.7) -> npt.NDArray[np.int32]:
    """The number of its group for each text; texts of a group are linked by pairs that share most of their pairs and
    triples of characters (cosine of at least `alike`)."""
    rows = _unit_rows([_grams(text) for text in delexicalised])
    pairs: list[tuple[npt.NDArray[np.int32], npt.NDArray[np.int32]]] = []
    for start in range(0, rows.shape[0], _CHUNK):
        similar = (rows[start : start + _CHUNK] @ rows.T).tocoo()
        close = similar.data >= alike
        pairs.append((similar.row[close] + start, similar.col[close]))
    left, right = (np.concatenate(side) for side in zip(*pairs, strict=True))
    links = csr_matrix((np.ones(len(left)), (left, right)), shape=(rows.shape[0],) * 2)
    return cast("npt.NDArray[np.int32]", connected_components(links, directed=False)[1])


def _grams(text: str) -> list[str]:
    line = f"^{text}$"
    return [line[i : i + n] for n in (2, 3) for i in range(len(line) - n + 1)]


def _unit_rows(grams: Sequence[Sequence[str]]) -> csr_matrix:
    columns = {gram: i for i, gram in enumerate(sorted({gram for row in grams for gram in row}))}
    counted = [Counter(columns[gram] for gram in row) for row in grams]
    ends = np.cumsum([0, *(len(row) for row in counted)])
    data = np.concatenate([np.array(list(row.values())) / np.linalg.norm(list(row.values())) for row in counted])
    return csr_matrix((data, [i for row in counted for i in row], ends), shape=(len(grams), len(columns)))
