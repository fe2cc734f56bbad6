"""Scorecards: what the front desk knows of a street, or of every street of an area, on one page."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace
from typing import Protocol

from dashboard.analysis.progress import Progress
from dashboard.base.language import word
from dashboard.catalogue import periods
from dashboard.catalogue.areas import Areas
from dashboard.catalogue.lookup import Catalogue
from dashboard.charts.kinds.comparison_rows import Spine
from dashboard.charts.kinds.scorecard import StreetCard, target_lines
from dashboard.charts.model.selection import Selection
from dashboard.services.figures.freshness import Freshness


class Source(Protocol):
    """What scorecards are made from."""

    catalogue: Catalogue

    def areas(self) -> Areas:
        """All known areas."""

    def spines(self, selections: Sequence[Selection]) -> list[Spine]:
        """Headline indicators by topic, of areas of one parent."""

    def progress(
        self, area: str = "", period: str = "", children: bool = False, as_of: str = ""
    ) -> list[Progress]:
        """How the targets of an area stand."""

    def freshness(self, selection: Selection) -> Freshness:
        """How new the figures are."""


def _judged(desk: Source, selection: Selection, below: bool) -> dict[str, list[Progress]]:
    month, day = (str(one or "") for one in (selection.period, selection.as_known))
    found: dict[str, list[Progress]] = defaultdict(list)
    for row in desk.progress(selection.area, month, below, day):
        found[row.area].append(row)
    return found


def street_cards(desk: Source, selection: Selection, below: bool) -> list[StreetCard]:
    """The card of the selected area, or one for each area directly below it."""
    areas, judged = desk.areas(), _judged(desk, selection, below)
    codes = [selection.area]
    if below:
        codes = [one.code for one in areas.children(selection.area, selection.period)]
    places = [replace(selection, area=code) for code in codes]
    return [
        _card(desk, place, judged[place.area], spine)
        for place, spine in zip(places, desk.spines(places), strict=True)
    ]


def _card(desk: Source, selection: Selection, rows: list[Progress], spine: Spine) -> StreetCard:
    say, areas = selection.language, desk.areas()
    here, fresh = areas.get(selection.area), desk.freshness(selection)
    topics = [(topic.title[say], tuple(found)) for topic, found in spine if found]
    demo = fresh.is_demo or any("demo" in row.grades for row in rows)
    return StreetCard(
        area=selection.area,
        title=areas.name_of(selection.area, say),
        above=areas.name_of(here.parent, say) if here and here.parent else "",
        period=periods.name(selection.period, say) if selection.period else "",
        lines=target_lines(rows, desk.catalogue, say),
        topics=tuple(topics),
        mark=word("chart_demo", say) if demo else "",
        received=str(fresh.received or ""),
    )
