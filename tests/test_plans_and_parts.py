"""Plans are no actual figures, parts are no wholes: kinds of tables seen in bureaus."""

import pytest
from sheets import catalogue, read

from dashboard.catalogue.concepts import Accumulation, FigureKind
from dashboard.catalogue.grid import own_value

STREET, OTHER = "文昌街道", "崮云湖街道"
TITLE = "长清区2024年民生实事项目完成情况表(截至2024年9月底)"
PLANS = (
    "计划 计划数 年度目标任务 任务数 下达指标 下达任务 市下达任务 目标值 全年计划 年度计划 "
    "考核目标 考核指标 年度指标 指标数 指标任务 预期目标 预期值 应完成数 目标要求 责任目标 "
    "年初目标 区级目标 民生实事目标 应建数 拟建数 控制数 规划数 2025年目标"
).split()


def kinds(*rows, **said):
    """What was read: indicator, kind and value."""
    return {(one.indicator, one.kind, one.value) for one in read(list(rows), **said).observations}


def known(*rows, **said):
    """Indicators of a table without errors or questions."""
    tidied = read(list(rows), **said)
    asked = [one.message.zh for one in tidied.findings if one.severity in ("error", "warning")]
    assert not asked
    return {one.indicator for one in tidied.observations}


@pytest.mark.parametrize("plan", PLANS)
def test_a_column_of_plans_is_a_target_and_never_an_actual_figure(plan):
    head = ["序号", "项目名称", "计量单位", plan, "累计完成数", "完成率(%)"]
    found = kinds([TITLE], head, [1, "新建老年助餐点", "个", 20, 16, 80])
    added = "meal_points__added_organisations"
    assert (added, FigureKind.ACTUAL, 16) in found
    planned = {kind for one, kind, value in found if (one, value) == (added, 20)}
    assert planned in ({FigureKind.TARGET}, {FigureKind.PLAN})
    assert all(value != 80 for _, _, value in found)


@pytest.mark.parametrize("plan", ["指标", "要求数", "应开展数", "十四五目标"])
def test_what_may_be_a_plan_is_asked(plan):
    head = ["街道", f"助餐点{plan}(个)", "新建助餐点(个)"]
    found = kinds(["长清区2024年9月助餐点情况表"], head, [STREET, 6, 4], [OTHER, 3, 2])
    assert {value for _, _, value in found} == {4, 2}


def test_what_was_done_of_a_plan_counts_since_january():
    head = ["项目名称", "计量单位", "年度目标任务", "累计完成数"]
    rows = [[TITLE], head, ["新增护理型床位", "张", 300, 215], ["改造提升敬老院", "个", 4, 2]]
    tidied = read([*rows, ["培训养老护理员", "人次", 260, 231]], basis="")
    done = {one.indicator for one in tidied.observations if one.kind is FigureKind.ACTUAL}
    assert done == {
        "elderly_institutions__added_nursing_beds",
        "homes_for_aged__renovated_organisations",
        "carer_training__person_times",
    }


def test_certificates_of_couples_and_of_the_divorced_are_two_parts():
    head = ["街道", "补领结婚证(件)", "补领离婚证(件)", "补领婚姻登记证(件)"]
    rows = [["长清区2024年婚姻登记情况统计表"], head, [STREET, 7, 2, 9]]
    assert known(*rows) == {
        "marriage_certificates_marriage__cases",
        "marriage_certificates_divorce__cases",
        "marriage_certificates_reissued",
    }


def test_urban_communities_and_day_care_are_not_all_of_them():
    rows = [["长清区2024年末情况"], ["街道", "城市社区(个)", "城市社区日间照料中心(个)"]]
    tidied = read([*rows, [STREET, 7, 3]])
    found = {one.indicator for one in tidied.observations}
    assert found == {"urban_day_care__organisations"}
    assert any("社区" in one.message.zh for one in tidied.findings)


def test_old_residents_are_all_of_a_home_for_the_aged_only():
    head = ["机构类别", "机构数(个)", "在院老人(人)"]
    rows = [["长清区2024年末提供住宿的民政机构情况"], head, ["敬老院", 7, 80]]
    assert {one.value for one in read([*rows]).observations} == {7, 80}
    asked = read([*rows, ["儿童福利机构", 1, 20]])
    assert 20 not in {one.value for one in asked.observations}


