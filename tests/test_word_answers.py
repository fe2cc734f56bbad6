"""What a person answers as a word: a heading, a label, the title; and what stays left out."""

import pytest
from sheets import catalogue, read

from dashboard.base.language import Text
from dashboard.catalogue.areas import Areas
from dashboard.catalogue.concepts import Area, FigureKind, Finding, Level
from dashboard.catalogue.grid import IndicatorCell
from dashboard.intake.forms.layout import FormRefused
from dashboard.intake.new_streets import Unlisted, registered, unlisted_streets
from dashboard.intake.submission_request import Handover
from dashboard.intake.understanding.accounted_words import dropped_word
from dashboard.intake.understanding.phrases import Phrase
from dashboard.intake.understanding.questions import is_vocabulary, sense_of
from dashboard.intake.understanding.words import STATED, VALUE, Fact, Token

STREET, OTHER = "文昌街道", "崮云湖街道"
MONTH = "长清区2024年9月"
CITY = Area("981000", Text("临江市"), Level.CITY)
DISTRICT = Area("981121", Text("石门县"), Level.DISTRICT, "981000")


def found(rows, **said):
    """Values by indicator of a table without errors."""
    tidied = read(rows, **said)
    assert not tidied.refused, [one.message.zh for one in tidied.findings]
    return {one.indicator: one.value for one in tidied.observations}


def left_out(*names):
    return [Finding("note", "row_left_out", Text("", ""), value=name) for name in names]


def test_words_of_tables_answer_for_a_heading():
    rows = [[f"{MONTH}统计表"], ["街道", "户数", "人数"], [STREET, 7, 9]]
    assert read(rows).refused
    said = {"户数": "农村低保户数", "人数": "农村低保人数"}
    assert found(rows, words=said) == {"rural_dibao_households": 7, "rural_dibao_persons": 9}


def test_one_answer_says_what_the_title_says():
    rows = [[f"{MONTH}统计表"], ["街道", "户数", "人数"], [STREET, 7, 9]]
    assert found(rows, words={"标题": "农村低保"}).keys() == {
        "rural_dibao_households",
        "rural_dibao_persons",
    }


def test_what_a_title_says_may_count_for_one_sheet_alone():
    said = {"标题": "城市低保", "标题@二": "特困", "一档": "低保"}
    handed = Handover(words=said)
    assert handed.of_sheet("a.xlsx", "一").words == {"标题": "城市低保", "一档": "低保"}
    assert handed.of_sheet("a.xlsx", "二").words == {"标题": "特困", "一档": "低保"}
    assert is_vocabulary("标题@二", catalogue().grid) is False


def test_a_heading_that_is_explained_stays_itself_inside_others():
    rows = [[f"{MONTH}低保情况"], ["街道", "人数", "城市人数"], [STREET, 9, 4]]
    assert found(rows, words={"人数": "低保人数"}) == {"dibao_persons": 9, "urban_dibao_persons": 4}


def test_only_new_words_are_remembered():
    grid = catalogue().grid
    assert is_vocabulary("一档", grid)
    assert not any(is_vocabulary(word, grid) for word in ("标题", "人数", "城市低保人数"))
    assert sense_of("一档", "没有这种说法", grid) is None


@pytest.mark.parametrize("title", ["目标任务分解表", "资金分配计划表", "任务清单", "规划数"])
@pytest.mark.parametrize("heading", ["低保人数", "新增低保人数", "日间照料中心(个)"])
def test_figures_below_a_title_of_targets_are_never_actual(title, heading):
    rows = [[f"{MONTH}{title}"], ["街道", heading], [STREET, 7]]
    asked = read(rows)
    assert asked.refused and "标题=目标" in asked.findings[0].message.zh
    for answer in ("目标", "新增", "nothing", "低保"):
        read_so = read(rows, words={"标题": answer}).observations
        assert all(one.kind is FigureKind.TARGET for one in read_so)
    assert read(rows, words={"标题": "目标"}).observations


def test_what_was_done_stands_beside_its_target():
    rows = [[f"{MONTH}养老目标任务完成情况"], ["街道", "老年助餐点(个)", "老年助餐点(个)"]]
    rows += [["", "目标数", "完成数"], [STREET, 7, 4]]
    kinds = {one.value: one.kind for one in read(rows).observations}
    assert kinds == {7: FigureKind.TARGET, 4: FigureKind.ACTUAL}


def test_a_subtotal_that_sums_its_table_is_the_areas_own():
    rows = [[f"{MONTH}低保"], ["街道", "人数"], [STREET, 7], [OTHER, 9], ["小计", 16]]
    assert {one.value for one in read(rows).observations} == {7, 9, 16}
    rows[-1] = ["小计", 20]
    assert {one.value for one in read(rows).observations} == {7, 9}


