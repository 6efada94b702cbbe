"""The red-flag rules: emergencies found by the clinicians' cues alone, before and without any classifier.

A message is read in three steps. First the words that only look like danger are blanked: figures of speech, denied
symptoms, treatments not begun. Then each clause is asked whether it speaks of danger here and now; a hypothesis, the
long past, somebody else, a stable complaint, a textbook question or a child falls silent. What is left meets the
rules of `red_flags.yaml`, and the first that holds wins: the order of the file is the order of urgency.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from pydantic import validator

from houlu.knowledge import ids
from houlu.knowledge.files import KnowledgeError, read_rows
from houlu.knowledge.strategies import Strict
from houlu.understanding.clauses import clauses
from houlu.understanding.lexicon import Lexicon

Sign = Literal["told", "silent", "none"]
Silence = Literal["hypothesis", "past", "somebody_else", "over", "stable", "question", "child"]

#: What stands for a blanked character: no cue, no word and no border of a clause.
_BLANK = "□"
#: Words that only look like danger. An exaggeration goes first, while it is whole.
_BLANKED = ("exaggerated", "figure_of_speech", "normal_reading", "denied", "not_started")
_REFERENCE = re.compile(r"<(\w+)>")
#: The words that this module looks for itself; all others serve the rules.
_NEEDS = (
    *_BLANKED, "symptom", "family", "somebody", "now", "hypothesis", "past", "somebody_else", "over", "stable",
    "question", "event", "child", "no_border", "everyday", "illness",
    *(f"sign_{topic}" for topic in ids.EMERGENCY_TOPICS),
)
#: A wish to die counts when it is asked about or imagined, too.
_SELF_HARM_DESPITE: frozenset[Silence] = frozenset(["hypothesis", "question", "stable"])
_NOTHING: frozenset[Silence] = frozenset()

#: What goes on from clause to clause, and the word that ends it.
_CARRIED: dict[Silence, str] = {"hypothesis": "now", "past": "now", "somebody_else": "family"}


class Word(Strict):
    """A named list of regular expressions, used in rules and in later words as `<id>`. means: for the reader."""

    id: str
    means: str
    any: list[str]


class Rule(Strict):
    """Danger, when every group of `all` is found within so many neighbouring clauses, and nothing of `none`.

    despite: what does not silence this rule (a hint at suicide counts in a hypothesis, too).
    """

    id: str
    topic: Literal[ids.EMERGENCY_TOPICS]  # type: ignore[valid-type]
    all: list[list[str]]
    none: list[str] = []
    within: int = 1
    despite: list[Silence] = []

    @validator("all")
    def finds_something(cls, groups: list[list[str]]) -> list[list[str]]:
        if not groups or not all(groups):
            raise ValueError("needs at least one group, and no empty group")
        return groups

    @validator("within")
    def at_least_one(cls, clauses: int) -> int:
        if clauses < 1:
            raise ValueError("a rule needs at least one clause")
        return clauses


@dataclass(frozen=True)
class Flag:
    """A danger sign. rule: the row that found it."""

    topic: str
    rule: str


@dataclass(frozen=True)
class _Compiled:
    flag: Flag
    groups: tuple[re.Pattern[str], ...]
    none: re.Pattern[str] | None
    within: int
    despite: frozenset[Silence]

    def holds(self, heard: _Heard) -> bool:
        """heard: the clauses that are not silent."""
        for group in self.groups:
            if not heard.says(group):
                return False
        parts = heard.parts
        # The narrowest window first, so that `none` is looked for close to the signs and not in what stands around.
        return any(self._holds_in(";".join(parts[a:b])) for a, b in _windows(len(parts), self.within))

    def _holds_in(self, text: str) -> bool:
        return all(group.search(text) for group in self.groups) and not (self.none and self.none.search(text))


class _Heard:
    """Clauses for many rules, which share their groups of words: each group is looked for once."""

    def __init__(self, parts: list[str]) -> None:
        self.parts = parts
        self._whole = ";".join(parts)
        self._known: dict[int, bool] = {}

    def says(self, group: re.Pattern[str]) -> bool:
        found = self._known.get(id(group))
        if found is None:
            found = self._known[id(group)] = group.search(self._whole) is not None
        return found


class RedFlags:
    """The rules, compiled once."""

    def __init__(self, words: dict[str, re.Pattern[str]], rules: list[_Compiled]) -> None:
        self._words = words
        self._rules = rules
        self._blanked = [words[name] for name in _BLANKED]

    @classmethod
    def load(cls, knowledge: Path) -> RedFlags:
        """Raises KnowledgeError with every mistake of `red_flags_words.yaml` and of `red_flags.yaml`."""
        vocabulary = _Vocabulary(knowledge / "red_flags_words.yaml", Lexicon.load(knowledge))
        path = knowledge / "red_flags.yaml"
        rules = [vocabulary.compiled(path, rule) for rule in read_rows(path, Rule)]
        names = [rule.flag.rule for rule in rules]
        vocabulary.problems += [f"{path}: row {name} stands twice" for name in {n for n in names if names.count(n) > 1}]
        if vocabulary.problems:
            raise KnowledgeError(vocabulary.problems)
        return cls({name: vocabulary.pattern(name) for name in _NEEDS}, rules)

    def find(self, text: str) -> Flag | None:
        """The most urgent danger in a normalised text, or None."""
        parts = self._clauses(self._plain(text))
        silences = self._silences(parts)
        audible: dict[frozenset[Silence], _Heard] = {}
        for rule in self._rules:
            if rule.despite not in audible:
                loud = [part for part, why in zip(parts, silences, strict=True) if why <= rule.despite]
                audible[rule.despite] = _Heard(loud)
            if rule.holds(audible[rule.despite]):
                return rule.flag
        return None

    def sign(self, text: str, topic: str) -> Sign:
        """Whether a text names a sign of the danger that a classifier thinks of: "told" of here and now, only "silent"
        (denied, long past, somebody else's, a figure of speech ...), or "none" that the rules know."""
        parts = self._clauses(self._plain(text))
        despite = _SELF_HARM_DESPITE if topic == "self_harm" else _NOTHING
        heard = [part for part, why in zip(parts, self._silences(parts), strict=True) if why <= despite]
        if heard and self._says(f"sign_{topic}", ";".join(heard)):
            return "told"
        return "silent" if self._says(f"sign_{topic}", text) else "none"

    def is_everyday(self, text: str, topic: str) -> bool:
        """An everyday matter without a patient or an illness is no emergency because a classifier thinks so."""
        return topic != "self_harm" and self._says("everyday", text) and not self._says("illness", text)

    def _plain(self, text: str) -> str:
        """The text with what only looks like danger blanked."""
        for blanked in self._blanked:
            text = blanked.sub(lambda match: _BLANK * len(match.group()), text)
        return text

    def _clauses(self, text: str) -> list[str]:
        parts: list[str] = []
        end = -1
        for clause in clauses(text):
            if clause.start == end and self._words["no_border"].match(text, end):
                parts[-1] += clause.text
            else:
                parts.append(clause.text)
            end = clause.end
        return parts

    # What makes a clause fall silent.

    def _silences(self, parts: list[str]) -> list[set[Silence]]:
        found: list[set[Silence]] = [set() for _ in parts]
        for silence, ends in _CARRIED.items():
            for index in self._carried(parts, silence, ends):
                found[index].add(silence)
        for index in self._over(parts):
            found[index].add("over")
        whole = set(self._whole_message(parts))
        for part, why in zip(parts, found, strict=True):
            if not self._says("now", part):
                why |= whole
        return found

    def _carried(self, parts: list[str], silence: Silence, ends: str) -> Iterator[int]:
        """Clauses that say `silence` themselves, and those after one that named a symptom, until one that `ends` it."""
        going_on = False
        for index, part in enumerate(parts):
            if self._silent_itself(part, silence):
                yield index
                going_on = going_on or self._says("symptom", part)
            elif going_on and self._says(ends, part):
                going_on = False
            elif going_on:
                yield index

    def _silent_itself(self, part: str, silence: Silence) -> bool:
        # "It used to ..., and now again": the same clause brings the past back.
        return self._says(silence, part) and not (silence == "past" and self._says("now", part))

    def _over(self, parts: list[str]) -> Iterator[int]:
        """Clauses up to the last one that says it is over; what happened just now counts even when it is over."""
        last = max((i for i, part in enumerate(parts) if self._says("over", part)), default=-1)
        return (i for i in range(last + 1) if not self._says("now", parts[i]))

    def _whole_message(self, parts: list[str]) -> Iterator[Silence]:
        whole = ";".join(parts)
        if self._says("stable", whole):
            yield "stable"
        if self._says("question", whole) and not any(self._says(w, whole) for w in ("family", "somebody", "event")):
            yield "question"
        if self._says("child", whole) and not self._says("family", whole):
            yield "child"

    def _says(self, word: str, text: str) -> bool:
        return self._words[word].search(text) is not None


class _Vocabulary:
    """The words, with `<references>` written out. `problems` gathers what is wrong with words and rules."""

    def __init__(self, path: Path, lexicon: Lexicon) -> None:
        self.problems: list[str] = []
        self._written = _drug_words(lexicon)
        for word in read_rows(path, Word):
            if word.id in self._written:
                self.problems.append(f"{path}: word {word.id} stands twice")
            self._written[word.id] = self._checked(f"{path}: word {word.id}", word.any)
        self.problems += [f"{path}: the word {name} is missing" for name in _NEEDS if name not in self._written]

    def pattern(self, name: str) -> re.Pattern[str]:
        return re.compile(self._written[name])

    def compiled(self, path: Path, rule: Rule) -> _Compiled:
        place = f"{path}: row {rule.id}"
        groups = tuple(re.compile(self._checked(place, group)) for group in rule.all)
        none = re.compile(self._checked(place, rule.none)) if rule.none else None
        return _Compiled(Flag(rule.topic, rule.id), groups, none, rule.within, frozenset(rule.despite))

    def _checked(self, place: str, cues: Iterable[str]) -> str:
        """One expression for all cues; a cue that cannot be used is a problem and left out."""
        usable = [written for cue in cues if (written := self._written_out(place, cue)) is not None]
        return f"(?:{'|'.join(usable) or '(?!)'})"

    def _written_out(self, place: str, cue: str) -> str | None:
        unknown = [name for name in _REFERENCE.findall(cue) if name not in self._written]
        if unknown:
            self.problems.append(f"{place}: cue {cue!r}: no word <{unknown[0]}> stands above it")
            return None
        written = _REFERENCE.sub(lambda match: self._written[match.group(1)], cue)
        try:
            re.compile(written)
        except re.error as error:
            self.problems.append(f"{place}: cue {cue!r} is no regular expression: {error}")
            return None
        return written


def _drug_words(lexicon: Lexicon) -> dict[str, str]:
    """`<drug_tki>`, `<drug_chemotherapy>` ...: every spelling of the lexicon's drugs of that kind."""
    names: dict[str, list[str]] = {}
    for term in lexicon.terms:
        if term.label in ("drug", "code_drug"):
            names.setdefault(f"drug_{lexicon.drugs[term.id].kind}", []).append(_whole(term.text))
    return {kind: f"(?:{'|'.join(spellings)})" for kind, spellings in names.items()}


def _whole(name: str) -> str:
    """A name that is no part of a longer number or Latin word."""
    begins = "(?<![a-z0-9])" if re.match("[a-z0-9]", name) else ""
    ends = "(?![a-z0-9])" if re.search("[a-z0-9]$", name) else ""
    return begins + re.escape(name) + ends


def _windows(count: int, widest: int) -> Iterator[tuple[int, int]]:
    """Where stretches of one clause, of two ... begin and end."""
    for size in range(1, min(count, widest) + 1):
        for start in range(count - size + 1):
            yield start, start + size
