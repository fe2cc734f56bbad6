"""Builds the targets of one indicator, on the indicator's page."""

from __future__ import annotations

from dash import html
from dash.development.base_component import Component

from dashboard.base.language import word
from dashboard.charts.model.selection import Selection
from dashboard.components.shell.attributes import data
from dashboard.components.shell.card import card
from dashboard.components.targets.target_choice import TargetChoice, rows_of
from dashboard.components.targets.target_list import legend, target_table
from dashboard.services.front_desk import FrontDesk


def indicator_targets(desk: FrontDesk, indicator: str, selection: Selection) -> list[Component]:
    """How its targets stand in the selected area and month; nothing where it has none."""
    if selection.period is None:
        return []
    choice = TargetChoice(selection.area, str(selection.period))
    rows = [row for row in rows_of(desk, choice, selection) if row.target.indicator == indicator]
    if not rows:
        return []
    language = selection.language
    every = html.A(
        word("targets_of_area", language), href=choice.address(selection), **data(page="1")
    )
    body = [target_table(desk, rows, choice, selection), legend(language), html.P(every)]
    return [card(word("targets_list", language, count=len(rows)), body)]
