"""Which streets hold a target back: what each contributes to the gap, in rows that add up."""

from __future__ import annotations

import math
from dataclasses import dataclass

from dash import html
from dash.development.base_component import Component

from dashboard.analysis.contributions import REST, Contribution
from dashboard.analysis.progress import Progress
from dashboard.catalogue.concepts import Aggregation
from dashboard.charts.selection import Selection
from dashboard.charts.target_words import TargetWords
from dashboard.charts.theme import SCREEN
from dashboard.components.address import link
from dashboard.components.desk import Desk
from dashboard.components.grid import Cell, Row, real_table
from dashboard.components.headings import area_name
from dashboard.components.places import card
from dashboard.components.sparks import Drawing, image
from dashboard.components.target_list import words_of
from dashboard.language import word

WIDTH, MIDDLE = 160, 80  # of a bar, in pixels


@dataclass(frozen=True, slots=True)
class PartRows:
    """The rows of one table: amounts in the unit that the gap is counted in."""

    desk: Desk
    words: TargetWords
    selection: Selection
    counted: str  # the indicator whose unit it is: of a rate, its numerator
    largest: float

    def amount(self, value: float | None) -> str:
        """An amount with its unit."""
        return self.words.amount(value, self.counted)

    def signed(self, value: float) -> str:
        """The same with its sign; negative is behind."""
        return ("−" if value < 0 else "+" if value > 0 else "") + self.amount(abs(value))

    def row(self, part: Contribution) -> Row:
        """One area's row; the rest that no area accounts for is named as such."""
        say, rest = self.selection.language, part.area == REST
        name = word("target_parts_rest", say) if rest else area_name(self.desk, part.area, say)
        href = "" if rest else link(f"/street/{part.area}", self.selection)
        sign = "gap-behind" if part.value < 0 else "gap-ahead" if part.value > 0 else ""
        return Row(
            [
                Cell(name, scope="row", href=href),
                Cell(self.amount(part.actual), kind="number"),
                Cell(self.amount(part.expected), kind="number"),
                Cell(self.signed(part.value), kind=f"number {sign}"),
                Cell(drawing=self._bar(part.value)),
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
        return Row([title, *sums, Cell(gap, kind="number"), Cell()], kind="summary")

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


def parts_card(desk: Desk, row: Progress, selection: Selection) -> Component | None:
    """What each street contributes to the gap; None where nothing is below or nothing known."""
    say, words = selection.language, words_of(desk, row, selection.language)
    parts = desk.contributions(row)
    title = word("target_parts", say)
    if not parts:
        return None
    if all(part.area == REST for part in parts):
        return card(title, [html.P(word("target_parts_none", say), className="empty")])
    rate = words.indicator.aggregation is Aggregation.RATIO
    counted = words.indicator.numerator if rate else ""
    rows = PartRows(desk, words, selection, counted, max(abs(part.value) for part in parts))
    expected = "target_parts_goal" if rate else "path_expected"
    head = [Cell(word("area", say), scope="col")]
    head += [
        Cell(word(key, say), scope="col", kind="number")
        for key in ("path_actual", expected, "target_parts_gap")
    ]
    head.append(Cell(word("target_parts_bar", say), scope="col"))
    body = [*(rows.row(part) for part in parts), rows.total(parts)]
    behind = sum(part.value < 0 and part.area != REST for part in parts)
    gap = rows.signed(math.fsum(part.value for part in parts))
    key = "target_parts_rate" if rate else "target_parts_sum"
    said = [html.P(word(key, say, gap=gap, behind=behind), className="lead-text")]
    said += [
        html.P(reason.told[say], className="muted")
        for reason in row.reasons
        if reason.key == "partial"
    ]
    table = real_table(title, [Row(head)], body, kind="contributions", quiet=True)
    return card(title, [*said, table])
