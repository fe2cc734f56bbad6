"""The course of a figure: its start, its end, the change between them, or why there is none."""

import pytest
from chart_cases import CATALOGUE, DEMO, figure, marriages, points

from dashboard.analysis.course import course_of
from dashboard.catalogue.periods import Period
from dashboard.charts.kinds.course_rows import courses_of_one

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
    rows, scale = courses_of_one(
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
