"""Shows areas side by side: what is chosen, the table, one chart; all stands in the address."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from urllib.parse import urlencode

from dash import dcc, html
from dash.development.base_component import Component

from dashboard.base.language import word
from dashboard.catalogue.concepts import Aggregation, Area, Level
from dashboard.catalogue.periods import name as period_name
from dashboard.catalogue.topics import Topic
from dashboard.charts.kinds.tiles import Tile
from dashboard.charts.model.chart import Chart
from dashboard.charts.model.selection import Selection
from dashboard.charts.plotly.figures import figure
from dashboard.charts.plotly.layout import without_demo_mark
from dashboard.components.figures.cards import FILES, export_menu
from dashboard.components.figures.compare_proposals import proposal_list, proposals
from dashboard.components.figures.tables import figures_table
from dashboard.components.shell import ids
from dashboard.components.shell.address import ChartLinks, export_link, figure_tail, link
from dashboard.components.shell.attributes import aria, data
from dashboard.components.shell.real_table import Cell, Row, real_table
from dashboard.services.figures.side_by_side import (
    COMPARED,
    LAST_YEAR,
    MOST,
    NOT_COMPARED,
    TARGET,
    ComparedArea,
    ComparedRow,
)
from dashboard.services.front_desk import FrontDesk

PAGE_PATH = "/compare"
GRAPH = "compare/trend"
TopicRows = tuple[Topic, list[ComparedRow]]
SIGNS = {"better": "▲", "worse": "▼", "same": "＝"}


@dataclass(frozen=True, slots=True)
class CompareChoice:
    """Which areas, held against what, and whose course the chart shows ("" for the first)."""

    areas: tuple[str, ...]
    benchmark: str
    indicator: str

    def address(self, selection: Selection, **changes: object) -> str:
        """The address of this choice with changes made first."""
        chosen = replace(self, **changes)  # type: ignore[arg-type]
        own = {"areas": ",".join(chosen.areas), "with": chosen.benchmark}
        own |= {"indicator": chosen.indicator} if chosen.indicator else {}
        return link(PAGE_PATH, selection) + "&" + urlencode(own, safe=",")


def whole_of(desk: FrontDesk, selection: Selection) -> str:
    """The area whose parts can be chosen: the selected one, of a street the one above."""
    area = desk.areas().get(selection.area)
    is_street = area is not None and area.level is Level.STREET
    return area.parent if area is not None and is_street and area.parent else selection.area


def choice_of(desk: FrontDesk, asked: Mapping[str, str], selection: Selection) -> CompareChoice:
    """What an address asks for; unknown areas are left out, MOST at most are kept."""
    known = desk.areas()
    codes = dict.fromkeys(code.strip() for code in asked.get("areas", "").split(","))
    areas = tuple(area.code for code in codes if code and (area := known.get(code)))[:MOST]
    if not areas and selection.area != whole_of(desk, selection):
        areas = (selection.area,)
    benchmark = asked.get("with", "")
    if benchmark not in (LAST_YEAR, TARGET) and known.get(benchmark) is None:
        benchmark = whole_of(desk, selection)
    indicator = asked.get("indicator", "")
    return CompareChoice(
        areas, benchmark, indicator if indicator in desk.catalogue.indicators else ""
    )


def _segment(text: str, href: str, chosen: bool) -> Component:
    on = aria(current="true") if chosen else {}
    return html.A(text, href=href, className="segment" + " is-on" * chosen, **(on | data(page="1")))


def controls(desk: FrontDesk, choice: CompareChoice, selection: Selection) -> Component:
    """The areas chosen and those that can be added, the benchmark, the period; all as links."""
    language, known = selection.language, desk.areas()
    whole = whole_of(desk, selection)
    marks = [
        (whole, known.name_of(whole, language)),
        (LAST_YEAR, word("compare_year", language)),
        (TARGET, word("compare_target", language)),
        *((code, known.name_of(code, language)) for code in choice.areas if code != whole),
    ]
    benchmark = html.Div(
        [
            _segment(text, choice.address(selection, benchmark=code), code == choice.benchmark)
            for code, text in marks
        ],
        className="segments",
        role="group",
        **aria(label=word("compare_with", language)),
    )
    chosen = [
        html.Li(
            html.A(
                [known.name_of(code, language), html.Span(" ×", **aria(hidden="true"))],
                href=choice.address(
                    selection, areas=tuple(area for area in choice.areas if area != code)
                ),
                className="chip-link",
                title=word("compare_remove", language),
                **data(page="1"),
            )
        )
        for code in choice.areas
    ]
    return html.Div(
        [
            html.Ul(
                chosen, className="compare-chosen", **aria(label=word("compare_areas", language))
            )
            if chosen
            else None,
            _addable(desk, choice, selection),
            html.Div(
                [html.Span(word("compare_with", language), className="muted"), benchmark],
                className="compare-with",
            ),
            _periods(desk, choice, selection),
        ],
        className="compare-controls",
    )


def _addable(desk: FrontDesk, choice: CompareChoice, selection: Selection) -> Component | None:
    """The areas that can still be added, folded once two are chosen."""
    language = selection.language
    if len(choice.areas) >= MOST:
        return html.Span(word("compare_full", language, count=MOST), className="muted")
    streets, others = _choosable(desk, selection)
    groups = []
    below = [street.code for street in streets]
    for key, codes in (("compare_below", below), ("compare_others", others)):
        links = [
            html.Li(
                html.A(
                    desk.areas().name_of(code, language),
                    href=choice.address(selection, areas=(*choice.areas, code)),
                    **data(page="1"),
                )
            )
            for code in codes
            if code not in choice.areas
        ]
        if links:
            groups += [html.H3(word(key, language)), html.Ul(links)]
    if not groups:
        return None
    summary = html.Summary(word("compare_add", language), className="tool")
    return html.Details(
        [summary, html.Div(groups)], className="compare-add", open=len(choice.areas) == 1
    )


def _choosable(desk: FrontDesk, selection: Selection) -> tuple[list[Area], list[str]]:
    """The streets of the area and the other areas that have figures."""
    offered = desk.selections.area_choices(selection.language)
    with_figures = {str(one["value"]) for one in offered}
    below = desk.areas().children(whole_of(desk, selection))
    streets = [street for street in below if street.code in with_figures]
    return streets, [str(one["value"]) for one in offered if one["kind"] != Level.STREET]


def _proposed(desk: FrontDesk, choice: CompareChoice, selection: Selection) -> Component:
    """Sets of areas to begin with; a sentence where there are none."""
    streets, others = _choosable(desk, selection)
    made_up = {
        str(choice["value"]) for choice in desk.selections.area_choices("zh") if choice["demo"]
    }
    published = [code for code in others if code not in made_up]
    sets = proposals(desk, streets, published, selection)
    if not sets:
        return html.P(word("compare_none", selection.language, most=MOST), className="empty")
    addressed = [(proposal, choice.address(selection, areas=proposal.areas)) for proposal in sets]
    return proposal_list(desk, addressed, selection.language)


def _periods(desk: FrontDesk, choice: CompareChoice, selection: Selection) -> Component | None:
    """The period with the ones before and after it."""
    language, there = selection.language, desk.selections.periods(selection.area)
    if selection.period is None or selection.period not in there:
        return None
    at = there.index(selection.period)
    parts: list[Component] = []
    for sign, place in (("‹", at + 1), ("›", at - 1)):
        if 0 <= place < len(there):
            shown = replace(selection, period=there[place])
            label = aria(label=period_name(there[place], language))
            parts.append(
                html.A(
                    sign,
                    href=choice.address(shown),
                    className="step-link",
                    **label,
                    **data(page="1"),
                )
            )
    parts.insert(min(len(parts), 1), html.Strong(period_name(selection.period, language)))
    return html.Div(parts, className="stepper")


def compare_content(
    desk: FrontDesk, choice: CompareChoice, selection: Selection
) -> list[Component]:
    """The table and the chart; a sentence where no area is chosen."""
    language = selection.language
    if not choice.areas:
        return [_proposed(desk, choice, selection)]
    rows = desk.side_by_side.rows(choice.areas, choice.benchmark, selection)
    if not rows:
        return [html.P(word("compare_nothing", language), className="empty")]
    shown = choice.indicator or _first(rows)
    parts: list[Component] = []
    chart = desk.side_by_side.chart(shown, choice.areas, selection)
    if chart is not None:
        drawn = replace(choice, indicator=shown)
        parts.append(_chart_card(chart, drawn, desk, selection))
    parts.append(_table(desk, rows, choice, selection, shown))
    return parts


def _first(rows: Sequence[TopicRows]) -> str:
    """The first rate of all areas, which can be compared; else the first indicator."""
    every = [row for _, group in rows for row in group]
    rates = [row for row in every if row.indicator.aggregation is Aggregation.RATIO]
    return (rates or every)[0].indicator.id


def _files(choice: CompareChoice, selection: Selection) -> dict[str, str]:
    """Where the chart's figures are downloaded, by ending."""
    areas = urlencode({"areas": ",".join(choice.areas)}, safe=",")
    ref = COMPARED + choice.indicator
    return {kind: f"{export_link(ref, kind, selection)}&{areas}" for kind in FILES}


