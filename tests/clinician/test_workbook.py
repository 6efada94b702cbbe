"""A wrong or hostile workbook is refused cell by cell, in Chinese, and nothing is written."""

from __future__ import annotations

import zipfile
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

import openpyxl
import pytest

from houlu.clinician import importing
from houlu.clinician.workbook import WorkbookError
from houlu.knowledge.table import Knowledge
from tests.clinician.conftest import Sheets

ROW = "t790m_osimertinib"


def set_to(value: object, column: str, sheet: str = "办法", row: str = ROW) -> Callable[[Sheets], None]:
    def change(sheets: Sheets) -> None:
        sheets.find(sheet, row, column).value = value

    return change


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (set_to("opton", "用途"),
         "【办法】第23行“用途”：“opton”不能用，可以写：option、caution、context。是不是想写“option”？"),
        (set_to(None, "办法的名称"), "【办法】第23行“办法的名称”：这一格必须填。"),
        (set_to(None, "国内批准"), "“国内批准”：这一格必须填。"),
        (set_to("吃80mg", "说明给病人"), "“说明给病人”：出现了剂量“80mg”"),
        (set_to("有效71%", "说明给病人"), "“说明给病人”：出现了数字结果“71%”"),
        (set_to("对", "内容已核实"), "“内容已核实”：“对”不能用，只能写“是”或“否”。"),
        (set_to("2027-02-30", "下次审阅"), "“下次审阅”：“2027-02-30”不是日期"),
        (set_to("三", "文章第几节"), "“文章第几节”：“三”不是数字。"),
        (set_to("最初基因=egfr", "什么时候适用"), "“什么时候适用”：看不懂“最初基因=egfr”，请写成“最初的基因=egfr；"),
        (set_to("最初的基因=", "什么时候适用"), "“什么时候适用”：看不懂"),
        (set_to("最初的基因=egfr；最初的基因=alk", "什么时候适用"), "看不懂“最初的基因=alk”"),
        (set_to("最初的基因=efgr", "什么时候适用"), "“什么时候适用”：“efgr”不能用，可以写：egfr、"),
        (set_to("用过任一药=osimertinip", "什么时候不给"),
         "“什么时候不给”：药“osimertinip”不在词库里；新药要先加进词库。是不是想写“osimertinib”？"),
        (set_to("egfr_aura", "出处"), "“出处”：出处“egfr_aura”不在“出处”表里。"),
        (set_to("t790m_aumolertinib", "编号"), "编号“t790m_aumolertinib”出现了两次。"),
        (set_to("../../etc/passwd", "文件"), "“文件”：没有“../../etc/passwd”这个文件，可以写：alk、"),
        (set_to("=1+1", "证据"), "“证据”：这一格是公式，或者以 = + - @ 开头，不能导入。"),
        (set_to("=HYPERLINK(\"http://x\")", "编号"), "“编号”：这一格是公式"),
        (set_to("+86", "证据"), "这一格是公式"),
        (set_to(" @SUM(A1)", "证据"), "这一格是公式"),
        (set_to("-1", "证据"), "这一格是公式"),
        (set_to("先(查", "病人的说法（规则）", "回答", "adc_test"),
         "【回答】第2行“病人的说法（规则）”：“先(查”不是正确的规则"),
        (set_to(None, "出处", "回答", "adc_test"), "【回答】第2行“出处”：这一格必须填。"),
        (set_to("dyspnea", "话题", "急症", "ild"), "【急症】第4行“话题”：编号“dyspnea”出现了两次。"),
    ],
)
def test_a_wrong_cell_is_named(sheets: Sheets, change: Callable[[Sheets], None], said: str) -> None:
    change(sheets)
    assert said in "\n".join(sheets.problems())


@pytest.mark.parametrize(
    ("heading", "value", "said"),
    [
        ("图片", "mechanism.svg", "没有“mechanism.svg”这张图；图片要先放进 data/media。是不是想写“mechanisms.svg”？"),
        ("图片", "../../x.svg", "“../../x.svg”不能作图片的文件名"),
        ("图片", None, "图片和“图片说的话”要么都写，要么都空着"),
        ("图片说的话", None, "图片和“图片说的话”要么都写，要么都空着"),
    ],
)
def test_a_picture_that_is_not_there_or_says_nothing_is_refused(
    sheets: Sheets, heading: str, value: str | None, said: str
) -> None:
    sheets.find("回答", "me_default", heading).value = value
    assert said in "\n".join(sheets.problems())


def test_a_picture_and_its_words_can_be_changed(sheets: Sheets) -> None:
    sheets.find("回答", "me_default", "图片").value = "decision.svg"
    sheets.find("回答", "me_default", "图片说的话").value = "一步一步：先确认，再查。"
    sheets.plan().apply()
    row = next(row for row in Knowledge.load(sheets.folder).answers if row.id == "me_default")
    assert (row.image, row.image_alt) == ("decision.svg", "一步一步：先确认，再查。")


