"""What is printed beside another period's figure is kept only where nothing better is there."""

from __future__ import annotations

from collections.abc import Iterable, MutableMapping

from dashboard.base.language import Text, number
from dashboard.catalogue.catalogue import Catalogue
from dashboard.catalogue.concepts import Finding, Observation
from dashboard.intake.forms.files.cells import Sheet, column_place, text_of
from dashboard.intake.forms.numerals import UnreadableNumber, read_value

Key = tuple[str, str, int, str]


def settle(
    observations: Iterable[Observation],
    known: MutableMapping[Key, float],
    sheet: Sheet,
    catalogue: Catalogue,
) -> tuple[tuple[Observation, ...], list[Finding]]:
    """The observations without those secondary ones whose key is ``known`` already.

    ``known`` holds values in base units and gains the secondary ones that are kept. A printed value
    that differs from the known one by more than its own rounding is a warning.
    """
    kept: list[Observation] = []
    findings: list[Finding] = []
    for one in observations:
        if not one.secondary or one.value is None:
            kept.append(one)
        elif one.key not in known:
            known[one.key] = one.value
            kept.append(one)
        elif abs(known[one.key] - one.value) > _rounding(one, sheet):
            findings.append(_differs(one, known[one.key], sheet, catalogue))
    return tuple(kept), findings


def _printed(one: Observation, sheet: Sheet) -> str:
    return text_of(sheet.cell(one.source.row - 1, column_place(one.source.column)))


def _rounding(one: Observation, sheet: Sheet) -> float:
    """Half of the last printed digit in base units."""
    value = one.value or 0.0
    try:
        printed = read_value(_printed(one, sheet)).value
    except UnreadableNumber:
        printed = None  # a number with its unit in the same cell
    exact = abs(value) * 1e-9
    if not printed:
        return exact
    decimals = len(_printed(one, sheet).rstrip("%‰)） ").partition(".")[2])
    return float(0.5 * 10**-decimals * abs(value / printed) + exact)


def _differs(one: Observation, known: float, sheet: Sheet, catalogue: Catalogue) -> Finding:
    indicator, source = catalogue.indicators[one.indicator], one.source
    cell, period = f"{source.column}{source.row}", one.period
    words = {}
    for language in ("zh", "en"):
        places = 0 if float(known).is_integer() and float(one.value or 0).is_integer() else 2
        unit = indicator.unit.name[language]
        words[language] = [
            f"{number(value, max(places, indicator.decimals), language)} {unit}".strip()
            for value in (known, one.value)
        ]
    (old_zh, new_zh), (old_en, new_en) = words["zh"], words["en"]
    message = Text(
        f"{cell} 作为对比印的 {period}“{indicator.name.zh}”为 {new_zh}，已有的数是 {old_zh};"
        "是后来修订还是笔误，请核对；已有的数不变",
        f"{cell} prints {new_en} as {indicator.name.en} of {period}, where {old_en} is known: "
        "revised, or mistyped? The known figure stays",
    )
    return Finding(
        "warning",
        "compared_figure",
        message,
        source.sheet,
        source.row,
        source.column,
        _printed(one, sheet),
    )
