"""The page of an indicator: value, targets, charts, definition, coverage."""

from dash import html, register_page
from dash.development.base_component import Component

from dashboard.base.language import word
from dashboard.catalogue.concepts import Aggregation, Part
from dashboard.components.meetings.presenting import stage_screen
from dashboard.components.meetings.stage_content import StagedPage, stage_of_page
from dashboard.components.screen import panel, screen
from dashboard.components.shell.address import plain_query, reader_language
from dashboard.components.shell.not_found import area_is_unknown, not_found
from dashboard.components.shell.shell import tab_title
from dashboard.services.front_desk import FrontDesk, front_desk

CHARTS = ("trend", "streets", "table")


def shown_charts(desk: FrontDesk, indicator: str) -> tuple[str, ...]:
    """The charts of an indicator; a change is split where there is something to split it into."""
    meaning = desk.catalogue.indicators[indicator]
    if meaning.aggregation is Aggregation.NONE:
        return CHARTS
    components = len(desk.catalogue.children(indicator, Part.COMPONENT)) > 1
    by_part = components and meaning.aggregation is Aggregation.SUM
    return ("trend", "streets", "why", *(("why_parts",) if by_part else ()), "table")


def layout(indicator: str = "", **query: object) -> Component:
    """The page of the indicator with this id; a friendly page where there is none."""
    desk, asked = front_desk(), plain_query(query)
    selection = desk.selections.of(asked, reader_language(asked))
    path = f"/indicators/{indicator}"
    if indicator not in desk.catalogue.indicators:
        return screen(
            desk, path, selection, not_found(desk, selection, "indicator", indicator), filters=False
        )
    if area_is_unknown(desk, asked):
        return screen(
            desk, path, selection, not_found(desk, selection, "area", asked["area"]), filters=False
        )
    if selection.present:
        refs = [f"indicator:{indicator}/{name}" for name in CHARTS]
        return stage_screen(*stage_of_page(desk, StagedPage(path, refs, asked), selection))
    charts = [
        panel(desk, "chart", f"indicator:{indicator}/{name}", selection, wide=name == "table")
        for name in shown_charts(desk, indicator)
    ]
    content = [
        panel(desk, "heading", path, selection),
        panel(desk, "key_figure", indicator, selection),
        panel(desk, "indicator_targets", indicator, selection),
        html.H2(word("topic_charts", selection.language), className="visually-hidden"),
        html.Div(charts, className="chart-grid"),
        panel(desk, "definition", indicator, selection),
        panel(desk, "coverage", indicator, selection),
    ]
    return screen(desk, path, selection, content)


def title(indicator: str = "") -> str:
    """The browser tab's title."""
    desk, language = front_desk(), reader_language()
    known = desk.catalogue.indicators.get(indicator)
    text = known.name[language] if known else word("unknown_status", language)
    return tab_title(desk, text, language)


register_page(
    __name__, path_template="/indicators/<indicator>", title=title, layout=layout, order=4
)
