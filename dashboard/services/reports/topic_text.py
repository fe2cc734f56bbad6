"""Writes the page of a report that states a topic's headline figures in words."""

from __future__ import annotations

from dashboard.analysis.figure_key import FigureKey
from dashboard.analysis.points import Points
from dashboard.base.language import word
from dashboard.catalogue.concepts import Part
from dashboard.catalogue.periods import Period
from dashboard.catalogue.topics import Topic
from dashboard.charts.model.report import PageKind, ReportPage
from dashboard.charts.model.selection import Selection
from dashboard.charts.text.narrative import narrate
from dashboard.charts.text.sources import known_line, origin
from dashboard.disclosure.joint_suppression import JointSuppression
from dashboard.services.figures.sources import source_notes
from dashboard.services.filters import moment_of
from dashboard.services.reports.sources import Sources

LOOK_BACK = 2  # years before the report's, for what is compared


def topic_text(
    sources: Sources, topic: Topic, selection: Selection, concealed: JointSuppression
) -> ReportPage | None:
    """What is told of the selected area; None where there are no figures, or no period is chosen.

    ``concealed`` is hidden besides what is hidden in whatever leaves.
    """
    last = selection.period
    if last is None:
        return None
    names = list(topic.headline)
    parts = [
        child.id for name in names for child in sources.catalogue.children(name, Part.COMPONENT)
    ]
    first, smallest = Period(last.year - LOOK_BACK, 1), sources.context.settings.small_cells
    points = sources.figures.points(
        [*names, *parts], selection.area, first, last, below=True, known=selection.as_known
    )
    # a figure of the year before, where the last one is older, is compared with the one before it
    ends = (last, last.plus(-12))
    keys = [FigureKey(code, selection.area, end) for code in (*names, *parts) for end in ends]
    suppressed = sources.release.guard(moment_of(selection.as_known)).suppressed_figures(
        keys, concealed
    )
    sibling_points = _district_points(sources, names, selection, last)
    narrative = narrate(points, names, selection, smallest, suppressed, sibling_points)
    if not narrative.paragraphs:
        return None
    notes = source_notes(
        sources.context.engine, {n for point in narrative.used for n in point.submissions}
    )
    source = known_line(origin(narrative.used, notes, selection.language).line, selection)
    name = topic.title[selection.language]
    title = word("narrative_title", selection.language, topic=name)
    return ReportPage(PageKind.TEXT, title, paragraphs=narrative.paragraphs, source=source)


def _district_points(
    sources: Sources, names: list[str], selection: Selection, last: Period
) -> Points | None:
    """The figures of a street's district and of all its streets; None for other areas."""
    area = sources.areas().get(selection.area)
    if area is None or not area.parent or sources.areas().children(selection.area):
        return None
    first = Period(last.year - LOOK_BACK, 1)
    return sources.figures.points(
        names, area.parent, first, last, below=True, known=selection.as_known
    )
