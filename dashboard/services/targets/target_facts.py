"""Words a target's standing for slides: what was set, what is done, how that stands."""

from __future__ import annotations

from collections.abc import Collection

from dashboard.analysis.progress import Progress
from dashboard.analysis.small_counts import HIDDEN
from dashboard.analysis.target_status import Status
from dashboard.base.language import word
from dashboard.catalogue import periods
from dashboard.catalogue.areas import Areas
from dashboard.catalogue.concepts import Grade
from dashboard.catalogue.lookup import Catalogue
from dashboard.catalogue.periods import Period
from dashboard.catalogue.targets import TargetKind
from dashboard.charts.text.target_words import TargetWords, status_word


def target_name(catalogue: Catalogue, areas: Areas, row: Progress, language: str) -> str:
    """Area, indicator and the date due."""
    meaning = catalogue.indicators[row.target.indicator]
    parts = (areas.name_of(row.area, language), meaning.name[language])
    due = periods.name(row.target.period, language)
    return word("meeting_target_name", language, name=" ".join(parts), due=due)


def target_facts(
    catalogue: Catalogue,
    areas: Areas,
    row: Progress,
    language: str,
    hidden: Collection[str] = (),
) -> list[tuple[str, str]]:
    """Labels and texts: status first, then to do, done, due, gap, what it would take, owner.

    On one base and in the words of every page. ``hidden`` says what of it may not be exported, as
    ``suppressed_standings`` does.
    """
    words = TargetWords(row, catalogue, areas, language)
    status = Status.NOT_JUDGED if hidden else row.status
    facts = [
        ("status", status_word(status, language)),
        *(_hidden(words, hidden) if hidden else _standing(words)),
        ("owner", row.target.owner),
        ("grade", word("grade_demo", language) if Grade.DEMO in row.grades else ""),
    ]
    return [(word(f"meeting_target_{name}", language), text) for name, text in facts if text]


def _standing(words: TargetWords) -> list[tuple[str, str]]:
    row, language = words.row, words.language
    forecast = "" if words.forecast == "—" else words.forecast
    reasons = word("list_semicolon", language).join(words.reasons)
    return [
        ("goal", words.to_do),
        ("actual", _dated(words.done, row.actual_period, language)),
        ("due", words.due_now),
        ("gap", words.gap),
        ("forecast", forecast),
        ("needed", words.need),
        ("reason", reasons),
    ]


def _hidden(words: TargetWords, hidden: Collection[str]) -> list[tuple[str, str]]:
    """What was set, without what follows from a hidden figure."""
    known = words.row
    counted = known.target.kind in (TargetKind.GROWTH, TargetKind.INCREASE)
    return [
        ("goal", HIDDEN if "base" in hidden and counted else words.asked),
        ("actual", HIDDEN if known.actual is not None else ""),
        ("gap", HIDDEN if known.gap is not None else ""),
        ("reason", word("status_small_count", words.language)),
    ]


def _dated(amount: str, period: Period | None, language: str) -> str:
    """An amount with the month it was reached in, where both are known."""
    if not amount or period is None:
        return amount
    return amount + word("chart_bracket", language, text=periods.name(period, language))
