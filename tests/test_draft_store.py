"""The mentions of a draft against the store: each agrees, or the store says what is right."""

import json
from decimal import Decimal

import pytest

from dashboard.catalogue.catalogue import read_catalogue
from dashboard.intake.drafts.check import check_draft
from dashboard.intake.drafts.meanings import Meanings
from dashboard.intake.drafts.mentions import read_mentions
from dashboard.intake.drafts.reading import pasted_draft
from dashboard.intake.drafts.same_meaning import two_values

HEAD = "示例区民政局2024年前三季度工作总结\n"


@pytest.fixture(scope="module")
def meanings():
    return Meanings(read_catalogue())


def meant(meanings, text, head="2024年工作总结\n"):
    return list(meanings.of(read_mentions(pasted_draft("draft", head + text)), 1000))


@pytest.mark.parametrize(
    ("text", "indicator", "period"),
    [
        ("截至5月底,我市城市低保标准为716元/人·月。", "urban_dibao_standard", "2024-05"),
        ("截至5月底,累计发放低保金3880.98万元。", "dibao_spending", "2024-05"),
        ("全年共办理结婚登记3048对。", "marriages", "2024-12"),
        ("1-5月份,共实施临时救助704人次。", "temporary_assistance_times", "2024-05"),
        ("截至目前,全市登记社会组织1976家。", "social_organisations", "2024-12"),
    ],
)
def test_the_slots_of_a_mention_are_filled_as_in_tables(meanings, text, indicator, period):
    (found,) = meant(meanings, text)
    assert (found.indicator, str(found.period)) == (indicator, period)


MONTHS = [
    ("1-10月办理结婚登记1860对,10月当月办理186对。", ["marriages", "marriages_in_month"]),
    ("1-10月办理结婚登记1860对,当月办理结婚登记186对。", ["marriages", "marriages_in_month"]),
    ("本月办理结婚登记186对,今年以来1860对。", ["marriages_in_month", "marriages"]),
    ("10月单月办理结婚登记186对,1至10月1860对。", ["marriages_in_month", "marriages"]),
    (
        "1-10月累计发放低保金820万元,其中10月82万元。",
        ["dibao_spending", "dibao__money__in_month"],
    ),
    (
        "10月发放低保金82万元,累计发放低保金820万元。",
        ["dibao__money__in_month", "dibao_spending"],
    ),
]


@pytest.mark.parametrize(("text", "indicators"), MONTHS)
def test_a_month_beside_the_months_so_far_is_a_figure_of_its_own(meanings, text, indicators):
    found = meant(meanings, text, "2024年1-10月工作总结\n")
    assert [one.indicator for one in found] == indicators
    assert not list(two_values(found, read_catalogue()))


@pytest.mark.parametrize(
    ("text", "indicator"),
    [
        (
            "平安街道4个网格,已完成社区社会组织备案43家;文昌街道8个网格,已完成备案121家。",
            "community_organisations",
        ),
        ("规范收养登记工作,引入第三方评估机构,依法办理4例登记。", "adoptions"),
    ],
)
def test_words_that_shorten_a_name_mean_what_it_means(meanings, text, indicator):
    assert meant(meanings, text)[-1].indicator == indicator


def test_a_title_of_one_month_dates_a_flow_to_that_month(meanings):
    (found,) = meant(meanings, "办理结婚登记186对。", "2024年10月工作情况\n")
    assert found.indicator == "marriages_in_month"


@pytest.mark.parametrize(
    "text",
    [
        "接收慈善捐赠款386万元。",
        "募集慈善捐赠款物386万元。",
        "今年以来接收社会捐赠款386万元。",
        "全县慈善捐赠款386万元。",
        "累计接收慈善捐赠款386万元。",
    ],
)
def test_donations_are_known_however_they_came(meanings, text):
    (found,) = meant(meanings, text)
    assert found.indicator == "donations_received"


@pytest.mark.parametrize(
    "text",
    [
        "民政社会救助业务已100%实现一件事。",
        "为50名孤儿参加城乡居民医疗保险。",
        "资助困境儿童584人。",
        "力争年底前养老机构达到40家。",
        "特困供养生活费1383元/月。",
        "新建孵化园3家。",
        "2021年至2025年,累计发放低保金4.85亿元。",
        "五年共办理结婚登记14620对。",
        "为困难群众张建国同志发放临时救助金3200元。",
        "群众自治组织名称共五类。",
        "由街道为全区116名城乡低保对象发放慰问金。",
        "三季度发放低保金1245万元。",
    ],
)
def test_what_is_not_said_for_certain_is_left_unmatched(meanings, text):
    assert not any(one.indicator for one in meant(meanings, text))


