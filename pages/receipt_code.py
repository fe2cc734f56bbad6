"""The page of a receipt: the view as then known, and what has changed since."""

from dataclasses import replace

from dash import html, register_page
from dash.development.base_component import Component

from dashboard.base.language import word
from dashboard.charts.model.selection import Selection
from dashboard.components.figures.cards import chart_card
from dashboard.components.reports.comparing import AT_ONCE, comparing_card
from dashboard.components.reports.receipt_page import (
    changes_card,
    receipt_head,
    refused,
    report_views,
)
from dashboard.components.screen import screen
from dashboard.components.shell.address import ChartLinks, plain_query, reader_language
from dashboard.components.shell.headings import title_block
from dashboard.components.shell.shell import tab_title
from dashboard.services.front_desk import FrontDesk, front_desk
from dashboard.services.reports.receipts import CHART, Reopened


def layout(code: str = "", **query: object) -> Component:
    """The page of a code; a helpful sentence for one that was never given."""
    desk, asked = front_desk(), plain_query(query)
    reopened = desk.receipts.reopen(code)
    if reopened is None:
        selection = desk.selections.of(asked, reader_language(asked))
        content = refused(code, selection.language)
        return screen(desk, f"/receipt/{code}", selection, content, filters=False)
    language = asked.get("lang") or reopened.selection.language
    selection = replace(reopened.selection, language=language)
    path = f"/receipt/{code}"
    content = [
        *title_block(word("page_receipt", language)),
        receipt_head(desk, reopened.receipt, selection, reopened.address),
        *report_views(desk, reopened.receipt, selection),
        _changes(desk, reopened, selection, at_once=bool(query.get(AT_ONCE))),
    ]
    if reopened.receipt.kind == CHART:
        for ref, drawn, chart in reopened.charts:
            door = ChartLinks(drawn, path, desk.areas())
            content += chart_card(chart, ref, door, drawn)
    # what stands around it leads on to the latest figures
    return screen(desk, path, replace(selection, as_known=None), content, filters=False)


def _changes(
    desk: FrontDesk, reopened: Reopened, selection: Selection, *, at_once: bool
) -> Component:
    """What has changed since; a receipt that must be drawn anew is compared when that is asked.

    ``at_once`` is how a page without scripts asks for it.
    """
    language, receipt = selection.language, reopened.receipt
    if not receipt.covers and receipt.kind != CHART and not at_once:
        return comparing_card(reopened, language)
    changed = desk.receipts.changed(reopened)
    if changed is None:
        return html.Section(html.P(word("code_no_figures", language)), className="panel-card")
    since, nothing = word("code_since", language), word("code_nothing", language)
    return changes_card(desk, changed, selection, since, nothing)


def title(code: str = "") -> str:
    """The browser tab's title."""
    desk, language = front_desk(), reader_language()
    return tab_title(desk, f"{word('page_receipt', language)} {code[:12]}", language)


register_page(__name__, path_template="/receipt/<code>", title=title, layout=layout, order=8)
