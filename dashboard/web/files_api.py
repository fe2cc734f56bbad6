"""Serves files: a chart in every format, the register of targets, reports, received files."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date

from flask import Blueprint, Response, request

from dashboard.base.language import Text, word
from dashboard.catalogue.periods import Period
from dashboard.charts.model.chart import Chart
from dashboard.charts.model.plan import PlanError
from dashboard.charts.model.selection import Selection, known_text
from dashboard.components.figures.figure import figure_of
from dashboard.components.shell.address import reader_language
from dashboard.disclosure.row_guard import suppress_figures
from dashboard.disclosure.suppressed_chart import suppression_note
from dashboard.disclosure.target_guard import suppress_bases
from dashboard.exports import listing
from dashboard.exports.chromium import PrintError
from dashboard.exports.figure_rows import figure_book
from dashboard.exports.formats import FORMATS, PICTURES, REPORT_FORMATS, ReportFormat
from dashboard.exports.pictures import picture_figure, read_wish
from dashboard.exports.print_html import offline_bytes
from dashboard.exports.target_workbook import MIME, register_workbook
from dashboard.services.context import NotFound
from dashboard.services.figures.side_by_side import COMPARED, MOST
from dashboard.services.filters import Filters, moment_of, one_area
from dashboard.services.front_desk import FrontDesk
from dashboard.services.meetings.minutes import minutes
from dashboard.services.release import Marked
from dashboard.store.opening import StoreError
from dashboard.web.answers import (
    asked_list,
    asked_text,
    file_answer,
    json_answer,
    refusal,
)

_AGENDA = {
    "pptx": REPORT_FORMATS["pptx"],
    "pdf": REPORT_FORMATS["pdf"],
    "html": ReportFormat("text/html; charset=utf-8", "html", offline_bytes),
}


def file_name(chart: Chart) -> str:
    """A chart's title and its subtitle without the unit as the name of a file."""
    parts = chart.subtitle.split(" · ")
    shown = parts[1:] if len(parts) > 1 and chart.unit and chart.unit in parts[0] else parts
    return re.sub(r'[\\/:*?"<>|\s]+', "_", "_".join([chart.title, *shown])).strip("_")[:80]


def _rendered(chart: Chart, suffix: str) -> tuple[bytes, str]:
    """The file and its MIME type; a picture as the query asks for it. Raises PrintError."""
    if suffix in PICTURES:
        picture = PICTURES[suffix]
        return picture.render(chart, read_wish(request.args)), picture.mime
    return FORMATS[suffix].render(chart), FORMATS[suffix].mime


def _noted(desk: FrontDesk, note: str, area: str, period: Period | None = None) -> str:
    """A note of a workbook, before it what marks the figures of its area up to its month."""
    areas = (area,) if area else tuple(known.code for known in desk.areas())
    return desk.release.marked(note, Marked(areas, period, reader_language()))


