"""Compares the sheets of one file: the same figure in two of them must have one value."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from dashboard.base.language import Text
from dashboard.catalogue.areas import Areas
from dashboard.catalogue.catalogue import Catalogue
from dashboard.catalogue.concepts import Finding, Observation
from dashboard.intake.forms.rules.printed_values import in_full, rounding, value_of


def check_between_sheets(
    own: Sequence[Observation], catalogue: Catalogue, areas: Areas
) -> list[Finding]:
    """A warning for two sheets that give figures different values, at the first of them.

    The later sheet would be stored as a correction of the earlier one.
    """
    differing: dict[tuple[str, str], list[tuple[Observation, Observation]]] = {}
    for first, second in _stated_twice(own):
        if abs(value_of(first) - value_of(second)) > rounding([first, second]):
            pair = first.source.sheet, second.source.sheet
            differing.setdefault(pair, []).append((first, second))
    return [_finding(pairs, catalogue, areas) for pairs in differing.values()]


def _stated_twice(
    own: Sequence[Observation],
) -> Iterator[tuple[Observation, Observation]]:
    """The figures that stand in two sheets, each with the one in the sheet before."""
    if len({observation.source.sheet for observation in own}) < 2:
        return
    before: dict[tuple[object, ...], Observation] = {}
    for observation in own:
        if observation.value is None:
            continue
        first = before.setdefault((*observation.key, observation.since), observation)
        if first.source.sheet != observation.source.sheet:
            yield first, observation


def _finding(
    pairs: Sequence[tuple[Observation, Observation]], catalogue: Catalogue, areas: Areas
) -> Finding:
    first, second = pairs[0]
    old, new, indicator = first.source, second.source, catalogue.indicators[second.indicator]
    values = in_full(value_of(first)), in_full(value_of(second))
    more_zh, more_en = "", ""
    if len(pairs) > 1:
        more_zh, more_en = f"等 {len(pairs):,} 个数", f" and {len(pairs) - 1:,} more figures"
    area_zh, area_en = (areas.name_of(second.area, language) for language in ("zh", "en"))
    message = Text(
        f"工作表“{old.sheet}”和“{new.sheet}”中 {area_zh} {second.period}“{indicator.name.zh}”"
        f"{more_zh}不同：{values[0]} 和 {values[1]}；后者会作为更正保存，请核对或写明说明",
        f"the sheets {old.sheet!r} and {new.sheet!r} differ in {indicator.name.en} of {area_en}, "
        f"{second.period}{more_en}: {values[0]} and {values[1]}; the latter would be stored as a "
        "correction: check them, or explain it with a note",
    )
    return Finding("warning", "sheets_differ", message, new.sheet, new.row, new.column)
