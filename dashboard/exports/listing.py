"""Observations as rows that leave: the command line and the HTTP interface print the same."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from functools import lru_cache

from dashboard.catalogue.areas import Areas
from dashboard.exports.csv_lines import csv_line
from dashboard.exports.formulas import harmless_name
from dashboard.store.area_changes import ChangeRow
from dashboard.store.submissions import SubmissionRow
from dashboard.store.versions import Version

COLUMNS = (
    "indicator",
    "indicator_name",
    "area",
    "area_name",
    "period",
    "kind",
    "basis",
    "value",
    "unit",
    "status",
    "grade",
    "submission",
    "source",
    "since",
    "qualifier",
    "marks",
)
VERSION_COLUMNS = (
    "indicator",
    "area",
    "period",
    "kind",
    "value",
    "status",
    "since",
    "submission",
    "statement",
    "grade",
    "received",
    "submitted_by",
    "note",
    "file",
    "sha256",
    "sheet",
    "cell",
    "title",
    "phrase",
    "withdrawn",
    "withdrawn_by",
    "withdrawn_reason",
    "superseded_by",
    "qualifier",
)

CHANGE_COLUMNS = (
    "date",
    "kind",
    "from",
    "from_name",
    "to",
    "to_name",
    "share",
    "rule",
    "source",
    "counts",
    "submission",
    "file",
    "row",
    "received",
    "submitted_by",
    "withdrawn",
)


def change_row(row: ChangeRow, areas: Areas, language: str) -> dict[str, object]:
    """A pair of old and new area as a row; the columns in which it was handed in come first."""
    change = row.change
    values = (
        str(change.period),
        str(change.kind),
        change.old,
        areas.name_of(change.old, language),
        change.new,
        areas.name_of(change.new, language),
        change.share,
        str(change.rule),
        change.source,
        int(row.counts),
        change.submission,
        row.file,
        row.row,
        row.received.isoformat(),
        row.submitted_by,
        row.withdrawn.isoformat() if row.withdrawn else None,
    )
    return dict(zip(CHANGE_COLUMNS, values, strict=True))


SUBMISSION_COLUMNS = (
    "id",
    "file",
    "sheet",
    "form",
    "title",
    "area",
    "period",
    "grade",
    "received",
    "submitted_by",
    "note",
    "is_sample",
    "figures",
    "findings",
    "sha256",
    "withdrawn",
    "withdrawn_by",
    "withdrawn_reason",
)


def submission_row(submission: SubmissionRow) -> dict[str, object]:
    """A submission as a row, with the note that answered its warnings."""
    withdrawn = submission.withdrawn.isoformat() if submission.withdrawn else None
    row: dict[str, object] = submission._asdict()
    row |= {
        "period": str(submission.period) if submission.period else None,
        "received": submission.received.isoformat(),
        "withdrawn": withdrawn,
    }
    return {name: row[name] for name in SUBMISSION_COLUMNS}


def version_row(version: Version) -> dict[str, object]:
    """A version of a figure as a row: periods and moments as texts, row and column as one cell."""
    row: dict[str, object] = version._asdict()
    cell = f"{version.column}{version.row}" if version.column and version.row else ""
    withdrawn = version.withdrawn.isoformat() if version.withdrawn else None
    row |= {
        "period": str(version.period),
        "since": str(version.since) if version.since else None,
        "received": version.received.isoformat(),
        "withdrawn": withdrawn,
        "cell": cell,
    }
    return {name: row[name] for name in VERSION_COLUMNS}


def plain_number(value: float | None) -> str:
    """A number as a file holds it: no exponent, no needless zeros, empty for none."""
    if value is None:
        return ""
    if float(value).is_integer() and abs(value) < 1e15:
        return str(int(value))
    return format(round(float(value), 9), ".9f").rstrip("0").rstrip(".")


def as_csv(rows: Iterable[Mapping[str, object]], columns: Iterable[str] = COLUMNS) -> str:
    """Rows as CSV text; numbers plain, a missing value empty, no text a formula."""
    names = list(columns)
    lines = [csv_line(names, "\n")]
    lines += [csv_line([_cell(row.get(name)) for name in names], "\n") for row in rows]
    return "".join(lines)


def _cell(value: object) -> str:
    if isinstance(value, float):
        return plain_number(value)
    if isinstance(value, str):
        return _text(value)
    return "" if value is None else str(value)


@lru_cache(maxsize=10_000)  # a list has the same names in many rows
def _text(value: str) -> str:
    # A lone carriage return would end the row unquoted, and what follows begin a new cell.
    return harmless_name(value).replace("\r\n", "\n").replace("\r", "\n")


def as_json(rows: Iterable[Mapping[str, object]]) -> str:
    """Rows as a JSON list; Chinese stays readable."""
    return json.dumps([dict(row) for row in rows], ensure_ascii=False, indent=1)
