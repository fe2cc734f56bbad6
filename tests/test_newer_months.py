"""What the overview says where its figures are of another month, or of single months only."""

from dataclasses import replace
from types import SimpleNamespace

import pytest
from sheets import catalogue

from dashboard.catalogue.periods import Period
from dashboard.charts.kinds.tiles import ABSENT, Tile
from dashboard.charts.model.selection import Selection
from dashboard.components.targets.overview_targets import _judged_at, _newer
from dashboard.services.figures.figures import Figures
from dashboard.services.targets.target_overview import AreaTargets

OCTOBER, NOVEMBER, DECEMBER = (Period(2026, month) for month in (10, 11, 12))
SHOWN = Selection(area="990101", period=OCTOBER, language="zh")


def judged(*months):
    target = SimpleNamespace(period=DECEMBER)
    return AreaTargets(tuple(SimpleNamespace(actual_period=at, target=target) for at in months))


@pytest.mark.parametrize(
    ("months", "at"),
    [
        ((OCTOBER, OCTOBER, NOVEMBER), OCTOBER),
        ((OCTOBER, NOVEMBER, NOVEMBER), NOVEMBER),
        ((OCTOBER, Period(2026, 9)), NOVEMBER),
        ((Period(2025, 12),), NOVEMBER),
        ((None,), NOVEMBER),
        ((), NOVEMBER),
    ],
)
def test_the_month_by_which_most_targets_are_judged_is_the_headings(months, at):
    assert _judged_at(judged(*months), NOVEMBER) == at


def test_the_months_after_the_one_the_page_opens_on_are_told_with_who_has_reported():
    asked = []

    def coverage_words(selection, *, whole):
        asked.append((selection.period, whole))
        return "低保：12 个街镇均已报送"

    desk = SimpleNamespace(
        selections=SimpleNamespace(
            periods=lambda area, known: [NOVEMBER, OCTOBER, Period(2026, 9)],
            default_period=lambda area, known: OCTOBER,
        ),
        figures=SimpleNamespace(coverage_words=coverage_words),
    )
    assert not list(_newer(desk, replace(SHOWN, period=Period(2026, 9)))), "chosen, not opened on"
    ((name, text),) = _newer(desk, SHOWN)
    assert (name.children, asked) == ("2026年11月", [(NOVEMBER, True)])
    assert "period=2026-11" in name.href and text == "：低保：12 个街镇均已报送。"


def test_single_months_stand_where_no_running_total_is_known():
    def tile(name):
        value = "86" if name in ("marriages_in_month", "dibao_persons") else ABSENT
        return Tile(name, name, value, "", "", "", "none", "", (), "")

    of = SimpleNamespace(
        _catalogue=catalogue(), tiles=lambda names, selection: [tile(name) for name in names]
    )
    names = ["marriages", "divorces", "dibao_persons", "tekun_persons"]
    tiles = Figures.headline_tiles(of, names, SHOWN)
    assert [shown.indicator for shown in tiles.values()] == [
        "marriages_in_month",
        "divorces",
        "dibao_persons",
        "tekun_persons",
    ]
    assert list(tiles) == names