def test_all_wrong_cells_are_told_at_once(sheets: Sheets) -> None:
    set_to("opton", "用途")(sheets)
    set_to("对", "内容已核实", row="t790m_aumolertinib")(sheets)
    set_to("=1", "标题", "出处", "b_aura3")(sheets)
    assert len(sheets.problems()) == 3


def test_a_formula_smuggled_in_as_an_array_or_an_error_is_refused(sheets: Sheets) -> None:
    from openpyxl.worksheet.formula import ArrayFormula

    sheets.book["办法"]["I2"] = ArrayFormula("I2", "=SUM(1,2)")
    sheets.book["办法"]["I3"] = "#REF!"
    problems = "\n".join(sheets.problems())
    assert "【办法】第2行“说明给病人”：这一格是公式" in problems
    assert "【办法】第3行“说明给病人”：这一格是错误值“#REF!”" in problems


def test_a_missing_sheet_is_not_taken_for_an_empty_one(sheets: Sheets) -> None:
    del sheets.book["出处"]
    assert sheets.problems() == ["【出处】：缺少这张表。缺表不能当作全部删除，请重新导出。"]


def test_columns_may_move_but_not_go_or_come(sheets: Sheets) -> None:
    sheet = sheets.book["出处"]
    sheet.move_range("C1:D2000", cols=1)
    assert sheets.plan().changes == []
    sheet["D1"] = "题目"
    assert sheets.problems() == ["【出处】第1行：缺少“标题”这一列。", "【出处】第1行：不认识“题目”这一列。"]


def test_a_topic_without_any_row_is_refused(sheets: Sheets) -> None:
    sheet = sheets.book["急症"]
    sheet.delete_rows(2)
    assert sheets.problems() == ["【急症】：话题“hemoptysis”一行也没有了，病人问到时会没有回答。"]


@pytest.mark.parametrize("content", [b"", b"PK", b"<html>", b"id,topic\n=1,2\n"])
def test_what_is_no_workbook_is_refused(sheets: Sheets, content: bytes) -> None:
    sheets.file.write_bytes(content)
    with pytest.raises(WorkbookError, match=r"打不开"):
        importing.plan(sheets.file, sheets.folder, sheets.knowledge)


def test_a_zip_that_swells_is_refused_unread(sheets: Sheets) -> None:
    with zipfile.ZipFile(sheets.file, "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr("xl/workbook.xml", b" " * 210_000_000)
    with pytest.raises(WorkbookError, match="文件太大"):
        importing.plan(sheets.file, sheets.folder, sheets.knowledge)


def test_xml_entities_are_not_expanded(sheets: Sheets) -> None:
    sheets.book.save(sheets.file)
    bomb = '<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa">' + "".join(
        f'<!ENTITY {chr(98 + i)} "{f"&{chr(97 + i)};" * 10}">' for i in range(8)) + "]>"
    hostile = Path(sheets.file.with_name("bomb.xlsx"))
    with zipfile.ZipFile(sheets.file) as old, zipfile.ZipFile(hostile, "w") as new:
        for part in old.namelist():
            data = old.read(part)
            if part == "xl/worksheets/sheet2.xml":
                data = (bomb + data.decode().replace("osimertinib", "&i;", 1)).encode()
            new.writestr(part, data)
    with pytest.raises(WorkbookError):
        importing.plan(hostile, sheets.folder, sheets.knowledge)


def test_what_excel_makes_of_a_cell_is_understood(sheets: Sheets) -> None:
    set_to(datetime(2027, 3, 1), "下次审阅")(sheets)
    set_to(True, "随机对照")(sheets)
    set_to("  换用奥希替尼（三代EGFR靶向药）\r\n", "办法的名称")(sheets)
    set_to(2870, "病人的说法（规则）", "回答", "adc_sac_tmt")(sheets)
    changed = {change.id: change.fields for change in sheets.plan().changes}
    assert changed[ROW] == (("review_due", "2027-02-22", "2027-03-01"),)
    assert [(key, new) for key, _, new in changed["adc_sac_tmt"]] == [("cues", "2870")]


def test_a_text_that_looks_like_a_formula_stays_a_text(sheets: Sheets) -> None:
    from houlu.clinician import cells

    cells.put(sheets.find("办法", ROW, "证据"), "=1 _x000D_ 这是文字")
    sheets.plan().apply()
    again = Sheets(sheets.folder)
    cell = again.find("办法", ROW, "证据")
    assert cell.data_type == "s"
    assert again.plan().changes == []
    assert openpyxl.load_workbook(again.file)["办法"][cell.coordinate].data_type == "s"


def test_the_sheet_explains_itself(sheets: Sheets) -> None:
    first = sheets.book.worksheets[0]
    assert first.title == "说明"
    assert [first["A2"].value, first["B2"].value] == ["知识版本", sheets.knowledge.version]
    assert sheets.book.sheetnames == ["说明", "办法", "回答", "婉拒与转交", "急症", "就诊清单", "出处", "代码表"]
    codes = {row[1].value: row[2].value for row in sheets.book["代码表"].iter_rows()}
    assert codes["t790m"] == "T790M"
    assert codes["osimertinib"] == "奥希替尼"
    assert codes["antibody_drug_conjugate"] == "ADC"
