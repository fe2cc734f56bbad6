"""Writes numbers, changes and periods as words; every text of a chart is made with it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from dashboard.analysis.point import Point
from dashboard.analysis.restatement import rule_of
from dashboard.base.english import counted
from dashboard.base.language import Scale, headline, number, scale_for, word
from dashboard.base.rounding import half_up
from dashboard.catalogue import periods
from dashboard.catalogue.areas import Areas
from dashboard.catalogue.concepts import (
    Accumulation,
    Aggregation,
    Area,
    FigureStatus,
    Grade,
    Indicator,
    Level,
)
from dashboard.catalogue.figure_marks import FigureMark
from dashboard.catalogue.grid import span_start
from dashboard.catalogue.periods import Period
from dashboard.charts.model.chart import RESTATED, Remark

_WHOLE_NAMES = {"国": "全国", "省": "全省", "市": "全市", "区": "全区", "县": "全县", "旗": "全旗"}


def scale_of(indicator: Indicator, values: Sequence[float | None], language: str) -> Scale:
    """The scale in which these values (base units) are shown together."""
    sizes = [abs(value) for value in values if value is not None]
    unit = indicator.unit
    return scale_for(
        max(sizes, default=None), unit.name, unit.dimension, indicator.decimals, language
    )


def plain(value: float | None, scale: Scale, language: str) -> str:
    """A value (base units) as a number in the scale, without its unit."""
    return number(None if value is None else value / scale.factor, scale.decimals, language)


def headline_of(value: float | None, scale: Scale, language: str) -> str:
    """A value (base units) in the scale with at most four significant figures, whole at least."""
    shown = None if value is None else value / scale.factor
    return headline(shown, scale.decimals, language)


def with_unit(text: str, scale: Scale, language: str) -> str:
    """A number's text followed by its unit, with a space where English wants one."""
    if text == "—":
        return text
    close = language == "zh" or scale.label in ("%", "‰")
    return f"{text}{'' if close else ' '}{unit_name(text, scale, language)}"


def with_unit_name(text: str, unit: str, language: str) -> str:
    """A number's text followed by the name of its unit, with a space where English wants one."""
    close = language == "zh" or unit in ("%", "‰")
    return f"{text}{'' if close else ' '}{unit}"


def unit_name(text: str, scale: Scale, language: str) -> str:
    """The unit as it stands behind a printed number: people, but person behind 1."""
    return scale.label if language == "zh" else counted(text, scale.label)


def quantity(value: float | None, scale: Scale, language: str) -> str:
    """A value (base units) with its unit: 1,234.00万元 or 12,340.00 thousand yuan."""
    return with_unit(plain(value, scale, language), scale, language)


def whole_scale(scale: Scale, value: float) -> Scale:
    """The scale without decimals where the value has none: 7,800万元, not 7,800.00万元."""
    is_whole = half_up(value / scale.factor, scale.decimals) % 1 == 0
    return replace(scale, decimals=0) if is_whole else scale


def period_name(
    period: Period, indicator: Indicator, language: str, since: Period | None = None
) -> str:
    """The period in the words of the indicator's accumulation: 2024年1—5月 or 2024年5月末."""
    start = since or span_start(indicator.id, period)
    return periods.name(period, language, str(indicator.accumulation), start)


def plain_period(period: Period, indicator: Indicator, language: str) -> str:
    """The period without 末, a December as its year: for speaking of whole periods."""
    if period.month == 12 and indicator.accumulation is not Accumulation.IN_MONTH:
        return periods.name(period, language, "year_to_date")
    return period_name(period, indicator, language)


def missing_period(asked: Period, shown: Period, indicator: Indicator, language: str) -> str:
    """The period without figures as it is named beside the one shown instead.

    A December beside an earlier month of its year is that month: figures of the year there are.
    """
    if asked.year == shown.year and asked.month == 12:
        return periods.name(asked, language)
    return plain_period(asked, indicator, language)


