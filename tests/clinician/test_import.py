"""What an import changes: previewed field by field, written only on demand, in the style of the files."""

from __future__ import annotations

import difflib
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from houlu.cli import app
from houlu.clinician import changes
from houlu.clinician.tables import load
from houlu.knowledge.table import Knowledge
from houlu.settings import get_settings
from tests.clinician.conftest import KNOWLEDGE, Sheets, edit

ROW = "t790m_osimertinib"


def diff(folder: Path, file: str) -> list[str]:
    """The lines that an import took away or brought."""
    old = (KNOWLEDGE / file).read_text(encoding="utf-8").splitlines()
    new = (folder / file).read_text(encoding="utf-8").splitlines()
    lines = difflib.unified_diff(old, new, lineterm="", n=0)
    return [line for line in lines if not line.startswith(("---", "+++", "@@"))]


def touched(folder: Path) -> set[str]:
    return {
        str(path.relative_to(folder)) for path in folder.rglob("*.yaml")
        if path.read_bytes() != (KNOWLEDGE / path.relative_to(folder)).read_bytes()}


def told(sheets: Sheets) -> str:
    return "\n".join(line for c in sheets.plan().changes for line in changes.told(c, sheets.knowledge.phrases))


def test_one_changed_cell_changes_one_line(sheets: Sheets) -> None:
    sheets.find("办法", ROW, "审阅医生").value = "李医生"
    assert told(sheets) == f"〜 【办法】修改 {ROW}\n    审阅医生\n      原来：（空）\n      改成：李医生"
    sheets.plan().apply()
    assert touched(sheets.folder) == {"strategies/egfr.yaml"}
    assert diff(sheets.folder, "strategies/egfr.yaml") == ['-  reviewed_by: ""', "+  reviewed_by: 李医生"]


def test_a_list_and_a_long_text_keep_the_style_of_the_file(sheets: Sheets) -> None:
    sheets.find("回答", "adc_test", "接着可以问").value = "芦康是什么药\nADC适合什么人"
    sheets.find("回答", "adc_sac_tmt", "详细回答").value = "· 一行\n· 两行：有冒号"
    sheets.find("办法", ROW, "什么时候不给").value = "总是"
    sheets.plan().apply()
    changed = diff(sheets.folder, "answers/adc.yaml")
    assert "+  suggestions: [芦康是什么药, ADC适合什么人]" in changed
    assert changed[-2:] == ["+    · 一行", "+    · 两行：有冒号"] or "+    · 两行：有冒号" in changed
    assert "+    - {}" in diff(sheets.folder, "strategies/egfr.yaml")


def test_a_removed_row_leaves_the_heading_of_its_section(sheets: Sheets) -> None:
    sheet = sheets.book["办法"]
    sheet.delete_rows(sheets.find("办法", ROW, "编号").row)
    sheet.delete_rows(sheets.find("办法", "no_target_chemo", "编号").row)
    assert f"－ 【办法】删除 {ROW}（egfr）" in told(sheets)
    sheets.plan().apply()
    text = (sheets.folder / "strategies" / "egfr.yaml").read_text(encoding="utf-8")
    assert "靶向药）----" not in text
    assert "# ---- T790M：换三代药（只对还没用过三代药的人）----\n- id: t790m_aumolertinib" in text
    assert "\n\n# ---- 没有可用靶点，或作为后面的选择：全身治疗 ----\n" in text
    assert all(line.startswith("-") for line in diff(sheets.folder, "strategies/egfr.yaml") if "# ----" not in line)


def test_a_new_row_stands_where_the_sheet_has_it(sheets: Sheets) -> None:
    sheet = sheets.book["出处"]
    after = sheets.find("出处", "b_aura3", "编号").row
    sheet.insert_rows(after + 1)
    for place, text in enumerate(("answers2", "b_new", "新的研究：某某", "https://example.org/new"), 1):
        sheet.cell(after + 1, place).value = text
    assert told(sheets) == "＋ 【出处】新增 b_new（answers2）"
    sheets.plan().apply()
    assert diff(sheets.folder, "sources/answers2.yaml") == [
        "+- id: b_new", "+  title: 新的研究：某某", "+  url: https://example.org/new", "+"]
    ids = [entry.row.id for entry in load(sheets.folder)["sources"]]
    assert ids[ids.index("b_aura3") + 1] == "b_new"


def test_a_new_strategy_row_reads_like_the_others(sheets: Sheets) -> None:
    sheet = sheets.book["办法"]
    old = sheets.find("办法", ROW, "编号").row
    sheet.append([cell.value for cell in sheet[old]])
    sheet.cell(sheet.max_row, 2).value = "copied"
    sheets.plan().apply()
    text = (sheets.folder / "strategies" / "egfr.yaml").read_text(encoding="utf-8")
    added = text[text.index("- id: copied"):]
    original = text[text.index(f"- id: {ROW}"):text.index("- id: t790m_aumolertinib")]
    assert added.replace("id: copied", f"id: {ROW}").splitlines() == original.replace('""', "''").rstrip().splitlines()


