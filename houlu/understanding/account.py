"""The patient's account: how a new fact joins those known before."""

from __future__ import annotations

from collections.abc import Sequence

from houlu.knowledge.ids import driver_family
from houlu.understanding.facts.cancer import Tissue
from houlu.understanding.facts.drugs import Mention, in_order
from houlu.understanding.facts.genes import Genes, most_exact
from houlu.understanding.lexicon import Lexicon
from houlu.understanding.profile import Profile

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


class Account:
    """The profile while one message is read: what is new is put where it belongs. said: the keys set or changed."""

    def __init__(self, profile: Profile, lexicon: Lexicon) -> None:
        self.profile = profile
        self.lexicon = lexicon
        self.said: set[str] = set()

    def take(self, key: str, value: object) -> None:
        if value is None:
            return
        if getattr(self.profile, key) != value:
            self.profile = self.profile.with_(**{key: value})
        self.said.add(key)

    def take_drugs(self, mentions: list[Mention], correcting: bool) -> None:
        before = list(self.profile.drugs)
        wrong = ("denied", "others") if correcting else ("denied",)  # 「错了，那是我姨吃的」
        denied = [m.id for m in mentions if m.status in wrong]
        new = [d for d in in_order(mentions) if d not in denied]
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

    def take_genes(self, said: Genes, correcting: bool) -> None:
        self._take_driver(said)
        negative = list(dict.fromkeys([*(n for n in self.profile.negative if n not in said.findings), *said.negative]))
        findings = [f for f in self.profile.findings if f not in said.negative]
        if said.findings:
            replaced = correcting and len(findings) == len(self.profile.findings)
            kept = [f for f in (findings[:-1] if replaced else findings) if f != "none"]
            findings = most_exact(kept + said.findings)
        elif said.nothing_found:
            findings = ["none"] if correcting or not findings else findings
        if tuple(negative) != self.profile.negative:
            self.profile = self.profile.with_(negative=tuple(negative))
            self.said.add("negative")
        if tuple(findings) != self.profile.findings or said.findings or said.nothing_found:
            self.profile = self.profile.with_(findings=tuple(findings))
            self.said.add("findings")

    def _take_driver(self, said: Genes) -> None:
        if self.profile.driver in said.denied:
            self.profile = self.profile.with_(driver=None)
            self.said.add("driver")
        if said.driver:
            if not (said.driver == "egfr" and (self.profile.driver or "").startswith("egfr")):
                self.take("driver", said.driver)
            self.said.add("driver")

    def take_progression(self, value: str | None, correcting: bool) -> None:
        have = self.profile.progression
        if value and (correcting or have is None or _PROGRESSION_RANK[value] >= _PROGRESSION_RANK[have]):
            self.take("progression", value)

    def deny_patterns(self, denied: set[str]) -> None:
        if self.profile.pattern in denied:
            self.profile = self.profile.with_(pattern=None)
            self.said.add("pattern")

    def take_pattern(self, value: str | None, replace: bool) -> None:
        order = ("slow", "oligo", "widespread", "brain", "leptomeningeal")
        have = self.profile.pattern
        if value and (replace or have is None or order.index(value) >= order.index(have)):
            self.take("pattern", value)

    def take_tissue(self, said: Tissue) -> None:
        if said.cancer == "lung":
            self.said.add("cancer")  # which lung cancer was not said
        elif said.cancer:
            self.take("cancer", said.cancer)
        self.take("histology", said.histology)

    def forget_other_cancer(self) -> None:
        """Another cancer was asked about first, perhaps somebody else's; now a lung cancer is told, or what only lung
        cancers have. A gene or a drug that other cancers share does not suffice."""
        if self.profile.cancer in (None, "nsclc", "sclc") or not self.said & {"cancer", "driver", "drugs", "findings"}:
            return
        if "cancer" in self.said or inferred_family(self.profile, self.lexicon) in _LUNG_ONLY:
            self.profile = self.profile.with_(cancer=None)
