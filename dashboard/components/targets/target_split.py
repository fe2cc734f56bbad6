"""Builds the dialog that divides a target over the areas below: method, parts, reason."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from decimal import Decimal

import dash_bootstrap_components as dbc
from dash import dcc, html
from dash.development.base_component import Component

from dashboard.analysis.division import Divided
from dashboard.base.language import Scale, number, word
from dashboard.catalogue.concepts import Indicator
from dashboard.catalogue.targets import Target
from dashboard.charts.model.selection import Selection
from dashboard.charts.text.wording import period_name, plain, quantity, scale_of
from dashboard.components.shell import ids
from dashboard.components.shell.attributes import aria
from dashboard.components.shell.dialog import form_dialog
from dashboard.components.shell.fields import signature_field, text_field
from dashboard.components.shell.headings import area_name
from dashboard.components.shell.real_table import ABSENT, Cell, Row, real_table
from dashboard.components.targets.target_parts import adding_up
from dashboard.services.front_desk import FrontDesk

METHODS = ("last_year", "indicator", "evenly", "shares")
POPULATIONS = ("population", "elderly_population")  # what amounts are divided by most of all


def exact_scale(meaning: Indicator, values: Iterable[float], language: str) -> Scale:
    """Base units with as many places as the values have: parts and whole can be added up."""
    places = [-int(Decimal(repr(float(value))).normalize().as_tuple().exponent) for value in values]
    return Scale(1.0, meaning.unit.name[language], max([meaning.decimals, *places]))


def split_dialog(desk: FrontDesk, target: Target, selection: Selection) -> Component:
    """The dialog, closed. What it shows of the parts is computed when it opens."""
    language, meaning = selection.language, desk.catalogue.indicators[target.indicator]
    title = word(
        "target_edit_of",
        language,
        title=word("target_split", language),
        name=meaning.name[language],
        area=area_name(desk, target.area, language),
    )
    whole = quantity(target.value, exact_scale(meaning, [target.value], language), language)
    body = [
        html.P(word("split_text", language, value=whole), className="muted"),
        html.Div([_method(language), _basis(language)], className="edit-grid"),
        _shares(desk, target, language),
        html.Div(id=ids.SPLIT_PREVIEW, className="split-preview", **aria(live="polite")),
        html.Div(
            [
                signature_field("locks_by", ids.SPLIT_BY, language),
                text_field("locks_reason", ids.SPLIT_REASON, language),
            ],
            className="edit-grid",
        ),
    ]
    answers = [
        html.P(id=ids.SPLIT_INPUT_MESSAGE, role="alert", className="form-message"),
        html.P(id=ids.SPLIT_SAVE_MESSAGE, role="alert", className="form-message"),
    ]
    close = word("commentary_cancel", language)
    buttons = [
        dbc.Button(word("split_save", language), id=ids.SPLIT_SAVE, color="primary"),
        dbc.Button(close, id=ids.SPLIT_CLOSE, color="secondary", outline=True),
    ]
    return html.Div(
        [
            form_dialog(
                ids.SPLIT_DIALOG,
                dbc.ModalTitle(title, id=ids.SPLIT_TITLE),
                body,
                answers,
                buttons,
            ),
            dcc.Store(id=ids.SPLIT_OF, data=target.id),
        ]
    )


def _method(language: str) -> Component:
    options = [
        {"label": word(f"split_by_{method}", language), "value": method} for method in METHODS
    ]
    control = dbc.Select(id=ids.SPLIT_METHOD, options=options, value=METHODS[0])
    return html.Div(
        [html.Label(word("split_method", language), htmlFor=ids.SPLIT_METHOD), control],
        className="filter",
    )


def _basis(language: str) -> Component:
    control = dbc.Select(id=ids.SPLIT_BASIS, options=[])
    label = html.Label(word("split_basis", language), htmlFor=ids.SPLIT_BASIS)
    return html.Div([label, control], id=ids.SPLIT_BASIS_BOX, className="filter", hidden=True)


def _shares(desk: FrontDesk, target: Target, language: str) -> Component:
    fields = [
        html.Label(
            [
                html.Span(child.name[language]),
                dbc.Input(
                    id=ids.split_share(child.code),
                    inputMode="decimal",
                    debounce=True,
                    autoComplete="off",
                ),
            ],
            className="filter",
        )
        for child in desk.areas().children(target.area, target.period)
    ]
    hint = html.P(word("split_shares_text", language), className="muted")
    return html.Div(
        [hint, html.Div(fields, className="edit-grid split-shares")],
        id=ids.SPLIT_SHARES_BOX,
        hidden=True,
        role="group",
        **aria(label=word("split_by_shares", language)),
    )


def basis_options(desk: FrontDesk, bases: Iterable[str], language: str) -> list[dict[str, str]]:
    """Indicators to divide by: the population first, then what counts people."""
    meanings = [desk.catalogue.indicators[indicator] for indicator in bases]
    meanings = sorted(
        meanings, key=lambda m: (m.id not in POPULATIONS, m.unit.dimension != "persons")
    )
    return [{"label": meaning.name[language], "value": meaning.id} for meaning in meanings]


def _now(standing: Target | None, scale: Scale, language: str) -> str:
    """What an area has until now; "" where it has nothing."""
    return (
        word("split_now", language, value=plain(standing.value, scale, language))
        if standing
        else ""
    )


def divided_preview(desk: FrontDesk, divided: Divided, selection: Selection) -> list[Component]:
    """Each area's part with its share and what it rests on, and the sum; then what it replaces."""
    language, whole = selection.language, divided.whole
    meaning = desk.catalogue.indicators[whole.indicator]
    scale = exact_scale(meaning, [whole.value, *(part.value for part in divided.parts)], language)
    asked = quantity(whole.value, scale, language)
    count = len({part.area for part in divided.parts})
    sums = html.P(word("split_sum", language, value=asked, count=count), className="lead-text")
    texts = [html.P(text, className="muted") for text in _changes(desk, divided, language)]
    return [sums, _parts_table(desk, divided, scale, language), *texts]


