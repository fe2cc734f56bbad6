"""Builds the table of the consistency rules that concern a topic's indicators."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from dash import html
from dash.development.base_component import Component

from dashboard.base.language import number, word
from dashboard.catalogue.concepts import Aggregation, Indicator, Part
from dashboard.charts.model.selection import Selection
from dashboard.components.shell.card import card
from dashboard.components.shell.real_table import Cell, Row, head_row, real_table
from dashboard.intake.forms.rules.check import shipped_rules
from dashboard.intake.forms.rules.rules import Rule
from dashboard.services.front_desk import FrontDesk

COLUMNS = ("asks", "about", "severity")
# Kinds of rules for every indicator that can only speak of some: what those must have.
Has = Callable[[FrontDesk, Indicator], bool]
NEEDS: dict[str, Has] = {
    "parts": lambda desk, indicator: bool(desk.catalogue.children(indicator.id, Part.COMPONENT)),
    "of_which": lambda desk, indicator: indicator.part is Part.OF_WHICH,
    "streets": lambda desk, indicator: indicator.aggregation is Aggregation.SUM,
    "ratio": lambda desk, indicator: bool(indicator.numerator),
    "streets_rate": lambda desk, indicator: bool(indicator.numerator),
    "share": lambda desk, indicator: (
        indicator.unit.dimension == "percent" and bool(indicator.numerator)
    ),
}
LIMITED = {"per_person", "jump", "pace", "flat_rate"}
POINTED = {"growth", "growth_to_date"}


def rules_of(
    desk: FrontDesk, indicators: Sequence[Indicator]
) -> list[tuple[Rule, list[Indicator]]]:
    """Each rule with those of the indicators it speaks of; rules of none are left out."""
    result = []
    for rule in shipped_rules(desk.catalogue):
        has = NEEDS.get(rule.kind, lambda desk, indicator: True)
        about = [
            indicator for indicator in indicators if rule.covers(indicator) and has(desk, indicator)
        ]
        if about:
            result.append((rule, about))
    return result


def _limits(rule: Rule, language: str) -> str:
    """The tolerance or the limits, in words; "" where there is none."""
    low, high = rule.limits
    if rule.kind in LIMITED:
        return word("help_rule_limits", language, limits=f"{low:g} – {high:g}")
    if not rule.tolerance:
        return ""
    points = rule.kind in POINTED
    share = number(rule.tolerance * (1 if points else 100), 2 if points else 1, language)
    unit = word("chart_points", language) if points else "%"
    return word("help_rule_tolerance", language, share=share + unit)


def _about(rule: Rule, about: Sequence[Indicator], language: str) -> str:
    """The indicators by name where the rule names them, else which of them are meant."""
    if rule.indicators:
        return word("list_comma", language).join(indicator.name[language] for indicator in about)
    if rule.spans:
        span = word(f"accumulation_{rule.spans}", language)
        return word("help_every_of", language, span=span)
    if rule.kind in NEEDS and len(about) <= len(COLUMNS):
        return word("list_comma", language).join(indicator.name[language] for indicator in about)
    return word("help_every_indicator", language)


def rules_card(desk: FrontDesk, indicators: Sequence[Indicator], selection: Selection) -> Component:
    """One row a rule: what is checked, of which indicators, and what comes of it."""
    language = selection.language
    rules = rules_of(desk, indicators)
    title = word("help_rules", language, count=len(rules))
    head = head_row("help_column", COLUMNS, language)
    rows = [
        Row(
            [
                Cell(
                    word(f"check_{rule.kind}", language), scope="row", small=_limits(rule, language)
                ),
                Cell(_about(rule, about, language), kind="text"),
                Cell(
                    word(f"severity_{rule.severity}", language),
                    small=word("help_rule_note", language)
                    if rule.needs_note and rule.severity == "warning"
                    else "",
                ),
            ]
        )
        for rule, about in rules
    ]
    table = real_table(title, [head], rows, kind="help-rules as-cards", quiet=True)
    return card(title, [html.P(word("help_rules_lead", language)), table], "rules")
