"""Builds a chart's card: title, badge, figure, sentence, table, downloads, source."""

from __future__ import annotations

import json
from collections.abc import Mapping

from dash import dcc, html
from dash.development.base_component import Component

from dashboard.base.language import word
from dashboard.catalogue.outlines import bounds
from dashboard.catalogue.periods import name as period_name
from dashboard.catalogue.periods import parse
from dashboard.catalogue.topics import Kind
from dashboard.charts.model.chart import Chart
from dashboard.charts.model.selection import OWN_AXIS, SHARED_AXIS, TILES, Selection
from dashboard.charts.plotly.figures import figure
from dashboard.charts.plotly.layout import without_demo_mark
from dashboard.components.figures.small_trends import small_trends
from dashboard.components.figures.tables import figures_table
from dashboard.components.shell import ids
from dashboard.components.shell.address import ChartLinks, export_link, link
from dashboard.components.shell.agenda_button import agenda_button
from dashboard.components.shell.attributes import aria, data
from dashboard.components.shell.more_rows import more_rows
from dashboard.components.shell.phrases import clauses
from dashboard.components.shell.tags import badge

PLOTLY_LOCALE = {"zh": "zh-CN", "en": "en"}
NO_FIGURE = {Kind.TABLE}  # shown as the real table straight away
WIDEST_TILE = 220  # pixels
FEW = 6  # rows of a table that may stand open
IMAGES = ("png", "svg")
FILES = ("csv", "xlsx")


def _head(chart: Chart, name: str, menu: Component | None = None) -> Component:
    grade = badge(chart.grade, chart.is_demo, chart.language) if chart.grade else None
    return html.Div(
        [
            html.Div(
                [
                    html.H3(clauses(chart.headline), id=f"{name}-title"),
                    html.P(chart.explained, className="subtitle") if chart.subtitle else None,
                ]
            ),
            html.Div([grade, menu], className="card-corner"),
        ],
        className="card-head",
    )


def _steps(chart: Chart, door: ChartLinks) -> Component | None:
    """Links that walk a trend by year, month or since January; the choice is in the address."""
    if len(chart.alternatives) < 2:
        return None
    language = chart.language
    links = [
        _segment(
            word(f"step_{step}", language),
            link(door.path, door.selection, step=step),
            is_on=step == chart.step,
        )
        for step in chart.alternatives
    ]
    return html.Div(links, className="segments", role="group", **aria(label=word("step", language)))


def _segment(text: str, href: str, *, is_on: bool) -> Component:
    """One of several links that stand in a row; the one in force is marked."""
    return html.A(
        text,
        href=href,
        className="segment is-on" if is_on else "segment",
        **(aria(current="true") if is_on else {}),
    )


def _since(chart: Chart, door: ChartLinks) -> Component | None:
    """Links to the earlier periods a change can be counted from; the choice is in the address."""
    if not chart.earlier:
        return None
    language = chart.language
    chosen = period_name(parse(chart.since).end, language)
    links = [
        html.Li(
            html.A(
                period_name(period, language),
                href=link(door.path, door.selection, since=period),
                **(aria(current="true") if str(period) == chart.since else {}),
            )
        )
        for period in (parse(text).end for text in chart.earlier)
    ]
    return html.Details(
        [html.Summary([word("why_since", language), html.Strong(chosen)]), html.Ul(links)],
        className="since-choice",
    )


def _forms(chart: Chart, door: ChartLinks) -> Component | None:
    """Links that draw a map with outlines or with tiles; the choice is in the address."""
    if chart.map is None or len(chart.map.forms) < 2:
        return None
    language = chart.language
    links = [
        _segment(
            word(f"map_form_{form}", language),
            link(door.path, door.selection, shape=form),
            is_on=form == chart.map.form,
        )
        for form in chart.map.forms
    ]
    return html.Div(
        links, className="segments", role="group", **aria(label=word("map_form", language))
    )


