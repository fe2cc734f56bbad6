"""Builds the list of indicators, and the page of an indicator: its definition, its coverage."""

from __future__ import annotations

from collections.abc import Sequence

import dash_bootstrap_components as dbc
from dash import html
from dash.development.base_component import Component

from dashboard.base.language import word
from dashboard.catalogue import periods
from dashboard.catalogue.concepts import Indicator
from dashboard.catalogue.lookup import FormLine
from dashboard.catalogue.periods import Period
from dashboard.charts.model.selection import Selection
from dashboard.components.figures.indicator_choice import EVERY, ListChoice, chips, narrowed
from dashboard.components.figures.indicator_rows import (
    ListFigures,
    indicator_groups,
    marks_of_all,
    shown_tiles,
    targets_by_indicator,
)
from dashboard.components.shell import ids
from dashboard.components.shell.address import link
from dashboard.components.shell.card import card
from dashboard.components.shell.headings import area_name
from dashboard.components.shell.phrases import dotted
from dashboard.components.shell.real_table import Cell, Row, head_row, real_table
from dashboard.services.front_desk import FrontDesk


def basis(indicator: Indicator, language: str) -> str:
    """Where the definition comes from; an own catalogue may name a source of its own."""
    known = word(f"basis_{indicator.source}", language)
    return indicator.source or "—" if known.startswith("basis_") else known


def search_bar(desk: FrontDesk, selection: Selection, text: str, topic: str) -> Component:
    """A search box and a choice of topic; the list below follows while one types."""
    language = selection.language
    topics = [{"label": word("indicators_every_topic", language), "value": EVERY}]
    topics += [{"label": t.title[language], "value": t.id} for t in desk.catalogue.topic_order()]
    return html.Div(
        [
            html.Div(
                [
                    _hidden_label("indicators_search", ids.INDICATOR_SEARCH, language),
                    dbc.Input(
                        id=ids.INDICATOR_SEARCH,
                        type="search",
                        value=text,
                        debounce=250,
                        placeholder=word("indicators_placeholder", language),
                    ),
                ],
                className="filter filter-search",
            ),
            html.Div(
                [
                    _hidden_label("indicators_topic", ids.INDICATOR_TOPIC, language),
                    dbc.Select(id=ids.INDICATOR_TOPIC, options=topics, value=topic or EVERY),
                ],
                className="filter",
            ),
        ],
        className="search-bar",
        role="search",
    )


def _hidden_label(key: str, field: str, language: str) -> Component:
    """The name of a field that its placeholder or its value says to the eye."""
    return html.Label(word(key, language), htmlFor=field, className="visually-hidden")


def _span(first: Period | None, last: Period | None, language: str) -> str:
    if first is None or last is None:
        return ""
    if first == last:
        return periods.name(last, language)
    return f"{periods.name(first, language)} – {periods.name(last, language)}"


def result_list(desk: FrontDesk, selection: Selection, choice: ListChoice) -> list[Component]:
    """The indicators found, a block a topic, each with its value, change and trend in the area."""
    language, text = selection.language, choice.text
    rows = desk.directory.search(text, choice.topic)
    tiles = shown_tiles(desk, rows, selection)
    counts = {"count": len(rows), "known": len(tiles)}
    compared = any(tile.short for tile in tiles.values())
    text_of_count = dotted(
        area_name(desk, selection.area, language) if tiles else "",
        periods.name(selection.period, language) if tiles and selection.period else "",
        word(f"compared_{selection.comparison}", language) if compared else "",
        word("indicators_count", language, **counts),
        *marks_of_all(tiles.values()),
    )
    count = html.P(text_of_count, role="status", className="muted")
    if not rows:
        return [count, html.P(word("indicators_none", language, text=text), className="empty")]
    targets = targets_by_indicator(desk, selection)
    head = html.Div([count, chips(rows, tiles, targets, choice, selection)], className="list-head")
    shown = narrowed(rows, tiles, targets, choice.show, selection)
    if not shown:
        return [head, html.P(word("indicators_none_such", language), className="empty")]
    figures = ListFigures(tiles, targets, choice.is_narrowed)
    return [head, *indicator_groups(desk, shown, figures, selection)]


