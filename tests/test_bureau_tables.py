"""Kinds of tables that bureaus publish: what is not said is asked, nothing is read as another."""

import pytest
from sheets import areas, catalogue, read, rules, sheet

from dashboard.base.language import Text
from dashboard.catalogue.catalogue import all_areas
from dashboard.catalogue.concepts import Area, FigureKind, Level
from dashboard.intake.forms.layout import FormRefused, Hints
from dashboard.intake.forms.recognise import recognise
from dashboard.intake.forms.tidy import tidy

STREET, OTHER = "文昌街道", "崮云湖街道"
MONTH = "长清区2024年9月"


def by_period(*rows, **said):
    """Values by indicator and period of a table without errors."""
    tidied = read(list(rows), **said)
    assert not tidied.refused, [one.message.zh for one in tidied.findings]
    return {(one.indicator, str(one.period)): one.value for one in tidied.observations}


def indicators(*rows, **said):
    return {indicator for indicator, _ in by_period(*rows, **said)}


@pytest.mark.parametrize(
    ("months", "meant"),
    [
        (("2026.9", "2026.1", "2026.11"), ("2026-09", "2026-10", "2026-11")),
        (("2026.1", "2026.2", "2026.3"), ("2026-01", "2026-02", "2026-03")),
    ],
)
def test_a_month_that_lost_its_zero_is_read_by_its_neighbours(months, meant):
    rows = [["长清区低保人数"], ["街道", *map(float, months)], [STREET, 7, 8, 9]]
    found = by_period(*rows)
    assert found == dict(zip([("dibao_persons", one) for one in meant], (7, 8, 9), strict=True))


def test_a_month_that_may_be_october_is_asked():
    rows = [["长清区低保情况表"], ["时间:", 2026.1], ["街道", "低保人数"], [STREET, 7]]
    with pytest.raises(FormRefused) as refused:
        read(rows)
    assert "2026-10" in refused.value.findings[0].message.zh
    rows[1] = ["时间:", 2026.11]
    assert set(by_period(*rows)) == {("dibao_persons", "2026-11")}


def test_the_day_a_table_was_made_is_not_its_period():
    rows = [["长清区2024年1-6月低保资金"], ["制表:民政科 2024年7月"]]
    rows += [["街道", "低保资金(万元)"], [STREET, 7]]
    assert {period for _, period in by_period(*rows)} == {"2024-06"}


def test_each_of_two_tables_has_its_own_title():
    rows = []
    for subject in ("城市低保", "农村低保"):
        rows += [[f"{MONTH}{subject}统计表", None], ["街道", "人数"], [STREET, 7]]
    assert indicators(*rows) == {"urban_dibao_persons", "rural_dibao_persons"}


def test_a_unit_of_money_over_the_table_says_nothing_of_persons():
    rows = [[f"{MONTH}孤儿基本生活费发放表"], ["填报人:张三", "金额单位:万元"]]
    rows += [["街道", "人数", "发放金额"], [STREET, 7, 8]]
    found = by_period(*rows)
    assert set(found.values()) == {7, 80000}


def test_counts_of_streets_and_towns_are_figures_and_no_names():
    rows = [["长清区2023年末行政区划"], ["地区", "街道(个)", "镇(个)", "村委会(个)"]]
    rows += [["长清区", 7, 3, 500]]
    assert len(indicators(*rows)) == 3


def test_the_english_of_a_bilingual_table_makes_no_list_of_it():
    rows = [["长清区婚姻登记情况"], ["指标", "Item", "2021年", "2022年", "2023年"]]
    rows += [["结婚登记(对)", "Registered Marriages", 7, 8, 9]]
    rows += [["离婚登记(对)", "Registered Divorces", 1, 2, 3]]
    assert {period for _, period in by_period(*rows)} == {"2021-12", "2022-12", "2023-12"}


def test_persons_below_a_title_of_one_payment_are_not_all_with_the_benefit():
    rows = [[f"{MONTH}困难群众价格临时补贴发放表"], ["街道", "低保对象(人)"], [STREET, 7]]
    assert indicators(*rows) == {"dibao__persons__item_price"}


