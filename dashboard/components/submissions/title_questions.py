"""Asks what a sheet's title leaves open: programme, measure, or whether all figures are targets.

Each is answered once for all figures of the sheet whose headings and labels do not say it.
"""

from __future__ import annotations

from collections.abc import Iterator

import dash_bootstrap_components as dbc
from dash import html
from dash.development.base_component import Component

from dashboard.base.language import word
from dashboard.catalogue.grid import RURAL, URBAN, Grid, Programme
from dashboard.components.submissions.answers import Control, sheet_control, written
from dashboard.components.submissions.choices import Choice, search_list
from dashboard.components.submissions.drawing import Drawing
from dashboard.intake.sheet_preview import SheetPreview
from dashboard.intake.sheet_questions import (
    MARKS,
    OF_TITLE,
    TITLE_MARK,
    TITLE_MEASURE,
    TITLE_PROGRAMME,
    Asked,
)
from dashboard.intake.understanding.gaps import no_measure, no_programme
from dashboard.intake.understanding.questions import AND, TITLES
from dashboard.intake.understanding.remembered_answers import WORD

_PLAIN = (no_programme().text, no_measure().text)  # what the question says already
_HEADS = ("head", "spending")  # sections of forms; no table is of one alone


def title_questions(drawing: Drawing, sheet: SheetPreview, place: int) -> list[Component]:
    """A control for each thing asked; what was answered stays to be changed."""
    key = [sheet.receipt.file, sheet.receipt.sheet]
    given = _remembered(sheet, drawing.desk.catalogue.grid)
    given |= {what: text for *of, what, text in drawing.answers["sheets"] if of == key}
    asked = {question.kind: question for question in sheet.asked}
    parts = []
    for what in OF_TITLE:
        value, question = given.get(what, ""), asked.get(what)
        if question is not None or value:
            control = sheet_control(what, place)
            drawing.outline["shown"][written(control)] = value
            parts.append(_row(drawing, control, value, question))
    return parts


def _remembered(sheet: SheetPreview, grid: Grid) -> dict[str, str]:
    """What the title of this form was said to say before, by what is asked of a title."""
    parts = sheet.remembered.get(WORD + TITLES[0], "").split(AND)
    return {_asked_by(part, grid): part for part in parts if part}


def _asked_by(answer: str, grid: Grid) -> str:
    """Which question of a title this is an answer to."""
    if answer in MARKS.values():
        return TITLE_MARK
    return TITLE_MEASURE if answer in grid.measures else TITLE_PROGRAMME


def _row(drawing: Drawing, control: Control, value: str, question: Asked | None) -> Component:
    language, what = drawing.language, str(control["what"])
    label: list[Component | str] = [word(f"{what}_question", language)]
    if question is not None:
        key = "title_count" if question.text in _PLAIN else "title_reason"
        reason = word(key, language, reason=question.text[language], count=question.figures)
        label += [" ", html.Small(reason, className="muted")]
    hint = word("words_choose", language)
    choice: Component
    if what == TITLE_MARK:
        options = [{"label": word("basis_choose", language), "value": ""}]
        options += [
            {"label": word(f"title_mark_{name}", language), "value": answer}
            for name, answer in MARKS.items()
        ]
        choice = dbc.Select(id=control, options=options, value=value, size="sm")
    else:
        grid = drawing.desk.catalogue.grid
        named = _programmes if what == TITLE_PROGRAMME else _measures
        choice = search_list(control, list(named(grid, language)), value, hint, language)
    heading = html.Label(label, htmlFor=written(control))
    return html.Div([heading, choice], className="register-question title-question")


def _programmes(grid: Grid, language: str) -> Iterator[Choice]:
    for programme in grid.programmes.values():
        if programme.kind in _HEADS:
            continue
        spellings = (programme.name.zh, *programme.aliases, programme.name.en)
        yield {
            "value": programme.id,
            "label": programme.name[language],
            "search": " ".join(spellings),
        }
        yield from _scoped(programme, grid, language)


def _scoped(programme: Programme, grid: Grid, language: str) -> Iterator[Choice]:
    """The programme in towns and in the country, where it is kept by them."""
    known = grid.scopes_of(programme)
    for scope in (URBAN, RURAL):
        if scope in known:
            label = word(f"title_{scope}", language, name=programme.name[language])
            answer = word(f"title_{scope}", "zh", name=programme.name.zh)
            yield {"value": answer, "label": label, "search": f"{answer} {label}"}


def _measures(grid: Grid, language: str) -> Iterator[Choice]:
    for measure in grid.measures.values():
        spellings = (measure.name.zh, *measure.aliases, measure.name.en)
        yield {"value": measure.id, "label": measure.name[language], "search": " ".join(spellings)}
