"""Renders a map of streets as filled tiles or outlines, with a legend in words."""

from __future__ import annotations

from dashboard.catalogue.outlines import bounds
from dashboard.charts.model.chart import Chart, Shape, StreetMap
from dashboard.charts.model.selection import TILES
from dashboard.charts.plotly.layout import Figure, legend
from dashboard.charts.plotly.theme import Theme, contrast

NARROW = 306  # pixels of a map on a phone; names are folded for it
TILE_HEIGHT = 78
MAP_HEIGHT = 430
_LINES = 3  # of a name on a tile
_LEAST = 26  # pixels of room below which an outline's name is left to hover and table


def _ground(chart: Chart, place: int, theme: Theme) -> str:
    """The colour of a shape; without a value that of the page."""
    level, drawn = chart.series[0].levels[place], chart.map
    shades = theme.graded if drawn and drawn.is_graded else theme.sequential
    return shades[level - 1] if level else theme.background


def _ink(chart: Chart, place: int, theme: Theme) -> str:
    """The colour of signs on a shape: whichever can be read better on its ground."""
    if not chart.series[0].levels[place]:
        return theme.muted
    ground = _ground(chart, place, theme)
    return max((theme.text, theme.background), key=lambda ink: contrast(ink, ground))


def _edge(chart: Chart, place: int, theme: Theme) -> Figure:
    """Without a value a broken line, the chosen one a thick one."""
    if chart.keys[place] and chart.keys[place] == chart.chosen:
        return {"color": theme.text, "width": 4}
    if not chart.series[0].levels[place]:
        return {"color": theme.muted, "width": 1.5, "dash": "dash"}
    return {"color": theme.other, "width": 1}


def _shape(chart: Chart, place: int, shape: Shape, theme: Theme) -> Figure:
    across: list[float | None] = []
    up: list[float | None] = []
    for ring in shape.rings:
        across += [*([None] if across else []), *(round(x, 5) for x, _ in ring)]
        up += [*([None] if up else []), *(round(y, 5) for _, y in ring)]
    return {
        "type": "scatter",
        "mode": "lines",
        "name": chart.categories[place],
        "x": across,
        "y": up,
        "fill": "toself",
        "fillcolor": _ground(chart, place, theme),
        "line": _edge(chart, place, theme),
        "hoveron": "fills",
        "hoverinfo": "text",
        "text": chart.series[0].hover[place] or chart.categories[place],
        "showlegend": False,
        "meta": [chart.key_kind if chart.keys[place] else "", chart.keys[place]],
    }


def _wide(text: str, size: int) -> float:
    """Roughly how many pixels a text takes."""
    return sum(size if ord(sign) > 0x2E80 else size * 0.58 for sign in text)


def _folded(name: str, room: float, size: int) -> list[str]:
    """A name in lines that fit; Chinese breaks anywhere, other words at their spaces."""
    words = name.split(" ") if not any(ord(sign) > 0x2E80 for sign in name) else list(name)
    gap = " " if len(words) > 1 and words[0] != name[:1] else ""
    lines = [""]
    for word in words:
        longer = f"{lines[-1]}{gap}{word}" if lines[-1] else word
        if lines[-1] and _wide(longer, size) > room:
            lines.append(word)
        else:
            lines[-1] = longer
    return lines if len(lines) <= _LINES else [*lines[: _LINES - 1], lines[_LINES - 1] + "…"]


def _label(chart: Chart, place: int, room: float, size: int) -> str:
    """Name and value, or nothing where an outline is too small for them."""
    assert chart.map is not None
    name, value = chart.categories[place], chart.series[0].labels[place]
    if chart.map.form != TILES and room < max(_LEAST, _wide(value, size)):
        return ""
    lines = [*_folded(name, room, size), value]
    if chart.map.form != TILES and max(_wide(line, size) for line in lines) > room * 1.2:
        return ""
    named = "<br>".join(lines[:-1])
    if chart.keys[place] and chart.keys[place] == chart.chosen:
        named = f"<b>▸ {named}</b>"
    return f"{named}<br>{value}"