def test_a_station_in_the_title_only_carries_the_help_out():
    rows = [["长清区救助管理站2024年上半年流浪乞讨人员救助情况"], ["项目", "救助人次"]]
    rows += [["流浪乞讨人员", 7]]
    assert indicators(*rows) == {"vagrant_assistance_times"}


def test_an_unknown_word_beside_values_of_another_kind_is_asked():
    rows = [["长清区2024年上半年流浪乞讨人员救助人次"]]
    rows += [["地区", "站内救助", "站外救助", "危重病人"], ["长清区", 7, 8, 9]]
    tidied = read(rows)
    assert {one.value for one in tidied.observations} == {7, 8}
    assert [one.severity for one in tidied.findings if one.value == "危重病"] == ["warning"]


def test_what_does_not_need_an_unknown_word_does_not_wait_for_it():
    rows = [
        [f"{MONTH}残疾人护理补贴人数"],
        ["街道", "人数", "渐冻症人数", "戈谢病人数", "血友病人数"],
    ]
    rows += [[STREET, 9, 3, 2, 1]]
    tidied = read(rows)
    assert {one.value for one in tidied.observations} == {9}
    assert len([one for one in tidied.findings if one.severity == "warning"]) == 3
    assert "unknown_indicator" in rules(tidied)


@pytest.mark.parametrize(("unit", "factor"), [("百万元", 1e6), ("千元", 1e3), ("亿元", 1e8)])
def test_units_of_money(unit, factor):
    rows = [["长清区2023年福利彩票销售额", f"单位:{unit}"], ["地区", "销售额"], ["长清区", 7.5]]
    assert set(by_period(*rows).values()) == {7.5 * factor}
    assert catalogue().find_unit(unit).factor == factor


@pytest.mark.parametrize(
    ("title", "heading"),
    [
        ("低保资金结余", "金额(万元)"),
        ("城市低保目标任务", "人数"),
        ("养老机构目标任务完成情况", "床位数(张)"),
        ("低保人均补助水平", "金额(元)"),
        ("高龄津贴拟发放", "人数"),
        ("敬老院特困人员", "人数"),
        ("低保应发资金", "应发(元)"),
    ],
)
def test_a_title_that_says_more_than_its_columns_is_asked(title, heading):
    tidied = read([[f"{MONTH}{title}情况"], ["街道", heading], [STREET, 7]])
    assert tidied.refused and tidied.observations == ()


def test_a_title_of_those_who_left_counts_them():
    rows = [[f"{MONTH}取消低保人员情况"], ["街道", "人数"], [STREET, 7]]
    assert indicators(*rows, basis="in_month") == {"dibao__left_persons__in_month"}


def test_a_title_that_heads_a_list_of_institutions_owns_no_bare_column():
    rows = [[f"{MONTH}养老机构情况"]]
    rows += [["街道", "老年助餐点(个)", "日间照料中心(个)", "床位数(张)"], [STREET, 7, 8, 9]]
    assert {one.value for one in read(rows).observations} == {7, 8}


def test_benefits_beside_that_of_the_title_are_read_and_others_are_not():
    rows = [[f"{MONTH}城乡低保情况"], ["街道", "低保人数", "特困人数"], [STREET, 7, 8]]
    assert indicators(*rows) == {"dibao_persons", "tekun_persons"}
    rows = [[f"{MONTH}高龄津贴情况"], ["街道", "高龄津贴人数", "低保人数"], [STREET, 7, 8]]
    assert {one.value for one in read(rows).observations} == {7}


def test_a_list_of_figures_is_read_by_its_words():
    rows = [["街道", "月份", "指标", "数值", "单位"]]
    rows += [[STREET, "2025年1月", "低保户数", 7, "户"], [STREET, "2025年1月", "低保人数", 9, "人"]]
    assert set(by_period(*rows).values()) == {7, 9}
    above = [[f"{MONTH}农村低保情况"], ["街道", "指标", "数值"], [STREET, "低保人数", 7]]
    assert indicators(*above) == {"rural_dibao_persons"}


def test_a_standard_counts_from_the_day_on_which_it_comes_into_force():
    rows = [["长清区低保标准"], ["自2024年7月1日起执行"], ["地区", "城市低保标准(元/月)"]]
    rows += [["长清区", 850]]
    assert {period for _, period in by_period(*rows)} == {"2024-07"}


