"""Lists the components of a total in one period, with their shares.

Shares are only given where the components are complete; of-which lines are never stacked.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from dashboard.analysis import comparisons
from dashboard.analysis.figure_key import FigureKey
from dashboard.analysis.point import Point, has_value, value_of
from dashboard.base.language import Scale, number
from dashboard.catalogue.concepts import Indicator
from dashboard.catalogue.periods import Period
from dashboard.charts.kinds.point_series import point_series
from dashboard.charts.model.chart import COMPONENT, SHARE_MARK, CellFact, CellRole, Series, Table
from dashboard.charts.model.frame import ChartParts, Frame, Rows, TableCell, value_cell
from dashboard.charts.text import sentences, wording
from dashboard.charts.text.hover import hover_change, hover_head, hover_text

MOST_COMPONENTS = 5
TOLERANCE = 0.005  # printed components rarely add up to the last figure


@dataclass(frozen=True, slots=True)
class Split:
    """A total in one period: its components with a value, and how they stand to it.

    ``rest`` is what the components leave of a known total; ``complete`` says that they make it up.
    """

    whole: Point | None
    parts: dict[str, Point]
    rest: float
    complete: bool

    @property
    def order(self) -> list[str]:
        """The components, the largest first."""
        return sorted(self.parts, key=lambda name: -self.parts[name].amount)

    def share(self, name: str) -> float | None:
        """The percentage of a component; None where the components do not make up a total."""
        total = value_of(self.whole) if self.complete else None
        return self.parts[name].amount / total * 100 if total else None


def _is_positive(whole: Point, parts: Sequence[Point]) -> bool:
    """Whether parts of a whole can be drawn as shares of it: none of them below 0."""
    return whole.amount > 0 and min(point.amount for point in parts) >= 0


def split_at(frame: Frame, children: Sequence[Indicator], period: Period) -> Split:
    """The components of the main indicator in one period."""
    whole = frame.points.point(frame.main.id, frame.area, period)
    every = {child.id: frame.points.point(child.id, frame.area, period) for child in children}
    parts = {name: point for name, point in every.items() if has_value(point)}
    if not has_value(whole) or not parts:
        return Split(whole, parts, 0.0, False)
    points = list(parts.values())
    # Of a total that the areas below contradict nobody knows what its components leave.
    left = whole.amount - sum(point.amount for point in points)
    rest = 0.0 if whole.differs else left
    close = abs(rest) <= abs(whole.amount) * TOLERANCE
    adds_up = comparisons.adds_up(whole.amount, [point.amount for point in points])
    complete = adds_up and _is_positive(whole, points) and _of_same_areas([whole, *points])
    return Split(whole, parts, 0.0 if close else rest, complete)


def _of_same_areas(points: Sequence[Point]) -> bool:
    """Whether the same areas are missing from all of them, or none from any."""
    return len({point.missing if point.partial else None for point in points}) == 1


def split_notes(
    frame: Frame, split: Split, children: Sequence[Indicator], scale: Scale
) -> list[str]:
    """What must be said where components and total do not fit: which are missing, by how much."""
    missing = [c.name[frame.language] for c in children if c.id not in split.parts]
    notes = []
    if missing and not split.complete:
        names = frame.word("chart_list_comma").join(missing)
        notes.append(frame.word("chart_parts_missing", names=names))
    if split.rest < 0:
        amount = wording.quantity(-split.rest, scale, frame.language)
        notes.append(frame.word("chart_parts_exceed", amount=amount))
    return notes


def composition(frame: Frame) -> ChartParts | None:
    """The draft of one period's components, largest first; shares only where they are complete."""
    children = frame.catalogue.components(frame.main.id, frame.spec.dimension)
    period = _latest(frame, children)
    if period is None:
        return None
    split = split_at(frame, children, period)
    order, points = split.order, [split.parts[name] for name in split.order]
    scale = wording.scale_of(frame.main, [point.value for point in points], frame.language)
    span = wording.period_name(period, frame.main, frame.language)
    notes = split_notes(frame, split, children, scale)
    if not split.complete:
        notes.append(frame.word("chart_no_shares"))
    return ChartParts(
        title=_title(frame),
        span=span,
        area=frame.area,
        scale=scale,
        categories=tuple(_name(frame, name) for name in order),
        periods=(str(period),),
        keys=("",) * len(order),
        key_kind="",
        series=(_series(frame, split, period, scale),),
        table=_table(frame, split, period, scale),
        sentence=largest_words(frame, span, split, scale),
        used=tuple(filter(None, (*split.parts.values(), split.whole))),
        partial=tuple(bool(point.partial) for point in points),
        notes=tuple(notes),
        unfinished=(False,) * len(order),
    )


