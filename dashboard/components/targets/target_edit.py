"""Builds the dialog that adds or changes a target: its fields, the result, the reason."""

from __future__ import annotations

from collections.abc import Mapping

import dash_bootstrap_components as dbc
from dash import dcc, html
from dash.development.base_component import Component

from dashboard.analysis.actuals import is_flow
from dashboard.analysis.progress import Progress
from dashboard.base.language import word
from dashboard.charts.model.selection import Selection
from dashboard.components.shell import ids
from dashboard.components.shell.attributes import aria
from dashboard.components.shell.dialog import form_dialog
from dashboard.components.shell.fields import signature_field, text_field
from dashboard.components.shell.headings import area_name
from dashboard.components.shell.role_parts import for_role
from dashboard.components.targets.bullets import bullet
from dashboard.components.targets.target_list import words_of
from dashboard.components.targets.target_page import status_tag
from dashboard.intake.forms.layouts.target_words import KINDS, PATHS
from dashboard.services.access.person import Role
from dashboard.services.front_desk import FrontDesk

WHAT = ("indicator", "area")  # fixed once a target is there
FIELDS = (
    "period",
    "kind",
    "value",
    "unit",
    "since",
    "base",
    "base_period",
    "owner",
    "tolerance",
    "path",
    "milestones",
    "source",
)
ROLES = (*WHAT, *FIELDS)
HINTED = ("period", "value", "base", "tolerance", "milestones", "since")
CHOICES: dict[str, list[tuple[str, tuple[str, ...]]]] = {
    "kind": [(str(kind), words) for kind, words in KINDS.items()],
    "path": [(str(path), words) for path, words in PATHS.items()],
}
WORDS_AT = {"zh": 1, "en": 0}


def _control(role: str, name: str, value: object, language: str, fixed: bool) -> Component:
    if role in CHOICES:
        options = [
            {"label": word(f"{role}_{choice}", language), "value": words[WORDS_AT[language]]}
            for choice, words in CHOICES[role]
        ]
        return dbc.Select(id=name, options=options, value=str(value or options[0]["value"]))
    hint = word(f"hint_{role}", language) if role in HINTED else ""
    shown = "" if value is None else str(value)
    return dbc.Input(id=name, value=shown, placeholder=hint, readonly=fixed, autoComplete="off")


def _field(role: str, values: Mapping[str, object], language: str, fixed: bool) -> Component:
    name = ids.target_field(role)
    wide = " is-wide" if role in ("milestones", "source", "indicator") else ""
    control = _control(role, name, values.get(role), language, fixed)
    label = html.Label(word(f"role_{role}", language), htmlFor=name)
    return html.Div([label, control], className="filter" + wide)


def _named_area(desk: FrontDesk, code: str, language: str) -> str:
    """The area's name; its code where several have this name."""
    name = area_name(desk, code, language)
    return name if [place.code for place in desk.areas().find(name)] == [code] else code


def dialog(desk: FrontDesk, selection: Selection, name: str = "") -> Component:
    """The dialog, closed; of the target of this id, or of a new one."""
    language = selection.language
    period = selection.period
    values: Mapping[str, object] = (
        desk.editing.cells(name, language)
        if name
        else {
            "area": _named_area(desk, selection.area, language),
            "period": str(period.year) if period else "",
        }
    )
    what = [_field(role, values, language, bool(name)) for role in WHAT]
    if not name:
        listed = [
            html.Option(value=indicator.name[language])
            for indicator in desk.catalogue.indicators.values()
        ]
        what[0].children[1].list = ids.TARGET_INDICATORS
        what.append(html.Datalist(listed, id=ids.TARGET_INDICATORS))
    title = word("target_edit" if name else "target_add", language)
    if name:  # what it counts and where stands in the title; it cannot be altered
        shown = desk.catalogue.indicators[str(values["indicator"])].name[language]
        place = area_name(desk, str(values["area"]), language)
        title = word("target_edit_of", language, title=title, name=shown, area=place)
        what = [html.Div(what, hidden=True)]
    body = [
        html.P(word("target_edit_text", language), className="muted"),
        html.Div(
            [*what, *(_field(role, values, language, False) for role in FIELDS)],
            className="edit-grid",
        ),
        html.Div(
            [
                signature_field("locks_by", ids.TARGET_BY, language),
                text_field("locks_reason", ids.TARGET_REASON, language),
            ],
            className="edit-grid",
        ),
    ]
    answers = [
        html.Div(id=ids.TARGET_TRIED, className="target-tried", **aria(live="polite")),
        html.P(id=ids.TARGET_MESSAGE, role="alert", className="form-message"),
    ]
    buttons = [
        dbc.Button(word("target_try", language), id=ids.TARGET_TRY, color="primary", outline=True),
        dbc.Button(word("target_save", language), id=ids.TARGET_SAVE, color="primary"),
        dbc.Button(
            word("target_retire", language),
            id=ids.TARGET_RETIRE,
            color="danger",
            outline=True,
            style={} if name else {"display": "none"},
        ),
        dbc.Button(
            word("commentary_cancel", language),
            id=ids.TARGET_CLOSE,
            color="secondary",
            outline=True,
        ),
    ]
    return html.Div(
        [
            form_dialog(
                ids.TARGET_DIALOG,
                dbc.ModalTitle(title, id=ids.TARGET_TITLE),
                body,
                answers,
                buttons,
            ),
            dcc.Store(id=ids.TARGET_OF, data=name),
            dcc.Store(id=ids.TARGET_TURN),
        ]
    )


def opener(language: str, key: str, name: str = ids.TARGET_OPEN) -> Component:
    """The button that opens the dialog; ``name`` is its id."""
    button = dbc.Button(
        word(key, language),
        id=name,
        color="primary",
        outline=True,
        size="sm",
        class_name="edit-mark",
    )
    return for_role(Role.EDITOR, button)


def tried(
    desk: FrontDesk, row: Progress, before: Progress | None, selection: Selection
) -> Component:
    """How the target would stand as it is typed, beside how it stands now."""
    language, words = selection.language, words_of(desk, row, selection.language)
    drawing = bullet(row, is_flow(words.indicator), words.sentence, 420)
    now: list[Component | str] = []
    if before is not None:
        now = [word("target_now", language), " ", status_tag(before, language), " → "]
    return html.Div(
        [
            html.P([*now, word("target_then", language), " ", status_tag(row, language)]),
            drawing.component() if drawing else None,
            html.P(words.sentence, className="sentence"),
            html.P(words.clock, className="muted"),
        ]
    )