def test_a_row_of_no_known_area_can_be_left_out():
    rows = [[f"{MONTH}低保"], ["街道", "人数"], [STREET, 7], ["无名镇", 9]]
    asked = read(rows, area="370113")
    assert not asked.refused and "--register-streets" in asked.findings[0].message.zh
    tidied = read(rows, area="370113", skip_unknown=True)
    assert {one.value for one in tidied.observations} == {7}
    assert any("无名镇" in one.message.zh for one in tidied.findings)


def test_a_comparison_since_january_is_of_the_year_before():
    rows = [[f"{MONTH}月报"], ["指标", "单位", "本月", "累计", "上年同期累计"]]
    rows += [["流浪乞讨人员救助", "人次", 2, 30, 28], ["结婚登记", "对", 5, 50, 60]]
    tidied = read(rows)
    assert not tidied.refused
    assert {(one.value, str(one.period)) for one in tidied.observations if one.secondary} == {
        (28, "2023-09"),
        (60, "2023-09"),
    }


def test_an_own_level_is_registered_below_its_area():
    areas = Areas([CITY, DISTRICT])
    city = unlisted_streets(left_out("市本级"), CITY, ())
    county = unlisted_streets(left_out("县直"), DISTRICT, ())
    assert (city, county) == (Unlisted(("市本级",), "981000"), Unlisted(("县直",), "981121"))
    new = registered([city, county], "", areas)
    assert [(one.code, one.name.zh, one.level) for one in new] == [
        ("981001", "临江市本级", Level.DISTRICT),
        ("981121001", "石门县直", Level.STREET),
    ]
    assert all(one.is_own_level for one in new)
    assert registered([city, county], "", areas.joined(new)) == []
    assert unlisted_streets(left_out("市本级", "小计"), DISTRICT, ()) is None


def test_an_own_level_stands_with_the_unknown_streets_of_a_refused_table():
    rows = [["云安县2024年9月低保"], ["乡镇", "人数"], ["新安镇", 7], ["县直", 2], ["合计", 9]]
    with pytest.raises(FormRefused) as refused:
        read(rows)
    asked = unlisted_streets(refused.value.findings, None, ("云安县2024年9月低保",))
    assert asked is not None and set(asked.names) == {"新安镇", "县直"}


def test_a_word_whose_figures_are_left_out_asks_nothing_of_a_refused_table():
    rows = [["统计表"], ["街道", "低保人数", "一档人数"], [STREET, 7, 2]]
    with pytest.raises(FormRefused) as refused:
        read(rows, words={"一档": ""})
    assert not any("一档" in one.message.zh for one in refused.value.findings)


def test_the_month_up_to_which_a_year_is_counted_is_the_period():
    rows = [["长清区2024年低保情况(截至2024年11月底)"], ["街道", "人数"], [STREET, 7]]
    assert {str(one.period) for one in read(rows).observations} == {"2024-11"}


def test_persons_of_a_sex_need_no_other_word():
    rows = [[f"{MONTH}儿童福利"], ["类别", "总数(人)", "男", "女"], ["孤儿", 9, 5, 4]]
    assert {one.value for one in read(rows).observations} == {9, 5, 4}


def test_a_total_below_rows_of_months_is_since_january():
    rows = [
        ["长清区2024年婚姻登记"],
        ["月份", "结婚登记(对)"],
        ["1月", 7],
        ["2月", 9],
        ["合计", 16],
    ]
    tidied = read(rows, basis="in_month")
    assert not tidied.refused
    assert {(one.value, str(one.period)) for one in tidied.observations} >= {
        (9, "2024-02"),
        (16, "2024-02"),
    }
    rows[2] = ["3月", 7]  # a total from February to March is of these two months
    spanned = {one.value: one.indicator for one in read(rows, basis="in_month").observations}
    assert spanned == {
        7: "marriages_in_month",
        9: "marriages_in_month",
        16: "marriages__couples__months_2",
    }


def test_a_line_that_a_person_explained_accounts_for_no_other():
    stated = Phrase("一档", (Token("一档", ((Fact(STATED, ""),),)),))
    dropped = Phrase("全护理", (Token("全护理", ((Fact(VALUE, "selfcare:full"),),)),))
    cell, grid = IndicatorCell("tekun", "persons"), catalogue().grid
    assert dropped_word([stated], cell, grid) is None
    assert dropped_word([stated, dropped], cell, grid).word == "全护理"
