"""Writes a draft as a Word document with native comments at the places of its findings.

A .docx keeps all it has: only comments are added. Any other draft is written as plain paragraphs.
"""

from __future__ import annotations

import io
from collections.abc import Mapping, Sequence
from copy import deepcopy
from typing import Any

import docx
from docx.exceptions import PythonDocxError
from docx.oxml.ns import qn
from docx.text.run import Run
from lxml.etree import XMLSyntaxError

from dashboard.base.language import word
from dashboard.intake.drafts.check import CheckedDraft
from dashboard.intake.drafts.finding import DraftFinding
from dashboard.intake.drafts.word_document import pieces

MIME = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
_FACE = "仿宋"
_ANCHORS = {
    "box": "w:txbxContent",
    "footnote": "w:footnoteReference",
    "endnote": "w:endnoteReference",
}
_DROPPED = dict.fromkeys([*range(9), 11, 12, *range(14, 32)])  # signs that XML cannot hold


def commented_document(
    checked: CheckedDraft, content: bytes, notes: Mapping[str, str], language: str
) -> bytes:
    """The draft as .docx; ``content`` is its file, ``notes`` the accepted findings by mark."""
    document = _opened(checked, content)
    is_word = document is not None
    if document is None:
        document = _written(checked)
    paragraphs = list(document.element.iter(qn("w:p")))
    places = _places(checked, is_word)
    anchors = _anchors(checked, paragraphs) if is_word else {}
    for draft_finding in checked.findings:
        mark = checked.mark(draft_finding)
        text = _comment(draft_finding, notes.get(mark), language)
        for spot in _commented(draft_finding, anchors):
            runs = anchors.get(spot[0]) or _runs_at(paragraphs, places, spot)
            _mark(document, runs, text, word("drafts_author", language))
    made = io.BytesIO()
    document.save(made)
    return made.getvalue()


def _commented(
    draft_finding: DraftFinding, anchors: Mapping[int, Sequence[Any]]
) -> list[tuple[int, int, int]]:
    """The spots that bear a comment: of a text box or note one, however many it has."""
    anchored = {spot[0]: spot for spot in draft_finding.spots if spot[0] in anchors}
    others = [spot for spot in draft_finding.spots if spot[0] not in anchors]
    return [*others, *anchored.values()]


def _opened(checked: CheckedDraft, content: bytes) -> Any:  # noqa: ANN401 - python-docx is untyped
    """The document that was read; None of another file.

    None too where its text could be read and its other parts cannot.
    """
    is_read = any(passage.source >= 0 for passage in checked.draft.passages)
    if not is_read or content[:4] != b"PK\x03\x04":
        return None
    try:
        return docx.Document(io.BytesIO(content))
    except (LookupError, ValueError, AttributeError, PythonDocxError, XMLSyntaxError):
        return None


def _written(checked: CheckedDraft) -> Any:  # noqa: ANN401 - python-docx is untyped
    """A new document with a paragraph for every passage."""
    document = docx.Document()
    fonts = document.styles["Normal"].element.get_or_add_rPr().get_or_add_rFonts()
    fonts.set(qn("w:eastAsia"), _FACE)
    for passage in checked.draft.passages:
        document.add_paragraph(passage.text.translate(_DROPPED))
    return document


def _places(checked: CheckedDraft, is_word: bool) -> list[int]:
    """For every passage the number of its paragraph in the document; -1 where it has none."""
    if is_word:
        return [passage.source for passage in checked.draft.passages]
    return list(range(len(checked.draft.passages)))


def _comment(found: DraftFinding, note: str | None, language: str) -> str:
    severity = word(f"severity_{found.severity}", language)
    text = f"{severity}: {found.message[language]}"
    return f"{text}\n{word('drafts_accepted', language, note=note)}" if note else text


def _anchors(checked: CheckedDraft, paragraphs: Sequence[Any]) -> dict[int, list[Any]]:
    """The runs of the main text that hold a text box or refer to a note, by passage.

    Word takes no comment within either.
    """
    anchors: dict[int, list[Any]] = {}
    for number, passage in enumerate(checked.draft.passages):
        sign = _ANCHORS.get(passage.kind)
        if sign is None or passage.source < 0:
            continue
        marks = list(paragraphs[passage.source].iter(qn(sign)))
        found = [mark for mark in marks if passage.text in "".join(mark.itertext())] or marks
        runs = [run for mark in found[:1] if (run := _run_of(mark)) is not None]
        anchors[number] = runs
    return anchors


def _runs_at(
    paragraphs: Sequence[Any], places: Sequence[int], spot: tuple[int, int, int]
) -> list[Any]:
    """The runs at a place; where a place can have no comment, the first words of the draft."""
    passage, start, end = spot
    at = places[passage]
    runs = _runs(paragraphs[at], start, end) if at >= 0 else []
    return runs or next((found for p in paragraphs if (found := _runs(p, 0, 1 << 30))), [])


def _mark(document: Any, runs: Sequence[Any], text: str, author: str) -> None:  # noqa: ANN401
    """Put a comment on runs."""
    if runs:
        owned = [Run(run, document) for run in (runs[0], runs[-1])]
        document.add_comment(owned, text, author=author, initials=author[:2])


def _runs(paragraph: Any, start: int, end: int) -> list[Any]:  # noqa: ANN401
    """The runs that hold the characters ``start``..``end``, divided so that they hold no others."""
    for place in (start, end):
        _divide(paragraph, place)
    runs: list[Any] = []
    at = 0
    for element, text in pieces(paragraph):
        run = _run_of(element)
        if at < end and at + len(text) > start and run is not None and run not in runs:
            runs.append(run)
        at += len(text)
    return runs


def _run_of(element: Any) -> Any:  # noqa: ANN401
    return next((above for above in element.iterancestors() if above.tag == qn("w:r")), None)


def _divide(paragraph: Any, place: int) -> None:  # noqa: ANN401
    """Divide the run that holds character ``place``; runs of more than text stay whole."""
    at = 0
    for element, text in list(pieces(paragraph)):
        if at < place < at + len(text):
            run = _run_of(element)
            if run is not None and element.tag == qn("w:t") and _holds_only(run, element):
                second = deepcopy(run)
                run.addnext(second)
                _set_text(element, text[: place - at])
                _set_text(second.find(qn("w:t")), text[place - at :])
            return
        at += len(text)


def _holds_only(run: Any, element: Any) -> bool:  # noqa: ANN401
    return all(child is element or child.tag == qn("w:rPr") for child in run)


def _set_text(element: Any, text: str) -> None:  # noqa: ANN401
    element.text = text
    element.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")
