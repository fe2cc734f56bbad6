"""Sentences in many wordings, each with a figure that fits and one that contradicts the others."""

import re
from pathlib import Path

import pytest

from dashboard.intake.drafts.check import check_draft
from dashboard.intake.drafts.reading import pasted_draft

SENTENCES = Path(__file__).parent / "data" / "reports" / "contradicting_sentences.txt"
LEAST = 0.93  # of the sentences whose contradiction is found
LEAST_OF_A_DRAFT = 0.6  # the same, of whole drafts that were written without a look at the rules
_CHOICE = re.compile(r"\{(?P<right>[^|]*)\|(?P<wrong>[^}]*)\}")


def findings(text):
    return check_draft(pasted_draft("draft", f"某县民政局2025年工作总结\n{text}")).findings


def messages(text):
    return [finding.message.zh for finding in findings(text)]


def test_a_contradiction_is_found_in_any_wording_and_the_right_figure_raises_nothing():
    lines = SENTENCES.read_text("utf-8").splitlines()
    found = 0
    for line in lines:
        assert not messages(_CHOICE.sub(r"\g<right>", line)), line
        found += bool(findings(_CHOICE.sub(r"\g<wrong>", line)))
    assert len(lines) > 150
    assert found >= LEAST * len(lines)


@pytest.mark.parametrize(
    ("text", "arithmetic"),
    [
        ("需配备护理员190名,现有137名,尚缺63名。", "190名 − 137名 = 53名"),
        ("开展辅导618对,经劝导247对和好,劝和率近六成。", "247对 ÷ 618对 = 40%"),
        ("募集善款6.9亿元,是“十三五”时期2.3亿元的4倍。", "6.9亿元 ÷ 2.3亿元 = 3倍"),
        ("完成改造46处,较年度任务40处多建9处。", "40处 → 46处 = 6处"),
        ("床位4960张,入住老人2728人,床位空置率55%。", "1 − 2728人 ÷ 4960张 = 45%"),
        ("60岁以上老人12.4万人。床位4960张,每千名老人拥有床位48张。", "4960张 ÷ 12.4万人 = 40张"),
        ("上年结转60万元,接收捐赠400万元,支出390万元,年末尚余90万元。", "− 390万元 = 70万元"),
        ("由A镇建成8处、B镇建成7处,两镇共17处。", "8处 + 7处 = 15处"),
        (
            "特困人员618人,其中集中供养206人,分散供养412人,集中供养率为36.3%。",
            "206人 ÷ 618人 = 33.3%",
        ),
    ],
)
def test_a_finding_shows_what_the_other_figures_give(text, arithmetic):
    assert any(arithmetic in message for message in messages(text)), messages(text)


DRAFTS = sorted((SENTENCES.parent / "marked").glob("*.txt"))


@pytest.mark.parametrize("file", DRAFTS, ids=[file.stem for file in DRAFTS])
def test_a_whole_draft_raises_nothing_and_most_of_its_planted_errors_are_found(file):
    text = file.read_text("utf-8")
    assert not check_draft(pasted_draft("draft", _CHOICE.sub(r"\g<right>", text))).findings
    count, found = len(_CHOICE.findall(text)), 0
    for planted in range(count):
        sides = iter("wrong" if at == planted else "right" for at in range(count))
        wrong = _CHOICE.sub(lambda match, sides=sides: match[next(sides)], text)
        found += bool(check_draft(pasted_draft("draft", wrong)).findings)
    assert found >= LEAST_OF_A_DRAFT * count


def test_one_contradiction_is_raised_once():
    assert len(messages("投资2350万元,其中上级1400万元,县级750万元,其余300万元自筹。")) == 1


def test_a_figure_that_another_one_of_its_sentence_explains_is_not_raised():
    assert not messages("临时救助中,支出型156人次、占68.7%,急难型71人次、占31.3%。")
    assert not messages("发放低保金500万元,特困金300万元、临时救助金210万元。")
    assert not messages("共排查隐患156处,已整改148处,整改率94.9%,剩余8处。")
    assert not messages(
        "全市低保对象3000户5000人,其中市本级2000户3600人,矿区500户900人,占市本级对象的25%。"
    )
    assert not messages("60岁以上8.4万人,占总人口的14%,其中城区2.4万人,占15.2%。")
    assert not messages("接听热线1426件,其中咨询类1052件,办结率100%。")
    assert not messages("最多的新集镇有19个,最少的白石乡3个,城关镇、双河镇分别有14个和12个。")
    assert not messages("村委会共60万个,比上年减少0.5万个,村民小组480万个。")


def test_figures_that_hang_on_others_are_not_of_one_quantity():
    assert not messages(
        "分散供养特困人员718人,其中失能45人,发放照料护理补贴59842元。"
        "集中供养特困人员41人,其中失能6人,发放照料护理补贴22477元。"
    )
    assert not messages(
        "新增城市低保对象81户,增加保障金额3.8万元;新增农村低保对象237户,增加保障金额7.1万元。"
    )


@pytest.mark.parametrize(
    "text",
    [
        "3月、4月共组织5次培训。",
        "2023年和2024年共开展12次督查。",
        "3月、4月共召开十五次会议。",
        "办件量逐年增长,2025年120件、2024年100件、2023年80件。",
        "办件量持续增长,2023年80件、2024年80件、2025年100件。",
    ],
)
def test_occasions_and_rows_that_fit_are_not_raised(text):
    assert not messages(text)


@pytest.mark.parametrize(
    "text",
    ["3月、4月和5月开展两次督查。", "办件量逐年增长,2025年80件、2024年100件、2023年120件。"],
)
def test_fewer_occasions_than_dates_and_rows_that_turn_are_raised(text):
    assert messages(text)


def test_a_period_that_its_rest_follows_does_not_clash_with_the_title():
    text = "2026年上半年工作总结\n1—3月救助286人次,4—6月救助341人次。"
    assert not check_draft(pasted_draft("draft", text)).findings


def test_many_figures_in_one_sentence_take_no_longer_each():
    from work import calls_made

    def cost(times):
        text = "其中甲镇128人、占12.5%," * times
        return calls_made(lambda: check_draft(pasted_draft("draft", text)))

    cost(10)
    assert cost(400) <= 2.2 * cost(200)


@pytest.mark.parametrize(
    "text",
    [
        "一季度办理婚姻登记1140件,日均办理20件。",  # of 57 working days
        "1-2月办理婚姻登记740件,日均办理20件。",  # 37
        "三季度办理婚姻登记1320件,日均办理20件。",  # 66
        "上半年办理婚姻登记1170件,日均办理10件。",  # 117
        "上半年供餐18100份,日均供餐100份。",  # every day
    ],
)
def test_a_mean_of_the_working_days_of_any_span_fits(text):
    assert not messages(text)


@pytest.mark.parametrize(("mean", "due"), [("40件", "1140件 ÷ 54"), ("9件", "1140件 ÷ 92")])
def test_a_mean_that_no_number_of_days_gives_is_found(mean, due):
    (message,) = messages(f"一季度办理婚姻登记1140件,日均办理{mean}。")
    assert due in message
