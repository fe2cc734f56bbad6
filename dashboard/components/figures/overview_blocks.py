"""Builds the overview's blocks below its targets: streets, how recent, who has not reported."""

from __future__ import annotations

from dash import html
from dash.development.base_component import Component

from dashboard.base.language import word
from dashboard.charts.model.selection import Selection
from dashboard.charts.text.wording import below_names
from dashboard.components.figures.board import board_table
from dashboard.components.shell.address import ChartLinks, link
from dashboard.services.front_desk import FrontDesk

FEWEST = 2  # streets with figures that can be compared


def board_panel(desk: FrontDesk, selection: Selection) -> list[Component]:
    """Streets × headline indicators; nothing where fewer than two have figures."""
    board = desk.figures.board(selection)
    with_figures = [row for row in board.rows if any(cell.level for cell in row.cells)]
    if len(with_figures) < FEWEST:
        return []
    door = ChartLinks(selection, "/", desk.areas())
    language = selection.language
    text = html.P(word("board_text", language), className="lead-text")
    cards = html.A(
        word("card_print_all", language), href=link("/scorecards", selection) + "&print=1"
    )
    compare = html.A(word("page_compare", language), href=link("/compare", selection))
    body = [text, html.P([cards, " ", compare]), board_table(board, door, selection)]
    names = below_names(desk.areas(), selection.area, language)
    title = html.Summary(html.H2(word("board_fold", language, **names)))
    return [html.Details([title, *body], className="panel-card board-fold")]


def foot_panel(desk: FrontDesk, selection: Selection) -> list[Component]:
    """When the figures came, who has not reported, and which real areas there are: a line each."""
    lines = [_reported(desk, selection), _missing(desk, selection), _real_areas(desk, selection)]
    return [html.Div([line for line in lines if line is not None], className="overview-foot")]


def _reported(desk: FrontDesk, selection: Selection) -> Component:
    """The day of the last arrival, how many have reported, and the way to the submissions."""
    language, fresh = selection.language, desk.figures.freshness(selection)
    parts: list[Component | None] = []
    if fresh.received:
        parts.append(html.Span(word("foot_received", language, date=str(fresh.received))))
    parts.append(html.Span(_who(desk, selection)))
    href = link("/submissions", selection)
    parts.append(html.A(word("fresh_submissions", language), href=href))
    return html.P([part for part in parts if part is not None])


def _who(desk: FrontDesk, selection: Selection) -> str:
    """Which forms have come of whom; empty where the missing are named below it."""
    language, fresh = selection.language, desk.figures.freshness(selection)
    covered = desk.figures.coverage_words(selection)
    if covered or fresh.not_reported or not fresh.reported:
        return covered
    if fresh.reported == fresh.below:
        return word("foot_all_reported", language, below=fresh.below)
    counts = {"reported": fresh.reported, "expected": fresh.below}
    return word(
        "missing_partly", language, **counts, **below_names(desk.areas(), selection.area, language)
    )


def _missing(desk: FrontDesk, selection: Selection) -> Component | None:
    """Streets whose figures of this period are missing, each leading to its page."""
    language, missing = selection.language, desk.figures.freshness(selection).not_reported
    if not missing:
        return None
    parts: list[Component | str] = [word("foot_missing", language)]
    for place, (area, count) in enumerate(missing):
        comma = word("list_comma", language) if place else ""
        name = html.A(area.name[language], href=link(f"/street/{area.code}", selection))
        some = f" ({word('missing_some', language, count=count)})" if count else ""
        parts += [comma, name, some]
    return html.P(parts, className="foot-missing")


def _real_areas(desk: FrontDesk, selection: Selection) -> Component | None:
    """Areas with published figures; chosen without a period, so that each opens on its latest."""
    language = selection.language
    choices = [
        choice
        for choice in desk.selections.area_choices(language)
        if choice["published"] and not choice["demo"] and choice["kind"] != "street"
    ]
    if not choices:
        return None
    parts: list[Component | str] = [word("foot_real", language)]
    for place, choice in enumerate(choices):
        href = link("/", selection, area=choice["value"], period=None)
        comma = word("list_comma", language) if place else ""
        parts += [comma, html.A(str(choice["label"]), href=href)]
    return html.P(parts, id="real-areas")
