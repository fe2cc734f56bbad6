"""What stands behind one cell of the board: each form's state, why, and what came."""

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
from dashboard.components.shell.file_names import form_name
from dashboard.components.shell.headings import area_name
from dashboard.services.front_desk import FrontDesk
from dashboard.services.submissions.completeness import Completeness, Standing, said_beside


def cell_card(
    desk: FrontDesk, choice: Choice, board: Completeness, selection: Selection
) -> Component | None:
    """The cell that the address names, each form in a block; None where it names none."""
    code, _, month = choice.cell.partition(".")
    try:
        period = parse(month).end
    except ValueError:
        return None
    say = selection.language
    found = [s for s in board.each(code, period) if choice.form in ("", s.form)]
    if not found:
        return None
    blocks = [_block(one, selection) for one in found]
    lock = desk.locks.over(code, period)
    locked = None
    if lock is not None:
        day = f"{lock.written.astimezone():%Y-%m-%d}"
        text = word("lock_since", say, period=periods.name(period, say), day=day)
        locked = html.P(f"{text}: {lock.reason}" if say == "en" else f"{text}：{lock.reason}")
    title = f"{area_name(desk, code, say)} · {periods.name(period, say)}"
    close = html.P(html.A(word("completeness_close", say), href=choice.address(selection)))
    return card(title, [*blocks, locked, close], "cell")


def _block(one: Standing, selection: Selection) -> Component:
    say = selection.language
    facts = [
        word("completeness_received", say, day=one.received) if one.received else "",
        word("completeness_due", say, day=one.due),
        word("completeness_reason", say, reason=one.reason) if one.reason else "",
        "" if one.reason else said_beside(one, say),
    ]
    to_submissions = link("/submissions", selection)
    ways = [
        html.A(
            word("completeness_open", say, number=number),
            href=f"{to_submissions}&submission={number}",
        )
        for number in one.submissions
    ]
    if not one.counts:
        ways.append(html.A(word("completeness_hand_in", say), href=to_submissions))
    sign = html.Span(f"{SIGNS[one.state]} ", className="state-sign")
    state = html.Span([sign, word(f"state_{one.state}", say)], className=f"state-{one.state}")
    return html.Div(
        [
            html.H3([form_name(one.form, say), " ", state]),
            html.P(" · ".join(fact for fact in facts if fact), className="muted"),
            html.Ul([html.Li(way) for way in ways], className="chips"),
        ],
        className=f"receipt cell-form state-edge-{one.state}",
    )