@pytest.mark.parametrize(
    ("text", "indicators"),
    [
        (
            "为在册孤儿、困境儿童194人定期发放基本生活费190余万元。",
            ["orphans_and_children_in_difficulty", "children_allowance_paid"],
        ),
        (
            "为1.9万名80周岁以上老人发放高龄津贴684万元。",
            ["old_age_allowance_persons", "old_age_allowance_paid"],
        ),
        (
            "为25人次发放临时救助9.84万元。",
            ["temporary_assistance_times", "temporary_assistance_spending"],
        ),
        ("为14240名重度残疾人办理了一折通护理补贴。", ["disabled_nursing_subsidy_persons"]),
        ("完成337户困难老年人的家庭适老化改造目标。", ["homes_adapted"]),
        ("低保人数11022人,同比2022年12月份的10706人增加316人。", ["dibao_persons"] * 2 + [""]),
        ("累计发放低保金3880.98万元(含一季度1099.57万元)。", ["dibao_spending"] * 2),
        (
            "为1305名享受困难残疾人生活补贴残疾人和6117名享受重度残疾人护理补贴残疾人发放补贴712.56万元。",
            [
                "disabled_living_subsidy_persons",
                "disabled_nursing_subsidy_persons",
                "disability_subsidies_paid",
            ],
        ),
        ("文昌街道28个城市社区,已完成备案121家。", ["", ""]),  # urban ones alone are not all
        ("在现有32个社区的基础上,指导12个社区开展试点。", ["communities", ""]),
        ("全区共有孤儿和事实无人抚养儿童1053人。", ["orphans_unattended__persons"]),
        (
            "城市、农村低保标准分别提高到每人每月820元、690元。",
            ["urban_dibao_standard", "rural_dibao_standard"],
        ),
        (
            "困难残疾人生活补贴、重度残疾人护理补贴分别惠及18236人、22574人,分别发放120万元、162万元。",
            [
                "disabled_living_subsidy_persons",
                "disabled_nursing_subsidy_persons",
                "disabled_living__money",
                "disabled_nursing__money",
            ],
        ),
        ("完成社区社会组织备案266家。", ["community_organisations"]),
        ("◆孤儿61名、事实无人抚养儿童233名。", ["orphans", "unattended_children"]),
    ],
)
def test_for_whom_something_was_paid_is_counted_with_it(meanings, text, indicators):
    assert [one.indicator for one in meant(meanings, text)] == indicators


def test_a_change_after_brackets_is_of_the_figure_before_them(meanings):
    text = "发放低保金3880.98万元(含一季度1099.57万元),较去年同期增长9.8%。"
    *_, change = meant(meanings, text, "2024年上半年工作总结\n")
    assert (change.indicator, str(change.period), change.change) == (
        "dibao_spending",
        "2024-06",
        "%",
    )


def test_of_a_rise_only_the_second_amount_is_compared(meanings):
    first, second = meant(meanings, "农村低保标准由每人每年6000元提高到6600元。")
    assert (first.why, second.indicator) == ("earlier", "rural_dibao_standard")
    assert second.value == Decimal(550)


def test_an_amount_a_head_and_month_is_a_standard_and_no_spending(meanings):
    _, second = meant(meanings, "城市低保由每人每月800元提高至880元。")
    assert second.indicator == "urban_dibao_standard"


def test_a_sum_and_what_is_of_one_scope_only_are_not_taken_for_the_whole(meanings):
    _, _, money = meant(meanings, "城市低保1326户2015人,发放低保金812.6万元。")
    *_, total = meant(meanings, "孤儿38名、事实无人抚养儿童147名,合计185名。")
    assert not money.indicator and not total.indicator


def test_changes_in_turn_are_of_the_figures_in_turn(meanings):
    *_, homes, persons = meant(meanings, "低保对象8912户14306人,比上年分别减少1338户、2814人。")
    assert [one.indicator for one in (homes, persons)] == ["dibao_households", "dibao_persons"]
    assert (homes.value, persons.value, persons.back) == (-1338, -2814, 12)
    *_, odd = meant(meanings, "低保对象8912户14306人,比上年分别减少1338户、2814人、3%。")
    assert not odd.indicator