def _axes(chart: Chart, door: ChartLinks) -> Component | None:
    """Links that show a table of streets alone or with small trends; kept in the address."""
    if chart.small is None:
        return None
    language = chart.language
    links = [
        _segment(
            word(f"small_trends_{axis or 'none'}", language),
            link(door.path, door.selection, shape=axis),
            is_on=axis == chart.small.axis,
        )
        for axis in ("", OWN_AXIS, SHARED_AXIS)
    ]
    label = aria(label=word("map_form", language))
    return html.Div(links, className="segments", role="group", **label)


def _room(chart: Chart, height: int) -> dict[str, str]:
    """How high a figure is; a map no higher than its outlines, no wider than its tiles need."""
    room = {"height": f"calc({height}px * var(--figure-scale))"}
    if chart.map is not None:
        west, south, east, north = bounds(
            point for shape in chart.map.shapes for ring in shape.rings for point in ring
        )
        if chart.map.form == TILES:
            room["maxWidth"] = f"{max(round(east - west) * WIDEST_TILE, 320)}px"
        else:
            share = (north - south) / max(east - west, 1e-9)
            room["maxHeight"] = f"calc({share * 82:.0f}vw + 150px)"  # and its legend, on a phone
    return room


def graph_config(language: str) -> dcc.Graph.Config:
    """How plotly draws every figure: without its own buttons, and sending nothing anywhere."""
    return {
        "displayModeBar": False,
        "displaylogo": False,
        "showSendToCloud": False,
        "responsive": True,
        "locale": PLOTLY_LOCALE[language],
        "scrollZoom": False,
    }


def _graph(chart: Chart, ref: str, name: str) -> Component:
    # The card carries the demo mark as a badge; a picture is given it again when it leaves.
    drawn = without_demo_mark(figure(chart))
    layout = drawn["layout"]
    height = layout.get("height")
    room = _room(chart, height) if height else {}
    graph = dcc.Graph(
        id=ids.graph(ref),
        figure=drawn,
        config=graph_config(chart.language),
        responsive=True,
        style=room or None,
        className="graph",
    )
    described = aria(label=chart.headline, describedby=f"{name}-sentence")
    # The graph has no height before its script is there: the room around it is kept for it.
    high = [room[side] for side in ("height", "maxHeight") if side in room]
    least = {"minHeight": f"min({', '.join(high)})"} if high else None
    return html.Div(graph, role="img", className="figure", style=least, **described)


def _more_bars(chart: Chart) -> Component | None:
    """The line that shows all bars of a long ranking; of one with a good direction the last ones
    stand open, who are furthest behind.
    """
    folded = more_rows(len(chart.keys), chart.language) if chart.kind is Kind.BAR else None
    if folded is not None and any(chart.worse):
        folded.className += " is-worst"  # type: ignore[attr-defined]
    return folded


def _drawing(chart: Chart, ref: str, name: str, door: ChartLinks) -> Component:
    """The figure; where one line has three values at most, these as a row of numbers."""
    if not chart.has_few_values:
        return _graph(chart, ref, name)
    shown = chart.series[0]
    numbers = []
    for place, text in enumerate(shown.texts):
        if shown.values[place] is not None:
            href = door.of(chart.key_kind, chart.keys[place])
            period = chart.categories[place]
            label: Component | str = html.A(period, href=href) if href else period
            numbers.append(html.Li([html.Span(label), html.Strong(text)]))
    return html.Ul(numbers, className="few-values")


def _button(action: str, text: str, name: str) -> Component:
    labelled = aria(describedby=f"{name}-title") | data(action=action)
    return html.Button(text, type="button", className="tool", **labelled)


def _export_menu(chart: Chart, ref: str, name: str, drawn: Selection) -> Component:
    """All that a card gives away, behind one word: pictures, tables, and the dialog of choices."""
    pictured = chart.kind not in NO_FIGURE and not chart.has_few_values
    files = {kind: export_link(ref, kind, drawn) for kind in FILES}
    return export_menu(files, chart.language, name, pictured)


