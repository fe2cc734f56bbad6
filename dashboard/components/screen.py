"""Builds a page from top to bottom: the frame around every page's own blocks."""

from __future__ import annotations

from collections.abc import Sequence

from dash import html
from dash.development.base_component import Component

from dashboard.base.language import word
from dashboard.charts.model.selection import Selection
from dashboard.components.help.shortcuts import shortcuts_dialog
from dashboard.components.help.tour import tour_words
from dashboard.components.panels import PANELS
from dashboard.components.reports.export_words import export_words
from dashboard.components.shell import ids
from dashboard.components.shell.attributes import aria, data
from dashboard.components.shell.shell import skip_link
from dashboard.services.front_desk import FrontDesk

Content = Component | None


def panel(
    desk: FrontDesk, kind: str, ref: str, selection: Selection, *, wide: bool = False
) -> Component:
    """One block, drawn now; drawn again by the panel callback when the selection changes.

    ``wide`` blocks take the whole width of a grid.
    """
    return html.Div(
        PANELS[kind](desk, ref, selection),
        id=ids.panel(kind, ref),
        className=f"panel panel-{kind}" + (" is-wide" if wide else ""),
    )


def screen(
    desk: FrontDesk,
    path: str,
    selection: Selection,
    content: Sequence[Content],
    *,
    filters: bool = True,
    band: Content = None,
) -> Component:
    """The page at ``path`` with its own ``content``; ``filters`` off where none apply.

    ``band`` are a page's own controls instead of the filters, in the same place below the header.
    """
    blocks = [block for block in content if block is not None]
    if filters:
        band = panel(desk, "filters", path, selection)
    return html.Div(
        [
            skip_link(selection.language),
            html.Header(panel(desk, "nav", path, selection), className="masthead"),
            html.Section(
                band,
                className="filter-band",
                **aria(label=word("filter_bar", selection.language)),
            )
            if band is not None
            else None,
            html.Main(
                [
                    panel(desk, "breadcrumb", path, selection) if filters else None,
                    panel(desk, "notices", path, selection),
                    *blocks,
                ],
                id="main",
                tabIndex=-1,
                **data(announcement=word("figures_changed", selection.language)),
            ),
            export_words(selection.language),
            tour_words(selection.language) if path == "/" else None,
            shortcuts_dialog(path, selection.language, filters),
            html.Footer(panel(desk, "footer", path, selection), className="colophon"),
        ],
        className="page",
    )
