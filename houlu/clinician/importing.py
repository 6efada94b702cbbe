"""A workbook into the knowledge folder: what changes, whether the whole is right, and only then the files."""

from __future__ import annotations

import os
import shutil
import tempfile
from dataclasses import dataclass
from pathlib import Path

from houlu.clinician import changes, workbook, write
from houlu.clinician.changes import Change
from houlu.clinician.tables import Book, Table, load, paths, tables
from houlu.clinician.workbook import WorkbookError
from houlu.knowledge.files import KnowledgeError
from houlu.knowledge.table import Knowledge
from houlu.safety.check import unfit


@dataclass(frozen=True)
class Plan:
    """changes: for the preview. files: the new text of every file that changes. exported: the workbook's version."""

    changes: list[Change]
    files: dict[Path, str]
    exported: str

    def apply(self) -> None:
        """Write the files, each one at once."""
        for path, text in self.files.items():
            beside = path.with_name(f".{path.name}.new")
            beside.write_text(text, encoding="utf-8")
            shutil.copymode(path, beside)
            os.replace(beside, path)


def plan(file: Path, folder: Path, knowledge: Knowledge) -> Plan:
    """What importing would do. Raises WorkbookError with every mistake, by sheet and row."""
    phrases = knowledge.phrases
    new, exported = workbook.read(file, folder, phrases, knowledge.lexicon)
    old = load(folder)
    files: dict[Path, str] = {}
    for table in tables():
        files |= _rewritten(folder, table, old, new)
    found = changes.between(old, new, phrases)
    if problems := _as_a_whole(folder, files):
        raise WorkbookError([phrases.text("clinician.error.as_a_whole", said=problem) for problem in problems])
    return Plan(found, files, exported)


def _rewritten(folder: Path, table: Table, old: Book, new: Book) -> dict[Path, str]:
    texts = {}
    for path in paths(folder, table):
        before = [entry.row for entry in old[table.name] if entry.file == path.stem]
        after = [entry.row for entry in new[table.name] if entry.file == path.stem]
        if before != after:
            texts[path] = write.rewritten(path.read_text(encoding="utf-8"), table, before, after)
    return texts


def _as_a_whole(folder: Path, files: dict[Path, str]) -> list[str]:
    """What is wrong with the knowledge as it would be, tried in a copy."""
    with tempfile.TemporaryDirectory(prefix="houlu-import-") as place:
        copy = Path(shutil.copytree(folder, Path(place) / "knowledge"))
        for path, text in files.items():
            (copy / path.relative_to(folder)).write_text(text, encoding="utf-8")
        try:
            return unfit(Knowledge.load(copy))
        except KnowledgeError as error:
            return [problem.replace(f"{copy}/", "") for problem in error.problems]
