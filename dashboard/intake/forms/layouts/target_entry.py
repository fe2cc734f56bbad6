"""Reads a target typed on the screen as cells of a table of targets, and writes it back."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from dashboard.catalogue.areas import Areas
from dashboard.catalogue.lookup import Catalogue
from dashboard.catalogue.targets import Target, TargetKind
from dashboard.intake.forms.files.cells import Sheet
from dashboard.intake.forms.layouts.target_row import TargetFrame
from dashboard.intake.forms.layouts.target_table import TargetTable, read_targets
from dashboard.intake.forms.layouts.target_words import HEADINGS, KINDS, PATHS

ROLES = tuple(HEADINGS)
_PLACE = {"zh": 1, "en": 0}
SHEET = "targets"


def headings(language: str) -> list[str]:
    """The columns' headings in the order of ROLES."""
    named = {"zh": {"indicator": "指标", "area": "地区代码", "period": "期限", "kind": "类型"}}
    return [named.get(language, {}).get(role, HEADINGS[role][_PLACE[language]]) for role in ROLES]


def cells_of(target: Target, catalogue: Catalogue, language: str) -> dict[str, object]:
    """The cells of a target by role, amounts in base units; reading them gives the target again."""
    meaning = catalogue.indicators[target.indicator]
    unit, growth = meaning.unit.name["zh"], target.kind is TargetKind.GROWTH
    base: object = "" if target.base is None else _plain(target.base)
    if growth and target.base is not None:
        base = (
            f"{target.base:.6f}".rstrip("0").rstrip(".") + unit
        )  # the row's unit is that of growth
    return {
        "indicator": target.indicator,
        "area": target.area,
        "period": str(target.period),
        "kind": KINDS[target.kind][_PLACE[language]],
        "value": f"{target.value!r}%" if growth else _plain(target.value),
        "unit": "" if growth else unit,
        "since": str(target.since or ""),
        "base": base,
        "base_period": str(target.base_period or ""),
        "source": target.source,
        "owner": target.owner,
        "tolerance": f"{target.tolerance * 100:g}%" if target.tolerance else "",
        "path": PATHS[target.path][_PLACE[language]],
        "milestones": "; ".join(
            f"{step.period}={_plain(step.value)}" for step in target.milestones
        ),
    }


def _plain(value: float) -> float | int:
    return int(value) if float(value).is_integer() else value


def typed(fields: Mapping[str, object], catalogue: Catalogue, areas: Areas) -> TargetTable:
    """What the cells, by role, mean: one target, or findings that say what is wrong."""
    rows: Sequence[tuple[object, ...]] = (
        ROLES,
        tuple(fields.get(role) if fields.get(role) != "" else None for role in ROLES),
    )
    frame = TargetFrame(0, {role: place for place, role in enumerate(ROLES)})
    return read_targets(Sheet(SHEET, tuple(rows)), frame, catalogue, areas)
