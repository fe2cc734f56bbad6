"""The preview of one sheet: recognised, found, what changes, and the table as it was understood."""

from __future__ import annotations

from dataclasses import dataclass, field

from dash import html
from dash.development.base_component import Component

from dashboard.components.answers import Answers, Outline
from dashboard.components.changes import change_table, chips, counts_of
from dashboard.components.desk import Desk
from dashboard.components.findings import counted, safe, sheet_findings
from dashboard.components.recognised import recognised_table
from dashboard.components.understood import understood_table
from dashboard.components.unknown_lines import lines_table
from dashboard.intake.preview import SheetPreview
from dashboard.language import word

MOST_ROWS = 300  # of one sheet's table


@dataclass(slots=True)
class Drawing:
    """What is drawn so far, and for whom: the outline grows with every sheet."""

    desk: Desk
    answers: Answers
    language: str
    outline: Outline
    rows_each: int = MOST_ROWS
    chosen: dict[tuple[str, str], str] = field(default_factory=dict)


def state_of(sheet: SheetPreview) -> str:
    """ask, refused, note (a note is needed) or ready."""
    if sheet.asks:
        return "ask"
    if sheet.receipt.refused:
        return "refused"
    return "note" if sheet.needs_note else "ready"


def _part(title: str, body: list[Component], kind: str = "") -> Component | None:
    if not body:
        return None
    return html.Section([html.H5(title), *body], className=f"sheet-part {kind}".strip())


def _unknown(drawing: Drawing, sheet: SheetPreview, title: str) -> list[Component]:
    """The unknown lines; one printed twice in the same form is asked once."""
    known, form = drawing.outline["lines"], sheet.receipt.form
    asked = drawing.outline["asked"].setdefault(sheet.receipt.file, [])
    lines, chosen = [], {}
    for line in sheet.unknown:
        if line.name not in asked:
            asked.append(line.name)
        if [form, line.name] in known:
            continue
        chosen[len(known)] = drawing.chosen.get((form, line.name), "")
        lines.append((len(known), line))
        known.append([form, line.name])
    if not lines:
        return []
    hint = html.P(word("lines_text", drawing.language), className="muted")
    shown = drawing.outline["shown"]
    table = lines_table(drawing.desk, lines, chosen, shown, title, drawing.language)
    return [hint, *table]


def sheet_card(drawing: Drawing, sheet: SheetPreview) -> Component:
    """The card; what it asks and shows is added to the outline."""
    desk, say, receipt = drawing.desk, drawing.language, sheet.receipt
    place = len(drawing.outline["sheets"])
    drawing.outline["sheets"].append([receipt.file, receipt.sheet])
    state, name = state_of(sheet), safe(receipt.sheet) or safe(receipt.file)
    counts = counts_of(sheet.changes)
    head = [
        html.H4(html.Code(name)),
        html.Span(word(f"sheet_{state}", say), className=f"tag state-{state}"),
        html.Span(word("receipt_figures", say, count=receipt.observations), className="muted"),
        html.Span(word("receipt_areas", say, count=receipt.areas), className="muted")
        if receipt.areas
        else None,
    ]
    said = counted(receipt.findings, say)
    findings = word("preview_findings", say) + (f" · {said}" if said else "")
    caption = word("preview_caption", say, part=word("preview_findings", say), name=name)
    titles = {
        part: word("preview_caption", say, part=word(f"preview_{part}", say), name=name)
        for part in ("recognised", "changes", "unknown")
    }
    recognised = _part(
        word("preview_recognised", say),
        [recognised_table(desk, sheet, place, drawing.outline["shown"], titles["recognised"], say)]
        if sheet.evidence or sheet.asks
        else [],
    )
    changes = change_table(desk, sheet.changes, titles["changes"], say)
    understood = understood_table(
        desk,
        sheet.understood,
        word("preview_caption", say, part=word("preview_understood", say), name=name),
        drawing.rows_each,
        say,
    )
    return html.Article(
        [
            html.Div(head, className="sheet-head"),
            html.Div(
                [recognised, _part(findings, sheet_findings(receipt.findings, say, caption))],
                className="sheet-grid",
            ),
            _part(word("preview_unknown", say), _unknown(drawing, sheet, titles["unknown"])),
            _part(word("preview_changes", say), [chips(counts, say), *changes])
            if sheet.changes
            else None,
            html.Details(
                [html.Summary(word("preview_understood", say)), *understood],
                className="table-view",
                open=False,
            )
            if sheet.understood
            else None,
        ],
        className=f"sheet-preview is-{state}",
    )
