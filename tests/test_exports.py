"""What leaves is what was shown: every number comes back out of the file."""

import csv
import io
import zipfile
from dataclasses import replace

import openpyxl
import pytest
from chart_cases import (
    CHANGQING,
    DEMO,
    PER_COMMUNITY,
    YEAR,
    changqing,
    chart,
    figure,
    one_of_each_kind,
    spec,
)
from natives import merged

from dashboard.catalogue.topics import Kind
from dashboard.exports import workbooks
from dashboard.exports.chart_csv import csv_text
from dashboard.exports.formats import FORMATS
from dashboard.exports.formulas import harmless
from dashboard.web.files_api import file_name

BOTH = {language: one_of_each_kind(language) for language in ("zh", "en")}
CHARTS = BOTH["zh"]


def per_community():
    return chart(spec("bar", PER_COMMUNITY), changqing(), CHANGQING, YEAR)


def book(shown):
    return openpyxl.load_workbook(io.BytesIO(workbooks.workbook_bytes(shown)))


def table_rows(sheet, shown):
    """The rows of the sheet below the table's header."""
    rows = list(sheet.iter_rows(values_only=True))
    width = len(shown.table.columns)
    head = next(i for i, row in enumerate(rows) if row[:width] == shown.table.columns)
    return [row[:width] for row in rows[head + 1 : head + 1 + len(shown.table.rows)]]


def test_a_csv_says_what_it_is_before_its_numbers():
    text = csv_text(per_community())
    assert text.startswith("\ufeff# 标题,长清区各街镇每个社区社会组织数")
    assert "# 来源,2023年工作总结" in text
    assert "# 数据等级," in text and "# 更新日期,2026-11-01" in text


def test_a_csv_has_full_precision():
    rows = list(csv.reader(io.StringIO(csv_text(per_community()))))
    (row,) = [row for row in rows if row and row[0] == "文昌街道"]
    assert float(row[1]) == pytest.approx(266 / 26, abs=1e-8)
    assert row[-2:-1] == ["26"]


def test_a_missing_number_is_an_empty_cell_with_its_reason():
    rows = list(csv.reader(io.StringIO(csv_text(per_community()))))
    (row,) = [row for row in rows if row and row[0] == "归德街道"]
    assert row[1] == "" and "无数据" in row[-1]


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@cmd", "\t=1"])
def test_no_text_becomes_a_formula(text):
    assert harmless(text) == "'" + text


def test_ordinary_text_stays_as_it_is():
    assert harmless("文昌街道") == "文昌街道"


def test_a_hostile_name_is_harmless_in_both_formats():
    shown = per_community()
    rows = (("x", ("=HYPERLINK(1)", *shown.table.rows[0][1][1:])), *shown.table.rows[1:])
    hostile = replace(shown, table=replace(shown.table, rows=rows))
    assert "'=HYPERLINK(1)" in csv_text(hostile)
    sheet = book(hostile)[workbooks.SHEET]
    cells = [c for row in sheet.iter_rows() for c in row if c.value == "=HYPERLINK(1)"]
    assert cells and all(c.data_type == "s" or c.quotePrefix is not None for c in cells)
    with zipfile.ZipFile(io.BytesIO(workbooks.workbook_bytes(hostile))) as parts:
        assert b"<f>" not in parts.read("xl/worksheets/sheet1.xml")


@pytest.mark.parametrize("language", BOTH)
@pytest.mark.parametrize("kind", list(Kind))
def test_a_workbook_gives_back_every_number_of_the_table(kind, language):
    shown = BOTH[language][kind]
    rows = table_rows(book(shown)[workbooks.SHEET], shown)
    for (_, cells), numbers, row in zip(shown.table.rows, shown.table.numbers, rows, strict=True):
        for cell, number, written in zip(cells, numbers, row, strict=True):
            assert written == (pytest.approx(number) if number is not None else cell)


@pytest.mark.parametrize("language", BOTH)
@pytest.mark.parametrize("kind", list(Kind))
def test_the_native_chart_reads_the_same_series(kind, language):
    shown = BOTH[language][kind]
    sheet = book(shown)[workbooks.SERIES_SHEET]
    columns = list(sheet.iter_cols(values_only=True))
    assert columns[0][1:] == shown.categories
    drawn = merged((column[0], column[1:]) for column in columns[1:])
    expected = merged((one.name, map(shown.shown, one.values)) for one in shown.series)
    assert drawn == {name: pytest.approx(values) for name, values in expected.items()}


@pytest.mark.parametrize(
    ("kind", "element"),
    [
        (Kind.LINE, "lineChart"),
        (Kind.COLUMN, "barChart"),
        (Kind.BAR, "barChart"),
        (Kind.STACKED, 'grouping val="stacked"'),
        (Kind.COMPOSITION, 'barDir val="bar"'),
    ],
)
def test_the_native_chart_is_of_the_right_kind(kind, element):
    with zipfile.ZipFile(io.BytesIO(workbooks.workbook_bytes(CHARTS[kind]))) as parts:
        assert element in parts.read("xl/charts/chart1.xml").decode()


def test_every_kind_has_a_native_chart():
    assert set(workbooks.RENDERERS) == set(Kind)


def test_numbers_keep_their_format_and_the_header_stays_in_sight():
    sheet = book(per_community())[workbooks.SHEET]
    (row,) = [row for row in sheet.iter_rows() if row[0].value == "文昌街道"]
    assert row[1].number_format == "#,##0.0"
    assert sheet.freeze_panes is not None


def test_demo_figures_are_marked_in_every_format():
    shown = chart(
        spec("line", "orphans"), [figure("orphans", DEMO, YEAR, 10.0, submission=3)], period=YEAR
    )
    assert "演示数据" in csv_text(shown)
    values = [cell for row in book(shown)[workbooks.SHEET].values for cell in row]
    assert "演示数据" in values


@pytest.mark.parametrize("name", FORMATS)
def test_an_empty_chart_leaves_with_its_sentence(name):
    shown = chart(spec("line", "orphans"), [], period=YEAR)
    assert FORMATS[name].render(shown)
    assert FORMATS[name].suffix == name
    assert shown.empty in csv_text(shown)
    assert shown.empty in [c for row in book(shown)[workbooks.SHEET].values for c in row]


def test_a_file_is_named_without_unit_and_dots():
    shown = per_community()
    assert "单位" in shown.subtitle
    assert "单位" not in file_name(shown) and "·" not in file_name(shown)
