"""Notes at figures of any layout: comments of cells, columns of notes, lines around a form."""

import io

import pytest
from openpyxl import Workbook
from openpyxl.comments import Comment
from sheets import areas, catalogue, read, sheet

from dashboard.catalogue.concepts import FigureStatus
from dashboard.intake.forms.files.read import read_sheets
from dashboard.intake.forms.layout import Hints
from dashboard.intake.forms.recognise import recognise
from dashboard.intake.forms.tidy import tidy

STREET, OTHER = "文昌街道", "崮云湖街道"
TABLE = [
    ["长清区2024年9月城市低保情况"],
    ["街道", "户数", "人数"],
    [STREET, 34, 50],
    [OTHER, 45, 60],
]
TIDY = [
    ["indicator", "area", "period", "value"],
    ["urban_dibao_persons", STREET, "2024-09", 50],
    ["urban_dibao_persons", OTHER, "2024-09", 60],
]
FORM = [
    ["长清区2024年三季度民政统计季报表"],
    ["指标名称", "计量单位", "代码", "数量"],
    ["甲", "乙", "丙", 1],
    ["(一)乡级行政区划", "个", "JZH011110000", 10],
    ["　　1.镇", "个", "JZH011111000", 4],
    ["(二)民政事业费累计支出", "万元", "JZH011310000", 1750.5],
]


def _with_comment(rows, at, text):
    book = Workbook()
    for row in rows:
        book.active.append(row)
    book.active[at].comment = Comment(text, "张三")
    stream = io.BytesIO()
    book.save(stream)
    return read_sheets("a.xlsx", stream.getvalue())[0]


def _tidied(sheet):
    recognition = recognise(sheet, catalogue(), areas(), Hints(area="370113", basis="in_month"))
    return tidy(sheet, recognition, catalogue(), areas())


def _is_own_table(rows):
    return recognise(sheet(rows), catalogue(), areas(), Hints()).understood is not None


def _unclear(tidied):
    return [one.message.zh for one in tidied.findings if one.severity == "warning"]


@pytest.mark.parametrize(
    ("rows", "at", "figures"),
    [
        (TABLE, "C3", 1),
        (TABLE, "A3", 2),
        (TABLE, "C2", 2),
        (TABLE, "A1", 4),
        (TIDY, "D2", 1),
        (FORM, "D6", 1),
        (FORM, "A6", 1),
    ],
)
def test_a_comment_is_of_its_cell_row_heading_or_of_all(rows, at, figures):
    tidied = _tidied(_with_comment(rows, at, "张三:\n上月数"))
    (message,) = _unclear(tidied)
    assert "“上月数”" in message and ("个数" in message) == (figures > 1)
    assert str(figures) in message or figures == 1
    noted = [one for one in tidied.findings if one.severity == "note"]
    assert any("批注：上月数" in one.message.zh for one in noted)
    assert not _unclear(_tidied(_with_comment(rows, at, "已核实")))
    estimated = _tidied(_with_comment(rows, at, "估计数")).observations
    marked = [one for one in estimated if one.status is FigureStatus.PROVISIONAL]
    assert len(marked) == figures


@pytest.mark.parametrize(
    ("note", "is_asked"),
    [("上月数", True), ("百元", True), ("已核实", False), ("", False), ("数据有误", True)],
)
def test_an_official_form_is_read_with_its_column_of_notes(note, is_asked):
    rows = [FORM[0], [*FORM[1], "备注"], *FORM[2:5], [*FORM[5], note]]
    assert not _is_own_table(rows)
    assert [note in text for text in _unclear(read(rows))] == [True] * is_asked


@pytest.mark.parametrize(
    ("remark", "is_asked"),
    [
        ("注：本表数据为8月数", True),
        ("注：支出为上月数", True),
        ("注：本表由社会救助科填报", False),
        ("说明：1.本表按季报送；2.报送时间为季后5日内", False),
    ],
)
def test_an_official_form_is_read_with_the_remarks_around_it(remark, is_asked):
    assert bool(_unclear(read([*FORM, [remark]]))) == is_asked
    assert not _is_own_table([*FORM, [remark]])


def test_one_note_on_very_many_figures_is_one_warning():
    heads = ["indicator", "area", "period", "value", "note"]
    months = [f"{2000 + at // 12}-{at % 12 + 1:02}" for at in range(240)]
    rows = [["urban_dibao_persons", STREET, month, 50, "数据有误"] for month in months]
    (message,) = _unclear(read([heads, *rows]))
    assert "240 个数" in message


def test_a_note_that_says_the_same_as_above_is_the_one_above():
    beside = [[*TABLE[1], "备注"], [*TABLE[2], "上月数"], [*TABLE[3], "同上"]]
    assert not read([TABLE[0], *beside], basis="in_month").observations
    tidied = read([[*TIDY[0], "note"], [*TIDY[1], "上月数"], [*TIDY[2], "同上"]])
    (message,) = _unclear(tidied)
    assert "2 个数" in message
    harmless = read([[*TIDY[0], "note"], [*TIDY[1], "已核实"], [*TIDY[2], "同上"]])
    assert not _unclear(harmless)
    nothing_above = read([[*TIDY[0], "note"], [*TIDY[1], "同上"], [*TIDY[2], ""]])
    assert _unclear(nothing_above)


@pytest.mark.parametrize("write", [int, str])
def test_a_total_is_compared_with_the_rows_that_stand_beside_it(write):
    def asked(total, *more):
        figures = [(STREET, 34, 50), *more, (OTHER, 45, 60), ("合计", 79, total)]
        rows = [[label, write(first), write(second)] for label, first, second in figures]
        return _unclear(read([*TABLE[:2], *rows], area="370113"))

    assert not asked(110)
    (message,) = asked(120)
    assert "120 人" in message and "110 人" in message
    assert not asked(111, ("其他", 0, 1)), "a row that is not read"


@pytest.mark.parametrize("heading", [None, "变动原因", "审核意见", "备注"])
def test_a_text_beside_the_table_is_a_note_of_its_row(heading):
    def taken(note):
        rows = [[*TABLE[1], heading], [*TABLE[2], note], TABLE[3]]
        return len(read([TABLE[0], *rows]).observations)

    assert taken("上月数") == taken("应为95") == taken("请核实") == 2
    assert taken("死亡1人") == taken("因病住院") == 4