def step_name(period: Period, months: int, indicator: Indicator, language: str) -> str:
    """The name of the month, quarter, half or year of ``months`` that ends with ``period``."""
    if indicator.accumulation is Accumulation.END_OF_PERIOD:
        return period_name(period, indicator, language)
    if months == 3:
        return word("chart_quarter", language, year=period.year, quarter=period.month // 3)
    if months == 6:
        half = "chart_first_half" if period.month == 6 else "chart_second_half"
        return word(half, language, year=period.year)
    return periods.name(period, language, "year_to_date" if months == 12 else "in_month")


def area_name(area: Area | None, code: str, language: str) -> str:
    """The area's name, its code where it is not known."""
    return area.name[language] if area else code


def whole_name(area: Area | None, code: str, language: str) -> str:
    """全区, 全县, 全市 … in Chinese; the name in English."""
    name = area_name(area, code, language)
    if language != "zh" or area is None or area.level in (Level.STREET, Level.COMMUNITY):
        return name
    return "全国" if area.level is Level.COUNTRY else _WHOLE_NAMES.get(name[-1], name)


def below_name(areas: Areas, code: str, language: str, *, many: bool = False) -> str:
    """What the areas below are called: 街镇, 区县 …; "street", or "streets" of ``many``."""
    children = areas.children(code)
    level = children[0].level if children else Level.STREET
    return word(f"chart_{'many' if many else 'below'}_{level}", language)


def below_names(areas: Areas, code: str, language: str) -> dict[str, str]:
    """The same for a text that names them: ``below`` of one, ``below_many`` of several."""
    many = below_name(areas, code, language, many=True)
    return {"below": below_name(areas, code, language), "below_many": many}


def partial_words(point: Point, areas: Areas, code: str, language: str) -> str:
    """10个街镇中4个有数据 for an incomplete total, else ""."""
    if not point.partial:
        return ""
    reported, expected = point.partial
    below = below_name(areas, code, language, many=expected != 1)
    return word("chart_partial", language, reported=reported, expected=expected, below=below)


def status_words(point: Point, scale: Scale, language: str) -> str:
    """What must be known of a value beside it: provisional, disputed with the other values."""
    words = (remark.words for remark in status_remarks(point, scale, language))
    return word("chart_comma", language).join(words)


def status_remarks(point: Point, scale: Scale, language: str) -> tuple[Remark, ...]:
    """The marks of a value but that of an incomplete total, each with its words."""
    restated = restated_words(point, language)
    remarks = [Remark(FigureMark.RESTATED, restated)] if restated else []
    if point.differs is not None:
        remarks.append(Remark(FigureMark.FINDING, disagreement_words(point, scale, language)))
    remarks += _of_status(point, scale, language)
    if Grade.SECONDARY in point.grades:
        remarks.append(Remark(FigureMark.SECONDARY, word("status_secondary", language)))
    if point.qualifier:
        text = word("mark_qualified", language, qualifier=point.qualifier)
        remarks.append(Remark(FigureMark.APPROXIMATE, text))
    also = [mark for mark in FigureMark if mark in point.marks] if point.marks else ()
    return (*remarks, *(Remark(mark, _mark_words(mark, point, language)) for mark in also))


def _of_status(point: Point, scale: Scale, language: str) -> list[Remark]:
    """The mark of a value's status; none of a final one."""
    if point.status == FigureStatus.DISPUTED:
        others = "、".join(quantity(value, scale, language) for value in point.others)
        key = "status_disputed" if others else "mark_disputed"
        return [Remark(FigureMark.DISPUTED, word(key, language, others=others))]
    if point.status == FigureStatus.PROVISIONAL:
        return [Remark(FigureMark.PROVISIONAL, word("status_provisional", language))]
    if point.status == FigureStatus.DRAFT:
        return [Remark(FigureMark.DRAFT, word("mark_draft", language))]
    return []


def _mark_words(mark: FigureMark, point: Point, language: str) -> str:
    """The words of a mark that was set on the figure; of a new area, from when it counts."""
    if mark is FigureMark.AFTER_BREAK and point.since:
        return word("mark_founded", language, period=periods.name(point.since, language))
    return word(f"mark_{mark}", language)


def point_remarks(
    point: Point | None, areas: Areas, code: str, scale: Scale, language: str
) -> tuple[Remark, ...]:
    """Every mark of a point of the area ``code``, each with its words; none without a value."""
    if point is None or point.value is None:
        return ()
    partial = partial_words(point, areas, code, language)
    first = (Remark(FigureMark.PARTIAL, partial),) if partial else ()
    return (*first, *status_remarks(point, scale, language))


def disagreement_words(point: Point, scale: Scale, language: str) -> str:
    """That the areas below make up another sum, or another rate was stated; "" for neither."""
    if point.differs is None:
        return ""
    other = quantity(point.differs.value, scale, language)
    return word(f"status_differs_{point.differs.kind}", language, other=other)


def mark(point: Point | None) -> str:
    """The letter by which a chart marks a point: restated, or its status; "" for none."""
    if point is None:
        return ""
    return RESTATED if point.restated and point.value is not None else str(point.status)


def restated_words(point: Point, language: str) -> str:
    """That a value was added up or apportioned for the area of today; "" for one as reported."""
    if not point.restated or point.value is None:
        return ""
    return word(f"status_restated_{rule_of(point.restated)}", language)


def unrestated_words(point: Point, areas: Areas, language: str) -> str:
    """Why there is no restated value: which old areas lack a figure, or that theirs differ."""
    if not point.missing:
        return word("status_restated_differ", language)
    names = [area_name(areas.get(code), code, language) for code in point.missing]
    return word(
        "status_restated_missing", language, names=word("chart_list_comma", language).join(names)
    )


def absent_word(
    point: Point | None, area: Area | None, period: Period, language: str, *, due: bool = False
) -> str:
    """Why a cell is empty: not yet founded, suppressed, printed blank, not reported, or unknown.

    ``due`` says that a figure was to be expected, so that one never handed in is not reported too.
    """
    if area is not None and not area.exists_in(period):
        return word("status_not_existing", language)
    if point is not None and _is_across_a_change(point):
        return word("status_across_change", language)
    if point is None and not due:
        return word("status_no_figure", language)
    status = point.status if point else FigureStatus.NOT_REPORTED
    return word(
        {
            FigureStatus.SUPPRESSED: "status_suppressed",
            FigureStatus.BLANK: "status_blank",
            FigureStatus.NOT_COMPUTABLE: "status_not_computable",
        }.get(FigureStatus(status), "status_not_reported"),
        language,
    )


def _is_across_a_change(point: Point) -> bool:
    """Whether a value cannot be given, as the area changed within the months that are counted."""
    return point.status == FigureStatus.NOT_COMPUTABLE and bool(point.restated)


def in_sentence(name: str, language: str) -> str:
    """A name inside a sentence: English begins it small, unless it is an abbreviation."""
    small = language == "en" and name[1:2].islower()
    return name[:1].lower() + name[1:] if small else name


def joined_names(names: Sequence[str], conjunction: str, language: str) -> str:
    """Names with a conjunction between them, as a title."""
    return conjunction.join(
        name if i == 0 else in_sentence(name, language) for i, name in enumerate(names)
    )


_COUNTED = tuple(f"{counter}数" for counter in "条次场件份例起")


def spoken_name(indicator: Indicator, language: str) -> str:
    """The name as it stands before a number: 结婚登记(对数) 1,234对, but 结婚率为7.6‰."""
    name = indicator.name[language]
    if language != "zh":
        return in_sentence(name, language)
    if indicator.aggregation is not Aggregation.SUM or name.endswith(("总数", "合计")):
        return name + "为"
    unit = indicator.unit.name.zh
    if name.endswith(_COUNTED) and not name.endswith(unit + "数"):
        return name + "为"  # 道路条数为1,384件: the name counts in another word than its unit
    for tail in (unit + "数", unit, "数"):
        if name.endswith(tail) and len(name) > len(tail) + 1:
            return name[: -len(tail)].removesuffix("总")
    return name
