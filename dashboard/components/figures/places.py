"""The blocks of the overview: all streets, how recent, who has not reported, published figures."""

from __future__ import annotations

from dash import html
from dash.development.base_component import Component

from dashboard.base.language import word
from dashboard.catalogue import periods
from dashboard.charts.model.selection import Selection
from dashboard.components.figures.board import board_table
from dashboard.components.shell.address import Door, link
from dashboard.components.shell.card import card
from dashboard.components.shell.tags import badge
from dashboard.services.front_desk import FrontDesk


def board_panel(desk: FrontDesk, selection: Selection) -> list[Component]:
    """Streets × headline indicators; nothing where the area has nothing below it."""
    board = desk.figures.board(selection)
    if not board.rows:
        return []
    door = Door(selection, "/", desk.areas())
    language = selection.language
    text = html.P(word("board_text", language), className="lead-text")
    cards = html.A(
        word("card_print_all", language), href=link("/scorecards", selection) + "&print=1"
    )
    body = [text, html.P(cards), board_table(board, door, selection)]
    return [card(word("board_title", language), body)]


def freshness_card(desk: FrontDesk, selection: Selection) -> list[Component]:
    """Latest period, day of arrival, grade."""
    language, fresh = selection.language, desk.figures.freshness(selection)
    if fresh.latest is None:
        body: list[Component | None] = [html.P(word("fresh_nothing", language), className="empty")]
    else:
        facts: list[tuple[str, str | Component]] = [
            (word("fresh_latest", language), periods.name(fresh.latest, language)),
            (word("fresh_received", language), str(fresh.received) if fresh.received else "—"),
            (
                word("grade", language),
                html.Span(
                    [badge(grade, False, language) for grade in fresh.grades], className="badges"
                ),
            ),
            (word("fresh_version", language), str(fresh.version)),
        ]
        pairs = [html.Div([html.Dt(name), html.Dd(value)]) for name, value in facts]
        body = [html.Dl(pairs, className="facts")]
    to_submissions = html.A(
        word("fresh_submissions", language), href=link("/submissions", selection)
    )
    return [card(word("fresh_title", language), [*body, html.P(to_submissions)])]


def not_reported_card(desk: FrontDesk, selection: Selection) -> list[Component]:
    """Streets whose figures of this period are missing, each leading to its page."""
    language, fresh = selection.language, desk.figures.freshness(selection)
    missing = fresh.not_reported
    if not missing:
        key = "missing_nobody" if fresh.reported else "missing_no_streets"
        if 0 < fresh.reported < fresh.below:
            key = "missing_partly"
        text = word(key, language, reported=fresh.reported, below=fresh.below)
        return [card(word("missing_title", language), [html.P(text)])]
    rows = []
    for area, count in missing:
        sentence = (
            word("missing_some", language, count=count) if count else word("missing_all", language)
        )
        rows.append(
            html.Li(
                [
                    html.A(area.name[language], href=link(f"/street/{area.code}", selection)),
                    html.Span(sentence, className="muted"),
                ]
            )
        )
    return [card(word("missing_title", language), [html.Ul(rows, className="plain-list")])]


def welcome_card(desk: FrontDesk, selection: Selection) -> list[Component]:
    """What to do first where nothing was ever handed in; nothing once there are figures."""
    language = selection.language
    if desk.selections.area_choices(language):
        return []
    steps = [html.Li(word(f"welcome_{step}", language)) for step in ("areas", "tables", "look")]
    anchor = html.A(
        word("welcome_start", language),
        href=link("/submissions", selection),
        className="btn btn-primary",
    )
    return [
        card(word("welcome_title", language), [html.Ol(steps, className="welcome-steps"), anchor])
    ]


def real_areas_card(desk: FrontDesk, selection: Selection) -> list[Component]:
    """Areas with published figures; chosen without a period, so that each opens on its latest."""
    language = selection.language
    choices = [
        c for c in desk.selections.area_choices(language) if not c["demo"] and c["kind"] != "street"
    ]
    if not choices:
        return []
    links = [
        html.Li(html.A(str(c["label"]), href=link("/", selection, area=c["value"], period=None)))
        for c in choices
    ]
    text = html.P(word("real_text", language), className="muted")
    body = [text, html.Ul(links, className="chips")]
    return [card(word("real_title", language), body, "real-areas")]
