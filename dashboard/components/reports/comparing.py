"""Compares a receipt that does not hold its figures with those of today, as work with progress."""

from __future__ import annotations

from typing import NamedTuple

from dash import dcc, html
from dash.development.base_component import Component

from dashboard.base.jobs import DONE, JobGone
from dashboard.base.language import word
from dashboard.components.reports.receipt_page import changes_card
from dashboard.components.reports.report_work import running
from dashboard.components.shell import ids
from dashboard.services.front_desk import FrontDesk
from dashboard.services.reports.receipts import Reopened, read_changed

AT_ONCE = "now"  # in an address: the page is answered when the comparison is made
POLL = 400  # milliseconds


class Comparing(NamedTuple):
    """The outputs of the callback that looks after the job, in its order."""

    content: object = None
    most_ticks: int = 0  # the next look is allowed only after this one was answered


def comparing_card(reopened: Reopened, language: str) -> Component:
    """The button that begins the comparison, and the place of its progress and its result."""
    button = html.Button(
        word("code_compare", language), id=ids.RECEIPT_COMPARE, className="btn btn-primary"
    )
    address = f"/receipt/{reopened.receipt.code}?lang={language}&{AT_ONCE}=1"
    anchor = html.Noscript(html.A(word("code_compare", language), href=address))
    content = [html.P(word("code_compare_text", language)), button, anchor]
    return html.Div(
        [
            html.Div(
                html.Section(content, className="panel-card"),
                id=ids.RECEIPT_COMPARED,
                role="status",
            ),
            dcc.Store(id=ids.RECEIPT_OF, data=[reopened.receipt.code, language]),
            dcc.Store(id=ids.RECEIPT_JOB),
            dcc.Interval(id=ids.RECEIPT_POLL, interval=POLL, max_intervals=0),
        ]
    )


def comparing_of(
    desk: FrontDesk, job: str, reopened: Reopened, ticks: int, language: str
) -> Comparing:
    """What to show of this job now; ``ticks`` is how often the clock has rung."""
    try:
        state = desk.jobs.state(job)
    except JobGone:
        return Comparing(_notice("code_compare_failed", language))
    if not state.is_over:
        content = html.Section(running(state, language), className="panel-card work-progress")
        return Comparing(content, ticks + 1)
    if state.state != DONE:
        return Comparing(_notice("code_compare_failed", language))
    if not isinstance(state.result, list):
        return Comparing(_notice("code_no_figures", language))
    since, nothing = word("code_since", language), word("code_nothing", language)
    changed = read_changed(state.result)
    return Comparing(changes_card(desk, changed, reopened.selection, since, nothing))


def _notice(key: str, language: str) -> Component:
    return html.Section(html.P(word(key, language)), className="panel-card")
