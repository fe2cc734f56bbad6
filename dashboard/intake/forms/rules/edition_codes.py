"""Checks the codes of an official form against the editions they come from (制度版次)."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator
from typing import NamedTuple

from dashboard.base.language import Text
from dashboard.catalogue.catalogue import Catalogue, FormLine, plain_name
from dashboard.intake.forms.files.cells import Sheet, column_letter, is_blank, squeezed, text_of
from dashboard.intake.forms.layout import OFFICIAL_FORM, Recognition
from dashboard.intake.forms.rules.rules import Rule

_CODE = re.compile(r"[A-Z]{2,5}\d{4,}[A-Z]?", re.I)
_BRACKETS = re.compile(r"\([^()]*\)|其中|小计|合计|数量|数$|累计|支出|\d|[::、,.;#*]")
Edition = tuple[str, str]


class CodeCell(NamedTuple):
    """A code as printed, where it stands, and what is to be said of it."""

    row: int
    column: str
    code: str
    name: str
    others: Text


class _Coded(NamedTuple):
    row: int
    code: str
    name: str
    lines: tuple[FormLine, ...]


def _coded(sheet: Sheet, recognition: Recognition, catalogue: Catalogue) -> list[_Coded]:
    """Every figure of the form that has a code, with the lines of all editions under that code."""
    code, name = recognition.column("code"), recognition.column("name")
    if recognition.layout != OFFICIAL_FORM or code is None or name is None:
        return []
    value = recognition.column("value")  # a heading's code says nothing of a figure
    known: dict[str, list[FormLine]] = {}
    for line in catalogue.lines:
        if line.code:
            known.setdefault(line.code.upper(), []).append(line)
    codeds = []
    for row in range(recognition.first_row, len(sheet.rows)):
        printed = squeezed(sheet.cell(row, code.place)).upper()
        figure = value is not None and not is_blank(sheet.cell(row, value.place))
        if figure and _CODE.fullmatch(printed):
            text = text_of(sheet.spread(row, name.place))
            codeds.append(_Coded(row, printed, text, tuple(known.get(printed, ()))))
    return codeds


def _main_edition(coded: list[_Coded]) -> Edition | None:
    """The edition that most codes belong to, the newest of equals; None where no code is known."""
    counts: Counter[Edition] = Counter()
    for row in coded:
        counts.update({(line.form, line.edition) for line in row.lines})
    return max(counts, key=lambda edition: (counts[edition], edition[1]), default=None)


def _editions(lines: tuple[FormLine, ...]) -> set[Edition]:
    return {(line.form, line.edition) for line in lines}


def edition_mixed(
    sheet: Sheet, recognition: Recognition, catalogue: Catalogue
) -> Iterator[CodeCell]:
    """Codes of another edition than the rest of the form: read all the same, and said once."""
    coded = _coded(sheet, recognition, catalogue)
    main, place = _main_edition(coded), _code_letter(recognition)
    other = [row for row in coded if row.lines and main not in _editions(row.lines)]
    if main is not None and other:
        sentence = "、".join(row.code for row in other[:6]) + ("…" if len(other) > 6 else "")
        first = other[0]
        edition = sorted(_editions(first.lines))[-1]
        yield CodeCell(
            first.row,
            place,
            first.code,
            first.name,
            Text(
                f"本表多数代码属于 {_named(main)}，"
                f"而 {len(other)} 个（{sentence}）属于 {_named(edition)}",
                f"most codes are of {_named(main)}, "
                f"but {len(other)} ({sentence.replace('、', ', ')}) of {_named(edition)}",
            ),
        )


def edition_unknown(
    sheet: Sheet, recognition: Recognition, catalogue: Catalogue
) -> Iterator[CodeCell]:
    """A code that no known edition has, in a form whose other codes are known."""
    coded = _coded(sheet, recognition, catalogue)
    main, place = _main_edition(coded), _code_letter(recognition)
    for row in coded if main is not None else ():
        if not row.lines:
            yield CodeCell(row.row, place, row.code, row.name, Text(_named(main or ("", ""))))


def edition_name(
    sheet: Sheet, recognition: Recognition, catalogue: Catalogue
) -> Iterator[CodeCell]:
    """A code beside a name that is neither its edition's nor any name of what the code means."""
    place = _code_letter(recognition)
    for row in _coded(sheet, recognition, catalogue):
        printed = _bare(row.name)
        if not row.lines or not printed:
            continue
        names = {_bare(line.name) for line in row.lines}
        for line in row.lines:
            meant = catalogue.indicators[line.indicator]
            names |= {_bare(name) for name in (meant.name.zh, meant.name.en, *meant.aliases)}
        if any(_alike(printed, name) for name in names):
            continue
        newest = max(row.lines, key=lambda line: line.edition)
        yield CodeCell(
            row.row,
            place,
            row.code,
            row.name,
            Text(
                f"{newest.name}（{_named((newest.form, newest.edition))}）",
                f"{newest.name} ({_named((newest.form, newest.edition))})",
            ),
        )


def _bare(name: str) -> str:
    return _BRACKETS.sub("", plain_name(name))


def _alike(printed: str, name: str) -> bool:
    """Whether one name says the other and more: 最低生活保障 is printed for 低保's long name."""
    return bool(name) and (printed in name or name in printed)


def _named(edition: Edition) -> str:
    return " ".join(edition)


def _code_letter(recognition: Recognition) -> str:
    column = recognition.column("code")
    return column_letter(column.place) if column else ""


CODE_KINDS: dict[str, Callable[[Sheet, Recognition, Catalogue], Iterator[CodeCell]]] = {
    "edition_mixed": edition_mixed,
    "edition_unknown": edition_unknown,
    "edition_name": edition_name,
}


def speaks(rule: Rule, recognition: Recognition) -> bool:
    """Whether the rule speaks of this form."""
    return not rule.editions or recognition.form.casefold() in rule.editions
