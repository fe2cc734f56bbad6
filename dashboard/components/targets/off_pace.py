"""Lists the targets off pace, one line each: what, how much, where, why."""

from __future__ import annotations

from collections.abc import Sequence

from dash import html
from dash.development.base_component import Component

from dashboard.analysis.actuals import is_flow
from dashboard.analysis.lagging_streets import By
from dashboard.analysis.off_pace import OFF_PACE, OffPace
from dashboard.analysis.progress import Progress
from dashboard.base.language import word
from dashboard.catalogue import periods
from dashboard.charts.model.selection import Selection
from dashboard.charts.text.off_pace_words import OffPaceWords
from dashboard.charts.text.office_names import office_name
from dashboard.components.shell.address import link
from dashboard.components.shell.attributes import aria, data
from dashboard.components.shell.phrases import dotted
from dashboard.components.targets.bullets import share_of_distance, start_of
from dashboard.components.targets.target_choice import TargetChoice
from dashboard.components.targets.target_list import words_of
from dashboard.components.targets.target_page import status_tag
from dashboard.services.front_desk import FrontDesk
from dashboard.services.targets.target_overview import AreaTargets

COLUMNS = ("what", "done", "gap", "where", "why")
FURTHEST = 1.15  # of the way, for what is beyond its limit


def off_pace_list(
    desk: FrontDesk, targets: AreaTargets, choice: TargetChoice, selection: Selection
) -> Component:
    """A line a target, furthest behind first; a heading for each part of the lines."""
    language = selection.language
    names = [html.Span(word(f"off_col_{name}", language)) for name in COLUMNS]
    head = html.Div(names, className="off-line off-head", **aria(hidden="true"))
    lines = [_line(desk, off, targets.parts, choice, selection) for off in targets.in_sight]
    return html.Div([head, html.Ol(lines)], className="off-pace panel-card")


def _line(
    desk: FrontDesk,
    off: OffPace,
    parts: Sequence[Progress],
    choice: TargetChoice,
    selection: Selection,
) -> Component:
    language, row = selection.language, off.row
    off_words = OffPaceWords(off, words_of(desk, row, language, brief=True))
    words = off_words.words
    at = row.actual_period
    older = at is not None and str(at) != choice.period and at < row.target.period
    about = dotted(
        office_name(row.target.owner, language),
        words.due_by,
        word("figures_of", language, period=periods.name(at, language)) if older and at else "",
    )
    href = choice.address(selection, target=row.target.id, at=row.area)
    name = html.H3(html.A(words.name, href=href, className="off-link", **data(page="1")))
    cells = [
        html.Div(
            [status_tag(row, language), html.Div([name, html.P(about)])], className="off-what"
        ),
        html.Div(
            [
                pace_bar(row, is_flow(words.indicator)),
                html.P(off_words.done_in_all),
            ],
            className="off-done",
        ),
        html.Div(
            [html.P(words.gap or "—", className=_loudness(row)), html.P(off_words.since_due)],
            className="off-gap",
        ),
        _where(desk, off, off_words, parts, choice, selection),
        _reason(off_words, language),
    ]
    return html.Li(cells, className=f"off-line status-{row.status}")


def _loudness(row: Progress) -> str:
    return "off-amount" + (" is-off" if row.status in OFF_PACE else "")


def pace_bar(row: Progress, flows: bool) -> Component | None:
    """A bar of what was done of the way, a tick at what is due by now; the text stands below."""
    start = start_of(row, flows)
    done = share_of_distance(row, row.actual, start)
    if done is None:
        return None
    due = share_of_distance(row, row.expected, start)
    most = min(max(1.0, done), FURTHEST)

    def place(share: float) -> str:
        return f"{min(max(share, 0.0), most) / most * 100:.1f}%"

    tick = None if due is None else html.Span(className="pace-tick", style={"left": place(due)})
    goal = html.Span(className="pace-goal", style={"left": place(1.0)}) if most > 1 else None
    return html.Div(
        [html.Span(className="pace-done", style={"width": place(done)}), goal, tick],
        className="pace-bar",
        **aria(hidden="true"),
    )


def _where(
    desk: FrontDesk,
    off: OffPace,
    off_words: OffPaceWords,
    parts: Sequence[Progress],
    choice: TargetChoice,
    selection: Selection,
) -> Component:
    """The streets with their amounts, each leading to its own target, and what they mean."""
    streets, by = off.holdbacks.streets, off.holdbacks.by
    most = max((abs(street.value) for street in streets), default=0.0)
    lines = []
    for street in streets:
        href = _street_address(off, street.area, parts, choice, selection)
        width = abs(street.value) / most * 100 if most else 0.0
        drawn = html.Span(style={"width": f"{width:.0f}%"}) if by is not By.LEAST else None
        bar = html.Span(drawn, className="where-bar")
        name = desk.areas().name_of(street.area, selection.language)
        amount = html.Span(off_words.street_amount(street.value), className="where-amount")
        as_page = data(page="1") if href.startswith("/targets") else {}
        lines.append(html.Li([html.A(name, href=href, **as_page), bar, amount]))
    named = html.Ul(lines) if lines else None
    return html.Div([named, html.P(off_words.where())], className="off-where")


def _street_address(
    off: OffPace,
    street: str,
    parts: Sequence[Progress],
    choice: TargetChoice,
    selection: Selection,
) -> str:
    """The street's own target; where it has none, the street's page."""
    asked = (off.row.target.indicator, off.row.target.period)
    for part in parts:
        if part.area == street and (part.target.indicator, part.target.period) == asked:
            return choice.address(selection, target=part.target.id, at=street)
    return link(f"/street/{street}", selection)


def _reason(off_words: OffPaceWords, language: str) -> Component:
    text = off_words.reason()
    owner = office_name(off_words.off.row.target.owner, language)
    if text or off_words.off.row.status not in OFF_PACE:
        return html.Div(html.P(text) if text else None, className="off-why")
    ask = word("off_ask_owner" if owner else "off_ask", language, owner=owner)
    missing = html.Span(word("off_no_reason", language), className="off-missing")
    return html.Div(html.P([missing, " ", ask]), className="off-why")
