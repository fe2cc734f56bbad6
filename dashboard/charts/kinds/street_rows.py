"""Chooses the areas that are compared, and builds the table of one period's ranking."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from dashboard.analysis.figure_key import FigureKey
from dashboard.analysis.point import Point, has_value
from dashboard.base.language import Scale
from dashboard.base.rounding import half_up
from dashboard.catalogue.concepts import Area, Indicator, Level
from dashboard.catalogue.periods import Period
from dashboard.charts.model.chart import CellFact, CellRole, Table
from dashboard.charts.model.frame import Frame, Rows, TableCell, change_cell, drawn_cell, value_cell
from dashboard.charts.model.selection import NO_COMPARISON
from dashboard.charts.text import change_words, wording

_COMPARED = (Level.STREET, Level.COMMUNITY)  # with their siblings


@dataclass(frozen=True, slots=True)
class Scope:
    """The area whose children are compared, the children, and the one to be coloured."""

    code: str
    children: tuple[Area, ...]
    chosen: str
    due: bool  # whether every one of the children is to report


def scope_of(frame: Frame) -> Scope:
    """The selected area's own streets; a street with its siblings where none is known below it.

    The other cities of a province are no streets of this one.
    """
    area, below = frame.place(frame.area), frame.areas.children(frame.area)
    own = Scope(frame.area, below, "", _expected(frame, area, below))
    if area is None or area.level not in _COMPARED or not area.parent or _known(frame, below):
        return own
    siblings, above = frame.areas.children(area.parent), frame.place(area.parent)
    if _known(frame, siblings) < 2:  # nobody to be compared with
        return own
    return Scope(area.parent, siblings, frame.area, _expected(frame, above, siblings))


def _expected(frame: Frame, whole: Area | None, parts: Sequence[Area]) -> bool:
    """Whether a missing figure was to be expected: all parts are listed, and most of them report.

    Three towns in a table of a county say nothing about the fifteen others.
    """
    return whole is not None and whole.lists_all_below and _known(frame, parts) * 2 > len(parts)


def _known(frame: Frame, areas: Sequence[Area]) -> int:
    """How many of the areas have any figure."""
    return sum(frame.points.has_any(frame.main.id, area.code) for area in areas)


@dataclass(frozen=True, slots=True)
class Ranked:
    """The areas of one period, best first, and what they are read against.

    ``points`` hold a value each; ``absent`` are the areas that have none.
    """

    scope: Scope
    period: Period
    points: dict[str, Point]
    absent: tuple[Area, ...]
    whole: Point | None
    scale: Scale

    @property
    def codes(self) -> list[str]:
        """Every area of the ranking and the whole, in the order of the table's rows."""
        return [*self.points, *(area.code for area in self.absent), self.scope.code]

    def places(self) -> dict[str, int]:
        """The place of each area; what is printed alike shares one."""
        shown = {
            code: half_up(point.amount / self.scale.factor, self.scale.decimals)
            for code, point in self.points.items()
        }
        order = list(shown.values())
        return {code: order.index(value) + 1 for code, value in shown.items()}


@dataclass(frozen=True, slots=True)
class _Column:
    """A further indicator of the table: its values by area, and their scale."""

    indicator: Indicator
    values: dict[str, float | None]
    scale: Scale


def _further(frame: Frame, ranked: Ranked) -> list[_Column]:
    """A rate's numerator and denominator, by which it can be judged, and the other indicators."""
    names = [frame.main.numerator, frame.main.denominator] if frame.shows_values else []
    names += [indicator.id for indicator in frame.indicators[1:]]
    columns = []
    for indicator in [frame.catalogue.indicators[name] for name in names if name]:
        values = {code: _further_value(frame, ranked, indicator.id, code) for code in ranked.codes}
        own = wording.scale_of(indicator, list(values.values()), frame.language)
        columns.append(_Column(indicator, values, own))
    return columns


