"""Checks consistency rules (勾稽关系): whether figures agree with each other and what was known.

The rules stand in ``data/rules.csv``; nothing is corrected, every disagreement becomes a finding.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import replace
from functools import lru_cache

from dashboard.base.language import Text, number, word
from dashboard.catalogue.areas import Areas
from dashboard.catalogue.catalogue import Catalogue
from dashboard.catalogue.concepts import Finding, Observation
from dashboard.intake.forms.files.cells import Sheet
from dashboard.intake.forms.layout import Recognition
from dashboard.intake.forms.rules import (
    rules_growth,
    rules_pairs,
    rules_rates,
    rules_sense,
    rules_sums,
    rules_time,
    rules_units,
    rules_values,
)
from dashboard.intake.forms.rules.edition_codes import CODE_KINDS, speaks
from dashboard.intake.forms.rules.rule_figures import RuleFigures
from dashboard.intake.forms.rules.rules import (
    Disagreement,
    Handed,
    KnownFigure,
    PrintedChange,
    Rule,
    rule_of_row,
)

Kind = Callable[[Rule, RuleFigures], Iterable[Disagreement]]
_MOST_DECIMALS = 9  # of a value in a message
_OF_PAIRS = ("unexplained", "at_most", "same_count", "flat_rate", "couples")
# What a sheet can be asked by itself.
WITHIN: dict[str, Kind] = {
    "one_value": rules_values.one_value,
    "not_negative": rules_values.not_negative,
    "negative_money": rules_values.negative_money,
    "whole": rules_values.whole,
    "share": rules_values.share,
    "parts": rules_sums.parts,
    "of_which": rules_sums.of_which,
    "streets": rules_sums.streets,
    "streets_rate": rules_rates.streets_rate,
    "ratio": rules_rates.ratio,
    "unexplained": rules_pairs.unexplained,
    "at_most": rules_pairs.at_most,
    "same_count": rules_pairs.same_count,
    "flat_rate": rules_pairs.flat_rate,
    "couples": rules_pairs.couples,
}
# What a cell shows by itself, whatever could not be read beside it.
OF_ONE_CELL = ("not_negative", "negative_money")
# What looks at several figures of one period, which may have come in several files.
ACROSS = ("parts", "of_which", "streets", "streets_rate", "ratio", *_OF_PAIRS)
# What looks at a whole and the areas below it.
OF_STREETS = ("streets", "streets_rate")
# What needs earlier figures, a published standard or the day of the hand-in.
AGAINST_STORE: dict[str, Kind] = {
    "per_person": rules_rates.per_person,
    "per_head": rules_sense.per_head,
    "fraction": rules_sense.fraction,
    "fraction_among": rules_sense.fraction_among,
    "balance": rules_sums.balance,
    "to_date_falls": rules_time.to_date_falls,
    "months_to_date": rules_time.months_to_date,
    "unit_suspect": rules_units.unit_suspect,
    "jump": rules_time.jump,
    "pace": rules_time.pace,
    "growth": rules_growth.growth,
    "growth_to_date": rules_growth.growth_to_date,
    "growth_of": rules_growth.growth_of,
    "future": rules_values.future,
}
KINDS: dict[str, Kind] = WITHIN | AGAINST_STORE
EVERY_KIND = (*KINDS, *CODE_KINDS)
# What speaks of the same cell and says more: a wrong unit makes every month a jump.
_SAYS_MORE = {"jump": ("unit_suspect", "fraction"), "per_head": ("per_person", "unit_suspect")}


def check(
    observations: Sequence[Observation],
    catalogue: Catalogue,
    areas: Areas | None = None,
    *,
    kinds: Collection[str] = KINDS,
    known: Iterable[KnownFigure] = (),
    handed: Handed | Mapping[str, Handed] | None = None,
    printed: Sequence[PrintedChange] = (),
) -> list[Finding]:
    """Findings of the catalogue's rules of these ``kinds``, in the order of the rules.

    Streets are compared with their district only where ``areas`` says which streets there are.
    ``known`` are figures that are compared with and not themselves reported, the best first;
    ``handed`` says how each sheet came, by its name or for all; ``printed`` are the changes printed
    beside the figures. Raises ValueError for a rule that cannot be understood.
    """
    by_sheet = {"": handed} if isinstance(handed, Handed) else handed
    figures = RuleFigures(observations, catalogue, areas, known, by_sheet, printed)
    return check_figures(figures, kinds)


def check_figures(figures: RuleFigures, kinds: Collection[str] = KINDS) -> list[Finding]:
    """The same of figures that are sorted already."""
    matches: list[tuple[Rule, Disagreement]] = []
    for rule in shipped_rules(figures.catalogue):
        if rule.kind in KINDS and rule.kind in kinds:
            matches += [(rule, disagreement) for disagreement in KINDS[rule.kind](rule, figures)]
    cells = {(rule.kind, _cell(disagreement)) for rule, disagreement in matches}
    return [
        _finding(rule, disagreement, figures)
        for rule, disagreement in matches
        if not any((more, _cell(disagreement)) in cells for more in _SAYS_MORE.get(rule.kind, ()))
    ]


def check_codes(sheet: Sheet, recognition: Recognition, catalogue: Catalogue) -> list[Finding]:
    """Findings about the codes of an official form and the editions they come from."""
    findings = []
    for rule in shipped_rules(catalogue):
        kind = CODE_KINDS.get(rule.kind)
        if kind is None or not speaks(rule, recognition):
            continue
        for cell in kind(sheet, recognition, catalogue):
            texts = [
                rule.message[lang].format(code=cell.code, name=cell.name, others=cell.others[lang])
                for lang in ("zh", "en")
            ]
            findings.append(
                Finding(
                    rule.severity,
                    rule.id,
                    Text(*texts),
                    sheet.name,
                    cell.row + 1,
                    cell.column,
                    cell.code,
                )
            )
    return findings


def shipped_rules(catalogue: Catalogue) -> list[Rule]:
    """The catalogue's rules; raises ValueError naming the rule and the column that is wrong.

    A rule of every indicator leaves those to a rule of the same kind that names them.
    """
    read = _read_rules(
        tuple(tuple(row.items()) for row in catalogue.rules), frozenset(catalogue.indicators)
    )
    return list(read)


@lru_cache(maxsize=8)
def _read_rules(
    rows: tuple[tuple[tuple[str, str], ...], ...], indicators: frozenset[str]
) -> tuple[Rule, ...]:
    read = [rule_of_row(dict(row), EVERY_KIND, indicators) for row in rows]
    named: dict[str, set[str]] = {}
    for rule in read:
        named.setdefault(rule.kind, set()).update(rule.indicators)
    return tuple(
        rule if rule.indicators else replace(rule, without=rule.without | named[rule.kind])
        for rule in read
    )


def _cell(disagreement: Disagreement) -> tuple[object, ...]:
    return (
        *disagreement.at.key,
        disagreement.at.source.sheet,
        disagreement.at.source.row,
        disagreement.at.source.column,
    )


def _finding(rule: Rule, disagreement: Disagreement, figures: RuleFigures) -> Finding:
    """The rule's message with its fields filled in, at the cell of the figure it speaks of."""
    at, printed = disagreement.at, disagreement.printed
    texts = [
        rule.message[language].format(**_fields(disagreement, figures, language))
        for language in ("zh", "en")
    ]
    value = printed.printed if printed else _plain(at.value)
    column = printed.column if printed else at.source.column
    sheet, row = at.source.sheet, at.source.row
    return Finding(rule.severity, rule.id, Text(*texts), sheet, row, column, value, at.area)


