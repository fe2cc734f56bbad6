"""The spine: one street's headline figures, each beside the district and among its neighbours."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from statistics import median

from dashboard.analysis import transforms
from dashboard.analysis.derivation import FigureKey
from dashboard.analysis.points import STORED, Point, Points
from dashboard.base.language import number, word
from dashboard.catalogue.concepts import Aggregation, Indicator, Polarity
from dashboard.catalogue.periods import Period
from dashboard.catalogue.topics import Topic
from dashboard.charts.kinds.tiles import course, latest_before
from dashboard.charts.model.selection import Selection
from dashboard.charts.text import wording


@dataclass(frozen=True, slots=True)
class SpineRow:
    """One indicator of one area. ``rank`` is (place, of how many), None where nothing compares.

    ``lowest`` to ``highest`` is the strip from the worst (0) to the best (1) neighbour, from the
    smallest to the largest where no direction is good; ``middle`` and ``mine`` are places on it.
    They are None where fewer than two neighbours differ. ``worst`` and ``best`` are their values.
    """

    indicator: str
    title: str
    unit: str
    period: str
    value: str
    trend: tuple[float | None, ...]
    rank: tuple[int, int] | None
    district: str
    change: str
    tone: str
    arrow: str
    lowest: float | None = None
    highest: float | None = None
    middle: float | None = None
    mine: float | None = None
    worst: str = ""
    best: str = ""
    target: str = ""
    note: str = ""
    figure: FigureKey | None = None
    whole: FigureKey | None = None  # of the district
    distance: str = ""  # to the district's rate; of an amount its share of the district's
    amount: float | None = None  # the value in base units
    suppressed: bool = False


NEAR = 12  # months before the selected one in which a figure is set beside those of the neighbours
Spine = list[tuple[Topic, list[SpineRow]]]  # by topic, in their order


@dataclass(frozen=True, slots=True)
class _Strip:
    worst: float
    best: float
    middle: float
    mine: float


def _strip(values: Sequence[float], mine: float, polarity: Polarity) -> _Strip | None:
    """The neighbours' range turned so that the worst is on the left."""
    low, high = min(values), max(values)
    if len(values) < 2 or low == high:
        return None
    worst, best = (high, low) if polarity is Polarity.LOWER_BETTER else (low, high)
    return _Strip(
        worst, best, (median(values) - worst) / (best - worst), (mine - worst) / (best - worst)
    )


def _when(points: Points, meaning: Indicator, area: str, period: Period, language: str) -> str:
    """The period in words, and that the street's own figure is told by rule where it is."""
    point, name = points.point(meaning.id, area, period), wording.period_name
    told = wording.restated_words(point, language) if point else ""
    said = name(period, meaning, language)
    return said + word("chart_bracket", language, text=told) if told else said


def _row(
    points: Points, meaning: Indicator, selection: Selection, parent: str, period: Period
) -> SpineRow:
    language, area = selection.language, selection.area
    beside = points.areas.children(parent, points.boundaries_of or period) if parent else ()
    last = selection.period
    near = last is None or period >= last.plus(-NEAR)  # an older figure is set beside no others
    codes = [child.code for child in beside] if parent and near else [area]
    values = {code: points.value(meaning.id, code, period) for code in codes}
    there = [value for value in values.values() if value is not None]
    mine = points.value(meaning.id, area, period)
    scale = wording.scale_of(meaning, there or [mine], language)
    whole = points.point(meaning.id, parent, period) if parent else None
    if whole is not None and whole.origin != STORED and not near:
        whole = None  # what is made of the others' figures is no nearer than they are
    change = transforms.change(selection.comparison, points, meaning.id, area, period)
    tag, tone, arrow = "", "none", ""
    if change is not None and change.value is not None:
        tag = wording.change_tag(change, selection.comparison, meaning, language)
        tone, arrow = change.tone, change.word
    places = transforms.rank(points, meaning.id, codes, period) if len(there) > 1 else {}
    strip = _strip(there, mine, meaning.polarity) if mine is not None and there else None
    target = points.target(meaning.id, area, period)
    district = ""
    note = ""
    if whole is not None and whole.value is not None:
        own = wording.scale_of(meaning, [whole.value], language)
        district = wording.quantity(whole.value, own, language)
        note = wording.partial_words(whole, points.areas, parent, language)
    return SpineRow(
        indicator=meaning.id,
        title=meaning.name[language],
        unit=scale.label,
        period=_when(points, meaning, area, period, language),
        value=wording.plain(mine, scale, language),
        trend=course(points, meaning, area, period),
        rank=places.get(area),
        district=f"{district} ({note})" if note else district or "—",
        change=tag,
        tone=tone,
        arrow=arrow,
        lowest=0.0 if strip else None,
        highest=1.0 if strip else None,
        middle=strip.middle if strip else None,
        mine=strip.mine if strip else None,
        worst=wording.plain(strip.worst, scale, language) if strip else "",
        best=wording.plain(strip.best, scale, language) if strip else "",
        target=wording.quantity(target.value, scale, language) if target else "",
        note=note,
        figure=FigureKey(meaning.id, area, period),
        whole=FigureKey(meaning.id, parent, period) if district else None,
        distance=_distance(meaning, mine, whole, language),
        amount=mine,
    )


def _distance(meaning: Indicator, mine: float | None, whole: Point | None, language: str) -> str:
    """How far a rate lies from the district's; of an amount, how much of the district's it is."""
    if mine is None or whole is None or whole.value is None:
        return ""
    if meaning.aggregation is not Aggregation.SUM:
        scale = wording.scale_of(meaning, [whole.value], language)
        away = number((mine - whole.value) / scale.factor, scale.decimals, language, sign=True)
        unit = scale.label
        if meaning.is_rate:
            permille = meaning.unit.dimension == "permille"
            unit = word("chart_permille_points" if permille else "chart_points", language).strip()
        return word(
            "spine_distance",
            language,
            away=wording.with_unit(away, replace(scale, label=unit), language),
        )
    if whole.partial or whole.value <= 0 or mine < 0:
        return ""  # a share of an incomplete total says nothing
    return word("spine_share", language, share=number(mine / whole.value * 100, 1, language))


def build_spine(points: Points, indicators: Sequence[str], selection: Selection) -> list[SpineRow]:
    """One row for every indicator of which the selected area has a figure up to the period."""
    here = points.areas.get(selection.area)
    parent = here.parent if here else ""
    rows = []
    for name in indicators:
        meaning = points.catalogue.indicators[name]
        period = latest_before(points, name, selection.area, selection.period)
        if period is not None:
            rows.append(_row(points, meaning, selection, parent, period))
    return rows
