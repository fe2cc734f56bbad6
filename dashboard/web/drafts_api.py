"""Serves a checked draft with comments, its findings as a workbook, and a stored report."""

from __future__ import annotations

from collections.abc import Callable
from urllib.parse import quote

from flask import Blueprint, Response, request

from dashboard.base.language import word
from dashboard.base.whole_numbers import whole_number
from dashboard.components.shell.address import reader_language
from dashboard.disclosure.row_guard import suppress_figures
from dashboard.exports import draft_comments, draft_list, listing, report_figures
from dashboard.exports.chart_csv import BYTE_ORDER_MARK
from dashboard.intake.drafts.draft import UnreadableDraft
from dashboard.intake.upload_tray import TrayGone
from dashboard.services.context import NotFound
from dashboard.services.drafts import Judged
from dashboard.services.filters import UnknownName, one_area
from dashboard.services.front_desk import FrontDesk
from dashboard.web.answers import asked_text, refusal

Make = Callable[[Judged, str], bytes]


def blueprint(desk: FrontDesk) -> Blueprint:
    """The routes /export/draft-… of a draft, and /export/report-figures.… of a stored report."""
    routes = Blueprint("drafts", __name__)
    routes.register_error_handler(NotFound, lambda error: refusal(error.text, 404))

    @routes.get("/export/draft-comments.docx")
    def comments() -> Response:
        return _answer(desk, desk.drafts.commented, draft_comments.MIME, ".docx")

    @routes.get("/export/draft-findings.xlsx")
    def findings() -> Response:
        return _answer(desk, desk.drafts.listed, draft_list.MIME, ".xlsx")

    @routes.get("/export/report-figures.xlsx")
    def report_book() -> Response:
        rows = _stated(desk, asked_text("submission"))
        content = report_figures.report_book(rows, reader_language())
        return _file(content, report_figures.MIME, "report-figures.xlsx")

    @routes.get("/export/report-figures.csv")
    def report_lines() -> Response:
        text = BYTE_ORDER_MARK + listing.as_csv(
            _stated(desk, asked_text("submission")), report_figures.COLUMNS
        )
        return _file(text.encode(), "text/csv", "report-figures.csv")

    return routes


def _stated(desk: FrontDesk, number: str) -> list[dict[str, object]]:
    """The figures of a stored report, without small counts; raises NotFound."""
    row = desk.submissions.get(whole_number(number) or 0)
    stated = desk.submissions.stated(row.id)
    rows = report_figures.report_rows(stated, desk.catalogue, desk.areas(), reader_language())
    return suppress_figures(desk.release.guard(), rows)


def _file(content: bytes, mime: str, name: str) -> Response:
    answer = Response(content, mimetype=mime)
    answer.headers["Content-Disposition"] = f"attachment; filename={name}"
    return answer


def _answer(desk: FrontDesk, make: Make, mime: str, ending: str) -> Response:
    """The file made of the draft that waits under the token of the address."""
    language, area = reader_language(), asked_text("area")
    try:
        if area:
            one_area(desk.areas(), area)
        files = desk.tray.take(request.args.get("draft", ""))
        judged = desk.drafts.check(files, area)
    except UnknownName as error:
        return refusal(error.text[language], 400)
    except TrayGone:
        return refusal(word("drafts_gone", language), 404)
    except UnreadableDraft as unreadable:
        return refusal(unreadable.text[language], 422)
    answer = Response(make(judged, language), mimetype=mime)
    start = judged.checked.draft.name.rpartition(".")[0] or judged.checked.draft.name
    file = quote(f"{start}-{word('drafts_findings', language)}{ending}", "")
    answer.headers["Content-Disposition"] = f"attachment; filename*=UTF-8''{file}"
    return answer
