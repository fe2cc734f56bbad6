"""Sets several areas side by side: each headline figure against a named benchmark."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from dashboard.analysis.off_pace import OFF_PACE
from dashboard.analysis.target_status import Status
from dashboard.base.language import Scale, number
from dashboard.base.rounding import half_up
from dashboard.catalogue.concepts import Aggregation, Indicator, Polarity
from dashboard.catalogue.topics import Topic
from dashboard.charts.kinds.area_lines import area_lines
from dashboard.charts.kinds.tiles import Tile
from dashboard.charts.model.chart import Chart
from dashboard.charts.model.selection import Selection
from dashboard.charts.text.target_words import status_word
from dashboard.charts.text.wording import headline_of, plain, scale_of, unit_name
from dashboard.services.context import Context
from dashboard.services.figures.comparisons import headlines
from dashboard.services.figures.figures import Figures
from dashboard.services.targets.targets import Targets

MOST = 5  # areas side by side
COMPARED = "compare/"  # and an indicator: what a file of the chart is asked by
LAST_YEAR, TARGET = "year", "target"  # benchmarks; every other is the code of an area
BETTER, WORSE, SAME, NOT_COMPARED = "better", "worse", "same", "none"
GOOD = {Status.DONE, Status.AHEAD, Status.ON_PACE}


@dataclass(frozen=True, slots=True)
class ComparedArea:
    """An area's figure; ``outcome`` is better, worse, same or none, ``difference`` its text."""

    tile: Tile
    outcome: str = NOT_COMPARED
    difference: str = ""


@dataclass(frozen=True, slots=True)
class ComparedRow:
    """One indicator of all areas; ``benchmark`` is what they are held against, where it is one."""

    indicator: Indicator
    benchmark: Tile | None
    cells: tuple[ComparedArea, ...]


class SideBySide:
    """Holds the figures of areas against a benchmark. Thread-safe."""

    def __init__(self, context: Context, figures: Figures, targets: Targets) -> None:
        """Compare the figures and targets in the store of this context."""
        self._context, self._figures, self._targets = context, figures, targets

    def rows(
        self, areas: Sequence[str], benchmark: str, selection: Selection
    ) -> list[tuple[Topic, list[ComparedRow]]]:
        """The headline indicators of which any area has a figure, by topic."""
        names = headlines(self._context.catalogue)
        tiles = {code: self._tiles(code, names, selection) for code in areas}
        against = (
            {} if benchmark in ("", LAST_YEAR, TARGET) else self._tiles(benchmark, names, selection)
        )
        states = self._states(areas, selection) if benchmark == TARGET else {}

        def row(name: str) -> ComparedRow:
            held, meaning = against.get(name), self._context.catalogue.indicators[name]
            own = in_one_unit(meaning, [tiles[code][name] for code in areas], selection.language)
            cells = (
                self._compared(tile, held, benchmark, states.get((code, name)), selection)
                for code, tile in zip(areas, own, strict=True)
            )
            return ComparedRow(meaning, held, tuple(cells))

        known = {name for name in names if any(tiles[code][name].figure for code in areas)}
        topics = [
            (topic, [row(name) for name in topic.headline if name in known])
            for topic in self._context.catalogue.topic_order()
        ]
        return [(topic, rows) for topic, rows in topics if rows]

    def chart(self, indicator: str, areas: Sequence[str], selection: Selection) -> Chart | None:
        """The courses of one indicator in all areas; None where fewer than two have any."""
        ref, known = f"indicator:{indicator}/trend", self._context.areas()
        charts = [self._figures.chart(ref, replace(selection, area=code)) for code in areas]
        names = [known.name_of(code, selection.language) for code in areas]
        return area_lines(charts, names)

    def _tiles(self, area: str, names: Sequence[str], selection: Selection) -> dict[str, Tile]:
        tiles = self._figures.tiles(names, replace(selection, area=area))
        return {tile.indicator: tile for tile in tiles}

    def _states(self, areas: Sequence[str], selection: Selection) -> dict[tuple[str, str], Status]:
        """How the targets of the areas stand in the selected month."""
        known = str(selection.as_known or "")
        return {
            (row.area, row.target.indicator): row.status
            for code in areas
            for row in self._targets.progress(code, str(selection.period), False, known)
        }

    def _compared(
        self,
        tile: Tile,
        held: Tile | None,
        benchmark: str,
        status: Status | None,
        selection: Selection,
    ) -> ComparedArea:
        if benchmark == LAST_YEAR:
            outcome = tile.tone if tile.tone in (BETTER, WORSE) else NOT_COMPARED
            return ComparedArea(tile, SAME if tile.arrow == "unchanged" else outcome, tile.short)
        if benchmark == TARGET:
            if status is None:
                return ComparedArea(tile)
            outcome = WORSE if status in OFF_PACE else BETTER if status in GOOD else NOT_COMPARED
            return ComparedArea(tile, outcome, status_word(status, selection.language))
        return self._against_area(tile, held, selection.language)

    def _against_area(self, tile: Tile, held: Tile | None, language: str) -> ComparedArea:
        """Rates and standards alone are held against another area; counts depend on its size."""
        meaning = self._context.catalogue.indicators[tile.indicator]
        mine, its = _value(tile), _value(held)
        if meaning.aggregation is Aggregation.SUM or mine is None or its is None:
            return ComparedArea(tile)
        if tile.figure and held and held.figure and tile.figure.area == held.figure.area:
            return ComparedArea(tile)
        scale = scale_of(meaning, [mine, its], language)
        text = number((mine - its) / scale.factor, scale.decimals, language, sign=True)
        if tile.value == (held.value if held else ""):
            return ComparedArea(tile, SAME, text)
        if meaning.polarity is Polarity.NEUTRAL:
            return ComparedArea(tile, NOT_COMPARED, text)
        good = (mine > its) == (meaning.polarity is Polarity.HIGHER_BETTER)
        return ComparedArea(tile, BETTER if good else WORSE, text)


def in_one_unit(meaning: Indicator, tiles: Sequence[Tile], language: str) -> list[Tile]:
    """The tiles of one indicator in the unit of the largest of their figures.

    Where that would print a small one as nought, in the unit of the smallest.
    """
    sizes = sorted(abs(value) for tile in tiles if (value := _value(tile)))
    if not sizes:
        return list(tiles)
    scale = scale_of(meaning, sizes, language)
    if not half_up(sizes[0] / scale.factor, scale.decimals):
        scale = scale_of(meaning, sizes[:1], language)
    return [_scaled(tile, scale, language) for tile in tiles]


def _scaled(tile: Tile, scale: Scale, language: str) -> Tile:
    value = _value(tile)
    if value is None:
        return tile
    text = headline_of(value, scale, language)
    exact = plain(value, scale, language)
    return replace(tile, value=text, unit=unit_name(text, scale, language), exact=exact)


def _value(tile: Tile | None) -> float | None:
    """The value of a tile in base units."""
    return tile.years[-1] if tile is not None and tile.years else None
