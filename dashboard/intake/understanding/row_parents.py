"""Finds what stands above each label of a column: its section, the whole it is a part of."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from dashboard.intake.forms.files.cells import text_of
from dashboard.intake.understanding.numbers import adds_up, exceeds, number_at
from dashboard.intake.understanding.part_runs import continues, kinds_of
from dashboard.intake.understanding.phrases import Phrase
from dashboard.intake.understanding.places import OWN
from dashboard.intake.understanding.regions import Region
from dashboard.intake.understanding.row_kinds import is_figure
from dashboard.intake.understanding.words import normal

_RANKS = (
    re.compile(r"^[一二三四五六七八九十]{1,3}[、.．]"),
    re.compile(r"^\([一二三四五六七八九十]{1,3}\)"),
    re.compile(r"^\d{1,2}[.、．](?!\d)"),
    re.compile(r"^\(\d{1,2}\)"),
    re.compile(r"^[A-Z](?:[.、．]|(?![类级档等型])(?=[一-鿿]))"),
    re.compile(r"^[①-⑳]"),
)
_PARTS = ("其中", "#", "*")


class _Line(NamedTuple):
    """A label and how deep it stands: by its numbering, else by its indentation."""

    row: int
    text: str
    rank: int
    indent: int
    depth: float = 0.0


@dataclass(frozen=True, slots=True)
class Parents:
    """For each row of the body the labels above it in one column, nearest first.

    ``unclear`` are rows that may be parts of one label or another: both, by row.
    """

    above: dict[int, tuple[str, ...]]
    unclear: dict[int, tuple[str, ...]]


def parents_of(region: Region, at: int, label: Callable[[str], Phrase]) -> Parents:
    """What stands above the labels of one column; ``label`` cuts a label into words.

    By numbering (一、(一) 1. (1) A), by indentation, by 其中, and by section rows without figures.
    """
    outline = _Outline(region, at, label)
    return Parents(dict(outline.parents()), outline.unclear)


@dataclass(frozen=True, slots=True)
class _Run:
    """The parts (其中) of one whole: the first, those after it, and what stands above them."""

    whole: _Line
    part: _Line
    above: tuple[str, ...]
    rows: list[_Line] = field(default_factory=list)


class _Outline:
    """Walks down the labels of one column; ``_stack`` are the lines that stand above the next."""

    def __init__(self, region: Region, at: int, label: Callable[[str], Phrase]) -> None:
        self._region, self._at, self._label = region, at, label
        self.unclear: dict[int, tuple[str, ...]] = {}
        self._run: _Run | None = None
        self._figures = [place for place, own in region.figures.items() if at in own]
        self._stack: list[_Line] = []
        self._passed: list[_Line] = []  # lines that are no 其中, since the last total
        self._marked: list[int] = []  # rows of 其中
        self._no_whole: _Line | None = None  # a line of which what follows is no part
        self._numbered = 0.0

    def parents(self) -> Iterator[tuple[int, tuple[str, ...]]]:
        """Each row with the labels above it."""
        for row in self._region.body:
            yield row, self._above(row)

    def _above(self, row: int) -> tuple[str, ...]:
        line = self._line(row)
        if not line.text:
            return self._chain()
        if OWN.fullmatch(normal(line.text)):  # a total of the whole table
            self._stack.clear()
            self._passed.clear()
            self._run = None
            return ()
        if normal(line.text).startswith(_PARTS):
            return self._of_part(line)
        if self._run is not None and self._continues(self._run, line):
            self._run.rows.append(line)
            return self._run.above
        self._run = None
        if line.rank:
            self._numbered = float(line.rank)
        line = line._replace(depth=self._depth(line))
        while self._stack and self._stack[-1].depth >= line.depth:
            self._stack.pop()
        found = self._chain()
        self._stack.append(line)
        self._passed.append(line)
        return found

    def _line(self, row: int) -> _Line:
        raw = self._region.sheet.spread(row, self._at)
        text = text_of(raw)
        indent = len(str(raw)) - len(str(raw).lstrip(" \u3000\xa0"))
        return _Line(row, text, _rank(normal(text)), indent)

    def _depth(self, line: _Line) -> float:
        if line.rank:
            return float(line.rank)
        is_section = self._is_blank(line.row) and not self._is_below_section(line)
        return self._numbered + 0.5 + 0.01 * line.indent - (0.005 if is_section else 0)

    def _is_blank(self, row: int) -> bool:
        return not any(is_figure(self._region.sheet.cell(row, at)) for at in self._region.figures)

    def _is_below_section(self, line: _Line) -> bool:
        """Whether a line without figures is an empty part of the section right above it."""
        above = self._stack[-1] if self._stack else None
        is_section = above is not None and self._is_blank(above.row)
        return above is not None and is_section and line.indent > above.indent

    def _chain(self) -> tuple[str, ...]:
        """The labels above, nearest first, without one of which what follows is no part."""
        return tuple(line.text for line in reversed(self._stack) if line != self._no_whole)

    def _continues(self, run: _Run, line: _Line) -> bool:
        """Whether a row without 其中 is one more part of the same whole."""
        if line.rank or self._is_blank(line.row):
            return False
        whole, part, own = (kinds_of([self._label(o.text)]) for o in (run.whole, run.part, line))
        if not continues(whole, part, own):
            return False
        values = self._values(line.row), self._values(run.whole.row)
        if exceeds(*values):
            self.unclear[line.row] = (run.whole.text, "")
        return True

    # -- parts of a total after its components ------------------------------------------------

    def _of_part(self, line: _Line) -> tuple[str, ...]:
        """The labels above a line of 其中: the last line before it, or the total of several."""
        if not self._passed:
            return self._chain()
        last = self._passed[-1]
        total = self._total_before(line, last)
        self._marked.append(line.row)
        if total is not None:
            self._no_whole = last
        whole, parents = total or last, self._chain()
        above = parents if whole.text in parents else (whole.text, *parents)
        if self._run is not None and self._run.rows and self._run.whole == whole:
            before = self._run.rows[-1]
            if not exceeds(self._values(line.row), self._values(before.row)):
                self.unclear[line.row] = (before.text, whole.text)
        self._run = _Run(whole, line, above)
        return above

    def _total_before(self, line: _Line, last: _Line) -> _Line | None:
        """The total of which a line of 其中 is a part rather than of the last component."""
        siblings: list[_Line] = []
        for before in reversed(self._passed):
            if before.depth > last.depth:
                continue
            if len(siblings) > 1 and self._adds_up(before, siblings):
                own = any(row > siblings[-1].row for row in self._marked)
                inside = own or line.indent > last.indent
                return None if inside and not self._exceeds(line, last) else before
            if before.depth < last.depth:
                return None
            siblings.append(before)
        return None

    def _adds_up(self, total: _Line, parts: Sequence[_Line]) -> bool:
        return adds_up(self._values(total.row), [self._values(part.row) for part in parts])

    def _exceeds(self, line: _Line, last: _Line) -> bool:
        """Whether a line, or another of the same list of parts, is larger than the last one."""
        rows = [line.row]
        for row in self._region.body:
            if row > line.row:
                below = self._line(row)
                if below.rank or OWN.fullmatch(normal(below.text)):
                    break
                rows.append(row)
        values = self._values(last.row)
        return any(exceeds(self._values(row), values) for row in rows)

    def _values(self, row: int) -> list[float | None]:
        return [number_at(self._region.sheet, row, place) for place in self._figures]


def _rank(text: str) -> int:
    for rank, pattern in enumerate(_RANKS, start=1):
        if pattern.match(text):
            return rank
    return 0
