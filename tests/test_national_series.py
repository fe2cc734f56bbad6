"""The national series of marriages and divorces: whole, sourced, secondary figures marked."""

import csv
from dataclasses import replace

import pytest

from dashboard.catalogue.catalogue import SHIPPED
from dashboard.catalogue.periods import Period
from dashboard.exports.chart_csv import csv_text

pytestmark = pytest.mark.slow
FILE = SHIPPED / "samples" / "secondary" / "national_marriages_1986-2024.csv"
COUNTRY = "000000"


@pytest.fixture
def national(samples_desk):
    return samples_desk.selections.of({"area": COUNTRY}, "zh", "marriage")


@pytest.fixture
def chart(samples_desk, national):
    return samples_desk.figures.chart("marriage/registrations", national)


def words_of(chart, year):
    return next(
        words
        for (key, _), words in zip(chart.table.rows, chart.table.words, strict=True)
        if key.startswith(year)
    )


def test_the_country_opens_on_its_latest_year(samples_desk, national):
    assert national.period == Period(2024, 12)
    assert samples_desk.selections.default_period(COUNTRY) == Period(2024, 12)


def test_every_year_has_its_marriages_and_every_secondary_row_names_its_page(
    samples_desk, national
):
    points = samples_desk.figures.points(["marriages"], COUNTRY, Period(1985, 12), None)
    years = [p.year for p in points.periods("marriages", COUNTRY) if p.month == 12]
    assert years == list(range(1985, 2025))
    with FILE.open(encoding="utf-8-sig", newline="") as handle:
        assert all("http" in row["source"] for row in csv.DictReader(handle))


def test_published_figures_stand_where_a_page_repeats_them(samples_desk):
    points = samples_desk.figures.points(["marriages"], COUNTRY, Period(1985, 12), None)
    assert points.value("marriages", COUNTRY, Period(1992, 12)) == 9_575_000
    assert points.point("marriages", COUNTRY, Period(1992, 12)).grades == {"official"}
    assert points.point("marriages", COUNTRY, Period(2019, 12)).grades == {"secondary"}


def test_two_values_of_one_year_are_both_kept_and_disputed(chart):
    marriages = next(one for one in chart.series if one.name.startswith("结婚"))
    place = chart.keys.index("2021-12")
    assert marriages.statuses[place] == "D"
    assert words_of(chart, "2021")[1] == "另有数值764.30万对，转引"


def test_divorces_with_and_without_courts_are_two_series(samples_desk):
    points = samples_desk.figures.points(
        ["divorces", "divorces_with_court"], COUNTRY, Period(2019, 12), None
    )
    assert points.value("divorces_with_court", COUNTRY, Period(2022, 12)) == 2_879_000
    assert points.value("divorces", COUNTRY, Period(2023, 12)) == 2_593_000
    assert points.point("divorces", COUNTRY, Period(2020, 12)) is None


def test_secondary_figures_are_marked_on_chart_tile_table_file_and_figure_page(
    samples_desk, national, chart
):
    assert chart.grade == "secondary"
    assert "转引" in chart.source
    assert any("转引" in note for note in chart.notes)
    assert words_of(chart, "2019")[1] == "转引"
    assert words_of(chart, "2005")[1] == ""
    tile = samples_desk.figures.tiles(["marriages"], national)[0]
    assert tile.note == "转引"
    text = csv_text(chart)
    assert "转引" in next(line for line in text.splitlines() if line.startswith("2019年"))
    english = samples_desk.figures.chart("marriage/registrations", replace(national, language="en"))
    assert words_of(english, "2019")[1] == "secondary source"
