"""Matches each slide of an exported deck with its page in a report of today, and updates it.

A slide is known by the texts that stand on it and on no other slide; what a person moved, turned
or wrote keeps its place. Only texts and cells that stand as they were written are replaced.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from copy import deepcopy
from dataclasses import dataclass
from typing import Any, NamedTuple

from pptx.oxml.ns import qn

from dashboard.charts.model.report import Report, ReportPage
from dashboard.exports.deck_order import deck_pages
from dashboard.exports.document_pairs import alike
from dashboard.exports.refresh_changes import FileChange
from dashboard.exports.slide_places import BREAK
from dashboard.exports.slide_tables import pages_of
from dashboard.exports.slides import slides_of
from dashboard.exports.table_refresh import Grid, refresh_cells

_Shape = Any  # python-pptx carries no types
_ALIKE = 0.6
_CARD_LINES = 2  # a cell of so many lines or more is a key figure by itself


class SlideTexts(NamedTuple):
    """What is written on a slide: its texts in order, its tables, and its line of sources."""

    texts: tuple[str, ...]
    tables: tuple[Grid, ...]
    source: str = ""

    @property
    def all(self) -> set[str]:
        """Every text and every cell with a letter in it."""
        cells = {cell for grid in self.tables for row in grid for cell in row}
        return {text for text in (*self.texts, *cells) if len(text) > 1}


def texts_of(slide: Any) -> SlideTexts:  # noqa: ANN401
    """What is written on a slide."""
    shapes = list(slide.shapes)
    texts = [shape.text_frame.text for shape in shapes if shape.has_text_frame]
    tables = [Cells(shape.table).texts() for shape in shapes if shape.has_table]
    return SlideTexts(tuple(text for text in texts if text.strip()), tuple(map(tuple, tables)))


class Twin(NamedTuple):
    """A slide as it was written, and as it is now; ``now`` is None where there is none."""

    then: SlideTexts
    now: SlideTexts | None
    marks: Mapping[str, str] = {}


@dataclass(frozen=True, slots=True)
class SlideTwins:
    """The slides of a report then and now; ``new`` are the titles of those that are now only."""

    twins: tuple[Twin, ...]
    new: tuple[str, ...] = ()

    def of(self, slide: Any) -> Twin | None:  # noqa: ANN401
        """The slide that this one was exported as; None for one of a person's own."""
        counts = Counter(text for twin in self.twins for text in twin.then.all)
        own = {text for text in texts_of(slide).all if counts[text] == 1}
        likes = [(len(own & twin.then.all), twin) for twin in self.twins]
        best, twin = max(likes, key=lambda like: like[0], default=(0, None))
        return twin if best else None


def twins_of(then: Report, now: Report) -> SlideTwins:
    """The slides of two reports that belong together."""
    before, after = _keyed(then), _keyed(now)
    marks = {_mark(then): _mark(now)}  # of a slide that is not proposed now
    twins = [Twin(texts, after.get(key), marks) for key, texts in before.items()]
    new = [texts.texts[0] for key, texts in after.items() if key not in before and texts.texts]
    return SlideTwins(tuple(twins), tuple(new))


def _mark(report: Report) -> str:
    """What stands in the corner of every slide: that figures are for show, and the receipt."""
    return " · ".join(filter(None, (report.demo_mark, report.receipt)))


def _keyed(report: Report) -> dict[str, SlideTexts]:
    keyed = {
        f"{key}#{number}": part
        for key, page in deck_pages(report)
        for number, part in enumerate(pages_of(page))
    }
    slides = slides_of(report, draws=False).slides
    return {
        key: texts_of(slide)._replace(source=_source(page))
        for (key, page), slide in zip(keyed.items(), slides, strict=True)
    }


def _source(page: ReportPage) -> str:
    return page.source or (page.chart.source if page.chart else "")


def _words(twin: Twin) -> dict[str, str]:
    """The texts of a slide with those of now; what has no place on it yet joins its sources."""
    then, now, marks = twin
    assert now is not None
    unmarked = _without(now.texts, marks.values())
    words = _paired(_without(then.texts, marks), unmarked)
    left = _without(unmarked, words.values())
    if left and then.source in words and now.source:
        words[then.source] = _joined(now.source, left)
    return words


def _without(texts: Iterable[str], others: Collection[str]) -> list[str]:
    return [text for text in texts if text not in others]


def _joined(source: str, texts: Iterable[str]) -> str:
    """The line of sources with other texts behind it, all in one line."""
    lines = [text.replace("\n", " ") for text in texts if text != source]
    return " · ".join((source, *lines))


def _paired(then: Sequence[str], now: Sequence[str]) -> dict[str, str]:
    """The texts of a slide with those that stand in their places now; "" where none does."""
    if len(then) == len(now):
        return dict(zip(then, now, strict=True))
    waiting, found = list(now), dict[str, str]()
    for text in then:
        likes = [(alike(text, one), one) for one in waiting]
        best, other = max(likes, default=(0.0, ""))
        found[text] = other if best >= _ALIKE else ""
        if found[text]:
            waiting.remove(other)
    return found


