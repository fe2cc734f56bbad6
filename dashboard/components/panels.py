"""Lists the blocks of all pages by kind; a page and each redraw call the same function.

This module stands above the wings: it imports them, and no wing imports it.

``PANELS[kind](desk, ref, selection)`` returns the children of the block. ``ref`` is the page's path
for what stands around a page, else what the block is about: a chart, a topic, an indicator. A chart
of a street's page is "chart@code".
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from dash.development.base_component import Component

from dashboard.charts.model.selection import Selection
from dashboard.components.figures import (
    indicators,
    stated_figures,
    streets,
    topic_charts,
    topic_sections,
    topic_streets,
)
from dashboard.components.figures import (
    overview_blocks as places,
)
from dashboard.components.figures.cards import chart_card
from dashboard.components.figures.figures import figures_panel
from dashboard.components.figures.key_figure import key_figure
from dashboard.components.figures.key_strip import strip_panel
from dashboard.components.figures.start_card import start_card
from dashboard.components.figures.tiles import tile_grid
from dashboard.components.figures.topic_heading import topic_heading
from dashboard.components.help import guide
from dashboard.components.shell import absence, headings, shell
from dashboard.components.shell.address import ChartLinks
from dashboard.components.shell.filters import Offered, filter_bar
from dashboard.components.submissions.boundaries import boundary_notice
from dashboard.components.targets import overview_targets as target_lead
from dashboard.components.targets.indicator_targets import indicator_targets
from dashboard.components.targets.street_choice import streets_panel
from dashboard.components.targets.street_targets import street_targets
from dashboard.services.front_desk import FrontDesk

Draw = Callable[[FrontDesk, str, Selection], list[Component]]
STREET = "/street/"


def placed(path: str, selection: Selection) -> Selection:
    """The selection with the area the page is about: on a street's page, that street."""
    return (
        replace(selection, area=path.removeprefix(STREET)) if path.startswith(STREET) else selection
    )


def page_of(ref: str) -> str:
    """The path of the page a chart or a set of tiles stands on."""
    name, _, street = ref.partition("@")
    if street:
        return STREET + street
    owner = name.partition("/")[0]
    if owner.startswith("indicator:"):
        return "/indicators/" + owner.removeprefix("indicator:")
    return "/topic/" + owner


def _chart(desk: FrontDesk, ref: str, selection: Selection) -> list[Component]:
    name, _, street = ref.partition("@")
    drawn = replace(selection, area=street) if street else selection
    door = ChartLinks(selection, page_of(ref), desk.areas())
    if not page_of(ref).startswith("/topic/"):
        return chart_card(desk.figures.chart(name, drawn), name, door, drawn)
    chart = desk.figures.page_chart(name, drawn)
    if chart.empty:
        return []  # the topic's page names all that are empty in one line
    return chart_card(chart, name, door, drawn)


def _heading(desk: FrontDesk, ref: str, selection: Selection) -> list[Component]:
    topic = desk.catalogue.topics.get(ref.removeprefix("/topic/"))
    if ref.startswith("/topic/") and topic is not None:
        return topic_heading(desk, topic, selection)
    return headings.heading(desk, ref, placed(ref, selection))


def _tiles(desk: FrontDesk, ref: str, selection: Selection) -> list[Component]:
    topic, _, most = ref.partition(":")
    if not most:
        return strip_panel(desk, topic, selection)
    tiles = desk.figures.tiles(desk.catalogue.topics[topic].headline, selection)
    # Where room is short, those that have a figure come first.
    tiles = sorted(tiles, key=lambda tile: tile.value == "—")[: int(most)]
    return tile_grid(tiles, selection, "/")


def _filters(desk: FrontDesk, ref: str, selection: Selection) -> list[Component]:
    chosen = placed(ref, selection)
    topic = ref.removeprefix("/topic/") if ref.startswith("/topic/") else ""
    existing = desk.selections.periods(chosen.area, topic, chosen.as_known)
    choices = desk.selections.area_choices(chosen.language)
    if all(choice["value"] != chosen.area for choice in choices) and desk.areas().get(chosen.area):
        # Asked for by its address and without figures: the control says all the same where one is.
        name = headings.area_name(desk, chosen.area, chosen.language)
        nothing = {"level": 0, "kind": "", "first": "", "last": "", "demo": False}
        choices = [{"value": chosen.area, "label": name, "search": name, **nothing}, *choices]
    days = desk.selections.hand_ins(chosen.area)
    return filter_bar(ref, Offered(choices, existing, days), selection, chosen.area)


def _notices(desk: FrontDesk, ref: str, selection: Selection) -> list[Component]:
    chosen = placed(ref, selection)
    boundary = boundary_notice(desk, chosen) if shell.shows_figures(ref) else None
    return [
        *shell.notices(desk, ref, chosen),
        *([boundary] if boundary else []),
        *absence.absence_notices(desk, ref, chosen),
    ]


def _footer(desk: FrontDesk, ref: str, selection: Selection) -> list[Component]:
    chosen = placed(ref, selection)
    return [*shell.footer(desk, chosen), *guide.guide_line(desk, ref, selection)]


# The shell's blocks stand first, then those that each wing draws.
PANELS: dict[str, Draw] = {
    "nav": shell.navigation,
    "filters": _filters,
    "breadcrumb": lambda desk, ref, s: shell.breadcrumb(desk, ref, placed(ref, s)),
    "notices": _notices,
    "footer": _footer,
    "heading": _heading,
    "chart": _chart,
    "tiles": _tiles,
    "topic_rows": lambda desk, ref, s: stated_figures.overview_topics(desk, s),
    "topic_streets": topic_streets.streets_panel,
    "topic_charts": topic_charts.topic_charts_panel,
    "contents_targets": topic_sections.contents_targets,
    "board": lambda desk, ref, s: places.board_panel(desk, s),
    "foot": lambda desk, ref, s: places.foot_panel(desk, s),
    "welcome": lambda desk, ref, s: start_card(desk, s),
    "figures": figures_panel,
    "topic_links": indicators.topic_links,
    "key_figure": key_figure,
    "definition": indicators.definition,
    "coverage": indicators.coverage,
    "comparison-rows": lambda desk, ref, s: streets.comparison_panel(desk, placed(STREET + ref, s)),
    "indicator_targets": indicator_targets,
    "target_lead": lambda desk, ref, s: target_lead.lead_panel(desk, s),
    "streets": lambda desk, ref, s: streets_panel(desk, s),
    "scorecard": lambda desk, ref, s: street_targets(desk, placed(STREET + ref, s)),
}