def _further_value(frame: Frame, ranked: Ranked, name: str, code: str) -> float | None:
    """The value of a further indicator; of a rate's sides that which the rate was made of."""
    rate = ranked.whole if code == ranked.scope.code else ranked.points.get(code)
    sides = (frame.main.numerator, frame.main.denominator)
    if frame.shows_values and rate is not None and rate.sides is not None and name in sides:
        return rate.sides[sides.index(name)]
    return frame.points.value(name, code, ranked.period)


def ranked_table(frame: Frame, ranked: Ranked) -> Table:
    """One row a street, the reported ones first, and a last row for the whole."""
    scope, period, scale = ranked.scope, ranked.period, ranked.scale
    further, places = _further(frame, ranked), ranked.places()
    rows = _headings(frame, ranked, further)

    def add(code: str, name: str, point: Point | None, remark: str) -> None:
        key = FigureKey(frame.main.id, code, period)
        cells = [drawn_cell(frame, point, scale, key, remark)]
        if frame.comparison != NO_COMPARISON:
            change = frame.change(frame.main.id, code, period)
            cells.append(change_cell(frame, change, frame.main))
        cells.append(_place_cell(places.get(code), key))
        cells += [_further_cell(frame, column, key) for column in further]
        rows.add(code, name, cells)

    for code, point in ranked.points.items():
        add(code, frame.name(code), point, wording.status_words(point, scale, frame.language))
    for area in ranked.absent:
        key = FigureKey(frame.main.id, area.code, period)
        why = frame.why_absent(key, due=scope.due)
        add(area.code, frame.name(area.code), None, why)
    if has_value(ranked.whole):
        remark = frame.remark(ranked.whole, scope.code, scale)
        name = wording.whole_name(frame.place(scope.code), scope.code, frame.language)
        add(scope.code, name, ranked.whole, remark)
    return rows.table()


def _further_cell(frame: Frame, column: _Column, place: FigureKey) -> TableCell:
    """A further value as a cell.

    What is made of some areas only is no figure of its own: the rate's page shows it.
    """
    key, value = place._replace(indicator=column.indicator.id), column.values[place.area]
    if value is None or value == frame.points.value(*key[:3]):
        return value_cell(frame, value, column.scale, figure=key)
    counts = frame.role(key) is CellRole.COUNT
    cell = value_cell(frame, value, column.scale)
    return replace(
        cell, figure=place, fact=CellFact(CellRole.REMAINDER if counts else CellRole.AMOUNT, value)
    )


def _measured(frame: Frame, name: str) -> str:
    """The indicator's name with what is drawn of it: its change year on year, its share."""
    what = frame.word(f"sentence_measure_{frame.spec.transform}")
    return frame.word("chart_measured", name=name, what=what)


def _headings(frame: Frame, ranked: Ranked, further: Sequence[_Column]) -> Rows:
    """The table's columns: area, value, comparison, place, and the further indicators."""
    language, name = frame.language, frame.main.name[frame.language]
    heading = wording.below_name(frame.areas, ranked.scope.code, language)
    drawn = name if frame.shows_values else _measured(frame, name)
    rows = Rows(name, [heading, f"{drawn} ({ranked.scale.label})"], [0, ranked.scale.decimals])
    if frame.comparison != NO_COMPARISON:
        changes = [frame.change(frame.main.id, code, ranked.period) for code in ranked.codes]
        rows.add_column(change_words.column_name(changes, language), 1)
    rows.add_column(frame.word("chart_place" if frame.is_ranked else "chart_place_by_size"), 0)
    for column in further:
        title = f"{column.indicator.name[language]} ({column.scale.label})"
        rows.add_column(title, column.scale.decimals)
    return rows


def _place_cell(place: int | None, key: FigureKey) -> TableCell:
    rank = CellFact(CellRole.RANK, float(place) if place else None, key)
    return TableCell(str(place) if place else "—", rank.value, fact=rank)