def _labels(chart: Chart, drawn: StreetMap, pixels: float, theme: Theme) -> Figure:
    size = (
        theme.small
        if pixels * min((s.room for s in drawn.shapes if s.rings), default=1) > 56
        else theme.small - 1
    )
    named = [place for place, shape in enumerate(drawn.shapes) if shape.rings]
    return {
        "type": "scatter",
        "mode": "text",
        "hoverinfo": "skip",
        "showlegend": False,
        "x": [round(drawn.shapes[place].label[0], 6) for place in named],
        "y": [round(drawn.shapes[place].label[1], 6) for place in named],
        "text": [_label(chart, place, drawn.shapes[place].room * pixels, size) for place in named],
        "textfont": {"size": size, "color": [_ink(chart, place, theme) for place in named]},
    }


def _entry(name: str, marker: Figure) -> Figure:
    """An entry of the legend: a point that is nowhere."""
    return {
        "type": "scatter",
        "mode": "markers",
        "name": name,
        "x": [None],
        "y": [None],
        "hoverinfo": "skip",
        "marker": {"symbol": "square", "size": 13, **marker},
    }


def _entries(chart: Chart, drawn: StreetMap, theme: Theme) -> list[Figure]:
    shades = theme.graded if drawn.is_graded else theme.sequential
    thin = {"color": theme.line, "width": 1}
    entries = [
        _entry(legend_class.label, {"color": shades[legend_class.level - 1], "line": thin})
        for legend_class in drawn.classes
    ]
    if drawn.absent:
        white = {"color": theme.background, "line": {"color": theme.muted, "width": 1.5}}
        entries.append(_entry(drawn.absent, white))
    if chart.chosen in chart.keys:
        ring = {"color": theme.background, "line": {"color": theme.text, "width": 3}}
        entries.append(_entry(chart.categories[chart.keys.index(chart.chosen)], ring))
    return entries


def street_map(chart: Chart, theme: Theme) -> Figure:
    """Tiles or outlines in their classes' colours, names and values on them where there is room."""
    drawn = chart.map
    assert drawn is not None  # every chart of this kind has one
    points = [p for shape in drawn.shapes for ring in shape.rings for p in ring]
    west, south, east, north = bounds(points) if points else (0.0, 0.0, 1.0, 1.0)
    pixels = NARROW / max(east - west, 1e-9)
    # The chosen one last: its edge lies over those of its neighbours.
    order = sorted(range(len(drawn.shapes)), key=lambda at: chart.keys[at] == chart.chosen != "")
    shapes = [_shape(chart, at, drawn.shapes[at], theme) for at in order if drawn.shapes[at].rings]
    entries = _entries(chart, drawn, theme)
    placed, _ = legend([str(entry["name"]) for entry in entries], theme)
    top = 54  # two rows of the legend; where it needs more, plotly takes it from the plot
    # The domain gives way, not the range: so the map fills a narrower sheet too.
    across: Figure = {"visible": False, "fixedrange": True, "constrain": "domain"}
    up: Figure = {"visible": False, "fixedrange": True, "constrain": "domain"}
    edge = (north - south) * 0.01  # so that no line is cut in half
    across["range"], up["range"] = [west - edge, east + edge], [south - edge, north + edge]
    if drawn.form == TILES:
        height = TILE_HEIGHT * round(north - south + 0.1) + 16
    else:
        height = MAP_HEIGHT
        up |= {"scaleanchor": "x", "scaleratio": 1}
    return {
        "data": [*shapes, _labels(chart, drawn, pixels, theme), *entries],
        "layout": {
            "height": height + top,
            "margin": {"l": 8, "r": 8, "t": top, "b": 8},
            "showlegend": True,
            "legend": placed,
            "xaxis": across,
            "yaxis": up,
        },
    }
