"""The words patients use for drugs, genes and cancers, and what each of them means."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from houlu.knowledge import ids
from houlu.knowledge.files import KnowledgeError, read_rows
from houlu.knowledge.strategies import InScopeTopic, Strict

if TYPE_CHECKING:
    _DriverId = str
    _FindingId = str
else:
    _DriverId = Literal[ids.DRIVERS]
    _FindingId = Literal[ids.FINDINGS]


class Drug(Strict):
    """A drug. families: for a TKI, the drivers it is given against; generation among them. codes: bare numbers."""

    id: str
    zh: str
    kind: Literal["tki", "bispecific", "adc", "antiangiogenic", "immunotherapy", "chemotherapy"]
    families: list[str] = []
    generation: Literal["1", "2", "3"] | None = None
    names: list[str] = []
    codes: list[str] = []


class Gene(Strict):
    """A gene finding. as_driver / as_finding: its id where the case started with it, and where it turned up later."""

    id: str
    as_driver: _DriverId | None = None
    as_finding: _FindingId | None = None
    names: list[str]
    codes: list[str] = []


class Cancer(Strict):
    """A cancer. drugs: names that are given only for this cancer (they point to it)."""

    id: str
    names: list[str]
    lung: bool = False
    drugs: list[str] = []


class AmbiguousOption(Strict):
    """What one choice of an ambiguous term sets: a gene, a driver or drugs; nothing when it only says no.

    given: with this driver nothing else can be meant, and nobody is asked.
    """

    title: str
    gene: str | None = None
    driver: _DriverId | None = None
    drugs: list[str] = []
    given: _DriverId | None = None


class Ambiguous(Strict):
    """A term that can mean several things, and the question that settles it."""

    id: str
    pattern: str
    topic: InScopeTopic
    ask: str
    options: list[AmbiguousOption]
    needs: Literal["no_driver"] | None = None


@dataclass(frozen=True)
class Term:
    """One spelling: label is drug, gene, cancer or code_drug / code_gene (a bare number that needs its context)."""

    label: str
    id: str
    text: str


class Lexicon:
    """All of `data/knowledge/lexicon`. Raises KnowledgeError when a file is broken or a name means two things."""

    def __init__(self, drugs: list[Drug], genes: list[Gene], cancers: list[Cancer], ambiguous: list[Ambiguous]) -> None:
        self.drugs = {drug.id: drug for drug in drugs}
        self.genes = {gene.id: gene for gene in genes}
        self.cancers = {cancer.id: cancer for cancer in cancers}
        self.ambiguous = ambiguous
        self._refuse_double_meanings()

    @classmethod
    def load(cls, knowledge: Path) -> Lexicon:
        folder = knowledge / "lexicon"
        return cls(
            read_rows(folder / "drugs.yaml", Drug),
            read_rows(folder / "genes.yaml", Gene),
            read_rows(folder / "cancers.yaml", Cancer),
            read_rows(folder / "ambiguous.yaml", Ambiguous),
        )

    @cached_property
    def terms(self) -> list[Term]:
        """Every spelling in lower case, longest first."""
        found = []
        for drug in self.drugs.values():
            names = {drug.zh, drug.id, *drug.names}
            found += [Term("drug", drug.id, name.lower()) for name in names]
            found += [Term("code_drug", drug.id, code.lower()) for code in drug.codes]
        for gene in self.genes.values():
            found += [Term("gene", gene.id, name) for name in gene.names]
            found += [Term("code_gene", gene.id, code) for code in gene.codes]
        for cancer in self.cancers.values():
            found += [Term("cancer", cancer.id, name.lower()) for name in (*cancer.names, *cancer.drugs)]
        return sorted(found, key=lambda term: (-len(term.text), term.text))

    @cached_property
    def patterns(self) -> list[tuple[Ambiguous, re.Pattern[str]]]:
        """The ambiguous terms with their compiled patterns."""
        return [(term, re.compile(term.pattern)) for term in self.ambiguous]

    def drug_name(self, drug: str) -> str:
        """The Chinese generic name of a drug id; class ids and unknown ones as they are."""
        return self.drugs[drug].zh if drug in self.drugs else CLASS_NAMES.get(drug, drug)

    def _refuse_double_meanings(self) -> None:
        seen: dict[str, Term] = {}
        problems = []
        for term in self.terms:
            other = seen.setdefault(term.text, term)
            if other.id != term.id and not {other.label, term.label} <= {"code_drug", "code_gene"}:
                problems.append(
                    f"lexicon: {term.text!r} means both {other.id} and {term.id}; move it to ambiguous.yaml"
                )
        if problems:
            raise KnowledgeError(problems)


#: Unnamed classes of the contract's `drugs`, as patients read them.
CLASS_NAMES = {"platinum_chemotherapy": "含铂化疗", "chemotherapy": "化疗", "immunotherapy": "免疫治疗"}
