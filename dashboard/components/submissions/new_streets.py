"""Asks which areas unknown labels are; streets that no list knows are registered by a button.

Nothing is registered by the button itself: the areas go in with the file, or not at all.
"""

from __future__ import annotations

import dash_bootstrap_components as dbc
from dash import html
from dash.development.base_component import Component

from dashboard.base.language import word
from dashboard.catalogue.areas import Areas
from dashboard.components.shell import ids
from dashboard.components.shell.file_names import safe
from dashboard.components.shell.real_table import Cell, Row, real_table
from dashboard.components.submissions.answers import (
    DISTRICT_CODE,
    DISTRICT_NAME,
    LABEL,
    Answers,
    Outline,
    area_row,
    areas_of,
    labels_of,
    sheet_control,
    written,
)
from dashboard.components.submissions.choices import (
    area_choice,
    areas_below,
    leave_out_choice,
    question_table,
    search_list,
)
from dashboard.components.submissions.drawing import Drawing
from dashboard.intake.new_streets import NotRegistrable, Unlisted, registered
from dashboard.intake.sheet_preview import SheetPreview
from dashboard.intake.understanding.remembered_answers import STREET as OF_STREET

MOST_LABELS = 60  # unknown areas of one sheet that are asked at once


def streets_part(drawing: Drawing, sheet: SheetPreview, place: int) -> list[Component]:
    """The question about a sheet's unknown streets; empty where there is none."""
    unlisted, language = sheet.unlisted, drawing.language
    labels = _labels(drawing, sheet, place)
    if unlisted is None or not unlisted.names:
        return labels
    drawing.outline["streets"][str(place)] = [unlisted.district, *unlisted.names]
    count, comma = len(unlisted.names), word("list_comma", language)
    names = comma.join(safe(name, 40) for name in unlisted.names)
    parts: list[Component] = [html.P(word("streets_unknown", language, count=count, names=names))]
    if unlisted.district:
        district = drawing.desk.areas().name_of(unlisted.district, language)
        label = word("streets_register_under", language, count=count, district=safe(district, 40))
    else:
        parts.append(_district(drawing, sheet, unlisted, place))
        label = word("streets_register", language, count=count)
    button = dbc.Button(label, id=ids.register_streets(place), color="primary", size="sm")
    return [*labels, html.Div([*parts, button], className="register-question")]


def _labels(drawing: Drawing, sheet: SheetPreview, place: int) -> list[Component]:
    """Which known area each unknown label is, or that its rows are left out; what was answered
    stays to be changed."""
    language, receipt = drawing.language, sheet.receipt
    given = {
        name.removeprefix(OF_STREET): area
        for name, area in sheet.remembered.items()
        if name.startswith(OF_STREET)
    }
    given |= labels_of(drawing.answers, receipt.file, receipt.sheet)
    labels = list(dict.fromkeys([*(sheet.unlisted.labels if sheet.unlisted else ()), *given]))
    choices = [*areas_below(drawing.desk, receipt.area, language), leave_out_choice(language)]
    is_new = len(choices) < 2 and sheet.unlisted is not None and sheet.unlisted.names
    if not labels or (is_new and not given):  # a bureau without streets has none to choose
        return []
    labels = labels[:MOST_LABELS]
    drawing.outline["labels"][str(place)] = labels
    rows = []
    for number, label in enumerate(labels):
        control, value = sheet_control(f"{LABEL}{number}", place), given.get(label, "")
        drawing.outline["shown"][written(control)] = value
        chosen = drawing.desk.areas().get(value)
        known = {choice["value"] for choice in choices}
        more = [area_choice(chosen, language)] if chosen and chosen.code not in known else []
        hint = word("streets_choose", language)
        choice = search_list(control, [*more, *choices], value, hint, language)
        name = html.Label(html.Bdi(safe(label, 40)), htmlFor=written(control))
        kind = "" if value else "is-asked"
        rows.append(html.Tr([html.Th(name, scope="row"), html.Td(choice)], className=kind))
    return question_table(word("streets_which", language), rows, "unknown-lines unknown-areas")


def _district(drawing: Drawing, sheet: SheetPreview, unlisted: Unlisted, place: int) -> Component:
    """The fields for the name and the code of a district that is registered too."""
    language, receipt = drawing.language, sheet.receipt
    given = {
        what: text
        for file, name, what, text in drawing.answers["sheets"]
        if (file, name) == (receipt.file, receipt.sheet)
    }
    fields: list[Component] = [html.P(word("streets_district", language))]
    for what, proposed, longest in (
        (DISTRICT_NAME, unlisted.title, 40),
        (DISTRICT_CODE, "", 6),
    ):
        control = sheet_control(what, place)
        value = given.get(what, proposed)
        drawing.outline["shown"][written(control)] = ""  # what is proposed counts when it is sent
        drawing.outline["proposed"][written(control)] = value
        field = dbc.Input(
            id=control,
            value=value,
            size="sm",
            maxlength=longest,
            placeholder=word(f"streets_{what}_hint", language),
            autocomplete="off",
        )
        label = html.Label(word(f"streets_{what}", language), htmlFor=written(control))
        fields.append(html.Div([label, field], className="filter"))
    return html.Div(fields, className="district-fields")


def registered_part(drawing: Drawing) -> Component | None:
    """The areas that go in with the files, and the button that takes them back."""
    new, language = areas_of(drawing.answers), drawing.language
    if not new:
        return None
    head = [
        Cell(word(f"streets_{name}", language), scope="col") for name in ("code", "name", "level")
    ]
    rows = [
        Row(
            [
                Cell(area.code, code=True),
                Cell(area.name[language]),
                Cell(word(f"streets_level_{area.level}", language)),
            ]
        )
        for area in new
    ]
    title = word("streets_with_files", language, count=len(new))
    back = dbc.Button(
        word("streets_take_back", language),
        id=ids.register_streets(-1),
        color="secondary",
        outline=True,
        size="sm",
    )
    table = real_table(title, [Row(head)], rows, kind="new-areas", quiet=True)
    return html.Section([html.H3(title), table, back], className="sheet-part")


def with_streets(answers: Answers, outline: Outline, place: int, areas: Areas) -> Answers:
    """The answers with the streets of the sheet at ``place`` to be registered.

    A negative place takes all back. Raises NotRegistrable.
    """
    if place < 0:
        return {**answers, "areas": []}
    district_code, *names = outline["streets"].get(str(place), [""])
    if not names:
        raise NotRegistrable("work_gone")
    file, sheet = outline["sheets"][place]
    given = {
        what: text for of, name, what, text in answers["sheets"] if (of, name) == (file, sheet)
    }
    new = areas_of(answers)
    known = areas.joined(new)
    district = f"{given.get(DISTRICT_CODE, '')}={given.get(DISTRICT_NAME, '')}"
    if not district_code and not given.get(DISTRICT_NAME, "").strip():
        raise NotRegistrable("register_district_name")
    new += registered([Unlisted(tuple(names), district_code)], district, known)
    return {**answers, "areas": [area_row(area) for area in new]}
