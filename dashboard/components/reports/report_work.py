"""Builds the state of a report that is being made, and the link to the file."""

from __future__ import annotations

from typing import Any, NamedTuple

from dash import html
from dash.development.base_component import Component

from dashboard.base.jobs import CANCELLED, DONE, JobGone, JobState
from dashboard.base.language import word
from dashboard.components.shell.attributes import aria
from dashboard.services.front_desk import FrontDesk


class Making(NamedTuple):
    """The outputs of the callback that looks after the job, in its order."""

    hidden: bool = True
    progress: object = None
    done: object = None
    most_ticks: int = 0  # the next look is allowed only after this one was answered


def _notice(text: str, kind: str = "") -> Component:
    return html.P(text, className=f"notice {kind}".strip())


def running(state: JobState, language: str) -> Component:
    """How far a job is: its step in words, and a bar."""
    total = state.total
    count = (
        word("work_count", language, done=min(state.done + 1, total), total=total) if total else ""
    )
    what = state.what[language] or word("report_making", language)
    bar = html.Progress(
        value=str(state.done) if total else None,
        max=total or 1,
        **aria(label=word("work_progress", language)),
    )
    return html.Div(
        [html.Div([html.Strong(what), html.Span(count)], className="progress-text"), bar]
    )


def _finished(result: dict[str, Any], language: str) -> Component:
    """The link to the file, and a line for each chosen chart that is not in it."""
    size = f"{int(str(result['size'])) / 1024:,.0f}"
    lines = [html.Li(line) for line in result.get("left_out", result.get("changes", ()))]
    ready = html.P(
        [
            word("report_ready", language),
            " ",
            html.A(
                str(result["name"]),
                href=f"/api/reports/{result['token']}",
                download="",
            ),
            f" ({size} KB)",
        ],
        className="notice report-ready",
    )
    parts: list[Component] = [ready]
    if "list" in result:
        address = f"/api/reports/{result['list']}"
        changes = html.A(word("refresh_list", language), href=address, download="")
        parts.append(html.P(changes))
    if lines:
        parts.append(html.Ul(lines, className="muted report-lines"))
    return html.Div(parts)


def making_of(desk: FrontDesk, job: str | None, ticks: int | None, language: str) -> Making:
    """What to show of this job now; ``ticks`` is how often the clock has rung."""
    if not job:
        return Making()
    try:
        state = desk.jobs.state(job)
    except JobGone:
        return Making()
    if not state.is_over:
        return Making(False, running(state, language), None, (ticks or 0) + 1)
    return _ended(state, language)


def _ended(state: JobState, language: str) -> Making:
    """What to show of a job that is over."""
    result = state.result if isinstance(state.result, dict) else {}
    if state.state == CANCELLED:
        return Making(done=_notice(word("report_cancelled", language)))
    if state.state == DONE and "token" in result:
        return Making(done=_finished(result, language))
    if state.state == DONE and "refused" in result:
        return Making(done=_notice(result["refused"][language], "notice-worse"))
    return Making(done=_notice(word("report_failed", language), "notice-worse"))
