"""Drafts of work reports are read, understood and checked against themselves."""

from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from planted_errors import KINDS, PLACES, draft
from work import calls_made

from dashboard.base.language import Text
from dashboard.intake.drafts.amounts import amounts
from dashboard.intake.drafts.check import check_draft
from dashboard.intake.drafts.draft import UnreadableDraft
from dashboard.intake.drafts.finding import ERROR, WARNING, DraftFinding
from dashboard.intake.drafts.mentions import read_mentions
from dashboard.intake.drafts.reading import pasted_draft


@pytest.mark.slow
@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.__name__)
def test_nine_of_ten_planted_errors_are_found(kind):
    found = 0
    for place in range(PLACES):
        passage = KINDS.index(kind) + 2
        findings = check_draft(draft(place, kind)).findings
        found += any(passage in {spot[0] for spot in finding.spots} for finding in findings)
    assert found >= 9


def test_the_same_drafts_without_errors_raise_nothing():
    assert not [
        finding.message.zh
        for place in range(PLACES)
        for finding in check_draft(draft(place)).findings
    ]


@pytest.mark.parametrize(
    ("text", "value", "dimension"),
    [
        ("３８８０．９８万元", "38809800", "元"),
        ("3,880人", "3880", "人"),
        ("3万多人", "30000", "人"),
        ("4000余万元", "40000000", "元"),
        ("1.8亿元", "180000000", "元"),
        ("三成以上", "30", "%"),
        ("三分之二", "66.7", "%"),
        ("百分之十二", "12", "%"),
        ("2.5个百分点", "2.5", "pp"),
        ("两期", "2", "期"),
        ("一千二百户", "1200", "户"),
        ("2倍", "2", "倍"),
    ],
)
def test_an_amount_is_read_as_written_and_as_value(text, value, dimension):
    from dashboard.intake.drafts.draft import narrow

    (amount,) = amounts(narrow(f"共{text}"))
    assert (amount.value, amount.dimension) == (Decimal(value), dimension)
    assert amount.written == narrow(text)


@pytest.mark.parametrize(
    "text",
    [
        "2024年5月底",
        "〔2021〕89号",
        "第十五次会议",
        "1.提高标准",
        "5A级",
        "“1261”行动",
        "一件事",
        "60岁以上老人",
    ],
)
def test_dates_numbers_of_documents_and_names_are_no_amounts(text):
    assert not amounts(text)


@pytest.mark.parametrize(
    ("text", "low", "high"),
    [
        ("不少于100名", 100, None),
        ("100名以上", 100, None),
        ("100余人", 100, 200),
        ("3万多人", 30000, 40000),
        ("近100人", 90, 100),
        ("不足1000户", None, 1000),
        ("800万元左右", 7200000, 8800000),
    ],
)
def test_a_qualifier_makes_a_range(text, low, high):
    (amount,) = amounts(text)
    assert amount.bounds == (low, high)


def test_a_finding_has_its_arithmetic_and_both_places():
    text = "2024年工作总结\n城市低保2001.62万元,农村低保1880.36万元,共3880.98万元。"
    (finding,) = check_draft(pasted_draft("draft", text)).findings
    assert "2001.62万元 + 1880.36万元 = 3881.98万元" in finding.message.zh
    assert len(finding.spots) == 3


ONE, TWO, OTHER = ((0, 1, 3),), ((0, 1, 3), (0, 5, 7)), ((0, 9, 12),)
SIGNS = st.sampled_from(
    list(
        "0123456789.,%:;-()、。，；（）万亿千百十一二两三余多约近人户元名对家占比由到增长下降其中共分别月年日底"
    )
)


@settings(max_examples=150, deadline=None)
@given(st.text(SIGNS, max_size=120))
def test_no_text_makes_the_rules_fail(text):
    checked = check_draft(pasted_draft("draft", "2024年上半年总结\n" + text))
    passages = checked.draft.passages
    for finding in checked.findings:
        assert finding.message.zh and finding.message.en and finding.spots
        for passage, start, end in finding.spots:
            assert 0 <= start < end <= len(passages[passage].text)


@pytest.mark.slow
def test_twenty_pages_cost_twice_what_ten_cost():
    lines = [passage.text for place in range(PLACES) for passage in draft(place).passages]
    ten, twenty = ("\n".join(lines * times) for times in (1, 2))
    assert len(twenty) > 15_000
    check_draft(pasted_draft("draft", ten))  # what is made once
    of_ten, of_twenty = (
        calls_made(lambda text=text: check_draft(pasted_draft("draft", text)))
        for text in (ten, twenty)
    )
    assert of_twenty <= 2.1 * of_ten
    assert of_twenty <= 30 * len(twenty)


def test_money_with_its_first_quarter_takes_no_longer_in_a_longer_draft():
    line = "截至5月底,发放低保金3880万元(含一季度1099万元),1-5月临时救助86人。\n"
    of_forty, of_eighty = (
        calls_made(lambda times=times: check_draft(pasted_draft("draft", line * times)))
        for times in (40, 80)
    )
    assert of_eighty <= 2.1 * of_forty


def test_more_text_than_a_report_has_is_refused_in_words():
    with pytest.raises(UnreadableDraft, match="1 million"):
        pasted_draft("draft", "全区享受低保的对象1500人。\n" * 80_000)


