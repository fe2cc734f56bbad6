"""Every exported CSV is read by a reader that takes lines with "#" for remarks."""

import io

import pandas
import pytest
from chart_cases import CHANGQING, PER_COMMUNITY, YEAR, changqing, chart, one_of_each_kind, spec

from dashboard.catalogue.topics import Kind
from dashboard.exports.chart_csv import csv_bytes, csv_text
from dashboard.exports.csv_lines import csv_line, escaped, machine_line, remark_line
from dashboard.exports.listing import as_csv
from dashboard.intake.forms.layouts.reimport import _unescaped

CHARTS = {language: one_of_each_kind(language) for language in ("zh", "en")}


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("kind", list(Kind))
def test_pandas_reads_the_table_of_every_exported_chart(kind, language):
    shown = CHARTS[language][kind]
    read = pandas.read_csv(io.BytesIO(csv_bytes(shown)), comment="#")
    assert tuple(read.columns[: len(shown.table.columns)]) == shown.table.columns
    assert len(read) == len(shown.table.rows)
    assert list(read.iloc[:, 0]) == [cells[0] for _, cells in shown.table.rows]


def test_no_line_of_remarks_is_quoted():
    text = csv_text(chart(spec("bar", PER_COMMUNITY), changqing(), CHANGQING, YEAR, "en"))
    remarks = [line for line in text.lstrip("\ufeff").splitlines() if "#" in line[:2]]
    assert len(remarks) > 6 and all(line.startswith("#") for line in remarks)
    assert any("," in line for line in remarks)


def test_a_cell_that_holds_the_sign_of_remarks_is_read_whole():
    text = as_csv([{"a": "12 #3", "b": 1.0}], ["a", "b"])
    read = pandas.read_csv(io.StringIO(text), comment="#")
    assert read.to_dict("records") == [{"a": "12 #3", "b": 1}]
    assert csv_line(['5" "', "x"]) == '"5"" """,x\r\n'
    assert remark_line("a\nb", "c,d") == "# a b,c,d\r\n"


@pytest.mark.parametrize("text", ["plain", "a, b", 'say "x"', "100%", "%2C", "50%, “y”"])
def test_what_a_machine_line_escapes_is_read_back(text):
    assert "," not in escaped(text) and '"' not in escaped(text)
    assert _unescaped(escaped(text)) == text
    assert machine_line([text]).count(",") == 0
