"""Joins words and figures to sentences in which every figure keeps its source."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from string import Formatter

from dashboard.analysis.point import Point
from dashboard.base.english import agreeing
from dashboard.base.language import word
from dashboard.catalogue.periods import Period
from dashboard.charts.model.report import Paragraph, Phrase, Trace

Piece = str | Phrase | Paragraph


def as_paragraph(piece: Piece) -> Paragraph:
    """A piece as phrases; "" is none."""
    if isinstance(piece, str):
        return (Phrase(piece),) if piece else ()
    return (piece,) if isinstance(piece, Phrase) else piece


def merged(phrases: Iterable[Phrase]) -> Paragraph:
    """The same text in as few phrases as can be: neighbours without a trace become one."""
    parts: list[Phrase] = []
    for phrase in phrases:
        if phrase.text and parts and phrase.trace is None and parts[-1].trace is None:
            parts[-1] = Phrase(parts[-1].text + phrase.text)
        elif phrase.text:
            parts.append(phrase)
    return tuple(parts)


def filled(key: str, language: str, **fields: Piece) -> Paragraph:
    """The word for ``key`` with its ``{fields}`` filled in; figures keep their traces."""
    phrases: list[Phrase] = []
    printed = {name: plain_text(as_paragraph(piece)) for name, piece in fields.items()}
    for text, name, _, _ in Formatter().parse(agreeing(word(key, language), printed)):
        phrases += as_paragraph(text)
        if name is not None:
            phrases += as_paragraph(fields[name])
    return merged(phrases)


def joined(pieces: Sequence[Piece], between: str, last: str = "") -> Paragraph:
    """Pieces with a text between them; ``last`` stands before the last one where it differs."""
    phrases: list[Phrase] = []
    given = [piece for piece in map(as_paragraph, pieces) if piece]
    for place, piece in enumerate(given):
        if place:
            phrases.append(Phrase(last if last and place == len(given) - 1 else between))
        phrases += piece
    return merged(phrases)


def traced(text: str, indicator: str, area: str, period: Period, point: Point | None) -> Phrase:
    """A figure's text with its key, and the submission where it was read from a single one."""
    numbers = point.submissions if point else frozenset()
    number = next(iter(numbers)) if len(numbers) == 1 else None
    return Phrase(text, Trace(indicator, area, str(period), number))


def plain_text(paragraph: Paragraph) -> str:
    """What a paragraph reads like."""
    return "".join(phrase.text for phrase in paragraph)


def begun(paragraph: Paragraph) -> Paragraph:
    """The paragraph with a capital letter at its beginning."""
    first = paragraph[0]
    return (Phrase(first.text[:1].upper() + first.text[1:], first.trace), *paragraph[1:])
