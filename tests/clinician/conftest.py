"""A clinician's own copy of the knowledge, to break and to mend."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from openpyxl.cell.cell import Cell

from houlu.clinician import export, importing
from houlu.clinician.importing import Plan
from houlu.clinician.tables import load
from houlu.clinician.workbook import WorkbookError
from houlu.knowledge.table import Knowledge
from houlu.settings import ROOT

KNOWLEDGE = ROOT / "data" / "knowledge"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """All content files, in a folder that may be changed."""
    return Path(shutil.copytree(KNOWLEDGE, tmp_path / "knowledge"))


def edit(path: Path, old: str, new: str) -> None:
    """Change one place of a file, as an editor does."""
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")


@pytest.fixture(scope="session")
def knowledge() -> Knowledge:
    """The tables as they are."""
    return Knowledge.load(KNOWLEDGE)


class Sheets:
    """The exported workbook of a folder, to be edited as a clinician edits it."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.file = folder, folder.parent / "knowledge.xlsx"
        self.knowledge = Knowledge.load(folder)
        k = self.knowledge
        self.book = export.workbook(load(folder), k.version, k.phrases, k.lexicon)

    def find(self, sheet: str, row: str, column: str) -> Cell:
        """The cell of a row, by its id and the column's heading."""
        lines = list(self.book[sheet].iter_rows())
        place = [cell.value for cell in lines[0]].index(column)
        return next(line[place] for line in lines if row in [cell.value for cell in line[:2]])

    def plan(self) -> Plan:
        self.book.save(self.file)
        return importing.plan(self.file, self.folder, self.knowledge)

    def problems(self) -> list[str]:
        with pytest.raises(WorkbookError) as error:
            self.plan()
        return error.value.problems


@pytest.fixture
def sheets(folder: Path) -> Sheets:
    return Sheets(folder)