def test_the_month_in_which_something_else_began_is_not_the_period():
    rows = [["长清区2024年低保人数(自2024年7月起累计)"], ["街道", "人数"], [STREET, 7]]
    assert "2024-07" not in {str(one.period) for one in read(rows).observations}


def test_a_budget_of_the_year_has_no_basis():
    rows = [["长清区2024年高龄津贴发放进度表(截至9月底)"]]
    rows += [["街道", "1-9月累计发放(万元)", "年初预算数(万元)"], [STREET, 70, 149]]
    tidied = read(rows, basis="")
    assert not tidied.refused, [one.message.zh for one in tidied.findings]
    assert {(one.kind, one.value) for one in tidied.observations} == {
        (FigureKind.ACTUAL, 700000),
        (FigureKind.PLAN, 1490000),
    }


def test_rows_of_villages_are_left_out_and_the_totals_of_their_streets_read():
    rows = [[f"{MONTH}低保统计表"], ["街道", "村(社区)", "户数"]]
    rows += [[STREET, "东村", 3], [None, "西村", 4], [None, "小计", 7]]
    rows += [[OTHER, "南村", 1], [None, "北村", 1], [None, "小计", 2], ["合计", None, 9]]
    tidied = read(rows)
    assert {one.area: one.value for one in tidied.observations} == {
        "370113001": 7,
        "370113002": 2,
        "370113": 9,
    }
    assert rules(tidied) == ["row_left_out"]


def test_a_total_among_villages_is_of_its_street_or_of_all_of_them():
    head = [[f"{MONTH}低保统计表"], ["街道", "村(社区)", "户数"]]
    streets = [[STREET, "东村", 3], [None, "西村", 4]], [[OTHER, "南村", 1], [None, "北村", 1]]
    total = [None, "合计", 9]
    every = read([*head, *streets[0], *streets[1], total])
    assert {one.area for one in every.observations} == {"370113"}
    each = read([*head, *streets[0], [None, "合计", 7], *streets[1], [None, "合计", 2]])
    assert {one.area: one.value for one in each.observations} == {"370113001": 7, "370113002": 2}


def test_villages_of_one_street_leave_the_total_of_the_street():
    rows = [["长清区文昌街道2024年9月各村(社区)低保统计表"], ["村(社区)", "户数"]]
    tidied = read([*rows, ["东村", 3], ["西村", 4], ["合计", 7]])
    assert {(one.area, one.value) for one in tidied.observations} == {("370113001", 7)}


def test_the_number_of_people_a_heading_names_is_persons():
    rows = [[f"{MONTH}特困人员情况统计表"]]
    rows += [["街道", "特困人员总数", "其中:农村", "未成年人", "全自理", "半护理", "全护理"]]
    rows += [[STREET, 23, 20, 1, 15, 5, 3], [OTHER, 12, 10, 0, 8, 3, 1]]
    found = indicators(*rows)
    assert found == {
        "tekun_persons",
        "rural_tekun_persons",
        "tekun__persons__group_minor",
        "tekun__persons__selfcare_able",
        "tekun__persons__selfcare_partly",
        "tekun__persons__selfcare_unable",
    }
    money = [[f"{MONTH}特困人员供养资金"], ["街道", "未成年人"], [STREET, 7]]
    assert "tekun__persons__group_minor" not in {one.indicator for one in read(money).observations}


def test_parts_below_a_title_of_money_that_add_up_to_persons_are_persons():
    rows = [[f"{MONTH}重度残疾人护理补贴资金发放表"], ["街道", "一级", "二级", "人数", "金额(元)"]]
    found = by_period(*rows, [STREET, 8, 12, 20, 2400], [OTHER, 9, 12, 21, 2520])
    grades = {"disabled_nursing__persons__disability_grade_first"}
    assert grades <= {indicator for indicator, _ in found}


def test_a_section_of_a_bilingual_table_is_no_heading():
    rows = [["长清区社会救助情况"], ["项目", "Item", "2020", "2021"]]
    rows += [["优待", "Preferential", None, None], ["优待人数(人)", "Persons", 1, 2]]
    rows += [["社会救助", "Social Relief", None, None], ["城市低保人数(人)", "Persons", 3, 4]]
    tidied = read(rows)
    assert {(str(one.period), one.value) for one in tidied.observations} == {
        ("2020-12", 3),
        ("2021-12", 4),
    }


