"""The register of targets: read from a table, changed with a reason, divided, kept for good."""

import csv
import io
import json

import pytest
from hypothesis import given
from hypothesis import strategies as some
from sheets import areas, catalogue, sheet
from stores import BACKENDS, WHEN, fresh_store

from dashboard.analysis.apportion import SplitError, split
from dashboard.catalogue.periods import Period
from dashboard.catalogue.targets import Milestone, Path, Target, TargetKind
from dashboard.intake.forms.layouts.target_table import find_targets, read_targets
from dashboard.services.filters import UnknownName, one_indicator
from dashboard.store.opening import StoreError
from dashboard.store.targets import (
    NewTargets,
    as_retired,
    read_changes,
    read_commentary,
    save_targets,
    write_commentary,
)
from dashboard.store.targets import (
    read_targets as registered,
)
from dashboard.store.transaction import Decision

HEAD = [
    "指标",
    "地区",
    "期限",
    "类型",
    "目标值",
    "单位",
    "基数",
    "依据",
    "责任科室",
    "容差",
    "路径",
    "里程碑",
]
GOOD = [
    "社会救助支出",
    "长清区",
    "2024",
    "不超过",
    1.2,
    "亿元",
    "",
    "责任书",
    "救助科",
    "5%",
    "里程碑",
    "3月=0.2；6月=0.5",
]
DECISION = Decision("李", WHEN, "agreed in January")


def table(*rows, head=HEAD):
    one = sheet([head, *rows])
    frame = find_targets(one)
    assert frame is not None
    return read_targets(one, frame, catalogue(), areas())


def changed(row, **cells):
    """The row with these cells, by heading, replaced."""
    return [cells.get(heading, cell) for heading, cell in zip(HEAD, row, strict=True)]


def errors(read):
    return [(f.rule, f.row, f.column, f.value) for f in read.findings]


# ---- read from a table ----


def test_a_row_is_read_in_base_units_with_all_it_says():
    read = table(GOOD)
    assert errors(read) == []
    (one,) = read.targets
    assert one == Target(
        "social_assistance_spending",
        "370113",
        Period(2024, 12),
        TargetKind.AT_MOST,
        1.2e8,
        source="责任书",
        owner="救助科",
        tolerance=0.05,
        path=Path.MILESTONES,
        milestones=(Milestone(Period(2024, 3), 2e7), Milestone(Period(2024, 6), 5e7)),
    )
    assert one.id == "social_assistance_spending:370113:2024-12:at_most"


def test_english_headings_and_words_do_as_well():
    head = ["indicator", "area", "period", "kind", "value", "unit", "base", "owner", "path"]
    row = ["marriages", "370113", "2024-12", "growth", "5%", "", "2023年", "office", "historical"]
    (one,) = table(row, head=head).targets
    assert (one.kind, one.value, one.base_period) == (TargetKind.GROWTH, 5.0, Period(2023, 12))
    assert one.path is Path.HISTORICAL


@pytest.mark.parametrize(
    ("name", "indicator"),
    [
        ("特困人员集中供养人数", "tekun__persons__care_institution"),
        ("集中供养特困人员人数", "tekun__persons__care_institution"),
        ("当月临时救助人次", "temporary_assistance__person_times__in_month"),
        ("当月结婚登记对数", "marriages_in_month"),
        ("低保人数", None),  # of towns, of villages or of both
        ("低保", None),
        ("10月结婚登记对数", None),
    ],
)
def test_names_are_composed_as_in_tables_and_what_may_mean_several_is_asked(name, indicator):
    read = table(changed(GOOD, 指标=name, 目标值=100, 单位="", 里程碑="", 路径=""))
    if indicator is None:
        assert errors(read)[0][0] == "unknown_indicator"
        assert "相近的有" in read.findings[0].message.zh
        with pytest.raises(UnknownName, match="near to it"):
            one_indicator(catalogue(), name)
    else:
        assert read.targets[0].indicator == one_indicator(catalogue(), name).id
        assert catalogue().indicators[read.targets[0].indicator].name.zh
        assert read.targets[0].indicator == indicator


def test_a_plain_table_of_figures_is_not_taken_for_targets():
    head = ["indicator", "area", "period", "value", "unit", "status", "kind", "source", "phrase"]
    figures = sheet([head, ["marriages", "370113", "2024", 12, "对", "", "target", "", ""]])
    assert find_targets(figures) is None
    assert (
        find_targets(sheet([["指标", "地区", "报告期", "数值"], ["结婚登记", "a", "2024", 1]]))
        is None
    )


