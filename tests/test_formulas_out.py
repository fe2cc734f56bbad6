"""Nothing that somebody typed is run by the spreadsheet that opens an export."""

import csv
import io
import zipfile
from dataclasses import replace

import pytest
from chart_cases import one_of_each_kind
from hypothesis import example, given
from hypothesis import strategies as st

from dashboard.catalogue.topics import Kind
from dashboard.exports import listing, native_charts, workbooks
from dashboard.exports.chart_csv import csv_text

CHARTS = one_of_each_kind()
STARTS = tuple("=+-@＝＋－＠\t\r\n")
HOSTILE = "=cmd|'/c calc'!A0"


def begins_a_formula(cell):
    try:
        float(cell)
    except ValueError:
        return cell.lstrip(" \u3000").startswith(STARTS)
    return False


@example("\r@", 0.0)
@given(
    st.text(max_size=12) | st.builds(str.__add__, st.sampled_from(STARTS), st.text(max_size=8)),
    st.floats(allow_nan=False, allow_infinity=False),
)
def test_no_cell_of_a_list_begins_a_formula(text, value):
    columns = ("area_name", "source", "value")
    written = listing.as_csv([{"area_name": text, "source": " " + text, "value": value}], columns)
    rows = list(csv.reader(io.StringIO(written, newline="")))
    assert not any(begins_a_formula(cell) for row in rows for cell in row)


def test_a_negative_number_in_a_list_stays_a_number():
    written = listing.as_csv([{"value": -12.5, "code": "-3"}], ("value", "code"))
    assert list(csv.reader(io.StringIO(written)))[1] == ["-12.5", "-3"]


def hostile(kind):
    """The chart, its names and texts replaced by something that a spreadsheet would run."""
    chart = CHARTS[kind]
    table = chart.table
    rows = tuple((key, (HOSTILE, *cells[1:])) for key, cells in table.rows)
    words = tuple((HOSTILE, *said[1:]) for said in table.words)
    columns = tuple(HOSTILE for _ in table.columns)
    return replace(
        chart,
        categories=tuple(HOSTILE for _ in chart.categories),
        notes=(HOSTILE,),
        series=tuple(replace(one, name=HOSTILE) for one in chart.series),
        source=HOSTILE,
        facts=(("a", HOSTILE),),
        table=replace(table, rows=rows, words=words, columns=columns),
    )


@pytest.mark.parametrize("kind", list(Kind))
def test_no_cell_of_a_chart_begins_a_formula(kind):
    chart = hostile(kind)
    for row in csv.reader(io.StringIO(csv_text(chart).lstrip("\ufeff"), newline="")):
        assert not any(begins_a_formula(cell) for cell in row), row
    books = [workbooks.workbook_bytes(chart)]
    if kind is not Kind.TABLE:
        books.append(native_charts.parts(chart).workbook)
    for book in books:
        with zipfile.ZipFile(io.BytesIO(book)) as parts:
            sheets = [name for name in parts.namelist() if name.startswith("xl/worksheets/sheet")]
            assert sheets and not any(b"<f>" in parts.read(name) for name in sheets)