@pytest.mark.parametrize("village", ["崮云湖村", "崮云湖社区"])
def test_a_village_is_never_the_street_of_its_name(village):
    title = [f"{MONTH}农村低保统计表"]
    by_street = [title, ["街道", "村", "人数"], [OTHER, village, 7], [STREET, "小计", 9]]
    assert {one.value for one in read(by_street).observations} == {9}
    alone = [title, ["村", "人数"], [village, 7], ["陈家寨村", 2], ["合计", 9]]
    assert by_period(*alone) == {("rural_dibao_persons", "2024-09"): 9}
    among = [title, ["单位", "人数"], [STREET, 7], ["平安街道", 3], [OTHER, 2], [village, 1]]
    assert "unknown_area" in rules(read(among))


def test_villages_that_no_list_has_are_counted_and_not_asked_as_words():
    rows = [[f"{MONTH}农村低保统计表(分村)"], ["单位", "人数"]]
    rows += [["陈家寨村", 7], ["河东村", 2], ["桥头社区", 1], ["合计", 10]]
    tidied = read(rows)
    assert {one.value for one in tidied.observations} == {10}
    assert ["3 个村" in one.message.zh for one in tidied.findings] == [True]


def test_halves_and_quarters_in_headings_take_the_year_of_their_row():
    rows = [["长清区低保情况"], ["年份", "上半年", "下半年"], [None, "人数", "人数"]]
    found = by_period(*rows, ["2023年", 100, 120], ["2024年", 90, 95])
    assert {(period, value) for (_, period), value in found.items()} == {
        ("2023-06", 100),
        ("2023-12", 120),
        ("2024-06", 90),
        ("2024-12", 95),
    }
    years = [["长清区结婚登记"], ["季度", "2023年(对)", "2024年(对)"], ["上半年", 5, 6]]
    assert {period for _, period in by_period(*years)} == {"2023-06", "2024-06"}


def test_half_a_year_as_the_only_heading_is_not_the_whole_year():
    rows = [["长清区婚姻登记情况"], ["年份", "上半年"], [None, "结婚(对)"], ["2023年", 100]]
    assert set(by_period(*rows)) == {("marriages", "2023-06")}


def test_a_period_in_a_unit_is_a_period():
    rows = [["长清区2024年低保"], ["街道", "7月(户)", "7月(人)", "8月(户)", "8月(人)"]]
    found = by_period(*rows, [STREET, 1, 2, 3, 4])
    assert found == {
        ("dibao_households", "2024-07"): 1,
        ("dibao_persons", "2024-07"): 2,
        ("dibao_households", "2024-08"): 3,
        ("dibao_persons", "2024-08"): 4,
    }


def test_the_month_below_a_title_since_january_is_its_last():
    rows = [["长清区2024年1-9月低保资金支出情况表"], ["街道", "本月(万元)", "累计(万元)"]]
    found = by_period(*rows, [STREET, 1, 9], basis="")
    assert found == {
        ("dibao__money__in_month", "2024-09"): 10000,
        ("dibao_spending", "2024-09"): 90000,
    }


def test_the_year_before_counts_over_the_time_of_the_column_it_is_compared_with():
    rows = [[f"{MONTH}婚姻登记情况"]]
    rows += [["项目", "本月", "去年同月", "1-9月累计", "去年同期", "同比"]]
    found = by_period(*rows, ["结婚登记(对)", 10, 11, 90, 95, "-5%"], basis="")
    assert found == {
        ("marriages_in_month", "2024-09"): 10,
        ("marriages_in_month", "2023-09"): 11,
        ("marriages", "2024-09"): 90,
        ("marriages", "2023-09"): 95,
    }


def test_organisations_added_and_closed_are_counted_as_such():
    rows = [["长清区2024年社会组织登记情况"], ["类别", "年末总数", "当年新增", "当年注销"]]
    assert indicators(*rows, ["社会团体", 100, 5, 2]) == {
        "social_associations",
        "social_associations__added_organisations",
        "social_associations__left_organisations",
    }
    benefit = [["长清区2024年低保情况"], ["街道", "总数", "当年新增"], [STREET, 7, 1]]
    assert read(benefit).observations == ()


