"""The course of a figure: its start, its end, the change between them, or why there is none."""

import pytest
from chart_cases import CATALOGUE, DEMO, chart, figure, marriages, points, spec

from dashboard.analysis.course import course_of
from dashboard.catalogue.periods import Period
from dashboard.charts.kinds.course_rows import courses_of_one
from dashboard.disclosure.chart_guard import suppress_chart

MARRIAGES = CATALOGUE.indicators["marriages"]
RATE = "divorces_per_100_marriages"


def of(figures, last=(2024, 5), years=4, indicator="marriages"):
    return course_of(points(figures), indicator, DEMO, Period(*last), years)


def test_a_running_total_runs_over_the_same_months_of_the_years():
    months = {year: [100 + year - 2020] * 5 for year in range(2020, 2025)}
    course = of(marriages(months))
    assert [str(month) for month in course.months] == [f"{year}-05" for year in range(2020, 2025)]
    assert course.values == (500.0, 505.0, 510.0, 515.0, 520.0)
    assert (course.change.absolute, course.change.value) == (20.0, pytest.approx(4.0))


def test_it_starts_with_the_first_year_that_has_a_figure():
    course = of(marriages({2022: [100] * 5, 2024: [120] * 5}))
    assert course.values == (None, None, 500.0, None, 600.0)
    assert str(course.start.period) == "2022-05"


def test_there_is_none_of_a_single_figure_or_without_the_last():
    assert of(marriages({2024: [100] * 5})) is None
    assert of(marriages({2022: [100] * 5, 2023: [100] * 5})) is None


def test_a_small_start_has_a_difference_and_no_percentage():
    figures = [figure("orphans", DEMO, (year, 12), float(count)) for year, count in PAIRS.items()]
    course = of(figures, (2024, 12), 1, "orphans")
    assert course.change.absolute == 1.0
    assert course.change.value is None and course.change.reason == "base_too_small"
    rows, _ = courses_of_one(
        points(figures), CATALOGUE.indicators["orphans"], DEMO, Period(2024, 12), "zh"
    )
    assert (rows[0].difference, rows[0].change, rows[0].why) == ("+1", "—", "基数太小，不算幅度")


PAIRS = {2023: 2, 2024: 3}


def test_a_rate_changes_by_points():
    figures = marriages({2023: [100], 2024: [100]}) + marriages(
        {2023: [30], 2024: [33]}, indicator="divorces"
    )
    rows, _ = courses_of_one(
        points(figures), CATALOGUE.indicators["beds_per_1000_elderly"], DEMO, Period(2024, 1), "zh"
    )
    assert rows == []
    course = of(figures, (2024, 1), 1, RATE)
    assert course.change.absolute == pytest.approx(3.0)


def test_each_start_is_listed_once_and_all_values_share_a_scale():
    months = {year: [100] * 5 for year in (2022, 2023, 2024)}
    rows, scale = courses_of_one(points(marriages(months)), MARRIAGES, DEMO, Period(2024, 5), "en")
    assert [row.since for row in rows] == ["Jan–May 2023", "Jan–May 2022"]
    assert {row.end for row in rows} == {"500"} and scale.label == "couples"
    assert {row.change for row in rows} == {"0.0%"}


# ---- small trends of a table of streets ----

STREET_CODES = ("990101001", "990101002", "990101003")


def street_table(shape, language="zh"):
    figures = marriages({year: [9] * 5 for year in range(2020, 2025)})
    for place, code in enumerate(STREET_CODES):
        months = {year: [10 + place + year - 2020] * 5 for year in range(2020 + place, 2025)}
        figures += marriages(months, code)
    declared = spec("table", "marriages")
    return chart(declared, figures, period=(2024, 5), language=language, shape=shape)


def test_a_table_of_streets_offers_small_trends_and_shows_its_years_without_them():
    shown = street_table("")
    assert shown.small is not None and not shown.small.rows
    assert len(shown.table.columns) == 7  # street, five years, comparison


@pytest.mark.parametrize("axis", ["own", "shared"])
def test_small_trends_come_with_start_end_and_both_changes_in_one_table(axis):
    shown = street_table(axis)
    assert shown.small.axis == axis
    assert [row.area for row in shown.small.rows] == list(STREET_CODES)
    assert shown.small.highest == 80.0
    assert shown.table.columns == ("街镇", "起", "2024年1—5月", "增减", "增减幅度")
    assert shown.table.rows[0][1] == ("东湖街道", "50", "70", "+20", "+40.0%")
    assert shown.periods == (), "starts differ: the columns are of no one period"
    assert [series.values[0] for series in shown.series] == [50.0, 70.0]


def test_small_counts_are_hidden_in_the_table_of_small_trends_too():
    figures = []
    for place, code in enumerate(STREET_CODES):
        for year in (2023, 2024):
            figures.append(figure("orphans", code, (year, 12), float(2 + place * 30)))
    shown = chart(spec("table", "orphans"), figures, period=(2024, 12), shape="own")
    left = suppress_chart(shown, 5, CATALOGUE)
    cells = left.table.rows[0][1]
    assert cells[1] == cells[2] == "*"
    assert "2" not in cells[1:] and left.series[0].values[0] is None
