"""Writes what a reader of an exported table needs and a person does not: ids, codes, periods.

``intake.forms.layouts.reimport`` reads them, so that an exported chart can be handed in again.
"""

from __future__ import annotations

from dashboard.charts.model.chart import RESTATED, Chart

IDS, KEYS, PERIODS = "# ids", "# keys", "# periods"


def machine_rows(chart: Chart) -> list[list[str]]:
    """Rows of texts: the chart's ids, its rows' labels and keys, and its periods.

    Rows that are an incomplete total or restated by rule, and the whole below its streets, have no
    key: what was only added up is not to come back as if somebody had reported it.
    """
    if chart.empty:
        return []
    ids = [IDS, chart.id, chart.kind.value, chart.step, chart.area, repr(chart.scale.factor)]
    left_out = _not_reported(chart)
    keys = [KEYS]
    for key, (label, *_) in chart.table.rows:
        if key not in left_out:
            keys += [label, key]
    return [ids, keys, [PERIODS, *chart.periods]]


def _not_reported(chart: Chart) -> set[str]:
    """The keys of rows that nobody reported as they stand."""
    keys = {key for key, part in zip(chart.keys, chart.partial, strict=False) if part}
    for series in chart.series:
        marked = zip(chart.keys, series.statuses, strict=False)
        keys |= {key for key, mark in marked if mark == RESTATED}
    if chart.area and chart.key_kind == "area":
        keys.add(chart.area)
    return keys
