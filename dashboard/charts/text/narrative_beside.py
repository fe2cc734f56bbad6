"""A sentence about an area among those beside it: its place, and how it stands to the whole.

Only what can be compared is: values of the same period, at least three of them, none too small a
count to be told. Standards set by policy are the same everywhere by rule and have no place.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from dashboard.analysis import transforms
from dashboard.analysis.point import Point, has_value, is_complete
from dashboard.analysis.points import Points
from dashboard.base.language import number, word
from dashboard.base.rounding import half_up
from dashboard.catalogue.concepts import Aggregation, Polarity
from dashboard.charts.model.report import Paragraph
from dashboard.charts.text import wording
from dashboard.charts.text.narrative_clauses import Teller
from dashboard.charts.text.narrative_phrases import Piece, begun, filled, joined
from dashboard.charts.text.narrative_streets import told_below

FEWEST = 3  # areas that make a place worth telling
MOST_TOLD = 4  # indicators


def _place(
    teller: Teller, area: str, read: Points, codes: Sequence[str], expected: int
) -> Paragraph:
    """结婚登记居第3位, ranked as on the scorecards; nothing where all are the same."""
    frame, language, meaning = teller.frame, teller.language, teller.indicator
    ranks = transforms.rank(read, meaning.id, codes, teller.period)
    places = [place for place, _ in ranks.values()]
    mine, count = ranks[area]
    if max(places) == 1:
        return ()
    point = read.point(meaning.id, area, teller.period)
    return teller.say(
        f"beside_place_{'some' if count < expected else 'all'}",
        name=teller.name.removesuffix("为") if language == "zh" else teller.name,
        place=teller.figure(str(mine), area, teller.period, point),
        count=str(count),
        tied=frame.say("beside_tied") if places.count(mine) > 1 else "",
        order=frame.say("beside_low_first") if meaning.polarity is Polarity.LOWER_BETTER else "",
    )


def _to_whole(teller: Teller, area: str, above: str, mine: Point, whole: Point | None) -> Paragraph:
    """占全区的14.7%, 比全区高2.1张; nothing where the whole is not known whole."""
    if not is_complete(whole) or not has_value(mine):
        return ()
    name = wording.whole_name(teller.frame.place(above), above, teller.language)
    if teller.indicator.aggregation is not Aggregation.SUM:
        return _away(teller, area, mine, whole, name)
    if not 0 <= mine.amount <= whole.amount or not whole.amount:
        return ()
    share = number(mine.amount / whole.amount * 100, 1, teller.language) + "%"
    traced = teller.figure(share, area, teller.period, mine)
    teller.used.append(whole)
    return teller.say("beside_share", whole=name, share=traced)


def _away(teller: Teller, area: str, mine: Point, whole: Point, name: str) -> Paragraph:
    """How far a rate or a standard lies above or below that of the whole."""
    language = teller.language
    scale = wording.scale_of(teller.indicator, [whole.value], language)
    # Both as they are printed, so that the reader's own subtraction gives the same.
    own, all_of = (half_up(p.amount / scale.factor, scale.decimals) for p in (mine, whole))
    away = own - all_of
    teller.used.append(whole)
    if half_up(away, scale.decimals) == 0:
        return teller.say("beside_equal", whole=name)
    if teller.indicator.is_rate:
        unit = "permille_points" if teller.indicator.unit.dimension == "permille" else "points"
        scale = replace(scale, label=word(f"chart_{unit}", language).strip())
    amount = wording.with_unit(number(abs(away), scale.decimals, language), scale, language)
    traced = teller.figure(amount, area, teller.period, mine)
    return teller.say("beside_above" if away > 0 else "beside_below", whole=name, amount=traced)


def _told(teller: Teller, area: str, above: str) -> Paragraph:
    frame, period = teller.frame, teller.period
    if teller.indicator.aggregation is Aggregation.NONE:
        return ()
    points, expected = told_below(teller, above)
    read = frame.points.told(period)
    whole = read.point(teller.indicator.id, above, period)
    if area not in points or len(points) < FEWEST:
        return ()
    known = points | ({above: whole} if whole else {})
    if any(teller.hides(point, code, period) for code, point in known.items()):
        return ()  # a place or a share would give a small count away
    placed = _place(teller, area, read, list(points), expected)
    if not placed:
        return ()
    pieces: list[Piece] = [placed, _to_whole(teller, area, above, points[area], whole)]
    return joined(pieces, frame.say("chart_comma"))


def among_neighbours(tellers: Sequence[Teller], area: str) -> list[Paragraph]:
    """One sentence for the area; the points of the tellers hold its neighbours and the whole."""
    place = tellers[0].frame.place(area) if tellers else None
    above = place.parent if place else ""
    told = [said for teller in tellers if above and (said := _told(teller, area, above))]
    if not told:
        return []
    language = tellers[0].language
    text = joined(told[:MOST_TOLD], word("chart_semicolon", language))
    areas, period = tellers[0].frame.areas, max(teller.period for teller in tellers)
    below = wording.below_name(areas, above, language, many=True)
    count = str(len(areas.children(above, period)))
    return [begun(filled("beside_sentence", language, count=count, below=below, text=text))]
