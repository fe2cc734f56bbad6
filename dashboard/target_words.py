"""A target's standing in words, for slides: what was set, what is done, how that stands."""

from __future__ import annotations

from dashboard.analysis.progress import Progress
from dashboard.catalogue import periods
from dashboard.catalogue.areas import Areas
from dashboard.catalogue.concepts import Grade
from dashboard.catalogue.lookup import Catalogue
from dashboard.charts import wording
from dashboard.charts.target_words import status_word
from dashboard.language import number, word


def target_name(catalogue: Catalogue, areas: Areas, row: Progress, language: str) -> str:
    """Area, indicator and the date due."""
    area, meaning = areas.get(row.area), catalogue.indicators[row.target.indicator]
    parts = (area.name[language] if area else row.area, meaning.name[language])
    due = periods.name(row.target.period, language)
    return word("meeting_target_name", language, name=" ".join(parts), due=due)


def target_facts(catalogue: Catalogue, row: Progress, language: str) -> list[tuple[str, str]]:
    """Labels and texts: status first, then goal, done, shares, what it would take, owner."""
    meaning = catalogue.indicators[row.target.indicator]
    values = [row.goal, row.actual, row.expected, row.forecast.value]
    scale = wording.scale_of(meaning, values, language)

    def amount(value: float | None) -> str:
        return "" if value is None else wording.quantity(value, scale, language)

    def share(value: float | None) -> str:
        return "" if value is None else number(value, 1, language) + "%"

    when = periods.name(row.actual_period, language) if row.actual_period else ""
    done = amount(row.actual)
    gap = "" if row.gap is None else number(row.gap, 1, language, sign=True)
    told = [
        ("status", status_word(row.status, language)),
        ("goal", amount(row.goal)),
        ("actual", f"{done} ({when})" if done and when else done),
        ("completion", share(row.completion)),
        ("elapsed", share(row.elapsed)),
        ("gap", gap + word("code_points", language) if gap else ""),
        ("forecast", amount(row.forecast.value)),
        ("reason", row.reason[language]),
        ("owner", row.target.owner),
        ("grade", word("grade_demo", language) if Grade.DEMO in row.grades else ""),
    ]
    return [(word(f"meeting_target_{name}", language), text) for name, text in told if text]
