"""Forty-five streets: twelve stand open, all can be reached, and a bar leads to its row."""

import pytest
from chart_cases import DEMO, chart, figure, spec
from screens import named

from dashboard.catalogue.periods import Period
from dashboard.charts.model.selection import Selection
from dashboard.components.figures.cards import chart_card
from dashboard.components.shell.address import ChartLinks
from dashboard.components.shell.more_rows import SHOWN, SPARE, more_rows

YEAR = Period(2026, 10)


class Nowhere:
    def get(self, code):
        return None


def folds(parts):
    return [p for p in named(parts, "Details") if "more-rows" in (p.className or "")]


@pytest.mark.parametrize(("count", "folded"), [(SHOWN + SPARE, False), (45, True)])
def test_a_long_list_has_a_line_that_shows_all(count, folded):
    line = more_rows(count, "zh")
    assert (line is not None) == folded
    if folded:
        assert line.children.children == "显示全部 45 个"


def test_a_short_ranking_is_shown_whole():
    figures = [figure("orphans", f"9901010{n:02d}", YEAR, float(n)) for n in range(1, 12)]
    shown = chart(spec("bar", "orphans"), figures, DEMO, YEAR)
    card = chart_card(shown, shown.id, ChartLinks(Selection(DEMO), "/", Nowhere()), Selection(DEMO))
    assert folds(card) == []


@pytest.mark.slow
def test_a_bar_leads_to_the_row_of_its_indicator_on_the_streets_page(app):
    with app.server.test_request_context("/"):
        desk = app.desk
        selection = desk.selections.of({"area": "990101"}, "zh")
        drawn = desk.figures.chart("indicator:elderly_beds/streets", selection)
        doors = ChartLinks(selection, "/topic/elderly", desk.areas()).all(drawn)
    assert doors and all(d.startswith("/street/") for d in doors.values())
    assert all(d.endswith("#at-elderly_beds") for d in doors.values())
