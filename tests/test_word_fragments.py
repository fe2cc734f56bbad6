"""An explained word counts as it was asked: whole, never as a part of another word."""

import pytest
from sheets import catalogue, read

from dashboard.catalogue.grid import Grid
from dashboard.intake.understanding import lexicon, questions

GRID: Grid = catalogue().grid
STREET = "文昌街道"


def asked(rows, **said):
    """The words that are asked of a table."""
    found = read(rows, **said).findings
    return [one.value for one in found if one.rule == "unknown_indicator"]


@pytest.mark.parametrize("answer", ["", "无", "低保人数"])
@pytest.mark.parametrize(("word", "other"), [("上", "上级补助资金"), ("上调", "上调档补助资金")])
def test_an_explained_word_is_no_part_of_another(word, other, answer):
    said = {word: questions.sense_of(word, answer, GRID)}
    plain, explained = lexicon.build(GRID), lexicon.build(GRID, said)
    tokens = explained.label(other)
    assert [one.text for one in tokens if not one.senses] == [
        one.text for one in plain.label(other) if not one.senses
    ]


def test_an_explained_word_counts_where_it_stands_alone():
    said = {
        "上调": questions.sense_of("上调", "低保人数", GRID),
        "甲": (questions.Fact("mark", "x"),),
    }
    explained = lexicon.build(GRID, said)
    assert all(one.senses for one in explained.label("上调资金"))
    assert all(one.senses for one in explained.label("甲"))
    assert not all(one.senses for one in explained.label("甲乙"))


def test_a_left_out_fragment_drops_nothing_of_another_table():
    rows = [["长清区2024年9月低保资金发放表"], ["街道", "上级补助资金(元)"], [STREET, 700]]
    assert asked(rows, words={"上": ""}) == asked(rows)
    assert not [one for one in read(rows, words={"上": ""}).findings if "不读入" in one.message.zh]


def test_what_was_last_month_is_left_out_and_said():
    rows = [["长清区2024年9月农村低保情况"], ["街道", "上月保障对象", "本月保障对象"]]
    rows += [[None, "人数", "人数"], [STREET, 7, 9]]
    tidied = read(rows)
    assert [one.value for one in tidied.observations] == [9]
    assert [one.rule for one in tidied.findings] == ["column_left_out"]


def test_a_word_is_asked_without_the_colon_before_it():
    rows = [["长清区2024年9月结婚登记情况"], ["街道", "结婚登记(对)", "其中:某某婚、跨省(对)"]]
    assert all(not word.startswith((":", "、")) for word in asked([*rows, [STREET, 9, 2]]))


def test_a_time_is_asked_whole():
    rows = [["长清区2024年9月低保情况"], ["街道", "上月某对象人数"], [STREET, 9]]
    assert not {"上", "月"} & set(asked(rows))


def test_marriages_with_foreigners_in_either_order():
    head = ["街道", "结婚登记(对)", "其中:涉港澳台、涉外(对)"]
    rows = [["长清区2024年1-9月结婚登记情况"], head, [STREET, 90, 2]]
    assert {one.indicator: one.value for one in read(rows).observations} == {
        "marriages": 90,
        "marriages_foreign": 2,
    }
