"""Works out which captions each table of a sheet with several has to itself.

Tables may stand one below another, under a title of the sheet, or side by side under captions of
the same row: what stands over one of them, its unit, its period, its subject, is said of no other.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import replace

from dashboard.intake.forms.files.cells import Place, Sheet, squeezed
from dashboard.intake.forms.headings import is_period_word
from dashboard.intake.forms.title_block import UNIT_LABEL
from dashboard.intake.understanding.regions import Region
from dashboard.intake.understanding.words import without_number

_TABLE_NUMBER = re.compile(r"附?表[\d一二三四五六七八九十]")


def is_unit_note(text: str) -> bool:
    """Whether a caption says in which unit figures are: 单位：万元."""
    label, colon, _ = squeezed(text).strip("(").partition(":")
    return bool(colon and UNIT_LABEL.fullmatch(label))


def units_below(sheet: Sheet, regions: Sequence[Region], region: Region) -> Iterator[Place]:
    """The cells of the labels right below a table that say in which unit its figures are."""
    columns = {*region.labels, *region.figures}
    captions = {place for one in regions for place in one.captions}
    for row in range(max(region.body) + 1, len(sheet.rows)):
        if not _is_label_row(sheet, row):
            return
        for at in range(min(columns), max(columns) + 1):
            if is_unit_note(squeezed(sheet.cell(row, at))) and (row, at) not in captions:
                yield row, at


def with_own_captions(sheet: Sheet, regions: Sequence[Region]) -> list[Region]:
    """The tables of a sheet, those side by side apart, each with the captions that it shares."""
    found: list[Region] = []
    regions = [_without_signatures(sheet, one, above) for one, above in _with_above(regions)]
    shared = _of_sheet(sheet, regions)
    for region in regions:
        sides = _side_by_side(sheet, region)
        several = len(regions) > 1 or len(sides) > 1
        for side in sides:
            outer = _common(side, sides) if region is regions[0] and len(sides) > 1 else shared
            found.append(replace(side, outer=outer if several else ()))
    return found


def _with_above(regions: Sequence[Region]) -> Iterator[tuple[Region, int]]:
    """The tables, each with the last row of the one above it, -1 for the first."""
    above = -1
    for region in regions:
        yield region, above
        above = max(region.body)


def _without_signatures(sheet: Sheet, region: Region, above: int) -> Region:
    """A table without the labels right below the one above it, apart from its own captions.

    What stands there, 单位：万元 or 审核：…, is said of the table above.
    """
    rows = _lines(region)
    gaps = [row for row in range(above + 1, region.top) if not any(map(squeezed, sheet.rows[row]))]
    first = min(gaps, default=0)
    if above < 0 or first <= above + 1 or not any(row > first for row in rows):
        return region
    kept = [one for one in region.captions if one[0] > first or not _is_label_row(sheet, one[0])]
    return replace(region, captions=tuple(kept))


def _is_label_row(sheet: Sheet, row: int) -> bool:
    texts = list(filter(None, map(squeezed, sheet.rows[row])))
    return bool(texts) and all(":" in text for text in texts)


def _common(side: Region, sides: Sequence[Region]) -> tuple[Place, ...]:
    return tuple(one for one in side.captions if all(one in other.captions for other in sides))


# -- one below another ------------------------------------------------------------------------


def _of_sheet(sheet: Sheet, regions: Sequence[Region]) -> tuple[Place, ...]:
    """The first table's captions that are of the sheet, above its own.

    Its own begin where they are numbered as those of the next are (一、, 表1), else they are as
    many titles as those.
    """
    if len(regions) < 2:
        return ()
    first, second = _lines(regions[0]), _lines(regions[1])
    numbered = [row for row in first if _is_numbered(sheet, row)]
    start = first.index(numbered[0]) if numbered else 0
    if not start and not any(_is_numbered(sheet, row) for row in second):
        of_first, of_second = (
            [row for row in rows if not _is_label_row(sheet, row)] for rows in (first, second)
        )
        own = of_first[max(len(of_first) - len(of_second), 0) :]
        start = max(first.index(own[0]), 1) if own else len(first)
    return tuple(one for one in regions[0].captions if one[0] in first[:start])


def _lines(region: Region) -> list[int]:
    return list(dict.fromkeys(row for row, _ in region.captions))


def _is_numbered(sheet: Sheet, row: int) -> bool:
    text = next((squeezed(cell) for cell in sheet.rows[row] if squeezed(cell)), "")
    return without_number(text) != text or bool(_TABLE_NUMBER.match(text))


# -- side by side -----------------------------------------------------------------------------


def _side_by_side(sheet: Sheet, region: Region) -> list[Region]:
    """The tables that stand side by side in the same rows, each under captions of its own.

    One table whose rows go on to the right has one caption, or none over either part.
    """
    starts = sorted({min(labels) for labels in region.figures.values() if labels})
    if len(starts) < 2 or any(min(own) > at for at, own in region.figures.items() if own):
        return [region]
    ends = [*starts[1:], sheet.width]
    sides = [range(start, end) for start, end in zip([0, *starts[1:]], ends, strict=True)]
    own = set(_own_cells(sheet, region, sides))
    if not own:
        return [region]
    return [_side(region, side, own) for side in sides]


def _own_cells(sheet: Sheet, region: Region, sides: Sequence[range]) -> Iterator[Place]:
    """The captions of which several tables have one of the same kind in one row."""
    kinds: dict[tuple[int, str], list[Place]] = defaultdict(list)
    for row, at in region.captions:
        kinds[row, _kind(squeezed(sheet.cell(row, at)))].append((row, at))
    for cells in kinds.values():
        places = {number for number, side in enumerate(sides) for _, at in cells if at in side}
        if len(places) > 1:
            yield from cells


def _kind(text: str) -> str:
    if is_unit_note(text):
        return "unit"
    if is_period_word(text):
        return "period"
    return text.partition(":")[0] if ":" in text else "title"


def _side(region: Region, side: range, own: set[Place]) -> Region:
    return replace(
        region,
        captions=tuple(one for one in region.captions if one not in own or one[1] in side),
        labels=tuple(at for at in region.labels if at in side),
        figures={at: labels for at, labels in region.figures.items() if at in side},
        texts=tuple(at for at in region.texts if at in side),
        grid=tuple(
            tuple(text if at in side else "" for at, text in enumerate(line))
            for line in region.grid
        ),
        _paths={},
    )
