"""Tables by street: merged headings, areas by name or code, marks, units and months in rows."""

import io

import pytest
import xlsxwriter
from sheets import areas, catalogue, of, read, rules, values

from dashboard.intake.forms.files.read import read_sheets
from dashboard.intake.forms.layout import FormRefused, Hints
from dashboard.intake.forms.recognise import recognise
from dashboard.intake.forms.tidy import tidy

SINCE_JANUARY = "year_to_date"
DEHUA_MERGED = ((2, 0, 3, 0), (2, 1, 3, 1), (2, 2, 3, 2), (2, 3, 2, 4), (2, 5, 2, 6), (2, 7, 2, 8))
DEHUA = [
    ["德化县2024年10月城市低保情况表"],
    [None, None, None, None, None, None, None, None, "单位：户、人、元"],
    ["乡镇", "低保户数", "低保人数", "其中", None, "1-10月", None, "当月", None],
    [None, None, None, "女性", "老年人", "资金总支出", "低保金", "新增人数", "低保金"],
    ["甲", 1, 2, 3, 4, 5, 6, 7, 8],
    ["龙浔镇", 90, 171, 83, 9, 1138579, 1136579, 2, 110789],
    ["浔中镇", 80, 137, 65, 5, "824,233", "823,033", 2, 84384],
    ["合计", 173, 311, 149, 15, 1984362, 1981162, 4, 197328],
    ["注：上涌镇数据另报，截至2024年11月"],
]


def test_a_published_street_table_is_read_with_its_title_its_groups_and_its_months():
    found = values(read(DEHUA, merged=DEHUA_MERGED))
    town = {indicator: value for (indicator, area), value in found.items() if area == "350526101"}
    assert town == {
        "urban_dibao_households": 90,
        "urban_dibao_persons": 171,
        "urban_dibao_women": 83,
        "urban_dibao_elderly": 9,
        "urban_dibao_spending": 1138579,
        "urban_dibao_paid": 1136579,
        "urban_dibao_persons_added": 2,
        "urban_dibao_paid_in_month": 110789,
    }
    assert found["urban_dibao_paid", "350526"] == 1981162  # 合计 is the county's own line
    assert len(found) == 24


def test_a_heading_that_ends_in_another_month_than_the_table_is_refused():
    rows = [list(row) for row in DEHUA]
    rows[2][5] = "1-9月"
    tidied = read(rows, merged=DEHUA_MERGED)
    asked = {one.severity for one in tidied.findings} - {"note"}  # its footnote is noted
    assert tidied.refused or asked == {"warning"}
    (finding,) = [one for one in tidied.findings if one.rule == "unclear_period"]
    assert "10月" in finding.message.zh and "1-9月" in finding.message.zh


def streets(head, *rows, title="长清区2024年9月情况表"):
    return [[title], *head, *rows]


def test_rows_are_matched_by_name_code_or_the_district_itself():
    rows = streets(
        [["序号", "区划代码", "单位名称", "结婚登记(对)"]],
        [1, None, "文昌街道办事处", 1],
        [2, 370113003, "平安", 2],
        [3, "370113006000", None, 3],
        [None, None, "区本级", 9],
        [None, None, "全区", 6],
    )
    tidied = read(rows, basis=SINCE_JANUARY)
    found = {area: value for (_, area), value in values(tidied).items()}
    assert found == {"370113001": 1, "370113003": 2, "370113006": 3, "370113": 6}
    assert [(one.severity, one.rule) for one in tidied.findings] == [("note", "row_left_out")]


@pytest.mark.parametrize(
    ("row", "rule"),
    [
        (["不存在街道", None, 1], "unknown_area"),
        (["龙浔镇", None, 1], "unknown_area"),
        (["文昌街道", "370113003", 1], "area_mismatch"),
        ([None, None, 1], "unknown_area"),
        (["张夏街道", None, 1], "stated_twice"),
        (["文昌街道", None, "#REF!"], "unreadable_number"),
    ],
)
def test_a_row_whose_area_is_not_certain_is_refused(row, rule):
    rows = streets([["街道", "区划代码", "结婚登记"]], ["张夏街道", None, 4], row)
    assert rules(read(rows, basis=SINCE_JANUARY)) == [rule]


def test_marks_for_no_figure_are_kept_apart():
    rows = streets(
        [["街道", "城市低保人数", "农村低保人数", "结婚登记", "离婚登记"]],
        ["文昌街道", "未报", "*", "…", None],
        ["平安街道", 1, 2, 3, 4],
    )
    first = read(rows, basis=SINCE_JANUARY).observations[:4]
    found = {one.indicator: (one.value, str(one.status)) for one in first}
    assert found == {
        "urban_dibao_persons": (None, "L"),
        "rural_dibao_persons": (None, "S"),
        "marriages": (None, "B"),
        "divorces": (None, "B"),
    }


@pytest.mark.parametrize(
    ("head", "indicator", "value"),
    [
        ([["街道", "低保"], [None, "城市"], [None, "人数"]], "urban_dibao_persons", 5),
        ([["街道", "低保/农村/人数"]], "rural_dibao_persons", 5),
        ([["街道", "农村低保人数"]], "rural_dibao_persons", 5),
        ([["街道", "社会救助"], [None, "城市低保人数"]], "urban_dibao_persons", 5),
        ([["街道", "婚姻登记"], [None, "结婚登记"], [None, "当月"]], "marriages_in_month", 5),
        ([["街道", "婚姻登记"], [None, "结婚登记"], [None, "累计"]], "marriages", 5),
        ([["街道", "本月结婚登记对数"]], "marriages_in_month", 5),
        ([["街道", "低保"], [None, "城市"], [None, "户"]], "urban_dibao_households", 5),
        ([["街道", "城市低保金(万元)"]], "urban_dibao_spending", 50_000),
        ([["街道", "女性"], [None, "农村低保人数"]], "rural_dibao__persons__sex_female", 5),
        (
            [["街道", "当月"], [None, "农村低保金(元)"]],
            "rural_dibao__money__in_month",
            5,
        ),
        ([["街道", "城市低保金"], [None, "万元"]], "urban_dibao_spending", 50_000),
    ],
)
def test_a_heading_is_matched_with_the_headings_over_it(head, indicator, value):
    read_so = read(streets(head, ["文昌街道", 5]), basis=SINCE_JANUARY)
    assert of(read_so) == {indicator: value}