def test_figures_with_their_unit_in_the_cell_are_figures():
    rows = [[f"{MONTH}临时救助情况"], ["街道", "户次", "人次", "金额(元)"]]
    found = by_period(
        *rows, [STREET, "12户次", "30人次", "15,000元"], [OTHER, "8户次", "20人次", "9,800.50"]
    )
    assert len(found) == 3


def test_a_row_that_adds_up_the_months_above_it_counts_since_january():
    rows = [["时间", "当月火化遗体(具)"]]
    rows += [["1月份", 5], ["2月份", 6], ["1-2月累计", 11]]
    found = by_period(["长清区2024年殡葬服务月度台账"], *rows, basis="")
    assert found["cremations", "2024-02"] == 11
    assert found["cremations__bodies__in_month", "2024-02"] == 6


def test_villages_between_their_streets_are_left_out_at_once():
    rows = [[f"{MONTH}农村低保统计表"], ["单位", "人数"]]
    rows += [[STREET, 9], ["陈家寨村", 7], ["河东村", 2], [OTHER, 3], ["桥头社区", 3], ["合计", 12]]
    tidied = read(rows)
    assert {one.area: one.value for one in tidied.observations} == {
        "370113001": 9,
        "370113002": 3,
        "370113": 12,
    }
    assert ["3 个村" in one.message.zh for one in tidied.findings] == [True]


def test_villages_that_a_list_has_are_read_among_those_that_it_has_not():
    known = [
        Area(f"{town}201", Text("河东村"), Level.COMMUNITY, town)
        for town in ("370113001", "370113002")
    ]
    rows = [[f"{MONTH}农村低保统计表"], ["街道", "村(社区)", "人数"], [STREET, "河东村", 7]]
    rows += [[None, "西村", 2], [None, "小计", 9], [OTHER, "河东村", 3], [None, "小计", 3]]
    listed = all_areas(catalogue(), known)
    one = sheet(rows)
    tidied = tidy(one, recognise(one, catalogue(), listed, Hints()), catalogue(), listed)
    assert {one.area: one.value for one in tidied.observations} == {
        "370113001201": 7,
        "370113001": 9,
        "370113002201": 3,
        "370113002": 3,
    }
    assert rules(tidied) == ["row_left_out"]


@pytest.mark.parametrize("village", ["大坪", "大坪村"])
def test_a_unit_that_is_a_place_is_not_the_whole_area(village):
    rows = [[f"{MONTH}农村低保统计表"], ["序号", "单位", "人数"], [1, village, 7]]
    assert not read(rows).observations


def test_streets_that_no_list_has_are_asked_as_areas():
    rows = [[f"{MONTH}农村低保统计表"], ["单位", "人数"], ["新河镇", 7], ["柳林乡", 2]]
    assert {one.rule for one in read(rows).findings} == {"unknown_area"}


def test_a_village_called_like_its_street_is_not_the_street():
    rows = [[f"{MONTH}低保统计表"], ["街道", "村(社区)", "户数"]]
    rows += [[STREET, "文昌村", 3], [None, "东村", 4], [OTHER, "崮云湖社区", 5], ["合计", None, 12]]
    assert [(one.area, one.value) for one in read(rows).observations] == [("370113", 12)]
    loose = read([[f"{MONTH}低保统计表"], ["单位名称", "户数"], ["文昌社区", 3], [OTHER, 5]])
    assert {one.area for one in loose.observations} == {"370113002"}
    assert rules(loose) == ["unknown_indicator"]


def test_a_street_that_stands_over_lines_as_a_section_is_their_area():
    rows = [[f"{MONTH}低保"], ["指标", "数量"], [STREET, None], ["低保户数(户)", 3]]
    assert {one.area for one in read(rows).observations} == {"370113001"}
    rows += [[OTHER, None], ["低保户数(户)", 4], ["全区", None], ["低保户数(户)", 7]]
    found = {one.area: one.value for one in read(rows).observations}
    assert found == {"370113001": 3, "370113002": 4, "370113": 7}


