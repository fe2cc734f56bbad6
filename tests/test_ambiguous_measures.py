"""Words that narrow what is measured are asked about; two names of one thing are one."""

import pytest
from sheets import catalogue, read

MONTH = "长清区2024年9月"
STREETS = ("文昌街道", "平安街道")


def meant(title, *headings, **said):
    """The names of what is read of a table of two streets, by the figure of the first."""
    figures = [
        [street, *range(7 + at, 7 + at + len(headings))] for at, street in enumerate(STREETS)
    ]
    found = read([[title], ["街道", *headings], *figures], basis="in_month", **said)
    names = catalogue().indicators
    return {int(one.value): names[one.indicator].name.zh for one in found.observations}


@pytest.mark.parametrize(
    ("title", "heading"),
    [
        *[
            (f"{MONTH}城市低保情况表", word)
            for word in ("配套资金(万元)", "应发金额(元)", "安排资金")
        ],
        *[(f"{MONTH}城市低保情况表", word) for word in ("监测人数", "变动人数", "动态户数")],
        *[(f"{MONTH}城市低保情况表", word) for word in ("办理人数", "公示户数", "户籍人数")],
        *[(f"{MONTH}城市低保情况表", word) for word in ("期末资金(元)", "年末金额(元)")],
        *[(f"{MONTH}养老机构情况表", word) for word in ("星级机构数", "星级(家)", "星级养老机构")],
        *[
            (f"{MONTH}城市低保资金{word}表", "金额(元)")
            for word in ("下达", "安排", "配套", "提前下达")
        ],
        *[(f"{MONTH}城市低保{word}表", "人数") for word in ("变更", "变动情况", "审核确认")],
        (f"{MONTH}城市低保人均情况表", "金额(元)"),
    ],
)
def test_a_word_that_narrows_what_is_counted_is_asked(title, heading):
    assert meant(title, heading) == {}


@pytest.mark.parametrize(
    ("title", "heading", "name"),
    [
        (f"{MONTH}城市低保资金发放表", "金额(元)", "当月城市低保支出"),
        (f"{MONTH}城市低保动态管理情况表", "人数", "城市低保人数"),
        (f"{MONTH}城市低保情况表", "实发金额(元)", "当月城市低保支出"),
        (f"{MONTH}养老机构情况表", "机构性质合计(家)", "养老机构数"),
    ],
)
def test_a_word_that_says_nothing_more_is_no_question(title, heading, name):
    assert set(meant(title, heading).values()) == {name}


@pytest.mark.parametrize(
    "label",
    ["民办非企业单位(社会服务机构)", "民办非企业单位（民非）", "社会服务机构(民办非企业单位)"],
)
def test_two_names_of_one_kind_are_one(label):
    rows = [
        ["长清区2024年第二季度社会组织情况表"],
        ["类别", "机构数(个)"],
        ["社会团体", 8],
        [label, 9],
    ]
    found = {one.indicator: one.value for one in read(rows).observations}
    assert found["private_nonenterprise_units"] == 9
    assert len(found) == 2


def test_the_year_before_has_its_own_unit():
    title = "长清区2024年1-9月城市低保情况表"
    for rows in (
        [[title], ["街道", "资金(元)", "上年同期(万元)"]],
        [[title], ["街道", "资金", None], [None, "本年(元)", "上年同期(万元)"]],
    ):
        found = read([*rows, ["文昌街道", 70000, 7], ["平安街道", 80000, 8]])
        before = {one.value for one in found.observations if str(one.period) == "2023-09"}
        assert before == {70000, 80000}


def test_money_of_the_year_before_is_no_number_of_persons():
    names = meant(f"{MONTH}孤儿情况表", "上年同期(元)")
    assert not {name for name in names.values() if "支出" not in name}


def test_the_year_before_of_a_stock_is_no_running_total():
    rows = [
        ["长清区2024年三季度民政统计季报"],
        ["指标", "单位", "期末数", "1-9月累计", "上年同期"],
        ["特困人员", "人", 512, None, 548],
        ["临时救助人次", "人次", None, 602, 655],
    ]
    tidied = read(rows)
    found = {(one.indicator, one.value) for one in tidied.observations if one.value is not None}
    assert found == {
        ("tekun_persons", 512),
        ("temporary_assistance_times", 602),
        ("temporary_assistance_times", 655),
    }
    (note,) = [one for one in tidied.findings if one.rule == "figure_left_out"]
    assert (note.severity, note.row, note.column) == ("note", 3, "E")


RELIEF = f"{MONTH}临时救助情况表"


@pytest.mark.parametrize(
    ("title", "note"), [(f"{RELIEF}(单位:人次、元)", None), (RELIEF, "单位:人次、元")]
)
def test_a_list_of_units_gives_each_measure_its_own(title, note):
    rows = [[title], [note], ["街道", "人次", "金额"], ["文昌街道", 7, 900], ["平安街道", 8, 950]]
    values = [one.value for one in read(rows, basis="in_month").observations]
    assert values == [7, 900, 8, 950]


@pytest.mark.parametrize(
    ("title", "note"), [(f"{RELIEF}(单位:人次、元、万元)", None), (RELIEF, "单位:人次、万元、元")]
)
def test_of_two_units_of_money_none_is_guessed(title, note):
    rows = [[title], [note], ["街道", "人次", "金额"], ["文昌街道", 7, 900], ["平安街道", 8, 950]]
    tidied = read(rows, basis="in_month")
    assert [one.value for one in tidied.observations] == [7, 8]
    assert "--unit" in tidied.findings[0].message.zh


def test_other_below_the_heading_of_a_breakdown_is_its_value():
    rows = [
        [f"{MONTH}城市低保情况表"],
        ["街道", "致贫原因", None],
        [None, "疾病", "其他"],
        [None, "人", "人"],
        ["文昌街道", 7, 8],
        ["平安街道", 9, 10],
    ]
    values = {one.value for one in read(rows).observations}
    assert values == {7, 8, 9, 10}
