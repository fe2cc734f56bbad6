"""Builds the targets on a street's page: bullet rows, as on the page of targets."""

from __future__ import annotations

from dash import html
from dash.development.base_component import Component

from dashboard.base.language import word
from dashboard.charts.model.selection import Selection
from dashboard.components.shell.address import link
from dashboard.components.shell.attributes import data
from dashboard.components.targets.target_choice import TargetChoice, rows_of
from dashboard.components.targets.target_list import legend, target_table
from dashboard.services.front_desk import FrontDesk


def _print_link(selection: Selection) -> str:
    """The address of the street's sheet."""
    return link(f"/street/{selection.area}", selection) + "&print=1"


def street_targets(desk: FrontDesk, selection: Selection) -> list[Component]:
    """The street's targets, and the way to its scorecard on paper; a line where it has none."""
    language = selection.language
    (card,) = desk.scorecards.of(selection)
    if not card.lines:
        return [html.P(word("card_no_targets", language), className="muted")]
    to_print = html.A(
        word("card_print", language),
        href=_print_link(selection),
        className="tool",
        **data(reload="1"),
    )
    head = html.Div([html.H2(word("card_targets", language)), to_print], className="card-head")
    choice = TargetChoice(selection.area, str(selection.period or ""))
    table = target_table(desk, rows_of(desk, choice, selection), choice, selection)
    counted = html.P(card.counted(language), className="lead-text")
    return [html.Section([head, counted, table, legend(language)], className="panel-card")]
