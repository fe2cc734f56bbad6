"""Builds the heat table of streets × headline indicators, with a word for every shade."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from dashboard.analysis.figure_key import FigureKey
from dashboard.analysis.point import Point, has_value, value_of
from dashboard.analysis.points import Points
from dashboard.base.language import word
from dashboard.catalogue.areas import Areas
from dashboard.catalogue.concepts import Area, FigureStatus, Indicator, Polarity
from dashboard.catalogue.periods import Period
from dashboard.charts.model.frame import LOOK_BACK
from dashboard.charts.model.selection import Selection
from dashboard.charts.text import wording
from dashboard.charts.text.levels import MIDDLE, level_tone, level_word, levels, reaches


@dataclass(frozen=True, slots=True)
class BoardColumn:
    """One indicator in its scale and period; ``topic`` is the topic's title, to group by."""

    indicator: str
    topic: str
    title: str
    unit: str
    period: str


@dataclass(frozen=True, slots=True)
class BoardCell:
    """A value as text; ``level`` 1 to 5 among the streets, 0 for none; ``word`` says the level.

    ``status`` is a FigureStatus letter, "" where nothing was ever handed in; ``figure`` its key,
    ``value`` in base units.
    """

    text: str
    level: int
    word: str
    tone: str
    status: str
    figure: FigureKey
    value: float | None = None


@dataclass(frozen=True, slots=True)
class BoardRow:
    """One street: its code, its name and one cell per column."""

    area: str
    name: str
    cells: tuple[BoardCell, ...]


@dataclass(frozen=True, slots=True)
class Board:
    """The heat table. Columns without any figure are left out; no rows where none is left."""

    caption: str
    columns: tuple[BoardColumn, ...]
    rows: tuple[BoardRow, ...]


def _period(
    points: Points, indicator: str, areas: Sequence[Area], chosen: Period | None
) -> Period | None:
    """The latest period, at most LOOK_BACK months old, in which any of the areas has a value."""
    known = [
        period
        for area in areas
        for period in points.periods(indicator, area.code)
        if chosen is None or chosen.plus(-LOOK_BACK) <= period <= chosen
    ]
    return max(known, default=None)


def _cells(
    points: Points, meaning: Indicator, areas: Sequence[Area], period: Period, language: str
) -> tuple[str, dict[str, BoardCell]]:
    """One column: its unit in words and its cells by area."""
    every = {area.code: points.point(meaning.id, area.code, period) for area in areas}
    values = {code: value_of(point) for code, point in every.items()}
    scale = wording.scale_of(meaning, list(values.values()), language)
    direction = meaning.performance
    shades = levels(values, low_first=direction is Polarity.LOWER_BETTER)
    for code, value in values.items():
        target = points.target(meaning.id, code, period)
        if target is not None and reaches(value, target.value, direction):
            shades[code] = max(shades[code], MIDDLE)  # whoever else has more, it is not poor
    # Most streets report: one that does not is missed. A few figures say nothing of the others.
    due = sum(value is not None for value in values.values()) * 2 > len(areas)
    cells = {}
    for area in areas:
        point, level = every[area.code], shades[area.code]
        key = FigureKey(meaning.id, area.code, period)
        if not has_value(point):
            cells[area.code] = _absent_cell(point, area, key, language, due=due)
            continue
        cells[area.code] = BoardCell(
            wording.plain(point.value, scale, language),
            level,
            level_word(level, direction, language),
            level_tone(level, direction),
            str(point.status),
            key,
            values[area.code],
        )
    return scale.label, cells


def _absent_cell(
    point: Point | None, area: Area, key: FigureKey, language: str, *, due: bool
) -> BoardCell:
    """A cell without a value: not reported is said in it, any other reason only behind it."""
    status = str(point.status) if point else ""
    reason = wording.absent_word(point, area, key.period, language, due=due)
    missed = status == FigureStatus.NOT_REPORTED or (due and not status)
    text = reason if missed and area.exists_in(key.period) else "—"
    return BoardCell(text, 0, reason, "none", status, key)


def _compared(areas: Areas, selection: Selection) -> tuple[Area, ...]:
    """The areas below the selected one, or its neighbours and itself where it has none."""
    below = areas.children(selection.area, selection.period)
    area_shown = areas.get(selection.area)
    if below or area_shown is None or not area_shown.parent:
        return below
    return areas.children(area_shown.parent, selection.period)


def build_board(points: Points, indicators: Sequence[str], selection: Selection) -> Board:
    """The board of the areas below the selected one; neighbours where it has none below."""
    language, areas = selection.language, points.areas
    below = _compared(areas, selection)
    columns: list[BoardColumn] = []
    cells: list[dict[str, BoardCell]] = []
    for name in indicators:
        meaning = points.catalogue.indicators[name]
        period = _period(points, name, below, selection.period)
        if period is None:
            continue
        unit, column = _cells(points, meaning, below, period, language)
        topic = points.catalogue.topics.get(meaning.topic)
        columns.append(
            BoardColumn(
                indicator=name,
                topic=topic.title[language] if topic else meaning.topic,
                title=meaning.name[language],
                unit=unit,
                period=wording.period_name(period, meaning, language),
            )
        )
        cells.append(column)
    rows = tuple(
        BoardRow(area.code, area.name[language], tuple(column[area.code] for column in cells))
        for area in below
        if columns
    )
    place = wording.area_name(areas.get(selection.area), selection.area, language)
    above = below[0].parent if below else selection.area
    of_streets = wording.below_name(areas, above, language)
    return Board(
        word("chart_board_caption", language, area=place, below=of_streets), tuple(columns), rows
    )
