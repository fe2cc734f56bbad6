"""Builds the table of what was recognised in a sheet, each with its cell and a correction."""

from __future__ import annotations

from collections.abc import Mapping

import dash_bootstrap_components as dbc
from dash import html
from dash.development.base_component import Component

from dashboard.base.language import word
from dashboard.catalogue.concepts import Grade
from dashboard.components.shell.file_names import form_name, safe
from dashboard.components.submissions.answers import sheet_control, written
from dashboard.components.submissions.choices import MOST, area_choices, search_list
from dashboard.components.submissions.drawing import Drawing
from dashboard.intake.evidence import GIVEN, LISTED, Evidence
from dashboard.intake.sheet_preview import MONTH, SheetPreview

ORDER = ("form", "area", "period", "unit", "grade")
ANSWERED = ("area", "period", "grade")
GRADES = (Grade.OFFICIAL, Grade.SECONDARY, Grade.REPORT, Grade.MANAGEMENT, Grade.DEMO)
ORIGINS = ("cell", "given", "file_name", "sheet_name", "usual", "headings")


def evidence_words(evidence: Evidence | None, language: str) -> str:
    """How it is known: B3 “2024年9月”, or from the file's name, or that it could not be read."""
    if evidence is None or evidence.origin not in ORIGINS:
        return word("evidence_none", language)
    cell = f"{evidence.column}{evidence.row or ''}"
    printed = safe(evidence.printed, 60)
    if evidence.origin == "cell" and not printed:
        return cell or "—"
    return word(f"evidence_{evidence.origin}", language, cell=cell, printed=printed)


def _shown(drawing: Drawing, what: str, value: str) -> str:
    language = drawing.language
    if what == "form":
        return form_name(value, language) if value else "—"
    if what == "unit":
        known = drawing.desk.catalogue.units
        names = [known[one].name[language] for one in value.split(LISTED) if one in known]
        return word("list_comma", language).join(names) or "—"
    return value or "—"


def _control(drawing: Drawing, what: str, place: int, value: str, asked: bool) -> Component:
    """The control of an answer; where sheets are folded, areas are listed only by a search."""
    control, language = sheet_control(what, place), drawing.language
    if what == "area":
        most = 1 if drawing.folded else MOST
        choices = area_choices(drawing.desk, "", value, language, most=most)
        return search_list(control, choices, value, word("answer_area", language), language)
    if what == "grade":
        options = [
            {"label": word(f"grade_{grade}", language), "value": str(grade)} for grade in GRADES
        ]
        return dbc.Select(id=control, options=options, value=value, size="sm")
    return dbc.Input(
        id=control,
        value=value,
        size="sm",
        maxlength=40,
        placeholder=word("answer_period", language),
        invalid=asked,
        autocomplete="off",
    )


def _question(sheet: SheetPreview, what: str) -> str:
    """The word that asks for what was not read."""
    lacks = sheet.lacks if what == "period" else ""
    return f"answer_{lacks or 'please'}"


def _lacks_month(sheet: SheetPreview, evidence: Evidence) -> bool:
    """Whether this is a period without its month, which nobody has given yet."""
    is_period = evidence.what == "period" and evidence.origin != GIVEN
    return is_period and sheet.lacks == MONTH


def recognised_table(drawing: Drawing, sheet: SheetPreview, place: int, title: str) -> Component:
    """Form, area, period, unit and grade: the value, its control, its evidence.

    What each control shows is added to the outline.
    """
    language = drawing.language
    known: Mapping[str, Evidence] = {entry.what: entry for entry in sheet.evidence}
    rows = []
    for what in ORDER:
        evidence, asked = known.get(what), what in sheet.asks
        if evidence is None and not asked:
            continue
        value = "" if evidence is None or _lacks_month(sheet, evidence) else evidence.value
        name: Component | str = word(f"recognised_{what}", language)
        if what in ANSWERED:
            control = sheet_control(what, place)
            drawing.outline["shown"][written(control)] = value
            cell = _control(drawing, what, place, value, asked)
            name = html.Label(name, htmlFor=written(control))
        else:
            cell = html.Span(_shown(drawing, what, value))
        sentence: Component | str = evidence_words(evidence, language)
        if asked:
            sentence = html.Span(word(_question(sheet, what), language), className="answer-please")
        row = [html.Th(name, scope="row"), html.Td(cell), html.Td(sentence, className="evidence")]
        rows.append(html.Tr(row, className="is-asked" if asked else ""))
    caption = html.Caption(title, className="visually-hidden")
    return html.Table([caption, _head(language), html.Tbody(rows)], className="recognised")


def _head(language: str) -> Component:
    head = [word(f"recognised_{name}", language) for name in ("what", "value", "evidence")]
    return html.Thead(html.Tr([html.Th(text, scope="col") for text in head]))
