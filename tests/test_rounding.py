"""Every printed number is rounded half up, as offices round."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboard.base.language import number
from dashboard.base.rounding import half_up, up


@pytest.mark.parametrize(
    ("value", "decimals", "rounded"),
    [
        (319 / 20, 1, 16.0),
        (2.675, 2, 2.68),
        (0.285 * 100, 0, 29.0),
        (0.5, 0, 1.0),
        (1.5, 0, 2.0),
        (2.5, 0, 3.0),
        (-2.5, 0, -3.0),
        (-0.04, 1, 0.0),
        (1234567890123.45, 1, 1234567890123.5),
    ],
)
def test_ties_go_up(value, decimals, rounded):
    assert half_up(value, decimals) == rounded
    assert (
        number(value, decimals, "en").replace("−", "-").replace(",", "")
        == f"{rounded:.{decimals}f}"
    )


def test_what_is_still_needed_is_rounded_up():
    assert up(18.0001) == 19 and up(19.0) == 19 and up(0.1 + 0.2, 1) == 0.3


@given(st.integers(-(10**9), 10**9), st.integers(1, 1000), st.integers(0, 3))
def test_a_quotient_is_rounded_as_the_exact_fraction_is(part, whole, decimals):
    exact = Fraction(part, whole) * 10**decimals
    sign = -1 if exact < 0 else 1
    expected = sign * int(abs(exact) + Fraction(1, 2)) / 10**decimals
    assert half_up(part / whole, decimals) == pytest.approx(expected, abs=1e-9)
