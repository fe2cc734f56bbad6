"""Serves a checked draft as a Word document with comments, and its findings as a workbook."""

from __future__ import annotations

from collections.abc import Callable
from urllib.parse import quote

from flask import Blueprint, Response, request

from dashboard.base.language import word
from dashboard.exports import draft_comments, draft_list
from dashboard.intake.drafts.draft import UnreadableDraft
from dashboard.intake.upload_tray import TrayGone
from dashboard.services.drafts import Judged
from dashboard.services.front_desk import FrontDesk
from dashboard.web.answers import asked_language, refusal

Make = Callable[[Judged, str], bytes]


def blueprint(desk: FrontDesk) -> Blueprint:
    """The routes /export/draft-comments.docx and /export/draft-findings.xlsx."""
    routes = Blueprint("drafts", __name__)

    @routes.get("/export/draft-comments.docx")
    def comments() -> Response:
        return _answer(desk, desk.drafts.commented, draft_comments.MIME, ".docx")

    @routes.get("/export/draft-findings.xlsx")
    def findings() -> Response:
        return _answer(desk, desk.drafts.listed, draft_list.MIME, ".xlsx")

    return routes


def _answer(desk: FrontDesk, make: Make, mime: str, ending: str) -> Response:
    """The file made of the draft that waits under the token of the address."""
    language = asked_language()
    try:
        files = desk.tray.take(request.args.get("draft", ""))
        judged = desk.drafts.check(files, request.args.get("area", ""))
    except TrayGone:
        return refusal(word("drafts_gone", language), 404)
    except UnreadableDraft as unreadable:
        return refusal(unreadable.text[language], 422)
    answer = Response(make(judged, language), mimetype=mime)
    start = judged.checked.draft.name.rpartition(".")[0] or judged.checked.draft.name
    file = quote(f"{start}-{word('drafts_findings', language)}{ending}", "")
    answer.headers["Content-Disposition"] = f"attachment; filename*=UTF-8''{file}"
    return answer
