"""Unknown lines mapped by hand: suggested, said once, remembered for their form, taken back."""

from datetime import timedelta

import pytest
from hand_ins import form, looked_at, stored, table
from sheets import catalogue
from stores import BACKENDS, WHEN, fresh_store

from dashboard.intake.forms.mapping import line_name, mapping_key
from dashboard.intake.suggestions import Suggestions
from dashboard.intake.understanding.remembered_answers import FormKey
from dashboard.store.mappings import forget_mapping, read_mappings, remember_mapping
from dashboard.store.observations import read_figures
from dashboard.store.opening import StoreError
from dashboard.store.query import Query

pytestmark = pytest.mark.slow

STRANGE = "办理结婚证的新婚夫妻"
SUBJECT = "street_table:370113:长清区民政统计表"  # by which mappings of a table are kept
SEPTEMBER = table("2024年9月", ("文昌街道", 12, 5), headings=[STRANGE, "离婚登记对数"])


@pytest.fixture
def store(tmp_path):
    yield from fresh_store("sqlite", tmp_path)


def notes(sheet):
    return [one.message.zh for one in sheet.findings if one.rule == "mapped_indicator"]


def mappings_of(store):
    lines = (one for one in read_mappings(store) if FormKey.parse(one.form) is None)
    return [(one.form, one.name, one.indicator, one.by) for one in lines]


def figures(store):
    return {figure.indicator: figure.value for figure in read_figures(store, Query())}


# ---- what is unknown, and what it may mean ----


def test_an_unknown_column_is_listed_with_what_it_may_mean(store):
    (sheet,) = looked_at(store, SEPTEMBER)
    (line,) = sheet.unknown
    assert (line.sheet, line.row, line.column, line.name) == ("Sheet1", 2, "B", STRANGE)
    asked = [finding.rule for finding in sheet.receipt.findings if finding.severity == "warning"]
    assert asked == ["unknown_indicator"]
    assert 0 < len(line.suggestions) <= 5
    assert set(line.suggestions) <= catalogue().indicators.keys()


@pytest.mark.parametrize(
    ("name", "meant"),
    [
        ("结婚登记对", "marriages"),
        ("办理离婚登记", "divorces"),
        ("孤儿人数合计", "orphans"),
        ("农村低保的人数", "rural_dibao_persons"),
    ],
)
def test_the_nearest_name_is_suggested_first(name, meant):
    assert Suggestions(catalogue()).of(name)[0] == meant


def test_what_is_counted_in_the_same_unit_is_suggested_before_the_rest():
    all_units = catalogue().indicators
    found = Suggestions(catalogue()).of("农村低保", "万元")
    assert all_units[found[0]].unit.dimension == "money"


@pytest.mark.parametrize("name", ["", "???", "zzzz", "　", "🙂🙂"])
def test_a_name_that_is_like_nothing_has_no_suggestion(name):
    assert Suggestions(catalogue()).of(name) == ()


def test_a_name_too_short_to_stand_alone_is_mapped_with_its_heading():
    assert line_name("女性", "二、社会组织") == "二、社会组织/女性"
    assert line_name("办理结婚的新人", "二、婚姻") == "办理结婚的新人"
    assert mapping_key("二、社会组织/1.女 性") == mapping_key("三、社会组织/(2)女性")


def test_lines_left_out_are_still_listed_so_that_they_can_be_mapped(store):
    (sheet,) = looked_at(store, SEPTEMBER, skip_unknown=True)
    assert not sheet.receipt.refused
    assert [line.name for line in sheet.unknown] == [STRANGE]


# ---- said, remembered, used ----


def test_a_mapping_said_with_a_hand_in_is_used_and_remembered_once_it_is_stored(store):
    said = {("street_table", STRANGE): "marriages"}
    (sheet,) = looked_at(store, SEPTEMBER, mappings=said)
    assert not sheet.receipt.refused and mappings_of(store) == []
    (receipt,) = stored(store, SEPTEMBER, mappings=said, by="李")
    assert figures(store) == {"marriages": 12, "divorces": 5}
    assert mappings_of(store) == [(SUBJECT, STRANGE, "marriages", "李")]
    assert notes(receipt) == [f"“{STRANGE}”读作“结婚登记对数”（本次报送的对照）"]


def test_a_remembered_mapping_is_used_the_next_time_and_says_whose_it_is(store):
    stored(store, SEPTEMBER, mappings={("", STRANGE): "marriages"}, by="李")
    october = table("2024年10月", ("文昌街道", 14, 6), headings=[STRANGE, "离婚登记对数"])
    (receipt,) = stored(store, october)
    assert receipt.id == 2
    assert notes(receipt) == [f"“{STRANGE}”读作“结婚登记对数”（李 2024-10-08 所作的对照）"]
    assert len(mappings_of(store)) == 1  # not written a second time


def test_a_refused_file_leaves_no_mapping(store):
    bad = table("2024年9月", ("文昌街道", 12, "1.2.3"), headings=[STRANGE, "离婚登记对数"])
    (receipt,) = stored(store, bad, mappings={("", STRANGE): "marriages"})
    assert receipt.refused and mappings_of(store) == []


def test_a_mapping_of_another_form_is_not_used(store):
    remember_mapping(store, "JBZH0001", STRANGE, "marriages", "李", WHEN)
    (sheet,) = looked_at(store, SEPTEMBER)
    assert [line.name for line in sheet.unknown] == [STRANGE]
    rows = form("2024年9月", (STRANGE, "对", 12))
    (sheet,) = looked_at(store, rows)
    assert [cell.indicator for cell in sheet.understood] == ["marriages"]


