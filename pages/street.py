"""The page of a street: its headline figures among its neighbours, and one trend a topic."""

from dataclasses import replace

from dash import html, register_page
from dash.development.base_component import Component

from dashboard.base.language import word
from dashboard.charts.model.selection import Selection
from dashboard.components.figures.folded_charts import folded_charts
from dashboard.components.meetings.presenting import stage_screen
from dashboard.components.meetings.stage_content import stage_of_overview
from dashboard.components.reports.scorecards import sheets
from dashboard.components.screen import panel, screen
from dashboard.components.shell.address import link, plain_query, reader_language
from dashboard.components.shell.not_found import not_found
from dashboard.components.shell.shell import tab_title
from dashboard.services.front_desk import FrontDesk, front_desk

OPEN = 4  # trends that stand open


def layout(street: str = "", **query: object) -> Component:
    """The page of the street with this code; a friendly page where there is none."""
    desk, asked = front_desk(), plain_query(query)
    area = desk.areas().get(street)
    if area is not None and not asked.get("area"):
        asked["area"] = area.parent or area.code
    selection = desk.selections.of(asked, reader_language(asked))
    if area is None:
        return screen(
            desk, "/street", selection, not_found(desk, selection, "street", street), filters=False
        )
    path = f"/street/{area.code}"
    if asked.get("print") == "1":
        return sheets(desk, replace(selection, area=area.code), link(path, selection), below=False)
    if selection.present:
        return stage_screen(*stage_of_overview(desk, path, area.code, selection, asked))
    return screen(desk, path, selection, _content(desk, area.code, selection))


def _content(desk: FrontDesk, street: str, selection: Selection) -> list[Component | None]:
    """The street's figures among its neighbours, and the trends, of which some are folded."""
    path, language = f"/street/{street}", selection.language
    alone = replace(selection, area=street)
    compared = [rows[0].indicator for _, rows in desk.comparisons.of(alone) if rows]
    refs = [f"indicator:{indicator}/trend" for indicator in compared]
    drawn = zip(compared, refs, desk.figures.read_together(refs, alone), strict=True)
    # One value is no course: the rows above have it.
    courses = [(name, ref) for name, ref, chart in drawn if not chart.has_one_value]
    trends = [panel(desk, "chart", f"{ref}@{street}", selection) for _, ref in courses]
    names = [desk.catalogue.indicators[name].name[language] for name, _ in courses[OPEN:]]
    return [
        panel(desk, "heading", path, selection),
        panel(desk, "scorecard", street, selection),
        panel(desk, "comparison-rows", street, selection),
        html.H2(word("street_trends", language)) if trends else None,
        html.Div(trends[:OPEN], className="chart-grid"),
        folded_charts(trends[OPEN:], names, len(names), language) if names else None,
    ]


def title(street: str = "") -> str:
    """The browser tab's title."""
    desk, language = front_desk(), reader_language()
    area = desk.areas().get(street)
    text = area.name[language] if area else word("unknown_status", language)
    return tab_title(desk, text, language)


register_page(__name__, path_template="/street/<street>", title=title, layout=layout, order=2)
