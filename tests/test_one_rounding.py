"""One rounding: each value is the same number in every text, chart and file that prints it."""

import ast
import csv
import io
import re
from decimal import ROUND_HALF_UP, Decimal
from pathlib import Path

import openpyxl
import pytest
from chart_cases import CATALOGUE, DEMO, chart, figure, points, spec
from hypothesis import given
from hypothesis import strategies as st
from test_native_charts import SPACE, parts_of

import dashboard
from dashboard.base.language import as_written, headline, number
from dashboard.catalogue.periods import Period
from dashboard.charts.kinds.tiles import build_tile
from dashboard.charts.model.selection import Selection
from dashboard.components.shell.figure_words import exactly
from dashboard.exports import listing
from dashboard.exports.chart_csv import csv_bytes
from dashboard.exports.workbooks import workbook_bytes

# The indicator, the value in base units, the number in both languages, and that of a tile.
VALUES = [
    ("facility_coverage", 319 / 20, ("16.0", "16.0"), ("16.0", "16.0")),
    ("facility_coverage", 0.05, ("0.1", "0.1"), ("0.1", "0.1")),
    ("facility_coverage", 2.25, ("2.3", "2.3"), ("2.3", "2.3")),
    ("facility_coverage", 1.005 * 50, ("50.3", "50.3"), ("50.3", "50.3")),
    ("facility_coverage", 99.95, ("100.0", "100.0"), ("100.0", "100.0")),
    ("marriages", 3.0, ("3", "3"), ("3", "3")),
    ("marriages", 99_995.0, ("99,995", "99,995"), ("99,995", "99,995")),
    ("marriages", 999_999.0, ("999,999", "999,999"), ("999,999", "999,999")),
    ("marriages", 1_000_050.0, ("100.01", "1.00"), ("100.0", "1.00")),
    ("dibao_spending", 4_450.0, ("4,450", "4.45"), ("4,450", "4.45")),
    ("dibao_spending", 10_050.0, ("1.01", "10.05"), ("1.01", "10.05")),
    ("dibao_spending", 30_867_450.0, ("3,086.75", "30.87"), ("3,087", "30.87")),
    ("dibao_spending", 99_995_000.0, ("9,999.50", "100.00"), ("10,000", "100.0")),
    ("dibao_spending", 100_005_000.0, ("1.00", "100.01"), ("1.00", "100.0")),
    ("dibao_spending", 123_456_789_012.0, ("1,234.57", "123,456.79"), ("1,235", "123,457")),
]
NOW = Period(2024, 5)


def drawn(kind, name, value, language):
    """A chart in which the value is the last and the largest."""
    figures = [
        figure(name, DEMO, (year, 5), value * share)
        for year, share in ((2022, 0.5), (2023, 0.75), (2024, 1.0))
    ]
    return chart(spec(kind, name), figures, period=(2024, 5), language=language)


def as_format(value, code):
    """What an office program prints of a binary value with a number format."""
    places = len(code.partition(".")[2])
    exact = Decimal(value).quantize(Decimal(1).scaleb(-places), rounding=ROUND_HALF_UP)
    return f"{exact:,}"


def native_numbers(shown, file):
    """The last point of each native chart as its labels print it."""
    for tree in parts_of(shown, file)[0]:
        for values in tree.iterfind(".//c:val//c:numCache", SPACE):
            code = values.find("c:formatCode", SPACE).text
            texts = [v.text for v in values.iterfind(".//c:v", SPACE)]
            if texts:
                yield as_format(float(texts[-1]), code)


def numbers_in(text):
    return re.findall(r"[−-]?\d[\d,]*(?:\.\d+)?", text)


@pytest.mark.slow
@pytest.mark.parametrize("place", [0, 1], ids=["zh", "en"])
@pytest.mark.parametrize(("name", "value", "texts", "short"), VALUES)
def test_each_renderer_prints_the_same_number(name, value, texts, short, place):
    text, language = texts[place], ("zh", "en")[place]
    line, column = (drawn(kind, name, value, language) for kind in ("line", "column"))
    for shown in (line, column):
        assert shown.series[0].labels[-1] == text  # beside the point, and read out
        assert text in numbers_in(shown.series[0].hover[-1])
        row = next(cells for _, cells in shown.table.rows if text in cells)
        assert text in numbers_in(shown.sentence), shown.sentence
        for file in ("pptx", "docx"):
            assert text in set(native_numbers(shown, file))
        assert text in numbers_in(chart_csv_cells(shown, row[0]))
        assert text in sheet_numbers(shown)
    tile = build_tile(
        points([figure(name, DEMO, (2024, 5), value)]),
        name,
        Selection(DEMO, NOW, language=language),
    )
    assert (tile.exact, tile.value) == (text, short[place])


