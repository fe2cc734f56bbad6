"""Every question leads somewhere: it names the word in the way, and an answer that fits."""

import pytest
from sheets import catalogue, read

from dashboard.catalogue.grid import IndicatorCell
from dashboard.intake.understanding.near_answers import near_answers, no_meaning
from dashboard.intake.understanding.questions import sense_of

GRID = catalogue().grid
STREET = "文昌街道"


def found(*rows, **said):
    """Values by indicator of a table without errors or questions."""
    tidied = read(list(rows), **said)
    assert not [one.message.zh for one in tidied.findings if one.severity != "note"]
    return {one.indicator: one.value for one in tidied.observations}


def findings(*rows, **said):
    return read(list(rows), **said).findings


def test_care_heads_the_grades_by_which_people_are_counted():
    head = ["街道", "照料护理", "照料护理", "照料护理", "照料护理"]
    below = [None, "全护理(人)", "半护理(人)", "全自理(人)", "照料护理费(元)"]
    title = ["长清区2024年9月特困人员救助供养资金发放汇总表"]
    assert found(title, head, below, [STREET, 1, 2, 3, 400]) == {
        "tekun__persons__selfcare_unable": 1,
        "tekun__persons__selfcare_partly": 2,
        "tekun__persons__selfcare_able": 3,
        "tekun__money__item_nursing__in_month": 400,
    }


def test_the_heading_in_the_way_is_the_word_that_is_asked():
    head, below = ["街道", "照料护理", "人数"], [None, "人数(人)", None]
    asked = findings(["长清区2024年9月特困人员情况"], head, below, [STREET, 1, 9])
    assert "照料护理" in [one.value for one in asked]


def test_organisations_on_the_register_at_the_end_of_the_year_are_counted():
    head = ["类别", "年末登记数(个)", "本年新登记(个)", "参加年检(个)"]
    title = ["长清区2024年度社会组织登记管理情况"]
    rows = [["社会团体", 96, 5, 80], ["基金会", 2, 1, 1]]
    assert found(title, head, *rows) == {
        "social_associations": 96,
        "social_associations__added_organisations": 5,
        "social_associations__inspected_organisations": 80,
        "foundations": 2,
        "foundations__added_organisations": 1,
        "foundations__inspected_organisations": 1,
    }


def test_a_measure_that_does_not_fit_is_quoted_as_printed():
    rows = [["长清区2024年1-9月社会团体情况"], ["街道", "登记数"], [STREET, 9]]
    texts = [one.message.zh for one in findings(*rows)]
    assert not any("对数" in text for text in texts)
    assert any("“登记数”" in text for text in texts)


def test_a_lottery_table_is_read_below_its_group_heading():
    head = ["街道", "销售站点(个)", "销售额(万元)", "销售额(万元)", "筹集公益金(万元)"]
    below = [None, None, "合计", "电脑票", None]
    title = ["长清区2024年1-6月福利彩票销售及公益金筹集情况统计表"]
    assert found(title, head, below, [STREET, 18, 5, 3, 1]) == {
        "lottery_outlets__organisations": 18,
        "lottery_sales": 50000,
        "lottery_sales__money__ticket_computer": 30000,
        "lottery_fund__money": 10000,
    }


def test_a_title_of_a_wide_kind_is_asked_in_plain_words():
    head = ["街道", "敬老院(所)", "日间照料中心(个)", "床位数(张)"]
    asked = findings(["长清区2024年9月养老服务设施情况"], head, [STREET, 1, 2, 30])
    assert any("这一大类" in one.message.zh for one in asked)


def test_a_note_on_what_is_left_out_quotes_the_word_and_no_figure():
    head = ["街道", "低保人数(人)", "一档(人)"]
    rows = [["长清区2024年9月低保情况"], head, [STREET, 9, 4]]
    notes = [one for one in findings(*rows, words={"一档": ""}) if one.rule == "mapped_indicator"]
    assert [one.value for one in notes] == ["一档"]


@pytest.mark.parametrize(
    ("answer", "near"), [("老年就餐服务", "老年助餐"), ("福利彩票站", "福利彩票销售网点")]
)
def test_a_refused_answer_names_what_comes_near_and_fits(answer, near):
    assert sense_of("x", answer, GRID) is None
    names = near_answers(answer, GRID)
    assert near in names
    assert all(sense_of("x", name, GRID) for name in names)
    assert near in no_meaning(answer, GRID).zh and answer in no_meaning(answer, GRID).en


def test_a_value_is_answered_by_its_name():
    assert sense_of("甲", "自理能力:全护理", GRID) == sense_of("甲", "selfcare:unable", GRID)
    assert GRID.is_meaningful(IndicatorCell("tekun", "persons", "", (("selfcare", "unable"),)))
