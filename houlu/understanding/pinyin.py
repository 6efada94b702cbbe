"""A whole message typed in pinyin without tones, read as the words of this chat: 「wo ma ke xie le」 is 「我妈咳血了」.

No input method: only the words of `spelling.yaml` and the drugs' names are known. What is unknown stays as it was
typed, and a message of which most is unknown is left alone: it may be English.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from pypinyin import Style, lazy_pinyin

from houlu.understanding.normalised import Normalised

_HAN = re.compile(r"[一-鿿]")
_WORD = re.compile(r"[a-z]+(?:[\s']+[a-z]+)*")
#: Fewer syllables may be a gene or a greeting.
_LEAST = 3
#: So much of the letters must be understood.
_SHARE = 0.7

#: A word and the letters that it stands for.
Read = tuple[str, int, int]


class Pinyin:
    """Calling it is pure."""

    def __init__(self, words: Iterable[str]) -> None:
        """words: of two that sound the same the first one is read."""
        self._words: dict[str, str] = {}
        for word in words:
            self._words.setdefault("".join(lazy_pinyin(word, style=Style.NORMAL)), word)
        self._longest = max(map(len, self._words), default=0)

    def __call__(self, text: Normalised) -> Normalised:
        """The text in characters where it is pinyin, else the same text."""
        if _HAN.search(text.text):
            return text
        read = [word for run in _WORD.finditer(text.text) for word in self._read(text.text, run)]
        letters = sum(char.isalpha() for char in text.text)
        known = sum(sum(text.text[i].isalpha() for i in range(start, end)) for _, start, end in read)
        if sum(len(word) for word, _, _ in read) < _LEAST or known < _SHARE * letters:
            return text
        return _written(text, read)

    def _read(self, text: str, run: re.Match[str]) -> Iterator[Read]:
        """The longest known words of a run of letters, from the left; unknown letters are passed over."""
        at = [i for i in range(*run.span()) if text[i].isalpha()]  # spaces between syllables mean nothing
        letters = "".join(text[i] for i in at)
        done = 0
        while done < len(letters):
            left = range(min(self._longest, len(letters) - done), 0, -1)
            if length := next((n for n in left if letters[done : done + n] in self._words), 0):
                yield self._words[letters[done : done + length]], at[done], at[done + length - 1] + 1
            done += length or 1


def _written(text: Normalised, read: list[Read]) -> Normalised:
    """The words in place of their letters, without the spaces between syllables."""
    chars: list[str] = []
    origin: list[int] = []
    last = 0
    for word, start, end in read:
        between = [i for i in range(last, start) if not text.text[i].isspace()]
        chars += [text.text[i] for i in between] + list(word)
        origin += [text.origin[i] for i in between]
        origin += [text.origin[min(start + i, end - 1)] for i in range(len(word) - 1)] + [text.origin[end - 1]]
        last = end
    chars.append(text.text[last:])
    return Normalised("".join(chars), (*origin, *text.origin[last:]))
