"""Ranks the streets of one period as bars, with the district's line and the target."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from dashboard.analysis.figure_key import FigureKey
from dashboard.analysis.point import Point, has_value, value_of
from dashboard.catalogue.concepts import Aggregation, Area, Polarity
from dashboard.catalogue.periods import Period
from dashboard.catalogue.topics import Transform
from dashboard.charts.kinds.point_series import Where, point_hover, point_series
from dashboard.charts.kinds.street_rows import Ranked, Scope, ranked_table, scope_of
from dashboard.charts.model.chart import Mark, Series
from dashboard.charts.model.frame import ChartParts, Frame
from dashboard.charts.text import findings, sentences, wording
from dashboard.charts.text.sentences import Ranking


def _in_order(frame: Frame, points: Mapping[str, Point | None]) -> dict[str, Point]:
    """Best first, largest first where no direction is good; equal ones in the order of codes."""
    known = {code: point for code, point in points.items() if has_value(point)}
    of_share = frame.spec.transform is Transform.SHARE
    sign = 1 if frame.main.polarity is Polarity.LOWER_BETTER and not of_share else -1
    order = sorted(known, key=lambda code: (sign * known[code].amount, code))
    return {code: known[code] for code in order}


def _is_summed(frame: Frame) -> bool:
    """Whether amounts are shown that the whole is the sum of."""
    return frame.main.aggregation is Aggregation.SUM and frame.shows_values


def _reference(frame: Frame, ranked: Ranked) -> list[Mark]:
    """The line to read the bars against: the whole's own rate, else the mean of those there."""
    language, code, scale = frame.language, ranked.scope.code, ranked.scale
    if not _is_summed(frame):
        if not has_value(ranked.whole):
            return []
        name = wording.whole_name(frame.place(code), code, language)
        text = wording.plain(ranked.whole.value, scale, language)
        return [Mark(frame.word("chart_line_label", name=name, value=text), ranked.whole.value)]
    count = len(ranked.points)
    if count < 2:
        return []
    mean = sum(point.amount for point in ranked.points.values()) / count
    below = wording.below_name(frame.areas, code, language, many=True)
    text = wording.plain(mean, scale, language)
    return [Mark(frame.word("chart_mean", value=text, count=count, below=below), mean)]


def _targets(frame: Frame, ranked: Ranked) -> list[Mark]:
    """The target that holds for every one of them; that of a sum only holds for the whole."""
    if frame.main.aggregation is Aggregation.SUM or not frame.shows_values:
        return []
    target = frame.points.target(frame.main.id, ranked.scope.code, ranked.period)
    if target is None:
        return []
    text = wording.plain(target.value, ranked.scale, frame.language)
    name = frame.word(f"chart_{target.kind}")
    return [Mark(frame.word("chart_line_label", name=name, value=text), target.value)]


def _worse(frame: Frame, ranked: Ranked, target: float | None) -> tuple[bool, ...]:
    """Who is on the bad side of the target, else of the whole's own rate; by printed values.

    Empty where no direction is good, or amounts are shown, which depend on size.
    """
    polarity = frame.main.polarity
    line = target if target is not None else value_of(ranked.whole)
    if polarity is Polarity.NEUTRAL or line is None or _is_summed(frame) or not frame.shows_values:
        return ()
    sign = 1 if polarity is Polarity.HIGHER_BETTER else -1
    held = wording.plain(line, ranked.scale, frame.language)
    return tuple(
        sign * point.amount < sign * line
        and wording.plain(point.amount, ranked.scale, frame.language) != held
        for point in ranked.points.values()
    )


def absence_of(frame: Frame, scope: Scope, area: Area, period: Period) -> str:
    """Why an area has no bar: its value cannot be compared, or there is none."""
    return frame.why_absent(FigureKey(frame.main.id, area.code, period), due=scope.due)


def short_absence_of(frame: Frame, scope: Scope, area: Area, period: Period) -> str:
    """The same in as few words as stand on a map: 不可比, 缺报."""
    if frame.points.value(frame.main.id, area.code, period) is not None:
        return frame.word("chart_not_comparable")
    return absence_of(frame, scope, area, period)


def _absent_notes(frame: Frame, ranked: Ranked) -> list[str]:
    names: dict[str, list[str]] = {}
    for area in ranked.absent:
        reason = absence_of(frame, ranked.scope, area, ranked.period)
        names.setdefault(reason, []).append(area.name[frame.language])
    comma = frame.word("chart_list_comma")
    return [
        frame.word("chart_absent_note", reason=reason, names=comma.join(areas))
        for reason, areas in names.items()
    ]


