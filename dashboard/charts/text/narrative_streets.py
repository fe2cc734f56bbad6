"""Clauses about the areas below: which are first, and how many rose or fell."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from dashboard.analysis.point import Point
from dashboard.analysis.transforms import Change
from dashboard.base.language import Scale
from dashboard.base.rounding import half_up
from dashboard.catalogue.concepts import Aggregation
from dashboard.charts.model.report import Paragraph
from dashboard.charts.text import wording
from dashboard.charts.text.narrative_clauses import Teller
from dashboard.charts.text.narrative_phrases import Piece, joined

MOST_NAMED = 3


def _shown(points: dict[str, Point], scale: Scale) -> dict[str, float]:
    """Values as they are printed, so that equal prints are equal places."""
    return {
        code: half_up((point.value or 0.0) / scale.factor, scale.decimals)
        for code, point in points.items()
    }


def _first(shown: dict[str, float]) -> list[str]:
    """The codes in front, at most MOST_NAMED; fewer where the last of them would be one of many."""
    order = sorted(shown, key=lambda code: (-shown[code], code))
    if len(order) <= MOST_NAMED:
        return order[:1] if len(order) <= 2 else order[:2]
    cut = shown[order[MOST_NAMED]]
    return [code for code in order[:MOST_NAMED] if shown[code] > cut]


def _names(teller: Teller, codes: Sequence[str]) -> str:
    return teller.frame.say("chart_list_comma").join(map(teller.frame.name, codes))


def _leading(teller: Teller, points: dict[str, Point], expected: int) -> Paragraph:
    """结婚登记，云岭镇、青岩镇、石桥镇居前，分别为…."""
    frame, language = teller.frame, teller.language
    scale = wording.scale_of(teller.indicator, [p.value for p in points.values()], language)

    def value(code: str) -> Piece:
        text = wording.quantity(points[code].value, scale, language)
        return teller.figure(text, code, teller.period, points[code])

    below = wording.below_name(frame.areas, frame.area, language, many=True)
    remark: Piece = ""
    if len(points) < expected:
        text = frame.say("chart_partial", reported=len(points), expected=expected, below=below)
        counted = teller.figure(text, frame.area, teller.period, None)
        remark = teller.say("chart_bracket", text=counted)
    name = teller.name.removesuffix("为") if language == "zh" else teller.name
    shown = _shown(points, scale)
    front = _first(shown)
    if not front:  # many share the first place
        if len(set(shown.values())) > 1:
            return ()
        same = value(next(iter(points)))
        return teller.say("narrative_all_equal", name=name, below=below, value=same, remark=remark)
    comma, last = frame.say("chart_list_comma"), frame.say("narrative_and")
    listed = joined(
        [teller.say("narrative_listed", name=frame.name(c), value=value(c)) for c in front],
        comma,
        last,
    )
    key = "most" if teller.indicator.aggregation is Aggregation.SUM else "highest"
    count = "one" if len(front) == 1 else "many"
    return teller.say(
        f"narrative_{key}_{count}",
        name=name,
        names=_names(teller, front),
        values=joined([value(code) for code in front], comma),
        listed=listed,
        remark=remark,
    )


def _extreme(teller: Teller, changes: dict[str, Change], word: str) -> Paragraph:
    """增幅最大的是…; of those who share it all are named, of many none."""
    sizes = {c: half_up(abs(one.value or 0.0), 1) for c, one in changes.items() if one.word == word}
    most = [code for code, size in sizes.items() if size == max(sizes.values())]
    if not most or len(sizes) == 1 == len(changes) or len(most) > MOST_NAMED:
        return ()
    change = changes[most[0]]
    signed = wording.change_number(change, teller.indicator, teller.language).lstrip("+−")
    point = teller.frame.points.point(teller.indicator.id, most[0], teller.period)
    amount = teller.figure(signed, most[0], teller.period, point)
    return teller.say(f"narrative_most_{word}", names=_names(teller, most), amount=amount)


def _directions(teller: Teller, codes: Sequence[str]) -> Paragraph:
    """How many rose, fell and stayed, and who did so most."""
    frame = teller.frame
    every = {code: frame.change(teller.indicator.id, code, teller.period) for code in codes}
    changes = {
        code: change for code, change in every.items() if change and change.value is not None
    }
    if len(changes) < 2 or _hides_base(teller, changes):
        return ()
    name = wording.comparison_name(frame.comparison, teller.language)
    pieces = _counted(teller, [change.word for change in changes.values()])
    counted = joined(pieces, frame.say("chart_list_comma"), frame.say("narrative_and"))
    counted = teller.say("narrative_directions", comparison=name, counted=counted)
    extremes = [_extreme(teller, changes, word) for word in ("up", "down")]
    return joined([counted, *extremes], frame.say("chart_comma"))


def _counted(teller: Teller, words: Sequence[str]) -> list[Piece]:
    """How many there are of each direction that occurs."""
    frame, family = teller.frame, "points" if teller.indicator.is_rate else "percent"
    pieces: list[Piece] = []
    for word in ("up", "down", "unchanged"):
        if word in words:
            text = frame.say(f"narrative_counted_{family}_{word}", count=words.count(word))
            pieces.append(teller.figure(text, frame.area, teller.period, None))
    return pieces


def _hides_base(teller: Teller, changes: Mapping[str, Change]) -> bool:
    """Whether a figure that is compared with must not be told."""
    points = teller.frame.points
    bases = {code: change.base for code, change in changes.items() if change.base}
    return any(
        teller.hides(points.point(teller.indicator.id, code, base), code, base)
        for code, base in bases.items()
    )


def told_below(teller: Teller, area: str) -> tuple[dict[str, Point], int]:
    """The points with a value of the areas directly below ``area``, and how many there are."""
    streets = teller.frame.areas.children(area, teller.period)
    told = teller.frame.points.told(teller.period)
    found = {one.code: told.point(teller.indicator.id, one.code, teller.period) for one in streets}
    known = {code: p for code, p in found.items() if p is not None and p.value is not None}
    return known, len(streets)


def of_streets(teller: Teller) -> Paragraph:
    """What is told of the areas directly below; nothing where fewer than two have a value.

    Nothing either where one of them is too small a count: with the total it could be worked out.
    """
    frame = teller.frame
    if teller.indicator.aggregation is Aggregation.NONE:
        return ()
    points, expected = told_below(teller, frame.area)
    if len(points) < 2 or any(
        teller.hides(point, code, teller.period) for code, point in points.items()
    ):
        return ()
    leading = _leading(teller, points, expected)
    directions = () if teller.in_steps else _directions(teller, list(points))
    return joined([leading, directions], frame.say("chart_comma"))
