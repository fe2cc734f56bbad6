"""Builds the outline of a report: its pages in order, with buttons that move them."""

from __future__ import annotations

from collections.abc import Sequence

from dash import html
from dash.development.base_component import Component

from dashboard.base.language import word
from dashboard.catalogue.topics import Kind
from dashboard.charts.model.plan import FIGURES, WITH_APPENDIX, Plan
from dashboard.charts.model.selection import Selection
from dashboard.charts.text.wording import below_name
from dashboard.components.reports.report_choice import grouped
from dashboard.components.shell.attributes import aria, data
from dashboard.services.context import NotFound
from dashboard.services.front_desk import FrontDesk


def chart_name(desk: FrontDesk, ref: str, selection: Selection) -> tuple[str, bool]:
    """A chart's title without the area's name, and whether it has figures."""
    if ref == FIGURES:
        return word("deck_figures", selection.language), True
    try:
        chart = desk.figures.page_chart(ref, selection)
    except NotFound:
        return ref, False
    area = desk.areas().get(selection.area)
    name = area.name[selection.language] if area else ""
    title = chart.title.removeprefix(name).removesuffix(f", {name}").strip()
    return title or chart.title, not chart.empty


def made_name(desk: FrontDesk, ref: str, selection: Selection) -> str:
    """What a chart that no topic declares shows, without drawing it."""
    spec = desk.figures.spec(ref)
    name = desk.catalogue.indicators[spec.indicators[0]].name[selection.language]
    below = below_name(desk.areas(), selection.area, selection.language)
    if spec.dimension:
        by = desk.catalogue.grid.dimension_name(spec.dimension)[selection.language]
        return word("chart_composition_by", selection.language, name=name, by=by)
    key = {Kind.BAR: "chart_of_each", Kind.COMPOSITION: "chart_composition"}.get(spec.kind)
    return word(key, selection.language, name=name, below=below) if key else name


def _moves(key: str, title: str, first: bool, last: bool, language: str) -> Component:
    buttons = []
    for direction, sign, is_end in (("up", "↑", first), ("down", "↓", last)):
        named = aria(label=word(f"report_{direction}", language, title=title)) | data(
            move=direction, key=key
        )
        buttons.append(html.Button(sign, type="button", className="tool", disabled=is_end, **named))
    return html.Span(buttons, className="moves")


def _chart(desk: FrontDesk, ref: str, selection: Selection, first: bool, last: bool) -> Component:
    language = selection.language
    title, has_figures = chart_name(desk, ref, selection)
    mark = (
        None if has_figures else html.Small(word("report_no_figures", language), className="muted")
    )
    return html.Li(
        [html.Span([title, " ", mark]), _moves(ref, title, first, last, language)],
        draggable="true",
        **data(ref=ref),
    )


def _chapter(
    desk: FrontDesk, topic: str, refs: Sequence[str], ends: tuple[bool, bool], selection: Selection
) -> Component:
    """A topic with its charts; ``ends`` says whether it is the first and the last chapter."""
    title = desk.catalogue.topics[topic].title[selection.language]
    charts = [
        _chart(desk, ref, selection, number == 0, number == len(refs) - 1)
        for number, ref in enumerate(refs)
    ]
    moves = _moves(topic, title, *ends, selection.language)
    head = html.Div([html.Strong(title), moves], className="outline-head")
    return html.Li([head, html.Ol(charts)], **data(topic=topic))


def _flat(desk: FrontDesk, plan: Plan, selection: Selection) -> list[Component]:
    """The pages of a deck for the director, in one order."""
    language, last = selection.language, len(plan.charts) - 1
    pages = [
        _chart(desk, ref, selection, number == 0, number == last)
        for number, ref in enumerate(plan.charts)
    ]
    count = word("report_outline_pages", language, count=len(pages) + 1)
    back = [word("report_deck_full", language)] if plan.deck == WITH_APPENDIX else []
    first = html.Ul([html.Li(word("report_conclusions", language))], className="outline-ends")
    return [
        html.P(count, className="muted", role="status"),
        first,
        html.Ol(pages, className="outline", **data(flat="1")),
        html.Ul([html.Li(text) for text in back], className="outline-ends"),
    ]


def _names(desk: FrontDesk, codes: Sequence[str], language: str) -> list[str]:
    """The names of the areas that are known."""
    areas = [desk.areas().get(code) for code in codes]
    return [area.name[language] for area in areas if area]


def outline(desk: FrontDesk, plan: Plan, selection: Selection) -> list[Component]:
    """What the report will hold, for every chosen area."""
    language = selection.language
    if not plan.charts:
        return [html.P(word("report_choose", language), className="empty")]
    if plan.is_for_director:
        return _flat(desk, plan, selection)
    groups = grouped(plan.charts)
    chapters = [
        _chapter(desk, topic, refs, (place == 0, place == len(groups) - 1), selection)
        for place, (topic, refs) in enumerate(groups.items())
    ]
    names = _names(desk, plan.areas or (selection.area,), language)
    front = [word("report_page_title", language)]
    front += [word("report_agenda", language)] if plan.has("agenda") else []
    back = [word("report_page_appendix", language)] if plan.has("appendix") else []
    count = word(
        "report_outline_count", language, areas=len(names), charts=len(plan.charts) * len(names)
    )
    return [
        html.P(count, className="muted", role="status"),
        html.P(word("list_comma", language).join(names)),
        html.Ul([html.Li(text) for text in front], className="outline-ends"),
        html.Ol(chapters, className="outline"),
        html.Ul([html.Li(text) for text in back], className="outline-ends"),
    ]