@pytest.mark.parametrize(
    ("text", "indicator", "back"),
    [
        ("1-9月结婚登记同比增加6对。", "marriages", 12),
        ("1-9月结婚登记1580对。同比增加6对。", "marriages", 12),
        ("1-9月结婚登记1580对,较上年同期增6对。", "marriages", 12),
        ("1-9月结婚登记1580对,比2019年同期增加6对。", "marriages", 60),
        ("截至9月底,低保对象7093人,比上年末增加6人。", "dibao_persons", 9),
        ("9月末低保对象4347户7093人,比8月末减少6户。", "dibao_households", 1),
        ("9月末低保对象4347户7093人,比8月末减少6户10人。", "dibao_persons", 1),
        ("1-9月结婚登记1580对,比8月末增加6对。", "", 0),
        ("1-9月结婚登记1580对,比年初增加6对。", "", 0),
        ("1-9月结婚登记1580对,环比增加6对。", "", 0),
        ("1-9月结婚登记1580对,离婚登记同比增加6对。", "divorces", 12),
        ("1-9月结婚登记1580对,涉外登记同比增加6对。", "", 0),
    ],
)
def test_a_change_says_of_what_it_is_and_since_when(meanings, text, indicator, back):
    *_, change = meant(meanings, text, "2024年前三季度工作总结\n")
    assert (change.indicator, change.back) == (indicator, back)


@pytest.mark.parametrize(
    ("title", "heading"),
    [
        ("2026年示例区政府工作报告", "一、2025年工作回顾"),
        ("在全区民政工作会议上的讲话\n2026年1月20日", "过去一年,我们办成了一批实事。"),
    ],
)
def test_what_looks_back_on_a_year_is_of_that_year(meanings, title, heading):
    (found,) = meant(meanings, "全年办理结婚登记1986对。", f"{title}\n{heading}\n")
    assert (found.indicator, str(found.period)) == ("marriages", "2025-12")


def test_a_mean_is_no_count_and_what_heads_its_progress_a_target(meanings):
    (found,) = meant(meanings, "人均服务低保对象214人。")
    assert not found.indicator
    plan, done = meant(meanings, "2.适老化改造330户:累计完成243户。")
    assert (plan.indicator, plan.mention.kind, done.mention.kind) == ("", "target", "actual")


def test_a_standard_of_a_year_is_compared_by_the_month(meanings):
    (found,) = meant(meanings, "城乡最低生活保障年标准达到1.2万元。")
    assert found.value == Decimal(1000)


def compared(desk, text, **options):
    judged = desk.drafts.check([("draft.txt", (HEAD + text).encode())], **options)
    return judged


@pytest.mark.slow
@pytest.mark.parametrize(
    ("text", "verdict", "said"),
    [
        ("截至9月底,全区共有低保对象7093人。", "agrees", "7,093"),
        ("截至9月底,全区共有低保对象7000余人。", "agrees", "7,093"),
        ("截至9月底,全区共有低保对象7039人。", "differs", "7,093人"),
        ("截至9月底,全区共有低保对象7119人。", "other_period", "2024年8月末"),
        ("1-9月,累计发放低保金3811.44元。", "unit", "3,811.44万元"),
        ("截至9月底,全区共有基金会4家。", "agrees", "4"),
        ("截至9月底,东湖街道配发轮椅45辆。", "absent", "没有"),
    ],
)
def test_a_mention_is_compared_with_the_store(samples_desk, text, verdict, said):
    judged = compared(samples_desk, text)
    (found,) = judged.store.compared
    assert found.verdict == verdict
    assert said in samples_desk.draft_figures.sentence(found, "zh")
    objected = [one for one in judged.checked.findings if one.rule == "store"]
    assert bool(objected) == (verdict in {"differs", "unit", "other_period"})


def test_a_change_on_the_year_before_is_compared_with_both_figures(samples_desk):
    right, wrong = (
        compared(samples_desk, f"1-9月,全区办理结婚登记1580对,同比{change}。").store.compared
        for change in ("下降11.5%", "增长11.5%")
    )
    assert [one.verdict for one in right] == ["agrees", "agrees"]
    assert [one.verdict for one in wrong] == ["agrees", "contradicts"]


