"""The page of a topic: tiles, its charts in order, its indicators."""

from collections.abc import Sequence

from dash import html, register_page
from dash.development.base_component import Component

from dashboard.base.language import word
from dashboard.catalogue.topics import Kind
from dashboard.charts.model.chart import Chart
from dashboard.components.figures.cards import chart_card
from dashboard.components.figures.folded_charts import folded_charts
from dashboard.components.figures.topic_sections import contents, leading
from dashboard.components.meetings.presenting import stage_screen
from dashboard.components.meetings.stage_content import StagedPage, stage_of_page
from dashboard.components.screen import panel, screen
from dashboard.components.shell import ids
from dashboard.components.shell.address import ChartLinks, plain_query, reader_language
from dashboard.components.shell.agenda_button import agenda_button
from dashboard.components.shell.not_found import area_is_unknown, not_found
from dashboard.components.shell.shell import tab_title
from dashboard.services.front_desk import front_desk


def chart_blocks(
    refs: Sequence[str], shown: Sequence[Chart], opened: Sequence[Chart], door: ChartLinks
) -> tuple[Component, Component]:
    """The declared charts that stand open, and those that are folded; each block its own chart.

    A chart without figures has an empty block, which fills once the selection has some.
    """
    drawn = {chart.id: chart for chart in shown}

    def block(ref: str, wide: bool) -> Component:
        card = chart_card(drawn[ref], ref, door, door.selection) if ref in drawn else []
        kinds = "panel panel-chart" + (" is-wide" if wide else "")
        return html.Div(card, id=ids.panel("chart", ref), className=kinds)

    lone = opened[-1].id if len(opened) % 2 else ""
    first = [block(chart.id, chart.id == lone) for chart in opened]
    folded = [ref for ref in refs if ref not in {chart.id for chart in opened}]
    area, language = door.areas.get(door.selection.area), door.selection.language
    place = area.name[language] if area else ""
    names = [_named(drawn[ref], place) for ref in folded if ref in drawn]
    rest = [block(ref, ref in drawn and drawn[ref].kind is Kind.TABLE) for ref in folded]
    return (
        html.Div(first, className="chart-grid"),
        folded_charts(rest, names, len(names), language),
    )


def _named(chart: Chart, place: str) -> str:
    """A chart's neutral title without the area, which the page names."""
    return chart.title.removeprefix(place).removesuffix(f", {place}")


def layout(topic: str = "", **query: object) -> Component:
    """The page of the topic with this id; a friendly page where there is none."""
    desk, asked = front_desk(), plain_query(query)
    selection = desk.selections.of(asked, reader_language(asked), topic)
    path = f"/topic/{topic}"
    declared = desk.catalogue.topics.get(topic)
    if declared is None:
        return screen(
            desk, path, selection, not_found(desk, selection, "topic", topic), filters=False
        )
    if area_is_unknown(desk, asked):
        return screen(
            desk, path, selection, not_found(desk, selection, "area", asked["area"]), filters=False
        )
    shown = desk.topics.of(topic, selection)
    if selection.present:
        refs = [chart.id for chart in (*shown.declared, *shown.made)]
        return stage_screen(*stage_of_page(desk, StagedPage(path, refs, asked), selection))
    door = ChartLinks(selection, path, desk.areas())
    lead = leading(shown.declared, declared, desk.catalogue)
    refs = [f"{topic}/{chart.id}" for chart in declared.charts]
    opened, folded = chart_blocks(refs, shown.declared, lead, door)
    content = [
        panel(desk, "heading", path, selection),
        html.Div(agenda_button(selection.language, "topic", topic), className="agenda-tools"),
        html.H2(word("topic_headline", selection.language), className="visually-hidden"),
        panel(desk, "tiles", topic, selection),
        html.Div(
            [
                contents(desk, topic, lead, selection),
                html.Div(
                    [
                        html.H2(
                            word("topic_charts", selection.language), className="visually-hidden"
                        ),
                        opened,
                        folded,
                        html.Div(panel(desk, "topic_streets", topic, selection), id="streets"),
                        panel(desk, "topic_charts", topic, selection),
                        html.Div(panel(desk, "figures", topic, selection), id="figures"),
                        panel(desk, "topic_links", topic, selection),
                    ],
                    className="with-contents-body",
                ),
            ],
            className="with-contents",
        ),
    ]
    return screen(desk, path, selection, content)


def title(topic: str = "") -> str:
    """The browser tab's title."""
    desk, language = front_desk(), reader_language()
    declared = desk.catalogue.topics.get(topic)
    text = declared.title[language] if declared else word("unknown_status", language)
    return tab_title(desk, text, language)


register_page(__name__, path_template="/topic/<topic>", title=title, layout=layout, order=1)
