"""Draws how far this year's running total is from last year's into a native chart.

No office program fills the space between two lines; bars of error can be drawn in any colour and
from one line to the other, belong to the series and are edited with it.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from lxml import etree
from pptx.oxml.ns import qn
from pptx.util import Pt

from dashboard.base.rounding import printable
from dashboard.charts.model.chart import Chart
from dashboard.charts.model.course import in_both_years
from dashboard.charts.plotly.theme import Theme

_Drawn = Any  # python-pptx carries no types
_WIDE = 5  # points


def draw_gap(line: _Drawn, places: Sequence[int], chart: Chart, theme: Theme) -> None:
    """Draws the gap at these places of this year's line."""
    element = line._element
    for earlier in element.findall(qn("c:errBars")):
        element.remove(earlier)
    shared = [month for month in in_both_years(chart) if month[0] in places]
    if not shared:
        return
    bars = _bars(shared, chart)
    shape = etree.SubElement(etree.SubElement(bars, qn("c:spPr")), qn("a:ln"))
    shape.set("w", str(int(Pt(_WIDE))))
    shape.set("cap", "flat")
    tint = etree.SubElement(etree.SubElement(shape, qn("a:solidFill")), qn("a:srgbClr"))
    tint.set("val", theme.gap_fill.lstrip("#").upper())
    element.find(qn("c:cat")).addprevious(bars)


def _bars(shared: Sequence[tuple[int, float, float]], chart: Chart) -> etree._Element:
    """Bars of error from this year's value up or down to last year's."""
    up = {place: before - now for place, now, before in shared if before > now}
    down = {place: now - before for place, now, before in shared if now > before}
    bars = etree.Element(qn("c:errBars"))
    for name, text in (
        ("errDir", "y"),
        ("errBarType", "both"),
        ("errValType", "cust"),
        ("noEndCap", "1"),
    ):
        etree.SubElement(bars, qn(f"c:{name}")).set("val", text)
    count = len(chart.categories)
    for name, lengths in (("plus", up), ("minus", down)):
        _write_lengths(etree.SubElement(bars, qn(f"c:{name}")), lengths, count, chart.decimals)
    return bars


def _write_lengths(
    element: etree._Element, lengths: dict[int, float], count: int, decimals: int
) -> None:
    """The length of the bar at each category, 0 where there is none."""
    literal = etree.SubElement(element, qn("c:numLit"))
    etree.SubElement(literal, qn("c:formatCode")).text = "General"
    etree.SubElement(literal, qn("c:ptCount")).set("val", str(count))
    for place in range(count):
        point = etree.SubElement(literal, qn("c:pt"))
        point.set("idx", str(place))
        length = printable(lengths.get(place, 0.0), decimals)
        etree.SubElement(point, qn("c:v")).text = f"{length:g}" if not length else repr(length)