def _chart_card(
    chart: Chart, choice: CompareChoice, desk: FrontDesk, selection: Selection
) -> Component:
    language = chart.language
    name = desk.catalogue.indicators[choice.indicator].name[language]
    card = ids.slug(GRAPH)
    drawn = without_demo_mark(figure(chart))
    layout = drawn["layout"]
    graph = dcc.Graph(
        id=ids.graph(GRAPH),
        figure=drawn,
        config={"displayModeBar": False, "displaylogo": False, "responsive": True},
        responsive=True,
        style={"height": f"calc({layout.get('height') or 320}px * var(--figure-scale))"},
        className="graph",
    )
    title = word("compare_course", language, indicator=name)
    table = html.Details(
        [
            html.Summary(word("tool_table", language)),
            figures_table(chart, ChartLinks(selection, PAGE_PATH, desk.areas())),
        ],
        className="table-view",
    )
    return html.Section(
        [
            html.Div(
                [
                    html.Div(
                        [
                            html.H2(title, id=f"{card}-title"),
                            html.P(
                                word("compare_unit", language, unit=chart.unit),
                                className="subtitle",
                            ),
                        ]
                    ),
                    html.Div(
                        export_menu(_files(choice, selection), language, card, pictured=True),
                        className="card-corner",
                    ),
                ],
                className="card-head",
            ),
            html.Div(
                graph,
                role="img",
                className="figure",
                **aria(label=title, describedby=f"{card}-sentence"),
            ),
            html.P(_last_figures(chart), id=f"{card}-sentence", className="sentence"),
            table,
        ],
        className="panel-card chart-card compare-card",
        **(aria(labelledby=f"{card}-title") | data(ref=COMPARED + choice.indicator)),
    )