def _title(frame: Frame) -> str:
    """What is divided, and by what where that is a dimension of the grid."""
    name, dimension = frame.main.name[frame.language], frame.spec.dimension
    if not dimension:
        return frame.word("chart_composition", name=name)
    by = frame.catalogue.grid.dimension_name(dimension)[frame.language]
    return frame.word("chart_composition_by", name=name, by=by)


def _name(frame: Frame, indicator: str) -> str:
    return frame.catalogue.indicators[indicator].name[frame.language]


def _percent(frame: Frame, share: float) -> str:
    return number(share, 1, frame.language) + "%"


def largest_words(frame: Frame, span: str, split: Split, scale: Scale) -> str:
    """The sentence that names the largest component, with its share where there is one."""
    largest = split.order[0]
    return sentences.of_parts(
        frame,
        span,
        _name(frame, largest),
        wording.quantity(split.parts[largest].amount, scale, frame.language),
        split.share(largest),
        len(split.parts),
    )


def _series(frame: Frame, split: Split, period: Period, scale: Scale) -> Series:
    """The components, labelled with their amounts, and with their shares where there are any."""
    span, comma = wording.period_name(period, frame.main, frame.language), frame.word("chart_comma")
    hovers, shares = [], []
    for name in split.order:
        share = split.share(name)
        change = frame.change(name, frame.area, period)
        parts = [hover_change(frame, change, frame.catalogue.indicators[name])]
        if share is not None:
            shares.append(_percent(frame, share))
            parts.insert(0, frame.word("chart_share_of", share=shares[-1]))
        remark = comma.join(part for part in parts if part)
        head = hover_head(frame, span, frame.name(frame.area), _name(frame, name))
        hovers.append(hover_text(frame, head, split.parts[name], scale, remark))
    points = [split.parts[name] for name in split.order]
    series = point_series(frame, frame.main.name[frame.language], points, scale, hovers)
    if shares:
        both = zip(series.labels, shares, strict=True)
        series = replace(series, labels=tuple(SHARE_MARK.join(texts) for texts in both))
    return replace(series, role=COMPONENT)


def _table(frame: Frame, split: Split, period: Period, scale: Scale) -> Table:
    """One row a component, with its share where the components make up a total."""
    columns = [frame.word("chart_component"), f"{frame.word('chart_amount')} ({scale.label})"]
    rows = Rows(frame.main.name[frame.language], columns, [0, scale.decimals])
    if split.complete:
        rows.add_column(frame.word("chart_share"), 1)
    for name in split.order:
        key, share = FigureKey(name, frame.area, period), split.share(name)
        cells = [value_cell(frame, split.parts[name].value, scale, figure=key)]
        if share is not None:
            fact = CellFact(CellRole.SHARE, share, key)
            cells.append(TableCell(_percent(frame, share), share, figure=key, fact=fact))
        rows.add("", _name(frame, name), cells)
    return rows.table()


def _latest(frame: Frame, children: Sequence[Indicator]) -> Period | None:
    """The latest period, near the selected one, in which any component has a value."""
    known = {p for child in children for p in frame.points.periods(child.id, frame.area)}
    return max(filter(frame.is_near, known), default=None)
