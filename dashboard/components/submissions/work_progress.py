"""Builds the page while work runs: progress, then the preview or the receipts."""

from __future__ import annotations

import time
from collections.abc import Mapping
from typing import Any, NamedTuple

from dash import html, no_update
from dash.development.base_component import Component

from dashboard.base.jobs import CANCELLED, DONE, JobGone, JobState
from dashboard.base.language import word
from dashboard.charts.model.selection import Selection
from dashboard.components.shell.attributes import aria
from dashboard.components.submissions.submissions import submission_list
from dashboard.components.submissions.upload_form import NOTE, NOTE_NEEDED
from dashboard.components.submissions.withdrawing import withdrawn_state
from dashboard.components.submissions.work import HAND_IN, PREVIEW, Work
from dashboard.intake.upload_tray import MOST_FILES
from dashboard.services.front_desk import FrontDesk
from dashboard.store.submissions import SubmissionRow

ANSWERS, A_NOTE = "answers", "note"
PATIENCE = 0.3  # seconds in which work may end without its progress being shown
LOOK = 0.02
GONE, CHANGED = "work_gone", "work_changed"
TROUBLES = (GONE, "work_tray_full", *(f"work_failed_{act}" for act in (PREVIEW, HAND_IN)))


class Stage(NamedTuple):
    """The outputs of the callback that draws the work, in its order."""

    form_hidden: bool = False
    progress_hidden: bool = True
    progress: object = None
    preview_hidden: bool = True
    preview: object = None
    message: str = ""
    note: str = NOTE
    receipts: object = None
    most_ticks: int = 0  # the next look is allowed only after this one was answered
    submissions: object = no_update
    waits_for: str = ""  # what must come before handing in: ANSWERS or A_NOTE


def _settled(desk: FrontDesk, job: str, patience: float) -> JobState:
    """The job's state, after waiting a moment for it to end."""
    deadline = time.monotonic() + patience
    state = desk.jobs.state(job)
    while not state.is_over and time.monotonic() < deadline:
        time.sleep(LOOK)
        state = desk.jobs.state(job)
    return state


def _notice(text: str, kind: str = "") -> list[Component]:
    return [html.P(text, className=f"notice {kind}".strip())]


def _trouble(key: str, desk: FrontDesk, language: str) -> Stage:
    key = key if key in TROUBLES else GONE
    text = word(key, language, most=desk.settings.upload_mb, files=MOST_FILES)
    return Stage(receipts=_notice(text, "notice-worse"))


def _running(state: JobState, work: Work, language: str) -> Stage:
    what = state.what[language] or word(f"work_{work['act']}", language)
    total = state.total
    count = (
        word("work_count", language, done=min(state.done + 1, total), total=total) if total else ""
    )
    bar = html.Progress(
        value=str(state.done) if total else None,
        max=total or 1,
        **aria(label=word("work_progress", language)),
    )
    shown = [html.Div([html.Strong(what), html.Span(count)], className="progress-text"), bar]
    return Stage(True, False, shown)


def stage_of(
    desk: FrontDesk, work: Work | None, selection: Selection, again: bool, ticks: int | None
) -> Stage:
    """What to show now; ``ticks`` is how often the clock has rung.

    Only a look that the clock asks for, ``again``, does not wait a moment for short work to end.
    """
    language = selection.language
    if not work or not work.get("act"):
        return Stage()
    if not work.get("job"):
        return _trouble(work.get("message", GONE), desk, language)
    try:
        state = _settled(desk, work["job"], 0 if again else PATIENCE)
    except JobGone:
        return _trouble(GONE, desk, language)
    if not state.is_over:
        return _running(state, work, language)._replace(most_ticks=(ticks or 0) + 1)
    if state.state == CANCELLED:
        return Stage(receipts=_notice(word("work_cancelled", language)))
    return _result(desk, work, state, selection)


def _result(desk: FrontDesk, work: Work, state: JobState, selection: Selection) -> Stage:
    """The preview or the receipts that a job ended with, or that it failed."""
    language = selection.language
    result = state.result if isinstance(state.result, dict) else {}
    previews = work["act"] == PREVIEW
    if state.state != DONE or language not in result or previews != ("outline" in result):
        return _trouble(f"work_failed_{work['act']}", desk, language)
    if previews:
        return _previewed(work, result, language)
    return _handed_in(desk, result, selection)


def _previewed(work: Work, result: dict[str, Any], language: str) -> Stage:
    """The preview, how much of it can be handed in, and whether a note is needed."""
    outline, key = result["outline"], work.get("message")
    texts = [word(key, language)] if key else []
    if key != CHANGED or not outline["ready"]:  # what is in the way stays in sight
        texts.append(_ready(outline, language))
    note = NOTE_NEEDED if outline["needs_note"] else NOTE
    return Stage(
        True,
        preview_hidden=False,
        preview=result[language]["cards"],
        message=" ".join(texts),
        note=note,
        waits_for=ANSWERS if not outline["ready"] else A_NOTE if outline["needs_note"] else "",
    )


def _handed_in(desk: FrontDesk, result: dict[str, Any], selection: Selection) -> Stage:
    """The receipts, and how many files were left out."""
    language, left = selection.language, result.get("left", 0)
    receipts = [*_notice(word("work_left", language, count=left))] if left else []
    stored = desk.submissions.of_numbers(result.get("stored", []))
    withdrawn = [row for row in stored if row.withdrawn]
    receipts += [_now(row, language) for row in withdrawn]
    if stored and len(withdrawn) == len(stored):  # the receipts say what no longer holds
        shown: list[Component] = []
    else:
        shown = result[language]
    title = html.H2(word("receipts_title", language))
    card = html.Section([title, *receipts, *shown], className="panel-card")
    return Stage(receipts=card, submissions=submission_list(desk, selection))


def _now(row: SubmissionRow, language: str) -> Component:
    """What a submission that was taken back since is now."""
    state = withdrawn_state(row, language)
    return html.P(word("receipt_now", language, number=row.id, state=state), className="notice")


def _ready(outline: Mapping[str, int], language: str) -> str:
    """How much can be handed in now, and what is in the way of the rest."""
    ready, held = outline["ready"], outline["held_back"]
    key = "ready_some" if ready and held else "ready_all" if ready else "ready_none"
    texts = [word(key, language, ready=ready, held=held)]
    if ready and outline["open"]:
        texts.append(word("ready_open", language))
    if ready and outline["needs_note"]:
        texts.append(word("ready_note", language))
    return " ".join(texts)
