"""What follows a line or column of 其中 is a part of the same whole, never of the title's."""

import pytest
from sheets import catalogue, read, rules

STREET = "文昌街道"


def named(*rows, **said):
    """The names of what was read, each with its value."""
    said = {"area": "长清区", "basis": "in_month"} | said
    known = catalogue().indicators
    observations = read([*rows], **said).observations
    return {known[one.indicator].name.zh.removeprefix("当月"): one.value for one in observations}


@pytest.mark.parametrize(
    ("title", "labels", "names"),
    [
        (
            "特困人员救助供养情况",
            ["农村特困", "其中:集中供养", "分散供养"],
            ["农村特困人员分散供养人数"],
        ),
        (
            "城乡低保发放情况表",
            ["城市低保", "其中:女性", "残疾人", "农村低保"],
            ["城市低保残疾人数", "农村低保人数"],
        ),
        (
            "孤儿和事实无人抚养儿童基本生活费发放表",
            ["孤儿", "其中:集中养育", "社会散居", "事实无人抚养儿童", "其中:男", "女"],
            ["社会散居孤儿数", "事实无人抚养儿童女性人数"],
        ),
        (
            "残疾人两项补贴发放情况",
            ["重度残疾人护理补贴", "其中:一级", "二级"],
            ["重度残疾人护理补贴二级人数"],
        ),
        (
            "城乡低保情况表",
            ["城市低保", "其中:A类", "B类", "农村低保", "其中:A类", "B类"],
            ["城市低保B类人数", "农村低保B类人数"],
        ),
    ],
)
def test_a_row_after_其中_is_a_part_of_the_row_above_it(title, labels, names):
    sizes = [100 - at for at in range(len(labels))]
    rows = [[f"长清区2025年6月{title}"], ["项目", "人数(人)"]]
    found = named(*rows, *zip(labels, sizes, strict=True))
    assert set(names) <= set(found)
    assert set(found.values()) == set(sizes)


def test_kinds_of_institution_follow_their_own_institution():
    labels = ["养老机构", "其中:公办", "民办", "日间照料中心", "其中:公办", "民办"]
    rows = [["长清区养老服务情况表(2024年末)"], ["类别", "机构数(个)"]]
    found = named(*rows, *zip(labels, [10, 3, 7, 20, 8, 12], strict=True))
    assert found == {
        "养老机构数": 10,
        "公办养老机构数": 3,
        "民办养老机构数": 7,
        "日间照料中心数": 20,
        "公办日间照料中心数": 8,
        "民办日间照料中心数": 12,
    }


def test_a_part_of_another_registration_is_asked():
    labels = ["结婚登记", "离婚登记", "其中:内地居民", "涉外"]
    rows = [["长清区2025年6月婚姻登记情况表"], ["项目", "本月(对)"]]
    found = named(*rows, *zip(labels, [100, 40, 39, 1], strict=True))
    assert set(found.values()) == {100, 40}


def test_a_second_其中_after_other_parts_is_asked():
    labels = ["农村特困", "其中:集中供养", "分散供养", "其中:失能"]
    rows = [["长清区2025年6月特困人员救助供养情况"], ["项目", "人数(人)"]]
    found = named(*rows, *zip(labels, [300, 100, 200, 40], strict=True))
    assert set(found.values()) == {300, 100, 200}
    found = named(*rows, *zip(labels, [300, 100, 200, 240], strict=True))
    assert found["农村特困人员失能人数"] == 240  # too many for the row right above


def test_what_stands_beside_the_whole_begins_anew():
    labels = ["A类", "其中:女性", "B类"]
    rows = [["长清区2025年6月城市低保情况"], ["项目", "人数(人)"]]
    found = named(*rows, *zip(labels, [30, 10, 50], strict=True))
    assert found == {"城市低保A类人数": 30, "城市低保女性A类人数": 10, "城市低保B类人数": 50}


@pytest.mark.parametrize(
    ("headings", "names"),
    [
        (
            ["城市低保人数", "其中:女性", "残疾人", "农村低保人数", "其中:女性", "残疾人"],
            {"城市低保残疾人数", "农村低保残疾人人数"},
        ),
        (
            ["城市低保户数(户)", "其中:残疾人(人)", "重病患者(人)", "农村低保户数(户)"],
            {"城市低保残疾人数", "城市低保重病患者人数"},
        ),
        (
            ["城市低保人数(人)", "其中:残疾人人数(人)", "女性人数(人)", "农村低保人数(人)"],
            {"城市低保残疾人数", "城市低保女性人数"},
        ),
    ],
)
def test_a_column_after_其中_is_a_part_of_the_column_before_it(headings, names):
    figures = [90 - at for at in range(len(headings))]
    found = named(["长清区2024年9月城乡低保情况统计表"], ["街道", *headings], [STREET, *figures])
    assert names <= set(found)
    assert not [name for name in found if name.startswith("低保")]
    assert set(found.values()) == set(figures)


def test_a_standard_of_a_part_may_be_above_that_of_the_whole():
    head = ["项目", "标准(元/人·月)", "人数(人)"]
    rows = [["长清区2025年6月重度残疾人护理补贴情况"], head, ["重度残疾人护理补贴", 100, 20]]
    rows += [["其中:一级", 110, 12], ["二级", 90, 8], ["合计", None, 20]]
    tidied = read(rows, area="长清区")
    assert not rules(tidied)
    assert not [one for one in tidied.observations if one.value is None]


def test_a_title_said_to_be_of_lottery_funds_says_where_the_money_is_from():
    rows = [["长清区2024年公益金使用情况"], ["项目", "实际支出(万元)"]]
    rows += [["老年人福利", 7], ["残疾人福利", 2], ["合计", 9]]
    found = named(*rows, words={"标题": "福利彩票公益金"})
    spent = "福彩公益金使用福彩公益金"
    assert found == {
        f"{spent}老年人福利类支出": 70000,
        f"{spent}残疾人福利类支出": 20000,
        f"{spent}支出": 90000,
    }


def test_centres_for_the_elderly_of_a_community_are_no_general_ones():
    head = ["街道", "社区养老服务中心(个)", "综合养老服务中心(个)"]
    found = named(["长清区2024年末社区养老服务设施情况"], head, [STREET, 7, 1])
    assert found == {"社区养老服务中心数": 7, "综合养老服务中心数": 1}


def test_marriages_of_other_provinces_are_marriages_and_their_basis_is_asked():
    rows = [["长清区2025年6月婚姻登记情况"], ["街道", "跨省通办结婚登记(对)"], [STREET, 7]]
    assert named(*rows, basis="in_month") == {"跨省通办结婚登记对数": 7}
    assert "unknown_basis" in rules(read(rows, basis=""))


def test_an_indicator_named_whole_does_not_escape_the_question_of_its_basis():
    rows = [["长清区2025年6月婚姻登记情况"], ["街道", "跨区域婚姻登记(对)"], [STREET, 7]]
    assert "unknown_basis" in rules(read(rows, basis=""))
