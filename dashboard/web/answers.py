"""Makes answers for programs (rows as CSV or JSON, files, refusals) and reads what they ask."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from urllib.parse import quote

from flask import Response, request, stream_with_context

from dashboard.base.language import Text
from dashboard.components.shell.address import reader_language
from dashboard.exports import listing
from dashboard.exports.chart_csv import BYTE_ORDER_MARK

JSON = "application/json"
BYTES = "application/octet-stream"  # never as what a file claims to be: no browser opens it
YES_WORDS, NO_WORDS = ("1", "true", "yes"), ("0", "false", "no")


class Refusal(Response):
    """Why nothing is answered, as JSON; ``refusal_pages`` makes a page of it for a browser."""

    def __init__(self, text: str, status: int, title: str = "") -> None:
        """Say this text with this status; ``title`` heads the page."""
        content = json.dumps({"error": text}, ensure_ascii=False)
        super().__init__(content, status=status, mimetype=JSON)
        self.reason, self.title = text, title


def asked_text(name: str) -> str:
    """A parameter of the address; "" where it is not given."""
    return request.args.get(name, "")


def asked_list(name: str) -> list[str]:
    """A parameter given several times or with commas."""
    return [part for value in request.args.getlist(name) for part in value.split(",") if part]


def is_asked(name: str) -> bool:
    """Whether a parameter says yes: 1, true or yes."""
    return asked_text(name).lower() in YES_WORDS


def rows_answer(rows: Iterable[Mapping[str, object]], columns: Iterable[str]) -> Response:
    """Rows in the asked format; "json" unless CSV is asked for."""
    if request.args.get("format", "json") == "csv":
        text = BYTE_ORDER_MARK + listing.as_csv(rows, columns)
        return Response(text, mimetype="text/csv")
    return Response(listing.as_json(rows), mimetype=JSON)


def streamed_answer(
    parts: Iterable[Iterable[Mapping[str, object]]], columns: Iterable[str]
) -> Response:
    """Rows that come in parts, each sent as soon as it is made; "json" unless CSV is asked for."""
    is_csv = request.args.get("format", "json") == "csv"
    texts = _csv_texts(parts, list(columns)) if is_csv else _json_texts(parts)
    return Response(stream_with_context(texts), mimetype="text/csv" if is_csv else JSON)


def _csv_texts(
    parts: Iterable[Iterable[Mapping[str, object]]], columns: list[str]
) -> Iterator[str]:
    yield BYTE_ORDER_MARK + listing.as_csv((), columns)
    for rows in parts:
        yield listing.as_csv(rows, columns).partition("\n")[2]


def _json_texts(parts: Iterable[Iterable[Mapping[str, object]]]) -> Iterator[str]:
    between = ""
    yield "["
    for rows in parts:
        for row in rows:
            yield f"{between}\n {json.dumps(dict(row), ensure_ascii=False)}"
            between = ","
    yield "\n]"


def json_answer(content: object, status: int = 200) -> Response:
    """Any content as JSON."""
    return Response(json.dumps(content, ensure_ascii=False), status=status, mimetype=JSON)


def refusal(message: str | Text, status: int, title: str = "") -> Refusal:
    """Why nothing is answered, in the language that is asked for."""
    text = message if isinstance(message, str) else message[reader_language()]
    return Refusal(text, status, title)


def file_answer(content: bytes, name: str, mime: str = BYTES) -> Response:
    """A file that the browser saves under this name."""
    answer = Response(content, mimetype=mime.partition(";")[0])  # which adds the charset itself
    answer.headers["Content-Disposition"] = f"attachment; filename*=UTF-8''{quote(name, safe='')}"
    return answer
