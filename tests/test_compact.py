"""Compact releases: large units, units beside or inside the figure, lines that share a cell."""

import pytest
from sheets import of, read, rules

from dashboard.catalogue.concepts import FigureStatus

# 北京市, March 2022, as published: name, unit, figure
BEIJING = [
    ("一、民政事业费累计支出", "亿元", 30.4),
    ("镇", "", 143),
    ("街道", "", 165),
    ("养老机构床位", "万张", 11.3),
    ("城市特困人员救助供养人数", "万人", 0.1),
    ("享受困难残疾人生活补贴人数", "万人", 11.8),
]
BEIJING_VALUES = {
    "civil_affairs_spending": 3_040_000_000,
    "towns": 143,
    "subdistricts": 165,
}
TITLE = ["北京市2022年3月民政统计数据"]


def release(lines, head=("指标", "数值"), title=TITLE):
    return [list(title), *([list(head)] if head else []), *map(list, lines)]


def beijing(write, **how):
    return of(read(release([write(*line) for line in BEIJING], **how), area="北京市"))


@pytest.fixture(scope="module")
def expected():
    head = ("指标", "单位", "数量")
    rows = release([(name, unit or None, value) for name, unit, value in BEIJING], head)
    found = of(read(rows, area="北京市"))
    assert found.items() >= BEIJING_VALUES.items()
    assert len(found) == len(BEIJING)
    return found


WAYS = {
    "unit before the figure": lambda name, unit, value: (name, f"{unit}{value}"),
    "unit after the figure": lambda name, unit, value: (name, f"{value}{unit}"),
    "unit with a space": lambda name, unit, value: (name, f"{unit} {value}"),
    "unit in brackets": lambda name, unit, value: (f"{name}（{unit}）" if unit else name, value),
    "unit behind the name": lambda name, unit, value: (f"{name}{unit}", value),
    "unit after a comma": lambda name, unit, value: (f"{name}，{unit}" if unit else name, value),
    "marked as of which": lambda name, unit, value: (f"#{name}", f"{unit}{value}"),
    "marked with a star": lambda name, unit, value: (f"{name}*", f"{unit}{value}"),
}


@pytest.mark.parametrize("way", WAYS)
def test_a_unit_is_found_wherever_it_is_glued_on(way, expected):
    assert beijing(WAYS[way]) == expected


@pytest.mark.parametrize("way", WAYS)
def test_a_release_needs_no_header_row(way, expected):
    assert beijing(WAYS[way], head=None) == expected


def test_a_release_whose_lines_are_one_cell_each_is_read(expected):
    assert beijing(lambda name, unit, value: (f"{name}{unit}{value}",), head=None) == expected
    assert beijing(lambda name, unit, value: (f"{name}：{value}{unit}",), head=None) == expected


def test_a_figure_in_the_column_of_units_is_read_with_its_unit():
    rows = release([("结婚登记", "万对1.2", None)], ("指标", "单位", "数量"))
    assert of(read(rows, area="北京市")) == {"marriages": 12_000}


def test_a_single_column_of_one_period_is_that_periods():
    rows = [["北京市民政统计"], ["指标", "单位", "2022年3月"], ["结婚登记", "对", 5]]
    tidied = read(rows)
    assert (of(tidied), str(tidied.period)) == ({"marriages": 5}, "2022-03")


@pytest.mark.parametrize(
    ("cell", "unit", "rule"),
    [
        ("若干", "对", "unreadable_number"),
        ("3万对", "对", "wrong_unit"),
        ("3人", None, "wrong_unit"),
        ("3车", None, "unreadable_number"),
        ("对3对", None, "unreadable_number"),
    ],
)
def test_a_glued_figure_that_is_not_certain_is_refused(cell, unit, rule):
    rows = release([("结婚登记", unit, cell)], ("指标", "单位", "数量"))
    assert rules(read(rows, area="北京市")) == [rule]


# 遵义市, June 2024
ZUNYI = [
    ["遵义市2024年二季度民政统计数据"],
    ["指标名称", "单位", "数量"],
    ["一、民政事业费累计支出 二、乡级行政区划", "万元", 57324.8],
    ["#镇", "个", "179"],
    ["乡", "个", 21],
    ["三、提供住宿的民政机构 #养老机构", "个", None],
    ["四、婚姻登记 结婚登记*", "对", "19,215"],
    ["离婚登记*", "对", "4,621"],
    [None, None, None],
    ["注：1.带*的指标为1月至本季度累计数。"],
    ["2.#表示其中的主要项。"],
]


def zunyi(**changes):
    rows = [list(row) for row in ZUNYI]
    for row, cells in changes.items():
        rows[int(row[1:])] = cells
    return read(rows, area="520300")


def test_a_heading_that_shares_a_cell_with_a_line_does_not_hide_it():
    found = of(zunyi())
    assert found["civil_affairs_spending"] == 573_248_000
    assert found["towns"] == 179
    assert (found["marriages"], found["divorces"]) == (19215, 4621)


def test_the_footnote_that_says_what_is_cumulative_is_kept_as_a_note():
    notes = [one for one in zunyi().findings if one.rule == "footnote"]
    assert [(one.severity, one.row, one.column) for one in notes] == [("note", 10, "A")]
    assert "累计数" in notes[0].message.zh
    starred = zunyi(r9=["*为1月至本季度累计数"])
    assert [one.row for one in starred.findings if one.rule == "footnote"] == [10]


def test_two_lines_in_one_cell_beside_one_figure_are_refused():
    tidied = zunyi(r3=["镇 乡", "个", 5], r4=[None])
    assert [(one.severity, one.rule, one.row, one.column) for one in tidied.findings][:1] == [
        ("error", "two_lines", 4, "A")
    ]


def test_a_blank_of_a_release_is_blank_and_not_zero():
    rows = release(
        [("结婚登记", "万对", None), ("离婚登记", "万对", 0.1)], ("指标", "单位", "数量")
    )
    found = {
        one.indicator: (one.value, one.status) for one in read(rows, area="北京市").observations
    }
    assert found == {
        "marriages": (None, FigureStatus.BLANK),
        "divorces": (1000, FigureStatus.FINAL),
    }


def test_two_columns_of_figures_without_a_header_are_not_guessed():
    rows = release([(name, value, value) for name, _, value in BEIJING], None)
    with pytest.raises(ValueError, match="layout"):
        read(rows, area="北京市")
