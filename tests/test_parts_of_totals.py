"""Lines of 其中 after components that make up a total: they are parts of that total."""

import pytest
from sheets import read, values
from test_bureau_tables import MONTH, OTHER, STREET

from dashboard.intake.understanding.numbers import adds_up, exceeds

TITLE = [f"{MONTH}特困人员情况表"]
WHOLE, INSIDE, AT_HOME = (
    "tekun_persons",
    "tekun__persons__care_institution",
    "tekun__persons__care_home",
)


def of_rows(*rows):
    found = read([TITLE, ["项目", "人数"], *rows]).observations
    return {one.indicator: one.value for one in found}


@pytest.mark.parametrize("numbers", [("一、", "(一)", "(二)"), ("", "", "")])
def test_parts_after_components_are_of_the_total(numbers):
    names = [f"{n}{t}" for n, t in zip(numbers, ("特困人员", "集中供养", "分散供养"), strict=True)]
    rows = zip(names, (30, 10, 20), strict=True)
    found = of_rows(*rows, ["其中:女性", 9])
    assert found == {WHOLE: 30, INSIDE: 10, AT_HOME: 20, "tekun__persons__sex_female": 9}


def test_a_list_of_parts_goes_on_to_the_next_number():
    rows = [["一、特困人员", 30], ["(一)集中供养", 10], ["(二)分散供养", 20]]
    found = of_rows(*rows, ["其中:女性", 9], ["　　　残疾人", 22])
    assert found["tekun__persons__group_disabled"] == 22
    assert not [name for name in found if name.startswith(f"{AT_HOME}__")]


def test_a_part_below_each_component_is_of_that_component():
    rows = [["一、特困人员", 30], ["(一)集中供养", 10], ["其中:女性", 4]]
    found = of_rows(*rows, ["(二)分散供养", 20], ["其中:女性", 9])
    assert (found[f"{INSIDE}__sex_female"], found[f"{AT_HOME}__sex_female"]) == (4, 9)


def test_an_indented_part_is_of_the_line_above_unless_it_is_larger():
    rows = [["一、特困人员", 30], ["(一)集中供养", 10], ["(二)分散供养", 20]]
    assert of_rows(*rows, ["　其中:女性", 9])[f"{AT_HOME}__sex_female"] == 9
    assert of_rows(*rows, ["　其中:女性", 21])["tekun__persons__sex_female"] == 21


def test_columns_of_parts_after_components_are_of_the_total():
    head = ["街道", "特困人员(人)", "集中供养", "分散供养", "其中:女性"]
    rows = [TITLE, head, [STREET, 30, 10, 20, 9], [OTHER, 20, 10, 10, 11]]
    assert ("tekun__persons__sex_female", "370113001") in values(read(rows))
    rows[3][1] = 21  # no sum: 其中 may be of the column beside it or of all, and is asked
    tidied = read(rows)
    assert not [one for one in tidied.observations if "sex_female" in one.indicator]
    assert [one.name for one in tidied.unknown] == ["其中:女性"]


def test_sums_and_sizes_of_rows():
    assert adds_up([3, None, 5], [[1, 4, 2], [2, 1, 3]])
    assert not adds_up([3, 6], [[1, 4], [2, 1]])
    assert not adds_up([0, None], [[0, 4], [0, 1]])
    assert exceeds([1, 3], [2, 2]) and not exceeds([None, 2], [2, None])


def test_a_part_of_another_programme_is_not_read_alone():
    rows = [["长清区2023年收养登记情况"], ["项目", "单位", "数量"], ["收养登记总数", "件", 43]]
    rows += [["被收养人总数", "人", 44], ["残疾儿童", "人", 7]]
    assert "disabled_children" not in {one.indicator for one in read(rows).observations}


def test_a_total_that_may_contain_orphans_is_asked():
    rows = [[f"{MONTH}困境儿童统计表"], ["街道", "困境儿童(人)", None, None]]
    rows += [[None, "总数", "孤儿", "事实无人抚养儿童"], [STREET, 38, 4, 16]]
    tidied = read(rows)
    assert {one.value for one in tidied.observations} == {4, 16}
    assert any("是否包含孤儿" in one.message.zh for one in tidied.findings)


@pytest.mark.parametrize(
    ("title", "heading"), [(MONTH, "户籍总人口(人)"), (f"{MONTH}户籍人口统计表", "总人口(人)")]
)
def test_a_word_that_narrows_a_population_is_not_lost(title, heading):
    found = read([[title], ["街道", heading], [STREET, 38000], [OTHER, 9000]])
    assert {one.indicator for one in found.observations} == {"registered_population__persons"}


def test_a_line_of_a_form_is_composed_of_its_words():
    rows = [["民政统计月报"], ["表号:JZH01表"], ["编制单位:长清区民政局", "2024年9月"]]
    rows += [["指标名称", "单位", "代码", "数量"], ["城市低保人数", "人", "JZH1", 5]]
    rows += [["农村特困人员集中供养人数", "人", "JZH2", 6], ["离奇特困人员人数", "人", "JZH3", 3]]
    found = read(rows)
    assert {one.value for one in found.observations} == {5, 6}
    assert "rural_tekun__persons__care_institution" in {o.indicator for o in found.observations}