@pytest.mark.parametrize(
    ("cells", "rule", "column"),
    [
        ({"指标": "没有的指标"}, "unknown_indicator", "A"),
        ({"地区": "无名区"}, "unknown_area", "B"),
        ({"期限": "某年"}, "unknown_period", "C"),
        ({"类型": "随便"}, "unknown_kind", "D"),
        ({"类型": "定额"}, "unknown_kind", "D"),
        ({"目标值": "许多"}, "unreadable_number", "E"),
        ({"目标值": ""}, "missing_value", "E"),
        ({"单位": "人"}, "wrong_unit", "F"),
        ({"单位": ""}, "missing_unit", "F"),
        ({"容差": "很小"}, "unreadable_number", "J"),
        ({"路径": "绕道"}, "unknown_path", "K"),
        ({"里程碑": "6月=0.5；3月=0.2"}, "milestones", "L"),
        ({"里程碑": "大约"}, "milestones", "L"),
        ({"里程碑": ""}, "milestones", "L"),
    ],
)
def test_a_wrong_cell_is_named_and_nothing_is_taken(cells, rule, column):
    read = table(GOOD, changed(GOOD, **{"地区": "文昌街道"} | cells))
    assert [(r, row, c) for r, row, c, _ in errors(read)] == [(rule, 3, column)]


def test_one_target_twice_in_a_table_is_refused():
    assert [rule for rule, *_ in errors(table(GOOD, GOOD))] == ["same_target"]


# ---- kept ----


@pytest.fixture(params=BACKENDS)
def store(request, tmp_path):
    yield from fresh_store(request.param, tmp_path)


def marriages(value=700.0, **fields):
    return Target("marriages", "370113", Period(2024, 12), TargetKind.AT_LEAST, value, **fields)


def test_every_change_stays_with_who_when_and_why(store):
    steps = (Milestone(Period(2024, 6), 300.5),)
    first = marriages(path=Path.MILESTONES, milestones=steps, base_period=Period(2023, 12))
    assert save_targets(store, NewTargets([first], DECISION, ["t.xlsx [1] 2"])) == [first.id]
    assert save_targets(store, NewTargets([first], DECISION)) == []  # as it was
    assert save_targets(store, NewTargets([marriages(800.0)], Decision("王", WHEN, "more")))
    assert registered(store) == [marriages(800.0)]
    old, new = read_changes(store, first.id)
    assert (old.before, old.after, old.place) == (None, first, "t.xlsx [1] 2")
    assert (new.before, new.after) == (first, marriages(800.0))
    assert (new.written_by, new.written, new.reason) == ("王", WHEN, "more")


def test_the_register_is_read_as_it_was(store):
    save_targets(store, NewTargets([marriages()], DECISION))
    later = WHEN.replace(year=2025)
    save_targets(store, NewTargets([as_retired(marriages(), "moved")], Decision("王", later, "x")))
    assert registered(store, WHEN) == [marriages()]
    assert [one.retired for one in registered(store, later)] == ["moved"]
    assert registered(store, WHEN.replace(year=2020)) == []


@pytest.mark.parametrize(
    "fields",
    [
        {"value": float("inf")},
        {"value": float("nan")},
        {"base": float("-inf")},
        {"tolerance": float("nan")},
        {"milestones": (Milestone(Period(2024, 6), float("inf")),)},
    ],
)
def test_numbers_of_a_target_are_finite(store, fields):
    with pytest.raises(StoreError, match="finite"):
        save_targets(store, NewTargets([marriages(**fields)], DECISION))
    assert registered(store) == []


def test_a_change_needs_a_reason(store):
    with pytest.raises(StoreError):
        save_targets(store, NewTargets([marriages()], Decision("李", WHEN, " ")))
    assert registered(store) == []


def test_commentary_is_kept_by_version(store):
    june = Period(2024, 6)
    assert write_commentary(store, "t", june, ("why", "how", "what"), "李", WHEN) == 1
    assert write_commentary(store, "t", june, ("why", "better", ""), "王", WHEN) == 2
    assert write_commentary(store, "t", Period(2024, 9), ("", "x", ""), "王", WHEN) == 1
    first, second = read_commentary(store, "t", june)
    assert (first.how_doing, first.written_by, second.how_doing) == ("how", "李", "better")
    assert second.period == june
    with pytest.raises(StoreError):
        write_commentary(store, "new", june, ("", " ", ""), "李", WHEN)


# ---- divided ----

WEIGHTS = some.dictionaries(some.text(min_size=1), some.integers(0, 10**6), min_size=1)


@given(some.integers(-(10**12), 10**12), WEIGHTS, some.integers(0, 2))
def test_parts_add_up_to_the_whole_exactly(cents, weights, decimals):
    if not any(weights.values()):
        with pytest.raises(SplitError):
            split(cents, weights)
        return
    whole = cents / 10**decimals
    parts = split(whole, weights, decimals)
    in_cents = [round(part * 10**decimals) for part in parts.values()]
    assert sum(in_cents) == cents
    assert parts.keys() == weights.keys()
    for key, part in zip(parts, in_cents, strict=True):
        exact = cents * weights[key] / sum(weights.values())
        assert abs(part - exact) <= 1 + abs(exact) * 1e-12


def test_the_largest_remainders_get_what_is_left():
    assert split(10, {"a": 1, "b": 1, "c": 1}) == {"a": 4, "b": 3, "c": 3}
    assert split(7, {"a": 50, "b": 30, "c": 20}) == {"a": 4, "b": 2, "c": 1}
    assert split(2.5, {"a": 1, "b": 1}) == {"a": 1.5, "b": 1}


