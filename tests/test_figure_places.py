"""No words of a figure stand on others, on a line or beyond the edge, whatever is drawn."""

from dataclasses import replace
from itertools import combinations

import pytest
from chart_cases import one_of_each_kind
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from label_boxes import Placed, Sheet

from dashboard.base.language import Scale, number
from dashboard.catalogue.topics import Kind
from dashboard.charts.kinds.waterfall import DOWN, TOTAL, UP, WaterfallStep, stacked_series
from dashboard.charts.model.chart import COMPARISON, COMPONENT, MAIN, Chart, Mark, Series
from dashboard.charts.plotly.figures import figure
from dashboard.charts.plotly.places import NARROW, Box, spread
from dashboard.charts.plotly.text import folded, text_width

CHARTS = one_of_each_kind()
WIDTHS = (NARROW, 324, 626, 1326)
LONG_ZH = "经济开发区管理委员会街道办事处"
LONG_EN = "Economic Development Zone Administrative Committee Subdistrict Office"
NAMES = st.one_of(
    st.sampled_from(["文昌街道", "结婚登记对数", "3A级以上社会组织数", LONG_ZH, LONG_EN, "2026"]),
    st.text("经济开发区街道办事处镇（）", min_size=1, max_size=24),
    st.text("abcdefgh XYZ-", min_size=1, max_size=60).filter(str.strip),
)
AMOUNTS = st.one_of(
    st.none(),
    st.just(0.0),
    st.integers(-50, 500).map(float),
    st.floats(-2e6, 9e8),
    st.floats(0, 1),
)
STEADY = settings(max_examples=60, suppress_health_check=list(HealthCheck))


def series(name: str, values: list[float | None], role: str = MAIN, decimals: int = 1) -> Series:
    texts = tuple(number(value, decimals, "zh") for value in values)
    return Series(
        name,
        tuple(values),
        ("A",) * len(values),
        texts,
        role,
        texts,
        texts,
        tuple(1 + place % 5 for place in range(len(values))),
    )


def drawn_as(kind: Kind, rows: list[Series], names: list[str], **changes: object) -> Chart:
    count = len(names)
    given = {
        "series": tuple(rows),
        "categories": tuple(names),
        "keys": ("k",) * count,
        "ticks": tuple(names),
        "partial": (False,) * count,
        "unfinished": (False,) * count,
        "breaks": (),
        "targets": (),
        "scale": Scale(1.0, "", 1),
        "decimals": 1,
        "demo_mark": "",
        "step": "year",
        "chosen": "",
    }
    return replace(CHARTS[kind], **(given | changes))


def faults(chart: Chart, outside_plot: bool = False) -> list[str]:
    """Everything that stands where it should not, at any of the widths."""
    drawn, listed = figure(chart), []
    for width in WIDTHS:
        sheet = Sheet(drawn, width)
        notes = sheet.notes()
        listed += [f"{width}: {fault}" for fault in label_faults(sheet, [*notes, *sheet.ticks()])]
        listed += [f"{width}: a line through {note}" for note in notes if crossed(sheet, note.box)]
        if outside_plot:
            meeting = [note for note in notes if note.box.meets(sheet.plot)]
            listed += [f"{width}: {note} in the plot" for note in meeting]
    return listed


def label_faults(sheet: Sheet, labels: list[Placed]) -> list[str]:
    """Labels that lie on each other or beyond the edge."""
    listed = [
        f"{label} on {other}"
        for label, other in combinations(labels, 2)
        if label.box.meets(other.box)
    ]
    whole = Box(0, 0, sheet.width, sheet.height)
    return listed + [f"{label} beyond {whole}" for label in labels if not inside(label.box, whole)]


def inside(box: Box, whole: Box) -> bool:
    across = whole.left <= box.left and box.right <= whole.right
    return across and whole.top <= box.top and box.bottom <= whole.bottom


def crossed(sheet: Sheet, box: Box) -> bool:
    """Whether an upright line goes through the box within the plot."""
    within = box.bottom > sheet.plot.top and box.top < sheet.plot.bottom
    return within and any(box.left + 3 < x < box.right - 3 for x in sheet.stems())


@st.composite
def trends(draw: st.DrawFn, kind: Kind) -> Chart:
    count = draw(st.integers(1, 60))
    names = [str(1965 + place) for place in range(count)]
    ticks = tuple(names)
    if draw(st.booleans()):
        ticks = tuple(
            f"{place % 12 + 1}月" + (f"<br>{2020 + place // 12}" if place % 12 == 0 else "")
            for place in range(count)
        )
    elif draw(st.booleans()):
        ticks = (*names[:-1], f"{names[-1]}<br>1—9月")
    how_many = draw(st.integers(1, 8 if kind is Kind.LINE else 6))
    rows = [
        series(
            draw(NAMES),
            draw(st.lists(AMOUNTS, min_size=count, max_size=count)),
            COMPARISON if draw(st.booleans()) else COMPONENT,
        )
        for _ in range(how_many)
    ]
    marks = draw(
        st.lists(
            st.tuples(NAMES, st.integers(1, max(count - 1, 1)), st.booleans()),
            max_size=5 if count > 1 else 0,
        )
    )
    marks.sort(key=lambda one: one[1])
    breaks = tuple(Mark(f"2021年1月 {name}", category=at, is_break=b) for name, at, b in marks)
    return drawn_as(kind, rows, names, ticks=ticks, breaks=breaks)


