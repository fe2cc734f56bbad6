"""Builds the questions of a sheet, all at once: basis, unit, each word that is not known."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import dash_bootstrap_components as dbc
from dash import html
from dash.development.base_component import Component

from dashboard.base.language import Text, word
from dashboard.catalogue.catalogue import Catalogue
from dashboard.components.shell.file_names import safe
from dashboard.components.submissions.answers import (
    LEAVE_OUT,
    Control,
    sheet_control,
    word_control,
    written,
)
from dashboard.components.submissions.asked_table import MOST, AskedRow, asked_table
from dashboard.components.submissions.choices import search_list
from dashboard.components.submissions.drawing import Drawing
from dashboard.components.submissions.title_questions import title_questions
from dashboard.components.submissions.word_choices import word_choices
from dashboard.intake.sheet_preview import SheetPreview
from dashboard.intake.sheet_questions import BASES, UNITS, Asked
from dashboard.intake.understanding.questions import BASIS, TITLES, UNIT, WORD
from dashboard.intake.understanding.remembered_answers import WORD as OF_WORD

HEAD = ("words_word", "words_where", "words_means")


def questions_part(
    drawing: Drawing, sheet: SheetPreview, place: int, title: str
) -> list[Component]:
    """The sheet's questions; empty where it has none. What they show is added to the outline."""
    parts = [*title_questions(drawing, sheet, place), *_basis(drawing, sheet, place)]
    parts += _unit(drawing, sheet, place)
    known = drawing.outline["words"]
    asked = [
        question for question in sheet.asked if question.kind == WORD and question.word not in known
    ]
    remembered = _remembered_words(drawing, sheet)
    asked += remembered
    if asked:
        hint = word("words_text", drawing.language)
        parts += [html.P(hint, className="muted"), *words_table(drawing, asked, title)]
    if sheet.remembered:
        hint = word("answers_remembered", drawing.language)
        parts = [html.P(hint, className="muted"), *parts]
    return parts


def _remembered_words(drawing: Drawing, sheet: SheetPreview) -> list[Asked]:
    """The words that were explained for this form before: they stay to be changed."""
    said = Text("上次的回答", "answered so last time")
    return [
        Asked(WORD, said, name.removeprefix(OF_WORD), answer=answer or LEAVE_OUT)
        for name, answer in sheet.remembered.items()
        if name.startswith(OF_WORD) and name.removeprefix(OF_WORD) not in TITLES
        if name.removeprefix(OF_WORD) not in drawing.outline["words"]
    ]


def _basis(drawing: Drawing, sheet: SheetPreview, place: int) -> list[Component]:
    """The basis, asked once a sheet; once it is answered it stays to be changed."""
    names = {name: word(f"basis_answer_{name}", drawing.language) for name in BASES}
    return _choice(drawing, sheet, sheet_control(BASIS, place), names)


def _unit(drawing: Drawing, sheet: SheetPreview, place: int) -> list[Component]:
    """The unit of money, asked once a sheet; what waits for it may be left out."""
    names = {unit: unit_name(drawing.desk.catalogue, unit, drawing.language) for unit in UNITS}
    names[LEAVE_OUT] = word("unit_answer_leave_out", drawing.language)
    return _choice(drawing, sheet, sheet_control(UNIT, place), names)


def unit_name(catalogue: Catalogue, spelt: str, language: str) -> str:
    """The name of a unit in one language, by how tables spell it."""
    unit = catalogue.find_unit(spelt)
    return unit.name[language] if unit else spelt


def _choice(
    drawing: Drawing, sheet: SheetPreview, control: Control, names: Mapping[str, str]
) -> list[Component]:
    """A question of the whole sheet with its answers by value; empty where it is not asked."""
    receipt, language, kind = sheet.receipt, drawing.language, control["what"]
    key = [receipt.file, receipt.sheet, kind]
    said = (text for *of, text in drawing.answers["sheets"] if of == key)
    value = next(said, sheet.remembered.get(kind, ""))
    asked = next((question for question in sheet.asked if question.kind == kind), None)
    if asked is None and not value:
        return []
    drawing.outline["shown"][written(control)] = value
    options = [{"label": word("basis_choose", language), "value": ""}]
    options += [{"label": name, "value": answer} for answer, name in names.items()]
    count = asked.figures if asked else 0
    text = word(f"{kind}_question_count" if count else f"{kind}_question", language, count=count)
    label = html.Label(text, htmlFor=written(control))
    select = dbc.Select(id=control, options=options, value=value, size="sm", invalid=not value)
    return [html.Div([label, select], className="register-question")]


def words_table(drawing: Drawing, asked: Sequence[Asked], title: str) -> list[Component]:
    """One row a word: the word, how many figures wait for it, what it means."""
    language, outline = drawing.language, drawing.outline
    before = {name: meaning for name, meaning in drawing.answers["words"]}
    rows = []
    for question in asked[:MOST]:
        control, value = (
            word_control(len(outline["words"])),
            before.get(question.word, question.answer),
        )
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
