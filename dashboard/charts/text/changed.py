"""Lists the figures of a chart that changed between two states of knowledge."""

from __future__ import annotations

import math
from collections.abc import Collection
from dataclasses import dataclass

from dashboard.analysis.figure_key import FigureKey
from dashboard.catalogue.topics import Kind
from dashboard.charts.model.chart import Chart


@dataclass(frozen=True, slots=True)
class Changed:
    """A figure that is another now; ``old`` and ``new`` as shown, "—" where there was none.

    ``change`` is in percent of the old value, of a rate (``in_points``) in percentage points; None
    where there is nothing to divide by. ``submission`` states what is shown now, 0 where it is
    computed or gone.
    """

    figure: FigureKey
    old: str
    new: str
    change: float | None
    in_points: bool = False
    submission: int = 0


_Shown = dict[FigureKey, tuple[str, float | None]]


def shown_figures(chart: Chart) -> _Shown:
    """Text and number of every figure of a chart's table; a number is in the unit shown."""
    found: _Shown = {}
    table = chart.table
    for (_, texts), numbers, figures in zip(table.rows, table.numbers, table.figures, strict=True):
        for text, number, key in zip(texts, numbers, figures, strict=True):
            if key is not None and key not in found:  # its change or share may follow
                found[key] = (text, number)
    return found


def changed_figures(then: Chart, now: Chart, rates: Collection[str]) -> list[Changed]:
    """What differs, in the order of the charts' tables. ``rates`` are indicators in percent."""
    before, after = shown_figures(then), shown_figures(now)
    # A table of several indicators has a unit for each of them; elsewhere one holds for all.
    scaled = then.kind is not Kind.TABLE and then.scale.factor != now.scale.factor
    factors = (then.scale.factor, now.scale.factor) if scaled else (1.0, 1.0)
    changed = []
    for key in dict.fromkeys((*before, *after)):
        old_text, old = before.get(key, ("—", None))
        new_text, new = after.get(key, ("—", None))
        old = None if old is None else old * factors[0]
        new = None if new is None else new * factors[1]
        if is_same(old, new):
            continue
        if scaled:
            old_text, new_text = f"{old_text} {then.unit}", f"{new_text} {now.unit}"
        changed.append(Changed(key, old_text, new_text, *difference(key, old, new, rates)))
    return changed


def is_same(old: float | None, new: float | None) -> bool:
    """Whether two values are one but for the errors of binary arithmetic."""
    if old is None or new is None:
        return old is new
    return math.isclose(old, new, rel_tol=1e-9, abs_tol=1e-12)


def difference(
    key: FigureKey, old: float | None, new: float | None, rates: Collection[str]
) -> tuple[float | None, bool]:
    """The change in percent, of a rate in points; and whether it is in points."""
    if key.indicator in rates:
        return (None if old is None or new is None else new - old), True
    return (None if not old or new is None else (new - old) / abs(old) * 100), False
