"""Builds the card that compares a draft with the bureau's previous report."""

from __future__ import annotations

from dash import html
from dash.development.base_component import Component

from dashboard.base.language import word
from dashboard.components.drafts.draft_store import MOST_ROWS, table_of
from dashboard.components.shell.card import card
from dashboard.components.shell.file_names import safe
from dashboard.intake.drafts.earlier_report import CHANGED, COPIED, NEW, VANISHED, Succession
from dashboard.services.drafts import Judged

_COLUMNS = ("subject", "then", "now")


def succession_card(judged: Judged, language: str) -> Component:
    """What was copied unchanged, what changed, what vanished and what is new."""
    lines: list[Component | None] = [html.P(safe(judged.summary_of_succession(language), 400))]
    for result in (COPIED, CHANGED, VANISHED, NEW):
        group = [succession for succession in judged.succession if succession.result == result]
        if group:
            caption = f"{word(f'drafts_previous_{result}', language)} ({len(group)})"
            rows = [_row(succession) for succession in group[:MOST_ROWS]]
            table = table_of(rows, _COLUMNS, caption, language)
            lines.append(html.Details([html.Summary(caption), table], className="table-view"))
    return card(word("drafts_previous_title", language), lines)


def _row(succession: Succession) -> Component:
    subject: Component | str = safe(succession.subject, 60)
    if succession.now is not None:
        subject = html.A(subject, href=f"#draft-{succession.now.passage + 1}")
    cells = [
        html.Td(safe(m.amount.written, 40) if m else "—") for m in (succession.then, succession.now)
    ]
    return html.Tr([html.Th(subject, scope="row"), *cells])