def refresh_texts(number: int, slide: Any, twin: Twin) -> Iterator[FileChange]:  # noqa: ANN401
    """Brings the texts and tables of a slide to now."""
    words = dict(twin.marks) | (_words(twin) if twin.now else {})
    words |= {then.replace(BREAK, ""): now for then, now in words.items()}  # of an older deck
    for shape in slide.shapes:
        if shape.has_table and twin.now is not None:
            yield from _table(number, shape, twin.then, twin.now)
            continue
        text = shape.text_frame.text if shape.has_text_frame else ""
        if not text.strip():
            continue
        if text in words:
            if words[text] != text:
                write_text(shape.text_frame, words[text])
                yield FileChange(number, "text", shape.name, text, words[text])
        elif twin.now is not None and (shape.is_placeholder or _is_alike(text, words)):
            yield FileChange(number, "kept", shape.name, text)


def _is_alike(text: str, words: Iterable[str]) -> bool:
    return any(alike(text, word) >= _ALIKE for word in words)


def write_text(frame: Any, text: str) -> None:  # noqa: ANN401
    """A text in the look of the first words that stood in its place."""
    lines = text.split("\n")
    paragraphs = frame.paragraphs
    for paragraph, line in zip(paragraphs, lines, strict=False):
        _write_line(paragraph, line)
    for paragraph in paragraphs[len(lines) :]:
        paragraph._p.getparent().remove(paragraph._p)
    for line in lines[len(paragraphs) :]:
        last = frame.paragraphs[-1]
        last._p.addnext(deepcopy(last._p))  # in the look of the one before
        _write_line(frame.paragraphs[-1], line)


def _write_line(paragraph: Any, text: str) -> None:  # noqa: ANN401
    """A paragraph in the look of its first words, with the line breaks of its text."""
    first, *others = text.split(BREAK)
    runs, breaks = paragraph.runs, paragraph._p.findall(qn("a:br"))
    if not runs:
        paragraph.text = text
        return
    for element in (*(run._r for run in runs[1:]), *breaks):
        element.getparent().remove(element)
    runs[0].text, last = first, runs[0]._r
    for other in others:
        run = deepcopy(runs[0]._r)
        run.find(qn("a:t")).text = other
        line_break = run.makeelement(qn("a:br"))
        last.addnext(line_break)
        line_break.addnext(run)
        last = run


class Cells:
    """A table of a slide as cells of text."""

    def __init__(self, table: Any) -> None:  # noqa: ANN401
        """Of a native table."""
        self.table = table

    def texts(self) -> list[list[str]]:
        """All cells."""
        return [[cell.text_frame.text for cell in row.cells] for row in self.table.rows]

    def write(self, row: int, column: int, text: str) -> None:
        """Puts a text into a cell, in the look it has."""
        write_text(self.table.cell(row, column).text_frame, text)

    def resize(self, rows: int) -> None:
        """Adds rows like the last one, or takes out the last ones."""
        native = list(self.table._tbl.tr_lst)
        for _ in range(len(native), rows):
            native[-1].addnext(deepcopy(native[-1]))
        for row in native[rows:]:
            row.getparent().remove(row)


def _texts_in(grid: Grid) -> set[str]:
    return {cell for row in grid for cell in row}


def _table(number: int, shape: _Shape, then: SlideTexts, now: SlideTexts) -> Iterator[FileChange]:
    """A table of the slide, known by the cells that it shares with one of then."""
    cells = Cells(shape.table)
    own = _texts_in(cells.texts())
    alike = [(len(own & _texts_in(grid)), place) for place, grid in enumerate(then.tables)]
    best, place = max(alike, default=(0, 0))
    if not best or place >= len(now.tables):
        return
    old, new = then.tables[place], now.tables[place]
    if _are_cards(old):
        yield from _cards(number, cells, old, new)
        return
    for change in refresh_cells(cells, old, new):
        what = "kept" if change.is_kept else "cell"
        yield FileChange(number, what, change.name or shape.name, change.old, change.new)


def _are_cards(grid: Grid) -> bool:
    filled = [cell for row in grid for cell in row if cell.strip()]
    return bool(filled) and all(cell.count("\n") + 1 >= _CARD_LINES for cell in filled)


def _cards(number: int, cells: Cells, then: Grid, now: Grid) -> Iterator[FileChange]:
    """Key figures, each in a cell and known by its name, wherever it stands."""
    old, new = _by_name(then), _by_name(now)
    shown: set[str] = set()
    for row, texts in enumerate(cells.texts()):
        for column, text in enumerate(texts):
            name = text.partition("\n")[0]
            shown.add(name)
            if name not in old or old[name] == new.get(name):
                continue
            if name not in new:
                yield FileChange(number, "absent", name)
            elif text == old[name]:
                cells.write(row, column, new[name])
                yield FileChange(number, "cell", name, text, new[name])
            else:
                yield FileChange(number, "kept", name, text)
    for name in new:
        if name not in old and name not in shown:
            yield FileChange(number, "new", name)


def _by_name(grid: Grid) -> dict[str, str]:
    return {cell.partition("\n")[0]: cell for row in grid for cell in row if cell.strip()}
