"""What a bureau's own table means: words of title, groups, headings and labels fill the slots."""

import pytest
from sheets import catalogue, read, rules

from dashboard.catalogue.concepts import FigureKind
from dashboard.catalogue.grid import IndicatorCell
from dashboard.intake.forms.layout import FormRefused

GRID = catalogue().grid
STREET = "文昌街道"
MONTH = "长清区2024年9月"


def figures(*rows, **said):
    """Values by indicator of one area or several, of a table without errors; no blanks."""
    tidied = read(list(rows), **said)
    assert not tidied.refused, [one.message.zh for one in tidied.findings]
    return {one.indicator: one.value for one in tidied.observations if one.value is not None}


def allowed_cells():
    """Programmes by measures, and by each value of each breakdown."""
    for programme in GRID.programmes.values():
        for measure in GRID.measures_of(programme):
            if measure.id in ("per_head_to_date", "per_time") or measure.basis == "rate":
                continue
            for scope in ("", *GRID.scopes_of(programme)):
                yield IndicatorCell(programme.id, measure.id, scope)
            for value in GRID.values_of(programme, measure):
                yield IndicatorCell(programme.id, measure.id, "", ((value.dimension, value.id),))


UNSURE = ("divorces_all", "communities")
# 离婚 alone may be registered divorces or all of them; every eleventh value keeps the test short.
EVERY = [cell for cell in allowed_cells() if cell.programme not in UNSURE]
CELLS = [cell for at, cell in enumerate(EVERY) if not cell.values or at % 11 == 0]
UNITS = {"yuan": "元", "yuan_per_person_month": "元/人·月"}


def spoken(cell):
    """Scope and programme, value, and measure as headings say them; and the unit."""
    programme, measure = GRID.programmes[cell.programme], GRID.measures[cell.measure]
    scope = {"urban": "城市", "rural": "农村"}.get(cell.scope, "")
    value = ""
    if cell.values:
        value = GRID.value(*cell.values[0], programme, measure).name.zh
    word = measure.aliases[0] if measure.aliases else measure.name.zh
    unit = catalogue().units[GRID.unit_of(programme, measure)]
    return scope + programme.name.zh, value, word, unit.name.zh


def meaning(cell):
    """Which indicators are right: the cell itself; 低保金 alone is the money of dibao."""
    return GRID.id_of(cell)


def in_words(cell, layout):
    subject, value, word, unit = spoken(cell)
    if layout == "one word":
        return [[f"{MONTH}统计表"], ["街道", f"{subject}{value}{word}({unit})"], [STREET, 50]]
    if layout == "two levels":
        head = [["街道", subject], [None, f"{value}{word}({unit})"]]
        return [[f"{MONTH}统计表"], *head, [STREET, 50]]
    return [[f"{MONTH}{subject}统计表"], ["街道", f"{value}{word}({unit})"], [STREET, 50]]


@pytest.mark.slow
@pytest.mark.parametrize("layout", ["one word", "two levels", "subject in the title"])
def test_every_cell_of_the_grid_is_understood_in_three_ways_of_printing_it(layout):
    missed = []
    for cell in CELLS:
        try:
            tidied = read(in_words(cell, layout))
        except FormRefused as refused:
            missed.append((GRID.composed_id(cell), refused.findings[0].message.zh))
            continue
        found = {one.indicator for one in tidied.observations}
        if found != {meaning(cell)}:
            missed.append((GRID.composed_id(cell), found or rules(tidied)))
    wrong = [one for one in missed if isinstance(one[1], set)]
    assert wrong == []
    assert len(missed) / len(CELLS) < 0.02, missed[:10]


@pytest.mark.parametrize(
    "word",
    [
        "女性",
        "老年人",
        "残疾人",
        "集中供养",
        "农村",
        "80周岁以上",
        "A类",
        "因病",
        "退役军人",
        "一档",
    ],
)
@pytest.mark.parametrize("place", ["heading", "group", "title"])
def test_a_word_that_narrows_changes_the_meaning_or_is_asked_about(word, place):
    plain = figures([f"{MONTH}低保情况表"], ["街道", "低保人数"], [STREET, 50])
    title, head = f"{MONTH}低保情况表", [["街道", "低保人数"]]
    if place == "heading":
        head = [["街道", f"{word}低保人数"]]
    elif place == "group":
        head = [["街道", word], [None, "低保人数"]]
    else:
        title, head = f"{MONTH}{word}低保情况表", [["街道", "人数"]]
    tidied = read([[title], *head, [STREET, 50]])
    found = {one.indicator for one in tidied.observations}
    assert found.isdisjoint(plain)


def test_two_words_for_one_slot_are_refused_and_both_are_named():
    tidied = read([[f"{MONTH}农村低保情况"], ["街道", "城市低保户数"], [STREET, 1]])
    assert tidied.refused and not tidied.observations
    assert "城市" in tidied.findings[0].message.zh and "农村" in tidied.findings[0].message.zh


def test_a_title_of_two_programmes_and_bare_columns_leaves_them_the_other():
    found = figures(
        [f"{MONTH}城镇低保对象和城镇特困人员生活补助汇总表"],
        ["乡镇", "保障户数", "保障人数", "特困户数", "特困人数"],
        [STREET, 78, 94, 2, 3],
    )
    assert found == {
        "urban_dibao_households": 78,
        "urban_dibao_persons": 94,
        "urban_tekun__households": 2,
        "urban_tekun_persons": 3,
    }


