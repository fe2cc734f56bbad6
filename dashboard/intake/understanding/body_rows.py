"""Tells rows of a table whose figures cannot be read (文昌街道 | 约 500?) from headings.

Seen alone, such a row is one of words, as headings are. What names it shows what it is: an area,
period or total where the rows around it have areas or periods.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from dashboard.intake.forms import headings
from dashboard.intake.forms.files.cells import Sheet, filled, squeezed
from dashboard.intake.understanding.nearly_figures import is_nearly_figure
from dashboard.intake.understanding.places import OWN, Finder, names_period
from dashboard.intake.understanding.row_kinds import RowKind

_NUMERALS = re.compile(r"[\d一二三四五六七八九十]+")
_LETTER = re.compile(r"[^\W\d_]")
_WORDED = (RowKind.HEADING, RowKind.CAPTION, RowKind.NOTE)


@dataclass(frozen=True, slots=True)
class RowWords:
    """What the words of a table's rows are known to be.

    ``finder`` finds areas; ``is_known`` says whether a text holds a word with a meaning.
    """

    finder: Finder
    is_known: Callable[[str], bool]


@dataclass(slots=True)
class _Above:
    """What stands above a row: the headings of its table, and whether the last row is its body."""

    header: list[int] = field(default_factory=list)
    body: int | None = None  # the last row of figures
    is_adjacent: bool = False  # whether nothing stands between it and the next row

    def add(self, row: int, kind: RowKind) -> None:
        """Adds a row as it was judged."""
        if kind is RowKind.HEADING:
            self.header = [row] if self.body is not None else [*self.header, row]
        if kind is RowKind.FIGURES:
            self.body = row
        elif kind is RowKind.HEADING:
            self.body = None
        self.is_adjacent = kind is RowKind.FIGURES or (kind is RowKind.CAPTION and self.is_adjacent)


class BodyRows:
    """Judges the rows of one sheet again, by what names them and the rows around them."""

    def __init__(self, sheet: Sheet, kinds: Sequence[RowKind], words: RowWords) -> None:
        """``kinds`` are what the rows are, each seen alone."""
        self._sheet, self._kinds, self._words = sheet, kinds, words

    def kinds(self) -> list[RowKind]:
        """What each row is; one of words that belongs to a table's body is one of figures."""
        above, judged = _Above(), []
        for row, kind in enumerate(self._kinds):
            own = RowKind.FIGURES if kind in _WORDED and self._is_of_body(row, above) else kind
            judged.append(own)
            above.add(row, own)
        return judged

    def _is_of_body(self, row: int, above: _Above) -> bool:
        places = filled(self._sheet.rows[row])
        if len(places) < 2 or not above.header:
            return False
        text = squeezed(self._sheet.cell(row, places[0]))
        if self._is_named_alike(row, places[0], text, above):
            return True
        return self._is_like_heading(row, places) and self._has_no_words(row, places, above)

    def _are_periods(self, row: int) -> bool:
        """Whether a row has periods of one form alone, as headings do: 2006 | 2007."""
        forms = {self._names(self._label(row, at)) for at in filled(self._sheet.rows[row])}
        return len(forms) == 1 and str(*forms).startswith(_PERIOD)

    def _is_named_alike(self, row: int, at: int, text: str, above: _Above) -> bool:
        """Whether a row's name is an area, period or total, and the table's rows have such names.

        They have where the column is headed so, or where a row beside this one has.
        """
        named = self._names(text)
        if named is None:
            return False
        heads = {squeezed(self._sheet.spread(line, at)) for line in above.header}
        words = headings.PERIOD if named.startswith(_PERIOD) else headings.AREA
        is_dated = self._are_periods(row)
        if any(map(words.fullmatch, heads)) and not is_dated:
            return True
        if named == _TOTAL or is_dated:
            return above.is_adjacent and at == self._first(above.body)
        return named in {self._names(self._label(other, at)) for other in self._beside(row, above)}

    def _is_like_heading(self, row: int, places: Sequence[int]) -> bool:
        """Whether a row is one of words side by side: none of labels with what they say, or years.

        Years alone head columns wherever no row beside them has such a name.
        """
        kind = self._kinds[row]
        if self._are_periods(row):
            return False
        labelled = any(":" in self._label(row, at) for at in places)
        return kind is RowKind.HEADING or (kind is RowKind.CAPTION and not labelled)

    def _has_no_words(self, row: int, places: Sequence[int], above: _Above) -> bool:
        """Whether nothing right of a row's name is a word that heads columns."""
        label, *others = places
        name = self._label(row, label)
        if label != self._first(above.header[0]) or name == self._label(above.header[-1], label):
            return False
        if all(self._is_wordless(row, at) for at in others):
            return True
        is_apart = above.body is not None and not above.is_adjacent
        if is_apart or self._is_followed_by_heading(row):
            return False
        is_known = self._words.is_known
        return is_known(name) and not any(is_known(self._label(row, at)) for at in others)

    def _is_wordless(self, row: int, at: int) -> bool:
        """Whether a cell holds a figure, readable or not, or signs: nothing that heads a column."""
        cell, text = self._sheet.cell(row, at), self._label(row, at)
        if is_nearly_figure(cell):
            return True
        return not (_LETTER.search(text) or names_period(text) or self._words.is_known(text))

    def _is_followed_by_heading(self, row: int) -> bool:
        return self._kinds[row + 1 : row + 2] == [RowKind.HEADING]

    def _names(self, text: str) -> str | None:
        """What a text names: the level of an area, a form of period, a total; None for others."""
        if OWN.fullmatch(text):
            return _TOTAL
        if names_period(text):
            return _PERIOD + _NUMERALS.sub("0", text)
        found = self._words.finder.find(text) if len(text) > 1 else []
        return _AREA + found[0].level if found else None

    def _beside(self, row: int, above: _Above) -> list[int]:
        """The rows of figures next above and below."""
        below = (
            at for at in range(row + 1, len(self._kinds)) if self._kinds[at] is RowKind.FIGURES
        )
        return [at for at in (above.body, next(below, None)) if at is not None]

    def _label(self, row: int, at: int) -> str:
        return squeezed(self._sheet.cell(row, at))

    def _first(self, row: int | None) -> int:
        return filled(self._sheet.rows[row])[0] if row is not None else -1


_TOTAL, _PERIOD, _AREA = "total", "period ", "area "
