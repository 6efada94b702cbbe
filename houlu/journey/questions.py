"""The guided journey: progression, re-biopsy, mechanism, strategy, advice. The next question is a pure function."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from houlu.knowledge.case import NOT_A_TARGET
from houlu.understanding.facts.genes import most_exact
from houlu.understanding.profile import Profile


@dataclass(frozen=True)
class Question:
    """slot: what is asked for; step, topic: of the contract; choices: keys of `dialogue.choice` with their values."""

    slot: str
    step: str
    topic: str
    choices: tuple[tuple[str, str], ...] = ()


DRUG = Question("drug", "progression", "strategy")
PROGRESSION = Question(
    "progression",
    "progression",
    "confirm_resistance",
    (
        ("progression_imaging", "imaging"),
        ("progression_doctor", "doctor_confirmed"),
        ("progression_marker", "marker_only"),
        ("progression_symptoms", "symptoms_only"),
    ),
)
PATTERN = Question(
    "pattern",
    "progression",
    "progression_pattern",
    (
        ("pattern_slow", "slow"),
        ("pattern_oligo", "oligo"),
        ("pattern_widespread", "widespread"),
        ("pattern_brain", "brain"),
    ),
)
REBIOPSY = Question(
    "rebiopsy",
    "rebiopsy",
    "rebiopsy_why",
    (
        ("rebiopsy_none", "none"),
        ("rebiopsy_tissue", "tissue"),
        ("rebiopsy_blood", "blood"),
        ("rebiopsy_pending", "pending"),
    ),
)
FINDINGS = Question("findings", "mechanism", "mechanism", (("findings_none", "none"),))
DRIVER = Question("driver", "mechanism", "mechanism")

#: What does not yet show that the drug has failed.
UNCONFIRMED = ("marker_only", "symptoms_only")
_EARLY = (PROGRESSION.slot, PATTERN.slot)
QUESTIONS = {q.slot: q for q in (DRUG, PROGRESSION, PATTERN, REBIOPSY, FINDINGS, DRIVER)}


def next_question(profile: Profile, family: str | None, passed: Collection[str]) -> Question | None:
    """The one question to ask now; None when it is time for the strategies.

    family: the driver family, said or inferred. passed: slots already answered with 不清楚 or 跳过.
    """
    wanted: tuple[Question, ...]
    if set(profile.findings) - NOT_A_TARGET:
        wanted = (DRUG, DRIVER) if family is None else ()
    elif profile.findings:
        wanted = (DRUG, DRIVER)
    else:
        wanted = (DRUG, PROGRESSION, PATTERN, REBIOPSY, FINDINGS, DRIVER)
    return next((q for q in wanted if q.slot not in passed and not known(q.slot, profile, family)), None)


def overtaken(asked: str | None, said: Collection[str]) -> tuple[str, ...]:
    """The early questions that are let go when the patient, asked one of them or nothing yet, tells of a later one."""
    if asked not in (None, *_EARLY) or asked in said or not {"rebiopsy", "findings"} & set(said):
        return ()
    return _EARLY


def answered(profile: Profile, slot: str, value: str) -> Profile:
    """The profile with the answer to a question. A finding joins the others; none at all takes their place."""
    if slot != "findings":
        return profile.with_(**{slot: value})
    kept = [] if value == "none" else [f for f in profile.findings if f != "none"]
    return profile.with_(findings=tuple(most_exact([*kept, value])))


def known(slot: str, profile: Profile, family: str | None) -> bool:
    """There is nothing to ask for this slot."""
    if slot == "drug":
        return bool(profile.drugs)
    if slot == "findings":
        return bool(profile.findings) or profile.rebiopsy not in ("blood", "tissue")
    if slot == "driver":
        return family is not None
    if slot == "pattern" and profile.progression in UNCONFIRMED:
        return True  # nothing has been seen to grow
    return getattr(profile, slot) is not None
