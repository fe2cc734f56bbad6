"""Figures whose place, time or programme a table leaves open are asked and never guessed."""

import pytest
from sheets import read
from test_bureau_tables import OTHER, STREET, by_period

from dashboard.intake.forms.layout import FormRefused

YEAR = "长清区2024年"
MONTH = "长清区2024年9月"


def asked(rows, **given):
    """The cells about which a table is asked, as printed, and the values that are read."""
    tidied = read(rows, **{"skip_unknown": True} | given)
    questions = [str(one.value) for one in tidied.findings if one.rule == "unknown_indicator"]
    values = {one.indicator: one.value for one in tidied.observations if one.value is not None}
    return questions, values


def test_the_total_of_quarters_ends_with_the_last_of_them():
    head = ["街道", "一季度", "二季度", "三季度", "合计"]
    rows = [[f"{YEAR}结婚登记统计表(对)"], head, [STREET, 60, 70, 80, 210]]
    assert by_period(*rows)["marriages", "2024-09"] == 210


def test_the_total_of_a_half_year_and_months_counts_from_its_first_month():
    head = ["街道", "上半年", "7月", "8月", "合计"]
    rows = [[f"{YEAR}结婚登记统计表(对)"], head, [STREET, 60, 10, 12, 82]]
    assert by_period(*rows, basis="in_month")["marriages", "2024-08"] == 82


def test_the_total_of_rows_of_quarters_ends_with_the_last_of_them():
    rows = [[f"{YEAR}结婚登记统计表"], ["季度", "结婚登记(对)"]]
    rows += [["一季度", 60], ["二季度", 70], ["合计", 130]]
    assert by_period(*rows)["marriages", "2024-06"] == 130


def test_a_total_of_numbers_at_the_end_of_quarters_is_left_out():
    rows = [[f"{YEAR}城市低保人数统计表"], ["街道", "一季度", "二季度", "合计"]]
    found = by_period(*rows, [STREET, 10, 11, 21])
    assert set(found.values()) == {10, 11}


@pytest.mark.parametrize(
    "headings",
    [["2022年", "2023年", "合计"], ["1月", "3月", "合计"], ["7月", "8月", "1-8月", "合计"]],
)
def test_a_total_that_may_add_up_several_times_is_asked(headings):
    year = "长清区2023年" if "2023年" in headings else YEAR
    row = [STREET, *range(1, len(headings)), 999]
    rows = [[f"{year}结婚登记统计表(对)"], ["街道", *headings], row]
    with pytest.raises(FormRefused) as refused:
        read(rows, basis="in_month")
    assert [one.rule for one in refused.value.findings] == ["unknown_period"]


def test_a_total_in_each_group_of_months_is_of_its_month():
    rows = [[f"{YEAR}低保人数统计表"], ["街道", "8月", None, "9月", None]]
    rows += [[None, "合计", "城市", "合计", "城市"], [STREET, 10, 4, 12, 5]]
    found = by_period(*rows)
    assert (found["dibao_persons", "2024-08"], found["dibao_persons", "2024-09"]) == (10, 12)


@pytest.mark.parametrize("word", ["本年末人数", "本年底人数", "当年末人数", "今年末人数"])
def test_what_there_is_at_the_end_of_the_year_was_not_added_up_over_it(word):
    rows = [[f"{YEAR}城市低保统计表"], ["街道", "上年末人数", word], [STREET, 98, 100]]
    assert asked(rows) == ([], {"urban_dibao_persons": 100})


@pytest.mark.parametrize("word", ["本年", "全年", "当年"])
def test_persons_of_this_year_may_be_those_at_its_end_and_are_asked(word):
    rows = [[f"{YEAR}城市低保统计表"], ["街道", "户数", f"{word}人数"], [STREET, 60, 100]]
    assert asked(rows) == (["100"], {"urban_dibao_households": 60})
    assert asked([rows[0], ["街道", f"{word}累计人数"], [STREET, 100]])[1] == {
        "urban_dibao__person_times": 100
    }


@pytest.mark.parametrize("title", ["老年人福利", "高龄津贴及护理补贴发放", "老年福利补贴"])
def test_a_nursing_subsidy_of_the_old_is_not_that_of_the_disabled(title):
    head = ["街道", "高龄津贴人数", "护理补贴人数"]
    rows = [[f"{MONTH}{title}统计表"], head, [STREET, 100, 20]]
    assert asked(rows) == (["20"], {"old_age_allowance_persons": 100})


