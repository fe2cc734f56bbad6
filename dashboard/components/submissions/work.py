"""Hands files in as work: they wait in the tray, a job previews them, a job hands them in.

``Work`` is what the browser keeps for the session: which files, which job, what was answered.
Everything else is read from the job, so that a reload, or another process, finds it again.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from contextlib import suppress
from typing import Any

from plotly.utils import PlotlyJSONEncoder
from typing_extensions import TypedDict

from dashboard.base.jobs import JobGone
from dashboard.base.language import LANGUAGES, Text, in_both
from dashboard.base.progress import Cancelled, JobProgress
from dashboard.catalogue.concepts import Grade
from dashboard.components.submissions.answers import (
    Answers,
    Control,
    Outline,
    answered,
    changed,
    handover_of,
    no_answers,
)
from dashboard.components.submissions.new_streets import with_streets
from dashboard.components.submissions.preview import draw_preview
from dashboard.components.submissions.receipts import receipt_cards
from dashboard.intake import SheetOutcome
from dashboard.intake.drafts.draft import UnreadableDraft
from dashboard.intake.new_streets import NotRegistrable
from dashboard.intake.registers.refusals import PERSONS
from dashboard.intake.upload_tray import TrayFull, TrayGone
from dashboard.services.front_desk import FrontDesk

Files = Sequence[tuple[str, bytes]]
PREVIEW, HAND_IN, TROUBLE = "preview", "hand_in", "trouble"


class Work(TypedDict, total=False):
    """What the browser keeps; ``message`` is a key of words, or a text in both languages."""

    act: str  # preview | hand_in | trouble
    token: str  # of the tray
    job: str
    answers: Answers
    message: str
    report: str  # the token of the checked report whose figures these are


LAYING_OUT = Text("整理预览", "laying out the preview")
GONE: Work = {"act": TROUBLE, "message": "work_gone"}


def plain(parts: object) -> Any:  # noqa: ANN401 - whatever JSON the components make
    """Components as JSON, as the browser takes them too."""
    return json.loads(json.dumps(parts, cls=PlotlyJSONEncoder))


def named_apart(files: Files) -> list[tuple[str, bytes]]:
    """The files with different names: a second 表.xlsx becomes 表 (2).xlsx."""
    taken: set[str] = set()
    result = []
    for name, content in files:
        start, dot, ending = name.rpartition(".")
        shown, count = name, 1
        while shown in taken:
            count += 1
            shown = f"{start} ({count}).{ending}" if dot else f"{name} ({count})"
        taken.add(shown)
        result.append((shown, content))
    return result


def begin(desk: FrontDesk, files: Files, before: Work | None = None) -> Work:
    """The files put into the tray and their preview begun; trouble where they cannot be kept.

    ``before`` is the work in whose place they come: that it was not handed in is said.
    """
    try:
        token = desk.tray.put(named_apart(sorted(files)))  # they arrive in any order
    except TrayFull:
        return {"act": TROUBLE, "message": "work_tray_full"}
    is_open = before is not None and before.get("act") == PREVIEW
    return _preview(desk, token, no_answers(), "work_replaced" if is_open else "")


def begin_report(desk: FrontDesk, token: str, area: str, language: str) -> Work:
    """The figures of a checked report, put into the tray as a table, and their preview begun.

    ``token`` is that of the report in the tray. What is not understood is left out at first.
    """
    try:
        name, content = desk.tray.take(token)[0]
        report = desk.report_figures.read(name, content, area)
        file, rows = report.file(language)
        waiting = desk.tray.put([(file, rows)])
    except (TrayGone, UnreadableDraft):
        return GONE
    except TrayFull:
        return {"act": TROUBLE, "message": "work_tray_full"}
    answers = no_answers()
    answers["sheets"] = [[file, file.removesuffix(".csv"), "grade", str(Grade.REPORT)]]
    answers["skip"] = True
    return {**_preview(desk, waiting, answers), "report": token}


def _preview(desk: FrontDesk, token: str, answers: Answers, message: str = "") -> Work:
    def work(progress: JobProgress) -> object:
        files = desk.tray.take(token)
        sheets = desk.submissions.preview(files, handover_of(answers), progress)
        if any(sheet.register or refuses_persons(sheet.receipt) for sheet in sheets):
            _without_persons(desk, token, files)
        drawn = {}
        for done, language in enumerate(LANGUAGES):
            progress.step(LAYING_OUT, done, len(LANGUAGES))
            drawn[language] = draw_preview(desk, sheets, answers, language)
        shown = {
            language: {"cards": plain(drawing.cards), "parts": plain(drawing.parts)}
            for language, drawing in drawn.items()
        }
        return {"outline": drawn[LANGUAGES[0]].outline} | shown

    job = desk.jobs.start(work)
    return {"act": PREVIEW, "token": token, "job": job, "answers": answers, "message": message}


def _without_persons(desk: FrontDesk, token: str, files: Files) -> None:
    """Let copies without persons wait in the place of files that name some."""
    for place, (name, content) in enumerate(files):
        copy = desk.submissions.copy_without_persons(name, content)
        if copy is not None and copy != content:
            desk.tray.replace(token, place, copy)


def refuses_persons(receipt: SheetOutcome) -> bool:
    """Whether a sheet was refused since its rows are persons."""
    return any(finding.rule == PERSONS for finding in receipt.findings)


def result_of(desk: FrontDesk, work: Work) -> dict[str, Any]:
    """What the job came to; empty where there is no such job, or none that is done."""
    try:
        result = desk.jobs.state(work.get("job", "")).result
    except JobGone:
        return {}
    return result if isinstance(result, dict) else {}


def of_report(following: Work, work: Work) -> Work:
    """The work that follows another, of the same report where that was one."""
    return {**following, "report": work["report"]} if work.get("report") else following


def folded_part(desk: FrontDesk, work: Work | None, place: int, language: str) -> list[Any]:
    """The content of a sheet that was drawn folded."""
    result = result_of(desk, work or {})
    parts = result[language]["parts"].get(str(place), []) if "outline" in result else []
    return [*parts]


def _outline(desk: FrontDesk, work: Work) -> Outline | None:
    """What the preview was drawn of; None where it is gone, or this work previews nothing."""
    return result_of(desk, work).get("outline") if {"token", "answers"} <= work.keys() else None


def word_at(desk: FrontDesk, work: Work | None, place: int) -> str:
    """The word that the control at this place asks about; empty where it is gone."""
    outline = _outline(desk, work or {})
    words = outline["words"] if outline else []
    return words[place] if 0 <= place < len(words) else ""


def again(
    desk: FrontDesk, work: Work, controls: Sequence[Control], values: Sequence[Any], _note: str = ""
) -> tuple[Work | None, str]:
    """The work of a preview anew, with what was answered."""
    outline = _outline(desk, work)
    if outline is None:
        return GONE, ""
    answers = answered(work["answers"], outline, controls, values)
    return _preview(desk, work["token"], answers), ""


def register_streets(
    desk: FrontDesk, work: Work, controls: Sequence[Control], values: Sequence[Any], place: int
) -> tuple[Work | None, Text | None]:
    """The work of a preview anew, in which the unknown streets of the sheet are registered.

    A ``place`` of -1 takes them back. Nothing but a sentence where they cannot be registered.
    """
    outline = _outline(desk, work)
    if outline is None:
        return GONE, None
    answers = answered(work["answers"], outline, controls, values)
    try:
        answers = with_streets(answers, outline, place, desk.areas())
    except NotRegistrable as error:
        return None, in_both(error.key, **error.values)
    return _preview(desk, work["token"], answers), None


def hand_in(
    desk: FrontDesk, work: Work, controls: Sequence[Control], values: Sequence[Any], note: str
) -> tuple[Work | None, str]:
    """The work of handing in; or None and the key of the sentence that says what is in its way.

    Answers that no preview has shown yet are previewed first: nothing is stored unseen.
    """
    outline = _outline(desk, work)
    if outline is None:
        return GONE, ""
    if changed(outline, controls, values):
        answers = answered(work["answers"], outline, controls, values)
        return _preview(desk, work["token"], answers, "work_changed"), ""
    if not outline["ready"]:
        return None, "work_nothing_ready"
    if outline["needs_note"] and not note.strip():
        return None, "work_note_needed"
    try:
        files = desk.tray.take(work["token"])
    except TrayGone:
        return GONE, ""
    job = desk.jobs.start(_storing(desk, work, files, note))
    return {"act": HAND_IN, "token": work["token"], "job": job}, ""


def _storing(
    desk: FrontDesk, work: Work, files: Files, note: str
) -> Callable[[JobProgress], object]:
    answers = work["answers"]

    def store(progress: JobProgress) -> object:
        receipts: list[SheetOutcome] = []
        left = 0
        for number, (name, content) in enumerate(files):
            among = _Among(progress, number + 1, len(files))
            try:
                handover = handover_of(answers, note, name)
                receipts += desk.submissions.receive([(name, content)], handover, among)
            except Cancelled:
                left = len(files) - number
                break
        desk.tray.drop(work["token"])
        cards = {language: plain(receipt_cards(desk, receipts, language)) for language in LANGUAGES}
        stored = [receipt.id for receipt in receipts if receipt.id is not None]
        return {"left": left, "stored": stored} | cards

    return store


class _Among:
    """Progress of one file among several: says which of how many it is."""

    def __init__(self, progress: JobProgress, number: int, count: int) -> None:
        self._progress, self._number, self._count = progress, number, count

    def step(self, what: Text, done: int, total: int) -> None:
        """Tells the progress of the whole."""
        if self._count > 1:
            which = f"{self._number}/{self._count}"
            what = Text(f"{what.zh}（第 {which} 个文件）", f"{what.en} (file {which})")
        self._progress.step(what, done, total)


def cancel(desk: FrontDesk, work: Work | None) -> None:
    """Asks the job to stop; it stops at its next step."""
    if work and work.get("job"):
        with suppress(JobGone):
            desk.jobs.cancel(work["job"])


def discard(desk: FrontDesk, work: Work | None) -> Work:
    """Forgets the files; what was stored before stays."""
    cancel(desk, work)
    if work and work.get("token"):
        desk.tray.drop(work["token"])
    return {}


def pasted(text: str, page: dict[str, str] | None, name: str) -> Files:
    """A pasted table as a file: as the page it was copied from, while its text was left alone."""
    if page and page.get("html") and page.get("text", "").split() == text.split():
        return [(f"{name}.html", page["html"].encode())]
    return [(f"{name}.txt", text.encode())]
