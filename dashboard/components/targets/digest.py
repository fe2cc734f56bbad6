"""Lists what turned bad or good among the targets since the month before."""

from __future__ import annotations

from dash import html
from dash.development.base_component import Component

from dashboard.analysis.status_moves import Move
from dashboard.base.language import word
from dashboard.catalogue import periods
from dashboard.charts.model.selection import Selection
from dashboard.charts.text.target_words import SIGNS, status_word
from dashboard.components.shell.attributes import aria, data
from dashboard.components.targets.target_choice import TargetChoice
from dashboard.components.targets.target_list import words_of
from dashboard.services.front_desk import FrontDesk

MOST = 6


def digest(desk: FrontDesk, choice: TargetChoice, selection: Selection) -> Component | None:
    """A line a target that turned, bad ones first; None without a period to compare with.

    That nothing turned is said of figures by the month: others come too rarely for it to be news.
    """
    period, before = selection.period, desk.target_overview.since(selection)
    if period is None or before is None:
        return None
    language, moves = selection.language, desk.target_overview.moves(selection)
    if not moves and before != period.plus(-1):
        return None
    month = periods.name(before, language)
    lines = [_line(desk, move, choice, selection) for move in moves[:MOST]]
    body: list[Component] = [html.Ul(lines)] if lines else []
    if not lines:
        body.append(html.P(word("digest_none", language), className="muted"))
    if len(moves) > MOST:
        text = word("digest_more", language, count=len(moves) - MOST)
        body.append(html.P(html.A(text, href=choice.address(selection), **data(page="1"))))
    return html.Section(
        [
            html.Div(
                html.H2(word("digest_title", language, month=month)), className="section-head"
            ),
            html.Div(body, className="panel-card digest"),
        ],
        className="overview-section",
    )


def _line(desk: FrontDesk, move: Move, choice: TargetChoice, selection: Selection) -> Component:
    language, words = selection.language, words_of(desk, move.now, selection.language)
    place = "" if move.now.area == selection.area else words.place
    text = word(
        "digest_line",
        language,
        place=place,
        name=words.name,
        before=status_word(move.before.status, language),
        now=status_word(move.now.status, language),
    ).strip(" ,")
    small = word("chart_comma", language).join(filter(None, [words.done, words.due_now]))
    href = choice.address(selection, target=move.now.target.id, at=move.now.area)
    sign = html.Span(SIGNS[move.now.status], className="digest-sign", **aria(hidden="true"))
    return html.Li(
        [sign, html.Div([html.A(text, href=href, **data(page="1")), html.P(small)])],
        className=f"status-{move.now.status}" + (" is-bad" if move.is_bad else ""),
    )
