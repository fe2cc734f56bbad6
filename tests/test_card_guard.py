"""Scorecards that leave: a small count is hidden, and so is the total that would give it away."""

from dataclasses import replace

import pytest

from dashboard.analysis.small_counts import HIDDEN
from dashboard.catalogue.catalogue import read_catalogue
from dashboard.charts.kinds.comparison_rows import ComparisonRow
from dashboard.charts.kinds.scorecard import StreetCard
from dashboard.disclosure.scorecard_guard import hides, suppress_scorecards

CATALOGUE = read_catalogue()
ROW = ComparisonRow(
    "orphans",
    "孤儿数",
    "人",
    "2024-09",
    "12",
    (),
    (1, 2),
    "16人 · 占全区75.0%",
    "同比 +1",
    "neutral",
    "▲",
    distance="占全区75.0%",
    amount=12.0,
)


MANY = {"unit": "万人", "value": "3.10", "amount": 31_000.0}


def amount_of(text):
    return None if text == "—" else float(text.replace(",", ""))


def card(area, *values, indicator="orphans"):
    rows = tuple(
        replace(ROW, indicator=indicator, value=value, amount=amount_of(value)) for value in values
    )
    return StreetCard(area, area, "示例区", "2024-09", (), (("儿童福利", rows),))


def shown(cards):
    return [(row.value, row.district, row.rank, row.change) for one in cards for row in one.rows]


def test_a_small_count_goes_with_the_total_rank_and_change_of_every_card():
    cards = suppress_scorecards([card("甲", "12"), card("乙", "4")], 5, CATALOGUE)
    assert shown(cards) == [("12", HIDDEN, None, ""), (HIDDEN, HIDDEN, None, "")]
    assert hides(cards)


@pytest.mark.parametrize("value", ["0", "5", "1,204", "—"])
def test_none_enough_and_nothing_are_no_small_counts(value):
    cards = [card("甲", value)]
    assert suppress_scorecards(cards, 5, CATALOGUE) == cards and not hides(cards)


def test_what_is_no_count_of_people_stays():
    cards = [card("甲", "3", indicator="dibao_standard")]
    assert suppress_scorecards(cards, 5, CATALOGUE) == cards


def test_a_smallest_of_nothing_hides_nothing():
    cards = [card("甲", "1")]
    assert suppress_scorecards(cards, 0, CATALOGUE) == cards


def test_what_is_printed_in_ten_thousands_is_no_small_count():
    large = replace(card("甲", "12"), topics=(("儿童福利", (replace(ROW, **MANY),)),))
    assert suppress_scorecards([large], 5, CATALOGUE) == [large]
