"""An attacker: collects what is exported, and works out what the bureau suppressed."""

from collections import defaultdict
from itertools import pairwise
from statistics import median

import numpy as np
from scipy.optimize import linprog
from scipy.sparse import csr_matrix

from dashboard.analysis.small_counts import counts_people
from dashboard.catalogue.concepts import Accumulation
from dashboard.catalogue.periods import Period
from dashboard.charts.model.chart import CellRole

YEAR_TO_DATE, STOCK = Accumulation.YEAR_TO_DATE, Accumulation.END_OF_PERIOD
CLOSE = 1e-6


class Attacker:
    """What is known of each figure (indicator, area, period) and amount of some months."""

    def __init__(self, catalogue):
        self.catalogue = catalogue
        self.figures, self.amounts, self.changes, self.rates = {}, {}, [], {}

    # ---- collecting ----

    def take_rows(self, rows):
        """Rows of a list: figures that have a value."""
        for row in rows:
            if row["kind"] == "actual" and row["value"] is not None:
                period = Period(int(row["period"][:4]), int(row["period"][5:7] or 12))
                self.figures[row["indicator"], row["area"], period] = float(row["value"])

    def take_chart(self, chart):
        """The cells of a chart's table, and that its series show no more than they do."""
        seen = {fact.value for row in chart.table.facts for fact in row if fact.value is not None}
        self.drawn_beside = [
            value
            for series in chart.series
            for value in series.values
            if value is not None and value not in seen
        ]
        for row in chart.table.facts:
            for fact in row:
                self._take_fact(fact)

    def _take_fact(self, fact):
        if fact.value is None or fact.figure is None:
            return
        node = fact.figure[:3]
        if fact.role is CellRole.CHANGE and fact.base is not None:
            self.changes.append((fact.figure, fact.base, fact.value))
        elif fact.role in (CellRole.COUNT, CellRole.AMOUNT, CellRole.RATE):
            known = self.amounts if fact.figure.months else self.figures
            known[(*node, fact.figure.months) if fact.figure.months else node] = fact.value

    # ---- working out ----

    def differences(self):
        """Amounts of people between two neighbouring running totals, by their last month."""
        years = defaultdict(list)
        for name, area, period in self.figures:
            meaning = self.catalogue.indicators[name]
            if counts_people(meaning) and meaning.accumulation is YEAR_TO_DATE:
                years[name, area, period.year].append(period)
        for (name, area, _), months in years.items():
            for before, after in pairwise(sorted(months)):
                amount = self.figures[name, area, after] - self.figures[name, area, before]
                yield (name, area, before, after), amount

    def bases(self):
        """Figures of people that follow from a printed change and the figure that changed."""
        for figure, base, change in self.changes:
            meaning = self.catalogue.indicators[figure.indicator]
            now = self.figures.get(figure[:3])
            if counts_people(meaning) and not figure.months and now is not None and change > -100:
                yield (figure.indicator, figure.area, base), now / (1 + change / 100)

    def counts_of_money(self):
        """Counts of people as money ÷ the usual money of one, by every span that is published."""
        for counted, paid in self.catalogue.payments.items():
            for money in paid:
                yield from self._counts_of(counted, money)

    def _counts_of(self, counted, money):
        stock = self.catalogue.indicators[counted].accumulation is STOCK
        spans = list(self._spans(money))
        each = defaultdict(list)
        for (area, before, after), amount in spans:
            persons = self.persons(counted, area, before, after, stock)
            if persons:
                each[after.year].append(amount / persons)
        for (area, before, after), amount in spans:
            standards = each.get(after.year)
            if standards:
                yield (counted, area, before, after), amount / median(standards)

    def _spans(self, money):
        """The money between two neighbouring published totals of a year; before is its start."""
        years = defaultdict(list)
        for name, area, period in self.figures:
            if name == money:
                years[area, period.year].append(period)
        for (area, year), months in years.items():
            total = 0.0
            before = Period(year - 1, 12)
            for after in sorted(months):
                value = self.figures[money, area, after]
                yield (area, before, after), value - total
                before, total = after, value

    def persons(self, counted, area, before, after, stock):
        """Months of people in a span, as far as published; 0 where one is not."""
        months = (after.year - before.year) * 12 + after.month - before.month
        if stock:
            found = [self.figures.get((counted, area, after.plus(-n))) for n in range(months)]
            return sum(found) if None not in found else 0
        last = self.figures.get((counted, area, after))
        first = 0.0 if before.year < after.year else self.figures.get((counted, area, before))
        return last - first if None not in (first, last) else 0

    def most(self, sums, cells):
        """The most that each of these cells can be, given all figures known and all sums.

        ``sums`` are those in which the real figures stand (``StoredSums``); nothing is below zero.
        """
        values = {**sums.derived, **sums.values}
        place = {cell: at for at, cell in enumerate(values)}
        known = {cell for cell in sums.values if cell in self.figures}
        entries = [
            (row, place[cell], size)
            for row, relation in enumerate(sums.relations)
            for cell, size in relation.items()
        ]
        rows, columns, sizes = zip(*entries, strict=True) if entries else ((), (), ())
        matrix = csr_matrix((sizes, (rows, columns)), shape=(len(sums.relations), len(values)))
        right = matrix @ np.array(list(values.values()))  # zero, but where the store contradicts
        limits = [
            (value, value) if cell in known else (min(0.0, value), None)
            for cell, value in values.items()
        ]
        for cell in cells:
            aim = np.zeros(len(values))
            aim[place[cell]] = -1.0
            found = linprog(aim, A_eq=matrix, b_eq=right, bounds=limits)
            assert found.status in (0, 3), found.message
            yield cell, float("inf") if found.status == 3 else -found.fun
