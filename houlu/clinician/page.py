"""The read-only page `/knowledge`: everything as patients get it, filters, and a case to try out. It has no script."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, fields
from datetime import date
from functools import lru_cache
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined, Template
from starlette.datastructures import QueryParams

from houlu.clinician.simulate import tried
from houlu.clinician.view import MARKS, Filter, View
from houlu.knowledge import ids
from houlu.knowledge.table import Knowledge
from houlu.understanding.lexicon import CLASS_NAMES
from houlu.understanding.profile import Profile

POLICY = (
    "default-src 'none'; style-src 'self'; img-src 'self'; base-uri 'none'; form-action 'self'; "
    "frame-ancestors 'none'")
_FAMILIES = tuple(d for d in ids.DRIVERS if ids.driver_family(d) == d and d != "none")
_TOPICS = (*ids.IN_SCOPE_TOPICS, *ids.REFUSAL_TOPICS, *ids.HANDOFF_TOPICS, *ids.EMERGENCY_TOPICS)
#: A case's fields stand in the address behind this, beside those of the filter.
_CASE = "case_"


@dataclass(frozen=True)
class Field:
    """One field of a form: the values to choose from, and the chosen ones."""

    name: str
    label: str
    options: Sequence[tuple[str, str]]
    chosen: tuple[str, ...]
    several: bool = False


def html_of(knowledge: Knowledge, query: QueryParams, today: date) -> str:
    """The page for an address. Unknown fields and values are passed over."""
    view = View(knowledge, today)
    asked = _Asked(knowledge, view, query)
    trial = tried(asked.profile(), knowledge, view) if asked.tries_a_case else None
    return _template().render(
        say=lambda key, **values: knowledge.phrases.text(f"clinician.{key}", **values),
        version=knowledge.version, today=today, filters=asked.filter_fields, case=asked.case_fields,
        sections=[] if trial else view.sections(asked.filter()), trial=trial, filtered=asked.filter() != Filter())


class _Asked:
    """The two forms as they were filled in."""

    def __init__(self, knowledge: Knowledge, view: View, query: QueryParams) -> None:
        self._knowledge, self._view, self._query = knowledge, view, query
        drugs = sorted(knowledge.lexicon.drugs, key=knowledge.lexicon.drug_name)
        self.filter_fields = [
            self._field("driver", _FAMILIES), self._field("drug", drugs), self._field("finding", ids.FINDINGS),
            self._field("category", ids.CATEGORIES), self._field("role", ("option", "caution", "context")),
            self._field("topic", _TOPICS), self._field("mark", MARKS),
        ]
        self.case_fields = [
            self._field(f"{_CASE}driver", ids.DRIVERS),
            self._field(f"{_CASE}drugs", [*CLASS_NAMES, *drugs], several=True),
            self._field(f"{_CASE}findings", ids.FINDINGS, several=True),
            self._field(f"{_CASE}negative", ids.FINDINGS, several=True),
            self._field(f"{_CASE}pattern", ids.PATTERNS), self._field(f"{_CASE}rebiopsy", ids.REBIOPSIES),
            self._field(f"{_CASE}histology", ids.HISTOLOGIES),
        ]
        self.tries_a_case = any(name.startswith(_CASE) for name in query)

    def filter(self) -> Filter:
        """What to show."""
        return Filter(**{field.name: field.chosen[0] for field in self.filter_fields if field.chosen})

    def profile(self) -> Profile:
        """The case."""
        known = {f.name.removeprefix(_CASE): list(f.chosen) for f in self.case_fields if f.chosen}
        several = {field.name for field in fields(Profile) if field.default == ()}
        return Profile.from_dict({key: value if key in several else value[0] for key, value in known.items()})

    def _field(self, name: str, values: Sequence[str], *, several: bool = False) -> Field:
        key = name.removeprefix(_CASE)
        given = self._query.getlist(name)
        chosen = tuple(value for value in dict.fromkeys(given) if value in values)
        options = [(value, self._label(key, value)) for value in values]
        label = self._knowledge.phrases.text(f"clinician.page.{key}")
        return Field(name, label, options, chosen if several else chosen[:1], several)

    def _label(self, key: str, value: str) -> str:
        if key == "mark":
            return self._knowledge.phrases.text(f"clinician.mark.{value}")
        if key == "rebiopsy" and value == "none":
            return self._view.name("not_tested")
        return self._view.name(value)


@lru_cache(maxsize=1)
def _template() -> Template:
    loader = FileSystemLoader(Path(__file__).parent / "templates")
    environment = Environment(
        loader=loader, autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True)
    return environment.get_template("knowledge.html")
