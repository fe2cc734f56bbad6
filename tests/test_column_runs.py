"""Bare headings that repeat belong to the column before them; what stands once is asked."""

import pytest
from sheets import catalogue, read

STREET = "文昌街道"
MONTH = "长清区2024年9月"


def named(title, *headings):
    """The name in Chinese of what each column but the asked ones was read as."""
    rows = [[f"{MONTH}{title}"], ["街道", *headings], [STREET, *range(1, len(headings) + 1)]]
    known = catalogue().indicators
    tidied = read(rows, basis="in_month")
    found = {one.value: known[one.indicator].name.zh for one in tidied.observations}
    return [found.get(at + 1, "") for at in range(len(headings))]


def test_repeated_bare_headings_belong_to_the_programme_before_them():
    found = named("低保情况表", "城市低保户数", "人数", "农村低保户数", "人数")
    assert found == ["城市低保户数", "城市低保人数", "农村低保户数", "农村低保人数"]


def test_a_part_does_not_end_the_run():
    urban, rural = ["城市低保户数", "人数", "其中:女"], ["农村低保户数", "人数", "其中:女"]
    found = named("低保情况表", *urban, *rural)
    assert found[4:] == ["农村低保人数", "农村低保女性人数"]


@pytest.mark.parametrize(
    ("title", "headings", "last"),
    [
        ("低保情况表", ["城市户数", "人数", "合计户数", "人数"], "城乡低保人数"),
        ("农村低保情况表", ["A类户数", "人数", "B类户数", "人数"], "农村低保B类人数"),
        ("低保情况表", ["合计户数", "人数", "其中:城市户数", "人数"], "城市低保人数"),
        ("低保情况表", ["低保户数", "人数", "新增户数", "人数"], "低保新增人数"),
        (
            "特困人员情况",
            ["集中供养人数", "资金(元)", "分散供养人数", "资金(元)"],
            "特困人员分散供养支出",
        ),
        ("养老机构情况", ["机构数(家)", "公办", "床位数(张)", "公办"], "公办养老机构床位数"),
        (
            "残疾人两项补贴发放表",
            ["生活补贴人数", "金额(元)", "护理补贴人数", "金额(元)"],
            "重度残疾人护理补贴支出",
        ),
        (
            "养老服务设施情况",
            ["养老机构(家)", "床位(张)", "日间照料中心(个)", "床位(张)"],
            "日间照料中心床位数",
        ),
    ],
)
def test_a_run_begins_with_what_says_of_what_it_counts(title, headings, last):
    found = named(title, *headings)
    assert found[-1].removeprefix("当月") == last
    assert found[1] not in ("", last)


@pytest.mark.parametrize(
    "headings",
    [
        ["城市低保户数", "人数", "农村低保户数", "人数", "金额(元)"],
        ["城市低保户数", "人数", "金额(元)", "农村低保户数", "人数"],
    ],
)
def test_what_stands_once_among_runs_is_asked(headings):
    found = named("低保情况表", *headings)
    assert found[headings.index("金额(元)")] == ""
    assert found[headings.index("农村低保户数") + 1] == "农村低保人数"


def test_a_total_behind_runs_is_of_all():
    found = named(
        "两项补贴发放表",
        *["生活补贴人数", "金额(元)"],
        *["护理补贴人数", "金额(元)", "合计金额(元)"],
    )
    assert found[-1] == "当月残疾人两项补贴支出"


def test_repeated_headings_behind_one_programme_are_not_told_apart():
    found = named("低保情况表", "低保户数", "人数", "低保资金(元)", "人数")
    assert found[1] == found[3] == ""


@pytest.mark.parametrize(
    ("title", "headings"),
    [
        ("养老机构床位情况", ["公办床位(张)", "民办床位(张)", "其中:护理型床位(张)"]),
        ("孤儿情况表", ["集中养育(人)", "社会散居(人)", "其中:女(人)"]),
    ],
)
def test_a_part_behind_components_may_be_of_the_last_or_of_all(title, headings):
    assert named(title, *headings)[2] == ""


def test_a_part_behind_components_of_a_total_is_of_that():
    rows = [[f"{MONTH}养老机构床位情况"]]
    rows += [["街道", "床位合计(张)", "公办床位(张)", "民办床位(张)", "其中:护理型床位(张)"]]
    rows += [[STREET, 50, 20, 30, 7], ["崮云湖街道", 20, 10, 10, 5]]
    assert "nursing_beds" in {one.indicator for one in read(rows).observations}


def test_money_or_beds_below_a_title_that_only_heads_what_is_listed_are_asked():
    assert named("儿童福利情况表", "孤儿(人)", "事实无人抚养儿童(人)", "资金(元)")[2] == ""
    assert named("儿童福利情况表", "孤儿(人)", "事实无人抚养儿童(人)", "资金合计(元)")[2] != ""
    assert named("社区养老服务设施情况", "日间照料中心(个)", "床位(张)")[1] == ""
    counted = named("社区养老服务设施情况", "设施数(个)", "其中:日间照料中心(个)", "床位(张)")
    assert counted[2] == "社区养老机构和设施床位数"
