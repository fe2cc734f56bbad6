"""A target's standing in words, for slides: what was set, what is done, how that stands."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace

from dashboard.analysis.forecast import NO_FORECAST
from dashboard.analysis.progress import Progress
from dashboard.analysis.small_counts import HIDDEN
from dashboard.base.language import number, word
from dashboard.catalogue import periods
from dashboard.catalogue.areas import Areas
from dashboard.catalogue.concepts import Grade
from dashboard.catalogue.lookup import Catalogue
from dashboard.catalogue.periods import Period
from dashboard.catalogue.targets import TargetKind
from dashboard.charts.text import wording
from dashboard.charts.text.target_words import status_word


def target_name(catalogue: Catalogue, areas: Areas, row: Progress, language: str) -> str:
    """Area, indicator and the date due."""
    area, meaning = areas.get(row.area), catalogue.indicators[row.target.indicator]
    parts = (area.name[language] if area else row.area, meaning.name[language])
    due = periods.name(row.target.period, language)
    return word("meeting_target_name", language, name=" ".join(parts), due=due)


def target_facts(
    catalogue: Catalogue, row: Progress, language: str, hidden: Collection[str] = ()
) -> list[tuple[str, str]]:
    """Labels and texts: status first, then goal, done, shares, what it would take, owner.

    ``hidden`` says what of it must not leave the house, as ``suppressed_standings`` does.
    """
    known, row = row, _without(row, hidden) if hidden else row
    meaning = catalogue.indicators[row.target.indicator]
    values = [row.goal, row.actual, row.expected, row.forecast.value]
    scale = wording.scale_of(meaning, values, language)

    def amount(value: float | None) -> str:
        return "" if value is None else wording.quantity(value, scale, language)

    def suppressed_or(text: str, value: float | None) -> str:
        return HIDDEN if hidden and value is not None else text

    facts = [
        ("status", status_word(row.status, language)),
        ("goal", amount(row.goal) or suppressed_or("", known.goal)),
        (
            "actual",
            suppressed_or(_dated(amount(row.actual), row.actual_period, language), known.actual),
        ),
        ("completion", suppressed_or(_share(row.completion, language), known.completion)),
        ("elapsed", _share(row.elapsed, language)),
        ("gap", suppressed_or(_points(row.gap, language), known.gap)),
        ("forecast", amount(row.forecast.value)),
        ("reason", word("status_small_count", language) if hidden else row.reason[language]),
        ("owner", row.target.owner),
        ("grade", word("grade_demo", language) if Grade.DEMO in row.grades else ""),
    ]
    return [(word(f"meeting_target_{name}", language), text) for name, text in facts if text]


def _dated(amount: str, period: Period | None, language: str) -> str:
    """An amount with the month it was reached in, where both are known."""
    return f"{amount} ({periods.name(period, language)})" if amount and period else amount


def _share(value: float | None, language: str) -> str:
    return "" if value is None else number(value, 1, language) + "%"


def _points(gap: float | None, language: str) -> str:
    """A gap in percentage points, with its sign."""
    if gap is None:
        return ""
    return number(gap, 1, language, sign=True) + word("code_points", language)


def _without(row: Progress, hidden: Collection[str]) -> Progress:
    """The row without what follows from a hidden figure; what it is to reach only with the base."""
    counted = row.target.kind in (TargetKind.GROWTH, TargetKind.INCREASE)
    goal = None if "base" in hidden and counted else row.goal
    return replace(
        row,
        goal=goal,
        actual=None,
        expected=None,
        completion=None,
        elapsed=None,
        gap=None,
        forecast=NO_FORECAST,
        reasons=(),
    )
