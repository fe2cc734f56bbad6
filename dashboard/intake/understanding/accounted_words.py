"""Checks that no word of headings and labels was dropped on the way to a meaning.

Whatever the slots took, every programme, breakdown and scope that a word can only mean must stand
in the meaning, or head it; a word that does not is asked about.
"""

from __future__ import annotations

from collections.abc import Sequence

from dashboard.catalogue.grid import Grid, IndicatorCell, is_implied
from dashboard.intake.understanding import gaps
from dashboard.intake.understanding.meaning import Gap, Subject
from dashboard.intake.understanding.phrases import Phrase
from dashboard.intake.understanding.subjects import agree
from dashboard.intake.understanding.words import (
    BOTH,
    PROGRAMME,
    SCOPE,
    STATED,
    VALUE,
    Fact,
    Token,
    is_chinese,
)

_HEADS_GRADES = "item:nursing"  # 照料护理 over 全护理: what the grades are of


def dropped_word(inner: Sequence[Phrase], cell: IndicatorCell, grid: Grid) -> Gap | None:
    """The question about a word that nothing of the meaning accounts for; None where all stand."""
    for phrase in inner:
        if any(token.has(STATED) for token in phrase.tokens):
            continue  # a person says what the line is
        for token in phrase.tokens:
            if token.senses and is_chinese(token.text) and not _stands(token, cell, grid):
                return gaps.unknown_word(token.text, phrase)
    return None


def _stands(token: Token, cell: IndicatorCell, grid: Grid) -> bool:
    """Whether one of a word's senses is part of the meaning, or says nothing of it."""
    return any(all(_is_in(fact, cell, grid) for fact in sense) for sense in token.senses)


def _is_in(fact: Fact, cell: IndicatorCell, grid: Grid) -> bool:
    slot, value = fact
    if slot == PROGRAMME:
        return _is_programme(value, cell, grid)
    if slot == SCOPE:
        return value in (BOTH, cell.scope)
    return slot != VALUE or _is_value(value, cell, grid)


def _is_programme(named: str, cell: IndicatorCell, grid: Grid) -> bool:
    if named not in grid.programmes:
        return named == cell.programme  # a kind that only this table names
    return ("group", named) in cell.values or agree(Subject(cell.programme), Subject(named), grid)


def _is_value(named: str, cell: IndicatorCell, grid: Grid) -> bool:
    dimension, _, value = named.partition(":")
    if dimension == "group" and is_implied(value, grid.programmes[cell.programme]):
        return True
    heads = named == _HEADS_GRADES and any(name == "selfcare" for name, _ in cell.values)
    return heads or (dimension, value) in cell.values
