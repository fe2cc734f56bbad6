"""Files of kinds that offices really send: read as a person sees them, or refused in words."""

import io

import openpyxl
import pytest
from hand_ins import read_and_checked
from hypothesis import given, settings
from hypothesis import strategies as st

from dashboard.intake.forms.files.cells import FileRefused
from dashboard.intake.forms.files.read import read_sheets
from dashboard.intake.forms.layout import FormRefused, Hints
from dashboard.intake.forms.recognise import recognise
from dashboard.intake.forms.tidy import Tidied, tidy
from dashboard.intake.mapping_answers import MappingAnswers
from dashboard.intake.submission_request import Known
from tests.sheets import areas, catalogue, read, rules, values

TITLE = ["示例区2024年9月民政统计表"]
EAST, WEST, SOUTH, NORTH = (f"99010100{number}" for number in (1, 2, 3, 4))
SHARE = "nursing_bed_share"


def shown_as(code: str, *figures: object) -> Tidied:
    """A table by street of one rate, its figures in cells of this format."""
    book = openpyxl.Workbook()
    page = book.active
    for row in (TITLE, ["街道", "护理型床位占比(%)"]):
        page.append(row)
    for name, figure in zip(("东湖街道", "西山街道"), figures, strict=True):
        page.append([name, figure])
        page.cell(page.max_row, 2).number_format = code
    content = io.BytesIO()
    book.save(content)
    (one,) = read_sheets("a.xlsx", content.getvalue())
    return tidy(
        one, recognise(one, catalogue(), areas(), Hints(basis="year_to_date")), catalogue(), areas()
    )


@pytest.mark.parametrize("code", ["0%", "0.00%", "0.0%", "#,##0.0%;[Red]-0.0%", '0.0"约"%'])
def test_a_cell_that_shows_a_percentage_is_read_as_it_is_seen(code):
    assert values(shown_as(code, 0.553, 1)) == {(SHARE, EAST): 55.3, (SHARE, WEST): 100}


@pytest.mark.parametrize("code", ["0.0", '0.0"%"', "0.0\\%", "General"])
def test_a_format_that_only_prints_the_sign_leaves_the_number_as_it_is(code):
    assert values(shown_as(code, 55.3, 0)) == {(SHARE, EAST): 55.3, (SHARE, WEST): 0}


@settings(deadline=None, max_examples=30)
@given(st.decimals(0, 100, places=2))
def test_a_percentage_is_the_one_that_is_shown(share):
    assert values(shown_as("0.00%", float(share) / 100, 0))[SHARE, EAST] == float(share)


HEADER = ["街道", "城市低保人数"]
LINES = ["指标名称", "计量单位", "数量"]


@pytest.mark.parametrize(
    ("rows", "place"),
    [
        (
            [TITLE, HEADER, ["东湖街道", 120], [], ["婚姻"], ["街道", "结婚对数"], ["西山街道", 8]],
            "A6",
        ),
        (
            [
                TITLE,
                HEADER,
                ["东湖街道", 120],
                [],
                ["示例区2024年8月民政统计表"],
                HEADER,
                ["西山街道", 80],
            ],
            "A6",
        ),
        (
            [
                TITLE,
                [*HEADER, None, "街道", "结婚登记对数"],
                ["东湖街道", 120, None, "西山街道", 8],
            ],
            "D2",
        ),
        (
            [
                TITLE,
                LINES,
                ["城市低保人数", "人", 120],
                ["注：含新增"],
                LINES,
                ["农村低保人数", "人", 30],
            ],
            "A5",
        ),
        ([TITLE, [*LINES, *LINES], ["城市低保人数", "人", 120, "农村低保人数", "人", 30]], "D2"),
        (
            [
                ["示例区"],
                ["指标", 2020],
                ["结婚登记对数", 120],
                [],
                ["指标", 2021],
                ["离婚登记对数", 20],
            ],
            "A5",
        ),
        (
            [
                TITLE,
                ["指标", "东湖街道"],
                ["城市低保人数", 120],
                [],
                ["指标", "西山街道"],
                ["结婚登记对数", 30],
            ],
            "A5",
        ),
    ],
    ids=[
        "below, other streets",
        "below, another month",
        "beside",
        "below the notes",
        "forms side by side",
        "other years",
        "streets in columns",
    ],
)
def test_a_second_table_on_a_sheet_is_read_as_a_table_of_its_own_or_refused(rows, place):
    try:
        found = read(rows)
    except FormRefused:
        return
    figures = {value for row in rows for value in row if isinstance(value, int) and value < 1900}
    assert place and not found.refused
    assert {one.value for one in found.observations} == figures


def test_the_header_that_stands_anew_on_each_printed_page_is_no_second_table():
    rows = [TITLE, HEADER, ["东湖街道", 120], [], TITLE, HEADER, ["西山街道", 80]]
    key = "urban_dibao_persons"
    assert values(read(rows)) == {(key, EAST): 120, (key, WEST): 80}


def test_a_street_is_known_with_the_names_of_all_areas_above_it():
    names = ["山东省济南市长清区文昌街道", "济南长清区平安街道办事处"]
    rows = [["2024年9月民政统计表"], HEADER, *([name, 7] for name in names)]
    key = "urban_dibao_persons"
    assert values(read(rows)) == {(key, "370113001"): 7, (key, "370113003"): 7}