def _parts_table(desk: FrontDesk, divided: Divided, scale: Scale, language: str) -> Component:
    """The table of the areas' parts, the sums in its last row."""
    values = {part.area: part.value for part in divided.parts}
    summed = math.fsum(divided.weights.values())
    shares = adding_up([100 * weight / summed for weight in divided.weights.values()], 0.1)
    printed = dict(zip(divided.weights, shares, strict=True))
    ground_head, grounds, ground_total = _grounds(desk, divided, language)
    head = [
        Cell(word("area", language), scope="col"),
        *ground_head,
        Cell(word("split_share", language), scope="col", kind="number"),
        Cell(word("split_part", language), scope="col", kind="number", small=scale.label),
    ]
    total = [
        Cell(word("target_parts_total", language), scope="row"),
        *ground_total,
        Cell(number(math.fsum(shares), 1, language) + "%", kind="number"),
        Cell(plain(math.fsum(values.values()), scale, language), kind="number"),
    ]
    rows = []
    for child in desk.areas().children(divided.whole.area, divided.whole.period):
        code = child.code
        share = number(printed[code], 1, language) + "%" if code in printed else ABSENT
        now = _now(divided.before.get(code), scale, language)
        cells = [Cell(child.name[language], scope="row")]
        cells += [Cell(grounds[code], kind="number")] if grounds else []
        cells += [
            Cell(share, kind="number"),
            Cell(plain(values.get(code), scale, language), kind="number", small=now),
        ]
        rows.append(Row(cells))
    return real_table(
        word("split_preview", language),
        [Row(head)],
        [*rows, Row(total, kind="summary")],
        kind="figures contributions",
        quiet=True,
    )


def _grounds(
    desk: FrontDesk, divided: Divided, language: str
) -> tuple[list[Cell], Mapping[str, str], list[Cell]]:
    """The column of what the parts rest on: heading, text of each area, sum; empty without one."""
    if not divided.basis or not divided.month:
        return [], {}, []
    basis = desk.catalogue.indicators[divided.basis]
    unit = scale_of(basis, list(divided.weights.values()), language)
    when = period_name(divided.month, basis, language)
    texts = {area: quantity(ground, unit, language) for area, ground in divided.weights.items()}
    summed = quantity(math.fsum(divided.weights.values()), unit, language)
    head = Cell(basis.name[language], scope="col", kind="number", small=when)
    return [head], texts, [Cell(summed, kind="number")]


def _changes(desk: FrontDesk, divided: Divided, language: str) -> list[str]:
    """Which targets below are replaced, and which count no more."""
    comma = word("list_comma", language)
    replaced = [part for part in divided.parts if part.area in divided.before]
    result = []
    if replaced:
        result.append(word("split_replaces", language, count=len(replaced)))
    if divided.over:
        names = comma.join(area_name(desk, target.area, language) for target in divided.over)
        result.append(word("split_ends", language, areas=names))
    return result
