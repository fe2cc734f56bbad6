"""Compares a street's headline figures with the district and with its sibling streets."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from statistics import median

from dashboard.analysis import comparisons
from dashboard.analysis.figure_key import FigureKey
from dashboard.analysis.point import STORED, Point, has_value
from dashboard.analysis.points import Points
from dashboard.base.language import Scale, number, word
from dashboard.catalogue.concepts import Aggregation, Indicator, Polarity
from dashboard.catalogue.figure_marks import FigureMark
from dashboard.catalogue.periods import Period
from dashboard.catalogue.topics import Topic
from dashboard.charts.kinds.tiles import course, latest_before, short_change, tag_of
from dashboard.charts.model.selection import Selection
from dashboard.charts.text import change_words, wording

# What of the district's figure changes how a street stands to it.
_DOUBTS = frozenset(
    {FigureMark.PARTIAL, FigureMark.DISPUTED, FigureMark.APPROXIMATE, FigureMark.FINDING}
)


@dataclass(frozen=True, slots=True)
class ComparisonRow:
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
    short: str = ""  # the change as a number alone
    remark: str = ""  # the marks of the value
    step: str = ""  # with 环比, the last month or quarter of a running total and its own comparison
    step_figure: FigureKey | None = None
    step_amount: float | None = None


NEAR = 12  # months before the selected one in which a figure is set beside those of the neighbours
ComparisonRows = list[tuple[Topic, list[ComparisonRow]]]  # by topic, in their order


@dataclass(frozen=True, slots=True)
class _Strip:
    worst: float
    best: float
    middle: float
    mine: float


def _strip(values: Sequence[float], mine: float | None, polarity: Polarity) -> _Strip | None:
    """The neighbours' range turned so that the worst is on the left; None where none differ."""
    if mine is None or len(values) < 2 or min(values) == max(values):
        return None
    worst, best = min(values), max(values)
    if polarity is Polarity.LOWER_BETTER:
        worst, best = best, worst
    return _Strip(
        worst, best, (median(values) - worst) / (best - worst), (mine - worst) / (best - worst)
    )


def _when(points: Points, meaning: Indicator, area: str, period: Period, language: str) -> str:
    """The period in words, and what must be known of the street's own figure."""
    remark = _remark(points, meaning, area, period, language)
    text = wording.period_name(period, meaning, language)
    return text + word("chart_bracket", language, text=remark) if remark else text


def _remark(points: Points, meaning: Indicator, area: str, period: Period, language: str) -> str:
    """The marks of an area's figure in words."""
    point = points.point(meaning.id, area, period)
    scale = wording.scale_of(meaning, [point.value if point else None], language)
    remarks = wording.point_remarks(point, points.areas, area, scale, language)
    return word("chart_comma", language).join(remark.words for remark in remarks)


def _is_near(selection: Selection, period: Period) -> bool:
    """Whether a figure is recent enough; an older one is set beside no others."""
    return selection.period is None or period >= selection.period.plus(-NEAR)


def _values(
    points: Points, meaning: Indicator, codes: Sequence[str], period: Period
) -> list[float]:
    """The values of the areas that have one."""
    each = [points.value(meaning.id, code, period) for code in codes]
    return [value for value in each if value is not None]


def _row(
    points: Points, meaning: Indicator, selection: Selection, parent: str, period: Period
) -> ComparisonRow:
    language, area = selection.language, selection.area
    near = _is_near(selection, period)
    codes = _peers(points, parent, period) if parent and near else [area]
    values = _values(points, meaning, codes, period)
    mine = points.value(meaning.id, area, period)
    scale = wording.scale_of(meaning, values or [mine], language)
    whole = _whole(points, meaning, parent, period, near)
    change = comparisons.change(selection.comparison, points, meaning.id, area, period)
    tag = tag_of(change, meaning, language)
    ranked = len(values) > 1 and meaning.performance is not Polarity.NEUTRAL
    places = comparisons.rank(points, meaning.id, codes, period) if ranked else {}
    target = points.target(meaning.id, area, period)
    note = _whole_note(whole, points, parent, scale, language)
    name = wording.whole_name(points.areas.get(parent), parent, language)
    row = ComparisonRow(
        indicator=meaning.id,
        title=meaning.name[language],
        unit=wording.unit_name(wording.plain(mine, scale, language), scale, language),
        period=_when(points, meaning, area, period, language),
        value=wording.plain(mine, scale, language),
        trend=course(points, meaning, area, period),
        rank=places.get(area),
        district=_district(meaning, whole, note, language),
        change=tag.text,
        tone=tag.tone,
        arrow=tag.arrow,
        short=short_change(change, meaning, language),
        target=wording.quantity(target.value, scale, language) if target else "",
        note=note,
        figure=FigureKey(meaning.id, area, period),
        whole=FigureKey(meaning.id, parent, period) if whole else None,
        distance=_distance(meaning, mine, whole, name, language),
        amount=mine,
        remark=_remark(points, meaning, area, period, language),
    )
    row = _with_step(row, points, meaning, selection, period)
    return _with_strip(row, _strip(values, mine, meaning.polarity), scale, language)