# ---- the command line ----


@pytest.fixture
def rows(command):
    def read(*arguments):
        code, text = command(*arguments)
        assert code == 0, text
        return list(csv.DictReader(io.StringIO(text)))

    return read


@pytest.mark.slow
def test_a_table_is_loaded_and_loading_it_again_changes_nothing(command, rows, tmp_path):
    path = tmp_path / "targets.csv"
    path.write_text(
        "指标,地区,期限,类型,目标值,单位,依据\n结婚登记对数,长清区,2025,不少于,0.2,万对,责任书\n",
        encoding="utf-8",
    )
    code, text = command("load", path, "--json")
    assert code == 0, text
    assert json.loads(text)["submissions"][0]["targets"] == 1
    (one,) = [row for row in rows("targets", "list", "--area", "长清区") if row["registered"]]
    assert (one["target"], one["value"]) == ("marriages:370113:2025-12:at_least", "2000")
    command("load", path)
    (change,) = rows("targets", "history", one["target"])
    assert (change["state"], change["place"]) == ("after", "targets.csv [targets] 2")
    path.write_text(path.read_text("utf-8").replace("0.2", "0.3"), encoding="utf-8")
    command("load", path, "--note", "revised in June")
    states = [(c["state"], c["value"]) for c in rows("targets", "history", one["target"])]
    assert states == [("after", "2000"), ("before", "2000"), ("after", "3000")]


def test_a_table_with_one_wrong_row_is_refused_whole(command, rows, tmp_path):
    path = tmp_path / "targets.csv"
    path.write_text(
        "指标,地区,期限,类型,目标值,单位\n结婚登记对数,长清区,2025,不少于,200,对\n"
        "离婚登记对数,长清区,2025,不少于,十,对\n",
        encoding="utf-8",
    )
    code, text = command("load", path)
    assert code == 1
    assert "E3" in text and "十" in text
    listed = rows("targets", "list", "--area", "370113")
    assert not [row for row in listed if row["registered"]]


@pytest.mark.slow
def test_a_target_is_set_divided_and_retired_with_reasons(command, rows):
    new = [
        "--indicator",
        "marriages",
        "--area",
        "990101",
        "--period",
        "2026",
        "--kind",
        "at_least",
        "--value",
        "2001",
    ]
    assert command("targets", "set", *new)[0] == 1  # without a reason
    assert command("targets", "set", *new, "--reason", "agreed")[0] == 0
    name = "marriages:990101:2026-12:at_least"
    parts = rows("targets", "split", name, "--by", "last_year", "--reason", "by last year")
    assert len(parts) == 12
    assert sum(float(part["value"]) for part in parts) == 2001
    assert {part["split_from"] for part in parts} == {name}
    evenly = rows("targets", "split", name, "--by", "evenly", "--reason", "no, evenly")
    assert {part["value"] for part in evenly} == {"166", "167"}
    shares = ["--shares", "990101001=60%", "990101002=40"]
    given = rows("targets", "split", name, *shares, "--reason", "two only")
    assert [part["value"] for part in given] == ["1201", "800"]
    listed = [row for row in rows("targets", "list") if row["split_from"] == name]
    assert sum(not row["retired"] for row in listed) == 2  # those of the division before are over
    by = rows("targets", "split", name, "--by", "indicator:elderly_population", "--reason", "x")
    assert sum(float(part["value"]) for part in by) == 2001
    assert command("targets", "retire", name, "--reason", "dropped")[0] == 0
    assert command("targets", "retire", name, "--reason", "again")[0] == 1
    judged = [row["target"] for row in rows("progress", "--area", "990101", "--period", "2026-10")]
    assert name not in judged
    assert [c["retired"] for c in rows("targets", "history", name)][-1] == "dropped"


def test_a_rate_cannot_be_divided(command):
    name = "community_organisations_per_community:370113:2023-12:ratio"
    code, text = command("targets", "split", name, "--by", "evenly", "--reason", "x")
    assert code == 1
    assert "比率" in text


def test_a_target_of_a_report_is_replaced_by_a_registered_one(command, rows):
    name = "social_work_stations:370305:2022-12:at_least"
    assert command("targets", "set", name, "--owner", "社工科", "--reason", "named")[0] == 0
    (one,) = [r for r in rows("targets", "list", "--area", "370305") if r["target"] == name]
    assert (one["owner"], one["registered"], one["value"]) == ("社工科", "1", "12")
    assert "全覆盖" in one["source"]


@pytest.mark.slow
def test_the_samples_targets_go_with_the_samples(command, rows):
    name = "social_work_stations:370305:2022-12:at_least"
    assert command("targets", "set", name, "--owner", "社工科", "--reason", "ours now")[0] == 0
    assert any(row["area"] == "990101" for row in rows("targets", "list"))
    assert command("samples", "--remove")[0] == 0
    assert [row["target"] for row in rows("targets", "list")] == [name]
    assert command("targets", "history", "marriages:990101:2026-12:at_least")[0] == 1
