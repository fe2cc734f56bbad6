"""The whole preview, file by file: nothing of it is stored yet."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

import dash_bootstrap_components as dbc
from dash import html
from dash.development.base_component import Component

from dashboard.components.answers import Answers, Outline, skip_control, written
from dashboard.components.changes import chips, counts_of
from dashboard.components.desk import Desk
from dashboard.components.findings import safe
from dashboard.components.receipts import form_name
from dashboard.components.sheet_card import MOST_ROWS, Drawing, sheet_card, state_of
from dashboard.components.unknown_lines import lines_table
from dashboard.intake.preview import SheetPreview, UnknownLine
from dashboard.language import number, word

MOST_ROWS_IN_ALL = 3000
FEWEST_ROWS = 20
STOPPED = ("ask", "refused")


def by_file(sheets: Sequence[SheetPreview]) -> list[list[SheetPreview]]:
    """The sheets of each file together, in the order they came."""
    files: dict[str, list[SheetPreview]] = {}
    for sheet in sheets:
        files.setdefault(sheet.receipt.file, []).append(sheet)
    return list(files.values())


def is_stopped(file: Sequence[SheetPreview]) -> bool:
    """Whether nothing of this file can be stored as it is."""
    return any(state_of(sheet) in STOPPED for sheet in file)


def draw_preview(
    desk: Desk, sheets: Sequence[SheetPreview], answers: Answers, language: str
) -> tuple[list[Component], Outline]:
    """The cards, and the outline by which answers and handing in find their way back."""
    files = by_file(sheets)
    stopped = sum(is_stopped(file) for file in files)
    outline: Outline = {
        "sheets": [],
        "lines": [],
        "asked": {file: [*names] for file, names in answers["asked"].items()},
        "shown": {},
        "ready": len(files) - stopped,
        "held_back": stopped,
        "needs_note": any(sheet.needs_note for sheet in sheets),
    }
    each = min(MOST_ROWS, max(FEWEST_ROWS, MOST_ROWS_IN_ALL // max(1, len(sheets))))
    chosen = {(form, name): text for form, name, text in answers["lines"]}
    drawing = Drawing(desk, answers, language, outline, each, chosen)
    blocks = [_file_block(drawing, file) for file in files]
    return [_overview(drawing, sheets, files), *blocks], outline


def _overview(
    drawing: Drawing, sheets: Sequence[SheetPreview], files: Sequence[Sequence[SheetPreview]]
) -> Component:
    """All files in one line and the four counts; the box that leaves unknown lines out."""
    say, outline = drawing.language, drawing.outline
    figures = sum(sheet.receipt.observations for sheet in sheets)
    said = word(
        "preview_overview",
        say,
        files=len(files),
        sheets=len(sheets),
        figures=number(figures, 0, say),
    )
    counts: Counter[str] = Counter()
    for sheet in sheets:
        counts += counts_of(sheet.changes)
    skip = None
    if drawing.answers["skip"] or any(sheet.unknown for sheet in sheets):
        value = drawing.answers["skip"]
        outline["shown"][written(skip_control())] = str(value)
        skip = dbc.Checkbox(id=skip_control(), label=word("upload_skip", say), value=value)
    several = len(sheets) > 1
    return html.Div(
        [
            html.P(said, className="lead-text"),
            chips(counts, say) if several and counts else None,
            skip,
            _answered_lines(drawing),
        ],
        className="preview-overview",
    )


def _answered_lines(drawing: Drawing) -> Component | None:
    """The lines a person gave a meaning before, to be seen and changed until it is handed in."""
    say, known = drawing.language, drawing.outline["lines"]
    lines, chosen = [], {}
    for form, name, choice in drawing.answers["lines"]:
        if [form, name] not in known:
            chosen[len(known)] = choice
            lines.append((len(known), UnknownLine("", 0, "", name, form_name(form, say), "", ())))
            known.append([form, name])
    if not lines:
        return None
    title = word("preview_answered", say)
    table = lines_table(drawing.desk, lines, chosen, drawing.outline["shown"], title, say)
    return html.Section([html.H3(title), *table], className="sheet-part")


def _file_block(drawing: Drawing, file: Sequence[SheetPreview]) -> Component:
    say, several = drawing.language, len(file) > 1
    rule = None
    if several and is_stopped(file) and not all(state_of(sheet) in STOPPED for sheet in file):
        rule = html.P(word("preview_whole_file", say), className="notice")
    cards = [sheet_card(drawing, sheet) for sheet in file]
    return html.Section(
        [html.H3(html.Code(safe(file[0].receipt.file))), rule, *cards], className="file-preview"
    )
