"""Says what must be known of the figures by which targets are judged, where no chart does."""

from __future__ import annotations

from collections.abc import Sequence

from dashboard.analysis.points import Points
from dashboard.analysis.progress import Progress
from dashboard.base.language import word
from dashboard.catalogue.areas import Areas
from dashboard.catalogue.lookup import Catalogue
from dashboard.charts.model.selection import Selection
from dashboard.charts.text import wording
from dashboard.services.figures.figures import Figures


def read_points(figures: Figures, rows: Sequence[Progress], selection: Selection) -> Points | None:
    """The figures of an area's targets, streets too; None where no target has one."""
    months = [row.actual_period for row in rows if row.actual_period]
    if not months:
        return None
    names = sorted({row.target.indicator for row in rows})
    span = (min(months), max(months))
    return figures.points(names, selection.area, *span, below=True, known=selection.as_known)


def marks_of_target(
    row: Progress, points: Points, catalogue: Catalogue, areas: Areas, language: str
) -> str:
    """The words of the marks of a target's figure; "" where nothing must be known of it."""
    if row.actual_period is None:
        return ""
    name = row.target.indicator
    point = points.point(name, row.area, row.actual_period)
    scale = wording.scale_of(catalogue.indicators[name], [row.actual], language)
    remarks = wording.point_remarks(point, areas, row.area, scale, language)
    return word("chart_comma", language).join(remark.words for remark in remarks)