def chart_csv_cells(shown, first):
    """The row of the CSV that begins with this, as one text of its values as printed."""
    rows = csv.reader(
        line for line in io.StringIO(csv_bytes(shown).decode("utf-8-sig")) if line[0] != "#"
    )
    cells = next(row for row in rows if row and row[0] == first)
    decimals = shown.decimals
    return " ".join(number(float(c), decimals, "en") for c in cells[1:] if is_number(c))


def is_number(text):
    return re.fullmatch(r"-?\d+(\.\d+)?", text) is not None


def sheet_numbers(shown):
    """The numbers of the workbook as their cells' formats print them."""
    book = openpyxl.load_workbook(io.BytesIO(workbook_bytes(shown)))
    return {
        as_format(cell.value, cell.number_format)
        for sheet in book
        for row in sheet.iter_rows()
        for cell in row
        if isinstance(cell.value, int | float)
    }


def test_lists_and_the_interface_give_the_value_itself():
    for _, value, *_ in VALUES:
        text = listing.as_csv([{"value": value}], ("value",)).splitlines()[1]
        assert Decimal(text) == Decimal(format(value, ".15g"))


@given(st.floats(-1e12, 1e12, allow_nan=False), st.integers(0, 3))
def test_a_headline_is_rounded_from_the_value_itself(value, decimals):
    text = headline(value, decimals, "en")
    plain = Decimal(text.replace("−", "-").replace(",", ""))
    exact = Decimal(format(value, ".15g"))
    half = Decimal(1).scaleb(min(plain.as_tuple().exponent, 0)) / 2
    assert abs(plain - exact) <= half
    digits = re.sub(r"[−,]", "", text)
    assert len(digits.replace(".", "").lstrip("0")) <= max(4, len(digits.partition(".")[0]))


def test_a_value_in_full_has_no_needless_zeros():
    assert as_written(1_000.0, 6, "en") == "1,000" and as_written(-2.50, 6, "zh") == "−2.5"
    assert exactly(319 / 20, "zh") == "15.95" and exactly(0.0000004, "en") == "0"
    assert as_written(30_867_500.0, 6, "en") == "30,867,500"


def test_what_is_counted_has_no_decimals():
    """A count is whole; only in 万 or million has it two places."""
    for meaning in CATALOGUE.indicators.values():
        if meaning.unit.dimension in ("persons", "couples", "households", "organisations", "beds"):
            assert meaning.is_rate or meaning.decimals == 0, meaning.id


# ---- nothing rounds in another way ----

FOLDER = Path(dashboard.__file__).parent
# Files whose format specifications print no figure: places on a picture, sizes of files, keys.
DRAWINGS = (
    "components/targets/bullets.py",
    "components/targets/off_pace.py",
    "components/targets/target_parts.py",
    "components/shell/sparks.py",
    "components/figures/cards.py",
    "components/wall_map.py",
    "exports/native_charts.py",
    "exports/print_html.py",
    "exports/reference_lines.py",
)
SIZES = ("components/reports/report_work.py", "cli/backup.py", "cli/output.py")
READING = ("intake/forms/",)  # reads as a workbook prints
ROUNDED = re.compile(r"\.\d+[fe%]$|\.\d*$")


def specifications(tree):
    """The format specifications of f-strings and of ``format``, with their lines."""
    for node in ast.walk(tree):
        if isinstance(node, ast.FormattedValue) and isinstance(node.format_spec, ast.JoinedStr):
            parts = [p.value for p in node.format_spec.values if isinstance(p, ast.Constant)]
            yield node.lineno, "".join(map(str, parts))


@pytest.mark.slow
def test_no_text_is_rounded_but_by_the_one_rounding():
    """``round`` and ``:.1f`` round ties to even, on the binary value."""
    for path in sorted(FOLDER.rglob("*.py")):
        name = str(path.relative_to(FOLDER))
        if name in (*DRAWINGS, *SIZES) or name.startswith(READING):
            continue
        tree = ast.parse(path.read_text("utf-8"))
        wrong = [(line, spec) for line, spec in specifications(tree) if ROUNDED.search(spec)]
        assert not wrong, (name, wrong)


def test_no_script_rounds_by_itself():
    """Only plans print numbers in the browser; test_scripts holds them to the one rounding."""
    for path in sorted((FOLDER.parent / "assets").rglob("*.js")):
        text = path.read_text("utf-8")
        found = set(re.findall(r"toFixed|toLocaleString|NumberFormat|tickformat|d3", text))
        allowed = {"plans.js": {"NumberFormat"}, "presenting.js": {"toFixed"}}
        assert found <= allowed.get(path.name, set()), path


def test_no_chart_leaves_its_numbers_to_the_browser():
    for path in sorted((FOLDER / "charts").rglob("*.py")):
        text = path.read_text("utf-8")
        assert not re.search(r"tickformat|hoverformat|valueformat|texttemplate\W.*:", text), path
