"""The strategy table: what doctors consider after progression, when it applies, and what it rests on."""

from __future__ import annotations

import re
from datetime import date
from typing import TYPE_CHECKING, Any, Literal

from pydantic import BaseModel, Extra, PydanticValueError, validator

from houlu.knowledge import ids
from houlu.knowledge.pictures import NAME

#: A number with a unit of outcome (months, percent, hazard ratio): what an unverified row must not show.
FIGURE = re.compile(r"\d[\d.]*\s*(?:%|％|个月|月内|成|倍)|HR\s*\d|P\s*[=<]", re.IGNORECASE)
#: A dose, which no patient may read anywhere.
DOSE = re.compile(r"\d[\d.]*\s*(?:mg|毫克|µg|微克|片|粒|g/m)", re.IGNORECASE)


class DoseError(PydanticValueError):
    """A text that patients read names a dose."""

    code = "dose"
    msg_template = "names a dose ({found}); patients never read doses"


class FigureError(PydanticValueError):
    """A figure stands where none may stand."""

    code = "figure"
    msg_template = "has a figure ({found}); figures stand in `evidence` only"


class NoSourceError(PydanticValueError):
    """An answer without anything to rest on."""

    code = "no_source"
    msg_template = "needs at least one source"


class AddressError(PydanticValueError):
    """A link that is none."""

    code = "address"
    msg_template = "is no web address; allowed: http://... or https://..., or null"


class PictureNameError(PydanticValueError):
    """What cannot be a picture's file."""

    code = "picture_name"
    msg_template = "{found} is no picture's file name; allowed: small letters, digits, - and _, then .svg"


class NoImageAltError(PydanticValueError):
    """A picture that says nothing to those who cannot see it, or words for a picture that is not there."""

    code = "no_image_alt"
    msg_template = "image and image_alt belong together: what the picture says, in words"


class Strict(BaseModel):
    """A model that refuses unknown fields, so that a misspelt field name is found."""

    class Config:
        extra = Extra.forbid
        frozen = True


if TYPE_CHECKING:  # pydantic checks against the closed lists of ids.py; to the type checker they are strings
    Driver = str
    Finding = str
    Pattern = str
    Histology = str
    Category = str
    Rebiopsy = str
    InScopeTopic = str
    RefusedTopic = str
    EmergencyTopic = str
else:
    Driver = Literal[tuple(d for d in ids.DRIVERS if ids.driver_family(d) == d)]
    Finding = Literal[ids.FINDINGS]
    Pattern = Literal[ids.PATTERNS]
    Histology = Literal[ids.HISTOLOGIES]
    Category = Literal[ids.CATEGORIES]
    Rebiopsy = Literal[ids.REBIOPSIES]
    InScopeTopic = Literal[ids.IN_SCOPE_TOPICS]
    RefusedTopic = Literal[ids.REFUSAL_TOPICS + ids.HANDOFF_TOPICS]
    EmergencyTopic = Literal[ids.EMERGENCY_TOPICS]


class Row(Strict):
    """A row of a table that clinicians write: blanks around a text mean nothing."""

    class Config:
        anystr_strip_whitespace = True


class Reviewed(Row):
    """Who has looked at a row, when, and when it must be looked at again."""

    reviewed_by: str = ""
    reviewed_on: date | None = None
    review_due: date | None = None


class Condition(Strict):
    """Holds when every field that is given holds. An empty condition holds always.

    driver: the case's driver family is one of these ("egfr" covers ex19del, L858R and the uncommon ones).
    findings_any / findings_all / findings_none: about what was found after the drug failed.
    pattern_any / pattern_none, histology_any, rebiopsy_any: as in the profile.
    drugs_any / drugs_none: drugs taken (lexicon ids).
    generation_any / generation_none: generations of the TKIs taken against the case's driver ("1", "2", "3").
    no_target: True when a test after progression found nothing that a row's `findings_any` could use.
    """

    driver: list[Driver] = []
    findings_any: list[Finding] = []
    findings_all: list[Finding] = []
    findings_none: list[Finding] = []
    pattern_any: list[Pattern] = []
    pattern_none: list[Pattern] = []
    histology_any: list[Histology] = []
    rebiopsy_any: list[Rebiopsy] = []
    drugs_any: list[str] = []
    drugs_none: list[str] = []
    generation_any: list[Literal["1", "2", "3"]] = []
    generation_none: list[Literal["1", "2", "3"]] = []
    no_target: bool | None = None


