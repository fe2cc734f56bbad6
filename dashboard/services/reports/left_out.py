"""Says which of the chosen charts a report does not show, and why."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from dashboard.base.language import LANGUAGES, Text, word
from dashboard.charts.model.chart import Chart
from dashboard.charts.model.plan import PlanError
from dashboard.charts.model.report import Report
from dashboard.services.reports.proposal import most_values, says_more


def left_out(chosen: Iterable[Chart], shown: Sequence[Chart], language: str) -> tuple[str, ...]:
    """A line for every chosen chart that is not shown: its title and the reason, each once."""
    ids = {(chart.id, chart.area) for chart in shown}
    missing = (chart for chart in chosen if (chart.id, chart.area) not in ids)
    return tuple(dict.fromkeys(_line(chart, language) for chart in missing))


def _line(chart: Chart, language: str) -> str:
    return word("left_chart", language, title=chart.title, reason=_reason(chart, language))


def _reason(chart: Chart, language: str) -> str:
    """Why a chart makes no page of its own."""
    count = most_values(chart)
    if chart.empty or not count:
        return word("left_no_figures", language)
    if chart.is_one_sided:
        return word("left_one_sided", language)
    key = "left_same" if says_more(chart) else "left_few"
    return word(key, language, count=count)


def refuse_empty(report: Report) -> None:
    """Raises PlanError where no page of the report holds a figure; its message says why."""
    if not report.is_empty:
        return
    fields = {"area": report.title, "period": report.subtitle}
    zh, en = (
        "\n".join((word("cli_no_figures", language, **fields), *report.left_out))
        for language in LANGUAGES
    )
    raise PlanError(Text(zh, en))
