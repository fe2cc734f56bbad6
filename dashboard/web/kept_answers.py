"""Keeps the compressed answers of pages that show figures: whoever asks for the same gets the same.

Such a page follows from its address, the reader's language, theme and rights, the day and the data
version, and from nothing else (Dash's token of a page load is for callbacks in the background,
of which there are none). An address that leaves out the area or the period means the same as the
one that names them. Who takes another compression gets the same content. Pages that show what is
stored without a data version (agendas, files that wait, receipts) are not among them.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import date
from typing import Any
from urllib.parse import parse_qsl, urlencode

from flask import Response, g, request

from dashboard.base.kept_bytes import KeptBytes
from dashboard.components.drawn_panels import with_panels
from dashboard.components.panels import STREET
from dashboard.components.shell.address import reader_language, topic_of
from dashboard.components.shell.sub_path import inside, sub_path
from dashboard.components.shell.theme_choice import reader_theme
from dashboard.services.access.person import acting_person
from dashboard.services.front_desk import FrontDesk
from dashboard.web.below_path import TranslatedResponse, translated
from dashboard.web.busy import TakingTurns
from dashboard.web.compression import KEPT, accepted_encoding, compressed, packed, unpacked
from dashboard.web.first_answers import CALLBACKS, page_call
from dashboard.web.security_headers import with_headers

PAGES = ("/", "/targets", "/indicators", "/scorecards", "/street", "/compare")
BELOW = ("/topic/", "/street/", "/indicators/")
_PAGE = page_call("/", "")["output"]
_HEADERS = ("Content-Type", "Content-Encoding", "Content-Security-Policy", "Vary", "ETag")
_OTHERWISE = ("present", "known")  # meetings show them too, and days of knowledge are too many


class KeptAnswers:
    """Answers a request from what was answered before, or keeps what is answered now."""

    def __init__(self, answers: KeptBytes, desk: FrontDesk, turns: TakingTurns) -> None:
        """Keep answers about the store of this desk here; others are made in turn."""
        self._answers, self._turns = answers, turns
        self._desk = desk
        self.on_page: Callable[[str], None] | None = None  # is told of every page asked for

    def answer(self, make: Callable[[], Any]) -> Any:  # noqa: ANN401 - whatever a view returns
        """What ``make`` answers to the present request, made once for all who ask the same.

        Raises Busy where the turn of a request that is not answered yet does not come.
        """
        asked = _asked_page()
        if asked is None:
            return self._turns.answer(make)
        refused: list[Any] = []
        version = self._desk.version()
        key = self._key(asked, version)

        def whole() -> bytes | None:
            answer = _response(make())
            if _may_be_kept(answer):
                return _entry(_finished(answer))
            refused.append(answer)
            return None

        entry = self._answers.find(key, version)
        if entry is None:
            entry = self._turns.answer(lambda: self._answers.get(key, whole, version))
        if entry is None:
            return refused[0]
        if self.on_page is not None:
            self.on_page(asked)
        answer = self._as_accepted(_answer_of(entry), key, version)
        if request.method == "GET":
            answer.headers["Cache-Control"] = "private, no-cache"
            answer.make_conditional(request)
        return answer

    def named_search(self) -> str:
        """The query of the present address, "?…" or ""; as a kept page's readers share it."""
        asked = _asked_page()
        if asked is None:
            search = request.query_string.decode("ascii", "replace")
        else:
            search = self._named(asked).partition("?")[2]
        return f"?{search}" if search else ""

    def _as_accepted(self, answer: Response, key: str, version: int) -> Response:
        """The kept answer, compressed as the present request takes it."""
        stored = answer.headers.get("Content-Encoding", "")
        if not stored or request.accept_encodings[stored] > 0:
            return answer
        accepted = accepted_encoding()
        if not accepted:
            answer.set_data(unpacked(answer.get_data(), stored))
            del answer.headers["Content-Encoding"]
            return answer

        def anew() -> bytes:
            return packed(unpacked(answer.get_data(), stored), accepted, KEPT)

        answer.set_data(self._answers.get(f"{accepted} {key}", anew, version) or anew())
        answer.headers["Content-Encoding"] = accepted
        return answer

    def _key(self, asked: str, version: int) -> str:
        person = acting_person()
        parts = (
            request.method,
            self._named(asked),
            version,
            date.today().isoformat(),
            reader_language(),
            reader_theme(),
            (person.name, person.role, person.areas, person.originals),
            self._desk.context.reader,
            sub_path(),
        )
        return repr(parts)

    def _named(self, asked: str) -> str:
        """The address with the area and the period that it means, its parameters in one order.

        As it is where a parameter is repeated, where a street's page takes the area above it, and
        where the page says that something else is shown than was asked for.
        """
        path, _, search = asked.partition("?")
        pairs = parse_qsl(search, keep_blank_values=True)
        query = dict(pairs)
        if len(query) < len(pairs) or (path.startswith(STREET) and not query.get("area")):
            return asked
        if {"area", "period"} <= query.keys():
            return f"{path}?{urlencode(sorted(pairs))}"
        try:
            chosen = self._desk.selections.of(query, reader_language(query), topic_of(path))
        except Exception:  # whatever fails: the page that is made says so
            return asked
        if chosen.unread or chosen.asked is not None or chosen.period is None:
            return asked
        query |= {"area": chosen.area, "period": str(chosen.period)}
        return f"{path}?{urlencode(sorted(query.items()))}"


