"""What is said where a target is entered: another that it changes, a base the store contradicts."""

from dataclasses import replace

import pytest
from sheets import catalogue
from target_files import FILES

from benchmarks.counting import counted
from callbacks import target_edit
from dashboard.base.settings import read_settings
from dashboard.catalogue.periods import Period
from dashboard.components.shell import ids
from dashboard.intake.target_checks import _is_same
from dashboard.services.front_desk import FrontDesk

HEAD = "indicator,area,period,value,unit,status,kind\n"
BEDS = HEAD + "elderly_beds,990202,2025-12,600,张,,\nelderly_beds,990202,2026-09,640,张,,\n"
NAME = "elderly_beds:990202:2026-12:at_least"
COLUMNS = "指标,地区,期限,类型,目标值,单位,责任科室"
ROW = f"{COLUMNS},基数,依据\n养老床位数,990202,2026,不少于,700,张,养老科,{{base}},责任书\n"
SET = ["targets", "set", "--lang", "zh", "--reason", "x"]
OF_BEDS = ["--indicator", "elderly_beds", "--area", "990202", "--period", "2026"]


@pytest.fixture
def run(tmp_path, commands):
    """Loads a text as a file, or runs a command, on a store with an area and its beds."""
    command = commands(tmp_path)

    def load(name, text, *more):
        file = tmp_path / name
        file.write_text(text, encoding="utf-8")
        return command("load", file, "--lang", "zh", *more)

    assert load("areas.csv", FILES["areas"])[0] == 0
    assert load("beds.csv", BEDS, "--note", "核对过")[0] == 0
    command.load = load
    return command


def desk_of(tmp_path):
    return FrontDesk(read_settings({"DASHBOARD_HOME": str(tmp_path)}))


def test_a_typed_base_that_the_store_contradicts_is_said_wherever_it_is_entered(run, tmp_path):
    said = "基数 604张 与库中的数不同：2025年末为 600张（来源：beds.csv"
    wrong, right = (ROW.format(base=base) for base in (604, 600))
    code, text = run.load("targets.csv", wrong)
    assert code == 1 and said in text and "H2" in text
    assert run.load("targets.csv", wrong, "--note", "以责任书为准")[0] == 0
    assert said in run("check", "--lang", "zh")[1]
    english = "the base 604 beds is not what the store has: 600 beds"
    assert english in run("check", "--lang", "en")[1]
    targets = desk_of(tmp_path).targets
    assert said in targets.doubts(targets.get(NAME), NAME)[0].zh
    assert said in run(*SET, NAME, "--base", "604")[1]
    assert "与库中" not in run.load("targets.csv", right, "--note", "改正")[1]
    assert "与库中" not in run("check", "--lang", "zh")[1]


@pytest.mark.parametrize(
    "indicator, typed, reported, is_same",
    [
        ("elderly_beds", 100_000, 100_049, False),
        ("elderly_beds", 12_000, 12_006, False),
        ("elderly_beds", 12_000, 12_000.4, True),
        ("rural_dibao__money", 12_345, 12_400, False),
        ("rural_dibao__money", 1_234_500, 1_234_540, True),  # 123.45万元
        ("rural_dibao__money", 9_000_000, 9_000_400, False),
        ("rural_dibao__money", 123_000_000, 123_400_000, False),  # both printed 1.23亿元
    ],
)
def test_a_base_is_the_reported_one_where_it_is_printed_so(indicator, typed, reported, is_same):
    assert _is_same(typed, reported, catalogue().indicators[indicator]) is is_same


def test_bases_of_many_targets_are_read_in_the_statements_of_one(run, tmp_path):
    one = ROW.format(base=604)
    assert run.load("one.csv", one, "--note", "以责任书为准")[0] == 0
    desk = desk_of(tmp_path)
    checks, target = desk.targets.checks(), desk.targets.get(NAME)
    many = [replace(target, period=Period(2026, month), base=600 + month) for month in range(2, 12)]
    work = {}
    for targets in ([target], many):
        with counted(checks.engine) as work[len(targets)]:
            doubts = checks.doubts_of(targets)
        assert all("与库中的数不同" in one[-1].message.zh for one in doubts)
    assert work[10].statements == work[1].statements == 2
    with counted(checks.engine) as none:
        assert checks.reported([replace(target, base=None)]) == [None]
    assert none.statements == 0


def test_a_second_entry_changes_what_it_names_of_the_first_and_says_so(run, tmp_path):
    assert run.load("targets.csv", ROW.format(base=""))[0] == 0
    assert "已有" not in run.load("targets.csv", ROW.format(base=""))[1]
    short = f"{COLUMNS}\n养老床位数,990202,2026,不少于,720,张,社工科\n"
    code, text = run.load("short.csv", short)
    assert code == 1
    assert "已有这项目标，将被改动：目标值：700张 → 720张；责任科室：养老科 → 社工科" in text
    assert run.load("short.csv", short, "--note", "调整")[0] == 0
    text = run(*SET, *OF_BEDS, "--kind", "at_least", "--value", "730")[1]
    assert "将被改动：目标值：720张 → 730张" in text
    target = desk_of(tmp_path).targets.get(NAME)
    assert (target.value, target.owner, target.source) == (730, "社工科", "责任书")
    text = run(*SET, *OF_BEDS, "--kind", "increase", "--value", "100")[1]
    assert "已有另一项目标（不少于 730张）" in text


def test_the_dialog_asks_before_it_keeps_what_is_doubted(run, tmp_path, monkeypatch, triggered):
    assert run.load("targets.csv", ROW.format(base=""))[0] == 0
    desk = desk_of(tmp_path)
    monkeypatch.setattr(target_edit, "front_desk", lambda: desk)
    triggered(ids.TARGET_SAVE)
    fields = desk.editing.cells(NAME, "zh") | {"base": "604"}
    cells = [fields.get(role) for role in target_edit.ROLES]
    signed = {"by": "王", "reason": "复核"}
    address = f"?area=990202&target={NAME}"
    asked, where = target_edit.keep_typed(1, signed, NAME, address, cells)
    assert "基数 604张 与库中的数不同" in asked and not isinstance(where, str)
    assert target_edit.try_typed(1, NAME, address, *cells)[1] == asked
    answered = signed | {"seen": asked}
    assert target_edit.keep_typed(1, answered, NAME, address, cells)[0] == ""
    assert desk.targets.get(NAME).base == 604
    again = [fields.get(role) for role in target_edit.ROLES]
    refused, _ = target_edit.keep_typed(1, answered, "", address, again)
    assert "已有同样要求的目标" in refused
