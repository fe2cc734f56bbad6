"""Builds the card that compares a draft's figures with the store, those to be corrected first."""

from __future__ import annotations

from collections.abc import Sequence

from dash import html
from dash.development.base_component import Component

from dashboard.base.language import word
from dashboard.charts.model.selection import Selection
from dashboard.components.shell.address import figure_link
from dashboard.components.shell.card import card
from dashboard.components.shell.file_names import safe
from dashboard.intake.drafts.against_store import ABSENT, AGREES, HIDDEN, OBJECTED, Compared
from dashboard.services.draft_figures import AgainstStore, DraftFigures

MOST_ROWS = 300  # of each group
_COLUMNS = ("written", "subject", "period", "store")


def store_card(store: AgainstStore, figures: DraftFigures, selection: Selection) -> Component:
    """What agrees, what is to be corrected, and what the store does not have."""
    language = selection.language
    title = word("drafts_store_title", language)
    if not store.area:
        return card(title, [html.P(word("drafts_no_area", language))])
    lines: list[Component | None] = [html.P(figures.summary(store, language))]
    for verdicts, key, opened in (
        (OBJECTED, "drafts_group_objected", True),
        ((AGREES, HIDDEN), "drafts_group_agrees", False),
        ((ABSENT,), "drafts_group_absent", False),
    ):
        group = [comparison for comparison in store.compared if comparison.verdict in verdicts]
        if group:
            rows = [_row(comparison, figures, selection) for comparison in group[:MOST_ROWS]]
            lines.append(
                html.Details(
                    [
                        html.Summary(word(key, language, count=len(group))),
                        table_of(rows, _COLUMNS, word(key, language, count=len(group)), language),
                    ],
                    open=opened,
                    className="table-view",
                )
            )
    return card(title, lines)


def table_of(
    rows: Sequence[Component], columns: Sequence[str], caption: str, language: str
) -> Component:
    """A table of rows under the names of its columns."""
    head = [html.Th(word(f"drafts_column_{name}", language), scope="col") for name in columns]
    return html.Table(
        [
            html.Caption(caption, className="visually-hidden"),
            html.Thead(html.Tr(head)),
            html.Tbody(list(rows)),
        ],
        className="recognised",
    )


def _row(compared: Compared, figures: DraftFigures, selection: Selection) -> Component:
    mention = compared.meant.mention
    place = html.A(safe(mention.amount.written, 40), href=f"#draft-{mention.passage + 1}")
    sentence = figures.sentence(compared, selection.language)
    if compared.key is not None and compared.stored is not None:
        link = figure_link(compared.key, "/drafts", selection)
        verdict: Component | str = html.A(safe(sentence, 300), href=link)
    else:
        verdict = safe(sentence, 300)
    period = str(mention.period.end) if mention.period else "—"
    subject = mention.subject or mention.before
    return html.Tr(
        [
            html.Th(place, scope="row"),
            html.Td(safe(subject, 60)),
            html.Td(period),
            html.Td(verdict),
        ]
    )
