"""A selection stands in the address, whole, and an address with nonsense in it still works."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboard.catalogue.periods import Period
from dashboard.charts.model.selection import COMPARISONS, Selection, from_query, to_query

selections = st.builds(
    Selection,
    area=st.from_regex(r"[0-9A-Za-z_-]{1,32}", fullmatch=True),
    period=st.none() | st.builds(Period, st.integers(1990, 2099), st.integers(1, 12)),
    comparison=st.sampled_from(COMPARISONS),
    step=st.sampled_from(["", "year", "month", "cumulative"]),
    language=st.sampled_from(["zh", "en"]),
    present=st.booleans(),
    as_known=st.none() | st.dates(),
)


def read(address: str) -> dict[str, str]:
    pairs = [part.split("=", 1) for part in address.lstrip("?").split("&")]
    return dict(pairs)


@given(selections)
def test_every_selection_survives_its_address(selection):
    assert from_query(read(to_query(selection)), "000000", "zh") == selection


def test_only_the_area_is_said_where_everything_else_is_as_usual():
    assert to_query(Selection("370113")) == "?area=370113"


def test_an_address_says_what_differs_from_the_usual():
    chosen = Selection("370113", Period(2024, 9), "none", "month", "en", True)
    wanted = "?area=370113&period=2024-09&compare=none&step=month&lang=en&present=1"
    assert to_query(chosen) == wanted


def test_a_change_is_made_before_the_address_is_written():
    chosen = Selection("370113", Period(2024, 9))
    assert to_query(chosen, area="370113001", period=None) == "?area=370113001"


@pytest.mark.parametrize(
    "query",
    [
        {},
        {"area": "'; drop table", "period": "soon", "compare": "x", "step": "day", "lang": "fr"},
        {"area": "", "period": "2024-13", "present": "maybe"},
        {"area": "1" * 33, "period": "9" * 400},
        {"known": "2024-02-30"},
        {"known": "20240701"},
        {"known": "２０２４-07-01"},
    ],
)
def test_what_makes_no_sense_falls_back(query):
    assert from_query(query, "370113", "en") == Selection("370113", language="en")


def test_the_language_of_the_address_comes_before_that_of_the_reader():
    assert from_query({"lang": "zh"}, "370113", "en").language == "zh"


@given(st.dictionaries(st.text(max_size=8), st.text(max_size=30)))
def test_no_query_breaks_it(query):
    selection = from_query(query, "000000", "zh")
    assert from_query(read(to_query(selection)), "000000", "zh") == selection
