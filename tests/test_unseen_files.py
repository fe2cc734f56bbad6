"""Files of kinds that offices really send: read as a person sees them, or refused in words."""

import io

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboard.forms.cells import FileRefused
from dashboard.forms.read import read_sheets
from dashboard.forms.recognise import FormRefused, Hints, recognise
from dashboard.forms.tidy import Tidied, tidy
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
    return tidy(one, recognise(one, catalogue(), areas(), Hints()), catalogue(), areas())


@pytest.mark.parametrize("code", ["0%", "0.00%", "0.0%", "#,##0.0%;[Red]-0.0%", '0.0"约"%'])
def test_a_cell_that_shows_a_percentage_is_read_as_it_is_seen(code):
    assert values(shown_as(code, 0.553, 1)) == {(SHARE, EAST): 55.3, (SHARE, WEST): 100}


@pytest.mark.parametrize("code", ["0.0", '0.0"%"', "0.0\\%", "General"])
def test_a_format_that_only_prints_the_sign_leaves_the_number_as_it_is(code):
    assert values(shown_as(code, 55.3, 0)) == {(SHARE, EAST): 55.3, (SHARE, WEST): 0}


@given(st.decimals(0, 100, places=2))
def test_a_percentage_is_the_one_that_is_shown(share):
    assert values(shown_as("0.00%", float(share) / 100, 0))[SHARE, EAST] == float(share)


HEADER = ["街道", "城市低保人数"]
LINES = ["指标名称", "计量单位", "数量"]


@pytest.mark.parametrize(
    ("rows", "place"),
    [
        ([TITLE, HEADER, ["东湖街道", 120], [], ["婚姻"], ["街道", "结婚登记对数"], ["西山街道", 8]],
         "A6"),
        ([TITLE, HEADER, ["东湖街道", 120], [], ["示例区2024年8月民政统计表"], HEADER,
          ["西山街道", 80]], "A6"),
        ([TITLE, [*HEADER, None, "街道", "结婚登记对数"], ["东湖街道", 120, None, "西山街道", 8]],
         "D2"),
        ([TITLE, LINES, ["城市低保人数", "人", 120], ["注：含新增"], LINES,
          ["农村低保人数", "人", 30]], "A5"),
        ([TITLE, [*LINES, *LINES], ["城市低保人数", "人", 120, "农村低保人数", "人", 30]], "D2"),
        ([["示例区"], ["指标", 2020], ["结婚登记对数", 120], [], ["指标", 2021],
          ["离婚登记对数", 20]], "A5"),
        ([TITLE, ["指标", "东湖街道"], ["城市低保人数", 120], [], ["指标", "西山街道"],
          ["结婚登记对数", 30]], "A5"),
    ],
    ids=["below, other streets", "below, another month", "beside", "below the notes",
         "forms side by side", "other years", "streets in columns"],
)  # fmt: skip
def test_a_second_table_on_a_sheet_is_refused_where_it_begins(rows, place):
    with pytest.raises(FormRefused) as refused:
        read(rows)
    (finding,) = refused.value.findings
    assert finding.rule == "second_table" and place in finding.message.zh
    assert f"{finding.column}{finding.row}" == place and place in finding.message.en


def test_the_header_that_stands_anew_on_each_printed_page_is_no_second_table():
    rows = [TITLE, HEADER, ["东湖街道", 120], [], TITLE, HEADER, ["西山街道", 80]]
    key = "urban_dibao_persons"
    assert values(read(rows)) == {(key, EAST): 120, (key, WEST): 80}
