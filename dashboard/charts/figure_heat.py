"""Heat tables: months × years and streets × years, every cell with its number as text."""

from __future__ import annotations

from dashboard.charts.chart import Chart
from dashboard.charts.figure_layout import HEAT_ROW_HEIGHT, Figure, place_axis
from dashboard.charts.theme import Theme

MOST_COLUMNS = 6  # more numbers side by side cannot be read on a phone; the table has all
DARKEST = 5


def _steps(colours: tuple[str, ...]) -> list[list[float | str]]:
    """Five flat steps instead of a blend: a level has exactly one shade."""
    count = len(colours)
    return [[edge / count, colour] for i, colour in enumerate(colours) for edge in (i, i + 1)]


def heat(chart: Chart, theme: Theme) -> Figure:
    """Rows are the chart's categories, columns its series, shades their levels 1 to 5."""
    shown = chart.series[-MOST_COLUMNS:]
    rows = range(len(chart.categories))
    shades = [[series.levels[i] or None for series in shown] for i in rows]
    texts = [[series.labels[i] for series in shown] for i in rows]
    trace = {
        "type": "heatmap", "x": list(range(len(shown))), "y": list(rows), "z": shades,
        "zmin": 0.5, "zmax": 5.5, "colorscale": _steps(theme.sequential), "showscale": False,
        "xgap": 2, "ygap": 2, "hoverongaps": False, "hoverinfo": "text",
        "hovertext": [[series.hover[i] for series in shown] for i in rows],
        "customdata": [
            [[chart.key_kind, chart.keys[i]] for _ in shown] for i in rows
        ],
    }  # fmt: skip
    labels = []
    for i in rows:
        for j, series in enumerate(shown):
            dark = series.levels[i] == DARKEST  # white is only readable on this one
            labels.append(
                {
                    "x": j, "y": i, "text": texts[i][j], "showarrow": False,
                    "font": {
                        "size": theme.small,
                        "color": theme.background if dark
                        else theme.muted if not series.levels[i] else theme.text,
                    },
                }
            )  # fmt: skip
    return {
        "data": [trace],
        "layout": {
            "height": HEAT_ROW_HEIGHT * len(chart.categories) + 64,
            "margin": {"l": 8, "r": 8, "t": 48, "b": 8},
            "plot_bgcolor": theme.absent,
            "annotations": labels,
            "xaxis": place_axis(
                theme, showline=False, side="top", type="linear", tickmode="array",
                tickvals=list(range(len(shown))), ticktext=[_folded(s.name) for s in shown],
                range=[-0.5, len(shown) - 0.5],
            ),
            "yaxis": place_axis(
                theme, showline=False, type="linear", tickmode="array", tickvals=list(rows),
                ticktext=[
                    f"<b>{name}</b> " if key and key == chart.chosen else f"{name} "
                    for name, key in zip(chart.categories, chart.keys, strict=True)
                ],
                range=[len(chart.categories) - 0.5, -0.5],
            ),
        },
    }  # fmt: skip


def _folded(name: str) -> str:
    """A column's name on two lines where it is long: 2026年 over 1—10月."""
    for mark in ("年", " "):
        head, found, tail = name.rpartition(mark) if mark == " " else name.partition(mark)
        if found and tail:
            return f"{head}{mark.strip()}<br>{tail}"
    return name
