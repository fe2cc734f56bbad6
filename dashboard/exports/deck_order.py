"""Puts the pages of a report into those of a deck, none of which stands nearly empty.

A document has headings and a table of contents of its own; on slides each of them takes a slide.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import takewhile
from typing import NamedTuple

from dashboard.base.language import word
from dashboard.charts.model.report import PageKind, Report, ReportPage
from dashboard.exports.page_keys import page_keys

_FEWEST = 3  # slides below a heading, lines of an agenda
_SHORT = 120  # signs of a text that stands on the slide of its heading


class DeckPage(NamedTuple):
    """A page of a deck, and the key by which that of another period is found."""

    key: str
    page: ReportPage


def deck_pages(report: Report) -> Iterator[DeckPage]:
    """The pages without headings of few slides and an agenda of few lines.

    A short text stands below the heading before it, what is not in the deck in the last line.
    """
    pages, keys = list(report.pages), page_keys(report)
    title = word("report_without_figures_title", report.language)
    if len(pages) > 1 and pages[-1].kind is PageKind.TEXT and pages[-1].title == title:
        last = pages.pop()
        source = " · ".join(filter(None, (pages[-1].source, _text_of(last))))
        pages[-1] = replace(pages[-1], source=source)
        keys.pop()
    joined = False
    for place, (key, page) in enumerate(zip(keys, pages, strict=True)):
        following = pages[place + 1 :]
        if joined:
            joined = False
        elif _is_headed_text(page, following):
            text = following[0]
            yield DeckPage(
                keys[place + 1],
                replace(page, paragraphs=text.paragraphs, lines=(), source=text.source),
            )
            joined = True
        elif not _is_idle(page, following):
            yield DeckPage(key, page)


def _is_headed_text(page: ReportPage, following: Sequence[ReportPage]) -> bool:
    """Whether a heading is followed by a text so short that it leaves a slide empty."""
    if page.kind is not PageKind.CHAPTER or not following or following[0].kind is not PageKind.TEXT:
        return False
    return not page.paragraphs and len(_text_of(following[0])) <= _SHORT


def _text_of(page: ReportPage) -> str:
    return "".join(phrase.text for paragraph in page.paragraphs for phrase in paragraph)


def _is_idle(page: ReportPage, following: Sequence[ReportPage]) -> bool:
    if page.kind is PageKind.AGENDA:
        return len(page.lines) < _FEWEST
    if page.kind is not PageKind.CHAPTER or page.paragraphs:
        return False
    below = list(takewhile(lambda other: other.kind is not PageKind.CHAPTER, following))
    return 0 < len(below) < _FEWEST