def test_a_mapping_of_another_table_is_proposed_first_and_not_applied(store):
    remember_mapping(store, "street_table:370113:另一张表", STRANGE, "orphans", "李", WHEN)
    (sheet,) = looked_at(store, SEPTEMBER)
    (line,) = sheet.unknown
    assert line.suggestions[0] == "orphans"


def test_a_line_can_be_left_out_for_good(store):
    (receipt,) = stored(store, SEPTEMBER, mappings={("", STRANGE): ""}, by="李")
    assert figures(store) == {"divorces": 5}
    assert notes(receipt) == [f"“{STRANGE}”不读入（本次报送的对照）"]
    (again,) = looked_at(store, SEPTEMBER)
    assert (again.unknown, again.receipt.refused) == ((), False)
    assert notes(again.receipt) == [f"“{STRANGE}”不读入（李 2024-10-08 所作的对照）"]


def test_what_is_said_now_wins_over_what_was_said_before(store):
    remember_mapping(store, SUBJECT, STRANGE, "divorces", "王", WHEN)
    rows = table("2024年9月", ("文昌街道", 12), headings=[STRANGE])
    stored(store, rows, mappings={("", STRANGE): "marriages"}, by="李")
    assert figures(store) == {"marriages": 12}
    assert mappings_of(store) == [(SUBJECT, STRANGE, "marriages", "李")]


def test_a_mapping_never_hides_an_indicator_that_is_known(store):
    rows = table("2024年9月", ("文昌街道", 12, 5))
    (sheet,) = looked_at(store, rows, mappings={("", "结婚登记对数"): "orphans"})
    assert {cell.indicator for cell in sheet.understood} == {"marriages", "divorces"}
    assert [one.rule for one in sheet.receipt.findings] == ["mapping_unused"]


def test_a_mapping_to_an_indicator_of_another_unit_is_refused_at_its_unit(store):
    rows = form("2024年9月", (STRANGE, "对", 12))
    (sheet,) = looked_at(store, rows, mappings={("", STRANGE): "urban_dibao_spending"})
    (error,) = [one for one in sheet.receipt.findings if one.severity == "error"]
    assert (error.rule, error.row, error.column) == ("wrong_unit", 4, "B")


def test_two_lines_mapped_to_one_indicator_are_refused_not_added_up(store):
    rows = table("2024年9月", ("文昌街道", 12, 5), headings=[STRANGE, "结婚登记对数"])
    (sheet,) = looked_at(store, rows, mappings={("", STRANGE): "marriages"})
    assert "stated_twice" in [one.rule for one in sheet.receipt.findings]


LAYOUTS = {
    "form": form("2024年9月", ("结婚登记", "对", 900), (STRANGE, "对", 12)),
    "years": [
        ["长清区统计"],
        ["指标", "2022年", "2023年"],
        ["结婚登记对数", 5, 6],
        [STRANGE, 1, 2],
    ],
    "tidy": [["indicator", "area", "period", "value"], [STRANGE, "370113", "2024-09", 12]],
    "months": [
        ["长清区2023年民政统计表"],
        ["街道", STRANGE, STRANGE, "结婚登记对数"],
        ["", "1月", "2月", "全年"],
        ["文昌街道", 1, 3, 9],
    ],
}


@pytest.mark.parametrize("layout", LAYOUTS)
def test_a_mapping_works_in_every_layout(store, layout):
    rows = LAYOUTS[layout]
    (sheet,) = looked_at(store, rows)
    assert {line.name for line in sheet.unknown} == {STRANGE}, sheet.receipt.findings
    (sheet,) = looked_at(store, rows, mappings={("", STRANGE): "divorces"})
    assert sheet.unknown == ()
    assert "divorces" in {cell.indicator for cell in sheet.understood}, sheet.receipt.findings
    assert not sheet.receipt.refused


# ---- kept in the store ----


@pytest.fixture(params=BACKENDS)
def any_store(request, tmp_path):
    yield from fresh_store(request.param, tmp_path)


def test_the_last_word_counts_and_a_mapping_can_be_taken_back(any_store):
    later = WHEN + timedelta(days=1)
    remember_mapping(any_store, "F", "甲", "orphans", "李", WHEN)
    remember_mapping(any_store, "F", "甲", "marriages", "王", later)
    remember_mapping(any_store, "E", "甲", "", "王", later)
    found = {(one.form, one.indicator, one.by, one.when) for one in read_mappings(any_store)}
    assert found == {("F", "marriages", "王", later), ("E", "", "王", later)}
    forget_mapping(any_store, "F", "甲", "李", later)
    assert [one.form for one in read_mappings(any_store)] == ["E"]
    with pytest.raises(StoreError):
        forget_mapping(any_store, "F", "甲", "李", later)


# ---- streets ----


@pytest.mark.parametrize("layout", [table, form])
def test_a_mapping_of_a_street_that_the_file_does_not_name_is_reported_as_unused(store, layout):
    said = {"无名街道": "文昌街道", "文昌 街道": "平安街道"}
    line = ("文昌街道", 12) if layout is table else ("结婚登记", "对", 12)
    (sheet,) = looked_at(store, layout("2024年9月", line), streets=said)
    unused = [one for one in sheet.receipt.findings if one.rule == "street_unused"]
    assert {one.severity for one in unused} == {"note"}
    names = ["无名街道"] if layout is table else list(said)
    assert len(unused) == len(names)
    assert all(name in one.message.zh for name, one in zip(names, unused, strict=True))
    assert {cell.area for cell in sheet.understood} == {
        "370113003" if layout is table else "370113"
    }
