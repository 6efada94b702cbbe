"""One spelling for what patients write: width, Traditional characters, gene names, words heard wrong; with offsets."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from functools import lru_cache
from pathlib import Path

import jieba
from opencc import OpenCC
from pypinyin import Style, lazy_pinyin

from houlu.knowledge.files import read_yaml
from houlu.understanding.lexicon import Lexicon
from houlu.understanding.normalised import Normalised as Normalised
from houlu.understanding.pinyin import Pinyin

_HAN = re.compile(r"[一-鿿]+")
_IGNORED = re.compile(r"[​-‏﻿‪-‮︀-️]")
#: Pronunciations that speech input and southern speakers do not keep apart.
_SAME_SOUND = ((r"^zh", "z"), (r"^ch", "c"), (r"^sh", "s"), (r"ng$", "n"))


def jieba_cache() -> Path:
    """A private folder: jieba's default cache in /tmp is read with marshal, whoever wrote it."""
    folder = Path("build/jieba")
    folder.mkdir(parents=True, exist_ok=True)
    return folder


@lru_cache(maxsize=20000)
def sound(word: str) -> tuple[str, ...]:
    """The toneless syllables of a Chinese word, with easily confused initials and finals made equal."""
    return tuple(_plain(syllable) for syllable in lazy_pinyin(word, style=Style.NORMAL))


@lru_cache(maxsize=4096)
def _plain(syllable: str) -> str:
    for pattern, by in _SAME_SOUND:
        syllable = re.sub(pattern, by, syllable)
    return syllable


class Normaliser:
    """Built once from `data/knowledge/lexicon/spelling.yaml`; calling it is pure."""

    def __init__(
        self,
        regional: dict[str, str],
        genes: Iterable[tuple[str, str]],
        sounds: Iterable[str],
        names: Iterable[str] = (),
        pinyin: Iterable[str] = (),
    ) -> None:
        """names: spellings that are right as they are, though a part of them sounds like a term: 卡博替尼, 卡铂.

        pinyin: the words that are read in a message typed in pinyin.
        """
        self._pinyin = Pinyin([*pinyin, *(name for name in names if _HAN.fullmatch(name) and len(name) > 1)])
        self._last: tuple[str, Normalised] | None = None
        self._simplify = OpenCC("t2s")
        self._general = jieba.Tokenizer()  # without the lexicon's names
        self._general.tmp_dir = str(jieba_cache())
        self._rewrites = [(re.compile(re.escape(word)), by) for word, by in regional.items()]
        self._rewrites += [(re.compile(pattern, re.ASCII), by) for pattern, by in genes]
        words = list(sounds)
        self._words = set(words)
        self._by_sound = {sound(word): word for word in words}
        self._names = {name for name in names if _HAN.fullmatch(name)}
        self._name_lengths = sorted({len(name) for name in self._names}, reverse=True)
        self._lengths = sorted({len(word) for word in words}, reverse=True)

    @classmethod
    def load(cls, knowledge: Path) -> Normaliser:
        """Raises KnowledgeError when the file is missing or broken."""
        data = read_yaml(knowledge / "lexicon" / "spelling.yaml")
        drugs = Lexicon.load(knowledge).drugs.values()
        names = [name for drug in drugs for name in (drug.zh, *drug.names)]
        return cls(data["regional"], [(p, by) for p, by in data["genes"]], data["sounds"], names, data["pinyin"])

    def __call__(self, original: str) -> Normalised:
        """The last one is remembered: the red-flag rules and the pipeline ask for the same message."""
        known = self._last
        if known is None or known[0] != original:
            known = self._last = (original, self._normalised(original))
        return known[1]

    def _normalised(self, original: str) -> Normalised:
        result = self._pinyin(self._simplified(_unified(original)))
        for pattern, by in self._rewrites:
            result = result.replaced(pattern, by)
        return self._corrected(result)

    def _simplified(self, text: Normalised) -> Normalised:
        simple = self._simplify.convert(text.text)
        if len(simple) != len(text.text):
            simple = "".join(self._simplify.convert(char)[:1] or char for char in text.text)
        return Normalised(simple, text.origin)

    def _corrected(self, text: Normalised) -> Normalised:
        """Words heard wrong: a run between word borders that sounds like a term and is no word itself."""
        chars = list(text.text)
        for run in _HAN.finditer(text.text):
            borders = self._borders(run.group())
            done = 0
            for start in range(len(run.group())):
                if start < done or (done := max(done, self._end_of_name(run.group(), start))) > start:
                    continue
                if start not in borders:
                    continue
                for length in self._lengths:
                    part = run.group()[start : start + length]
                    if len(part) < length or start + length not in borders or part in self._words:
                        continue
                    term = self._by_sound.get(sound(part))
                    if term and not self._is_word(part):
                        chars[run.start() + start : run.start() + start + length] = term
                        done = start + length
                        break
        return Normalised("".join(chars), text.origin)

    def _end_of_name(self, run: str, start: int) -> int:
        """Where the name that begins here ends; `start` when none does."""
        ends = (start + n for n in self._name_lengths if run[start : start + n] in self._names)
        return next(ends, start)

    def _borders(self, run: str) -> set[int]:
        """Where jieba's general dictionary sees a word begin or end."""
        borders, at = {0}, 0
        for word in self._general.cut(run, HMM=False):
            at += len(word)
            borders.add(at)
        return borders

    def _is_word(self, part: str) -> bool:
        return len(part) < 3 and (self._general.FREQ.get(part) or 0) > 0


def _unified(original: str) -> Normalised:
    text: list[str] = []
    origin: list[int] = []
    for index, char in enumerate(original):
        if _IGNORED.match(char) or (unicodedata.category(char) in ("Cc", "Cs") and char not in "\n\t"):
            continue
        for part in unicodedata.normalize("NFKC", char).lower():
            if part.isspace():
                if text and text[-1] != " ":
                    text.append(" ")
                    origin.append(index)
            else:
                text.append(part)
                origin.append(index)
    return Normalised("".join(text), tuple(origin))