def test_a_nursing_subsidy_below_both_of_the_disabled_is_theirs():
    head = ["街道", "生活补贴人数", "护理补贴人数"]
    found = asked([[f"{MONTH}残疾人两项补贴统计表"], head, [STREET, 100, 20]])
    assert found[1]["disabled_nursing_subsidy_persons"] == 20


@pytest.mark.parametrize(
    "headings",
    [["低保户数", "人数"], ["低保人数", "合计人数"], ["低保人数", "其中:残疾人", "户数"]],
)
def test_a_bare_measure_behind_one_of_two_titled_programmes_is_asked(headings):
    title = [f"{MONTH}城市低保、特困人员情况表"]
    row = [STREET, 60, 50, 40][: 1 + len(headings)]
    questions, values = asked([title, ["街道", *headings], row])
    assert questions == [str(row[-1])]
    assert not any("tekun" in indicator for indicator in values)


def test_the_same_measure_again_is_that_of_the_other_titled_programme():
    title, head = [f"{MONTH}城市低保、特困人员情况表"], ["街道", "低保人数", "人数"]
    _, values = asked([title, head, [STREET, 60, 9], [OTHER, 50, 8]])
    assert values == {"urban_dibao_persons": 50, "tekun_persons": 8}


CLERKS_LINE = [["填报人:", "张三", "填报日期:", "2024-10-08"]]


@pytest.mark.parametrize(
    ("title", "below"),
    [
        (YEAR, [["制表日期:2024年10月8日"]]),
        (YEAR, CLERKS_LINE),
        (MONTH, [["注:数据截至2024年8月31日"]]),
    ],
)
def test_figures_that_would_end_after_the_sheet_was_made_are_asked(title, below):
    rows = [[f"{title}城市低保统计表"], ["街道", "户数", "人数"], [STREET, 60, 100], *below]
    with pytest.raises(FormRefused) as refused:
        read(rows)
    assert [one.rule for one in refused.value.findings] == ["unknown_period"]
    assert asked(rows, period="2024-08")[1]["urban_dibao_persons"] == 100


def test_targets_and_earlier_months_may_stand_in_a_sheet_made_before_the_year_ends():
    made = ["制表日期:2024年3月8日"]
    targets = [[f"{YEAR}适老化改造任务表"], ["街道", "任务数(户)"], [STREET, 60], made]
    assert asked(targets)[1] == {"homes_adapted": 60}
    months = [[f"{YEAR}城市低保人数统计表"], ["街道", "1月", "2月"], [STREET, 60, 61], made]
    assert len(by_period(*months)) == 2


def test_a_sheet_called_by_another_month_than_its_title_is_asked():
    rows = [[f"{MONTH}城市低保统计表"], ["街道", "户数"], [STREET, 60]]
    with pytest.raises(FormRefused) as refused:
        read(rows, name="8月")
    assert [one.rule for one in refused.value.findings] == ["unknown_period"]
    assert asked(rows, name="9月") == ([], {"urban_dibao_households": 60})


def test_the_sum_of_the_standards_of_streets_is_no_standard():
    head = ["街道", "人数", "标准(元/人·月)"]
    rows = [[f"{MONTH}城市低保统计表"], head, [STREET, 100, 800], [OTHER, 200, 800]]
    summed, equal = read([*rows, ["合计", 300, 1600]]), read([*rows, ["合计", 300, 800]])
    assert "column_left_out" in [one.rule for one in summed.findings]
    district = [one for one in equal.observations if one.area == "370113"]
    assert {one.value for one in district} == {300, 800}
    assert 1600 not in {one.value for one in summed.observations}


@pytest.mark.parametrize(
    ("title", "headings"),
    [
        ("低保标准统计表(元/月)", ["城市标准", "农村标准", "合计"]),
        ("特困人员供养标准(元/月)", ["集中供养标准", "分散供养标准", "合计"]),
    ],
)
def test_the_sum_of_the_standards_of_groups_is_no_standard(title, headings):
    rows = [[MONTH + title], ["街道", *headings], [STREET, 1300, 1000, 2300]]
    found = read(rows)
    assert {one.value for one in found.observations} == {1300, 1000}
    assert [one.rule for one in found.findings] == ["column_left_out"]
