"""Describes the API as data: which lists and files there are, what each takes and gives.

``openapi.py`` writes it as a document for programs and a page for people; a test asks every line.
The texts are words: ``api_`` and the name of an entry, ``api_takes_`` and that of a parameter.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from dashboard.base.language import LANGUAGES
from dashboard.catalogue.concepts import FigureKind, Grade
from dashboard.catalogue.topics import Step
from dashboard.charts.model.selection import ASKED_COMPARISONS, SHAPES
from dashboard.disclosure.progress_rows import PROGRESS_COLUMNS
from dashboard.exports import listing, register_rows
from dashboard.services.figures.observation_pages import MOST
from dashboard.services.filters import ALL, CURRENT
from dashboard.services.submissions.reporting import COMPLETENESS_COLUMNS
from dashboard.services.submissions.waiting import WAITING_COLUMNS
from dashboard.web.lists_api import AREA_COLUMNS, INDICATOR_COLUMNS

Schema = dict[str, object]
TEXT: Schema = {"type": "string"}
PERIOD: Schema = {"type": "string", "examples": ["2026-09", "2026Q3", "2026"]}
DAY: Schema = {"type": "string", "examples": ["2026-10-01"]}
YES: Schema = {"type": "string", "enum": ["0", "1"]}
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
PPTX = "application/vnd.openxmlformats-officedocument.presentationml.presentation"
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
PDF, HTML, BYTES = "application/pdf", "text/html", "application/octet-stream"
_INTEGERS = {"submission", "statement", "figures", "findings", "superseded_by", "row"}
_NUMBERS = {
    *("value", "target_value", "base", "actual", "completion", "expected_share", "elapsed"),
    *("expected", "gap", "forecast", "needed_per_month", "beds", "nursing_beds", "share"),
}
_HIDDEN_AS_TEXT = {"residents", "counts"}  # "*" where a small count is hidden
_BOOLEANS = {"is_sample"}
_NUMBERED = {"submissions", "hand_ins"}  # lists whose rows have a number


@dataclass(frozen=True, slots=True)
class Takes:
    """A parameter: its name, where it stands (query, path) and what it may be."""

    name: str
    schema: Schema = field(default_factory=lambda: TEXT)
    where: str = "query"
    several: bool = False  # may be given more than once, or with commas
    needed: bool = False


@dataclass(frozen=True, slots=True)
class Entry:
    """An address of the API: what it takes, and the columns of its rows or the type of its file.

    ``refused`` are the statuses with which it answers what it cannot give.
    """

    name: str
    path: str
    takes: tuple[Takes, ...] = ()
    columns: tuple[str, ...] = ()
    files: tuple[str, ...] = ()  # MIME types; JSON and CSV where there are columns
    refused: tuple[int, ...] = (400,)
    body: tuple[str, ...] = ()  # the texts of a JSON object that is sent


def one_of(names: Iterable[object]) -> Schema:
    """What is one of these names."""
    return {"type": "string", "enum": [str(name) for name in names]}


def _such_as(names: Iterable[object]) -> Schema:
    """What is read with the rest of a view, which says itself that it means nothing."""
    return {"type": "string", "examples": [str(name) for name in names]}


LANGUAGE = Takes("lang", one_of(LANGUAGES))
FORMAT = Takes("format", one_of(("json", "csv")))
AREA, CHILDREN = Takes("area", {"type": "string", "examples": ["990101"]}), Takes("children", YES)
ONE_PERIOD, AS_OF = Takes("period", PERIOD), Takes("as_of", DAY)
INDICATOR: Schema = {"type": "string", "examples": ["marriages"]}
NUMBER: Schema = {"type": "integer", "minimum": 1}
# What a view is of, as its page's address says it; a chart of areas side by side names them.
VIEW = (
    AREA,
    ONE_PERIOD,
    Takes("compare", _such_as(ASKED_COMPARISONS)),
    Takes("step", _such_as(Step)),
    Takes("since", PERIOD),
    Takes("shape", one_of(SHAPES)),
    Takes("known", DAY),
)
SIDE_BY_SIDE = Takes("areas", several=True)

ENTRIES = (
    Entry(
        "observations",
        "/api/observations",
        (
            Takes("indicator", INDICATOR, several=True),
            AREA,
            CHILDREN,
            Takes("from", PERIOD),
            Takes("to", PERIOD),
            Takes("kind", one_of(FigureKind), several=True),
            Takes("grade", one_of(Grade), several=True),
            Takes("versions", one_of((CURRENT, ALL))),
            Takes("restated", YES),
            AS_OF,
            Takes("limit", {"type": "integer", "minimum": 1, "maximum": MOST}),
            Takes("after"),
            LANGUAGE,
            FORMAT,
        ),
        listing.COLUMNS,
    ),
    Entry(
        "history",
        "/api/history",
        (
            Takes("indicator", INDICATOR, needed=True),
            Takes("area", AREA.schema, needed=True),
            Takes("period", PERIOD, needed=True),
            LANGUAGE,
            FORMAT,
        ),
        listing.VERSION_COLUMNS,
    ),
    Entry(
        "progress",
        "/api/progress",
        (AREA, ONE_PERIOD, CHILDREN, AS_OF, LANGUAGE, FORMAT),
        PROGRESS_COLUMNS,
    ),
    Entry(
        "completeness",
        "/api/completeness",
        (AREA, ONE_PERIOD, Takes("form"), LANGUAGE, FORMAT),
        COMPLETENESS_COLUMNS,
    ),
    Entry(
        "register",
        "/api/register",
        (
            AREA,
            Takes("type"),
            Takes("indicator", INDICATOR),
            ONE_PERIOD,
            AS_OF,
            LANGUAGE,
            Takes("format", one_of(("json", "csv", "xlsx"))),
        ),
        register_rows.COLUMNS,
        files=(XLSX,),
        refused=(400, 404),
    ),
    Entry("indicators", "/api/indicators", (LANGUAGE, FORMAT), INDICATOR_COLUMNS),
    Entry("areas", "/api/areas", (LANGUAGE, FORMAT), AREA_COLUMNS),
    Entry("changes", "/api/changes", (LANGUAGE, FORMAT), listing.CHANGE_COLUMNS),
    Entry("submissions", "/api/submissions", (LANGUAGE, FORMAT), listing.SUBMISSION_COLUMNS),
    Entry("hand_ins", "/api/hand-ins", (LANGUAGE, FORMAT), WAITING_COLUMNS),
    Entry(
        "figure",
        "/api/figure/{topic}/{chart}",
        (
            Takes("topic", {"type": "string", "examples": ["marriage"]}, "path", needed=True),
            Takes("chart", {"type": "string", "examples": ["trend"]}, "path", needed=True),
            *VIEW,
            SIDE_BY_SIDE,
            LANGUAGE,
        ),
        files=("application/json",),
        refused=(400, 404),
    ),
    Entry(
        "original",
        "/api/submissions/{number}/file",
        (Takes("number", NUMBER, "path", needed=True), LANGUAGE),
        files=(BYTES,),
        refused=(400, 404, 500),
    ),
    Entry(
        "meeting",
        "/api/meetings/{name}.{suffix}",
        (
            Takes("name", where="path", needed=True),
            Takes("suffix", one_of(("pptx", "pdf", "html")), "path", needed=True),
            LANGUAGE,
        ),
        files=(PPTX, PDF, HTML),
        refused=(400, 404, 503),
    ),
    Entry(
        "minutes",
        "/api/meetings/{name}/minutes.docx",
        (Takes("name", where="path", needed=True), LANGUAGE),
        files=(DOCX,),
        refused=(400, 404),
    ),
    Entry(
        "report",
        "/api/reports/{token}",
        (Takes("token", where="path", needed=True), LANGUAGE),
        files=(BYTES,),
        refused=(400, 404),
    ),
    Entry(
        "receipts",
        "/api/receipts",
        files=("application/json",),
        refused=(400, 404, 413, 422),
        body=("ref", "query", "lang"),
    ),
)


def row_schema(entry: Entry) -> Schema:
    """What a row of a list looks like: its columns, each of one type or null."""
    types = {name: {"type": [*_types(entry, name), "null"]} for name in entry.columns}
    return {
        "type": "object",
        "properties": types,
        "required": list(entry.columns),
        "additionalProperties": False,
    }


def _types(entry: Entry, column: str) -> tuple[str, ...]:
    if column in _INTEGERS or (entry.name in _NUMBERED and column == "id"):
        return ("integer",)
    if column in _NUMBERS:
        return ("number",)
    if column in _HIDDEN_AS_TEXT:
        return ("number", "string")
    return ("boolean",) if column in _BOOLEANS else ("string",)
