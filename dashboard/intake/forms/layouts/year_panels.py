"""Where the columns of a yearbook table stand: one panel, or two side by side of the same years."""

from __future__ import annotations

from dataclasses import dataclass, replace

from dashboard.catalogue.periods import Span
from dashboard.intake.forms import headings
from dashboard.intake.forms.files.cells import Sheet, is_blank, is_number, squeezed
from dashboard.intake.forms.layout import YEAR_TABLE, Column, Frame, Recognition
from dashboard.intake.forms.layouts.month_columns import span_in

_LOOK = 12  # rows that show what a column without a heading holds


@dataclass(frozen=True, slots=True)
class Panel:
    """One name column with its unit and code, and the periods beside it."""

    name: Column
    unit: Column | None
    code: Column | None
    years: tuple[Column, ...]


def find_frame(sheet: Sheet) -> Frame | None:
    """Header and columns of a table with a year (or another whole period) per column, or None."""
    for row in sheet.top_rows:
        texts = [squeezed(sheet.spread(row, at)) for at in range(sheet.width)]
        spans = _spans(texts)
        if not spans or min(spans) == 0 or not _is_header(texts, spans):
            continue
        if _stand_over_headings(sheet, row + 1, spans):
            continue  # months over columns of their own
        first = row + 1
        while first < len(sheet.rows) and headings.is_letters_row(sheet, first):
            first += 1
        columns = _columns(sheet, texts, spans, first)
        if columns:
            return Frame(YEAR_TABLE, (row,), first, columns)
    return None


def _stand_over_headings(sheet: Sheet, row: int, spans: dict[int, Span | None]) -> bool:
    """Whether the row below the periods holds headings and not figures."""
    if row >= len(sheet.rows) or any(sheet.cell(row, at) is not None for at in range(min(spans))):
        return False
    texts = [squeezed(sheet.cell(row, at)) for at in spans]
    return sum(bool(text) and not any(map(str.isdigit, text)) for text in texts) > 1


def panels_of(recognition: Recognition) -> list[Panel]:
    """The panels from left to right; months without a year get the table's."""
    groups: list[list[Column]] = [[]]
    for column in sorted(recognition.columns, key=lambda one: one.place):
        if column.role != "year" and any(one.role == "year" for one in groups[-1]):
            groups.append([])
        groups[-1].append(column)
    panels = []
    for group in groups:
        roles = {column.role: column for column in reversed(group)}
        dated = (
            replace(one, span=one.span or span_in(one.heading[0], recognition.period))
            for one in group
            if one.role == "year"
        )
        years = tuple(one for one in dated if one.span is not None)
        if "name" in roles and years:
            panels.append(Panel(roles["name"], roles.get("unit"), roles.get("code"), years))
    return panels


def _spans(texts: list[str]) -> dict[int, Span | None]:
    """The columns of periods. A month without its year gets it when the title has been read."""
    spans: dict[int, Span | None] = {}
    for at, text in enumerate(texts):
        if (span := headings.span_of(text)) is not None:
            spans[at] = span
    if spans:
        return spans
    parts = {at: text for at, text in enumerate(texts) if headings.part_of_year(text)}
    named = any(headings.NAME.fullmatch(text) for text in texts)
    return dict.fromkeys(parts) if named and len(set(parts.values())) > 1 else {}


def _is_header(texts: list[str], spans: dict[int, Span | None]) -> bool:
    """In a row of figures one or two may look like years; in a header nearly all of them are."""
    if any(headings.NAME.fullmatch(text) for text in texts[: min(spans)]):
        return True
    return len(spans) > 1 and len(spans) * 2 > sum(bool(text) for text in texts[min(spans) :])


def _columns(
    sheet: Sheet, texts: list[str], spans: dict[int, Span | None], first: int
) -> tuple[Column, ...]:
    """Every column's role; none where a panel has no names or a year stands twice in it."""
    columns: list[Column] = []
    seen: set[object] = set()
    keys: list[int] = []
    ends = [span.end if span else texts[at] for at, span in spans.items()]
    several = len(set(ends)) < len(ends)
    for at, text in enumerate(texts):
        if at not in spans:
            keys.append(at)
            continue
        span = spans[at]
        end = span.end if span else text
        if not seen or end in seen:
            found = [_key(sheet, key, texts[key], first, named=not seen) for key in keys]
            kept = [column for column in found if column is not None]
            if not any(column.role == "name" for column in kept):
                return ()
            columns += kept
            seen = set()
        elif several and any(squeezed(texts[key]) for key in keys):
            return ()  # years repeat, but not panel by panel
        keys = []
        seen.add(end)
        columns.append(Column(at, "year", (text,), span=span))
    return tuple(columns)


def _key(sheet: Sheet, at: int, text: str, first: int, *, named: bool) -> Column | None:
    """The role of a column left of the years of its panel."""
    for role, words in (
        ("unit", headings.UNIT),
        ("code", headings.CODE),
        ("area_code", headings.AREA_CODE),
    ):
        if words.fullmatch(text):
            return Column(at, role, (text,))
    if headings.SERIAL.fullmatch(text):
        return None
    below = [sheet.cell(row, at) for row in range(first, min(first + _LOOK, len(sheet.rows)))]
    words_below = [cell for cell in below if not is_blank(cell) and not is_number(cell)]
    # A second panel's names need not have a heading; a spacer or a growth rate is none.
    if named or (words_below and (not text or headings.NAME.fullmatch(text))):
        return Column(at, "name", (text,))
    return None
