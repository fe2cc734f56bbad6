"""The streets beside each other in one period: ranked bars with the whole and the target."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from dashboard.analysis.points import Point
from dashboard.base.language import Scale
from dashboard.catalogue.concepts import Aggregation, Area, Polarity
from dashboard.catalogue.periods import Period
from dashboard.charts.kinds.street_rows import Scope, ranked_table, scope_of
from dashboard.charts.model.chart import MAIN, Mark, Series
from dashboard.charts.model.frame import Draft, Frame
from dashboard.charts.text import sentences, wording
from dashboard.charts.text.hover import hover_change, hover_head, hover_text
from dashboard.charts.text.sentences import Ranking


def _in_order(frame: Frame, found: dict[str, Point]) -> dict[str, Point]:
    """Best first, largest first where no direction is good; equal ones in the order of codes."""
    sign = 1 if frame.main.polarity is Polarity.LOWER_BETTER and frame.plain else -1
    order = sorted(found, key=lambda code: (sign * (found[code].value or 0.0), code))
    return {code: found[code] for code in order}


def _reference(
    frame: Frame, scope: Scope, whole: Point | None, found: dict[str, Point], scale: Scale
) -> list[Mark]:
    """The line to read the bars against: the whole's own rate, else the mean of those there."""
    language = frame.language
    if frame.main.aggregation is not Aggregation.SUM or not frame.plain:
        if whole is None or whole.value is None:
            return []
        name = wording.whole_name(frame.place(scope.code), scope.code, language)
        text = wording.plain(whole.value, scale, language)
        return [Mark(frame.say("chart_line_label", name=name, value=text), whole.value)]
    if len(found) < 2:
        return []
    mean = sum(point.value or 0.0 for point in found.values()) / len(found)
    below = wording.below_name(frame.areas, scope.code, language, many=True)
    text = wording.plain(mean, scale, language)
    label = frame.say("chart_mean", value=text, count=len(found), below=below)
    return [Mark(label, mean)]


def _targets(frame: Frame, scope: Scope, period: Period, scale: Scale) -> list[Mark]:
    """The target that holds for every one of them; that of a sum only holds for the whole."""
    if frame.main.aggregation is Aggregation.SUM or not frame.plain:
        return []
    target = frame.points.target(frame.main.id, scope.code, period)
    if target is None:
        return []
    text = wording.plain(target.value, scale, frame.language)
    name = frame.say(f"chart_{target.kind}")
    return [Mark(frame.say("chart_line_label", name=name, value=text), target.value)]


def _absent_notes(frame: Frame, scope: Scope, absent: Sequence[Area], period: Period) -> list[str]:
    groups: dict[str, list[str]] = {}
    for area in absent:
        point = frame.points.point(frame.main.id, area.code, period)
        if point is not None and point.value is not None:
            reason = frame.say("chart_not_comparable")
        else:
            reason = wording.absent_word(point, area, period, frame.language, due=scope.due)
        groups.setdefault(reason, []).append(area.name[frame.language])
    comma = frame.say("chart_list_comma")
    return [
        frame.say("chart_absent_note", reason=reason, names=comma.join(names))
        for reason, names in groups.items()
    ]


def ranked(frame: Frame) -> Draft | None:
    """The draft of ranked bars: every street that has a value in one period."""
    scope = scope_of(frame)
    codes = [child.code for child in scope.children]
    period = frame.end(codes)
    if period is None:
        return None
    # Streets stand beside each other as they were then; one closed before is not missing.
    frame = replace(frame, points=frame.points.told(period))
    scope = replace(scope, children=tuple(c for c in scope.children if not c.ended_before(period)))
    codes = [child.code for child in scope.children]
    points = {code: frame.point(frame.main.id, code, period) for code in codes}
    found = _in_order(
        frame, {code: p for code, p in points.items() if p is not None and p.value is not None}
    )
    if not found:
        return None
    existing = [child for child in scope.children if child.exists_in(period)]
    whole = frame.point(frame.main.id, scope.code, period)
    with_whole = [whole.value] if whole and frame.main.aggregation is not Aggregation.SUM else []
    scale = frame.scale([*(point.value for point in found.values()), *with_whole])
    targets = _targets(frame, scope, period, scale)
    span = wording.period_name(period, frame.main, frame.language)
    ranking = Ranking(
        scope.code,
        period,
        found,
        len(existing),
        whole,
        targets[0].value if targets else None,
        scope.chosen,
    )
    absent = [child for child in scope.children if child.code not in found]
    notes = _absent_notes(frame, scope, absent, period)
    if frame.selection.period and period != frame.selection.period:
        asked = wording.plain_period(frame.selection.period, frame.main, frame.language)
        notes.insert(0, frame.say("chart_earlier_note", asked=asked, shown=span))
    below = wording.below_name(frame.areas, scope.code, frame.language)
    name = frame.main.name[frame.language]
    if not frame.plain:
        what = frame.say(f"sentence_measure_{frame.spec.transform}")
        name = frame.say("chart_measured", name=name, what=what)
    title = frame.say("chart_of_each", below=below, name=name)
    values = tuple(point.value for point in found.values())
    hovers = []
    for code, point in found.items():
        change = frame.change(frame.main.id, code, period)
        what = hover_head(frame, span, frame.name(code), "" if frame.plain else name)
        short = hover_change(frame, change, frame.main)
        hovers.append(hover_text(frame, what, point, scale, short, area=code))
    series = Series(
        name=name,
        values=values,
        role=MAIN,
        hover=tuple(hovers),
        statuses=tuple(wording.mark(point) for point in found.values()),
        texts=tuple(wording.quantity(value, scale, frame.language) for value in values),
        labels=tuple(wording.plain(value, scale, frame.language) for value in values),
    )
    return Draft(
        title=title,
        span=span,
        area=scope.code,
        scale=scale,
        key_kind="area",
        periods=(str(period),),
        categories=tuple(frame.name(code) for code in found),
        keys=tuple(found),
        series=(series,),
        table=ranked_table(frame, scope, period, found, absent, whole, scale),
        sentence=sentences.of_ranking(frame, ranking, scale),
        used=tuple(found.values()) + ((whole,) if whole else ()),
        beside=tuple(filter(None, (frame.base(frame.main.id, code, period) for code in found))),
        targets=(*_reference(frame, scope, whole, found, scale), *targets),
        partial=tuple(bool(point.partial) for point in found.values()),
        chosen=scope.chosen,
        notes=tuple(notes),
        unfinished=(False,) * len(found),
    )