def test_a_title_of_moves_is_asked_unless_its_columns_say_which():
    title = [f"{MONTH}低保对象增减情况表"]
    assert read([title, ["街道", "人数"], [STREET, 7]]).observations == ()
    moves = [title, ["街道", "新增户数", "减少户数", "期末户数"], [STREET, 1, 2, 9]]
    assert len(read(moves, basis="in_month").observations) == 3


def test_the_basic_living_of_the_destitute_is_an_item_of_their_money():
    rows = [[f"{MONTH}统计表"], ["街道", "特困人员基本生活费保障资金支出(元)"], [STREET, 7000]]
    assert "tekun_spending" not in {one.indicator for one in read(rows).observations}


def test_money_of_the_title_is_no_measure_of_grades_of_persons():
    rows = [[f"{MONTH}特困人员救助供养资金发放汇总表"], ["单位:人、元"]]
    rows += [["街道", "供养人数", "全自理", "半护理", "全护理", "发放资金"]]
    proved = read([*rows, [STREET, 10, 5, 3, 2, 9000]])
    counts = {one.value: one.indicator for one in proved.observations}
    assert all("money" not in counts[value] for value in (5, 3, 2))
    asked = read([*rows, [STREET, 10, 5, 3, 1, 9000]])
    assert not {5, 3, 1} & {one.value for one in asked.observations}


def test_sizes_of_institutions_are_no_beds():
    rows = [[f"长清区养老机构情况({MONTH}末)"], ["项目", "机构数(个)", "床位数(张)"]]
    rows += [["总计", 7, 900], ["按床位规模分"], ["  100-299张", 3, 500], ["  300张及以上", 1, 400]]
    assert all("bed_scale" in one for one in indicators(*rows) if one.count("__") > 1)


@pytest.mark.parametrize("note", ["(截至2024年9月底) 单位:个、张", "设施情况(单位:个,张)"])
def test_a_list_of_units_is_the_unit_of_no_column(note):
    rows = [["长清区社区养老服务设施情况表"], [note]]
    rows += [["街道", "日间照料中心", "日间照料床位(张)", "老年助餐点"], [STREET, 7, 60, 8]]
    read_as = indicators(*rows, period="2024-09")
    assert read_as == {"day_care_centres", "day_care__beds", "meal_points"}


def test_meals_are_not_all_that_a_service_gives():
    rows = [[f"{MONTH}居家养老服务情况表"]]
    rows += [["街道", "服务对象(人)", "服务人次(人次)", "助餐人次(人次)"], [STREET, 7, 60, 8]]
    tidied = read(rows)
    assert {one.value for one in tidied.observations} == {7, 60}
    assert [one.value for one in tidied.findings if one.severity == "warning"] == ["助餐人次"]


@pytest.mark.parametrize("since", ["1-9月累计", "1-9月", "本年累计"])
def test_a_month_beside_what_counts_since_january_is_a_single_month(since):
    rows = [[f"{MONTH}婚姻登记情况统计表"], ["街道", "9月", None, since, None]]
    rows += [[None, "结婚登记", "离婚登记", "结婚登记", "离婚登记"], [STREET, 7, 3, 60, 30]]
    read_as = indicators(*rows, basis="")
    assert read_as == {"marriages_in_month", "divorces_in_month", "marriages", "divorces"}


def test_a_month_beside_another_measure_since_january_is_asked():
    rows = [[f"{MONTH}婚姻登记情况统计表"], ["街道", "9月结婚登记", "1-9月累计离婚登记"]]
    tidied = read([*rows, [STREET, 7, 30]], basis="")
    assert "unknown_basis" in rules(tidied)


def test_a_station_whose_help_is_not_named_is_counted_by_that_help():
    rows = [["长清区救助管理站2024年1-9月救助情况统计表"], ["单位:人次"]]
    rows += [["项目", "数量"], ["救助总人次", 60], ["站内救助", 40], ["街面救助", 7]]
    assert indicators(*rows) == {
        "vagrant_assistance_times",
        "vagrant_assistance__person_times__place_in_station",
        "vagrant_assistance__person_times__place_street",
    }


