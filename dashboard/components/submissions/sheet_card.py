"""Builds the card of one sheet in a preview: its name, its state, its parts."""

from __future__ import annotations

from pathlib import PurePath

from dash import html
from dash.development.base_component import Component

from dashboard.base.language import word
from dashboard.components.shell import ids
from dashboard.components.shell.file_names import safe
from dashboard.components.submissions.changes import chips, counts_of
from dashboard.components.submissions.drawing import Drawing, state_of
from dashboard.components.submissions.receipts import contents
from dashboard.components.submissions.sheet_parts import sheet_parts
from dashboard.intake.sheet_preview import SheetPreview

MOST_DRAWN = 20  # of many sheets: those that need something, drawn at once


def sheet_card(drawing: Drawing, sheet: SheetPreview, *, alone: bool) -> Component:
    """The card; what it asks and shows is added to the outline. ``alone``: its file's only one."""
    language, receipt = drawing.language, sheet.receipt
    place = len(drawing.outline["sheets"])
    drawing.outline["sheets"].append([receipt.file, receipt.sheet])
    state = state_of(sheet, drawing.answers)
    name = safe(receipt.sheet) or safe(receipt.file)
    is_same = alone and name == safe(PurePath(receipt.file).stem)
    head: list[Component] = [
        html.H4(html.Code(name), className="visually-hidden" if is_same else ""),
        html.Span(word(f"sheet_{state}", language), className=f"tag state-{state}"),
        html.Span(contents(receipt, language), className="muted"),
    ]
    counts = counts_of(sheet.changes)
    parts = sheet_parts(drawing, sheet, place, counts)
    kind = f"sheet-preview is-{state}"
    if drawing.folded and (state == "ready" or drawing.opened >= MOST_DRAWN):
        drawing.parts[str(place)] = parts
        return html.Details(
            [
                html.Summary(
                    html.Div([*head, chips(counts, language)], className="sheet-head"),
                    id=ids.fold("summary", place),
                ),
                html.Div(id=ids.fold("content", place)),
            ],
            className=kind,
        )
    drawing.opened += 1
    return html.Article([html.Div(head, className="sheet-head"), *parts], className=kind)
