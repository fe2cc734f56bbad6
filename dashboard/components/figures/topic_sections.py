"""Builds a topic's charts in sections: the few that matter first open, the rest folded."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence

from dash import html
from dash.development.base_component import Component

from dashboard.base.language import word
from dashboard.catalogue.concepts import Aggregation
from dashboard.catalogue.lookup import Catalogue
from dashboard.catalogue.topics import Kind, Step, Topic
from dashboard.charts.model.chart import Chart
from dashboard.charts.model.selection import Selection
from dashboard.charts.text.target_words import SIGNS, in_order, status_word
from dashboard.charts.text.wording import below_names
from dashboard.components.figures.topic_streets import has_streets
from dashboard.components.shell import ids
from dashboard.components.shell.address import target_link
from dashboard.components.shell.attributes import aria, data
from dashboard.services.front_desk import FrontDesk

OPEN = 4  # charts that stand open
SECTIONS = ("total", "streets", "parts", "time")
_SECTION_OF = {
    Kind.LINE: "total",
    Kind.BAR: "streets",
    Kind.MAP: "streets",
    Kind.TABLE: "streets",
    Kind.STACKED: "parts",
    Kind.COMPOSITION: "parts",
    Kind.WATERFALL: "parts",
    Kind.COLUMN: "time",
    Kind.SEASON: "time",
}


def _indicators_of(topic: Topic) -> dict[str, str]:
    """The first indicator of each of the topic's charts, by the chart's id."""
    return {f"{topic.id}/{chart.id}": chart.indicators[0] for chart in topic.charts}


def section_of(chart: Chart) -> str:
    """In which section of the page a chart stands; running totals are a course through the year."""
    if chart.kind is Kind.LINE and chart.step == Step.CUMULATIVE:
        return "time"
    return _SECTION_OF.get(chart.kind, "total")


def leading(charts: Sequence[Chart], topic: Topic, catalogue: Catalogue) -> list[Chart]:
    """The charts that stand open: the best of each section, then the next that were declared.

    Among streets those of a rate come before counts.
    """
    indicators, known = _indicators_of(topic), catalogue.indicators
    rates = {
        chart
        for chart, indicator in indicators.items()
        if known[indicator].aggregation is Aggregation.RATIO
    }
    drawable = [chart for chart in charts if _says_something(chart)]
    first = _best_of_sections(drawable, rates, indicators)
    best = [first[name] for name in SECTIONS if name in first][:OPEN]
    chosen = _once(best)
    titles = {chart.headline for chart in chosen}
    others = [chart for chart in drawable if chart.headline not in titles]
    others = _once([chart for chart in others if chart.kind is not Kind.TABLE])
    taken = {section_of(chart) for chart in chosen}
    others.sort(key=lambda chart: _worth(chart, chosen, taken, rates))
    chosen += others[: OPEN - len(chosen)]
    return sorted(chosen, key=lambda chart: SECTIONS.index(section_of(chart)))


def _once(charts: Sequence[Chart]) -> list[Chart]:
    """The charts without those that say what an earlier one says."""
    return list({chart.headline: chart for chart in reversed(charts)}.values())[::-1]


def _worth(
    chart: Chart, chosen: Sequence[Chart], taken: Collection[str], rates: Collection[str]
) -> tuple[bool, bool, bool, bool]:
    """The place of a further chart: first of what no chosen one draws, with a finding."""
    again = {one.title for one in chosen}
    return (
        chart.title in again,
        chart.id not in rates,
        not chart.finding,
        section_of(chart) in taken,
    )


def _best_of_sections(
    charts: Sequence[Chart], rates: Collection[str], indicators: Mapping[str, str]
) -> dict[str, Chart]:
    """The first chart of each section; of streets a rate first, and one with a finding."""
    best: dict[str, Chart] = {}
    for chart in charts:
        best.setdefault(section_of(chart), chart)
    streets = [chart for chart in charts if section_of(chart) == "streets"]
    if streets:
        best["streets"] = min(streets, key=lambda chart: (chart.id not in rates, not chart.finding))
    times = [chart for chart in charts if section_of(chart) == "time"]
    if times:
        total = indicators[best["total"].id] if "total" in best else ""
        best["time"] = min(times, key=lambda chart: _course_place(chart, indicators, total))
    return best


def _course_place(chart: Chart, indicators: Mapping[str, str], total: str) -> int:
    """The place of a course through the year: a running total first, last one stated above."""
    if chart.step != Step.CUMULATIVE:
        return 1
    return 2 if indicators[chart.id] == total else 0


def _says_something(chart: Chart) -> bool:
    """Whether a chart compares anything: a composition of one part, or one value, does not."""
    if chart.kind is Kind.STACKED and len(chart.series) < 2:
        return False
    return not chart.is_one_sided and not chart.has_one_value


def contents(
    desk: FrontDesk, topic: str, opened: Sequence[Chart], selection: Selection
) -> Component:
    """The list of what is on the page, and how the topic's targets stand."""
    language = selection.language
    first: dict[str, Chart] = {}
    for chart in opened:
        first.setdefault(section_of(chart), chart)
    names = below_names(desk.areas(), selection.area, language)
    links = [
        _entry(word(f"section_{name}", language, **names), f"chart-{ids.slug(chart.id)}-title")
        for name, chart in first.items()
    ]
    if opened:
        links.append(_entry(word("section_more", language), "more-charts"))
    if has_streets(desk, topic, selection):
        links.append(_entry(word("section_tables", language, **names), "streets"))
    links.append(_entry(word("section_figures", language), "figures"))
    own = html.Div(
        contents_targets(desk, topic, selection), id=ids.panel("contents_targets", topic)
    )
    bare = "" if len(links) > 1 else " is-bare"  # there is nothing to choose among
    return html.Nav(
        [html.Ul(links), own],
        className=f"contents{bare}",
        **aria(label=word("contents", selection.language)),
    )


def contents_targets(desk: FrontDesk, topic: str, selection: Selection) -> list[Component]:
    """How the topic's targets stand, each leading to its page; nothing where it has none."""
    language = selection.language
    rows = [
        row
        for row in desk.target_overview.rows(selection)
        if desk.catalogue.indicators[row.target.indicator].topic == topic
    ]
    if not rows:
        return []
    entries = []
    for row in in_order(rows):
        href = target_link(row.target.id, row.area, selection)
        sign = html.Span(SIGNS[row.status], className="chip-sign", **aria(hidden="true"))
        name = desk.catalogue.indicators[row.target.indicator].name[language]
        status = html.Span(f"（{status_word(row.status, language)}）", className="visually-hidden")
        entry = html.A([sign, " ", name, status], href=href, **data(page="1"))
        entries.append(html.Li(entry, className=f"status-{row.status}"))
    title = html.P(word("section_targets", language), className="muted")
    return [title, html.Ul(entries, className="contents-targets")]


def _entry(text: str, place: str) -> Component:
    return html.Li(html.A(text, href=f"#{place}", **data(reload="1")))