class Files:
    """Answers with the files of one desk."""

    def __init__(self, desk: FrontDesk) -> None:
        """Write the charts and reports of this desk."""
        self._desk = desk

    def add_to(self, routes: Blueprint) -> None:
        """Add the routes /api/… and /export/… of files."""
        answers: dict[str, Callable[..., Response]] = {
            "/api/submissions/<int:number>/file": self.received,
            "/api/reports/<token>": self.report,
            "/api/meetings/<name>.<suffix>": self.meeting,
            "/api/meetings/<name>/minutes.docx": self.minutes,
            "/api/figure/<path:ref>": self.figure,
            "/export/targets.xlsx": self.targets,
            "/export/correction.docx": self.correction,
            "/export/corrections.docx": self.corrections,
            "/export/figures/<topic>.<suffix>": self.topic_figures,
            "/export/<path:place>": self.chart,
        }
        for address, answer in answers.items():
            routes.add_url_rule(address, answer.__name__, answer)

    def received(self, number: int) -> Response:
        """The file a submission came in."""
        try:
            name, content = self._desk.submissions.file(number)
        except NotFound as error:
            return refusal(error.text, 404)
        except StoreError as error:
            return refusal(error.text, 500)
        return file_answer(content, name)

    def report(self, token: str) -> Response:
        """A report that was made in the background."""
        found = self._desk.reports.finished(token)
        if found is None:
            return refusal(
                Text("没有这份报告，或已过期", "this report is not there, or no more"), 404
            )
        name, content = found
        return file_answer(content, name)

    def meeting(self, name: str, suffix: str) -> Response:
        """An agenda as slides, as PDF, or as one page to be opened without a server."""
        language = reader_language()
        form = _AGENDA.get(suffix)
        if form is None:
            known = ", ".join(_AGENDA)
            text = word("report_not_a_format", language, format=suffix, formats=known)
            return refusal(text, 404)
        try:
            agenda = self._desk.meetings.get(name, language)
            content = form.render(self._desk.meeting_slides.report(agenda))
        except NotFound as error:
            return refusal(error.text[language], 404)
        except PrintError as error:
            return refusal(error.message[language], 503)
        meeting = agenda.meeting
        return file_answer(content, f"{meeting.title}_{meeting.held}.{suffix}", form.mime)

    def minutes(self, name: str) -> Response:
        """The minutes of a meeting as a document."""
        language, desk = reader_language(), self._desk
        try:
            agenda = desk.meetings.get(name, language)
        except NotFound as error:
            return refusal(error.text[language], 404)
        asked = desk.questions.of_meeting(name)
        slides = desk.meeting_slides.report(agenda)
        report = minutes(slides, agenda.meeting, asked, date.today())
        content = REPORT_FORMATS["docx"].render(report)
        return file_answer(content, f"{report.title}_{agenda.meeting.held}.docx")

    def correction(self) -> Response:
        """The notice that a figure was corrected, as a document."""
        desk, language = self._desk, reader_language()
        key = figure_of(request.args)
        if key is None or key.indicator not in desk.catalogue.indicators:
            return refusal(word("carried_unknown", language), 404)
        selection = desk.selections.of({"area": key.area}, language)
        try:
            report = desk.carriers.correction(key, selection, date.today())
        except PlanError as error:
            return refusal(error.message[language], 404)
        content = REPORT_FORMATS["docx"].render(report)
        return file_answer(content, f"{report.title}.docx", REPORT_FORMATS["docx"].mime)

    def corrections(self) -> Response:
        """The notice of all figures that files carry with an older value, as a document."""
        desk, language = self._desk, reader_language()
        selection = desk.selections.of_file(request.args, language)
        try:
            report = desk.revisions.notice(selection, date.today())
        except PlanError as error:
            return refusal(error.message[language], 404)
        content = REPORT_FORMATS["docx"].render(report)
        return file_answer(content, f"{report.title}.docx", REPORT_FORMATS["docx"].mime)

    def figure(self, ref: str) -> Response:
        """A chart as plotly draws it, for pictures made in the browser."""
        desk = self._desk
        try:
            chart = self._drawn(ref, desk.selections.of_file(request.args, reader_language()))
        except NotFound as error:
            return refusal(error.text, 404)
        return json_answer(picture_figure(desk.release.chart(chart)))

    def _drawn(self, ref: str, selection: Selection, stamped: bool = False) -> Chart:
        """The chart that leaves, ``stamped`` with its receipt; raises NotFound.

        One of areas side by side has no receipt: a receipt covers one selection.
        """
        desk = self._desk
        if ref.startswith(COMPARED):
            indicator, areas = ref.removeprefix(COMPARED), asked_list("areas")[:MOST]
            known = desk.areas()
            if indicator in desk.catalogue.indicators and all(known.get(code) for code in areas):
                chart = desk.side_by_side.chart(indicator, areas, selection)
                if chart is not None:
                    return chart
            raise NotFound(Text(f"没有图表“{ref}”", f"there is no chart {ref!r}"))
        if stamped:
            return desk.receipts.stamped_chart(ref, selection)
        return desk.figures.chart(ref, selection)

    def targets(self) -> Response:
        """The register of targets of an area, or of all, as a workbook."""
        desk, area, language = self._desk, asked_text("area"), reader_language()
        area = one_area(desk.areas(), area).code if area else ""
        targets = [target for target in desk.targets.all() if area in ("", target.area)]
        standing = [target for target in targets if not target.retired]
        released, suppressed = suppress_bases(desk.release.guard(), standing)
        said = suppression_note(desk.settings.small_cells, language) if suppressed else ""
        note = _noted(desk, said, area)
        moves = {
            target.id: text for target in standing if (text := desk.targets.moves(target, language))
        }
        content = register_workbook(released, desk.catalogue, language, suppressed, note, moves)
        name = f"{word('page_targets', language)}_{area}".strip("_")
        return file_answer(content, f"{name}.xlsx", MIME)

    def topic_figures(self, topic: str, suffix: str) -> Response:
        """All figures that an area and those below it have in a topic, without small counts."""
        desk, language = self._desk, reader_language()
        declared = desk.catalogue.topics.get(topic)
        if declared is None or suffix not in ("csv", "xlsx"):
            return refusal(
                Text(
                    f"没有专题“{topic}”的 {suffix} 文件",
                    f"topic {topic!r} as {suffix!r} is not known",
                ),
                404,
            )
        selection = desk.selections.of_file(request.args, language, topic)
        filters = Filters(
            indicators=desk.selections.indicators_of_topic(selection.area, topic),
            area=selection.area,
            children=True,
            language=language,
            as_of=known_text(selection.as_known) if selection.as_known else "",
        )
        guard = desk.release.guard(moment_of(selection.as_known))
        rows = list(suppress_figures(guard, desk.directory.observations(filters)))
        title = f"{desk.areas().name_of(selection.area, language)} {declared.title[language]}"
        name = f"{title}.{suffix}".replace(" ", "_")
        if suffix == "csv":
            text = "\ufeff" + listing.as_csv(rows, listing.COLUMNS)
            return file_answer(text.encode(), name, "text/csv")
        said = suppression_note(desk.settings.small_cells, language)
        note = _noted(desk, said, selection.area)
        marks = [word("demo_title", language)] if any(r["grade"] == "demo" for r in rows) else []
        return file_answer(figure_book(rows, title, " · ".join([*marks, note])), name, MIME)

    def chart(self, place: str) -> Response:
        """A chart with its receipt in the format of its ending."""
        ref, _, suffix = place.rpartition(".")
        if suffix not in FORMATS | PICTURES:
            known = ", ".join([*FORMATS, *PICTURES])
            return refusal(
                Text(
                    f"没有格式“{suffix}”；可选：{known}", f"format {suffix!r} is not one of {known}"
                ),
                404,
            )
        desk, language = self._desk, reader_language()
        selection = desk.selections.of_file(request.args, language)
        try:
            chart = desk.release.chart(self._drawn(ref, selection, stamped=True))
            content, mime = _rendered(chart, suffix)
        except NotFound as error:
            return refusal(error.text, 404)
        except PrintError as error:
            return refusal(error.message[selection.language], 503)
        return file_answer(content, f"{file_name(chart)}.{suffix}", mime)