def put_panels_in(response: Response) -> Response:
    """The answer with the panels that were written before, in the places of their signs."""
    if g.get("written") and response.is_sequence:
        response.set_data(with_panels(response.get_data(as_text=True)))
    return response


def _asked_page() -> str | None:
    """Path and query of the page that is asked for, where its answer may be kept; else None."""
    if request.method == "GET":
        path, query = request.path, request.query_string.decode("ascii", "replace")
    elif request.path == CALLBACKS and request.method == "POST":
        call = request.get_json(silent=True) or {}
        if call.get("output") != _PAGE:
            return None
        path, query = (one.get("value") or "" for one in call["inputs"])
        path = inside(path, sub_path())
    else:
        return None
    if "?" in path:  # no page's; it would be taken for the address that ends there
        return None
    asked = f"{path}?{query.removeprefix('?')}"
    return asked if may_be_kept_at(asked) else None


def may_be_kept_at(address: str) -> bool:
    """Whether the answers about the page at an address are kept."""
    path, _, query = address.partition("?")
    is_kept = path in PAGES or path.startswith(BELOW)
    return is_kept and not any(f"{name}=" in query for name in _OTHERWISE)


def _response(answer: Any) -> Any:  # noqa: ANN401 - whatever a view returns
    return Response(answer, mimetype="text/html") if isinstance(answer, str) else answer


def _finished(answer: Response) -> Response:
    """The answer with its headers, compressed; a document with the tag of its content."""
    answer = translated(answer)
    if request.method == "GET":
        answer.add_etag()
    return compressed(with_headers(answer), KEPT, accepted_encoding() or "br")


def _may_be_kept(answer: Any) -> bool:  # noqa: ANN401 - whatever a view returns
    """Whether the answer is whole: nothing failed, the page is there, and a document has it."""
    if not isinstance(answer, Response) or answer.status_code != 200:
        return False
    failed = any(g.get(name) for name in ("fault", "page_is_missing", "has_no_view"))
    return not failed and "Set-Cookie" not in answer.headers


def _entry(answer: Response) -> bytes:
    headers = [(name, answer.headers[name]) for name in _HEADERS if name in answer.headers]
    return json.dumps(headers).encode() + b"\n" + answer.get_data()


def _answer_of(entry: bytes) -> Response:
    head, _, body = entry.partition(b"\n")
    answer = TranslatedResponse(body)
    for name, value in json.loads(head):
        answer.headers[name] = value
    return answer
