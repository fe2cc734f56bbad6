"""Keeps what is printed beside another period's figure only where nothing better is there."""

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
    figures: list[Observation] = []
    findings: list[Finding] = []
    for observation in observations:
        if not observation.secondary or observation.value is None:
            figures.append(observation)
        elif observation.key not in known:
            known[observation.key] = observation.value
            figures.append(observation)
        elif abs(known[observation.key] - observation.value) > _rounding(observation, sheet):
            findings.append(_differs(observation, known[observation.key], sheet, catalogue))
    return tuple(figures), findings


def _printed(observation: Observation, sheet: Sheet) -> str:
    return text_of(sheet.cell(observation.source.row - 1, column_place(observation.source.column)))


def _rounding(observation: Observation, sheet: Sheet) -> float:
    """Half of the last printed digit in base units."""
    value = observation.value or 0.0
    try:
        printed = read_value(_printed(observation, sheet)).value
    except UnreadableNumber:
        printed = None  # a number with its unit in the same cell
    exact = abs(value) * 1e-9
    if not printed:
        return exact
    decimals = len(_printed(observation, sheet).rstrip("%‰)） ").partition(".")[2])
    return float(0.5 * 10**-decimals * abs(value / printed) + exact)


def _differs(observation: Observation, known: float, sheet: Sheet, catalogue: Catalogue) -> Finding:
    indicator, source = catalogue.indicators[observation.indicator], observation.source
    cell, period = f"{source.column}{source.row}", observation.period
    words = {}
    for language in ("zh", "en"):
        places = (
            0 if float(known).is_integer() and float(observation.value or 0).is_integer() else 2
        )
        unit = indicator.unit.name[language]
        words[language] = [
            f"{number(value, max(places, indicator.decimals), language)} {unit}".strip()
            for value in (known, observation.value)
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
        _printed(observation, sheet),
    )
