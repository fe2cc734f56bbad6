"""Defines what a word may mean: slots and what fills them; texts in the form compared."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple

from dashboard.catalogue.english_periods import in_chinese

PROGRAMME, SCOPE, MEASURE, VALUE = "programme", "scope", "measure", "value"
DIMENSION, BASIS, MARK, WEAK, FILLER = "dimension", "basis", "mark", "weak", "filler"
OFFICE = "office"  # of an institution: the programmes that it only carries out
ALTERS = "alters"  # of a title: it makes the figures something else than what there is
MAY_CONTAIN = "may_contain"  # of a programme: those that it contains in some tables only
SHORT = "short"  # the word means it only where the words around say what it belongs to
STATED = "stated"  # beside a programme: a person says that the word means it
BOTH = "both"
OF_WHICH, TOTAL, TARGET, PLAN, ADDED, LEFT, RENOVATED, PER_HEAD, OTHER = (
    "of_which",
    "total",
    "target",
    "plan",
    "added",
    "left",
    "renovated",
    "per_head",
    "other",
)
TO_DATE, IN_MONTH, MONTH = "year_to_date", "in_month", "month"
IN_QUARTER = "in_quarter"  # 本季度: the quarter in which the table's period ends


class Fact(NamedTuple):
    """One slot and what fills it."""

    slot: str
    value: str


def values_of(facts: Iterable[Fact], *slots: str) -> set[str]:
    """What facts fill some slots with."""
    return {fact.value for fact in facts if fact.slot in slots}


Sense = tuple[Fact, ...]  # what a word may mean; one word may fill two slots (低保金)


@dataclass(frozen=True, slots=True)
class Token:
    """A word of a text and what it may mean; no sense at all means it is not known."""

    text: str
    senses: tuple[Sense, ...] = ()

    def has(self, slot: str, value: str = "") -> bool:
        """Whether the word may fill this slot (with this value)."""
        return any(
            fact.slot == slot and value in ("", fact.value)
            for sense in self.senses
            for fact in sense
        )


_ALIKE = str.maketrans("【】[]〔〕﹑", "()()()、")
_NUMBERING = re.compile(
    r"^(?:[(（]?[一二三四五六七八九十]{1,3}[)）]?[、.．](?![一二三四五六七八九十]{1,2}级)|[(（][一二三四五六七八九十\d]{1,3}[)）]|\d{1,2}[.、．](?!\d)|[①-⑳]"
    r"|[A-HJ-Z](?=[一-鿿])(?![类级])|[A-Z][.、．])"
)


@lru_cache(maxsize=65536)
def normal(text: str) -> str:
    """A text without spaces, with half-width letters, digits and brackets."""
    plain = in_chinese(unicodedata.normalize("NFKC", str(text)))
    return re.sub(r"\s+", "", plain).translate(_ALIKE)


def is_chinese(text: str) -> bool:
    """Whether a text has a Chinese character."""
    return any("一" <= letter <= "鿿" for letter in text)


def without_number(text: str) -> str:
    """A label without its section number: (1)城市低保 → 城市低保."""
    while True:
        shorter = _NUMBERING.sub("", text)
        if shorter == text or not shorter:
            return text
        text = shorter