@pytest.mark.parametrize("name", ["济南市示例区东湖街道", "长清区东湖街道", "示例区东湖街道示例区"])
def test_a_street_behind_the_name_of_another_area_is_not_known(name):
    assert not areas().find(name)


def test_a_sheet_that_is_called_by_a_street_however_written_is_of_that_street():
    rows = [["2024年9月民政统计表"], LINES, ["城市低保人数", "人", 120]]
    assert values(read(rows, name="西山")) == {("urban_dibao_persons", WEST): 120}


def test_columns_of_changes_beside_figures_are_left_out_and_named():
    head = ["街道", "城市低保人数", "同比", "结婚登记对数", "较上年同期增减(%)"]
    one = read([TITLE, head, ["东湖街道", 120, "增长5.6%", 30, "下降3.2个百分点"]])
    assert values(one) == {("urban_dibao_persons", EAST): 120, ("marriages", EAST): 30}
    assert [(finding.rule, finding.column) for finding in one.findings] == [
        ("column_left_out", "C"),
        ("column_left_out", "E"),
    ]


def test_the_sum_of_a_group_of_streets_is_left_out_and_named():
    one = read([TITLE, HEADER, ["其中：街道小计", 120], ["东湖街道", 120], ["镇小计", 0]])
    assert values(one) == {("urban_dibao_persons", EAST): 120}
    assert rules(one) == ["row_left_out", "row_left_out"]


def test_a_figure_below_the_notes_is_named_as_left_out():
    lines = [["城市低保人数", "人", 120], ["注：含新增"], ["农村低保人数", "人", 30]]
    one = read([TITLE, LINES, *lines])
    assert values(one) == {("urban_dibao_persons", "990101"): 120}
    ((rule, row),) = [(finding.rule, finding.row) for finding in one.findings]
    assert (rule, row) == ("row_left_out", 5)


def test_of_very_many_findings_of_one_kind_the_first_are_told_and_the_rest_counted():
    one = read([TITLE, HEADER, *([f"没有{number}街道", 1] for number in range(1000))])
    assert len(one.findings) == 301 and one.refused
    assert "700" in one.findings[-1].message.zh and "700" in one.findings[-1].message.en


@pytest.mark.parametrize("before", [0, 80])
def test_a_cell_of_a_text_table_that_is_longer_than_any_is_refused_with_its_line(before):
    head = "示例区2024年9月民政统计表,\n街道,城市低保人数\n" + "东湖街道,1\n" * before
    with pytest.raises(FileRefused) as refused:
        read_sheets("a.csv", f"{head}西山街道,{'长' * 200_000}\n".encode())
    finding = refused.value.finding
    assert finding.row == before + 3 and "131,072" in finding.message.zh


@pytest.mark.parametrize("space", ["\u2009", "\u202f", "\u2007", "\xa0", " "])
def test_any_space_between_thousands_is_a_space(space):
    assert values(read([TITLE, HEADER, ["东湖街道", f"1{space}020"]])) == {
        ("urban_dibao_persons", EAST): 1020
    }


def listed(*sheets):
    """What becomes of a workbook of lists: its receipts and its areas."""
    book = openpyxl.Workbook()
    book.remove(book.active)
    for number, rows in enumerate(sheets):
        page = book.create_sheet(f"表{number}")
        for row in rows:
            page.append(row)
    content = io.BytesIO()
    book.save(content)
    known = Known(catalogue(), areas(), MappingAnswers({}, {}))
    file = read_and_checked("areas.xlsx", content.getvalue(), known)
    return file.receipts, file.areas


AREA_HEADER = ["区划代码", "地区名称", "级别", "上级代码"]


def test_a_list_of_areas_may_have_chinese_headings_and_a_title_above():
    rows = [
        ["示例地区表"],
        AREA_HEADER,
        [379999, "新测\u202e区", "区", 370000],
        [],
        [379999001.0, "甲\u200b街道", "街道", None],
    ]
    (receipt,), found = listed(rows)
    assert not receipt.findings and receipt.areas == 2
    assert [(one.code, one.name.zh, one.parent) for one in found] == [
        ("379999", "新测区", "370000"),
        ("379999001", "甲街道", "379999"),
    ]


def test_an_error_of_a_list_names_its_row_even_below_a_title_and_blank_rows():
    rows = [["示例地区表"], AREA_HEADER, [], [379999, "新测区", "星球"]]
    ((finding,),) = [receipt.findings for receipt in listed(rows)[0]]
    assert (finding.row, finding.column, finding.value) == (4, "级别", "星球")


@pytest.mark.parametrize(
    "sheets",
    [
        ([AREA_HEADER],),
        ([AREA_HEADER, [379999, "甲区", "区"]], [AREA_HEADER, [379999, "乙区", "区"]]),
    ],
    ids=["without rows", "one code on two sheets"],
)
def test_a_list_that_says_nothing_or_two_things_is_refused(sheets):
    assert listed(*sheets)[0][-1].refused


@pytest.mark.parametrize(("written", "found"), [("80.5", 1), ("1.25万", 0), ("0.00005万", 1)])
def test_half_a_person_is_asked_about(written, found):
    known = Known(catalogue(), areas(), MappingAnswers({}, {}))
    text = f"indicator,area,period,value\n城市低保人数,{EAST},2024-09,{written}人\n"
    (receipt,) = read_and_checked("a.csv", text.encode(), known).receipts
    assert [one.rule for one in receipt.findings] == ["whole_count"] * found