def test_sex_and_age_over_other_headings_make_no_list_of_persons():
    rows = [[f"{MONTH}农村留守儿童统计表"], ["街道", "总数", "性别", None, "年龄", None]]
    rows += [[None, None, "男", "女", "0-5岁", "6-13岁"], [STREET, 7, 3, 4, 2, 5]]
    found = by_period(*rows)
    assert sorted(found.values()) == [2, 3, 4, 5, 7]
    assert all("left_behind_children" in indicator for indicator, _ in found)


def test_the_aged_who_are_disabled_or_nearly_are_one_group():
    rows = [[f"{MONTH}养老机构情况"], ["街道", "入住老年人(人)", None]]
    rows += [[None, "小计", "其中:失能、半失能"], [STREET, 70, 30]]
    assert "elderly_institutions__residents__selfcare_disabled_semi_disabled" in indicators(*rows)


def test_organisations_by_trade():
    rows = [["长清区2023年末社会组织分行业情况"], ["行业", "合计", "社会团体", "基金会"]]
    rows += [["总计", 30, 20, 10], ["教育", 20, 13, 7], ["其他", 10, 7, 3]]
    assert "social_associations__organisations__trade_education" in indicators(*rows)
    assert len(by_period(*rows)) == 9


def test_relief_for_funerals_is_counted_and_summed():
    rows = [["长清区2024年1-9月殡葬服务情况"], ["街道", "惠民殡葬补助", None]]
    rows += [[None, "减免人数(人)", "减免金额(万元)"], [STREET, 7, 8]]
    assert set(by_period(*rows).values()) == {7, 80000}


@pytest.mark.parametrize(
    ("answer", "meant"), [("人数", "dibao_persons"), ("人次", "dibao__person_times")]
)
def test_persons_paid_over_months_may_be_those_at_the_end_or_all_payments(answer, meant):
    rows = [["长清区2024年1-9月城乡低保发放情况表"], ["街道", "发放人数", "发放金额(元)"]]
    rows += [[STREET, 7, 3000]]
    assert indicators(*rows) == {"dibao_spending"}
    assert indicators(*rows, words={"发放人数": answer}) == {"dibao_spending", meant}
    rows[0] = [f"{MONTH}城乡低保发放情况表"]
    assert "dibao_persons" in indicators(*rows)


def test_an_unknown_word_is_asked_with_its_brackets():
    rows = [[f"{MONTH}社区养老服务设施情况"], ["街道", "日间照料中心", "社区(村)总数"]]
    tidied = read([*rows, [STREET, 7, 8]])
    assert [one.value for one in tidied.findings if one.severity == "warning"] == ["社区(村)"]


@pytest.mark.parametrize(
    "heading", ["较年初", "较上月", "比上年末增加", "较上年同期增减数", "近五年年均", "近3年平均"]
)
def test_a_column_of_changes_is_left_out_with_a_note(heading):
    rows = [["长清区2025年9月末养老机构床位情况"], ["街道", "床位数(张)", f"{heading}(张)"]]
    tidied = read([*rows, [STREET, 75, -5], [OTHER, 285, 30]])
    assert {one.value for one in tidied.observations} == {75, 285}
    assert rules(tidied) == ["column_left_out"]


def test_the_english_name_of_a_file_says_the_plan_of_its_title_again():
    rows = [["长清区2025年养老机构计划表"], ["街道", "床位数(张)"], [STREET, 75], [OTHER, 285]]
    hints = Hints(words={"标题": "预算"}, file="plan_2025")
    one = sheet(rows)
    tidied = tidy(one, recognise(one, catalogue(), areas(), hints), catalogue(), areas())
    assert {one.kind for one in tidied.observations} == {FigureKind.PLAN}


def test_the_money_of_those_who_came_in_is_not_that_of_all():
    rows = [[f"{MONTH}新增城市低保对象"], ["街道", "户数", "人数", "月保障金额(元)"]]
    rows += [[STREET, 4, 5, 2780], [OTHER, 6, 10, 4620]]
    tidied = read(rows, basis="in_month", words={"月保障金额": ""})
    assert {one.indicator for one in tidied.observations} == {
        "urban_dibao__added_households__in_month",
        "urban_dibao_persons_added",
    }
    asked = [one.message.zh for one in read(rows, basis="in_month").findings]
    assert len(asked) == 1
    assert "新增或退出对象的金额" in asked[0]