@pytest.mark.slow
@STEADY
@given(trends(Kind.LINE))
def test_words_beside_and_above_lines_keep_apart(chart):
    assert faults(chart, outside_plot=True) == []


@pytest.mark.slow
@STEADY
@given(trends(Kind.STACKED))
def test_words_beside_stacks_keep_apart(chart):
    assert faults(chart) == []


@pytest.mark.slow
@STEADY
@given(trends(Kind.COLUMN))
def test_words_on_columns_keep_apart(chart):
    assert faults(chart) == []


@STEADY
@given(
    st.sampled_from([Kind.BAR, Kind.COMPOSITION]),
    st.lists(st.tuples(NAMES, AMOUNTS), min_size=1, max_size=60),
    st.lists(st.tuples(NAMES, st.floats(-1e6, 1e6)), max_size=2),
)
def test_names_and_numbers_of_bars_keep_off_bars_and_lines(kind, rows, lines):
    marks = tuple(Mark(f"{name} {value:.1f}", value) for name, value in lines)
    one = series("x", [value for _, value in rows])
    chart = drawn_as(kind, [one], [name for name, _ in rows], targets=marks)
    assert faults(chart, outside_plot=True) == []


@STEADY
@given(st.lists(st.tuples(NAMES, st.floats(-5e3, 9e3)), min_size=1, max_size=14))
def test_numbers_of_a_waterfall_keep_off_its_steps(rows):
    steps = [
        WaterfallStep(name, size, False, number(size, 1, "zh", sign=True), name)
        for name, size in rows
    ]
    whole = sum(size for _, size in rows)
    steps.append(WaterfallStep("合计变动", whole, True, number(whole, 1, "zh", sign=True), ""))
    names = {role: role for role in ("base", TOTAL, UP, DOWN)}
    made = list(stacked_series(steps, names))
    assert not faults(drawn_as(Kind.WATERFALL, made, [s.name for s in steps]), outside_plot=True)


@STEADY
@given(st.lists(NAMES, min_size=1, max_size=40), st.lists(AMOUNTS, min_size=1, max_size=9))
def test_numbers_of_a_heat_table_stay_in_their_cells(names, values):
    rows = [series(f"{2020 + at}年1—9月", [value] * len(names)) for at, value in enumerate(values)]
    assert not faults(drawn_as(Kind.SEASON, rows, names))


@given(st.lists(st.tuples(st.floats(-50, 400), st.floats(5, 60)), min_size=1, max_size=8))
def test_spread_labels_stay_within_in_order_and_apart(labels):
    wanted, heights = [want for want, _ in labels], [high for _, high in labels]
    found = spread(wanted, heights, 0.0, 250.0)
    assert (found is None) == (sum(heights) > 250.0)
    if found is None:
        return
    order = sorted(range(len(labels)), key=lambda i: (wanted[i], i))
    edge = 0.0
    for i in order:
        assert found[i] - heights[i] / 2 >= edge - 1e-6
        edge = found[i] + heights[i] / 2
    assert edge <= 250.0 + 1e-6


def test_a_label_alone_stands_where_it_is_wanted():
    assert spread([40.0, 200.0], [15.0, 15.0], 0.0, 250.0) == [40.0, 200.0]


@given(NAMES, st.integers(60, 200), st.integers(1, 4))
def test_a_folded_name_fits_and_is_whole_or_ends_in_dots(name, room, most):
    lines = folded(name, room, 12, most)
    assert len(lines) <= most
    assert all(text_width(line, 12) <= room for line in lines)
    joined, whole = "".join(lines).replace(" ", ""), name.replace(" ", "")
    assert joined == whole or (joined.endswith("…") and whole.startswith(joined[:-1]))


def test_a_long_chinese_name_stands_whole_on_two_lines():
    chart = drawn_as(Kind.BAR, [series("x", [5.0, 3.0])], [LONG_ZH, "文昌街道"])
    first = figure(chart)["layout"]["yaxis"]["ticktext"][0]
    assert first.count("<br>") == 1 and "…" not in first
    assert first.replace("<br>", "").strip() == LONG_ZH


def test_a_date_and_its_event_are_parted_at_the_space():
    lines = folded("2025年5月 婚姻登记全国通办", 110, 12, 3)
    assert lines[0] == "2025年5月"
