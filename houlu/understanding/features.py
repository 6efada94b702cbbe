"""What the classifier sees beside the surface: the message with names taken out, so that all drugs look alike."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import combinations, pairwise

from houlu.understanding.recognise import Entity

#: One rare character for each class of name; they never occur in messages.
SYMBOLS = {"drug": "Ⅾ", "unknown_drug": "Ⅾ", "gene": "Ⅽ", "cancer": "Ⅹ", "lung": "Ⅼ", "duration": "Ⅿ", "number": "Ⅰ"}
_LUNG = ("nsclc", "sclc", "lung")
_DURATION = re.compile(
    r"(?:大半|小半|半|[\d零一二两俩三仨四五六七八九十几多]+)(?:个半|个多|个)?(?:月|年|星期|礼拜|周|天)(?:半|多|零)?"
)
_NUMBER = re.compile(r"\d+(?:\.\d+)?")


def delexicalise(text: str, entities: Sequence[Entity]) -> str:
    """The normalised text in which names, durations and numbers are one symbol each."""
    parts, last = [], 0
    for entity in entities:
        if entity.start < last:
            continue
        parts += [_plain(text[last : entity.start]), symbol(entity)]
        last = entity.end
    return "".join(parts) + _plain(text[last:])


def symbol(entity: Entity) -> str:
    """The character that stands for a name: a lung cancer is another thing than any other cancer."""
    label = "lung" if entity.label == "cancer" and entity.id in _LUNG else entity.label
    return SYMBOLS[label]


def _plain(text: str) -> str:
    return _NUMBER.sub(SYMBOLS["number"], _DURATION.sub(SYMBOLS["duration"], text))


def ngrams(text: str, tokens: Sequence[str], delexicalised: str, cues: Sequence[str] = ()) -> set[str]:
    """The features of a message: words and word pairs, characters one to three of the surface and of the plain form,
    concepts and pairs of concepts."""
    words = [token for token in tokens if token.strip()]
    found = {f"w:{word}" for word in words} | {f"w:{a}_{b}" for a, b in pairwise(words)}
    found |= {f"k:{cue}" for cue in cues} | {f"k:{a}+{b}" for a, b in combinations(cues, 2)}
    for mark, line in (("c", f"^{text}$"), ("d", f"^{delexicalised}$")):
        found |= {f"{mark}:{line[i : i + n]}" for n in range(1, 4) for i in range(len(line) - n + 1)}
    return found
