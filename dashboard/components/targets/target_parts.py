"""Builds the table of what each street contributes to a target's gap, in rows that add up."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

from dash import html
from dash.development.base_component import Component

from dashboard.analysis.contributions import REST, Contribution
from dashboard.analysis.progress import Progress
from dashboard.base.language import Scale, number, word
from dashboard.base.rounding import half_up
from dashboard.catalogue.concepts import Aggregation, Indicator
from dashboard.charts.model.selection import Selection
from dashboard.charts.plotly.theme import SCREEN
from dashboard.charts.text.wording import scale_of, unit_name
from dashboard.components.shell.address import link
from dashboard.components.shell.card import card
from dashboard.components.shell.headings import area_name
from dashboard.components.shell.real_table import Cell, Row, real_table
from dashboard.components.shell.sparks import Drawing, image
from dashboard.components.targets.target_list import words_of
from dashboard.services.front_desk import FrontDesk

WIDTH, MIDDLE = 160, 80  # of a bar, in pixels


@dataclass(frozen=True, slots=True)
class PartRows:
    """The rows of one table in one unit; ``largest`` is that of the longest bar, base units."""

    desk: FrontDesk
    selection: Selection
    scale: Scale
    largest: float

    def amount(self, value: float | None) -> str:
        """An amount in the table's unit."""
        shown = None if value is None else value / self.scale.factor
        return number(shown, self.scale.decimals, self.selection.language)

    def signed(self, value: float) -> str:
        """The same with its sign; negative is behind."""
        shown = value / self.scale.factor
        return number(shown, self.scale.decimals, self.selection.language, sign=True)

    def row(self, part: Contribution, value: float) -> Row:
        """One area's row, its contribution printed as ``value``; the rest is named as such."""
        language, rest = self.selection.language, part.area == REST
        name = (
            word("target_parts_rest", language)
            if rest
            else area_name(self.desk, part.area, language)
        )
        href = "" if rest else link(f"/street/{part.area}", self.selection)
        sign = "gap-behind" if value < 0 else "gap-ahead" if value > 0 else ""
        return Row(
            [
                Cell(name, scope="row", href=href),
                Cell(self.signed(value), kind=f"number {sign}"),
                Cell(drawing=self._bar(part.value)),
                Cell(self.amount(part.actual), kind="number"),
                Cell(self.amount(part.expected), kind="number"),
            ]
        )

    def total(self, parts: list[Contribution]) -> Row:
        """What the rows add up to."""
        sums = []
        for name in ("actual", "expected"):
            known = [value for part in parts if (value := getattr(part, name)) is not None]
            sums.append(Cell(self.amount(math.fsum(known)) if known else "—", kind="number"))
        gap = self.signed(math.fsum(part.value for part in parts))
        title = Cell(word("target_parts_total", self.selection.language), scope="row")
        return Row([title, Cell(gap, kind="number"), Cell(), *sums], kind="summary")

    def _bar(self, value: float) -> Drawing:
        """A bar from the middle: to the left for what is behind."""
        size = abs(value) / self.largest * (MIDDLE - 4) if self.largest else 0.0
        colour = SCREEN.worse if value < 0 else SCREEN.better
        left = MIDDLE - size if value < 0 else MIDDLE
        body = (
            f'<rect x="{left:.1f}" y="4" width="{max(size, 0.5):.1f}" height="12" '
            f'fill="{colour}"/><line x1="{MIDDLE}" x2="{MIDDLE}" y1="0" y2="20" '
            f'stroke="{SCREEN.line}" stroke-width="1"/>'
        )
        return image(body, WIDTH, 20, self.signed(value), "part-bar")


def adding_up(values: list[float], step: float) -> list[float]:
    """The values in whole steps that add up to their rounded sum.

    The steps that rounding loses or gains go to the values it changed most.
    """
    whole = [int(half_up(value / step)) for value in values]
    left = int(half_up(math.fsum(values) / step)) - sum(whole)
    changed = [value / step - steps for value, steps in zip(values, whole, strict=True)]
    sign = 1 if left > 0 else -1
    order = sorted(range(len(values)), key=lambda at: -sign * changed[at])
    for at in order[: abs(left)]:
        whole[at] += sign
    return [steps * step for steps in whole]


def _parts_scale(
    desk: FrontDesk, indicator: Indicator, parts: Sequence[Contribution], language: str
) -> Scale:
    """The scale of the parts: of a rate they are counted in its numerator."""
    counted = indicator.numerator if indicator.aggregation is Aggregation.RATIO else ""
    meaning = desk.catalogue.indicators[counted] if counted else indicator
    sizes = [part.actual for part in parts] + [part.value for part in parts]
    return scale_of(meaning, sizes, language)


def _parts_head(expected: str, scale: Scale, language: str) -> Row:
    gap, *others = [
        Cell(f"{word(key, language)} ({scale.label})", scope="col", kind="number")
        for key in ("target_parts_gap", "path_actual", expected)
    ]
    area, bar = (Cell(word(key, language), scope="col") for key in ("area", "target_parts_bar"))
    return Row([area, gap, bar, *others])


def _count_behind(parts: Sequence[Contribution]) -> int:
    """How many areas are behind what is expected of them."""
    return sum(part.value < 0 and part.area != REST for part in parts)


def _partial(row: Progress, language: str) -> list[Component]:
    """That only some of the areas below have a figure, where it is so."""
    texts = [reason.words[language] for reason in row.reasons if reason.key == "partial"]
    return [html.P(text, className="muted") for text in texts]


def parts_card(desk: FrontDesk, row: Progress, selection: Selection) -> Component | None:
    """What each street contributes to the gap; None where nothing is below or nothing known."""
    language, words = selection.language, words_of(desk, row, selection.language)
    parts = desk.targets.contributions(row)
    title = word("target_parts", language)
    if not parts:
        return None
    if all(part.area == REST for part in parts):
        return card(title, [html.P(word("target_parts_none", language), className="empty")])
    is_rate = words.indicator.aggregation is Aggregation.RATIO
    scale = _parts_scale(desk, words.indicator, parts, language)
    rows = PartRows(desk, selection, scale, max(abs(part.value) for part in parts))
    head = _parts_head("target_parts_goal" if is_rate else "target_parts_expected", scale, language)
    step = scale.factor / 10**scale.decimals
    printed = adding_up([part.value for part in parts], step)
    body = [*map(rows.row, parts, printed), rows.total(parts)]
    gap = rows.signed(math.fsum(part.value for part in parts))
    gap = f"{gap} {unit_name(gap, scale, language)}"
    key = "target_parts_rate" if is_rate else "target_parts_sum"
    lead = word(key, language, gap=gap, behind=_count_behind(parts))
    texts = [html.P(lead, className="lead-text"), *_partial(row, language)]
    table = real_table(title, [head], body, kind="contributions", quiet=True)
    return card(title, [*texts, table])
