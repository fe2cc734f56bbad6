"""Web pages, spreadsheets saved as one, and what people paste."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sheets import areas, catalogue, of, values

from dashboard.intake.forms.files.cells import FileRefused
from dashboard.intake.forms.files.read import read_sheets
from dashboard.intake.forms.layout import Hints
from dashboard.intake.forms.recognise import recognise
from dashboard.intake.forms.tidy import tidy

PAGE = """<!DOCTYPE html><html><head><meta charset="{charset}"><title>长清区民政局</title>
<style>td {{ color: red }}</style><script>var x = "<table><tr><td>1</td></tr></table>";</script>
</head>
<body><table class="nav"><tr><td>首页</td><td>政务公开</td></tr></table>
<h1>长清区2024年9月民政统计月报</h1><p>发布时间：2024-10-12</p>
<table border=1>
<tr><th rowspan="2">指标名称</th><th rowspan=2>单位</th><th colspan='2'>数量&nbsp;</th></tr>
<tr><th>本年</th><th>上月</th></tr>
<tr><td>一、婚姻登记</td><td>&nbsp;</td><td></td><td></td>
<tr><td>结婚登记<td>对<td>1,245<td>1&#44;100
<tr><td>离婚<b>登</b>记</td><td>对</td><td>88</td><td>—</td></tr>
</table></body></html>"""
FOUND = {"marriages": 1245, "divorces": 88}


def tidied(sheet):
    return tidy(
        sheet,
        recognise(sheet, catalogue(), areas(), Hints(basis="year_to_date")),
        catalogue(),
        areas(),
    )


@pytest.mark.parametrize("name", ["月报.xls", "月报.html", "月报.htm", "月报.xlsx", "月报"])
@pytest.mark.parametrize(
    ("charset", "encoding"),
    [("utf-8", "utf-8"), ("gb2312", "gb18030"), ("utf-8", "utf-8-sig"), ("gbk", "gbk")],
)
def test_a_page_is_read_whatever_its_file_is_called(name, charset, encoding):
    (sheet,) = read_sheets(name, PAGE.format(charset=charset).encode(encoding))
    assert sheet.name == "月报"
    assert of(tidied(sheet)) == FOUND


def test_spans_become_merged_ranges_and_texts_lose_their_marks():
    (sheet,) = read_sheets("月报.html", PAGE.format(charset="utf-8").encode())
    top = next(at for at, row in enumerate(sheet.rows) if row[0] == "指标名称")
    assert (top, 0, top + 1, 0) in sheet.merged
    assert (top, 2, top, 3) in sheet.merged
    assert sheet.rows[top + 1][:3] == (None, None, "本年")
    assert sheet.rows[top + 4][0] == "离婚登记"
    assert not any("var x" in str(cell) for row in sheet.rows for cell in row)


def test_a_page_may_leave_everything_open():
    rows = "<tr><td>街道<td>结婚登记<tr><td>文昌街<td>5<tr><td>平安<td>6"
    page = f"<table><caption>长清区2024年9月{rows}"
    (sheet,) = read_sheets("a.html", page.encode())
    assert values(tidied(sheet)) == {("marriages", "370113001"): 5, ("marriages", "370113003"): 6}


def test_the_title_may_stand_in_a_table_around_the_table():
    inner = (
        "<table><tr><td>街道</td><td>结婚登记</td></tr><tr><td>文昌街</td><td>5</td></tr></table>"
    )
    page = f"<table><tr><td>长清区2024年9月</td></tr><tr><td>{inner}</td></tr></table>"
    (sheet,) = read_sheets("a.html", page.encode())
    assert of(tidied(sheet)) == {"marriages": 5}


def test_several_tables_of_a_page_are_several_sheets():
    one = "<tr><td>街道</td><td>结婚登记</td></tr><tr><td>文昌街</td><td>5</td></tr>"
    page = f"<h2>2024年8月</h2><table>{one}</table><h2>2024年9月</h2><table>{one}</table>"
    first, second = read_sheets("a.html", page.encode())
    assert (first.name, second.name) == ("a 1", "a 2")
    assert [
        recognise(sheet, catalogue(), areas(), Hints(area="370113")).period.end.month
        for sheet in (first, second)
    ] == [8, 9]


@pytest.mark.parametrize("page", ["<html><body><p>无表</p></body></html>", "<html><table></table>"])
def test_a_page_without_a_table_is_refused(page):
    with pytest.raises(FileRefused):
        read_sheets("a.html" if "<table" in page else "a.xls", page.encode())


def test_a_table_of_spans_beyond_all_bounds_is_refused_or_cut():
    wide = "<table>" + "<tr>" + "<td colspan=999>1</td>" * 2 + "</table>"
    with pytest.raises(FileRefused):
        read_sheets("a.html", wide.encode())
    tall = "<table>" + ("<tr>" + "<td rowspan=1000>1</td>" * 400 + "</tr>") * 30 + "</table>"
    with pytest.raises(FileRefused):
        read_sheets("a.html", tall.encode())


# ---- pasted ----


def read_pasted(text):
    """The sheets of a text as the page hands it in that was pasted there."""
    return read_sheets("pasted.txt", text.encode())


ROWS = [["长清区2024年9月", None], ["街道", "结婚登记"], ["文昌街道", "1,245"], ["平安街道", "88"]]


def test_a_table_pasted_from_a_spreadsheet_is_read():
    text = "\r\n".join("\t".join(cell or "" for cell in row) for row in ROWS)
    (sheet,) = read_pasted(text)
    assert values(tidied(sheet)) == {
        ("marriages", "370113001"): 1245,
        ("marriages", "370113003"): 88,
    }


def test_a_cell_of_several_lines_that_was_pasted_stays_one_cell():
    (sheet,) = read_pasted('指标\t"民政\n事业"\n结婚登记\t5\n')
    assert sheet.rows == (("指标", "民政\n事业"), ("结婚登记", "5"))


def test_a_table_pasted_from_a_web_page_is_read():
    fragment = (
        "<meta charset='utf-8'><table><tr><td>指标</td><td>数量</td></tr>"
        "<tr><td>结婚登记</td><td>5</td></tr></table>"
    )
    (sheet,) = read_pasted(fragment)
    hints = Hints("370113", "2024-09")
    found = tidy(sheet, recognise(sheet, catalogue(), areas(), hints), catalogue(), areas())
    assert of(found) == {"marriages": 5}


@pytest.mark.parametrize("text", ["", " \n\t", "a\0b", '街道\t"结'])
def test_what_cannot_be_read_of_a_paste_is_refused(text):
    with pytest.raises(FileRefused):
        read_pasted(text)


@settings(max_examples=40)
@given(
    st.lists(
        st.lists(st.text("街道5,.\"<>&;'\t\n ", max_size=6), min_size=2, max_size=4),
        min_size=1,
        max_size=5,
    )
)
def test_any_table_that_is_pasted_comes_back_or_is_refused(rows):
    try:
        sheets = read_pasted("\n".join("\t".join(row) for row in rows))
    except FileRefused:
        return
    assert all(sheet.rows for sheet in sheets)
