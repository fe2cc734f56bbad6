"""Builds the receipts of a submission, sheet by sheet, in words."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from dash import html
from dash.development.base_component import Component

from dashboard.base.language import word
from dashboard.catalogue import periods
from dashboard.components.shell.address import link
from dashboard.components.shell.attributes import data
from dashboard.components.shell.file_names import form_name, safe
from dashboard.components.shell.headings import area_name
from dashboard.components.submissions.findings import findings_table
from dashboard.intake import SheetOutcome
from dashboard.intake.forms.layout import YEAR_TABLE
from dashboard.services.access.person import Role, acting_person
from dashboard.services.front_desk import FrontDesk


def _outcome(receipt: SheetOutcome, language: str) -> tuple[str, str]:
    if receipt.refused:
        return "refused", word("receipt_refused", language)
    if receipt.waiting is not None:
        return "waits", word("receipt_waits", language, number=receipt.waiting)
    if receipt.id is None and not (receipt.areas or receipt.targets):
        return "refused", word("receipt_held_back", language)
    return "stored", word("receipt_stored", language)


def contents(receipt: SheetOutcome, language: str) -> str:
    """What a sheet holds, counted: figures, or areas, changes of areas, targets."""
    counts = {
        "receipt_institutions": receipt.institutions,
        "receipt_areas": receipt.areas,
        "receipt_changes": receipt.changes,
        "receipt_targets": receipt.targets,
        "receipt_outlines": receipt.outlines,
    }
    texts = [word(key, language, count=count) for key, count in counts.items() if count]
    figures = word("receipt_figures", language, count=receipt.observations)
    if receipt.institutions:
        texts.append(figures)
    return word("list_comma", language).join(texts) or figures


def _to_figures(desk: FrontDesk, receipt: SheetOutcome, language: str) -> Component | None:
    """Where the sheet's figures are seen: the page of the indicator that it has most figures of."""
    if receipt.id is None or not receipt.observations:
        return None
    figures = desk.submissions.figures_at(receipt.id).values()
    indicator, _ = Counter(figure.indicator for figure in figures).most_common(1)[0]
    latest = max(figure.period for figure in figures if figure.indicator == indicator)
    asked = {"area": receipt.area, "period": str(latest), "lang": language}
    where = link(f"/indicators/{indicator}", desk.selections.of(asked, language))
    return html.P(html.A(word("receipt_see", language), href=where, className="see-figures"))


def _to_withdrawing(desk: FrontDesk, receipt: SheetOutcome, language: str) -> Component | None:
    """What to do about a mistake that is seen only now."""
    if receipt.id is None:
        return None
    if acting_person().role < Role.EDITOR:
        return html.P(
            word("receipt_mend_by_editor", language, number=receipt.id), className="muted"
        )
    selection = desk.selections.of({"area": receipt.area, "lang": language}, language)
    address = link("/submissions", selection) + f"&submission={receipt.id}#withdrawing"
    anchor = html.A(word("receipt_withdraw", language), href=address, **data(reload="1"))
    return html.P([word("receipt_mend", language), " ", anchor], className="muted")


def _period(desk: FrontDesk, receipt: SheetOutcome, language: str) -> str:
    """The sheet's period; of one with several periods all of them."""
    try:
        last = periods.parse(receipt.period).end
    except ValueError:
        return receipt.period
    first = last
    if receipt.id is not None and receipt.form == YEAR_TABLE:
        first = desk.submissions.first_periods([receipt.id]).get(receipt.id, last)
    return periods.name_of_all(first, last, language)


def receipt_cards(
    desk: FrontDesk, receipts: Sequence[SheetOutcome], language: str
) -> list[Component]:
    """What became of every sheet, in words, with its findings by cell."""
    cards: list[Component] = []
    for receipt in receipts:
        kind, outcome = _outcome(receipt, language)
        texts = [
            receipt.form and word("receipt_form", language, form=form_name(receipt.form, language)),
            receipt.area and area_name(desk, receipt.area, language),
            _period(desk, receipt, language),
            receipt.grade and word(f"grade_{receipt.grade}", language),
            contents(receipt, language),
        ]
        name = " · ".join(safe(text) for text in (receipt.file, receipt.sheet) if text)
        findings = list(receipt.findings)
        caption = word("receipt_findings", language, file=name, count=len(findings))
        cards.append(
            html.Div(
                [
                    html.H3(
                        [html.Code(name), html.Span(outcome, className=f"outcome outcome-{kind}")]
                    ),
                    html.P(" · ".join(text for text in texts if text), className="muted"),
                    _to_figures(desk, receipt, language),
                    _to_withdrawing(desk, receipt, language),
                    findings_table(findings, language, caption) if findings else None,
                ],
                className=f"receipt receipt-{kind}",
            )
        )
    return cards
