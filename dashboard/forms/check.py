"""Consistency rules (勾稽关系): whether the figures of one sheet agree with each other.

The rules stand in ``data/rules.csv``; nothing is corrected, every disagreement becomes a finding.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

from dashboard.catalogue.areas import Areas
from dashboard.catalogue.catalogue import Catalogue
from dashboard.catalogue.concepts import Finding
from dashboard.forms import rules
from dashboard.forms.rules import Figures, Found, Rule
from dashboard.language import Text, number

KINDS: dict[str, Callable[[Rule, Figures], Iterable[Found]]] = {
    "one_value": rules.one_value,
    "not_negative": rules.not_negative,
    "share": rules.share,
    "parts": rules.parts,
    "of_which": rules.of_which,
    "streets": rules.streets,
    "ratio": rules.ratio,
    "per_person": rules.per_person,
}


def check(
    observations: Sequence[rules.Observation], catalogue: Catalogue, areas: Areas | None = None
) -> list[Finding]:
    """Findings of every rule of the catalogue, in the order of the rules.

    Streets are compared with their district only where ``areas`` says which streets there are.
    Raises ValueError for a rule that cannot be understood.
    """
    figures = Figures(observations, catalogue, areas)
    findings: list[Finding] = []
    for row in catalogue.rules:
        rule = read_rule(row, catalogue)
        findings += [_finding(rule, found, figures) for found in KINDS[rule.kind](rule, figures)]
    return findings


def read_rule(row: dict[str, str], catalogue: Catalogue) -> Rule:
    """One row of rules.csv; raises ValueError naming the rule and the column that is wrong."""
    name = f"rules.csv, {row.get('id')}"
    if row.get("kind") not in KINDS:
        raise ValueError(f"{name}: kind {row.get('kind')!r}; one of {', '.join(KINDS)} is needed")
    if row.get("severity") not in ("error", "warning", "note"):
        raise ValueError(
            f"{name}: severity {row.get('severity')!r}; error, warning or note is needed"
        )
    chosen = tuple(part for part in row.get("indicators", "").split("|") if part)
    unknown = [part for part in chosen if part != "*" and part not in catalogue.indicators]
    if unknown or not chosen:
        raise ValueError(f"{name}: indicators {'|'.join(unknown)!r} are not in the catalogue")
    low, dots, high = row.get("tolerance", "").partition("..")
    try:
        limits = (float(low or 0), float(high) if dots else float(low or 0))
    except ValueError:
        raise ValueError(f"{name}: tolerance must be a number or low..high") from None
    if row["kind"] == "per_person" and (len(chosen) != 2 or not dots):
        raise ValueError(f"{name}: per_person needs amount|persons and low..high")
    message = Text(row.get("message_zh", ""), row.get("message_en", ""))
    every = chosen == ("*",)
    return Rule(row["id"], row["kind"], row["severity"], () if every else chosen, limits, message)


def _finding(rule: Rule, found: Found, figures: Figures) -> Finding:
    """The rule's message with its fields filled in, at the cell of the figure it speaks of."""
    at, source = found.at, found.at.source
    indicator = figures.catalogue.indicators[at.indicator]
    texts = {}
    for language in ("zh", "en"):
        unit = (
            " " + indicator.unit.name[language]
            if language == "en"
            else indicator.unit.name[language]
        )
        fields = {
            "name": indicator.name[language],
            "area": figures.area_name(at.area, language),
            "period": str(at.period),
            "value": _shown(at.value, indicator.decimals, language) + unit,
            "other": _shown(found.other, found.decimals, language)
            + (found.unit or Text(unit))[language],
            "others": found.others[language],
        }
        texts[language] = rule.message[language].format(**fields)
    message = Text(texts["zh"], texts["en"])
    shown = "" if at.value is None else f"{at.value:.9f}".rstrip("0").rstrip(".")
    return Finding(rule.severity, rule.id, message, source.sheet, source.row, source.column, shown)


def _shown(value: float | None, decimals: int, language: str) -> str:
    whole = value is None or float(value).is_integer()
    return number(value, 0 if whole else max(decimals, 1), language)
