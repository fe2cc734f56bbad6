"""Puts the pages of a report into the order and under the headings of an official document.

Slides stand by themselves, a document is read on: it has a title and an opening where a deck has
its conclusions, no section alone under a heading, no name that the heading above has said, and what
is not in it stands in one line at its end.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import groupby

from dashboard.base.language import word
from dashboard.charts.model.report import PageKind, Paragraph, Phrase, Report, ReportPage

_SECTIONS = (PageKind.CHART, PageKind.TEXT, PageKind.TABLE, PageKind.FIGURES, PageKind.SCORECARD)
_ABSENT = "report_without_figures_title"
_STOPS = ("。", ".", "！", "？", "；")


def as_document(report: Report) -> Report:
    """The report with the pages of a document; what stands in them is the same."""
    pages = list(report.pages)
    if pages and _is_deck(pages):
        pages = list(_of_deck(report, pages))
    elif pages and pages[0].kind is PageKind.FIGURES:  # of so few that there are no conclusions
        pages.insert(0, _title_of(report))
    named = [_as_note(_named_short(page, report), report.language) for page in pages]
    return replace(report, pages=tuple(_without_lone_headings(named)))


def _as_note(page: ReportPage, language: str) -> ReportPage:
    """What has no figures is a small line at the end, no chapter."""
    if page.kind is not PageKind.TEXT or page.title != word(_ABSENT, language):
        return page
    text = "".join(phrase.text for paragraph in page.paragraphs for phrase in paragraph)
    return replace(page, title="", paragraphs=(), source=text)


def _is_deck(pages: Sequence[ReportPage]) -> bool:
    """Whether it is a deck of one area for the director: it begins with its only conclusions."""
    found = [page for page in pages if page.kind is PageKind.FINDINGS]
    return len(found) == 1 and pages[0] is found[0]


def _title_of(report: Report) -> ReportPage:
    return ReportPage(PageKind.TITLE, report.title, level=0, lines=(report.bureau,))


def _of_deck(report: Report, pages: Sequence[ReportPage]) -> Iterator[ReportPage]:
    """A title, the conclusions as a chapter, then one for each kind of page."""
    first, *others = pages
    language = report.language
    yield _title_of(report)
    yield ReportPage(
        PageKind.CHAPTER,
        word("document_findings", language),
        level=1,
        paragraphs=tuple(_conclusions(first, others, language)),
    )
    own = [page for page in others if page.kind in _SECTIONS and page.level > 1]
    inner = others[: len(own)]
    for key, group in groupby(inner, key=_group_of):
        yield ReportPage(PageKind.CHAPTER, word(f"document_{key}", language), level=1)
        listed = list(group)
        yield from listed if len(listed) > 1 else [_stated_first(listed[0], language)]
    yield from others[len(own) :]
    if first.source:
        yield ReportPage(PageKind.TEXT, "", source=first.source)


def _group_of(page: ReportPage) -> str:
    if page.target is not None:
        return "targets"
    return "figures" if page.kind is PageKind.FIGURES else "changes"


def _stated_first(page: ReportPage, language: str) -> ReportPage:
    """A page whose heading will go, for it is alone: its message is its first sentence."""
    message = _ended((Phrase(page.title),), language)
    return replace(page, paragraphs=(message, *page.paragraphs))


def _conclusions(
    first: ReportPage, others: Sequence[ReportPage], language: str
) -> Iterator[Paragraph]:
    """The findings as sentences; before them how the targets stand, where any is shown."""
    if any(page.target for page in others):
        yield _ended((Phrase(first.title),), language)
    for paragraph in first.paragraphs:
        yield _ended(paragraph, language)


def _ended(paragraph: Paragraph, language: str) -> Paragraph:
    """The paragraph with a full stop at its end."""
    text = "".join(phrase.text for phrase in paragraph)
    if not text or text.endswith(_STOPS):
        return paragraph
    return (*paragraph, Phrase(word("full_stop", language)))


def _named_short(page: ReportPage, report: Report) -> ReportPage:
    """The page without the area in its title, which is that of the whole document."""
    title = page.title
    if report.place and page.kind in _SECTIONS and page.level > 1 and title != report.place:
        title = title.removeprefix(report.place).removesuffix(f", {report.place}").strip()
    return replace(page, title=title or page.title) if title != page.title else page


def _without_lone_headings(pages: Sequence[ReportPage]) -> Iterator[ReportPage]:
    """A section alone in its chapter has no heading, the others none of the chapter's words."""
    chapter = ""
    for place, page in enumerate(pages):
        if page.kind is PageKind.CHAPTER:
            chapter = page.title if page.level == 1 else ""
        elif page.kind in _SECTIONS and page.level > 1 and chapter:
            lone = _is_lone(pages, place)
            title = "" if lone else _without_chapter(page.title, chapter)
            page = replace(page, title=title)
        yield page


def _without_chapter(title: str, chapter: str) -> str:
    """The title without the chapter's words before it, where these end with a whole word."""
    rest = title.removeprefix(chapter)
    is_cut = rest[:1].isascii() and rest[:1].isalnum()  # Marriage is no word of Marriages
    rest = rest.lstrip(" :,：，")
    if rest == title or is_cut or not rest:
        return title
    return rest[:1].upper() + rest[1:]


def _is_lone(pages: Sequence[ReportPage], place: int) -> bool:
    """Whether a section is the only one of its chapter, which has no text of its own."""
    before = pages[place - 1]
    after = pages[place + 1] if place + 1 < len(pages) else None
    is_first = before.kind is PageKind.CHAPTER and not before.paragraphs
    return is_first and (after is None or after.kind not in _SECTIONS or after.level <= 1)
