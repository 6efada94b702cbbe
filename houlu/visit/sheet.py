"""What stands on the visit sheet: a pure function of the profile, the knowledge and the day."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from houlu.dialogue import strategies
from houlu.dialogue.scene import Message, Scene
from houlu.dialogue.state import State
from houlu.dialogue.summary import ORDER, facts
from houlu.knowledge.matcher import Match, match
from houlu.knowledge.table import Knowledge
from houlu.knowledge.visit import VisitRow
from houlu.understanding.profile import Profile

#: Rows told in full, rows named only, cautions, and sources of one row: what fits two pages that somebody still reads.
FULL, NAMED, CAUTIONS, CITED = 4, 6, 2, 3
#: Facts that stand there as a gap when they are unknown; the others only when they were said.
_ASKED = ("driver", "drugs", "months_on_drug", "progression", "pattern", "rebiopsy", "findings")


@dataclass(frozen=True)
class Fact:
    """said: the family's words, or what stands in the gap."""

    what: str
    said: str
    known: bool


@dataclass(frozen=True)
class Lines:
    """cited: numbers of the sources that the lines rest on."""

    lines: tuple[str, ...] = ()
    cited: tuple[int, ...] = ()


@dataclass(frozen=True)
class Option:
    """One way that doctors consider, told in full."""

    regimen: str
    why: str
    summary: str
    evidence: str
    approval: str
    effects: str
    cited: tuple[int, ...]


@dataclass(frozen=True)
class Source:
    """url is None where only the title may be shown."""

    number: int
    title: str
    url: str | None


@dataclass(frozen=True)
class Sheet:
    """particular and general: questions to ask. others: options that are only named; left: those not even named."""

    day: date
    told: tuple[Fact, ...]
    bring: Lines
    particular: Lines
    general: Lines
    options: tuple[Option, ...]
    others: Lines
    left: int
    cautions: Lines
    danger: Lines
    sources: tuple[Source, ...]
    thin: bool
    version: str


def sheet_of(profile: Profile, knowledge: Knowledge, today: date) -> Sheet:
    """The sheet of a case. The same arguments give the same sheet."""
    scene = Scene(knowledge, State(profile=profile), Message("", "strategy"))
    case, gaps, cite = scene.case, _gaps(profile), _Citations(knowledge)
    rows = [row for row in knowledge.visit if row.fits(case, gaps, profile.progression)]
    bring = _lines(cite, [row for row in rows if row.section == "bring"])
    asked = [row for row in rows if row.section == "ask"]
    particular = _lines(cite, [row for row in asked if row.particular])
    general = _lines(cite, [row for row in asked if not row.particular])
    found = match(knowledge.strategies, case)
    options = tuple(_option(scene, cite, one) for one in found[:FULL])
    cautions = match(knowledge.strategies, case, "caution")[:CAUTIONS]
    warned = Lines(tuple(_warned(scene, one) for one in cautions), cite.all(cautions))
    named = found[FULL : FULL + NAMED]
    others = Lines(tuple(_named(scene, one) for one in named), cite.all(named))
    danger = _lines(cite, [row for row in rows if row.section == "danger"])
    return Sheet(
        today, _told(scene, gaps), bring, particular, general, options, others, len(found[FULL + NAMED :]), warned,
        danger, cite.sources(), not (profile.findings or profile.drugs or profile.pattern), knowledge.version,
    )


class _Citations:
    """Numbers the sources in the order in which they are first cited."""

    def __init__(self, knowledge: Knowledge) -> None:
        self._knowledge = knowledge
        self._numbers: dict[str, int] = {}

    def __call__(self, sources: Sequence[str]) -> tuple[int, ...]:
        return tuple(self._numbers.setdefault(one, len(self._numbers) + 1) for one in dict.fromkeys(sources))

    def all(self, matches: Sequence[Match]) -> tuple[int, ...]:
        """The first source of each row: the rest stands in the chat."""
        return self([one.row.sources[0] for one in matches])

    def sources(self) -> tuple[Source, ...]:
        """All that was cited."""
        known = self._knowledge.sources
        return tuple(Source(number, known[id].title, known[id].url) for id, number in self._numbers.items())


def _gaps(profile: Profile) -> frozenset[str]:
    """What is unknown and still matters: after a finding nobody asks whether to test."""
    missing = {key for key in _ASKED if not getattr(profile, key)}
    if profile.findings:
        missing.discard("rebiopsy")
    if profile.rebiopsy in ("none", "pending"):
        missing.discard("findings")
    return frozenset(missing)


def _told(scene: Scene, gaps: frozenset[str]) -> tuple[Fact, ...]:
    profile, text = scene.state.profile, scene.knowledge.phrases.text
    told = []
    for key, (what, said) in zip(ORDER, facts(scene.state, scene.knowledge), strict=True):
        known = key in profile.to_dict()
        if key in gaps:
            family = scene.family if key == "driver" else None
            said = text("visit.told.inferred", driver=scene.value(family)) if family else text("visit.told.gap")
        if known or key in gaps:
            told.append(Fact(what, said, known))
    return tuple(told)


def _lines(cite: _Citations, rows: Sequence[VisitRow]) -> Lines:
    return Lines(tuple(row.text for row in rows), cite([source for row in rows for source in row.sources]))


def _option(scene: Scene, cite: _Citations, match: Match) -> Option:
    row, because = match.row, "、".join(match.because)
    why = scene.text("strategies.why", facts=because) if because else scene.text("strategies.why_general")
    told = strategies.evidence(scene, row)
    evidence = told if told.startswith(row.evidence_level) else f"{row.evidence_level}。{told}"
    effects = "；".join(row.side_effects)
    return Option(
        row.regimen, why, row.summary, evidence, strategies.approval(scene, row), effects, cite(row.sources[:CITED])
    )


def _named(scene: Scene, match: Match) -> str:
    row, text = match.row, scene.knowledge.phrases.text
    approval = strategies.approval(scene, row)
    return text("visit.options.other", regimen=row.regimen, evidence=row.evidence_level, approval=approval)


def _warned(scene: Scene, match: Match) -> str:
    row = match.row
    return scene.knowledge.phrases.text("visit.options.warned", regimen=row.regimen, summary=row.summary)