def _last_figures(chart: Chart) -> str:
    """The last value of each line with its period, as one sentence."""
    figures = []
    for line in chart.series:
        last = max((at for at, value in enumerate(line.values) if value is not None), default=None)
        if last is not None:
            figures.append(
                word(
                    "compare_last_one",
                    chart.language,
                    area=line.name,
                    value=line.texts[last],
                    period=chart.categories[last],
                )
            )
    separator = "、" if chart.language == "zh" else ", "
    return word("compare_last", chart.language, figures=separator.join(figures))


def _held(benchmark: Tile | None) -> Cell:
    if benchmark is None:
        return Cell("—", kind="number")
    return Cell(_quantity(benchmark), kind="number compare-held")


def _table(
    desk: FrontDesk,
    rows: Sequence[TopicRows],
    choice: CompareChoice,
    selection: Selection,
    shown: str,
) -> Component:
    language, known = selection.language, desk.areas()
    against = choice.benchmark not in (LAST_YEAR, TARGET, *choice.areas)
    columns = [known.name_of(code, language) for code in choice.areas]
    head = [Cell(word("figures_indicator", language), scope="col")]
    head += [Cell(name, scope="col", kind="number") for name in columns]
    if against:
        held = known.name_of(choice.benchmark, language)
        head.append(Cell(held, scope="col", kind="number compare-held"))
    body = []
    for topic, group in rows:
        title = topic.title[language]
        body.append(Row([Cell(title, scope="rowgroup", kind="group", across=len(head))]))
        for row in group:
            href = choice.address(selection, indicator=row.indicator.id)
            cells = [
                Cell(row.indicator.name[language], scope="row", href=href, as_page=True),
                *(_cell(cell, language) for cell in row.cells),
            ]
            if against:
                cells.append(_held(row.benchmark))
            body.append(Row(cells, "is-chosen" if row.indicator.id == shown else ""))
    caption = word("compare_caption", language)
    tail = figure_tail(choice.address(selection), selection)
    table = real_table(caption, [Row(head)], body, kind="compare many-units", quiet=True, tail=tail)
    legend = html.P(word("compare_legend", language), className="muted legend")
    return html.Section([html.H2(caption), legend, table], className="panel-card")


def _quantity(tile: Tile) -> str:
    return f"{tile.value} {tile.unit}".strip()


def _cell(compared: ComparedArea, language: str) -> Cell:
    """The figure with its difference; the sign and the word say what the colour says."""
    key = (
        "compare_none_outcome"
        if compared.outcome == NOT_COMPARED
        else f"compare_{compared.outcome}"
    )
    meaning = word(key, language) if compared.tile.figure else ""
    sign = SIGNS.get(compared.outcome, "")
    small = f"{sign} {compared.difference}".strip() if compared.difference else ""
    return Cell(
        _quantity(compared.tile),
        kind=f"number compare-{compared.outcome}",
        small=small,
        meaning=meaning,
        figure=compared.tile.figure,
    )
