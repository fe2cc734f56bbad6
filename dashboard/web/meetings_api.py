"""What people note down over HTTP: receipts, agendas and their pages, questions.

Only JSON is taken, and only from pages of this program: a form on another site cannot send it.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any
from urllib.parse import parse_qsl, quote, urlsplit

from flask import Blueprint, Response, request

from dashboard.base.language import DEFAULT_LANGUAGE, LANGUAGES, Text, word
from dashboard.charts.model.plan import PlanError, read_plan
from dashboard.charts.model.selection import Selection
from dashboard.exports.formats import REPORT_FORMATS
from dashboard.services.context import NotFound
from dashboard.services.front_desk import FrontDesk
from dashboard.services.reports import receipts
from dashboard.store import questions
from dashboard.store.opening import StoreError
from dashboard.store.receipt_codes import printed_code
from dashboard.store.receipts import View

Given = dict[str, Any]
_NOT_JSON = Text("请从本系统的页面提交", "this is taken as JSON from a page of this program only")


def _answer(content: Given, status: int = 200) -> Response:
    text = json.dumps(content, ensure_ascii=False)
    return Response(text, status=status, mimetype="application/json")


def _language(given: Given) -> str:
    asked = str(given.get("lang") or request.cookies.get("lang") or "")
    return asked if asked in LANGUAGES else DEFAULT_LANGUAGE


def _number(given: Given, name: str) -> int:
    text = str(given.get(name, ""))
    if not text.lstrip("-").isdigit() or len(text) > 12:
        raise StoreError(Text("请从页面上选择", f"{name}: a number is needed"))
    return int(text)


def _by(given: Given) -> str:
    return str(given.get("by", ""))[:200]


class _Noting:
    """The answers, for one desk. Each takes what was sent and returns what is sent back."""

    def __init__(self, desk: FrontDesk) -> None:
        self.desk = desk

    def selection(self, given: Given) -> Selection:
        query = dict(parse_qsl(str(given.get("query", "")).lstrip("?")))
        return replace(self.desk.selections.of(query, _language(given)), present=False)

    def take(self, given: Given) -> Given:
        kind, ref = str(given.get("kind", "")), str(given.get("ref", ""))[:4000]
        selection, search = self.selection(given), str(given.get("query", ""))
        view: View
        if kind == receipts.CHART:
            self.desk.figures.spec(ref)
            view = receipts.of_chart(ref, selection)
        elif kind == receipts.REPORT:
            view = receipts.of_report(read_plan(ref), selection)
        else:
            path = urlsplit(ref).path
            view = receipts.of_page("/" + path.lstrip("/"), search, selection)
        code = self.desk.receipts.take(view, selection, _by(given)).code
        return {"code": printed_code(code), "address": f"/receipt/{printed_code(code)}"}

    def find(self, given: Given) -> Given:
        text = "".join(sign for sign in str(given.get("code", ""))[:40] if sign.isalnum())
        return {"go": f"/receipt/{quote(text)}?lang={_language(given)}"}

    # ---- agendas ------------------------------------------------------------------------

    def make(self, given: Given) -> Given:
        title, held = str(given.get("title", "")), str(given.get("held", ""))
        name = self.desk.meetings.make(self.selection(given), title, held, _by(given))
        return {"go": f"/meeting/{name}?lang={_language(given)}"}

    def change(self, given: Given) -> Given:
        name, title = str(given.get("meeting", "")), str(given.get("title", ""))
        self.desk.meetings.change(name, title, str(given.get("held", "")))
        return {"again": True}

    def freeze(self, given: Given) -> Given:
        self.desk.meetings.freeze(str(given.get("meeting", "")))
        return {"again": True}

    def add(self, given: Given) -> Given:
        kind, ref, name = (str(given.get(field, "")) for field in ("kind", "ref", "meeting"))
        say = _language(given)
        meeting, count = self.desk.meetings.add(kind, ref, self.selection(given), name)
        said = word("meeting_added", say, title=meeting.title, count=count)
        return {"said": said, "address": f"/meeting/{meeting.id}?lang={say}"}

    def move(self, given: Given) -> Given:
        self.desk.meetings.move(_number(given, "page"), _number(given, "by"))
        return {"again": True}

    def note(self, given: Given) -> Given:
        self.desk.meetings.note(_number(given, "page"), str(given.get("note", "")))
        return {"again": True}

    def remove(self, given: Given) -> Given:
        self.desk.meetings.remove(_number(given, "page"))
        return {"again": True}

    # ---- questions ----------------------------------------------------------------------

    def ask(self, given: Given) -> Given:
        texts = {name: str(given.get(name, "")) for name in questions.Question._fields[1:8]}
        moment = datetime.now(UTC)
        asked = questions.Question(
            0, **texts, raised=moment, raised_by=_by(given), done=None, done_by="", answer=""
        )
        self.desk.questions.ask(asked)
        return {"said": word("meeting_question_kept", _language(given))}

    def close(self, given: Given) -> Given:
        by, answer = str(given.get("by", "")), str(given.get("answer", ""))
        self.desk.questions.close(_number(given, "question"), by, answer)
        return {"again": True}

    def reopen(self, given: Given) -> Given:
        self.desk.questions.reopen(_number(given, "question"))
        return {"again": True}


def blueprint(desk: FrontDesk) -> Blueprint:
    """The routes /api/receipts, /api/meetings… and /api/questions… for this desk."""
    routes, noting = Blueprint("noting", __name__), _Noting(desk)

    def route(address: str, act: Callable[[Given], Given]) -> None:
        def answer() -> Response:
            given = request.get_json(silent=True)
            origin = request.headers.get("Origin", "")
            foreign = origin and urlsplit(origin).netloc != request.host
            if not isinstance(given, dict) or foreign:
                return _answer({"error": _NOT_JSON[_language({})]}, 400)
            try:
                return _answer(act(given))
            except (StoreError, NotFound) as error:
                status = 404 if isinstance(error, NotFound) else 422
                return _answer({"error": error.text[_language(given)]}, status)
            except PlanError as error:
                return _answer({"error": error.message[_language(given)]}, 422)

        name = f"{act.__name__}_{len(address)}"
        routes.add_url_rule(address, name, answer, methods=["POST"])

    for address, act in {
        "/api/receipts": noting.take,
        "/api/receipts/find": noting.find,
        "/api/meetings": noting.make,
        "/api/meetings/change": noting.change,
        "/api/meetings/freeze": noting.freeze,
        "/api/meetings/pages": noting.add,
        "/api/meetings/pages/move": noting.move,
        "/api/meetings/pages/note": noting.note,
        "/api/meetings/pages/remove": noting.remove,
        "/api/questions": noting.ask,
        "/api/questions/close": noting.close,
        "/api/questions/reopen": noting.reopen,
    }.items():
        route(address, act)

    @routes.get("/api/meetings/<name>.pptx")
    def deck(name: str) -> Response:
        language = _language({"lang": request.args.get("lang", "")})
        try:
            found = desk.meetings.get(name, language)
        except NotFound as error:
            return _answer({"error": error.text[language]}, 404)
        form = REPORT_FORMATS["pptx"]
        answer = Response(form.render(desk.meeting_slides.report(found)), mimetype=form.mime)
        named = quote(f"{found.meeting.title}_{found.meeting.held}.pptx", safe="")
        answer.headers["Content-Disposition"] = f"attachment; filename*=UTF-8''{named}"
        return answer

    return routes
