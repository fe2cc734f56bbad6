"""Which areas are compared with each other, and the table of one period's ranking."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from dashboard.analysis.derivation import FigureKey
from dashboard.analysis.points import Point
from dashboard.base.language import Scale
from dashboard.base.rounding import half_up
from dashboard.catalogue.concepts import Area, Indicator
from dashboard.catalogue.periods import Period
from dashboard.charts.model.chart import Fact, Role, Table
from dashboard.charts.model.frame import Cell, Frame, Rows, change_cell, drawn_cell, value_cell
from dashboard.charts.model.selection import NO_COMPARISON
from dashboard.charts.text import wording


@dataclass(frozen=True, slots=True)
class Scope:
    """The area whose children are compared, the children, and the one to be coloured."""

    code: str
    children: tuple[Area, ...]
    chosen: str
    due: bool  # whether every one of the children is to report


def scope_of(frame: Frame) -> Scope:
    """The selected area's own streets; beside its siblings where nothing is known below it."""
    here, below = frame.place(frame.area), frame.areas.children(frame.area)
    own = Scope(frame.area, below, "", _expected(frame, here, below))
    if here is None or not here.parent or _known(frame, below):
        return own
    beside, above = frame.areas.children(here.parent), frame.place(here.parent)
    if _known(frame, beside) < 2:  # nobody to be compared with
        return own
    return Scope(here.parent, beside, frame.area, _expected(frame, above, beside))


def _expected(frame: Frame, whole: Area | None, parts: Sequence[Area]) -> bool:
    """Whether a missing figure was to be expected: all parts are listed, and most of them report.

    Three towns in a table of a county say nothing about the fifteen others.
    """
    return whole is not None and whole.lists_all_below and _known(frame, parts) * 2 > len(parts)


def _known(frame: Frame, areas: Sequence[Area]) -> int:
    """How many of the areas have any figure."""
    return sum(bool(frame.points.periods(frame.main.id, area.code)) for area in areas)


def _beside(frame: Frame) -> list[Indicator]:
    """What stands beside a rate so that it can be judged: its numerator and denominator."""
    names = [frame.main.numerator, frame.main.denominator] if frame.plain else []
    rest = [one.id for one in frame.indicators[1:]]
    return [frame.catalogue.indicators[name] for name in (*names, *rest) if name]


def ranked_table(
    frame: Frame,
    scope: Scope,
    period: Period,
    found: dict[str, Point],
    absent: Sequence[Area],
    whole: Point | None,
    scale: Scale,
) -> Table:
    """One row a street, the reported ones first, and a last row for the whole."""
    name = frame.main.name[frame.language]
    heading = wording.below_name(frame.areas, scope.code, frame.language)
    rows = Rows(name, [heading, f"{name} ({scale.label})"], [0, scale.decimals])
    compared = frame.comparison != NO_COMPARISON
    if compared:
        rows.columns.append(wording.comparison_name(frame.comparison, frame.language))
        rows.decimals.append(1)
    rows.columns.append(frame.say("chart_place"))
    rows.decimals.append(0)
    beside = []
    for indicator in _beside(frame):
        codes = [*found, *(area.code for area in absent), scope.code]
        values = {code: frame.points.value(indicator.id, code, period) for code in codes}
        own = wording.scale_of(indicator, list(values.values()), frame.language)
        beside.append((indicator.id, values, own))
        rows.columns.append(f"{indicator.name[frame.language]} ({own.label})")
        rows.decimals.append(own.decimals)
    shown = {
        code: half_up((p.value or 0.0) / scale.factor, scale.decimals) for code, p in found.items()
    }
    order = list(shown.values())

    def cells(code: str, first: Cell, place: int | None) -> list[Cell]:
        key = FigureKey(frame.main.id, code, period)
        listed = [first]
        if compared:
            change = frame.change(frame.main.id, code, period)
            listed.append(change_cell(frame, change, frame.main, key))
        rank = Fact(Role.RANK, float(place) if place else None, key)
        listed.append(Cell(str(place) if place else "—", rank.value, fact=rank))
        return listed + [
            value_cell(frame, values[code], own, figure=key._replace(indicator=name))
            for name, values, own in beside
        ]

    def key_of(code: str) -> FigureKey:
        return FigureKey(frame.main.id, code, period)

    for code, point in found.items():
        remark = wording.status_words(point, scale, frame.language)
        first = drawn_cell(frame, point, scale, key_of(code), remark)
        rows.add(code, frame.name(code), cells(code, first, order.index(shown[code]) + 1))
    for area in absent:
        point_there = frame.points.point(frame.main.id, area.code, period)
        why = wording.absent_word(point_there, area, period, frame.language, due=scope.due)
        first = drawn_cell(frame, None, scale, key_of(area.code), why)
        rows.add(area.code, frame.name(area.code), cells(area.code, first, None))
    if whole is not None and whole.value is not None:
        remark = wording.partial_words(whole, frame.areas, scope.code, frame.language)
        first = drawn_cell(frame, whole, scale, key_of(scope.code), remark)
        heading = wording.whole_name(frame.place(scope.code), scope.code, frame.language)
        rows.add(scope.code, heading, cells(scope.code, first, None))
    return rows.table()