def test_a_total_below_a_mixed_heading_is_of_all_that_it_joins():
    found = figures(
        [f"{MONTH}救助进展情况表"],
        ["地区", "孤儿基本生活保障", None, None],
        [None, "实际保障人数(人)", "其中:散居-孤儿(人)", "其中:散居_事实无人抚养儿童(人)"],
        [STREET, 329, 78, 251],
    )
    assert found == {
        "orphans_unattended__persons": 329,
        "orphans_in_community": 78,
        "unattended_children__persons__care_home": 251,
    }


def test_the_basis_is_asked_once_and_the_answer_changes_nothing_that_is_said():
    rows = [
        [f"{MONTH}城市低保情况"],
        ["街道", "人数", "金额(元)", "累计支出(元)"],
        [STREET, 5, 2000, 18000],
    ]
    asked = read(rows, basis="")
    assert [one.rule for one in asked.findings if one.severity == "error"] == ["unknown_basis"]
    assert figures(*rows, basis="in_month") == {
        "urban_dibao_persons": 5,
        "urban_dibao_spending_in_month": 2000,
        "urban_dibao_spending": 18000,
    }


def test_a_payment_list_of_a_month_is_of_the_month():
    found = figures([f"{MONTH}高龄津贴发放表"], ["街道", "人数", "金额(元)"], [STREET, 10, 1000])
    assert found["old_age_allowance__money__in_month"] == 1000


def test_persons_counted_since_january_are_person_times():
    found = figures([f"{MONTH}城市低保统计表"], ["街道", "累计低保对象人数(人)"], [STREET, 1050])
    assert found == {"urban_dibao__person_times": 1050}


def test_a_target_is_kept_as_a_target():
    tidied = read([[f"{MONTH}孤儿保障情况"], ["街道", "目标任务(人)"], [STREET, 20]])
    assert [(one.indicator, one.kind) for one in tidied.observations] == [
        ("orphans", FigureKind.TARGET)
    ]


def test_categories_in_rows_and_measures_in_columns_are_read_together():
    found = figures(
        ["长清区2024年社会救助情况"],
        ["救助类别", "户数", "人数", "资金(万元)"],
        ["城市低保", 1, 2, 3],
        ["特困人员", 7, 8, 9],
    )
    assert found["urban_dibao_spending"] == 30_000
    assert found["tekun_persons"] == 8


def test_kinds_of_institution_that_no_list_knows_are_named_by_their_table():
    found = figures(
        ["长清区2024年收养性社会福利单位基本情况"],
        ["项目", "机构数(个)", "床位数(张)"],
        ["光荣院", 1, 30],
        ["荣军休养院", 2, 60],
    )
    names = {catalogue().indicators[one].name.zh: value for one, value in found.items()}
    assert names == {"光荣院数": 1, "光荣院床位数": 30, "荣军休养院数": 2, "荣军休养院床位数": 60}


def test_one_meaning_with_two_values_is_not_read_at_all():
    tidied = read([[f"{MONTH}低保情况"], ["街道", "人数", "低保人数"], [STREET, 5, 6]])
    assert tidied.observations == ()
    assert "stated_twice" in rules(tidied)


def test_an_answer_that_gives_a_column_the_meaning_of_another_one_is_named():
    rows = [[f"{MONTH}城市低保情况"], ["街道", "户数", "一档"], [STREET, 5, 6]]
    (finding,) = read(rows, words={"一档": "户数", "二档": "人数"}).findings
    assert finding.rule == "stated_twice"
    assert "对“一档”的说明" in finding.message.zh
    assert "what was said of “一档”" in finding.message.en


def test_a_word_that_is_not_known_is_asked_once_for_all_its_cells_and_can_be_answered():
    rows = [
        [f"{MONTH}特困人员情况"],
        ["街道", "人数", "一档人数", "一档金额(元)"],
        [STREET, 9, 3, 300],
        ["平安街道", 8, 2, 200],
    ]
    asked = [one for one in read(rows).findings if one.value == "一档"]
    assert len(asked) == 1
    answered = figures(*rows, words={"一档": "selfcare"})
    names = {catalogue().indicators[one].name.zh for one in answered}
    assert "特困人员一档人数" in names
    left_out = read(rows, words={"一档": ""})
    assert len({one.indicator for one in left_out.observations}) == 1


def test_months_that_fall_are_single_months_and_those_that_do_not_are_asked():
    rows = [["长清区2024年结婚登记对数"], ["街道", "1月", "2月", "3月"], [STREET, 5, 4, 6]]
    assert set(figures(*rows, basis="")) == {"marriages_in_month"}
    rows[2] = [STREET, 4, 5, 6]
    assert "unknown_basis" in rules(read(rows, basis=""))


def test_a_unit_in_yuan_for_a_person_that_is_persons_times_the_amount_is_a_misprint():
    found = figures(
        [f"{MONTH}城市特困人员补助表"],
        ["街道", "特困人数", "月保障金额(元/人/月)", "月发放金额(元/人)"],
        [STREET, 2, 780, 1560],
        ["平安街道", 3, 780, 2340],
    )
    assert "urban_tekun_spending_in_month" in found or "urban_tekun__money__in_month" in found


def test_a_period_that_is_only_half_understood_is_never_the_whole_year():
    for phrase in ("第40周", "9-13月"):
        with pytest.raises(FormRefused):
            read([[f"长清区2024年{phrase}低保情况"], ["街道", "低保人数"], [STREET, 5]])
