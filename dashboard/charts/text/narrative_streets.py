"""Writes clauses about the areas below: which lead, and how many rose or fell."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from dashboard.analysis import comparisons
from dashboard.analysis.change import Change
from dashboard.analysis.point import Point
from dashboard.base.language import Scale
from dashboard.base.rounding import half_up
from dashboard.catalogue.concepts import Aggregation, Indicator, Polarity
from dashboard.charts.model.report import Paragraph
from dashboard.charts.text import change_words, wording
from dashboard.charts.text.narrative_clauses import ClauseWriter
from dashboard.charts.text.narrative_phrases import Piece, joined

MOST_NAMED = 3


def _shown(points: dict[str, Point], scale: Scale) -> dict[str, float]:
    """Values as they are printed, so that equal prints are equal places."""
    return {
        code: half_up((point.value or 0.0) / scale.factor, scale.decimals)
        for code, point in points.items()
    }


def _first(shown: dict[str, float], low_first: bool) -> list[str]:
    """The codes in front, at most MOST_NAMED; fewer where the last of them would be one of many."""
    size = {code: value if low_first else -value for code, value in shown.items()}
    order = sorted(size, key=lambda code: (size[code], code))
    if len(order) <= MOST_NAMED:
        return order[:1] if len(order) <= 2 else order[:2]
    cut = size[order[MOST_NAMED]]
    return [code for code in order[:MOST_NAMED] if size[code] < cut]


def _superlative(meaning: Indicator) -> str:
    """Which of the words names those in front: the good end first, the largest where none is."""
    low = meaning.polarity is Polarity.LOWER_BETTER
    if meaning.aggregation is Aggregation.SUM:
        return "least" if low else "most"
    return "lowest" if low else "highest"


def _names(writer: ClauseWriter, codes: Sequence[str]) -> str:
    return writer.frame.word("chart_list_comma").join(map(writer.frame.name, codes))


def _leading(writer: ClauseWriter, points: dict[str, Point], expected: int) -> Paragraph:
    """结婚登记，云岭镇、青岩镇、石桥镇居前，分别为…."""
    frame, language = writer.frame, writer.language
    scale = wording.scale_of(writer.indicator, [p.value for p in points.values()], language)

    def value(code: str) -> Piece:
        text = wording.quantity(points[code].value, scale, language)
        return writer.figure(text, code, writer.period, points[code])

    below = wording.below_name(frame.areas, frame.area, language, many=True)
    remark: Piece = ""
    if len(points) < expected:
        text = frame.word("chart_partial", reported=len(points), expected=expected, below=below)
        counted = writer.figure(text, frame.area, writer.period, None)
        remark = writer.word("chart_bracket", text=counted)
    name = writer.name.removesuffix("为") if language == "zh" else writer.name
    shown = _shown(points, scale)
    front = _first(shown, writer.indicator.polarity is Polarity.LOWER_BETTER)
    if not front:  # many share the first place
        if len(set(shown.values())) > 1:
            return ()
        same = value(next(iter(points)))
        return writer.word("narrative_all_equal", name=name, below=below, value=same, remark=remark)
    comma, last = frame.word("chart_list_comma"), frame.word("narrative_and")
    listed = joined(
        [writer.word("narrative_listed", name=frame.name(c), value=value(c)) for c in front],
        comma,
        last,
    )
    count = "one" if len(front) == 1 else "many"
    return writer.word(
        f"narrative_{_superlative(writer.indicator)}_{count}",
        name=name,
        names=_names(writer, front),
        values=joined([value(code) for code in front], comma),
        listed=listed,
        remark=remark,
    )


def _extreme(writer: ClauseWriter, changes: dict[str, Change], word: str) -> Paragraph:
    """增幅最大的是…; of those who share it all are named, of many none."""
    sizes = {
        c: half_up(abs(change_of.value or 0.0), 1)
        for c, change_of in changes.items()
        if change_of.word == word
    }
    most = [code for code, size in sizes.items() if size == max(sizes.values())]
    if not most or len(sizes) == 1 == len(changes) or len(most) > MOST_NAMED:
        return ()
    change = changes[most[0]]
    signed = change_words.change_size(change, writer.indicator, writer.language)
    point = writer.frame.points.point(writer.indicator.id, most[0], writer.period)
    amount = writer.figure(signed, most[0], writer.period, point)
    return writer.word(f"narrative_most_{word}", names=_names(writer, most), amount=amount)


def _directions(writer: ClauseWriter, codes: Sequence[str], expected: int) -> Paragraph:
    """How many of those expected rose, fell and stayed, and who did so most."""
    frame = writer.frame
    every = [frame.change(writer.indicator.id, code, writer.period) for code in codes]
    changes = {change.now.figure.area: change for change in change_words.made(every)}
    if len(changes) < 2 or _hides_base(writer, changes):
        return ()
    name = change_words.label_name(next(iter(changes.values())), writer.language)
    pieces = _counted(writer, [change.word for change in changes.values()])
    counted = writer.word(
        f"narrative_directions_{'all' if len(changes) == expected else 'some'}",
        comparison=name,
        counted=joined(pieces, frame.word("chart_list_comma"), frame.word("narrative_and")),
        count=str(len(changes)),
        of=str(expected),
    )
    extremes = [_extreme(writer, changes, word) for word in ("up", "down")]
    return joined([counted, *extremes], frame.word("chart_comma"))


def _counted(writer: ClauseWriter, words: Sequence[str]) -> list[Piece]:
    """How many there are of each direction that occurs."""
    frame, family = writer.frame, "points" if writer.indicator.is_rate else "percent"
    pieces: list[Piece] = []
    for word in ("up", "down", "unchanged"):
        if word in words:
            text = frame.word(f"narrative_counted_{family}_{word}", count=words.count(word))
            pieces.append(writer.figure(text, frame.area, writer.period, None))
    return pieces


def _hides_base(writer: ClauseWriter, changes: Mapping[str, Change]) -> bool:
    """Whether a figure that is compared with is left out."""
    bases = {code: change.then.figure for code, change in changes.items()}
    return any(
        writer.hides(
            comparisons.point_at(writer.frame.points, base), code, base.period, base.months
        )
        for code, base in bases.items()
    )


def points_below(writer: ClauseWriter, area: str) -> tuple[dict[str, Point], int]:
    """The points with a value of the areas directly below ``area``, and how many there are."""
    streets = writer.frame.areas.children(area, writer.period)
    points = writer.frame.points.in_boundaries_of(writer.period)
    every = {
        street.code: points.point(writer.indicator.id, street.code, writer.period)
        for street in streets
    }
    known = {code: p for code, p in every.items() if p is not None and p.value is not None}
    return known, len(streets)


def of_streets(writer: ClauseWriter) -> Paragraph:
    """A clause about the areas directly below; nothing where fewer than two have a value.

    Nothing either where one of them is too small a count: with the total it could be worked out.
    """
    frame = writer.frame
    if writer.indicator.aggregation is Aggregation.NONE:
        return ()
    points, expected = points_below(writer, frame.area)
    if len(points) < 2 or any(
        writer.hides(point, code, writer.period) for code, point in points.items()
    ):
        return ()
    leading = _leading(writer, points, expected)
    directions = _directions(writer, list(points), expected)
    return joined([leading, directions], frame.word("chart_comma"))
