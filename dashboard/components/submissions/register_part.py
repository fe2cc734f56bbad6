"""Builds what a preview shows of a list of institutions: counts by street and type, questions."""

from __future__ import annotations

import dash_bootstrap_components as dbc
from dash import html
from dash.development.base_component import Component

from dashboard.base.language import number, word
from dashboard.components.shell.file_names import safe
from dashboard.components.shell.real_table import ABSENT, Cell, Row, head_row, real_table
from dashboard.components.submissions.answers import (
    COVERS,
    STREET,
    sheet_control,
    written,
)
from dashboard.components.submissions.choices import (
    areas_below,
    leave_out_choice,
    question_table,
    search_list,
)
from dashboard.components.submissions.drawing import Drawing
from dashboard.intake.registers.register_preview import RegisterPreview
from dashboard.intake.sheet_preview import SheetPreview

LISTED, ALL = "listed", "all"  # what a list covers
MEASURES = ("beds", "nursing_beds", "residents")
MOST_ROWS, MOST_STREETS = 200, 40


def register_part(drawing: Drawing, sheet: SheetPreview, place: int, title: str) -> list[Component]:
    """The list as it was understood; empty for any other sheet.

    What its questions show is added to the outline.
    """
    listed = sheet.register
    if listed is None:
        return []
    language = drawing.language
    texts = [word("preview_register_rows", language, count=listed.rows)]
    if listed.apart:
        texts.append(word("preview_register_apart", language, count=listed.apart))
    parts: list[Component] = [html.P(" ".join(texts))]
    comma = word("list_comma", language)
    for key, headings in (("dropped", listed.dropped), ("unused", listed.unused)):
        if headings:
            names = comma.join(safe(heading, 30) for heading in headings)
            parts.append(html.P(word(f"preview_register_{key}", language, names=names)))
    parts += _streets(drawing, sheet, listed, place)
    parts += _covers(drawing, listed, place)
    parts.append(_counts(drawing, listed, title))
    return parts


def _counts(drawing: Drawing, listed: RegisterPreview, title: str) -> Component:
    """Institutions and sums by street and type."""
    language, desk = drawing.language, drawing.desk
    types = desk.catalogue.registers.types
    shown = [
        name
        for name in MEASURES
        if any(getattr(counted_type, name) is not None for counted_type in listed.counted)
    ]
    names = ["area_name", "type", "institutions", *shown]
    numbers = {"institutions", *shown}
    head = head_row("register_column", names, language, numbers)
    rows = []
    for counted in listed.counted[:MOST_ROWS]:
        kind = types[counted.kind].name[language] if counted.kind in types else counted.kind
        values = [counted.institutions, *(getattr(counted, name) for name in shown)]
        rows.append(
            Row(
                [
                    Cell(desk.areas().name_of(counted.area, language), scope="row"),
                    Cell(kind or word("preview_register_uncounted", language)),
                    *(
                        Cell(ABSENT if value is None else number(value, 0, language), kind="number")
                        for value in values
                    ),
                ]
            )
        )
    return real_table(title, [head], rows, kind="register-counts", quiet=True)


def _streets(
    drawing: Drawing, sheet: SheetPreview, listed: RegisterPreview, place: int
) -> list[Component]:
    """Printed places that are no known street: which each is, or that its rows are left out."""
    if not listed.unplaced:
        return []
    language, rows = drawing.language, []
    below = areas_below(drawing.desk, sheet.receipt.area, language)
    choices = [leave_out_choice(language), *below]
    for at, unplaced_street in enumerate(listed.unplaced[:MOST_STREETS]):
        control = sheet_control(f"{STREET}{at}", place)
        drawing.outline["shown"][written(control)] = unplaced_street.answer
        name = safe(unplaced_street.printed, 40) or word("preview_register_no_street", language)
        rows.append(
            html.Tr(
                [
                    html.Th(html.Label(html.Bdi(name), htmlFor=written(control)), scope="row"),
                    html.Td(
                        word("preview_register_street_rows", language, count=unplaced_street.rows)
                    ),
                    html.Td(
                        search_list(
                            control,
                            choices,
                            unplaced_street.answer,
                            word("preview_register_choose", language),
                            language,
                        )
                    ),
                ]
            )
        )
    return question_table(word("preview_register_streets", language), rows, "unknown-lines")


def _covers(drawing: Drawing, listed: RegisterPreview, place: int) -> list[Component]:
    """Whether streets without a row have none, or are not covered by the list."""
    if not listed.without:
        return []
    language, areas = drawing.language, drawing.desk.areas()
    control = sheet_control(COVERS, place)
    value = ALL if listed.covers == ALL else LISTED
    drawing.outline["shown"][written(control)] = value
    names = word("list_comma", language).join(
        areas.name_of(code, language) for code in listed.without
    )
    options = [
        {"label": word(f"preview_register_covers_{name}", language), "value": name}
        for name in (LISTED, ALL)
    ]
    question = word("preview_register_covers", language, count=len(listed.without), names=names)
    select = dbc.Select(id=control, options=options, value=value, size="sm")
    label = html.Label(question, htmlFor=written(control))
    return [html.Div([label, select], className="register-question")]
