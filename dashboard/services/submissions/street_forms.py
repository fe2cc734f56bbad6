"""Lists the forms that an area fills in: its own tables as it handed them in, official forms."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from dashboard.base.language import Text, word
from dashboard.catalogue.concepts import Accumulation, Aggregation, Area, Unit
from dashboard.services.context import Context
from dashboard.store.form_drafts import reported_indicators
from dashboard.store.statements import statements_of
from dashboard.store.submissions import SubmissionRow, read_sources

OFFICIAL, OWN = "form:", "table:"
_TABLES = ("street_table",)  # layouts of a bureau's own tables whose rows are streets
_WAN_YUAN, _YUAN = "万元", "元"
FILLED_IN = "填报_"  # before the names of files made of filled-in forms
_FILLED_IN = re.compile(rf"{FILLED_IN}.+_\d{{4}}-\d{{2}}\.xlsx")
_NO_FORM = "-"  # lines that stand in no numbered form


class FormLine(NamedTuple):
    """A line: the indicator it means, how it is printed, and the unit in which it is typed."""

    indicator: str
    name: Text
    printed: str
    code: str
    unit: Unit
    accumulation: Accumulation


class StreetForm(NamedTuple):
    """A form that a street can fill in; ``official`` is its number, empty for an own table."""

    key: str
    name: Text
    official: str
    lines: tuple[FormLine, ...]


class StreetForms:
    """The forms of the areas of a context. Thread-safe."""

    def __init__(self, context: Context) -> None:
        """List what was handed in to the store of this context."""
        self._context = context

    def of(self, area: Area) -> list[StreetForm]:
        """The own tables of an area, the one begun last first, then the official forms.

        Those without a line that can be filled in are left out; listed anew once figures of the
        area or of those around it changed.
        """
        return self._context.cached(
            "street_forms", area.code, lambda: self._listed(area), area.code
        )

    def _listed(self, area: Area) -> list[StreetForm]:
        has_district = self._context.areas().get(area.parent) is not None
        forms = [*(self._own_tables(area) if has_district else ()), *self._official_forms()]
        return [form for form in forms if form.lines]

    def _official_forms(self) -> list[StreetForm]:
        """Each official form in its latest edition."""
        catalogue = self._context.catalogue
        editions: dict[str, str] = {}
        for line in catalogue.lines:
            if line.form != _NO_FORM:
                editions[line.form] = max(editions.get(line.form, ""), line.edition)
        by_name = {unit.name.zh: unit for unit in catalogue.units.values()}
        forms = []
        for number, edition in editions.items():
            lines = []
            for line in catalogue.lines:
                indicator = catalogue.indicators.get(line.indicator)
                if (line.form, line.edition) != (number, edition) or indicator is None:
                    continue
                if indicator.accumulation is Accumulation.OVER_SPAN:
                    continue
                unit = by_name.get(line.unit, indicator.unit)
                name = Text(line.name, indicator.name.en)
                lines.append(
                    FormLine(indicator.id, name, line.name, line.code, unit, indicator.accumulation)
                )
            name = Text(*(f"{word('form_official', code)} {number}" for code in ("zh", "en")))
            forms.append(StreetForm(f"{OFFICIAL}{number}", name, number, tuple(lines)))
        return forms

    def _own_tables(self, area: Area) -> list[StreetForm]:
        """The bureau's own tables in which the area has figures, each named by its latest file.

        Submissions are the same table where at least half of the indicators of the smaller one
        stand in both; a table is known by the first of them, so that it stays the same one.
        """
        reported = reported_indicators(self._context.engine, area.code)
        heads = read_sources(self._context.engine, reported)
        tables: list[tuple[set[str], list[SubmissionRow]]] = []
        for number, indicators in reported.items():
            if number not in heads or not _is_table(heads[number]):
                continue
            known, rows = next(
                (one for one in tables if _is_same(one[0], indicators)), (set[str](), [])
            )
            if not rows:
                tables.append((known, rows))
            known |= indicators
            rows.append(heads[number])
        return [self._own_table(area, known, rows) for known, rows in reversed(tables)]

    def _own_table(self, area: Area, known: set[str], rows: Sequence[SubmissionRow]) -> StreetForm:
        """The table of these submissions, named and in the order of lines of the latest file.

        What was filled in on a page has no name and order of its own, and counts after all files.
        """
        ordered = sorted(rows, key=lambda row: (not _is_filled_in(row), row.period, row.id))
        latest, order = ordered[-1], dict[str, None]()
        for row in reversed(ordered):
            if known <= order.keys():
                break
            stated = statements_of(self._context.engine, row.id)
            order |= dict.fromkeys(
                observation.indicator for observation in stated if observation.area == area.code
            )
        ids = [name for name in order if name in known]
        file = latest.file.rpartition(".")[0] or latest.file
        name = Text(*(f"{word('form_street_table', code)} · {file}" for code in ("zh", "en")))
        return StreetForm(f"{OWN}{rows[0].id}", name, "", tuple(self._lines(ids)))

    def _lines(self, ids: Iterable[str]) -> Iterable[FormLine]:
        catalogue = self._context.catalogue
        wan = next(one for one in catalogue.units.values() if one.name.zh == _WAN_YUAN)
        for name in ids:
            indicator = catalogue.indicators.get(name)
            if indicator is None or indicator.numerator:
                continue  # rates are computed
            if indicator.accumulation is Accumulation.OVER_SPAN:
                continue  # a month says nothing of a longer span
            is_sum = indicator.aggregation is Aggregation.SUM
            unit = wan if is_sum and indicator.unit.name.zh == _YUAN else indicator.unit
            shown = indicator.name
            yield FormLine(name, shown, shown.zh, "", unit, indicator.accumulation)


def _is_filled_in(row: SubmissionRow) -> bool:
    """Whether a submission came from a form that was filled in on a page."""
    return _FILLED_IN.fullmatch(row.file) is not None


def _is_table(row: SubmissionRow) -> bool:
    """Whether a submission is a table of streets of one month that counts."""
    return row.form in _TABLES and row.period is not None and not row.withdrawn


def _is_same(known: set[str], indicators: frozenset[str]) -> bool:
    """Whether at least half of the indicators of the smaller table stand in both."""
    return 2 * len(indicators & known) >= min(len(indicators), len(known)) > 0
