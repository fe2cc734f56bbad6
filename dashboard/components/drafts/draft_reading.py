"""Builds the card that offers to read a checked report's figures into the store."""

from __future__ import annotations

from urllib.parse import urlencode

from dash import html
from dash.development.base_component import Component

from dashboard.base.language import word
from dashboard.catalogue.catalogue import Catalogue
from dashboard.charts.model.selection import Selection
from dashboard.components.drafts.draft_store import MOST_ROWS, table_of
from dashboard.components.shell.address import link
from dashboard.components.shell.card import card
from dashboard.components.shell.file_names import safe
from dashboard.components.shell.role_parts import for_role
from dashboard.intake.drafts.statements import Statement
from dashboard.services.access.person import Role
from dashboard.services.report_figures import ReadReport

_COLUMNS = ("written", "subject", "meaning", "period")


def reading_card(
    report: ReadReport, token: str, catalogue: Catalogue, selection: Selection
) -> Component:
    """How many figures are certain, which, and the way to their preview."""
    language = selection.language
    title = word("read_report_title", language)
    if not report.area:
        return card(title, [html.P(word("drafts_no_area", language))])
    counts = {"sure": len(report.sure), "unsure": len(report.unsure), "title": report.title}
    lines: list[Component | None] = [html.P(safe(word("read_report_summary", language, **counts)))]
    lines += [html.P(notice[language], className="muted") for notice in report.notices]
    if report.sure:
        caption = word("read_report_sure", language, count=len(report.sure))
        rows = [_row(statement, catalogue, language) for statement in report.sure[:MOST_ROWS]]
        table = table_of(rows, _COLUMNS, caption, language)
        lines.append(html.Details([html.Summary(caption), table], className="table-view"))
    lines.append(html.P(word("read_report_text", language), className="muted"))
    address = f"{link('/submissions', selection)}&{urlencode({'report': token})}"
    open_it = html.A(word("read_report_open", language), href=address, className="tool")
    lines.append(for_role(Role.CONTRIBUTOR, html.P(open_it)))
    return card(title, lines)


def _row(one: Statement, catalogue: Catalogue, language: str) -> Component:
    amount = one.mention.amount
    place = html.A(safe(amount.written, 40), href=f"#draft-{one.mention.passage + 1}")
    meaning = catalogue.indicators[one.indicator].name[language]
    kind = word(f"kind_{one.kind}", language) if one.kind != "actual" else ""
    period = " · ".join(filter(None, (one.period, kind)))
    return html.Tr(
        [
            html.Th(place, scope="row"),
            html.Td(safe(one.name, 60)),
            html.Td(meaning),
            html.Td(period),
        ]
    )
