"""Approximate figures are kept with their qualifier, from the cell to every page."""

import pytest
from sheets import read, rules
from stores import WHEN, arrival, fresh_store, stated

from dashboard.catalogue.periods import Period
from dashboard.intake.forms.qualifiers import qualified
from dashboard.store.observations import read_figures
from dashboard.store.query import Query
from dashboard.store.record import record
from dashboard.store.statements import read_statements

HEAD = ["indicator", "area", "period", "value", "unit", "source", "phrase", "note", "qualifier"]


@pytest.mark.parametrize(
    ("cell", "unit", "figure", "word"),
    [
        ("3万多", "人", 30_000.0, "多"),
        ("4000余万", "万元", "4000", "余"),
        ("4000余", "万元", "4000", "余"),
        ("413万多元", "", "413万元", "多"),
        ("约20", "人", "20", "约"),
        ("800左右", "", "800", "左右"),
        ("不少于10", "支", "10", "不少于"),
        ("10%以上", "", "10%", "以上"),
        ("1,200余人次", "", "1,200人次", "余"),
        ("约3万对", "对", 30_000.0, "约"),
        ("三万多", "人", 30_000.0, "多"),
        ("四千余万", "万元", "4000", "余"),
        ("三十多万", "人", 300_000.0, "多"),
        ("约两万三千人", "", "23000人", "约"),
        ("一千二百零五左右", "户", "1205", "左右"),
        ("十余", "家", "10", "余"),
    ],
)
def test_a_qualifier_is_taken_off_its_figure(cell, unit, figure, word):
    assert qualified(cell, unit) == (figure, word)


@pytest.mark.parametrize("cell", ["20", "1,234.5", "多福社区", 5.0, None, "三万", "三百五左右"])
def test_what_is_no_qualified_figure_stays_as_it_is(cell):
    assert qualified(cell) == (cell, "")


def observe(*cells):
    row = ["保障困难群众", "长清区", "2023", *cells]
    row[0] = "people_in_difficulty_supported"
    return read([HEAD, row])


@pytest.mark.parametrize("written", ["3万多", "三万多"])
def test_an_approximate_figure_is_handed_in_with_its_qualifier_and_not_refused(written):
    tidied = observe(written, "人", "报告", "保障困难群众3万多人", "", "")
    assert rules(tidied) == []
    (one,) = tidied.observations
    assert (one.value, one.qualifier) == (30_000, "多")


def test_a_column_of_its_own_may_state_the_qualifier_and_the_note_stays_with_the_figure():
    (one,) = observe("3", "万人", "报告", "3万多人", "含孤儿", "多").observations
    assert (one.value, one.qualifier) == (30_000, "多")
    assert one.source.phrase == "3万多人（含孤儿）"


def test_half_of_the_last_printed_digit_is_kept():
    for cell, unit, half in (("100.0", "万元", 500), ("100", "元", 0.5), ("3.25", "亿元", 500_000)):
        row = ["dibao_spending", "长清区", "2023", cell, unit, "报告", "", "", ""]
        (one,) = read([HEAD, row]).observations
        assert one.rounding == pytest.approx(half)


@pytest.fixture
def store(tmp_path):
    yield from fresh_store("sqlite", tmp_path)


def test_the_store_gives_the_qualifier_back(store):
    figure = stated(30_000.0, "orphans", "370113", (2024, 12))
    record(store, [arrival(figure._replace(qualifier="多", rounding=500.0))], WHEN)
    (kept,) = read_figures(store, Query())
    assert kept.qualifier == "多"
    (of_grade,) = read_figures(store, Query(grades=[kept.grade]))
    assert of_grade.qualifier == "多"
    (statement,) = read_statements(store, Query())
    assert (statement.observation.qualifier, statement.observation.rounding) == ("多", 500.0)
    assert kept.period == Period(2024, 12)