def test_meals_served_their_subsidy_and_visits_to_day_care_are_measured():
    head = ["街道", "日间照料中心", "日间照料中心", "助餐点", "助餐点", "助餐点"]
    below = [None, "数量(个)", "当月服务人次", "数量(个)", "当月助餐人次", "当月补贴金额(元)"]
    rows = [
        ["2024年6月长清区社区养老服务设施运行情况表"],
        head,
        below,
        [STREET, 2, 300, 3, 90, 270],
    ]
    assert known(*rows) == {
        "day_care_centres",
        "day_care__service_times__in_month",
        "meal_points",
        "meal_points__service_times__in_month",
        "meal_points__subsidies__in_month",
    }


def test_who_got_a_price_subsidy_is_counted_by_the_item():
    head = ["发放对象类别", "户数(户)", "人数(人)", "补贴标准(元/人·月)", "当月发放金额(元)"]
    rows = [["长清区2024年2月困难群众价格临时补贴发放情况表"], head]
    rows += [["城市低保对象", 30, 60, 38, 2280], ["孤儿", None, 7, 54, 378]]
    assert known(*rows) == {
        "urban_dibao__households__item_price",
        "urban_dibao__persons__item_price",
        "urban_dibao__standard__item_price",
        "urban_dibao_price_subsidy_in_month",
        "orphans__households__item_price",
        "orphans__persons__item_price",
        "orphans__standard__item_price",
        "orphans__money__item_price__in_month",
    }


def test_party_organisations_are_no_social_organisations():
    head = ["街道", "社会组织总数(个)", "社会组织党组织(个)"]
    rows = [["长清区社会组织情况统计表(2024年12月31日)"], head, [STREET, 30, 7]]
    tidied = read(rows)
    assert {(one.indicator, one.value) for one in tidied.observations} == {
        ("social_organisations", 30),
        ("party_organisations__organisations", 7),
    }


def test_the_basis_of_what_was_done_is_that_since_january():
    head = ["项目名称", "计量单位", "年度目标任务", "累计完成数"]
    tidied = read([[TITLE], head, ["新建社工站", "个", 7, 5]], basis="")
    (done,) = [one for one in tidied.observations if one.kind is FigureKind.ACTUAL]
    assert catalogue().indicators[done.indicator].accumulation is Accumulation.YEAR_TO_DATE


@pytest.mark.parametrize(
    ("printed", "meant"),
    [
        ("100-299张", "100-299张"),
        ("100张(含)至299张", "100-299张"),
        ("床位100～299张", "100-299张"),
        ("100-299张床位", "100-299张"),
        ("50-99床", "50-99张"),
        ("100～299", "100-299张"),
        ("不足50张", "不足50张"),
        ("100<床位≤300", "100<床位≤300"),
        ("300张以上(含300张)", "300张以上"),
    ],
)
def test_a_size_in_beds_is_a_kind_of_institution_and_no_number_of_beds(printed, meant):
    title = "长清区2024年末养老机构按床位规模分情况表"
    rows = [[title], ["床位规模", "机构数(个)"], ["合计", 6], [printed, 4]]
    expected = {"elderly_institutions", f"elderly_institutions__organisations__{band(meant)}"}
    assert {one.indicator for one in read(rows, area="长清区").observations} == expected
    rows = [
        ["长清区2024年末养老机构床位规模情况表"],
        ["街道", "机构数(个)", printed],
        [STREET, 6, 4],
    ]
    assert {one.indicator for one in read(rows).observations} == expected


def band(name):
    return f"bed_scale_{own_value(name)}"


def test_a_band_without_a_unit_is_asked_where_nothing_says_of_what():
    rows = [["长清区2024年9月高龄津贴发放表"], ["街道", "人数", "80-89"], [STREET, 60, 40]]
    tidied = read(rows)
    assert {one.value for one in tidied.observations} == {60}
    assert any("80-89" in one.message.zh for one in tidied.findings)


def test_the_allowance_is_an_item_beside_another_one():
    head = ["街道", "保障人数(人)", "低保金(元)", "价格临时补贴(元)", "实发合计(元)"]
    rows = [["长清区2024年9月城市居民最低生活保障金发放汇总表"], head, [STREET, 9, 700, 70, 770]]
    assert known(*rows) == {
        "urban_dibao_persons",
        "urban_dibao_paid_in_month",
        "urban_dibao_price_subsidy_in_month",
        "urban_dibao_spending_in_month",
    }
    asked = read(rows, words={"低保金": "低保+资金"})
    assert [one.rule for one in asked.findings] == ["duplicate"]