class Approval(Row):
    """Approval by the NMPA *for this use*. Not verified or unknown: the patient is told to ask the hospital."""

    status: Literal["approved", "not_approved", "unknown", "not_applicable"]
    date: str = ""
    text: str = ""
    verified: bool = False


class Strategy(Reviewed):
    """One row.

    role: option (a way forward), caution (what did not work or is warned of), context (first line, background).
    applies: alternatives; the row applies when any of them holds. excludes: the row is out when any of these holds.
    summary: two or three sentences for the patient, without any figure. evidence: what kind of study, how many people,
    compared with what, with figures (shown only when `verified`). not_shown: what the study did not show.
    """

    id: str
    role: Literal["option", "caution", "context"]
    category: Category
    regimen: str
    drugs: list[str] = []
    applies: list[Condition]
    excludes: list[Condition] = []
    summary: str
    evidence_level: str
    randomised: bool = False
    evidence: str = ""
    not_shown: str = ""
    approval: Approval
    side_effects: list[str] = []
    sources: list[str] = []
    verified: bool
    article_section: list[int] = []

    @validator("regimen", "summary", "evidence", "evidence_level", "not_shown")
    def no_dose(cls, text: str) -> str:
        if found := DOSE.search(text):
            raise DoseError(found=found.group())
        return text

    @validator("side_effects", each_item=True)
    def no_dose_in_side_effects(cls, text: str) -> str:
        if found := DOSE.search(text):
            raise DoseError(found=found.group())
        return text

    @validator("summary", "evidence_level")
    def no_figure(cls, text: str) -> str:
        if found := FIGURE.search(text):
            raise FigureError(found=found.group())
        return text


class Source(Row):
    """What a statement rests on. url is null for mirrors, previews and aggregators: they show their title only."""

    id: str
    title: str
    url: str | None = None

    @validator("url")
    def is_web_address(cls, url: str | None) -> str | None:
        if url is not None and not re.match(r"https?://\S+$", url):
            raise AddressError()
        return url


class Answer(Reviewed):
    """An answer of a topic. The first one whose condition and cues fit is given; the one without both is the default.

    cues: regular expressions over the normalised message (lower case, simplified); any of them is enough.
    applies: alternatives about the case, as in Strategy. short: two or three sentences. long: after 想多了解一点.
    suggestions: up to three follow-up questions, in the patient's words. image: a picture's file name in data/media, or
    empty; it goes with the short answer. image_alt: what the picture says, for those who cannot see it.
    """

    id: str
    topic: InScopeTopic
    cues: list[str] = []
    applies: list[Condition] = []
    short: str
    long: str = ""
    sources: list[str]
    suggestions: list[str] = []
    image: str = ""
    image_alt: str = ""
    verified: bool = True

    @validator("image")
    def is_a_picture(cls, image: str) -> str:
        if image and not NAME.fullmatch(image):
            raise PictureNameError(found=image)
        return image

    @validator("image_alt", always=True)
    def goes_with_the_picture(cls, alt: str, values: dict[str, Any]) -> str:
        if "image" in values and bool(values["image"]) != bool(alt):
            raise NoImageAltError()
        return alt

    @validator("short", "long", "image_alt")
    def no_dose(cls, text: str) -> str:
        if found := DOSE.search(text):
            raise DoseError(found=found.group())
        return text

    @validator("sources")
    def has_source(cls, sources: list[str]) -> list[str]:
        if not sources:
            raise NoSourceError()
        return sources


class Refusal(Reviewed):
    """What is said to a topic that is refused or handed over; the first whose cues fit, else the one without."""

    id: str
    topic: RefusedTopic
    kind: Literal["refusal", "handoff"]
    cues: list[str] = []
    text: str
    sources: list[str] = []


class Emergency(Reviewed):
    """What to do now."""

    topic: EmergencyTopic
    text: str
    sources: list[str] = []
