"""A chart as it may leave the house: small counts of people hidden, and what gives them away.

On the screen nothing changes. Every file that leaves is made from the guarded chart, so that no
renderer has to think of it.
"""

from __future__ import annotations

import re
from collections.abc import Hashable
from dataclasses import replace

from dashboard.analysis.complementary import cells_to_hide, steps_to_hide
from dashboard.analysis.figure_relations import HiddenFigures
from dashboard.analysis.small_counts import COUNTED, HIDDEN
from dashboard.base.language import Text, word
from dashboard.catalogue.concepts import FigureStatus
from dashboard.catalogue.lookup import Catalogue
from dashboard.catalogue.topics import Kind
from dashboard.charts.model.chart import Chart, Series, Table
from dashboard.charts.model.map_classes import classed_anew
from dashboard.charts.model.selection import YEAR_ON_YEAR
from dashboard.charts.text import wording
from dashboard.disclosure.table_relations import Cells, Place, cells_of, tells_shares

_NUMBER = re.compile(r"\d[\d,]*(?:\.\d+)?")
_RANKED = (Kind.BAR, Kind.MAP)
_SORTED = (*_RANKED, Kind.COMPOSITION)  # their order tells between which others a value lies
__all__ = ["COUNTED", "for_export", "hidden_note", "hides_something"]


def hidden_note(smallest: int, language: str) -> str:
    """What an export says about hidden counts."""
    return word("hidden_note", language, smallest=smallest)


def says_hidden(chart: Chart, smallest: int) -> Chart:
    """The chart with a sentence that gives nothing away, and what is hidden in note and facts."""
    note = hidden_note(smallest, chart.language)
    if note in chart.notes:
        return chart
    return replace(
        chart,
        sentence=word("hidden_sentence", chart.language, title=chart.title),
        notes=(*chart.notes, note),
        facts=(*chart.facts, (word("chart_fact_hidden", chart.language), note)),
    )


def hides_something(chart: Chart) -> bool:
    """Whether something was hidden in a guarded chart."""
    return any(HIDDEN in cells for _, cells in chart.table.rows)


def _numbers(text: str) -> list[float]:
    return [float(found.replace(",", "")) for found in _NUMBER.findall(text)]


def _base_is_small(chart: Chart, cells: Cells, place: Place, smallest: int) -> bool:
    """Whether a printed change lets a small count a year or a step before be worked out."""
    row, column = place
    change, now = chart.table.numbers[row][column], cells.counts.get(cells.derived[place])
    if now is None:
        return False
    if change is None:  # growth was refused, and its reason may say by how much it differs
        said = _numbers(chart.table.words[row][column])
        return any(0 < abs(now + sign * n) < smallest for n in said for sign in (1, -1))
    if change <= -100:
        return False  # a fall to nothing says of the base only that there was one
    base = abs(now / (1 + change / 100))
    return 0 < round(base, 3) < smallest


def _derived_to_hide(chart: Chart, cells: Cells, hidden: set[Place], smallest: int) -> set[Place]:
    """Changes, shares and rates that would give a hidden count away."""
    gone = {place for place, of in cells.derived.items() if of in hidden}
    if chart.kind is not Kind.COMPOSITION:
        told = {p for p in cells.derived if _base_is_small(chart, cells, p, smallest)}
        columns = {column for _, column in told}
        # the bases make a sum, too: where one is small, the changes beside it go as well
        gone |= told
        for place, of in cells.derived.items():
            key = cells.keys[of]
            if place[1] in columns and key and key.area != chart.area:
                gone.add(place)
    keys = {cells.keys[place] for place in hidden}
    earlier = {(key.indicator, key.area) for key in keys if key}
    for place, of in cells.derived.items():
        key = cells.keys[of]
        if key and chart.kind is not Kind.COMPOSITION and (key.indicator, key.area) in earlier:
            gone.add(place)  # the base of this change may be one of them
    return gone


def _rates_to_hide(cells: Cells, hidden: set[Place], catalogue: Catalogue) -> set[Place]:
    keys = {key for place in hidden if (key := cells.keys[place])}
    gone = set()
    for place, key in cells.rates.items():
        meaning = catalogue.indicators[key.indicator]
        sides = (meaning.numerator, meaning.denominator)
        if any(key._replace(indicator=side) in keys for side in sides):
            gone.add(place)
    return gone


def _table(chart: Chart, gone: set[Place], order: list[int]) -> Table:
    """The table with its hidden cells as "*", its rows in the order."""
    table, language = chart.table, chart.language
    ranked = word("chart_place", language)  # who is third tells between which others a value lies
    rank = table.columns.index(ranked) if chart.kind in _RANKED and ranked in table.columns else -1
    rows, numbers, tones, words, figures = [], [], [], [], []
    for row in order:
        key, cells = table.rows[row]
        hide = {column for column in range(len(table.columns)) if (row, column) in gone}
        signs = [
            HIDDEN if i in hide else "—" if i == rank else text for i, text in enumerate(cells)
        ]
        hide |= {rank}
        rows.append((key, tuple(signs)))
        numbers.append(tuple(None if i in hide else n for i, n in enumerate(table.numbers[row])))
        tones.append(tuple("" if i in hide else tone for i, tone in enumerate(table.tones[row])))
        said = word("status_hidden", language)
        words.append(
            tuple(
                said if sign == HIDDEN else text
                for sign, text in zip(signs, table.words[row], strict=True)
            )
        )
        figures.append(table.figures[row])
    return replace(
        table,
        rows=tuple(rows),
        numbers=tuple(numbers),
        tones=tuple(tones),
        words=tuple(words),
        figures=tuple(figures),
    )


def _columns(chart: Chart, cells: Cells) -> list[int]:
    """The columns of the table in which the series stand, in their order."""
    places = {*cells.keys, *cells.rates}
    return sorted({column for _, column in places})[: len(chart.series)]