def test_a_part_without_a_unit_behind_two_measures_is_asked():
    title, head = "长清区2024年9月养老机构情况", ["街道", "养老机构数", "床位数", "其中:公办"]
    rows = [[title], head, [STREET, 6, 300, 2], [OTHER, 2, 100, 1]]
    asked = read(rows)
    assert {one.indicator for one in asked.observations} == {"elderly_institutions", "elderly_beds"}
    assert any("公办" in one.message.zh for one in asked.findings)
    public = "elderly_institutions__organisations__ownership_public"
    assert public in known(*rows, words={"公办": "公办+机构数"})
    more = [*rows[:3], [OTHER, 1, 90, 50]]  # than there are institutions
    assert "elderly_institutions__beds__ownership_public" in known(*more)


def test_a_part_of_persons_is_clear_beside_households():
    title, head = "长清区2024年9月城市低保情况", ["街道", "户数(户)", "人数(人)", "其中:女性"]
    assert "urban_dibao_women" in known([title], head, [STREET, 30, 60, 20])
    head = ["街道", "人数(人)", "户数(户)", "其中:女性"]
    tidied = read([[title], head, [STREET, 60, 30, 20]])
    assert {one.value for one in tidied.observations} == {60, 30}


def test_nursing_beds_are_a_part_of_the_beds():
    head = ["街道", "机构数", "床位数", "其中:护理型"]
    rows = [["长清区2024年9月养老机构情况"], head, [STREET, 6, 300, 200]]
    assert known(*rows) == {"elderly_institutions", "elderly_beds", "nursing_beds"}


@pytest.mark.parametrize("later", ["累计", "本年累计", "1-9月"])
def test_a_form_that_says_over_which_time_it_counts_is_read_by_its_words(later):
    rows = [["社会救助统计月报"], ["表号:民统1表"], ["填报单位:长清区民政局", "2024年9月"]]
    rows += [["指标名称", "代码", "计量单位", "本月", later]]
    rows += [["临时救助资金支出", "2", "万元", 7, 60], ["城市低保户数", "1", "户", 30, 30]]
    found = {(one.indicator, one.value) for one in read(rows, area="长清区").observations}
    assert found == {
        ("temporary_assistance__money__in_month", 70000),
        ("temporary_assistance_spending", 600000),
        ("urban_dibao_households", 30),
    }


def test_villages_without_totals_are_refused_with_what_to_do():
    head = ["村(社区)", "户数(户)", "人数(人)"]
    rows = [["文昌街道2024年9月农村低保情况统计表"], head, ["东村", 3, 6], ["西村", 4, 8]]
    (error,) = [one for one in read(rows).findings if one.severity == "error"]
    assert "小计" in error.message.zh
    assert "totals" in error.message.en


def test_a_table_in_english_can_be_explained():
    rows = [["Subsistence allowances"], ["Street", "Households", "Persons"], [STREET, 30, 60]]
    said = {"area": "长清区", "period": "2024-09"}
    assert any("--word" in one.message.en for one in read(rows, **said).findings)
    words = {"标题": "城市低保", "Households": "户数", "Persons": "人数"}
    assert known(*rows, **said, words=words) == {"urban_dibao_households", "urban_dibao_persons"}


def test_times_of_a_service_at_home_are_those_of_the_benefit():
    rows = [
        ["长清区2024年9月政府购买居家养老服务情况"],
        ["街道", "本月服务人次(人次)"],
        [STREET, 270],
    ]
    assert known(*rows) == {"home_care_services__person_times__in_month"}


def test_a_part_in_a_unit_of_its_own_is_no_question():
    head = ["街道", "救助人次(人次)", "救助金额(万元)", "其中:乡镇(街道)审批(万元)"]
    rows = [["长清区2024年第三季度临时救助情况统计表"], head, [STREET, 23, 6, 2]]
    assert known(*rows) == {
        "temporary_assistance__person_times__months_3",
        "temporary_assistance__money__months_3",
        "temporary_assistance__money__approval_township__months_3",
    }
