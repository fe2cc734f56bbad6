"""Writes another text into a paragraph of a Word document, in the look that it has there."""

from __future__ import annotations

import re
from collections.abc import Iterator
from copy import deepcopy
from typing import Any, NamedTuple

from docx.oxml import OxmlElement
from docx.oxml.ns import qn

_FIGURE = re.compile(r"^_F\d+_")  # the bookmark of a figure
_TEXTS = {qn("w:t"), qn("w:tab"), qn("w:br"), qn("w:rPr"), qn("w:lastRenderedPageBreak")}
_Element = Any  # python-docx carries no types


class Names:
    """Numbers of bookmarks that are free in one document."""

    def __init__(self, body: _Element) -> None:
        """Starts behind the last number of the document."""
        ids = [mark.get(qn("w:id")) or "0" for mark in body.iter(qn("w:bookmarkStart"))]
        self._last = max((int(one) for one in ids if one.isdecimal()), default=0)

    def next(self) -> int:
        """A free number."""
        self._last += 1
        return self._last


class Written(NamedTuple):
    """A paragraph as it was written, as it is written now, and what a person numbered it with."""

    then: Any
    now: Any
    number: str = ""


def has_figures(paragraph: Any) -> bool:  # noqa: ANN401
    """Whether a paragraph holds figures whose origin is known."""
    marks = paragraph._element.iter(qn("w:bookmarkStart"))
    return any(_FIGURE.match(mark.get(qn("w:name")) or "") for mark in marks)


def rewrite(paragraph: Any, written: Written, numbers: tuple[str, str], names: Names) -> None:  # noqa: ANN401
    """Puts the text of now into the paragraph; each piece looks as the one in its place did.

    ``numbers`` are those that the heading was and is written with; a person's own one stays.
    """
    element = paragraph._element
    looks = _looks(element)
    then, now = _pieces(written.then._element), _pieces(written.now._element)
    shift = len(written.number) - len(numbers[0])
    starts = _starts(then, shift) if len(then) == len(now) else [0] * len(now)
    for run in list(element.iter(qn("w:r"))):
        if all(child.tag in _TEXTS for child in run):
            run.getparent().remove(run)
    for mark in _figure_marks(element):
        mark.getparent().remove(mark)
    for place, (text, name) in enumerate(now):
        if place == 0:
            text = written.number + text.removeprefix(numbers[1])
        _append(element, text, looks[min(starts[place], len(looks) - 1)], (name, names))


def _looks(element: _Element) -> list[_Element | None]:
    """The properties of the run of every sign of a paragraph; at least one."""
    looks: list[_Element | None] = []
    for run in element.iter(qn("w:r")):
        looks += [run.find(qn("w:rPr"))] * len(run.text)
    return looks or [None]


def _pieces(element: _Element) -> list[tuple[str, str]]:
    """The runs of a written paragraph, each with the bookmark it stands in, "" for none."""
    pieces, name = [], ""
    for child in element:
        if child.tag == qn("w:bookmarkStart"):
            name = child.get(qn("w:name"))
        elif child.tag == qn("w:bookmarkEnd"):
            name = ""
        elif child.tag == qn("w:r"):
            pieces.append((child.text, name))
    return pieces


def _starts(pieces: list[tuple[str, str]], shift: int) -> list[int]:
    """Where each piece begins, behind a number that is so many signs longer."""
    at, starts = 0, []
    for text, _ in pieces:
        starts.append(max(at + (shift if at else 0), 0))
        at += len(text)
    return starts


def _figure_marks(element: _Element) -> Iterator[_Element]:
    """Beginnings and ends of the bookmarks of figures."""
    starts = [
        mark
        for mark in element.iter(qn("w:bookmarkStart"))
        if _FIGURE.match(mark.get(qn("w:name")) or "")
    ]
    ids = {mark.get(qn("w:id")) for mark in starts}
    ends = [end for end in element.iter(qn("w:bookmarkEnd")) if end.get(qn("w:id")) in ids]
    yield from (*starts, *ends)


def _append(element: _Element, text: str, look: _Element | None, mark: tuple[str, Names]) -> None:
    """Adds a run, within a bookmark of its own where it is a figure."""
    run: Any = OxmlElement("w:r")
    run.text = text  # tabs become elements of their own
    if look is not None:
        run.insert(0, deepcopy(look))
    name, names = mark
    if not name:
        element.append(run)
        return
    number = names.next()
    start, end = OxmlElement("w:bookmarkStart"), OxmlElement("w:bookmarkEnd")
    for part in (start, end):
        part.set(qn("w:id"), str(number))
    start.set(qn("w:name"), _FIGURE.sub(f"_F{number:04}_", name))
    for part in (start, run, end):
        element.append(part)


def copied(paragraph: Any, names: Names) -> _Element:  # noqa: ANN401
    """A copy of a written paragraph for another document, its bookmarks with free numbers."""
    element = deepcopy(paragraph._element)
    ids: dict[str, str] = {}
    for mark in element.iter(qn("w:bookmarkStart")):
        number = names.next()
        ids[mark.get(qn("w:id"))] = str(number)
        mark.set(qn("w:id"), str(number))
        mark.set(qn("w:name"), _FIGURE.sub(f"_F{number:04}_", mark.get(qn("w:name"))))
    for mark in element.iter(qn("w:bookmarkEnd")):
        mark.set(qn("w:id"), ids.get(mark.get(qn("w:id")), mark.get(qn("w:id"))))
    return element
