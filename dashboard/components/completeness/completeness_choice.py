"""Builds the choice of area, form and span of the board, in its address and in its controls."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import urlencode

from dash import dcc, html
from dash.development.base_component import Component

from dashboard.base.language import word
from dashboard.catalogue.areas import Areas
from dashboard.catalogue.concepts import Level
from dashboard.charts.model.selection import Selection
from dashboard.components.shell import ids
from dashboard.components.shell.address import link
from dashboard.components.shell.fields import selects
from dashboard.components.shell.filters import depth
from dashboard.services.front_desk import FrontDesk
from dashboard.services.submissions.completeness import Completeness
from dashboard.services.submissions.coverage import form_label

PAGE_PATH = "/completeness"
LAST = "last"  # the span of the last twelve months
ALL = "all"  # of the control: an empty value would show as nothing


@dataclass(frozen=True, slots=True)
class Choice:
    """What the board shows: an area, a form ("" for all), a span (LAST or a year), an open cell."""

    area: str
    form: str = ""
    span: str = LAST
    cell: str = ""

    def address(self, selection: Selection, cell: str = "") -> str:
        """The address of the board like this."""
        board = link(PAGE_PATH, selection, area=self.area)
        own = {"form": self.form, "span": "" if self.span == LAST else self.span, "cell": cell}
        chosen = {name: value for name, value in own.items() if value}
        return f"{board}&{urlencode(chosen)}" if chosen else board


def choice_of(areas: Areas, query: Mapping[str, str], selection: Selection) -> Choice:
    """What an address asks for; the board of a street is that of the area above it."""
    place = areas.get(selection.area)
    street = place is not None and place.level is Level.STREET and place.parent
    area = place.parent if place is not None and street else selection.area
    span = query.get("span", LAST)
    cell = query.get("cell", "")
    return Choice(area, query.get("form", ""), span if span.isdecimal() else LAST, cell)


def controls(
    desk: FrontDesk, choice: Choice, board: Completeness, selection: Selection
) -> Component:
    """Area, form and span."""
    language = selection.language
    areas = [
        {"label": "　" * depth(c) + str(c["label"]), "value": str(c["value"])}
        for c in desk.selections.area_choices(language)
        if c["kind"] != "street"
    ]
    forms = [{"label": word("completeness_all_forms", language), "value": ALL}]
    forms += [
        {"label": form_label(form, language, layout=True), "value": name}
        for name, form in board.forms.items()
    ]
    years = sorted({p.year for p in board.periods()}, reverse=True)
    spans = [{"label": word("completeness_last", language), "value": LAST}]
    spans += [
        {"label": word("completeness_year", language, year=year), "value": str(year)}
        for year in years
    ]
    form = choice.form if choice.form in board.forms else ALL
    fields = [
        ("completeness_area", ids.COMPLETENESS_AREA, areas, choice.area),
        ("completeness_form", ids.COMPLETENESS_FORM, forms, form),
        ("completeness_span", ids.COMPLETENESS_SPAN, spans, choice.span),
    ]
    drawn = {"area": choice.area, "form": form, "span": choice.span}
    store = dcc.Store(id=ids.COMPLETENESS_DRAWN, data=drawn)
    return html.Div([*selects(fields, language), store], className="filter-bar")
