"""Heat tables: months × years and streets × years, every cell with its number as text."""

from __future__ import annotations

from dashboard.charts.model.chart import Chart
from dashboard.charts.plotly.layout import HEAT_ROW_HEIGHT, Figure, place_axis
from dashboard.charts.plotly.places import NARROW
from dashboard.charts.plotly.rows import rows_of
from dashboard.charts.plotly.text import LINE, text_width
from dashboard.charts.plotly.theme import Theme, contrast

MOST_COLUMNS = 6  # more numbers side by side cannot be read on a phone; the table has all
EDGE = 6


def _steps(colours: tuple[str, ...]) -> list[list[float | str]]:
    """Five flat steps instead of a blend: a level has exactly one shade."""
    count = len(colours)
    return [[edge / count, colour] for i, colour in enumerate(colours) for edge in (i, i + 1)]


def _ink(level: int, theme: Theme) -> str:
    """The colour of a cell's number: whichever of ink and paper is read better on its shade."""
    if not level:
        return theme.muted
    shade = theme.sequential[level - 1]
    return max((theme.text, theme.background), key=lambda colour: contrast(colour, shade))


def _columns(chart: Chart, left: int, theme: Theme) -> int:
    """How many columns' numbers fit side by side in the narrowest figure."""
    room = NARROW - left - EDGE
    for count in range(min(MOST_COLUMNS, len(chart.series)), 1, -1):
        shown = chart.series[-count:]
        texts = [text for one in shown for text in (*one.labels, *_heading(one.name))]
        if max(text_width(text, theme.small) for text in texts) + 6 <= room / count:
            return count
    return 1


def heat(chart: Chart, theme: Theme) -> Figure:
    """Rows are the chart's categories, columns its series, shades their levels 1 to 5."""
    named = rows_of(chart.categories, (), theme)
    shown = chart.series[-_columns(chart, named.left, theme) :]
    rows = range(len(chart.categories))
    height = max(HEAT_ROW_HEIGHT, named.height - 2)
    trace = {
        "type": "heatmap",
        "x": list(range(len(shown))),
        "y": list(rows),
        "z": [[series.levels[i] or None for series in shown] for i in rows],
        "zmin": 0.5,
        "zmax": 5.5,
        "colorscale": _steps(theme.sequential),
        "showscale": False,
        "xgap": 2,
        "ygap": 2,
        "hoverongaps": True,
        "hoverinfo": "text",
        "hovertext": [[series.hover[i] for series in shown] for i in rows],
        "customdata": [[[chart.key_kind, chart.keys[i]] for _ in shown] for i in rows],
    }
    labels = [
        {
            "x": j,
            "y": i,
            "text": series.labels[i],
            "showarrow": False,
            "borderpad": 0,
            "font": {"size": theme.small, "color": _ink(series.levels[i], theme)},
        }
        for i in rows
        for j, series in enumerate(shown)
    ]
    heads = [_heading(series.name) for series in shown]
    top = LINE * max(map(len, heads)) + 8
    names = ["<br>".join(lines) for lines in named.names]
    return {
        "data": [trace],
        "layout": {
            "height": height * len(chart.categories) + top + EDGE,
            "margin": {"l": named.left, "r": EDGE, "t": top, "b": EDGE},
            "plot_bgcolor": theme.absent,
            "annotations": labels,
            "xaxis": place_axis(
                theme,
                showline=False,
                side="top",
                tickvals=list(range(len(shown))),
                ticktext=["<br>".join(lines) for lines in heads],
                range=[-0.5, len(shown) - 0.5],
            ),
            "yaxis": place_axis(
                theme,
                showline=False,
                tickvals=list(rows),
                ticklabelstandoff=4,
                ticktext=[
                    f"<b>{name}</b>" if key and key == chart.chosen else name
                    for name, key in zip(names, chart.keys, strict=True)
                ],
                range=[len(chart.categories) - 0.5, -0.5],
            ),
        },
    }


def _heading(name: str) -> list[str]:
    """A column's name on two lines where it is long: 2026年 over 1—10月."""
    for mark in ("年", " "):
        head, found, tail = name.rpartition(mark) if mark == " " else name.partition(mark)
        if found and tail:
            return [f"{head}{mark.strip()}", tail]
    return [name]
