"""Ranks an area among its siblings in a sentence, and compares it with the whole.

Only what can be compared is: values of the same period, at least three of them, none too small a
count to be said. Standards set by policy are the same everywhere by rule and have no place.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from dashboard.analysis import comparisons
from dashboard.analysis.point import Point, has_value, is_complete
from dashboard.analysis.points import Points
from dashboard.base.language import number, word
from dashboard.base.rounding import half_up
from dashboard.catalogue.concepts import Aggregation, Polarity
from dashboard.charts.model.report import Paragraph
from dashboard.charts.text import wording
from dashboard.charts.text.narrative_clauses import ClauseWriter
from dashboard.charts.text.narrative_phrases import begun, filled, joined
from dashboard.charts.text.narrative_streets import points_below

FEWEST = 3  # areas that make a place worth telling
MOST_CLAUSES = 4  # indicators


def _place(
    writer: ClauseWriter, area: str, read: Points, codes: Sequence[str], expected: int
) -> Paragraph:
    """护理型床位占比居第3位, ranked as on the scorecards; nothing where all are the same.

    Nothing either of raw counts and where no direction is good: the largest is not the first.
    """
    frame, language, meaning = writer.frame, writer.language, writer.indicator
    if meaning.performance is Polarity.NEUTRAL:
        return ()
    ranks = comparisons.rank(read, meaning.id, codes, writer.period)
    places = [place for place, _ in ranks.values()]
    mine, count = ranks[area]
    if max(places) == 1:
        return ()
    point = read.point(meaning.id, area, writer.period)
    return writer.word(
        f"sibling_place_{'some' if count < expected else 'all'}",
        name=writer.name.removesuffix("为") if language == "zh" else writer.name,
        place=writer.figure(str(mine), area, writer.period, point),
        count=str(count),
        tied=frame.word("sibling_tied") if places.count(mine) > 1 else "",
        order=frame.word("sibling_low_first") if meaning.polarity is Polarity.LOWER_BETTER else "",
    )


def _to_whole(
    writer: ClauseWriter, area: str, above: str, mine: Point, whole: Point | None
) -> Paragraph:
    """占全区的14.7%, 比全区高2.1张; nothing where the whole is not known whole."""
    if not is_complete(whole) or not has_value(mine):
        return ()
    name = wording.whole_name(writer.frame.place(above), above, writer.language)
    if writer.indicator.aggregation is not Aggregation.SUM:
        return _away(writer, area, mine, whole, name)
    if whole.differs or whole.is_approximate:
        return ()
    if not 0 <= mine.amount <= whole.amount or not whole.amount:
        return ()
    share = number(mine.amount / whole.amount * 100, 1, writer.language) + "%"
    traced = writer.figure(share, area, writer.period, mine)
    writer.used.append(whole)
    return writer.word("sibling_share", whole=name, share=traced)


def _away(writer: ClauseWriter, area: str, mine: Point, whole: Point, name: str) -> Paragraph:
    """How far a rate or a standard lies above or below that of the whole."""
    language = writer.language
    scale = wording.scale_of(writer.indicator, [whole.value], language)
    # Both as they are printed, so that the reader's own subtraction gives the same.
    own, all_of = (half_up(p.amount / scale.factor, scale.decimals) for p in (mine, whole))
    away = own - all_of
    writer.used.append(whole)
    if half_up(away, scale.decimals) == 0:
        return writer.word("sibling_equal", whole=name)
    if writer.indicator.is_rate:
        unit = "permille_points" if writer.indicator.unit.dimension == "permille" else "points"
        scale = replace(scale, label=word(f"chart_{unit}", language).strip())
    amount = wording.with_unit(number(abs(away), scale.decimals, language), scale, language)
    traced = writer.figure(amount, area, writer.period, mine)
    return writer.word("sibling_above" if away > 0 else "sibling_below", whole=name, amount=traced)


def _clause(writer: ClauseWriter, area: str, above: str) -> Paragraph:
    frame, period = writer.frame, writer.period
    if writer.indicator.aggregation is Aggregation.NONE:
        return ()
    points, expected = points_below(writer, above)
    read = frame.points.in_boundaries_of(period)
    whole = read.point(writer.indicator.id, above, period)
    if area not in points or len(points) < FEWEST:
        return ()
    known = points | ({above: whole} if whole else {})
    if any(writer.hides(point, code, period) for code, point in known.items()):
        return ()  # a place or a share would give a small count away
    placed = _place(writer, area, read, list(points), expected)
    to_whole = _to_whole(writer, area, above, points[area], whole)
    if writer.indicator.performance is Polarity.NEUTRAL:
        return _with_name(writer, to_whole) if to_whole else ()
    return joined([placed, to_whole], frame.word("chart_comma")) if placed else ()


def _with_name(writer: ClauseWriter, text: Paragraph) -> Paragraph:
    """What is stated of an indicator without a place, with its name before it."""
    name = writer.name.removesuffix("为") if writer.language == "zh" else writer.name
    return writer.word("sibling_named", name=name, text=text)


def among_neighbours(writers: Sequence[ClauseWriter], area: str) -> list[Paragraph]:
    """One sentence for the area; the points of the writers hold its neighbours and the whole."""
    place = writers[0].frame.place(area) if writers else None
    above = place.parent if place else ""
    clauses = [clause for writer in writers if above and (clause := _clause(writer, area, above))]
    if not clauses:
        return []
    language = writers[0].language
    text = joined(clauses[:MOST_CLAUSES], word("chart_semicolon", language))
    areas, period = writers[0].frame.areas, max(writer.period for writer in writers)
    below = wording.below_name(areas, above, language, many=True)
    count = str(len(areas.children(above, period)))
    return [begun(filled("sibling_sentence", language, count=count, below=below, text=text))]