def _with_step(
    row: ComparisonRow, points: Points, meaning: Indicator, selection: Selection, period: Period
) -> ComparisonRow:
    """The row with the last step of a running total, where 环比 is chosen and it is known."""
    step = comparisons.last_step(selection.comparison, points, meaning.id, selection.area, period)
    if step is None:
        return row
    words = change_words.step_tag(step, meaning, selection.language)
    return replace(row, step=words, step_figure=step.now.figure, step_amount=step.now.value)


def _peers(points: Points, parent: str, period: Period) -> list[str]:
    """The areas that the whole is made of, the street itself among them."""
    children = points.areas.children(parent, points.boundaries_of or period)
    return [child.code for child in children]


def _whole(
    points: Points, meaning: Indicator, parent: str, period: Period, near: bool
) -> Point | None:
    """The district's figure, where it has a value; None where there is no district."""
    whole = points.point(meaning.id, parent, period) if parent else None
    if not has_value(whole):
        return None
    # What is made of the others' figures is no nearer than they are.
    return whole if near or whole.origin == STORED else None


def _whole_note(
    whole: Point | None, points: Points, parent: str, scale: Scale, language: str
) -> str:
    """The marks of the district's figure that change how it is read, in words."""
    remarks = wording.point_remarks(whole, points.areas, parent, scale, language)
    return " · ".join(remark.words for remark in remarks if remark.mark in _DOUBTS)


def _district(meaning: Indicator, whole: Point | None, note: str, language: str) -> str:
    """The district's figure in words, with what is missing from it."""
    if whole is None:
        return "—"
    scale = wording.scale_of(meaning, [whole.value], language)
    text = wording.quantity(whole.value, scale, language)
    return f"{text} ({note})" if note else text


def _with_strip(
    row: ComparisonRow, strip: _Strip | None, scale: Scale, language: str
) -> ComparisonRow:
    """The row with its place among the neighbours, where there is a strip of them."""
    if strip is None:
        return row
    return replace(
        row,
        lowest=0.0,
        highest=1.0,
        middle=strip.middle,
        mine=strip.mine,
        worst=wording.plain(strip.worst, scale, language),
        best=wording.plain(strip.best, scale, language),
    )


def _distance(
    meaning: Indicator, mine: float | None, whole: Point | None, name: str, language: str
) -> str:
    """How far a rate lies from the district's; of an amount, how much of the district's it is."""
    if mine is None or whole is None:
        return ""
    if meaning.aggregation is not Aggregation.SUM:
        return _away(meaning, mine, whole.amount, name, language)
    doubtful = whole.partial or whole.differs or whole.is_approximate
    if doubtful or whole.amount <= 0 or mine < 0:
        return ""  # a share of an incomplete, contradicted or approximate total says nothing
    share = number(mine / whole.amount * 100, 1, language)
    return word("comparison_share", language, share=share, whole=name)


def _away(meaning: Indicator, mine: float, whole: float, name: str, language: str) -> str:
    """How far a rate or a standard lies from the district's, with its unit."""
    scale = wording.scale_of(meaning, [whole], language)
    away = number((mine - whole) / scale.factor, scale.decimals, language, sign=True)
    if meaning.is_rate:
        permille = meaning.unit.dimension == "permille"
        unit = word("chart_permille_points" if permille else "chart_points", language).strip()
        scale = replace(scale, label=unit)
    words = wording.with_unit(away, scale, language)
    return word("comparison_distance", language, away=words, whole=name)


def build_comparison_rows(
    points: Points, indicators: Sequence[str], selection: Selection
) -> list[ComparisonRow]:
    """One row for every indicator of which the selected area has a figure up to the period."""
    area = points.areas.get(selection.area)
    parent = area.parent if area else ""
    rows = []
    for name in indicators:
        meaning = points.catalogue.indicators[name]
        period = latest_before(points, name, selection.area, selection.period)
        if period is not None:
            rows.append(_row(points, meaning, selection, parent, period))
    return rows
