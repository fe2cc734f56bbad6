"""A figure over some months goes with a hidden month: 4-6月 less April and May is June."""

from dashboard.analysis.figure_key import FigureKey
from dashboard.analysis.figure_relations import SuppressedFigures, sides
from dashboard.catalogue.catalogue import all_areas, read_catalogue
from dashboard.catalogue.periods import Period

CATALOGUE = read_catalogue()
SPAN = "temporary_assistance__person_times__months_3"
AREA = "370113"


def hidden(indicator, period):
    nodes = frozenset({(indicator, AREA, period)})
    return SuppressedFigures(nodes, CATALOGUE, all_areas(CATALOGUE, []))


def key(period):
    return FigureKey(SPAN, AREA, period)


def test_a_figure_over_some_months_follows_from_each_of_its_months():
    by_month = next(one for one in sides(CATALOGUE, SPAN) if one.endswith("__in_month"))
    assert hidden(by_month, Period(2024, 5)).hides(key(Period(2024, 6)))
    assert not hidden(by_month, Period(2024, 5)).hides(key(Period(2024, 9)))


def test_a_figure_over_some_months_follows_from_the_running_totals_around_it():
    to_date = sides(CATALOGUE, SPAN)[1]
    assert hidden(to_date, Period(2024, 3)).hides(key(Period(2024, 6)))
    assert not hidden(to_date, Period(2024, 5)).hides(key(Period(2024, 6)))
