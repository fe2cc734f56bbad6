"""Words the figures of a preview: which it is, its exact value, or why there is none."""

from __future__ import annotations

from dashboard.base.english import counted
from dashboard.base.language import as_written, word
from dashboard.catalogue import periods
from dashboard.catalogue.concepts import FigureKind, FigureStatus
from dashboard.catalogue.grid import span_start
from dashboard.catalogue.periods import Period
from dashboard.components.shell.headings import area_name
from dashboard.services.front_desk import FrontDesk

DIMENSIONS = ("indicator", "area", "period", "kind")
MOST_DECIMALS = 6
ABSENT = {
    FigureStatus.NOT_REPORTED: "status_not_reported",
    FigureStatus.SUPPRESSED: "status_suppressed",
    FigureStatus.BLANK: "status_blank",
}


def exactly(value: float, language: str) -> str:
    """A value with all the places it has, up to six: what is to be stored is not rounded away."""
    return as_written(value, MOST_DECIMALS, language)


def amount(desk: FrontDesk, indicator: str, value: float | None, status: str, language: str) -> str:
    """The value in base units with its unit, or why there is none."""
    if value is None:
        known = status in set(FigureStatus)
        return word(
            ABSENT.get(FigureStatus(status), "status_no_figure") if known else "status_no_figure",
            language,
        )
    meaning, text = desk.catalogue.indicators.get(indicator), exactly(value, language)
    if meaning is None:
        return text
    unit = meaning.unit.name[language]
    if language == "zh" or unit == "%":
        return text + unit
    return f"{text} {counted(text, unit)}"


def period_words(desk: FrontDesk, indicator: str, period: Period, language: str) -> str:
    """The period as the indicator covers it: 2024年1—9月 for what is counted from January on."""
    meaning = desk.catalogue.indicators.get(indicator)
    accumulation = str(meaning.accumulation) if meaning else ""
    return periods.name(period, language, accumulation, span_start(indicator, period))


def named(desk: FrontDesk, dimension: str, figure: object, language: str) -> str:
    """One of the four things that say which figure it is, in words."""
    if dimension == "indicator":
        return indicator_name(desk, str(getattr(figure, "indicator", "")), language)
    if dimension == "area":
        return area_name(desk, str(getattr(figure, "area", "")), language)
    if dimension == "kind":
        kind = str(getattr(figure, "kind", ""))
        return "" if kind == FigureKind.ACTUAL else word(f"kind_{kind}", language)
    period = getattr(figure, "period", None)
    return periods.name(period, language) if isinstance(period, Period) else ""


def indicator_name(desk: FrontDesk, indicator: str, language: str) -> str:
    """The indicator's name, or its id where it is not known."""
    meaning = desk.catalogue.indicators.get(indicator)
    return meaning.name[language] if meaning else indicator