def _fields(disagreement: Disagreement, figures: RuleFigures, language: str) -> dict[str, str]:
    """What a message may name, in words of a language."""
    at, printed = disagreement.at, disagreement.printed
    indicator = figures.catalogue.indicators[at.indicator]
    unit = _unit(indicator.unit.name, language)
    other_unit = _unit(disagreement.unit, language) if disagreement.unit else unit
    in_points = indicator.unit.dimension == "percent"
    gap_unit = word("task_points", language, value="") if in_points else unit
    gap = (
        None
        if disagreement.other is None or at.value is None
        else abs(at.value - disagreement.other)
    )
    of_other = max(disagreement.decimals, 1)
    if not disagreement.unit:
        of_other = _decimals_apart(at.value, disagreement.other, of_other)
    decimals = max(indicator.decimals, of_other)
    return {
        "name": indicator.name[language],
        "area": figures.area_name(at.area, language),
        "period": str(at.period),
        "value": _shown(at.value, decimals, language) + unit,
        "other": _shown(disagreement.other, of_other, language) + other_unit,
        "others": disagreement.others[language],
        "difference": _shown(gap, decimals, language) + gap_unit,
        "heading": printed.heading if printed else "",
        "printed": printed.printed if printed else "",
    }


def _unit(name: Text, language: str) -> str:
    """A unit as it stands behind a number: English words after a space."""
    own = name[language]
    return f" {own}" if language == "en" and own != "%" else own


def _decimals_apart(value: float | None, other: float | None, least: int) -> int:
    """The decimals, at least so many, with which two values that differ are printed apart."""
    if value is None or other is None:
        return least
    enough = range(least, max(least, _MOST_DECIMALS))
    return next((n for n in enough if round(value, n) != round(other, n)), least)


def _plain(value: float | None) -> str:
    """A figure with as many decimals as it has."""
    return "" if value is None else f"{value:.9f}".rstrip("0").rstrip(".")


def _shown(value: float | None, decimals: int, language: str) -> str:
    whole = value is None or float(value).is_integer()
    return number(value, 0 if whole else decimals, language)