def topic_links(desk: FrontDesk, topic_id: str, selection: Selection) -> list[Component]:
    """The indicators of a topic's tiles and charts, and the way to all the others."""
    language, known = selection.language, desk.catalogue.indicators
    topic = desk.catalogue.topics[topic_id]
    shown = [*topic.headline, *(name for chart in topic.charts for name in chart.indicators)]
    links = [
        html.A(known[name].name[language], href=link(f"/indicators/{name}", selection))
        for name in dict.fromkeys(shown)
    ]
    count = sum(meaning.topic == topic_id for meaning in known.values())
    everything = link("/indicators", selection) + f"&topic={topic_id}"
    links.append(html.A(word("topic_all", language, count=count), href=everything))
    body = html.Ul([html.Li(each) for each in links], className="chips")
    return [card(word("topic_indicators", language), [body])]


def _related(indicator: Indicator | None, selection: Selection) -> Component | str:
    if indicator is None:
        return "—"
    return html.A(
        indicator.name[selection.language], href=link(f"/indicators/{indicator.id}", selection)
    )


def definition(desk: FrontDesk, indicator_id: str, selection: Selection) -> list[Component]:
    """What the indicator counts and how it may be read, with its official codes."""
    language, page = selection.language, desk.directory.page(indicator_id, selection)
    indicator: Indicator = page.indicator
    all_known = desk.catalogue.indicators
    facts: list[tuple[str, str | Component]] = [
        ("unit", indicator.unit.name[language]),
        ("accumulation", word(f"accumulation_{indicator.accumulation}", language)),
        ("aggregation", word(f"aggregation_{indicator.aggregation}", language)),
        ("polarity", word(f"polarity_{indicator.polarity}", language)),
        ("source", basis(indicator, language)),
    ]
    if indicator.numerator:
        sides = [_related(all_known.get(indicator.numerator), selection), " ÷ "]
        facts.append(
            (
                "ratio",
                html.Span([*sides, _related(all_known.get(indicator.denominator), selection)]),
            )
        )
    if page.parent is not None:
        facts.append(("parent", _related(page.parent, selection)))
    if page.children:
        parts = [html.Li(_related(child, selection)) for child in page.children]
        facts.append(("children", html.Ul(parts, className="chips")))
    pairs = [
        html.Div(
            [html.Dt(word(f"indicator_{key}", language)), html.Dd(value)],
            className="is-wide" if key == "children" else None,
        )
        for key, value in facts
    ]
    text = html.P(indicator.definition[language], className="lead-text")
    body: list[Component | None] = [text, html.Dl(pairs, className="facts")]
    if page.codes:
        body.append(_codes(page.codes, language))
    return [card(word("indicator_definition", language), body)]


def _codes(codes: Sequence[FormLine], language: str) -> Component:
    columns = ("form", "edition", "code", "name", "unit")
    head = head_row("code", columns, language)
    rows = [
        Row(
            [
                Cell(line.form, scope="row"),
                *(Cell(getattr(line, name) or "—") for name in columns[1:]),
            ]
        )
        for line in codes
    ]
    table = real_table(word("indicator_codes", language), [head], rows)
    summary = html.Summary(word("indicator_codes_count", language, count=len(rows)))
    return html.Details([summary, table], className="table-view")


def coverage(desk: FrontDesk, indicator_id: str, selection: Selection) -> list[Component]:
    """Which places have the indicator, from when to when; each leads to its own view."""
    language, page = selection.language, desk.directory.page(indicator_id, selection)
    title = word("indicator_coverage", language)
    if not page.coverage:
        return [card(title, [html.P(word("indicators_unknown", language), className="empty")])]
    head = [
        Cell(word("area", language), scope="col"),
        Cell(word("indicator_span", language), scope="col"),
        Cell(word("indicator_figures", language), scope="col", kind="number"),
    ]
    path = f"/indicators/{indicator_id}"
    rows = [
        Row(
            [
                Cell(
                    row.area.name[language],
                    scope="row",
                    href=link(path, selection, area=row.area.code, period=None),
                ),
                Cell(_span(row.first, row.last, language), key=str(row.first or "")),
                Cell(str(row.count), kind="number"),
            ]
        )
        for row in page.coverage
    ]
    return [card(title, [real_table(title, [Row(head)], rows, box="scroll-long", quiet=True)])]