def test_another_order_is_told_and_written(sheets: Sheets) -> None:
    sheet = sheets.book["急症"]
    first, second = ([cell.value for cell in sheet[row]] for row in (2, 3))
    for place, (a, b) in enumerate(zip(second, first, strict=True), 1):
        sheet.cell(2, place).value, sheet.cell(3, place).value = a, b
    assert told(sheets) == "〜 【急症】emergencies 里行的先后变了"
    sheets.plan().apply()
    text = (sheets.folder / "emergencies.yaml").read_text(encoding="utf-8")
    assert text.startswith("# 急症：第一行就是现在做什么。\n- topic: dyspnea\n")
    assert [e.row.topic for e in load(sheets.folder)["emergencies"]][:2] == ["dyspnea", "hemoptysis"]


def test_a_row_moves_to_another_file(sheets: Sheets) -> None:
    sheets.find("办法", "ntrk_first", "文件").value = "ret"
    assert told(sheets).startswith("〜 【办法】ntrk_first 从 ntrk 移到 ret")
    sheets.plan().apply()
    assert touched(sheets.folder) == {"strategies/ntrk.yaml", "strategies/ret.yaml"}
    Knowledge.load(sheets.folder)


def test_importing_twice_changes_nothing_more(sheets: Sheets) -> None:
    sheets.find("办法", ROW, "审阅医生").value = "李医生"
    sheets.plan().apply()
    assert sheets.plan().files == {}


# The command.


@pytest.fixture
def houlu(folder: Path, monkeypatch: pytest.MonkeyPatch):  # type: ignore[no-untyped-def]
    monkeypatch.setenv("HOULU_KNOWLEDGE", str(folder))
    get_settings.cache_clear()

    def run(*arguments: object) -> Result:
        return CliRunner().invoke(app, ["knowledge", *map(str, arguments)])

    yield run
    get_settings.cache_clear()


def test_check_names_everything_at_once(houlu, folder: Path) -> None:  # type: ignore[no-untyped-def]
    assert houlu("check").exit_code == 0
    edit(folder / "answers" / "adc.yaml", "topic: adc", "topic: abc")
    edit(folder / "strategies" / "alk.yaml", "role: option", "role: opton")
    edit(folder / "red_flags.yaml", "topic: self_harm", "topic: self_ham")
    checked = houlu("check")
    assert checked.exit_code == 2
    for place in ("adc.yaml:3: row adc_test, field topic", "alk.yaml:3: row", "red_flags.yaml"):
        assert place in checked.output


def test_overdue_lists_past_reviews_and_rows_without_one(houlu, folder: Path) -> None:  # type: ignore[no-untyped-def]
    path = folder / "answers" / "adc.yaml"
    edit(path, "  reviewed_by: ''\n  review_due: 2027-02-22", "  reviewed_by: 李医生\n  review_due: 2020-01-31")
    edit(path, "  reviewed_by: ''\n  review_due: 2027-02-22", "  reviewed_by: 王医生\n  review_due: 2999-01-31")
    listed = houlu("overdue").output
    assert listed.startswith("answers adc_test: due since 2020-01-31\n")
    assert "adc_sac_tmt" not in listed
    assert "strategies t790m_osimertinib: never reviewed" in listed
    assert listed.splitlines()[-1].startswith("1 overdue, ")


def test_export_and_import_by_the_command(houlu, folder: Path, tmp_path: Path) -> None:  # type: ignore[no-untyped-def]
    file = tmp_path / "out.xlsx"
    assert houlu("export", file).exit_code == 0
    assert houlu("export", file).exit_code == 2, "somebody's changes may be in it"
    assert "没有要改的" in houlu("import", file).output

    sheets = Sheets(folder)
    sheets.find("办法", ROW, "审阅医生").value = "李医生"
    sheets.book.save(file)
    preview = houlu("import", file)
    assert (preview.exit_code, "改成：李医生" in preview.output, touched(folder)) == (0, True, set())
    assert "以上只是预览" in preview.output
    applied = houlu("import", file, "--apply")
    assert applied.exit_code == 0
    assert touched(folder) == {"strategies/egfr.yaml"}
    assert Knowledge.load(folder).version in applied.output


def test_nothing_is_written_when_one_cell_is_wrong(houlu, folder: Path, tmp_path: Path) -> None:  # type: ignore[no-untyped-def]
    sheets = Sheets(folder)
    sheets.find("办法", ROW, "审阅医生").value = "李医生"
    sheets.find("回答", "adc_test", "话题").value = "abc"
    sheets.book.save(tmp_path / "wrong.xlsx")
    refused = houlu("import", tmp_path / "wrong.xlsx", "--apply")
    assert refused.exit_code == 2
    assert "有 1 处错误，什么都没有写入：\n【回答】第2行“话题”：“abc”不能用" in refused.output
    assert touched(folder) == set()


def test_a_workbook_of_an_old_version_does_not_undo_what_came_later(houlu, folder: Path, tmp_path: Path) -> None:  # type: ignore[no-untyped-def]
    sheets = Sheets(folder)
    sheets.find("办法", ROW, "审阅医生").value = "李医生"
    sheets.book.save(tmp_path / "old.xlsx")
    edit(folder / "answers" / "adc.yaml", "先查TROP2", "先检查TROP2")
    refused = houlu("import", tmp_path / "old.xlsx", "--apply")
    assert refused.exit_code == 2
    assert "旧版本" in refused.output
    assert "先检查" in (folder / "answers" / "adc.yaml").read_text(encoding="utf-8")
    assert houlu("import", tmp_path / "old.xlsx", "--apply", "--outdated").exit_code == 0
    assert touched(folder) == {"strategies/egfr.yaml"}