def test_a_slip_is_listed_once_with_what_the_text_and_what_the_store_say(samples_desk):
    text = "截至9月底,全区共有低保对象7093人。\n开展复核,全区共有低保对象7039人。"
    judged = compared(samples_desk, text)
    (finding,) = judged.checked.findings
    assert len(finding.spots) == 2
    assert "前写 7093人，后写 7039人" in finding.message.zh
    assert "7,093人" in finding.message.zh.partition("；")[2]
    alone = check_draft(pasted_draft("draft", HEAD + text))
    assert [alone.mark(one) for one in alone.findings] == [judged.checked.mark(finding)]


@pytest.mark.parametrize(
    ("change", "verdicts"),
    [
        ("同比增加6对", ["contradicts"]),
        ("比上年同期多6对", ["contradicts"]),
        ("同比减少206对、下降11.5%", ["agrees", "agrees"]),
        ("同比减少206对、下降1.5%", ["agrees", "contradicts"]),
        ("较去年同期减少206对,增长11.5%", ["agrees", "contradicts"]),
    ],
)
def test_a_change_in_its_own_unit_is_compared_with_both_figures(samples_desk, change, verdicts):
    judged = compared(samples_desk, f"1-9月,全区办理结婚登记1580对,{change}。")
    assert [one.verdict for one in judged.store.compared] == ["agrees", *verdicts]


def test_a_street_is_compared_with_its_own_figures(samples_desk):
    judged = compared(samples_desk, "截至9月底,西山街道有养老机构4家。")
    (found,) = judged.store.compared
    assert (found.verdict, found.key.area) == ("agrees", "990101002")


def test_small_counts_are_neither_shown_nor_compared_without_the_right(samples_desk):
    text = "截至9月底,南园街道有孤儿{}名。"
    for count in (4, 9):
        judged = compared(samples_desk, text.format(count))
        (found,) = judged.store.compared
        assert (found.verdict, found.stored) == ("hidden", None)
        assert not judged.checked.findings
    judged = compared(samples_desk, text.format(9), whole=True)
    assert judged.store.compared[0].verdict == "differs"


def test_an_area_that_is_not_named_is_asked_for(samples_desk):
    judged = samples_desk.drafts.check([("draft.txt", "全区共有低保对象7039人。".encode())])
    assert not judged.store.area and not judged.checked.findings
    judged = samples_desk.drafts.check(
        [("draft.txt", "全区2024年9月低保对象7039人。".encode())], "990101"
    )
    assert judged.store.count("differs") == 1


def test_the_command_prints_each_mention_in_both_languages(own_home, command, tmp_path):
    file = tmp_path / "draft.txt"
    file.write_text(HEAD + "截至9月底,全区共有低保对象7039人。", encoding="utf-8")
    for language, said in (("zh", "应为 7,093人"), ("en", "should be 7,093")):
        code, out = command("check-report", str(file), "--area", "990101", "--lang", language)
        assert code == 1 and said in out
    code, out = command("check-report", str(file), "--json")
    (row,) = json.loads(out)["compared"]
    assert (row["verdict"], row["stored"]) == ("differs", 7093)


def test_a_draft_is_compared_with_the_report_before_it(own_home, command, tmp_path):
    now, then = tmp_path / "now.txt", tmp_path / "then.txt"
    text = "示例区民政局{}年工作总结\n结婚登记{}对。离婚登记483对。{}。"
    now.write_text(text.format(2020, 1040, "新建长者食堂26处"), encoding="utf-8")
    then.write_text(text.format(2019, 1221, "培训社工211人"), encoding="utf-8")
    _, out = command("check-report", str(now), "--previous", str(then), "--json")
    answer = json.loads(out)
    results = {row["subject"]: row["result"] for row in answer["previous"]}
    assert results == {
        "结婚登记": "changed",
        "离婚登记": "copied",
        "新建长者食堂": "new",
        "培训社工": "vanished",
    }
    assert "copied_report" in {one["rule"] for one in answer["findings"]}
    _, out = command("check-report", str(now), "--previous", str(then), "--lang", "en")
    assert "1 changed, 1 unchanged, 1 new, 1 vanished" in out
    code, _ = command("check-report", str(now), "--previous", str(tmp_path / "none.txt"))
    assert code == 2  # the command itself is wrong
