"""The same table as streets and offices vary it: read alike from workbooks written by hand."""

import io

import openpyxl
import pytest

from dashboard.intake.forms.files.cells import FileRefused
from dashboard.intake.forms.files.read import read_sheets
from dashboard.intake.forms.layout import Hints
from dashboard.intake.forms.recognise import recognise
from dashboard.intake.forms.tidy import Tidied, tidy
from tests.sheets import areas, catalogue, values

TITLE = ["示例区2024年9月民政统计表"]
EAST, WEST = "990101001", "990101002"
WANTED = {
    ("urban_dibao_persons", EAST): 120,
    ("marriages", EAST): 30,
    ("urban_dibao_persons", WEST): 80,
    ("marriages", WEST): 20,
}
WOMEN = {("urban_dibao_women", EAST): 50, ("urban_dibao_women", WEST): 30}
HEADER = ["街道", "城市低保人数", "结婚登记对数"]
ROWS = [["东湖街道", 120, 30], ["西山街道", 80, 20]]
DISTRICT = [["全区合计", 200, 50]]
WHOLE = {("urban_dibao_persons", "990101"): 200, ("marriages", "990101"): 50}


def from_workbook(rows, merged=(), hidden=()) -> Tidied:
    book = openpyxl.Workbook()
    page = book.active
    for row in rows:
        page.append(row)
    for area in merged:
        page.merge_cells(area)
    for column in hidden:
        page.column_dimensions[column].hidden = True
    content = io.BytesIO()
    book.save(content)
    (one,) = read_sheets("a.xlsx", content.getvalue())
    found = recognise(one, catalogue(), areas(), Hints(basis="year_to_date"))
    return tidy(one, found, catalogue(), areas())


@pytest.mark.parametrize(
    ("rows", "merged", "more"),
    [
        ([TITLE, HEADER, *ROWS], (), {}),
        (
            [
                ["示例区民政局关于报送2024年9月全区民政事业统计月报表的通知附件一"],
                [],
                ["备注", "结婚登记对数(对)", "街道名称", "城市低保人数(人)", "说明"],
                [],
                ["无", 30, "东湖街道", 120],
                [],
                [None, 20, "西山街道", 80, "含新增"],
            ],
            (),
            {},
        ),
        ([TITLE, ["序号", *HEADER], [1, "东湖街", 120, 30], [2, "西 山", 80, 20]], (), {}),
        ([TITLE, HEADER, ["东湖街道办事处", 120, 30], ["西山", 80, 20]], (), {}),
        ([TITLE, HEADER, ["东湖街道人民政府", 120, 30], ["西山街道办", 80, 20]], (), {}),
        ([TITLE, HEADER, *ROWS, ["小计", 200, 50], ["区本级", 0, 1], *DISTRICT], (), WHOLE),
        ([TITLE, HEADER, *DISTRICT, *ROWS], (), WHOLE),
        ([TITLE, HEADER, ["甲", 1, 2], *ROWS], (), {}),
        ([TITLE, HEADER, [1, 2, 3], *ROWS], (), {}),
        ([TITLE, ["单位", *HEADER[1:]], *ROWS], (), {}),
        (
            [
                ["民政统计表"],
                ["示例区", None, "2024年9月"],
                ["填表人:张三", None, "填表日期:2024年10月8日"],
                HEADER,
                *ROWS,
                ["审核人:李四"],
            ],
            (),
            {},
        ),
        (
            [
                TITLE,
                ["街道", "社会救助", None, "婚姻登记"],
                [None, "城市低保", None, "结婚登记"],
                [None, "人数", "其中:", "对数"],
                [None, None, "女性", None],
                ["东湖街道", 120, 50, 30],
                ["西山街道", 80, 30, 20],
            ],
            ("A2:A5", "B2:C2", "B3:C3", "B4:B5", "D4:D5"),
            WOMEN,
        ),
        (
            [
                TITLE,
                ["街道", "城市低保人数", None, "结婚登记对数"],
                [None, "合计", "其中:女性"],
                ["东湖街道", 120, 50, 30],
                ["西山街道", 80, 30, 20],
            ],
            ("A2:A3", "B2:C2", "D2:D3"),
            WOMEN,
        ),
        (
            [
                TITLE,
                ["街道", "月份", *HEADER[1:]],
                ["东湖街道", 45536, 120, 30],
                ["西山街道", 45536, "８０", "20.0"],
            ],
            (),
            {},
        ),
    ],
    ids=[
        "plain",
        "reordered",
        "numbered",
        "offices",
        "governments",
        "total below",
        "total above",
        "letters",
        "numbers",
        "单位",
        "split title",
        "four rows",
        "whole and part",
        "serials",
    ],
)
def test_a_street_table_is_read_alike_however_it_is_laid_out(rows, merged, more):
    assert values(from_workbook(rows, merged)) == WANTED | more


FORM = [["城市居民最低生活保障情况"], ["填报单位:示例区民政局", None, "2024年9月"]]


@pytest.mark.parametrize("women", ["其中:女性", "  其中：女性", "#女性"])
@pytest.mark.parametrize("whole", ["城市低保人数", "一、城市低保人数"])
def test_a_part_below_an_indicator_is_the_part_of_that_indicator(whole, women):
    lines = [[whole, "人", 120], [women, "人", 50]]
    read = from_workbook([*FORM, ["指标名称", "计量单位", "本期数"], *lines])
    assert values(read) == {
        ("urban_dibao_persons", "990101"): 120,
        ("urban_dibao_women", "990101"): 50,
    }


def test_a_line_set_in_beside_the_words_of_a_part_is_a_part_of_the_same_whole():
    lines = [["城市低保人数", "人", 120], ["其中：女性", "人", 50], ["　　　残疾人", "人", 10]]
    read = from_workbook([*FORM, ["指标名称", "计量单位", "本期数"], *lines])
    assert values(read)[("urban_dibao_disabled", "990101")] == 10


def test_a_part_that_the_indicator_above_does_not_have_stays_unknown():
    lines = [["农村低保人数", "人", 120], ["其中:女性", "人", 50]]
    read = from_workbook([*FORM, ["指标名称", "计量单位", "本期数"], *lines])
    assert [finding.rule for finding in read.findings] == ["unknown_indicator"]


def test_hidden_columns_are_read_and_named():
    read = from_workbook([TITLE, HEADER, *ROWS], hidden=["C"])
    assert values(read) == WANTED
    (note,) = read.findings
    assert note.rule == "hidden" and "(C 列)" in note.message.zh and "(C)" in note.message.en


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (
            '<?xml version="1.0"?>\n<?mso-application progid="Excel.Sheet"?>\n<Workbook xmlns='
            '"urn:schemas-microsoft-com:office:spreadsheet"><Worksheet/></Workbook>',
            "XML 表格",
        ),
        (
            "MIME-Version: 1.0\nContent-Type: multipart/related; boundary=x\n\n--x\n"
            "<html><table><tr><td>1</td></tr></table>\n--x--",
            "单个文件网页",
        ),
    ],
    ids=["SpreadsheetML", "MHTML"],
)
def test_what_cannot_be_read_says_what_it_is_and_how_to_save_it(content, said):
    with pytest.raises(FileRefused) as refused:
        read_sheets("a.xls", content.encode())
    message = refused.value.finding.message
    assert said in message.zh and ".xlsx" in message.zh and ".xlsx" in message.en
