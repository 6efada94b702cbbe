"""From one message to the profile: only what holds for this patient now is kept."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from houlu.knowledge.ids import driver_family
from houlu.understanding.clauses import Clause, clauses, sentences
from houlu.understanding.facts import cancer, course, drugs, duration, genes, pd_l1, retest
from houlu.understanding.lexicon import Ambiguous, Lexicon
from houlu.understanding.profile import Profile
from houlu.understanding.recognise import Entity

#: Intents in which a bare drug or gene is a fact of the case.
_TELLING = frozenset(
    (
        "inform",
        "strategy",
        "affirm",
        "deny",
        "unknown",
        "continue",
        "ask_expert",
        "confirm_resistance",
        "change_patient",
    )
)
#: Questions about a drug that need not be the patient's own.
_ABOUT_A_DRUG = frozenset(("dosing", "insurance_price", "unlicensed_drug"))
_TELLING_GENES = _TELLING | {"pathway_switch"}
_PROGRESSION_RANK = {"symptoms_only": 0, "marker_only": 1, "imaging": 2, "doctor_confirmed": 3}
_FINDING_FAMILY = (
    ("t790m", "egfr"),
    ("c797s", "egfr"),
    ("alk_", "alk"),
    ("ros1_g", "ros1"),
    ("met_d", "met_ex14"),
    ("ret_g", "ret"),
    ("ntrk_s", "ntrk"),
)
_LUNG_ONLY = ("egfr", "egfr_ex20ins", "alk", "ros1")


@dataclass(frozen=True)
class Heard:
    """profile: after the message. said: the keys that the message set or changed. heard_as: drug ids recognised by
    sound only, to be said back. unclear: an ambiguous term to ask about. unknown_drug: a name and the drug ids near it
    ("a|b")."""

    profile: Profile
    said: frozenset[str] = frozenset()
    heard_as: tuple[str, ...] = ()
    unclear: Ambiguous | None = None
    unknown_drug: tuple[str, str] | None = None


def inferred_family(profile: Profile, lexicon: Lexicon) -> str | None:
    """The driver family: said, or the only one that fits the drugs taken, or implied by a finding."""
    if profile.driver and profile.driver != "none":
        return driver_family(profile.driver)
    if family := _family_of(profile.findings):
        return family
    families = [
        set(lexicon.drugs[d].families) for d in profile.drugs if d in lexicon.drugs and lexicon.drugs[d].families
    ]
    common = set.intersection(*families) if families else set()
    if len(common) == 1:
        return next(iter(common))
    # What was looked for and not found says least: a large panel looks for everything.
    return profile.driver or (None if families else _family_of(profile.negative))


def _family_of(findings: Sequence[str]) -> str | None:
    """The driver beside which a finding occurs."""
    return next((family for f in findings for prefix, family in _FINDING_FAMILY if f.startswith(prefix)), None)


def hear(
    profile: Profile,
    text: str,
    entities: list[Entity],
    lexicon: Lexicon,
    *,
    intent: str,
    asked: str | None,
    today: date,
) -> Heard:
    """Read one normalised message.

    intent: what the classifier thinks is asked. asked: the journey's open question ("drug", "progression", "pattern",
    "rebiopsy", "findings", "driver"), whose answer may be a fragment. today: for 「从去年三月」.
    """
    parts = clauses(text)
    updates = _Updates(profile, lexicon)
    telling = intent in _TELLING or (asked is not None and len(text) <= 12) or _only_names(text, entities)
    asking = _Asking(intent, asked, telling, today)
    heard_as: list[str] = []
    for stretch, correcting in sentences(parts):
        names = [e for e in entities if stretch[0].start <= e.start < stretch[-1].end]
        heard_as += _read(updates, text, stretch, names, asking, correcting)
    updates.forget_other_cancer()
    unclear = _unclear(text, parts, entities, updates.profile, lexicon, intent, asked)
    unknown = next(((e.text, e.id) for e in entities if e.label == "unknown_drug"), None)
    return Heard(updates.profile, frozenset(updates.said), tuple(heard_as), unclear, unknown)


@dataclass(frozen=True)
class _Asking:
    """What the message is an answer to. telling: a bare name in it is a fact."""

    intent: str
    asked: str | None
    telling: bool
    today: date


def _read(
    updates: _Updates, text: str, parts: list[Clause], entities: list[Entity], asking: _Asking, correcting: bool
) -> list[str]:
    """Take in one stretch of a message. Returns the drugs that were recognised by their sound only."""
    mentions = drugs.heard(text, parts, entities, telling=asking.telling)
    if asking.intent not in _ABOUT_A_DRUG:
        updates.drugs(mentions, correcting)
    updates.set("months_on_drug", _months(updates.profile, parts, mentions, correcting, asking.today))
    said = genes.heard(
        text,
        parts,
        entities,
        updates.lexicon,
        telling=asking.intent in _TELLING_GENES or asking.asked in ("findings", "driver"),
        known_driver=inferred_family(updates.profile, updates.lexicon),
    )
    tissue = cancer.heard(
        parts,
        entities,
        treated=bool(updates.profile.drugs or updates.profile.driver or said.driver),
        adenocarcinoma=updates.profile.histology == "adenocarcinoma",
    )
    updates.tissue(tissue)
    said.take(tissue.turned, tissue.excluded)
    updates.genes(said, correcting)
    updates.set("pd_l1", pd_l1.heard(text, parts))
    updates.progression(course.progression(parts, asked=asking.asked == "progression"), correcting)
    updates.pattern(
        course.pattern(parts, about_pattern=asking.intent == "progression_pattern", asked=asking.asked == "pattern"),
        correcting or asking.asked == "pattern",
    )
    updates.set("rebiopsy", retest.heard(parts, asked=asking.asked == "rebiopsy") or _tested(parts, said))
    return [m.id for m in mentions if m.heard and m.status == "taken"]


def _months(
    profile: Profile, parts: list[Clause], mentions: list[drugs.Mention], correcting: bool, today: date
) -> float | None:
    last = profile.drugs[-1:]
    return duration.heard(
        parts,
        named_drug=[(m.start, m.end) for m in mentions],
        earlier=[(m.start, m.end) for m in mentions if m.id not in last],
        wanted=bool(last) and profile.months_on_drug is None,
        correcting=correcting,
        today=today,
    )


class _Updates:
    """The profile while one message is read."""

    def __init__(self, profile: Profile, lexicon: Lexicon) -> None:
        self.profile = profile
        self.lexicon = lexicon
        self.said: set[str] = set()

    def set(self, key: str, value: object) -> None:
        if value is None:
            return
        if getattr(self.profile, key) != value:
            self.profile = self.profile.with_(**{key: value})
        self.said.add(key)

    def drugs(self, mentions: list[drugs.Mention], correcting: bool) -> None:
        before = list(self.profile.drugs)
        denied = [m.id for m in mentions if m.status == "denied"]
        new = [d for d in drugs.in_order(mentions) if d not in denied]
        place = min((before.index(d) for d in denied if d in before), default=None)
        kept = [d for d in before if d not in denied]
        fresh = [d for d in new if d not in kept]
        if correcting and fresh and place is None and kept and len(fresh) == 1:
            place = len(kept) - 1
            kept = kept[:-1]
        at = len(kept) if place is None else place
        earlier = {m.id for m in mentions if m.status == "taken" and m.order == 0}
        if place is None and kept and fresh and all(d in earlier for d in fresh):
            at = 0
        result = (*kept[:at], *fresh, *kept[at:])
        if new:
            self.said.add("drugs")
        if result != self.profile.drugs:
            changed_last = self.profile.drugs and result and result[-1] != self.profile.drugs[-1]
            if changed_last and not correcting and not denied and self.profile.months_on_drug is not None:
                self.profile = self.profile.with_(months_on_drug=None)
            self.profile = self.profile.with_(drugs=result)
            self.said.add("drugs")

    def genes(self, said: genes.Genes, correcting: bool) -> None:
        self._driver(said)
        negative = list(dict.fromkeys([*(n for n in self.profile.negative if n not in said.findings), *said.negative]))
        findings = [f for f in self.profile.findings if f not in said.negative]
        if said.findings:
            replaced = correcting and len(findings) == len(self.profile.findings)
            kept = [f for f in (findings[:-1] if replaced else findings) if f != "none"]
            findings = genes.most_exact(kept + said.findings)
        elif said.nothing_found:
            findings = ["none"] if correcting or not findings else findings
        if tuple(negative) != self.profile.negative:
            self.profile = self.profile.with_(negative=tuple(negative))
            self.said.add("negative")
        if tuple(findings) != self.profile.findings or said.findings or said.nothing_found:
            self.profile = self.profile.with_(findings=tuple(findings))
            self.said.add("findings")

    def _driver(self, said: genes.Genes) -> None:
        if self.profile.driver in said.denied:
            self.profile = self.profile.with_(driver=None)
            self.said.add("driver")
        if said.driver:
            if not (said.driver == "egfr" and (self.profile.driver or "").startswith("egfr")):
                self.set("driver", said.driver)
            self.said.add("driver")

    def progression(self, value: str | None, correcting: bool) -> None:
        have = self.profile.progression
        if value and (correcting or have is None or _PROGRESSION_RANK[value] >= _PROGRESSION_RANK[have]):
            self.set("progression", value)

    def pattern(self, value: str | None, replace: bool) -> None:
        order = ("slow", "oligo", "widespread", "brain", "leptomeningeal")
        have = self.profile.pattern
        if value and (replace or have is None or order.index(value) >= order.index(have)):
            self.set("pattern", value)

    def tissue(self, said: cancer.Tissue) -> None:
        if said.cancer == "lung":
            self.said.add("cancer")  # which lung cancer was not said
        elif said.cancer:
            self.set("cancer", said.cancer)
        self.set("histology", said.histology)

    def forget_other_cancer(self) -> None:
        """Another cancer was asked about first, perhaps somebody else's; now a lung cancer is told, or what only lung
        cancers have. A gene or a drug that other cancers share does not suffice."""
        if self.profile.cancer in (None, "nsclc", "sclc") or not self.said & {"cancer", "driver", "drugs", "findings"}:
            return
        if "cancer" in self.said or inferred_family(self.profile, self.lexicon) in _LUNG_ONLY:
            self.profile = self.profile.with_(cancer=None)


def _tested(parts: list[Clause], said: genes.Genes) -> str | None:
    """A finding said together with its sample: 「抽血查出T790M」."""
    if not (said.findings or said.negative or said.nothing_found):
        return None
    stated = " ".join(c.text for c in parts if c.about_us)
    if re.search(r"穿刺|活检|组织|气管镜|穿了|扎", stated) and not re.search(
        r"(?:怕|不想|要不要|还用|能不能|再)(?:穿|扎|活检)", stated
    ):
        return "tissue"
    if re.search(r"抽血|血检|血液|验血|液体活检|ctdna|血里", stated):
        return "blood"
    return None


def _only_names(text: str, entities: list[Entity]) -> bool:
    rest = text
    for entity in entities:
        rest = rest.replace(entity.text, "")
    return bool(entities) and len(re.sub(r"[\s,，。和跟、+的是]", "", rest)) <= 1


def _unclear(
    text: str,
    parts: list[Clause],
    entities: list[Entity],
    profile: Profile,
    lexicon: Lexicon,
    intent: str,
    asked: str | None,
) -> Ambiguous | None:
    """An ambiguous term that matters for this case and has not been settled."""
    if not (intent in _TELLING_GENES or asked):
        return None
    settled = {e.id for e in entities if e.label == "gene"}
    for term, pattern in lexicon.patterns:
        match = pattern.search(text)
        if not match or any(c.hypothetical and c.start <= match.start() < c.end for c in parts):
            continue
        if any(option.gene in settled for option in term.options if option.gene):
            continue
        if term.needs == "no_driver" and (inferred_family(profile, lexicon) or profile.drugs):
            continue
        if term.id == "braf_unclear" and {"braf_v600e", "braf_other"} & settled:
            continue
        return term
    return None
