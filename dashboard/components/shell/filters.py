"""Builds the filter bar: area, period and comparison, always in the same place."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

import dash_bootstrap_components as dbc
from dash import dcc, html
from dash.development.base_component import Component

from dashboard.base.language import known_name, word
from dashboard.catalogue import periods
from dashboard.catalogue.periods import Period
from dashboard.charts.model.selection import COMPARISONS, Selection
from dashboard.components.shell import ids
from dashboard.components.shell.address import link
from dashboard.components.shell.attributes import aria, data

Choice = dict[str, object]


def depth(choice: Choice) -> int:
    """How many shown areas lie above this one."""
    level = choice["level"]
    return level if isinstance(level, int) else 0


def _existence(choice: Choice, chosen: Period | None, language: str) -> str:
    """That an area did not exist in the chosen period: since or until when it did."""
    first, last = str(choice["first"]), str(choice["last"])
    if chosen is not None and last and last < str(chosen):
        return word("filter_closed_mark", language, period=last)
    if chosen is not None and first > str(chosen):
        return word("filter_later_mark", language, period=first)
    return ""


def _area(choices: Sequence[Choice], area: str, chosen: Period | None, language: str) -> Component:
    mark = word("filter_demo_mark", language)
    options = []
    for c in choices:
        text = f"{c['label']}{mark if c['demo'] else ''}{_existence(c, chosen, language)}"
        label = html.Span(text, className=f"depth-{min(depth(c), 3)}") if depth(c) else text
        options.append({"label": label, "value": c["value"], "search": c["search"]})
    return html.Div(
        [
            html.Label(word("filter_area", language), htmlFor=ids.AREA),
            dcc.Dropdown(
                id=ids.AREA,
                options=options,
                value=area or None,
                clearable=False,
                maxHeight=380,
                placeholder=word("filter_area", language),
                labels={
                    "search": word("filter_search", language),
                    "clear_search": word("filter_clear", language),
                    "no_options_found": word("filter_none_found", language),
                },
            ),
        ],
        className="filter filter-area",
    )


def _step_link(
    path: str, selection: Selection, to: Period | None, key: str, sign: str
) -> Component:
    name = word(key, selection.language)
    if to is None:
        return html.Span(sign, className="step-link is-off", **aria(hidden="true"))
    text = f"{name}: {periods.name(to, selection.language)}"
    address = link(path, selection, period=to)
    return html.A(sign, href=address, className="step-link", title=text, **aria(label=text))


def _known(path: str, selection: Selection, days: Sequence[date]) -> Component:
    """Which state of knowledge is shown: a day of choice, the last hand-ins, the way back.

    The date field is made in the browser (assets/20-shell/known-date.js), for no component is one.
    """
    language, chosen = selection.language, selection.as_known
    day = chosen.astimezone().date() if isinstance(chosen, datetime) else chosen
    shown = word("known_latest", language) if chosen is None else str(day)
    if isinstance(chosen, datetime):
        shown = known_name(chosen, language)
    field = {
        "value": str(day or ""),
        "label": word("known_day", language),
        "button": word("known_show", language),
    }
    listed = [
        html.Li(
            html.A(
                str(day),
                href=link(path, selection, as_known=day),
                **(aria(current="true") if day == chosen else {}),
            )
        )
        for day in days
    ]
    hand_ins = [html.P(word("known_days", language), className="muted"), html.Ul(listed)]
    back = html.A(word("known_back", language), href=link(path, selection, as_known=None))
    return html.Details(
        [
            html.Summary([word("known_title", language), html.Strong(shown)]),
            html.Div(
                [
                    html.Div(**data(known=json.dumps(field, ensure_ascii=False))),
                    *(hand_ins if listed else []),
                    back if chosen else None,
                ],
                className="known-choice",
            ),
        ],
        className="known" + (" is-on" if chosen else ""),
    )


def _period_options(
    existing: Sequence[Period], chosen: Period | None, language: str
) -> list[Choice]:
    """The periods with figures; the chosen one first where it has none."""
    options: list[Choice] = [
        {"label": periods.name(period, language), "value": str(period)} for period in existing
    ]
    if chosen is not None and chosen not in existing:
        label = word("filter_no_figures", language, period=periods.name(chosen, language))
        options.insert(0, {"label": label, "value": str(chosen)})
    return options


def _period(
    path: str, existing: Sequence[Period], selection: Selection, days: Sequence[date]
) -> Component:
    language, chosen = selection.language, selection.period
    earlier = next((p for p in existing if chosen is not None and p < chosen), None)
    later = next((p for p in reversed(existing) if chosen is not None and p > chosen), None)
    return html.Div(
        [
            html.Label(word("filter_period", language), htmlFor=ids.PERIOD),
            html.Div(
                [
                    _step_link(path, selection, earlier, "filter_earlier", "‹"),
                    dbc.Select(
                        id=ids.PERIOD,
                        options=_period_options(existing, chosen, language),
                        value=str(chosen) if chosen else None,
                        size="sm",
                    ),
                    _step_link(path, selection, later, "filter_later", "›"),
                ],
                className="stepper",
            ),
            _known(path, selection, days),
        ],
        className="filter filter-period",
    )


def _comparison(selection: Selection) -> Component:
    language = selection.language
    return html.Fieldset(
        [
            html.Legend(word("filter_comparison", language)),
            dbc.RadioItems(
                id=ids.COMPARISON,
                options=[
                    {"label": word(f"comparison_{c}", language), "value": c} for c in COMPARISONS
                ],
                value=selection.comparison,
                className="segments",
                inputClassName="btn-check",
                labelClassName="segment",
                labelCheckedClassName="is-on",
            ),
        ],
        className="filter filter-comparison",
    )


@dataclass(frozen=True, slots=True)
class Offered:
    """What the controls offer: the areas, and of the page's area periods and days, newest first.

    ``days`` are those on which something was handed in for the area.
    """

    areas: Sequence[Choice]
    periods: Sequence[Period]
    days: Sequence[date] = ()


def filter_bar(path: str, offered: Offered, selection: Selection, area: str) -> list[Component]:
    """The controls with the selection in them.

    ``area`` is the one the page is about: on a street's page the street, not the reader's district.

    The store beside them says what they show, so that drawing them is not mistaken for a choice.
    """
    drawn = {
        "area": area,
        "period": str(selection.period) if selection.period else "",
        "compare": selection.comparison,
        "streets": [c["value"] for c in offered.areas if c["kind"] == "street"]
        if path.startswith("/street/")
        else [],
    }
    return [
        html.Div(
            [
                _area(offered.areas, area, selection.period, selection.language),
                _period(path, offered.periods, selection, offered.days),
                _comparison(selection),
            ],
            className="filter-bar",
        ),
        dcc.Store(id=ids.DRAWN, data=drawn),
    ]