def _notes(frame: Frame, ranked: Ranked, span: str) -> list[str]:
    """That an earlier period is shown than was asked for, and who has no bar and why."""
    notes = _absent_notes(frame, ranked)
    asked = frame.selection.period
    if asked and ranked.period != asked:
        named = wording.missing_period(asked, ranked.period, frame.main, frame.language)
        notes.insert(0, frame.word("chart_earlier_note", asked=named, shown=span))
    return notes


def _whole_in_scale(frame: Frame, whole: Point | None) -> list[Point | None]:
    """The whole where it is of the size of its parts: of a rate, not of an amount."""
    return [] if frame.main.aggregation is Aggregation.SUM else [whole]


def rank(frame: Frame) -> tuple[Frame, Ranked] | None:
    """Every street that has a value in one period, and the frame in the boundaries of then."""
    scope = scope_of(frame)
    period = frame.end([child.code for child in scope.children])
    if period is None:
        return None
    # Streets stand beside each other as they were then; one closed before is not missing.
    frame = replace(frame, points=frame.points.in_boundaries_of(period))
    children = tuple(child for child in scope.children if not child.ended_before(period))
    every = {child.code: frame.point(frame.main.id, child.code, period) for child in children}
    points = _in_order(frame, every)
    if not points:
        return None
    whole = frame.point(frame.main.id, scope.code, period)
    values = [value_of(point) for point in (*points.values(), *_whole_in_scale(frame, whole))]
    absent = tuple(child for child in children if child.code not in points)
    scope = replace(scope, children=children)
    return frame, Ranked(scope, period, points, absent, whole, frame.scale(values))


def _series(frame: Frame, ranked: Ranked, name: str, span: str) -> Series:
    hovers = []
    for code, point in ranked.points.items():
        where = Where(span, code, "" if frame.shows_values else name)
        change = frame.change(frame.main.id, code, ranked.period)
        hovers.append(point_hover(frame, where, point, ranked.scale, (change, frame.main)))
    return point_series(frame, name, ranked.points, ranked.scale, hovers)


def _name(frame: Frame) -> str:
    """The indicator's name, with what is measured of it where that is not its value."""
    name = frame.main.name[frame.language]
    if frame.shows_values:
        return name
    what = frame.word(f"sentence_measure_{frame.spec.transform}")
    return frame.word("chart_measured", name=name, what=what)


def ranked(frame: Frame) -> ChartParts | None:
    """The draft of ranked bars: every street that has a value in one period."""
    ranking = rank(frame)
    return draft_of(*ranking) if ranking is not None else None


def draft_of(frame: Frame, ranked: Ranked) -> ChartParts:
    """The draft of a ranking; the frame is in the boundaries of its period."""
    scope, period, points, whole = ranked.scope, ranked.period, ranked.points, ranked.whole
    targets = _targets(frame, ranked)
    existing = [child for child in scope.children if child.exists_in(period)]
    target = targets[0].value if targets else None
    ranking = Ranking(scope.code, period, points, len(existing), whole, target, scope.chosen)
    below = wording.below_name(frame.areas, scope.code, frame.language)
    span, name = wording.period_name(period, frame.main, frame.language), _name(frame)
    return ChartParts(
        title=frame.word("chart_of_each", below=below, name=name),
        span=span,
        area=scope.code,
        scale=ranked.scale,
        key_kind="area",
        periods=(str(period),),
        categories=tuple(frame.name(code) for code in points),
        keys=tuple(points),
        series=(_series(frame, ranked, name, span),),
        table=ranked_table(frame, ranked),
        sentence=sentences.of_ranking(frame, ranking, ranked.scale),
        used=tuple(filter(None, (*points.values(), whole))),
        bases=tuple(filter(None, (frame.base(frame.main.id, code, period) for code in points))),
        targets=(*_reference(frame, ranked), *targets),
        partial=tuple(bool(point.partial) for point in points.values()),
        chosen=scope.chosen,
        worse=_worse(frame, ranked, target),
        notes=tuple(_notes(frame, ranked, span)),
        unfinished=(False,) * len(points),
        finding=findings.of_ranking(frame, points, whole, scope.code, ranked.scale),
    )
