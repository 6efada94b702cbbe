"""Export and import lose nothing: the real knowledge, and whatever the schema allows."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import yaml
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from houlu.clinician import cells, changes, conditions, export, workbook, write
from houlu.clinician.tables import Book, Entry, load, tables
from houlu.knowledge import ids
from houlu.knowledge.strategies import DOSE, FIGURE, Condition
from houlu.knowledge.table import Knowledge
from houlu.knowledge.visit import GAPS
from tests.clinician.conftest import KNOWLEDGE, Sheets

_FEW = settings(max_examples=40, deadline=None, suppress_health_check=list(HealthCheck))


def test_the_real_knowledge_comes_back_unchanged(sheets: Sheets) -> None:
    plan = sheets.plan()
    assert plan.changes == []
    assert plan.files == {}
    assert plan.exported == sheets.knowledge.version


def texts(lines: bool = False) -> st.SearchStrategy[str]:
    """What may stand in a cell: no control character, nothing that patients must not read."""
    letters = st.characters(blacklist_categories=("Cs", "Cc"), blacklist_characters="\ufffe\uffff")
    signs = st.sampled_from("=+-@'\"：:#、，,；; _x0d" + ("\n" if lines else ""))
    plain = st.text(st.one_of(letters, signs), max_size=30)
    return plain.map(str.strip).filter(lambda t: not DOSE.search(t) and not FIGURE.search(t))


def some(values: Any) -> st.SearchStrategy[list[str]]:
    return st.lists(st.sampled_from(sorted(values)), max_size=3, unique=True)


_FAMILIES = [d for d in ids.DRIVERS if ids.driver_family(d) == d]
_CONDITION = st.fixed_dictionaries({}, optional={
    "driver": some(_FAMILIES), "findings_any": some(ids.FINDINGS), "findings_all": some(ids.FINDINGS),
    "findings_none": some(ids.FINDINGS), "pattern_any": some(ids.PATTERNS), "pattern_none": some(ids.PATTERNS),
    "histology_any": some(ids.HISTOLOGIES), "rebiopsy_any": some(ids.REBIOPSIES),
    "drugs_any": some(["osimertinib", "trastuzumab deruxtecan"]), "drugs_none": some(["gefitinib"]),
    "generation_any": some("123"), "generation_none": some("123"), "no_target": st.sampled_from([None, True, False]),
}).map(Condition.parse_obj)


def values(kind: str, allowed: tuple[str, ...], key: str) -> st.SearchStrategy[Any]:
    if allowed:
        return st.sampled_from(allowed)
    if key in ("gaps", "progression_any"):
        return some(GAPS if key == "gaps" else ids.PROGRESSIONS)
    if key == "url":
        return st.sampled_from([None, "https://example.org/a?b=1&c=2#d"])
    if key == "image":  # with its words, which are never empty below
        return st.just("mechanisms.svg")
    return {
        "text": texts(lines=True),
        "lines": st.lists(texts().filter(bool), min_size=1 if key == "sources" else 0, max_size=4),
        "numbers": st.lists(st.integers(0, 99), max_size=3),
        "conditions": st.lists(_CONDITION, min_size=1 if key == "applies" else 0, max_size=3),
        "flag": st.booleans(),
        "day": st.dates(date(1990, 1, 1), date(2100, 1, 1)),
    }[kind]


@st.composite
def rows(draw: st.DrawFn) -> tuple[str, Any]:
    table = draw(st.sampled_from(tables()))
    raw: dict[str, Any] = {}
    for column in table.columns:
        value = draw(values(column.kind, column.allowed, column.key))
        if value in ("", []) and column.kind == "text":
            value = "x"
        place = raw.setdefault("approval", {}) if len(column.path) == 2 else raw
        place[column.path[-1]] = value
    return table.name, table.model.parse_obj(raw)


@given(drawn=rows())
@_FEW
def test_any_row_comes_back_from_its_cells(tmp_path: Path, knowledge: Knowledge, drawn: tuple[str, Any]) -> None:
    name, row = drawn
    book: Book = {table.name: [] for table in tables()}
    book[name] = [Entry({"strategies": "egfr", "answers": "adc", "sources": "egfr"}.get(name, name), row)]
    file = tmp_path / "any.xlsx"
    export.workbook(book, "v", knowledge.phrases, knowledge.lexicon).save(file)
    reading = workbook._Reading(knowledge.phrases)
    opened = workbook._open(file, knowledge.phrases)
    found = {table.name: workbook._sheet(opened, table, KNOWLEDGE, reading) for table in tables()}
    assert reading.problems == []
    assert found == book
    assert changes.between(book, found, knowledge.phrases) == []


@given(condition=_CONDITION)
@_FEW
def test_any_condition_comes_back_from_its_line(knowledge: Knowledge, condition: Condition) -> None:
    line = conditions.say(condition, knowledge.phrases)
    assert Condition.parse_obj(conditions.read(line, knowledge.phrases)) == condition


@given(drawn=st.lists(rows(), min_size=1, max_size=3), seed=st.randoms(use_true_random=False))
@_FEW
def test_any_rows_come_back_from_yaml(drawn: list[tuple[str, Any]], seed: Any) -> None:
    """New rows among old ones, old ones gone or in another order: what is written is what is meant."""
    for table, path in (("strategies", "strategies/egfr.yaml"), ("answers", "answers/adc.yaml"),
                        ("refusals", "refusals.yaml"), ("visit", "visit.yaml"), ("sources", "sources/egfr.yaml")):
        spec = next(t for t in tables() if t.name == table)
        text = (KNOWLEDGE / path).read_text(encoding="utf-8")
        old = [spec.model.parse_obj(row) for row in yaml.load(text, Loader=yaml.CSafeLoader)]
        added = {row.id: row for name, row in drawn if name == table}
        new = [*old[1:], *added.values()]
        seed.shuffle(new)
        once = write.rewritten(text, spec, old, new)
        assert once == write.rewritten(text, spec, old, new)
        assert write.rewritten(once, spec, new, new) == once
        head = text.splitlines()[0]
        assert not head.startswith("#") or once.startswith(head)


def test_every_file_written_without_a_change_keeps_every_byte() -> None:
    book = load(KNOWLEDGE)
    for table in tables():
        for path in KNOWLEDGE.glob({"strategies": "strategies/*.yaml", "answers": "answers/*.yaml",
                                    "sources": "sources/*.yaml"}.get(table.name, f"{table.name}.yaml")):
            same = [entry.row for entry in book[table.name] if entry.file == path.stem]
            text = path.read_text(encoding="utf-8")
            assert write.rewritten(text, table, same, same) == text, path


def test_labels_have_no_separators(knowledge: Knowledge) -> None:
    for label in conditions.labels(knowledge.phrases):
        assert not set(label) & set("=＝：:；;、,，")


def test_what_no_cell_can_hold_is_told(knowledge: Knowledge) -> None:
    column = next(c for t in tables() for c in t.columns if c.key == "cues")
    assert cells.unfit(column, ["a\nb"], "a\nb")
    assert cells.unfit(column, ["a\x01"], "a\x01")
    assert cells.unfit(column, ["a" * 40_000], "a" * 40_000)
    assert cells.unfit(column, ["a"], "a") is None
