"""Builds the preview of all files; nothing of it is stored yet."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import NamedTuple

import dash_bootstrap_components as dbc
from dash import html
from dash.development.base_component import Component

from dashboard.base.language import Text, number, word
from dashboard.components.shell.file_names import form_name, safe
from dashboard.components.submissions.answers import (
    Answers,
    Outline,
    areas_of,
    skip_control,
    written,
)
from dashboard.components.submissions.changes import chips, counts_of
from dashboard.components.submissions.drawing import MOST_CELLS, Drawing, state_of
from dashboard.components.submissions.new_streets import registered_part
from dashboard.components.submissions.questions import words_table
from dashboard.components.submissions.sheet_card import sheet_card
from dashboard.components.submissions.unknown_lines import lines_table
from dashboard.intake.sheet_preview import SheetPreview
from dashboard.intake.sheet_questions import Asked
from dashboard.intake.understanding.questions import WORD
from dashboard.intake.unknown_line import UnknownLine
from dashboard.services.front_desk import FrontDesk

MOST_CELLS_IN_ALL = 40_000
FEWEST_CELLS = 200
MOST_OPEN = 4  # sheets; with more, those that are ready are folded
STOPPED = ("ask", "refused")


class Drawn(NamedTuple):
    """The cards; the content of the folded ones by place; the outline, by which answers and
    handing in find their way back."""

    cards: list[Component]
    parts: dict[str, list[Component | None]]
    outline: Outline


def by_file(sheets: Sequence[SheetPreview]) -> list[list[SheetPreview]]:
    """The sheets of each file together, in the order they came."""
    files: dict[str, list[SheetPreview]] = {}
    for sheet in sheets:
        files.setdefault(sheet.receipt.file, []).append(sheet)
    return list(files.values())


def stopped_sheets(file: Sequence[SheetPreview], answers: Answers) -> int:
    """How many sheets keep this file from being stored as it is."""
    return sum(state_of(sheet, answers) in STOPPED for sheet in file)


def draw_preview(
    desk: FrontDesk, sheets: Sequence[SheetPreview], answers: Answers, language: str
) -> Drawn:
    """The preview in one language."""
    desk = desk.with_areas(areas_of(answers))
    files = by_file(sheets)
    outline = _outline(files, answers)
    each = min(MOST_CELLS, max(FEWEST_CELLS, MOST_CELLS_IN_ALL // max(1, len(sheets))))
    drawing = Drawing(desk, answers, language, outline, len(sheets) > MOST_OPEN, each)
    blocks = [_file_block(drawing, file) for file in files]
    return Drawn([_overview(drawing, sheets, files), *blocks], drawing.parts, outline)


def _outline(files: Sequence[Sequence[SheetPreview]], answers: Answers) -> Outline:
    """The outline before anything is drawn: what is ready, held back and open."""
    ready = [file for file in files if not stopped_sheets(file, answers)]
    sheets = [sheet for file in ready for sheet in file]
    return {
        "sheets": [],
        "lines": [],
        "asked": {file: [*names] for file, names in answers["asked"].items()},
        "words": [],
        "readings": [],
        "streets": {},
        "labels": {},
        "shown": {},
        "proposed": {},
        "ready": len(ready),
        "held_back": len(files) - len(ready),
        "needs_note": any(sheet.needs_note for sheet in sheets),
        "open": sum(
            len(sheet.unknown) + len(sheet.asked) + bool(sheet.unlisted and sheet.unlisted.labels)
            for sheet in sheets
        ),
    }


def _overview(
    drawing: Drawing, sheets: Sequence[SheetPreview], files: Sequence[Sequence[SheetPreview]]
) -> Component:
    """All files in one line and the four counts; the box that leaves unknown lines out."""
    language, outline = drawing.language, drawing.outline
    figures = sum(sheet.receipt.observations for sheet in sheets)
    text = word(
        "preview_overview",
        language,
        files=len(files),
        sheets=len(sheets),
        figures=number(figures, 0, language),
    )
    counts: Counter[str] = Counter()
    for sheet in sheets:
        counts += counts_of(sheet.changes)
    skip = None
    if drawing.answers["skip"] or any(sheet.unknown for sheet in sheets):
        value = drawing.answers["skip"]
        outline["shown"][written(skip_control())] = str(value)
        skip = dbc.Checkbox(id=skip_control(), label=word("upload_skip", language), value=value)
    several = len(sheets) > 1
    return html.Div(
        [
            html.P(text, className="lead-text"),
            chips(counts, language) if several and counts else None,
            skip,
            registered_part(drawing),
            _answered_words(drawing),
            _answered_lines(drawing),
        ],
        className="preview-overview",
    )


def _answered_words(drawing: Drawing) -> Component | None:
    """The words a person explained before, to be seen and changed until it is handed in."""
    language, known = drawing.language, drawing.outline["words"]
    words = [name for name, _ in drawing.answers["words"] if name not in known]
    if not words:
        return None
    title = word("words_answered", language)
    asked = [Asked(WORD, Text("", ""), name) for name in words]
    return html.Section(
        [html.H3(title), *words_table(drawing, asked, title)], className="sheet-part"
    )


def _answered_lines(drawing: Drawing) -> Component | None:
    """The lines a person gave a meaning before, to be seen and changed until it is handed in."""
    language, known = drawing.language, drawing.outline["lines"]
    lines, chosen = [], {}
    for form, name, choice in drawing.answers["lines"]:
        if [form, name] not in known:
            chosen[len(known)] = choice
            lines.append(
                (len(known), UnknownLine("", 0, "", name, form_name(form, language), "", ()))
            )
            known.append([form, name])
    if not lines:
        return None
    title = word("preview_answered", language)
    table = lines_table(drawing, lines, chosen, title)
    return html.Section([html.H3(title), *table], className="sheet-part")


def _file_block(drawing: Drawing, file: Sequence[SheetPreview]) -> Component:
    language = drawing.language
    rule = None
    if 0 < stopped_sheets(file, drawing.answers) < len(file):
        rule = html.P(word("preview_whole_file", language), className="notice")
    cards = [sheet_card(drawing, sheet, alone=len(file) == 1) for sheet in file]
    return html.Section(
        [html.H3(html.Code(safe(file[0].receipt.file))), rule, *cards], className="file-preview"
    )
