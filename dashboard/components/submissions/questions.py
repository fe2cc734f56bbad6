"""Builds the questions of a sheet, all at once: its basis, and each word that is not known."""

from __future__ import annotations

from collections.abc import Sequence

import dash_bootstrap_components as dbc
from dash import html
from dash.development.base_component import Component

from dashboard.base.language import word
from dashboard.components.shell.file_names import safe
from dashboard.components.submissions.answers import sheet_control, word_control, written
from dashboard.components.submissions.asked_table import MOST, AskedRow, asked_table
from dashboard.components.submissions.choices import search_list
from dashboard.components.submissions.drawing import Drawing
from dashboard.components.submissions.title_questions import title_questions
from dashboard.components.submissions.word_choices import word_choices
from dashboard.intake.asked import BASES, BASIS, WORD, Asked
from dashboard.intake.preview import SheetPreview

HEAD = ("words_word", "words_where", "words_means")


def questions_part(
    drawing: Drawing, sheet: SheetPreview, place: int, title: str
) -> list[Component]:
    """The sheet's questions; empty where it has none. What they show is added to the outline."""
    parts = [*title_questions(drawing, sheet, place), *_basis(drawing, sheet, place)]
    known = drawing.outline["words"]
    asked = [
        question for question in sheet.asked if question.kind == WORD and question.word not in known
    ]
    if asked:
        hint = word("words_text", drawing.language)
        parts += [html.P(hint, className="muted"), *words_table(drawing, asked, title)]
    return parts


def _basis(drawing: Drawing, sheet: SheetPreview, place: int) -> list[Component]:
    """The basis, asked once a sheet; once it is answered it stays to be changed."""
    receipt, language = sheet.receipt, drawing.language
    key = [receipt.file, receipt.sheet, BASIS]
    value = next((text for *of, text in drawing.answers["sheets"] if of == key), "")
    asked = next((question for question in sheet.asked if question.kind == BASIS), None)
    if asked is None and not value:
        return []
    control = sheet_control(BASIS, place)
    drawing.outline["shown"][written(control)] = value
    options = [{"label": word("basis_choose", language), "value": ""}]
    options += [{"label": word(f"basis_answer_{name}", language), "value": name} for name in BASES]
    count = asked.figures if asked else 0
    text = word("basis_question_count" if count else "basis_question", language, count=count)
    label = html.Label(text, htmlFor=written(control))
    select = dbc.Select(id=control, options=options, value=value, size="sm", invalid=not value)
    return [html.Div([label, select], className="register-question")]


def words_table(drawing: Drawing, asked: Sequence[Asked], title: str) -> list[Component]:
    """One row a word: the word, how many figures wait for it, what it means."""
    language, outline = drawing.language, drawing.outline
    before = {name: meaning for name, meaning in drawing.answers["words"]}
    rows = []
    for question in asked[:MOST]:
        control, value = word_control(len(outline["words"])), before.get(question.word, "")
        outline["words"].append(question.word)
        outline["shown"][written(control)] = value
        choices = word_choices(drawing.desk, question.word, "", value, language)
        count = word("words_count", language, count=question.figures) if question.figures else ""
        about: list[Component | str] = [count, html.Small(safe(question.text[language], 120))]
        hint = word("words_choose", language)
        choice = search_list(control, choices, value, hint, language)
        rows.append(AskedRow(question.word, control, about, choice))
    table = asked_table(title, HEAD, rows, len(asked) - MOST, language)
    return [html.Div(table, className="unknown-words")]
