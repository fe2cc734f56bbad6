"""A total and its components in one period, as a list with shares.

Shares are only given where the components are complete; of-which lines are never stacked.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from dashboard.analysis.derivation import FigureKey
from dashboard.analysis.points import Point
from dashboard.base.language import Scale, number
from dashboard.catalogue.concepts import Indicator, Part
from dashboard.catalogue.periods import Period
from dashboard.charts.model.chart import COMPONENT, Fact, Role, Series
from dashboard.charts.model.frame import LOOK_BACK, Cell, Draft, Frame, Rows, value_cell
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


def split_at(frame: Frame, children: Sequence[Indicator], period: Period) -> Split:
    """The components of the main indicator in one period."""
    whole = frame.points.point(frame.main.id, frame.area, period)
    found: dict[str, Point] = {}
    for child in children:
        point = frame.points.point(child.id, frame.area, period)
        if point is not None and point.value is not None:
            found[child.id] = point
    total = whole.value if whole else None
    if total is None or not found:
        return Split(whole, found, 0.0, False)
    rest = total - sum(point.value or 0.0 for point in found.values())
    partial = [point.missing for point in (whole, *found.values()) if point and point.partial]
    same = not partial or (len(set(partial)) == 1 and len(partial) == len(found) + 1)
    close = abs(rest) <= abs(total) * TOLERANCE
    positive = all((point.value or 0.0) >= 0 for point in found.values()) and total > 0
    return Split(whole, found, 0.0 if close else rest, close and same and positive)


def split_notes(
    frame: Frame, split: Split, children: Sequence[Indicator], scale: Scale
) -> list[str]:
    """What must be said where components and total do not fit: which are missing, by how much."""
    missing = [c.name[frame.language] for c in children if c.id not in split.parts]
    notes = []
    if missing and not split.complete:
        names = frame.say("chart_list_comma").join(missing)
        notes.append(frame.say("chart_parts_missing", names=names))
    if split.rest < 0:
        amount = wording.quantity(-split.rest, scale, frame.language)
        notes.append(frame.say("chart_parts_exceed", amount=amount))
    return notes


def composition(frame: Frame) -> Draft | None:
    """The draft of one period's components, largest first; shares only where they are complete."""
    children = frame.catalogue.children(frame.main.id, Part.COMPONENT)
    period = _latest(frame, children)
    if period is None:
        return None
    split = split_at(frame, children, period)
    scale = wording.scale_of(
        frame.main, [point.value for point in split.parts.values()], frame.language
    )
    order = sorted(split.parts, key=lambda name: -(split.parts[name].value or 0.0))
    total = split.whole.value if split.whole and split.complete else None
    names = {child.id: child.name[frame.language] for child in children}
    span = wording.period_name(period, frame.main, frame.language)
    rows = Rows(
        frame.main.name[frame.language],
        [frame.say("chart_component"), f"{frame.say('chart_amount')} ({scale.label})"],
        [0, scale.decimals],
    )
    if total:
        rows.columns.append(frame.say("chart_share"))
        rows.decimals.append(1)
    labels, hovers = [], []
    for name in order:
        point = split.parts[name]
        key = FigureKey(name, frame.area, period)
        cells = [value_cell(frame, point.value, scale, figure=key)]
        share = (point.value or 0.0) / total * 100 if total else None
        text = wording.plain(point.value, scale, frame.language)
        said = ""
        if share is not None:
            percent = number(share, 1, frame.language) + "%"
            cells.append(Cell(percent, share, figure=key, fact=Fact(Role.SHARE, share, key)))
            text = percent
            said = frame.say("chart_share_of", share=percent)
        compared = frame.change(name, frame.area, period)
        short = hover_change(frame, compared, frame.catalogue.indicators[name])
        said = frame.say("chart_comma").join(filter(None, (said, short)))
        labels.append(text)
        what = hover_head(frame, span, frame.name(frame.area), names[name])
        hovers.append(hover_text(frame, what, point, scale, said))
        rows.add("", names[name], cells)
    notes = split_notes(frame, split, children, scale)
    if not split.complete:
        notes.append(frame.say("chart_no_shares"))
    largest = split.parts[order[0]]
    values = tuple(split.parts[name].value for name in order)
    share = (largest.value or 0.0) / total * 100 if total else None
    series = Series(
        name=frame.main.name[frame.language],
        values=values,
        role=COMPONENT,
        hover=tuple(hovers),
        statuses=tuple(wording.mark(split.parts[name]) for name in order),
        labels=tuple(labels),
        texts=tuple(wording.quantity(value, scale, frame.language) for value in values),
    )
    return Draft(
        title=frame.say("chart_composition", name=frame.main.name[frame.language]),
        span=span,
        area=frame.area,
        scale=scale,
        categories=tuple(names[name] for name in order),
        periods=(str(period),),
        keys=("",) * len(order),
        key_kind="",
        series=(series,),
        table=rows.table(),
        sentence=sentences.of_parts(
            frame,
            span,
            names[order[0]],
            wording.quantity(largest.value, scale, frame.language),
            share,
            len(split.parts),
        ),
        used=tuple(split.parts.values()) + ((split.whole,) if split.whole else ()),
        partial=tuple(bool(split.parts[name].partial) for name in order),
        notes=tuple(notes),
        unfinished=(False,) * len(order),
    )


def _latest(frame: Frame, children: Sequence[Indicator]) -> Period | None:
    """The latest period, near the selected one, in which any component has a value."""
    chosen = frame.selection.period
    found = [
        period
        for child in children
        for period in frame.points.periods(child.id, frame.area)
        if chosen is None or chosen.plus(-LOOK_BACK) <= period <= chosen
    ]
    return max(found, default=None)
