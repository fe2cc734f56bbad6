"""Native charts state what the screen states: axis, lines, gaps, dashes, hatching, pages."""

import io
import re
import zipfile
from dataclasses import replace
from decimal import Decimal

import pytest
from chart_cases import (
    CHANGQING,
    DEMO,
    PER_COMMUNITY,
    STREETS,
    changqing,
    chart,
    figure,
    marriages,
    one_of_each_kind,
    spec,
)
from lxml import etree

from dashboard.base.rounding import half_up, printable
from dashboard.catalogue.topics import Kind
from dashboard.charts.model.chart_pages import MOST_BARS, chart_pages
from dashboard.charts.model.course import runs
from dashboard.charts.plotly.figures import figure as drawn_figure
from dashboard.exports.documents import document_bytes
from dashboard.exports.print_html import report_page
from dashboard.exports.single_chart_slide import one_page, slide_bytes
from dashboard.exports.workbooks import workbook_bytes

SPACE = {
    "c": "http://schemas.openxmlformats.org/drawingml/2006/chart",
    "a": "http://schemas.openxmlformats.org/drawingml/2006/main",
}
CHARTS = one_of_each_kind()
STREET = "990101004"  # divided in 2022
FILES = {
    "pptx": (slide_bytes, "ppt/charts/", "ppt/drawings/"),
    "docx": (lambda drawn: document_bytes(one_page(drawn)), "word/charts/", "word/drawings/"),
    "xlsx": (workbook_bytes, "xl/charts/", "xl/drawings/shapes"),
}


def parts_of(drawn, file):
    """The chart parts of a file, and the texts of the shapes on them."""
    write, charts, drawings = FILES[file]
    with zipfile.ZipFile(io.BytesIO(write(drawn))) as package:
        names = sorted(package.namelist())
        trees = [
            etree.fromstring(package.read(name))
            for name in names
            if re.fullmatch(rf"{charts}chart[^/]*\.xml", name)
        ]
        shapes = [
            etree.fromstring(package.read(name))
            for name in names
            if name.startswith(drawings) and name.endswith(".xml")
        ]
    labels = ["".join(p.itertext()) for shape in shapes for p in shape.iterfind(".//a:p", SPACE)]
    return trees, labels


def value_axis(tree):
    (axis,) = tree.iterfind(".//c:valAx", SPACE)
    numbers = {name: axis.find(f".//c:{name}", SPACE) for name in ("min", "max", "majorUnit")}
    return {name: float(element.get("val")) for name, element in numbers.items()}, axis


def drawn_axis(shown):
    """From where to where the screen's axis reaches."""
    layout = drawn_figure(shown)["layout"]
    lying = shown.kind in (Kind.BAR, Kind.COMPOSITION, Kind.WATERFALL)
    return layout["xaxis" if lying else "yaxis"]["range"]


ON_AXES = (Kind.LINE, Kind.COLUMN, Kind.BAR, Kind.STACKED, Kind.COMPOSITION, Kind.WATERFALL)


@pytest.mark.slow
@pytest.mark.parametrize("file", FILES)
@pytest.mark.parametrize("kind", ON_AXES)
def test_the_axis_is_that_of_the_screen(kind, file):
    ((tree,), _) = parts_of(CHARTS[kind], file)
    axis, _ = value_axis(tree)
    assert [axis["min"], axis["max"]] == pytest.approx(drawn_axis(CHARTS[kind]))
    assert axis["majorUnit"] == CHARTS[kind].axis.step


@pytest.mark.parametrize("file", FILES)
def test_months_that_are_nearly_equal_lie_flat(file):
    figures = [
        figure("orphans", DEMO, (year, 12), value)
        for year, value in ((2021, 1000.0), (2022, 998.0), (2023, 996.0))
    ]
    ((tree,), _) = parts_of(chart(spec("line", "orphans"), figures, DEMO, (2023, 12)), file)
    assert value_axis(tree)[0]["min"] == 0


@pytest.mark.parametrize("file", FILES)
def test_numbers_at_grid_lines_differ(file):
    figures = [
        figure("nursing_bed_share", DEMO, (year, 12), 30.0 + year % 3 / 10)
        for year in (2021, 2022, 2023)
    ]
    shown = replace(
        chart(spec("line", "nursing_bed_share"), figures, DEMO, (2023, 12)), step="path"
    )
    ((tree,), _) = parts_of(shown, file)
    axis, element = value_axis(tree)
    decimals = element.find("c:numFmt", SPACE).get("formatCode").partition(".")[2].count("0")
    ticks = [axis["min"] + axis["majorUnit"] * n for n in range(4)]
    assert len({half_up(tick, decimals) for tick in ticks}) == 4


# ---- lines ----


def names_and_points(tree):
    """The name and the places with a value of every native series."""
    found = []
    for series in tree.iterfind(".//c:ser", SPACE):
        points = series.find("c:val", SPACE).iterfind(".//c:pt", SPACE)
        found.append((series, {int(point.get("idx")) for point in points}))
    return found


@pytest.mark.parametrize("file", ["pptx", "docx"])
def test_no_line_crosses_a_break_and_its_label_is_in_the_chart(file):
    figures = [figure("marriages", STREET, (year, 12), 100.0) for year in range(2020, 2024)]
    shown = chart(spec("line", "marriages"), figures, STREET, (2023, 12))
    (mark,) = [one for one in shown.breaks if one.is_break]
    ((tree,), labels) = parts_of(shown, file)
    for _, places in names_and_points(tree):
        assert max(places) < mark.category or min(places) >= mark.category
    assert "".join(labels).replace("…", "")[:6] == mark.label[:6]


