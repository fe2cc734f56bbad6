"""Works out which cells of a chart's table are suppressed: small counts, and what they follow from.

On the screen nothing changes. Every file is made from the suppressed chart, so that no renderer
has to think of it.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterator

from dashboard.analysis.complementary import SumTable, suppress
from dashboard.analysis.figure_key import FigureKey
from dashboard.analysis.figure_relations import SuppressedFigures
from dashboard.analysis.small_counts import is_small
from dashboard.catalogue.concepts import Indicator
from dashboard.catalogue.lookup import Catalogue
from dashboard.catalogue.periods import months_between
from dashboard.charts.model.chart import CellFact, CellRole, Chart
from dashboard.disclosure.suppressed_chart import (
    with_suppression_note,
    without_cells,
)
from dashboard.disclosure.table_relations import Cells, Place, cells_of


def suppress_chart(
    chart: Chart, smallest: int, catalogue: Catalogue, known: SuppressedFigures | None = None
) -> Chart:
    """The chart with counts of people below ``smallest`` suppressed; itself where there are none.

    Persons, couples and households count, money and beds do not; a zero is not suppressed; 0
    suppresses nothing. Suppressed cells read "*" in the table and are missing in the series. What
    they follow from goes too: a second cell of each sum, the change after a small base, the rate of
    a suppressed count, the order of ranks, the mean line and the sentence. ``known`` are figures
    that are suppressed in every chart and list.
    """
    if chart.empty or smallest < 1:
        return chart
    cells = cells_of(chart, catalogue)
    counts = _suppressed_counts(cells, smallest, known)
    following = _suppressed_following(chart, cells, counts, catalogue, smallest)
    if known:
        following |= {place for place, fact in cells.following.items() if _follows(fact, known)}
    if counts | following:
        return without_cells(chart, counts, following, smallest)
    if any(_discloses(fact, catalogue, smallest, known) for fact in chart.stated):
        return with_suppression_note(chart, smallest)
    return chart


def _discloses(
    fact: CellFact, catalogue: Catalogue, smallest: int, known: SuppressedFigures | None
) -> bool:
    """Whether what only the sentence states is a small count, follows from one, or gives one."""
    if fact.figure is None:
        return False
    meaning = catalogue.indicators[fact.figure.indicator]
    if fact.role is CellRole.CHANGE and _tells_small_base(fact, meaning, smallest):
        return True
    if fact.role is CellRole.COUNT and is_small(fact.value, meaning, smallest):
        return True
    return known is not None and _follows(fact, known)


def _suppressed_counts(cells: Cells, smallest: int, known: SuppressedFigures | None) -> set[Place]:
    """Primary and complementary suppression of the table's counts, and what is so elsewhere."""
    also: set[Hashable] = {
        place
        for place, key in cells.figures.items()
        if known and place in cells.counts and known.hides(key)
    }
    # a total that is small itself is suppressed wherever it stands
    beyond = {name for name, total in cells.beyond.items() if not 0 < abs(total) < smallest}
    table = SumTable(cells.values, cells.relations, beyond, set(cells.derived), cells.names)
    found = suppress(table, smallest, also)
    return {place for place in cells.counts if place in found} | _disputed(cells, smallest)


def _disputed(cells: Cells, smallest: int) -> set[Place]:
    """The cells whose remark names a small count as another value."""
    return {
        place
        for place, others in cells.others.items()
        if any(0 < abs(value) < smallest for value in others)
    }


def _suppressed_following(
    chart: Chart, cells: Cells, counts: set[Place], catalogue: Catalogue, smallest: int
) -> set[Place]:
    """Changes, shares and rates from which a suppressed count of this table would follow."""
    figures = {cells.figures[place] for place in counts if place in cells.figures}
    rows = {row for row, _ in counts}
    gone = _after_small_bases(chart, cells, catalogue, smallest)
    for place, fact in cells.following.items():
        if fact.figure is None:
            follows = place[0] in rows
        else:
            follows = any(key in figures for key in _with_sides(fact, catalogue))
        if follows:
            gone.add(place)
    return gone


def _after_small_bases(
    chart: Chart, cells: Cells, catalogue: Catalogue, smallest: int
) -> set[Place]:
    """The changes after a base that is a small count, and those of the other areas beside them.

    The bases make a sum, too: the total of all areas less the others' bases would be the small one.
    """
    changes = {
        place: (fact, fact.figure)
        for place, fact in cells.following.items()
        if fact.role is CellRole.CHANGE and fact.figure is not None
    }
    small = {
        place
        for place, (fact, figure) in changes.items()
        if _tells_small_base(fact, catalogue.indicators[figure.indicator], smallest)
    }
    columns = {column for _, column in small}
    beside = {
        place
        for place, (_, figure) in changes.items()
        if place[1] in columns and figure.area != chart.area
    }
    return small | beside


def _tells_small_base(fact: CellFact, meaning: Indicator, smallest: int) -> bool:
    """Whether a small count follows from a change after it; a fall to nothing leaves it open."""
    return is_small(fact.then, meaning, smallest) and (fact.value is None or fact.value > -100)


def _follows(fact: CellFact, known: SuppressedFigures) -> bool:
    return any(map(known.hides, inputs_of(fact)))


def _with_sides(fact: CellFact, catalogue: Catalogue) -> Iterator[FigureKey]:
    """The figures a cell follows from, of rates the numerator and denominator too."""
    for key in inputs_of(fact):
        meaning = catalogue.indicators[key.indicator]
        for name in filter(None, (key.indicator, meaning.numerator, meaning.denominator)):
            yield key._replace(indicator=name)


def inputs_of(fact: CellFact) -> list[FigureKey]:
    """The figures a cell follows from: its own, and of a change the one compared with.

    A change on the step before compares the amounts of two steps, of running totals too.
    """
    key = fact.figure
    if key is None:
        return []
    if fact.base is None:
        return [key]
    before = key._replace(period=fact.base)
    step = months_between(fact.base, key.period)
    if key.months or step >= 12:
        return [key, before]
    return [key, before, key._replace(months=step), before._replace(months=step)]
