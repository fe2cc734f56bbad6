"""Files nobody would make: whatever the bytes, a sheet comes out or a refusal, nothing else."""

import io
import math
import zipfile

import pytest
import xlsxwriter
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sheets import areas, catalogue, old_workbook, sheet
from work import calls_made

from dashboard.intake.forms.files.cells import FileRefused, text_of
from dashboard.intake.forms.files.read import read_sheets
from dashboard.intake.forms.layout import FormRefused, Hints
from dashboard.intake.forms.recognise import recognise
from dashboard.intake.forms.tidy import tidy

pytestmark = pytest.mark.slow

ROWS = [
    ["长清区2024年9月民政统计月报", None, None, None],
    ["指标名称", "单位", "数量", "上月"],
    ["结婚登记", "对", 5, 4],
    ["离婚登记", "对", 2.5, "—"],
]
LETTERS = "街道镇合计指标名称单位数量上年月季期同比12345甲乙、()（）：#*_-—/%\u200f\u202e😀\n "
WORDS = ["街道", "指标名称", "单位", "数量", "1月", "2月", "2023年", "文昌街道", "结婚登记"]
CELL = st.one_of(
    st.none(),
    st.integers(-9, 99999),
    st.floats(allow_nan=False),
    st.booleans(),
    st.text(LETTERS, max_size=9),
    st.sampled_from(WORDS),
)
BUDGET = settings(max_examples=400, suppress_health_check=list(HealthCheck), derandomize=True)


def workbook(rows=ROWS, names=("表",)):
    content = io.BytesIO()
    with xlsxwriter.Workbook(content) as book:
        for name in names:
            page = book.add_worksheet(name)
            for at, row in enumerate(rows):
                page.write_row(at, 0, row)
            page.merge_range(0, 0, 0, 3, ROWS[0][0])
    return content.getvalue()


def unpacked(content):
    with zipfile.ZipFile(io.BytesIO(content)) as package:
        return {name: package.read(name) for name in package.namelist()}


def packed(parts):
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as package:
        for name, part in parts.items():
            package.writestr(name, part)
    return content.getvalue()


XLSX = workbook()
PARTS = unpacked(XLSX)
CSV = "\r\n".join(",".join(str(cell or "") for cell in row) for row in ROWS).encode()
PAGE = (
    "<html><table>"
    + "".join(
        "<tr>" + "".join(f"<td rowspan=1 colspan=1>{cell or ''}</td>" for cell in row) + "</tr>"
        for row in ROWS
    )
    + "</table></html>"
).encode()
BITS = st.lists(
    st.tuples(st.floats(0, 1, exclude_max=True), st.binary(max_size=4), st.integers(0, 6)),
    min_size=1,
    max_size=4,
)


def mutated(content, changes):
    for place, put, taken in changes:
        at = int(place * len(content))
        content = content[:at] + put + content[at + taken :]
    return content


def outcome(name, content):
    """Reads as intake does: the figures, or the findings of a refusal; another error fails."""
    figures = []
    try:
        for one in read_sheets(name, content):
            found = recognise(one, catalogue(), areas(), Hints("370113", "2024-09"))
            figures += tidy(one, found, catalogue(), areas()).observations
    except FileRefused as refusal:
        return [], [refusal.finding]
    except FormRefused as refusal:
        return [], list(refusal.findings)
    return figures, []


def is_sound(name, content):
    """Whether what was read is finite, and what was refused is said in both languages."""
    figures, findings = outcome(name, content)
    finite = all(one.value is None or math.isfinite(one.value) for one in figures)
    return finite and all(one.message.zh and one.message.en for one in findings)


@BUDGET
@given(
    st.sampled_from(["a.xlsx", "a.csv", "a.xls", "a.html"]),
    st.sampled_from([XLSX, CSV, PAGE]),
    BITS,
)
def test_damaged_files_are_read_or_refused(name, content, changes):
    assert is_sound(name, mutated(content, changes))


@BUDGET
@given(st.sampled_from(sorted(PARTS)), BITS)
def test_workbooks_with_a_damaged_part_are_read_or_refused(part, changes):
    assert is_sound("a.xlsx", packed(PARTS | {part: mutated(PARTS[part], changes)}))


@settings(max_examples=300, derandomize=True)
@given(st.lists(st.lists(CELL, min_size=1, max_size=6), min_size=1, max_size=8))
def test_any_sheet_is_understood_or_refused(rows):
    one = sheet(rows)
    try:
        found = recognise(one, catalogue(), areas(), Hints("370113", "2024-09"))
    except FormRefused:
        return
    assert tidy(one, found, catalogue(), areas()).form


@pytest.mark.parametrize("name", ["a.csv", "a.html"])
def test_five_thousand_columns_are_refused(name):
    content = ",".join(["1"] * 5000) if name == "a.csv" else f"<table>{'<td>1' * 5000}</table>"
    with pytest.raises(FileRefused, match="512 columns"):
        read_sheets(name, content.encode())


def test_five_thousand_columns_of_a_workbook_are_refused():
    with pytest.raises(FileRefused, match="512 columns"):
        read_sheets("a.xlsx", workbook([[1] * 5000]))


def with_blank_rows(count):
    """A workbook of four rows and as many more that have a format alone."""
    row = b'<row r="%d"><c r="A%d" s="1"/></row>'
    blanks = b"".join(row % (at, at) for at in range(5, count + 5))
    page = PARTS["xl/worksheets/sheet1.xml"].replace(b"</sheetData>", blanks + b"</sheetData>")
    return packed(PARTS | {"xl/worksheets/sheet1.xml": page})


def test_a_million_blank_rows_are_no_rows_and_cost_little():
    (sheet,) = read_sheets("a.xlsx", with_blank_rows(1_000_000))
    assert len(sheet.rows) == 4
    content = with_blank_rows(20_000)
    assert calls_made(lambda: read_sheets("a.xlsx", content)) < 30 * 20_000
    with pytest.raises(FileRefused, match="200,000 rows"):
        read_sheets("a.csv", CSV + b"\r\n" * 1_000_000)


def test_two_sheets_of_one_name_are_refused():
    parts = unpacked(workbook(names=("甲", "乙")))
    parts["xl/workbook.xml"] = parts["xl/workbook.xml"].replace("乙".encode(), "甲".encode())
    with pytest.raises(FileRefused, match="damaged"):
        read_sheets("a.xlsx", packed(parts))


@pytest.mark.parametrize("mark", ["\u200f", "\u202e", "\u2066", "\ufeff", "\u200b", "\x07"])
def test_marks_nobody_sees_do_not_change_a_name(mark):
    assert text_of(f"{mark}结婚{mark}登记 ") == "结婚登记"


@pytest.mark.parametrize("content", [b"a,b\0c\n1,2", b"<table><tr><td>\0</td></tr></table>"])
def test_a_null_byte_is_refused(content):
    with pytest.raises(FileRefused):
        read_sheets("a.csv", content)
    with pytest.raises(FileRefused):
        read_sheets("a.txt", content)


def test_emoji_are_text_like_any_other():
    (one,) = read_sheets("😀.csv", "街道,😀\n文昌街道,5".encode())
    assert (one.name, one.rows[0][1]) == ("😀", "😀")
    with pytest.raises(FormRefused):
        recognise(sheet([["😀", "👨‍👩‍👧"], ["结婚", 5]]), catalogue(), areas(), Hints())


@settings(max_examples=10, derandomize=True)
@given(BITS)
def test_a_damaged_old_workbook_is_read_or_refused(changes):
    assert is_sound("a.xls", mutated(old_workbook("表", {(0, 0): "街道", (1, 1): 5.0}), changes))