def test_a_workbook_draws_no_line_over_a_break_and_labels_it():
    figures = [figure("marriages", STREET, (year, 12), 100.0) for year in range(2020, 2024)]
    shown = chart(spec("line", "marriages"), figures, STREET, (2023, 12))
    ((tree,), labels) = parts_of(shown, "xlsx")
    assert len(tree.findall(".//c:ser", SPACE)) == 2 == len(runs(shown, shown.series[0]))
    assert labels and labels[0][:6] == shown.breaks[0].label[:6]


@pytest.mark.parametrize("file", FILES)
def test_an_unfinished_year_is_dotted_or_hatched(file):
    ((line,), _) = parts_of(CHARTS[Kind.LINE], file)
    dashes = line.findall(".//c:ser/c:spPr/a:ln/a:prstDash", SPACE)
    assert [one.get("val") for one in dashes] == ["sysDot"]
    for kind in (Kind.COLUMN, Kind.STACKED):
        ((tree,), _) = parts_of(CHARTS[kind], file)
        for series in tree.iterfind(".//c:ser", SPACE):
            hatched = series.findall("c:dPt/c:spPr/a:pattFill/../../c:idx", SPACE)
            assert [one.get("val") for one in hatched] == ["3"]


@pytest.mark.parametrize("file", FILES)
def test_target_and_average_stand_in_the_chart(file):
    shown = chart(spec("bar", PER_COMMUNITY), changqing(), CHANGQING, (2023, 12))
    assert len(shown.targets) == 2
    ((tree,), labels) = parts_of(shown, file)
    assert labels == [mark.label for mark in shown.targets]
    assert tree.find("c:userShapes", SPACE) is not None
    inner = tree.find(".//c:plotArea/c:layout/c:manualLayout/c:layoutTarget", SPACE)
    assert inner.get("val") == "inner"


@pytest.mark.parametrize("file", FILES)
def test_a_bar_of_which_something_must_be_known_is_hatched(file):
    figures = changqing()
    for place, one in enumerate(figures):
        if one.area == next(iter(STREETS)):
            figures[place] = one._replace(status="P")
    shown = chart(spec("bar", PER_COMMUNITY), figures, CHANGQING, (2023, 12))
    ((tree,), _) = parts_of(shown, file)
    assert len(tree.findall(".//c:dPt//a:pattFill", SPACE)) == 1


# ---- pages ----


def many_bars(count=45):
    base = CHARTS[Kind.BAR]
    (series,) = base.series
    values = tuple(float(count - place) for place in range(count))
    texts = tuple(f"{value:g}" for value in values)
    series = replace(
        series,
        values=values,
        labels=texts,
        texts=texts,
        hover=texts,
        statuses=("A",) * count,
        remarks=((),) * count,
    )
    names = tuple(f"第{place + 1}街道" for place in range(count))
    flags = (False,) * count
    return replace(
        base,
        categories=names,
        keys=names,
        series=(series,),
        partial=flags,
        unfinished=flags,
        ticks=(),
    )


def test_many_bars_are_split_and_none_is_lost():
    shown = many_bars()
    pages = chart_pages(shown)
    assert len(pages) == 3
    assert all(len(page.categories) <= MOST_BARS for page in pages)
    assert tuple(name for page in pages for name in page.categories) == shown.categories
    assert {page.axis for page in pages} == {shown.axis}


@pytest.mark.parametrize("file", ["pptx", "docx"])
def test_every_page_of_many_bars_has_the_axis_of_the_whole(file):
    shown = many_bars()
    trees, _ = parts_of(shown, file)
    assert len(trees) == 3
    assert {value_axis(tree)[0]["max"] for tree in trees} == {shown.axis.high}
    assert sum(len(places) for tree in trees for _, places in names_and_points(tree)) == 45


def test_many_bars_are_printed_on_several_pages():
    page = report_page(one_page(many_bars()))
    assert page.count('class="plot"') == 3 and "（3/3）" in page


# ---- rounding ----


@pytest.mark.parametrize(
    ("value", "decimals", "shown"),
    [
        (319 / 20, 1, 16.0),
        (-319 / 20, 1, -16.0),
        (1.005, 2, 1.01),
        (2.5, 0, 3),
        (0.5, 0, 1),
        (7.05 * 3, 1, 21.2),
        (1234.0, 0, 1234),
    ],
)
def test_what_is_written_into_a_file_is_rounded_as_on_screen(value, decimals, shown):
    written = printable(value, decimals)
    assert written == pytest.approx(value, rel=1e-14)
    place = Decimal(1).scaleb(-decimals)
    assert Decimal(written).quantize(place, rounding="ROUND_HALF_UP") == Decimal(str(shown))


@pytest.mark.parametrize("file", FILES)
def test_a_tie_is_the_same_number_in_every_native_chart(file):
    figures = [
        figure("facility_coverage", DEMO, (year, 12), 319 / 20) for year in range(2021, 2024)
    ]
    shown = chart(spec("line", "facility_coverage"), figures, DEMO, (2023, 12))
    assert shown.series[0].labels[-1] == "16.0"
    if file == "xlsx":
        return  # a chart of XlsxWriter keeps no copy of its values
    ((tree,), _) = parts_of(shown, file)
    values = [float(v.text) for v in tree.iterfind(".//c:val//c:v", SPACE)]
    assert {round(value, 1) for value in values} == {16.0}


def test_marriages_are_whole_numbers_in_native_formats():
    shown = chart(spec("column", "marriages"), marriages({2023: [9] * 12}), DEMO, (2023, 12))
    ((tree,), _) = parts_of(shown, "pptx")
    assert value_axis(tree)[1].find("c:numFmt", SPACE).get("formatCode") == "#,##0"