@pytest.mark.parametrize(
    "head",
    [
        [["街道", "残疾人"], [None, "结婚登记"]],
        [["街道", "退役军人"], [None, "农村低保人数"]],
        [["街道", "城市"], [None, "农村低保人数"]],
    ],
)
def test_a_heading_that_narrows_the_meaning_is_never_dropped(head):
    assert rules(read(streets(head, ["文昌街道", 5]))) == ["unknown_indicator"]


def test_the_unit_of_the_sheet_counts_for_figures_of_its_kind_only():
    rows = streets(
        [[None, "单位：万元"], ["街道", "城市低保金", "城市低保人数"]], ["文昌街道", 5, 7]
    )
    found = of(read(rows, basis=SINCE_JANUARY))
    assert found == {"urban_dibao_spending": 50_000, "urban_dibao_persons": 7}


def test_money_without_any_unit_is_refused():
    rows = streets([["街道", "慈善支出"]], ["文昌街道", 5])
    assert rules(read(rows, basis=SINCE_JANUARY)) == ["missing_unit"]


def test_months_in_rows_are_read_with_the_street_carried_down():
    rows = streets(
        [["街道", "月份", "结婚登记"]],
        ["文昌街道", "1月", 1],
        [None, "2月", 2],
        ["平安街道", 1, 3],
        [None, "2024-02", 4],
        title="长清区2024年婚姻登记表",
    )
    found = {
        (one.area, str(one.period)): one.value
        for one in read(rows, basis=SINCE_JANUARY).observations
    }
    assert found == {
        ("370113001", "2024-01"): 1,
        ("370113001", "2024-02"): 2,
        ("370113003", "2024-01"): 3,
        ("370113003", "2024-02"): 4,
    }


def test_a_workbook_is_read_from_its_bytes_to_its_figures():
    content = io.BytesIO()
    book = xlsxwriter.Workbook(content)
    page = book.add_worksheet("城市低保")
    for row, cells in enumerate(DEHUA):
        page.write_row(row, 0, cells)
    for top, left, bottom, right in DEHUA_MERGED:
        page.merge_range(top, left, bottom, right, DEHUA[top][left])
    book.close()
    (sheet,) = read_sheets("德化.xlsx", content.getvalue())
    recognition = recognise(sheet, catalogue(), areas(), Hints(basis="year_to_date"))
    from_bytes = values(tidy(sheet, recognition, catalogue(), areas()))
    assert from_bytes == values(read(DEHUA, merged=DEHUA_MERGED))


@pytest.mark.parametrize("group", ["城乡低保", "最低生活保障", "城乡最低生活保障情况", "社会救助"])
def test_a_heading_that_names_the_whole_of_which_a_column_is_a_part_changes_nothing(group):
    rows = [
        ["长清区2025年6月各街镇情况", None, None],
        ["街道(镇)", group, None],
        [None, "城市低保人数", "城市低保金(万元)"],
        ["文昌街道", 10, 3.5],
    ]
    merged = ((1, 0, 2, 0), (1, 1, 1, 2))
    found = values(read(rows, merged=merged, basis=SINCE_JANUARY))
    assert found["urban_dibao_spending", "370113001"] == 35_000
    assert found["urban_dibao_persons", "370113001"] == 10


@pytest.mark.parametrize(
    ("title", "is_other"),
    [
        ("白石县2024年9月城市低保情况表", True),
        ("2024年9月白石县城市低保情况表", True),
        ("附件1:白石市民政局2024年9月城市低保情况表", True),
        ("2024年9月城市低保情况表", False),
        ("济南市2024年9月城市低保情况表", False),
        ("长清2024年9月城市低保情况表", False),
        ("全区2024年9月城市低保情况表", False),
        ("各县区2024年9月城市低保情况表", False),
        ("城乡社区2024年9月城市低保情况表", False),
        ("2024年9月城市低保对象市级补助情况表", False),
    ],
)
def test_a_title_of_another_county_is_not_that_of_the_rows(title, is_other):
    rows = [["街道", "城市低保人数(人)"], ["文昌街道", 5], ["崮云湖街道", 7], ["孝里街道", 8]]
    try:
        rule = rules(read([[title], *rows]))
    except FormRefused as refused:
        rule = [finding.rule for finding in refused.findings]
    assert ("unknown_area" in rule) == is_other


@pytest.mark.parametrize(
    "heading",
    [
        "城市低保人数(万元)",
        "城市低保人数(户)",
        "城市低保户数(人)",
        "养老机构床位数(%)",
        "结婚登记对数(人)",
    ],
)
def test_a_unit_of_another_kind_is_asked_about(heading):
    tidied = read(streets([["街道", heading]], ["文昌街道", 12], ["孝里街道", 8]))
    assert tidied.refused and "不能以" in tidied.findings[0].message.zh


@pytest.mark.parametrize("heading", ["城市低保人数(个)", "结婚登记对数(件)", "养老机构床位数(个)"])
def test_a_unit_of_anything_counted_fits_every_count(heading):
    assert values(read(streets([["街道", heading]], ["文昌街道", 12], ["孝里街道", 8])))