def _row_of(chart: Chart, category: int) -> int:
    """The row of the table of a category."""
    key = chart.keys[category] if chart.keys else ""
    for row, (name, cells) in enumerate(chart.table.rows):
        if (key and name == key) or (not key and cells[0] == chart.categories[category]):
            return row
    return -1


def _series(
    chart: Chart, cells: Cells, gone: set[Place], order: list[int], smallest: int
) -> tuple[Series, ...]:
    columns, made = _columns(chart, cells), []
    rows = [_row_of(chart, category) for category in range(len(chart.categories))]
    counted = not set(cells.rates) & {(row, columns[0]) for row in rows}
    for place, series in enumerate(chart.series):
        column = columns[place] if place < len(columns) else -1
        hide = {
            i
            for i, value in enumerate(series.values)
            if value is not None
            and ((rows[i], column) in gone or (counted and 0 < abs(value) < smallest))
        }

        def without(texts: tuple[str, ...], instead: str, hide: set[int] = hide) -> tuple[str, ...]:
            if not texts:
                return texts
            return tuple(instead if i in hide else texts[i] for i in order)

        made.append(
            replace(
                series,
                values=tuple(None if i in hide else series.values[i] for i in order),
                statuses=without(series.statuses, str(FigureStatus.SUPPRESSED)),
                texts=without(series.texts, HIDDEN),
                labels=without(series.labels, HIDDEN),
                hover=tuple("" for _ in order) if series.hover else (),
                levels=tuple(0 if i in hide else series.levels[i] for i in order)
                if series.levels
                else (),
            )
        )
    return tuple(made)


def _says_small(chart: Chart, place: Place, smallest: int) -> bool:
    """Whether a remark on a disputed value names another value that is small."""
    before = Text(
        word("status_disputed", "zh", others=""), word("status_disputed", "en", others="")
    )
    row, column = place
    _, found, others = chart.table.words[row][column].partition(before[chart.language])
    return bool(found) and any(0 < number < smallest for number in _numbers(others))


def _also_hidden(
    chart: Chart, cells: Cells, hidden: HiddenFigures
) -> tuple[set[Place], set[Place]]:
    """Counts that are hidden wherever they leave, and what says something about such ones."""
    yearly = wording.comparison_name(YEAR_ON_YEAR, chart.language)
    keys = {place: key for place, key in cells.keys.items() if key is not None}
    also = {place for place, key in keys.items() if hidden.hides(key)}
    told = {
        place
        for place, of in cells.derived.items()
        if of in also
        or (of in keys and hidden.hides_base(keys[of], yearly in chart.table.columns[place[1]]))
    }
    changes = tells_shares(chart)
    told |= {
        place
        for place, key in cells.rates.items()
        if hidden.hides(key) or (changes and hidden.hides_base(key, yearly=True))
    }
    return also, told


def for_export(
    chart: Chart, smallest: int, catalogue: Catalogue, known: HiddenFigures | None = None
) -> Chart:
    """The chart with counts of people below ``smallest`` hidden; unchanged where there are none.

    Persons, couples and households count, money and beds do not; a zero is not hidden; 0 hides
    nothing. Hidden cells read "*" in the table and are missing in the series. What would give them
    away goes too: a second cell of each sum, the change after a small base, the rate of a hidden
    count, the order of ranks, the mean line and the sentence. ``known`` are figures that are
    hidden whatever leaves, so that no other chart or list shows what this one hides.
    """
    cells = Cells() if chart.empty or smallest < 1 else cells_of(chart, catalogue)
    if not cells.keys and not cells.rates:
        return chart
    everywhere, told = _also_hidden(chart, cells, known) if known else (set(), set())
    also: set[Hashable] = {place for place in everywhere if place in cells.counts}
    for steps in cells.steps:
        also |= steps_to_hide([(place, cells.counts[place]) for place in steps], smallest)
    found = cells_to_hide(cells.values, smallest, cells.relations, cells.fixed, also, cells.names)
    hidden = {place for place in found if place in cells.counts}
    hidden |= {place for place in cells.counts if _says_small(chart, place, smallest)}
    gone = hidden | _derived_to_hide(chart, cells, hidden, smallest)
    rates = _rates_to_hide(cells, hidden, catalogue) | (told & set(cells.rates))
    gone |= rates | told
    if not gone:
        return chart
    rows, categories = list(range(len(chart.table.rows))), list(range(len(chart.categories)))
    if chart.kind in _SORTED:
        away = {row for row, _ in hidden | rates}
        whole = {row for row, (key, _) in enumerate(chart.table.rows) if key == chart.area != ""}
        rows.sort(
            key=lambda row: (
                row in whole,
                row in away,
                chart.table.rows[row] if row in away else ("", ()),
            )
        )
        last = {i for i in categories if _row_of(chart, i) in away}
        categories.sort(key=lambda i: (i in last, chart.keys[i] if i in last else ""))
    guarded = replace(
        chart,
        table=_table(chart, gone, rows),
        series=_series(chart, cells, gone, categories, smallest),
        categories=tuple(chart.categories[i] for i in categories),
        keys=tuple(chart.keys[i] for i in categories) if chart.keys else (),
        partial=tuple(chart.partial[i] for i in categories) if chart.partial else (),
        unfinished=tuple(chart.unfinished[i] for i in categories) if chart.unfinished else (),
        ticks=tuple(chart.ticks[i] for i in categories) if chart.ticks else (),
        targets=() if chart.kind in _RANKED else chart.targets,
        map=chart.map and replace(chart.map, shapes=tuple(chart.map.shapes[i] for i in categories)),
    )
    return classed_anew(says_hidden(guarded, smallest))
