"""Builds the card of a cell of the board: each form's state, its reason, its submissions."""

from __future__ import annotations

from dash import html
from dash.development.base_component import Component

from dashboard.base.language import word
from dashboard.catalogue import periods
from dashboard.catalogue.periods import parse
from dashboard.charts.model.selection import Selection
from dashboard.components.completeness.completeness import SIGNS
from dashboard.components.completeness.completeness_choice import Choice
from dashboard.components.shell.address import link
from dashboard.components.shell.card import card
from dashboard.components.shell.headings import area_name
from dashboard.services.front_desk import FrontDesk
from dashboard.services.submissions.completeness import Completeness, ExpectedForm, standing_note
from dashboard.services.submissions.coverage import form_label


def cell_card(
    desk: FrontDesk, choice: Choice, board: Completeness, selection: Selection
) -> Component | None:
    """The cell that the address names, each form in a block; None where it names none."""
    code, _, month = choice.cell.partition(".")
    try:
        period = parse(month).end
    except ValueError:
        return None
    language = selection.language
    standings = [s for s in board.each(code, period) if choice.form in ("", s.form)]
    if not standings:
        return None
    blocks = [_block(board, standing, selection) for standing in standings]
    lock = desk.locks.over(code, period)
    locked = None
    if lock is not None:
        day = f"{lock.written.astimezone():%Y-%m-%d}"
        text = word("lock_since", language, period=periods.name(period, language), day=day)
        locked = html.P(f"{text}: {lock.reason}" if language == "en" else f"{text}：{lock.reason}")
    title = f"{area_name(desk, code, language)} · {periods.name(period, language)}"
    close = html.P(html.A(word("completeness_close", language), href=choice.address(selection)))
    return card(title, [*blocks, locked, close], "cell")


def _block(board: Completeness, standing: ExpectedForm, selection: Selection) -> Component:
    language = selection.language
    facts = [
        word("completeness_received", language, day=standing.received) if standing.received else "",
        word("completeness_due", language, day=standing.due),
        word("completeness_reason", language, reason=standing.reason) if standing.reason else "",
        "" if standing.reason else standing_note(standing, language),
    ]
    to_submissions = link("/submissions", selection)
    anchors = [
        html.A(
            word("completeness_open", language, number=number),
            href=f"{to_submissions}&submission={number}",
        )
        for number in standing.submissions
    ]
    if not standing.counts:
        anchors.append(html.A(word("completeness_hand_in", language), href=to_submissions))
    sign = html.Span(f"{SIGNS[standing.state]} ", className="state-sign")
    state = html.Span(
        [sign, word(f"state_{standing.state}", language)], className=f"state-{standing.state}"
    )
    return html.Div(
        [
            html.H3([form_label(board.forms[standing.form], language, layout=True), " ", state]),
            html.P(" · ".join(fact for fact in facts if fact), className="muted"),
            html.Ul([html.Li(anchor) for anchor in anchors], className="chips"),
        ],
        className=f"receipt cell-form state-edge-{standing.state}",
    )
