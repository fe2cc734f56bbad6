"""Words of bureaus' own tables that narrow, list or add up: each is read as that or asked."""

import pytest
from sheets import read, rules

from dashboard.intake.forms.layout import FormRefused

STREET, OTHER = "文昌街道", "崮云湖街道"
MONTH = "长清区2024年9月"


def values(*rows, **said):
    """Values of the first street by indicator, of a table without errors."""
    tidied = read(list(rows), **said)
    assert not tidied.refused, [one.message.zh for one in tidied.findings]
    place = tidied.observations[0].area
    return {one.indicator: one.value for one in tidied.observations if one.area == place}


def asked(rows, **said):
    """The first finding of a table that is refused."""
    try:
        tidied = read(rows, **said)
    except FormRefused as refused:
        return refused.findings[0]
    assert tidied.refused
    return tidied.findings[0]


def test_a_word_of_a_column_is_no_value_of_what_the_rows_name():
    rows = [["长清区2024年9月民办非企业单位情况"], ["类别", "单位数(个)", "已建立团组织(个)"]]
    rows += [["教育", 30, 7], ["职业及从业组织", 20, 5], ["社会服务", 10, 1]]
    tidied = read(rows)
    assert {one.value for one in tidied.observations} == {30, 20, 10}
    assert "unknown_indicator" in rules(tidied)


def test_party_organisations_are_counted_of_each_kind_of_organisation():
    rows = [[f"{MONTH}社会组织情况"], ["类别", "数量(个)", "已建立党组织(个)"]]
    rows += [["社会团体", 30, 7], ["基金会", 2, 1], ["社会组织合计", 32, 8]]
    found = values(*rows)
    assert found["social_associations__party_bodies"] == 7
    assert found["party_organisations__organisations"] == 8


@pytest.mark.parametrize(
    ("beside", "meant"),
    [
        ("涉港澳台", "marriages_with_foreigners__couples__in_month"),
        ("内地居民", "marriages_foreign__couples__in_month"),
    ],
)
def test_marriages_with_foreigners_are_what_the_column_beside_them_leaves(beside, meant):
    rows = [[f"{MONTH}结婚登记情况"], ["街道", "本月结婚登记(对)", None], [None, "涉外", beside]]
    assert values(*rows, [STREET, 3, 40])[meant] == 3


def test_a_file_that_lists_subjects_narrows_none_of_them():
    rows = [["长清区2024年上半年慈善捐赠情况"], ["街道", "接收捐赠资金(万元)"], [STREET, 5]]
    found = values(*rows, name="慈善捐赠与福彩公益金")
    assert found == {"donations__money__gift_money": 50000}


def test_a_title_that_lists_for_whom_benefits_are_narrows_no_column():
    rows = [[f"{MONTH}高龄、失能老年人补贴发放情况"], ["街道", "高龄津贴", None]]
    rows += [[None, "人数(人)", "金额(元)"], [STREET, 8, 800]]
    assert values(*rows) == {
        "old_age_allowance_persons": 8,
        "old_age_allowance__money__in_month": 800,
    }


def test_an_unknown_word_that_a_title_lists_beside_a_value_is_asked():
    rows = [[f"{MONTH}孤寡、失能老年人护理补贴情况"], ["街道", "人数"], [STREET, 8]]
    assert "孤寡" in asked(rows).message.zh


def test_parts_of_a_total_of_the_month_are_of_the_month():
    kinds = ["急难型救助", "支出型救助", "本月合计", "1-9月累计"]
    rows = [[f"{MONTH}临时救助情况"], ["街道", *(f"{one}" for one in kinds)]]
    rows += [[None, *["人次(人次)"] * 4], [STREET, 3, 4, 7, 60], [OTHER, 2, 5, 7, 50]]
    found = values(*rows, basis="")
    assert found["temporary_assistance__person_times__in_month"] == 7
    assert sorted(found.values()) == [3, 4, 7, 60]
    assert all("in_month" in one for one, value in found.items() if value < 60)
    rows[3][3] = 8
    assert asked(rows, basis="").rule == "unknown_basis"


@pytest.mark.parametrize(
    ("answer", "meant"),
    [("本季度", "dibao__money__months_3"), ("本年累计", "dibao_spending")],
)
@pytest.mark.parametrize("basis", ["", "in_month", "year_to_date"])
def test_a_total_of_a_quarter_is_asked_for_itself(answer, meant, basis):
    rows = [["长清区2024年第三季度低保情况"], ["街道", "三季度累计发放资金(元)"], [STREET, 900]]
    assert asked(rows, basis=basis).rule == "unknown_indicator"
    assert values(*rows, basis=basis, words={"累计": answer}) == {meant: 900}
    rows = [["长清区2024年三季度累计低保情况"], ["街道", "发放资金(元)"], [STREET, 900]]
    assert asked(rows, basis=basis).rule == "unknown_indicator"
    assert values(*rows, basis=basis, words={"累计": answer}) == {meant: 900}


