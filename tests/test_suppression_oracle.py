"""A linear program asks of random tables: is every small count safe, is nothing too much gone?"""

from itertools import pairwise, product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.optimize import linprog

from dashboard.analysis.complementary import SumTable, suppress
from dashboard.analysis.feasible import Fillings

K = 5
COUNT = st.one_of(st.integers(0, 4), st.integers(0, 12), st.integers(0, 200))


class Oracle:
    """The most a hidden cell can be, by HiGHS: every sum holds, shown cells are what they are."""

    def __init__(self, table, hidden):
        self.table, self.hidden = table, set(hidden) | set(table.derived)
        self.cells = list(table.values)
        self.sums = [[sums.get(cell, 0.0) for cell in self.cells] for sums in table.relations]

    def bounds(self, cell):
        value = self.table.values[cell]
        return (self.table.floor(cell), None) if cell in self.hidden else (value, value)

    def most(self, cell):
        aim = [-1.0 if one == cell else 0.0 for one in self.cells]
        bounds = [self.bounds(one) for one in self.cells]
        if not self.sums:
            return float("inf") if cell in self.hidden else self.table.values[cell]
        found = linprog(aim, A_eq=self.sums, b_eq=[0.0] * len(self.sums), bounds=bounds)
        assert found.status in (0, 3), found.message
        return float("inf") if found.status == 3 else -found.fun

    def exposed(self):
        """The small counts, shown ones and derived ones too, that cannot be K or more."""
        small = [cell for cell, value in self.table.values.items() if 0 < abs(value) < K]
        return {
            cell for cell in small if cell not in self.table.known and self.most(cell) < K - 1e-6
        }


def added(totals, names, cell):
    """The sum of a line of a table, with its relation."""
    return {cell: sum(totals[name] for name in names)}, {cell: -1.0, **dict.fromkeys(names, 1.0)}


def cube(sides, draw):
    """A table with every margin, of two or three dimensions: totals are named by None."""
    axes = [[*range(side), None] for side in sides]
    values = {cell: float(draw(COUNT)) for cell in product(*(range(side) for side in sides))}
    relations = []
    for axis in range(len(sides)):
        for cell in product(
            *(axes[at] if at < axis else axes[at][:-1] for at in range(len(sides)) if at != axis)
        ):
            parts = [(*cell[:axis], place, *cell[axis:]) for place in range(sides[axis])]
            whole, relation = added(values, parts, (*cell[:axis], None, *cell[axis:]))
            values |= whole
            relations.append(relation)
    # the margins of margins follow along their first axis alone: add the others
    have = {frozenset(relation) for relation in relations}
    for axis, cell in product(range(len(sides)), product(*axes)):
        line = [(*cell[:axis], place, *cell[axis + 1 :]) for place in axes[axis]]
        if cell[axis] is None and frozenset(line) not in have:
            have.add(frozenset(line))
            relations.append({line[-1]: -1.0, **dict.fromkeys(line[:-1], 1.0)})
    return SumTable(values, relations)


def running_totals(streets, months, draw):
    """Running totals of streets and their district; the amounts of months are nowhere shown."""
    values, relations, derived = {}, [], {}
    for street in range(streets):
        total = 0.0
        for month in range(months):
            total += draw(COUNT)
            values[street, month] = total
    for month in range(months):
        whole, relation = added(values, [(s, month) for s in range(streets)], (None, month))
        values |= whole
        relations.append(relation)
    for street, (before, after) in product([*range(streets), None], pairwise(range(months))):
        step = ("step", street, after)
        derived[step] = values[street, after] - values[street, before]
        relations.append({(street, after): -1.0, (street, before): 1.0, step: 1.0})
    return SumTable({**values, **derived}, relations, derived=frozenset(derived))


TABLES = {
    "rows and columns": lambda draw: cube((draw(st.integers(2, 4)), draw(st.integers(2, 5))), draw),
    "areas, parts and sexes": lambda draw: cube((3, 2, 2), draw),
    "running totals": lambda draw: running_totals(draw(st.integers(1, 4)), 5, draw),
}


@pytest.mark.slow
@pytest.mark.parametrize("kind", TABLES)
@settings(max_examples=120, deadline=None)
@given(st.data())
def test_every_small_count_could_be_as_large_as_what_is_shown(kind, data):
    table = TABLES[kind](data.draw)
    hidden = suppress(table, K)
    assert not Oracle(table, hidden).exposed()


@pytest.mark.slow
@pytest.mark.parametrize("kind", TABLES)
@settings(max_examples=60, deadline=None)
@given(st.data())
def test_no_cell_is_hidden_that_could_be_shown(kind, data):
    """Irreducible: any one complementary cell shown again exposes a small count."""
    table = TABLES[kind](data.draw)
    hidden = suppress(table, K)
    for cell in hidden:
        if not 0 < abs(table.values[cell]) < K:
            assert Oracle(table, hidden - {cell}).exposed(), cell


@pytest.mark.slow
@settings(max_examples=150, deadline=None)
@given(st.data())
def test_a_walk_among_the_fillings_gets_as_far_as_the_linear_program(data):
    table = TABLES[data.draw(st.sampled_from(sorted(TABLES)))](data.draw)
    cells = sorted(table.values, key=repr)
    hidden = set(data.draw(st.lists(st.sampled_from(cells), min_size=1, max_size=12)))
    oracle = Oracle(table, hidden)
    for cell in hidden:
        number = {one: place for place, one in enumerate(cells)}
        relations = [
            {number[one]: size for one, size in terms.items()} for terms in table.relations
        ]
        fillings = Fillings(
            [table.values[one] for one in cells],
            relations,
            {number[one] for one in oracle.hidden},
            [table.floor(one) for one in cells],
        )
        most = min(oracle.most(cell), 1000.0)
        assert fillings.reach(number[cell], most - 1e-6)
        assert most == 1000.0 or not fillings.reach(number[cell], most + 0.01)
        for relation in relations:
            assert abs(sum(size * fillings.values[one] for one, size in relation.items())) < 1e-6
