"""Finds words of wholly English titles that may narrow or change what the figures count.

Beside a Chinese title English only says the same again; where it stands alone, each of its words
must be one of the subject, of the area, of a time or one that says nothing.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Sequence

from dashboard.catalogue.areas import Areas
from dashboard.catalogue.concepts import Area
from dashboard.catalogue.grid import GENERAL, Grid
from dashboard.intake.understanding.words import is_chinese

_WORD = re.compile(r"[a-z]+")
_SAYS_NOTHING = frozenset(
    "a an and at attached annex appendix as basic by civil affairs bureau city conditions continued"
    " county data details district each end figures for from general in information is list"
    " month monthly no note number numbers of office on or our overview people per period published"
    " quarter quarterly recipients record records register registration report reported"
    " reports sheet situation state statistical statistics street streets subdistrict subdistricts"
    " summary table tables the their this to total totals town towns township townships unit"
    " units unless with year yearbook yearly yuan thousand ten million"
    " january february march april may june july august september october november december jan"
    " feb mar apr jun jul aug sep sept oct nov dec first second third fourth half q h"
    " allowance allowances assistance beneficiaries benefit benefits dibao guarantee household"
    " households living lowest minimum people persons poor rural security social subsidy"
    " subsistence support"
    " tekun urban welfare".split()
)


def strange_english(
    captions: Sequence[str],
    named: Collection[str],
    area: Area | None,
    grid: Grid,
    areas: Areas,
    answered: Collection[str],
) -> tuple[str, str] | None:
    """The first word of an English title that nothing explains, and the title.

    ``named`` are the programmes that headings and labels of the figures name, ``answered`` words
    of which a person has said what they mean.
    """
    if any(map(is_chinese, captions)):
        return None
    names = (*_names(named, grid), *_of_areas(area, areas))
    known = {*_SAYS_NOTHING, *answered, *_words(names)}
    for caption in captions:
        words = _WORD.findall(caption.lower())
        strange = [word for word in words if not {word, word.removesuffix("s")} & known]
        if strange and len(strange) < len(words):
            return strange[0], caption
    return None


def _names(named: Collection[str], grid: Grid) -> Iterable[str]:
    """The English names of programmes, and of the measures that say no more than a unit."""
    yield from (grid.programmes[one].name.en for one in named if one in grid.programmes)
    yield from (one.name.en for one in grid.measures.values() if one.strength <= GENERAL)


def _of_areas(area: Area | None, areas: Areas) -> Iterable[str]:
    """The English names of an area, of those it lies in and of those in it."""
    if area is not None:
        around = (area, *areas.ancestors(area.code), *areas.children(area.code))
        yield from (one.name.en for one in around)


def _words(names: Iterable[str]) -> Iterable[str]:
    return (word for name in names for word in _WORD.findall(name.lower()))