def test_the_money_of_this_year_runs_to_the_month_the_text_names():
    text = "2024年上半年工作总结\n截至5月底,发放低保金30万元。\n今年以来,发放救助金86万元。"
    money = read_mentions(pasted_draft("draft", text)).mentions
    assert [str(mention.period.end) for mention in money] == ["2024-05", "2024-05"]


def test_what_begins_in_a_month_is_not_of_that_month():
    text = "2022年上半年工作总结\n自2022年1月开始,为1305名残疾人发放补贴。2022年办理收养4件。"
    figures = read_mentions(pasted_draft("draft", text)).mentions
    assert [str(mention.period.end) for mention in figures] == ["2022-06", "2022-06"]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("排查特殊困难老年人2935户,建立台账。", True),
        ("补发离婚证207人次。", True),
        ("排查特殊困难老年人家庭2935户。", False),
        ("核查残疾人120户186人。", False),
        ("补发离婚证207件,服务群众207人次。", False),
    ],
)
def test_what_is_counted_in_a_unit_that_does_not_fit_it_is_found(text, found):
    findings = check_draft(pasted_draft("draft", text)).findings
    assert [one.rule for one in findings] == (["unit"] if found else [])


def test_a_share_that_would_be_nought_is_printed_with_the_decimals_it_needs():
    text = "全区低保对象6245人,其中残疾人5人,占低保对象的2%。"
    (found,) = check_draft(pasted_draft("稿", text)).findings
    assert "= 0.1%" in found.message.zh and "= 0%" not in found.message.zh


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("床位占比61.3%，目标55%，超出6.3个百分点。", 0),
        ("床位占比51.3%，目标55%，超出3.7个百分点。", 1),
        ("床位占比51.3%，目标55%，低于目标3.7个百分点。", 0),
    ],
)
def test_what_is_above_and_what_is_below_a_target_is_checked(text, found):
    rules = [one.rule for one in check_draft(pasted_draft("draft", text)).findings]
    assert rules == ["direction"] * found


def test_lines_of_cells_that_are_no_table_are_cut_once():
    def work(lines):
        return calls_made(lambda: pasted_draft("draft", "\n".join(["街道\t姓名"] * lines)))

    assert work(400) < 6 * work(100)


def test_what_is_not_chinese_is_said_to_be_unread():
    english = check_draft(pasted_draft("x", "In 2024 we paid 3 million yuan.\nUrban 2, rural 5."))
    (notice,) = english.draft.notices
    assert "没有检查" in notice.zh and "Not checked" in notice.en
    mixed = check_draft(
        pasted_draft("x", "全县低保120人。The county has 120 people. It paid them 30 yuan.")
    )
    (notice,) = mixed.draft.notices
    assert "有 2 句不是中文" in notice.zh and notice.en.startswith("2 sentences are not Chinese")
    chinese = check_draft(pasted_draft("x", "通过ISO 9001认证的养老机构3家，APP用户1.2万人。"))
    assert not chinese.draft.notices


@pytest.mark.parametrize("heading", ["一、", "(一)", "1.", "1、", "一是"])
@pytest.mark.parametrize("phrase", ["上年同期", "比上年同期", "与上年同期相比，", "较2023年同期"])
def test_what_is_compared_with_is_no_period_of_the_figures_after_it(heading, phrase):
    read = check_draft(
        pasted_draft(
            "x",
            f"安平县民政局2024年上半年工作总结\n{heading}{phrase}增加12对。\n"
            f"{heading}{phrase}有所增加。全县孤儿30人，发放低保金300万元。",
        )
    ).read
    periods = {str(mention.period.end) for mention in read.mentions[-2:] if mention.period}
    assert periods == {"2024-06"}


def test_one_contradiction_that_two_rules_find_is_one_finding():
    checked = check_draft(pasted_draft("草稿", "救助615人次，支出129.15万元，平均每人次2300元。"))
    (found,) = checked.findings
    assert "129.15万元 ÷ 615人次 = 2100元，写的是 2300元" in found.message.zh


def test_a_doubt_about_the_unit_of_a_total_does_not_replace_the_error_in_its_parts():
    text = "排查特殊困难老年人300户（城镇100户、农村190户）。"
    found = check_draft(pasted_draft("草稿", text)).findings
    assert {(one.rule, one.severity) for one in found} == {("unit", WARNING), ("parts", ERROR)}


@pytest.mark.parametrize(
    ("earlier", "later", "is_needless"),
    [
        ((ERROR, ONE, "甲"), (ERROR, TWO, "甲"), True),  # says the same
        ((WARNING, ONE, "甲"), (ERROR, TWO, "乙"), False),
        ((ERROR, ONE, "甲"), (WARNING, ONE, "乙"), False),  # objects to one figure alone
        ((ERROR, TWO, "甲"), (WARNING, ONE, "乙"), True),
        ((ERROR, TWO + OTHER, "甲"), (ERROR, TWO, "乙"), True),
        ((WARNING, TWO, "甲"), (ERROR, TWO, "乙"), False),
        ((ERROR, TWO, "甲"), (ERROR, ONE + OTHER, "乙"), False),
    ],
)
def test_what_repeats_an_earlier_finding(earlier, later, is_needless):
    first, second = (
        DraftFinding("rule", severity, Text(words, words), spots)
        for severity, spots, words in (earlier, later)
    )
    assert second.repeats(first) is is_needless
