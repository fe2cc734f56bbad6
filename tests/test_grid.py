"""The grid of meaning: ids are written from parts and read back; declared indicators are cells."""

import pickle

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sheets import catalogue

from dashboard.catalogue.concepts import Accumulation, Part
from dashboard.catalogue.grid import IndicatorCell, own_programme, own_value

GRID = catalogue().grid
PROGRAMMES = sorted(GRID.programmes)


@st.composite
def cells(draw):
    """Any cell that the grid allows."""
    programme = GRID.programmes[draw(st.sampled_from(PROGRAMMES))]
    measures = list(GRID.measures_of(programme))
    measure = draw(st.sampled_from(measures)) if measures else None
    if measure is None:
        return None
    values = list(GRID.values_of(programme, measure))
    chosen = draw(st.lists(st.sampled_from(values), max_size=2)) if values else []
    pairs = {one.dimension: one.id for one in chosen}
    scope = draw(st.sampled_from(["", *GRID.scopes_of(programme)]))
    in_month = draw(st.booleans()) and GRID.is_flow(programme, measure)
    return IndicatorCell(programme.id, measure.id, scope, tuple(sorted(pairs.items())), in_month)


@given(cells())
def test_an_id_is_read_back_as_the_cell_it_was_written_from(cell):
    if cell is None:
        return
    read = GRID.cell_of(GRID.composed_id(cell))
    assert read is not None
    assert (read.programme, read.measure, read.scope) == (cell.programme, cell.measure, cell.scope)
    assert (dict(read.values), read.in_month) == (dict(cell.values), cell.in_month)


@given(cells())
def test_every_cell_is_an_indicator_with_a_name_in_both_languages_and_a_parent_that_exists(cell):
    if cell is None:
        return
    found = catalogue().indicators[GRID.id_of(cell)]
    assert found.name.zh and found.name.en
    assert not found.parent or found.parent in catalogue().indicators
    if GRID.is_flow(GRID.programmes[cell.programme], GRID.measures[cell.measure]):
        assert catalogue().indicators[found.linked].linked == found.id


def test_a_declared_indicator_keeps_its_id_and_is_found_by_its_cell():
    known = catalogue().indicators
    assert known["urban_dibao__persons"].id == "urban_dibao_persons"
    assert known["urban_dibao__persons__sex_female"].id == "urban_dibao_women"
    assert GRID.id_of(IndicatorCell("marriages", "couples", in_month=True)) == "marriages_in_month"


def test_a_flow_is_kept_for_the_month_and_since_january_and_the_two_name_each_other():
    month = catalogue().indicators["old_age_allowance__money__in_month"]
    assert month.accumulation is Accumulation.IN_MONTH
    assert month.linked == "old_age_allowance_paid"
    assert catalogue().indicators["old_age_allowance_paid"].linked == month.id


def test_a_value_is_part_of_the_cell_without_it():
    women = catalogue().indicators["rural_dibao__persons__sex_female"]
    assert (women.parent, women.part) == ("rural_dibao_persons", Part.COMPONENT)


@pytest.mark.parametrize(
    "identity",
    ["marriages__beds", "dibao__persons__sex_unknown", "urban_orphans__persons", "dibao__", "a__b"],
)
def test_parts_that_do_not_go_together_are_no_indicator(identity):
    assert identity not in catalogue().indicators
    with pytest.raises(KeyError):
        catalogue().indicators[identity]


def test_what_a_bureau_names_itself_needs_no_list():
    known = catalogue().indicators
    graded = known[f"tekun__money__own_{own_value('一档')}"]
    assert graded.name.zh == "特困人员一档支出"
    house = known[f"{own_programme('荣军休养院')}__beds"]
    assert house.name.zh == "荣军休养院床位数"


def test_cells_are_made_when_they_are_asked_for_and_lists_stay_short():
    known = catalogue().indicators
    declared = len(known)
    assert known["tekun__persons__care_home"].name.zh == "特困人员分散供养人数"
    assert len(known) == declared == len(list(known))
    assert pickle.loads(pickle.dumps(known))["tekun__persons__care_home"].unit.id == "person"