def export_menu(
    files: Mapping[str, str], language: str, name: str, pictured: bool, dialog: bool = True
) -> Component:
    """Pictures where there is a figure, ``files`` by their ending with their addresses, and the
    ``dialog`` of choices; ``name`` is the card's.
    """
    entries: list[Component] = []
    if pictured:
        entries += [_button(kind, word(f"tool_{kind}", language), name) for kind in IMAGES]
    entries += [
        html.A(
            word(f"tool_{kind}", language),
            href=href,
            download="",
            className="tool",
            **aria(describedby=f"{name}-title"),
        )
        for kind, href in files.items()
    ]
    if dialog:
        entries.append(_button("export", word("tool_more", language), name))
    summary = html.Summary(
        word("tool_export", language), className="tool", **aria(describedby=f"{name}-title")
    )
    return html.Details([summary, html.Div(entries)], className="tools export-menu")


def _tools(chart: Chart, ref: str, name: str, door: ChartLinks, drawn: Selection) -> Component:
    language = chart.language
    explanation = _explanation_link(chart, name, door, drawn)
    tools: list[Component] = [explanation] if explanation else []
    tools += agenda_button(language, "chart", ref, drawn, f"{name}-title")
    tools.append(_button("fullscreen", word("tool_fullscreen", language), name))
    return html.Div(tools, className="tools", role="group", **aria(label=word("tool", language)))


def _explanation_link(
    chart: Chart, name: str, door: ChartLinks, drawn: Selection
) -> Component | None:
    """Of a topic's card: the way to what explains the change of its first figure."""
    keys = (key for row in chart.table.figures for key in row if key is not None)
    first = next(keys, None)
    if first is None or not door.path.startswith("/topic/"):
        return None
    place = ids.slug(f"indicator:{first.indicator}/why")
    return html.A(
        word("why_link", chart.language),
        href=f"{link(f'/indicators/{first.indicator}', drawn)}#chart-{place}-title",
        className="tool",
        **aria(describedby=f"{name}-title"),
    )


def _table(chart: Chart, door: ChartLinks) -> Component:
    if chart.kind in NO_FIGURE:
        return figures_table(chart, door)
    return html.Details(
        [html.Summary(word("tool_table", chart.language)), figures_table(chart, door)],
        className="table-view",
        # The few parts of a whole are drawn as shares: their amounts stand below at once.
        open=chart.kind is Kind.COMPOSITION and len(chart.categories) <= FEW,
    )


def empty_card(chart: Chart, name: str) -> list[Component]:
    """A card without figures: which chart, and an honest sentence why."""
    return [
        html.Article(
            [_head(chart, name), html.P(chart.empty, className="empty")],
            className="panel-card chart-card is-empty",
            **aria(labelledby=f"{name}-title"),
        )
    ]


def chart_card(chart: Chart, ref: str, door: ChartLinks, drawn: Selection) -> list[Component]:
    """One chart with everything that belongs to it. ``ref`` names it for exports and clicks.

    ``drawn`` is the selection the chart was made with: on a street's page its area is the street,
    while the doors keep the reader's own area.
    """
    name = "chart-" + ids.slug(ref)
    if chart.empty:
        return empty_card(chart, name)
    doors, said = door.all(chart), chart.is_one_sided
    carried = aria(labelledby=f"{name}-title")
    carried |= data(ref=ref, doors=json.dumps(doors, ensure_ascii=False))
    return [
        html.Article(
            [
                _head(chart, name, _export_menu(chart, ref, name, drawn)),
                _steps(chart, door),
                _since(chart, door),
                _forms(chart, door),
                _axes(chart, door),
                small_trends(chart, door),
                None if said or chart.kind in NO_FIGURE else _drawing(chart, ref, name, door),
                _more_bars(chart),
                html.P(chart.sentence, id=f"{name}-sentence", className="sentence"),
                html.Ul([html.Li(note) for note in chart.notes], className="notes")
                if chart.notes
                else None,
                _table(chart, door),
                html.Div(
                    [
                        _tools(chart, ref, name, door, drawn),
                        html.P(chart.source, className="source", title=chart.source)
                        if chart.source
                        else None,
                    ],
                    className="card-foot",
                ),
            ],
            className=f"panel-card chart-card kind-{chart.kind}" + (" has-doors" if doors else ""),
            **carried,
        )
    ]