def test_a_total_beside_that_of_the_quarter_is_since_january():
    rows = [["长清区2024年第三季度低保情况"], ["街道", "本季发放资金(元)", "累计发放资金(元)"]]
    found = values(*rows, [STREET, 300, 900], basis="")
    assert found == {"dibao__money__months_3": 300, "dibao_spending": 900}
    rows = [["长清区2024年第三季度低保情况"], ["街道", "本季救助人次", "资金累计(元)"]]
    found = values(*rows, [STREET, 3, 900], basis="")
    assert found == {"dibao__person_times__months_3": 3}, "that of another measure is asked about"


def test_families_with_a_benefit_below_another_one_are_its_recipients():
    rows = [[f"{MONTH}残疾人补贴发放表"], ["街道", "困难残疾人生活补贴", None]]
    rows += [[None, "低保家庭残疾人(人)", "小计(人)"], [STREET, 6, 9]]
    found = values(*rows)
    assert found["disabled_living__persons__group_dibao"] == 6


def test_english_behind_a_short_word_of_a_bilingual_heading_says_it_again():
    rows = [["长清区2024年末行政区划"], ["街道", "镇Towns", "村民委员会(个)"], [STREET, 1, 5]]
    assert values(*rows)["towns"] == 1
    rows[1][1] = "镇AED"
    assert "towns" not in values(*rows)


def test_parts_without_a_measure_that_add_up_to_person_times_are_such():
    rows = [[f"{MONTH}流浪乞讨人员救助情况"], ["街道", "救助人次", "站内救助", "站外救助"]]
    rows += [[STREET, 7, 3, 4], [OTHER, 5, 4, 1]]
    assert values(*rows)["vagrant_assistance__person_times__place_outside"] == 4
    rows[3][3] = 2
    assert "vagrant_assistance__person_times__place_outside" not in values(*rows)


@pytest.mark.parametrize(
    ("heading", "word"),
    [
        ("享受补贴养老机构数(个)", "享受补贴"),
        ("街道养老机构数(个)", "街道"),
        ("社会养老机构数(个)", "社会"),
        ("低保管理人员人数(人)", "管理人员"),
        ("低保工作者人数(人)", "工作者"),
        ("在家低保人数(人)", "在家"),
    ],
)
def test_a_word_that_says_nothing_elsewhere_is_asked_where_it_narrows(heading, word):
    rows = [[f"{MONTH}情况"], ["街道", heading], [STREET, 7], [OTHER, 8]]
    assert word in asked(rows).message.zh
    assert values(*rows, words={word: "nothing"})


@pytest.mark.parametrize("heading", ["享受补贴低保人数(人)", "低保居民家庭人数(人)"])
def test_words_of_benefits_say_nothing_beside_a_benefit(heading):
    assert list(values([f"{MONTH}情况"], ["街道", heading], [STREET, 7]).values()) == [7]


def test_a_word_is_no_value_because_it_looks_like_those_beside_it():
    rows = [
        [f"{MONTH}养老机构星级情况"],
        ["街道", "一级(个)", "二级(个)", "一般性(个)"],
        [STREET, 7, 3, 2],
    ]
    tidied = read(rows)
    assert 2 not in {one.value for one in tidied.observations}


@pytest.mark.parametrize(
    ("title", "line", "word"),
    [
        ("建档立卡低保情况", "", "建档立卡"),
        ("拟新增低保情况", "", "拟新增"),
        ("低保情况", "(建档立卡户)", "建档立卡"),
        ("低保情况(含低保边缘)", "", "含低保边缘"),
        ("低保情况(不含单人户)", "", "不含单人户"),
        ("低保情况", "统计范围:仅含主城区", "统计范围:仅含主城区"),
        ("不含三无人员的低保情况", "", "不含三无人员"),
        ("低保情况,三无人员除外", "", "三无人员除外"),
    ],
)
def test_a_word_of_a_title_that_narrows_is_asked_though_headings_name_the_programme(
    title, line, word
):
    rows = [[f"{MONTH}{title}"], *([[line]] if line else []), ["街道", "低保人数"], [STREET, 7]]
    assert asked(rows).value == word
    assert values(*rows, words={word: "nothing"})


def test_what_a_title_leaves_out_is_not_what_is_counted():
    rows = [[f"{MONTH}特困人员情况(不含集中供养)"], ["街道", "特困人数"], [STREET, 7]]
    assert asked(rows).value == "不含集中供养"
    answered = values(*rows, words={"不含集中供养": "分散供养"})
    assert list(answered) == ["tekun__persons__care_home"]


def test_a_number_alone_above_a_table_may_be_its_month():
    rows = [["长清区2024年低保情况"], ["9"], ["街道", "低保人数"], [STREET, 7]]
    assert asked(rows).rule == "unknown_period"
