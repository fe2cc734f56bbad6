"""Sentences as an office leaves them: subject, amount and rate of a change, nothing without a base.

The words follow the rules of published work reports: amounts increase and grow, rates and
standards are raised; what cannot be compared is not compared, and nothing is said of nothing.
"""

import pytest
from test_narrative import pair, text, told

from dashboard.charts.text.sentence_traces import without_absent_base
from dashboard.exports.running_text import closed_up, running

EXAMPLES = [
    (
        "dibao_persons",
        11022,
        10706,
        "2026年9月末，全区城乡低保11022人，同比增加316人、增长3.0%。",
    ),
    (
        "dibao_persons",
        6245,
        6637,
        "2026年9月末，全区城乡低保6245人，同比减少392人、下降5.9%。",
    ),
    (
        "dibao_persons",
        7000,
        7000,
        "2026年9月末，全区城乡低保7000人，同比持平。",
    ),
    (
        "dibao_persons",
        7093,
        None,
        "2026年9月末，全区城乡低保7093人。",
    ),
    (
        "dibao_households",
        4120,
        4005,
        "2026年9月末，全区城乡低保4120户，同比增加115户、增长2.9%。",
    ),
    (
        "dibao_spending",
        38809800,
        35345900,
        "2026年1—9月，全区最低生活保障累计支出3880.98万元，同比增加346.39万元、增长9.8%。",
    ),
    (
        "dibao_spending",
        30000000,
        35345900,
        "2026年1—9月，全区最低生活保障累计支出3000.00万元，同比减少534.59万元、下降15.1%。",
    ),
    (
        "urban_dibao_standard",
        1010,
        960,
        "2026年9月末，全区城市低保标准为1010元/人·月，同比提高50元/人·月、增幅5.2%。",
    ),
    (
        "rural_dibao_standard",
        755,
        755,
        "2026年9月末，全区农村低保标准为755元/人·月，同比持平。",
    ),
    (
        "urban_dibao_standard",
        800,
        880,
        "2026年9月末，全区城市低保标准为800元/人·月，同比降低80元/人·月、降幅9.1%。",
    ),
    (
        "marriages",
        1680,
        1686,
        "2026年1—9月，全区累计结婚登记1680对，同比减少6对、下降0.4%。",
    ),
    (
        "marriages",
        206,
        166,
        "2026年1—9月，全区累计结婚登记206对，同比增加40对、增长24.1%。",
    ),
    (
        "divorces",
        778,
        800,
        "2026年1—9月，全区累计离婚登记778对，同比减少22对、下降2.8%。",
    ),
    (
        "marriages",
        0,
        0,
        "",
    ),
    (
        "marriages",
        5,
        2,
        "2026年1—9月，全区累计结婚登记5对，上年同期为2对。",
    ),
    (
        "divorces",
        0,
        500,
        "2026年1—9月，全区累计离婚登记0对，同比减少500对、下降100.0%。",
    ),
    (
        "facility_coverage",
        96.1,
        92.2,
        "2026年9月末，全区社区养老服务设施覆盖率为96.1%，同比提高3.9个百分点。",
    ),
    (
        "facility_coverage",
        90.0,
        92.5,
        "2026年9月末，全区社区养老服务设施覆盖率为90.0%，同比降低2.5个百分点。",
    ),
    (
        "facility_coverage",
        92.5,
        92.5,
        "2026年9月末，全区社区养老服务设施覆盖率为92.5%，同比持平。",
    ),
    (
        "elderly_beds",
        5308,
        5189,
        "2026年9月末，全区养老机构床位5308张，同比增加119张、增长2.3%。",
    ),
    (
        "elderly_beds",
        5000,
        5189,
        "2026年9月末，全区养老机构床位5000张，同比减少189张、下降3.6%。",
    ),
    (
        "nursing_bed_share",
        65.6,
        62.9,
        "2026年9月末，全区护理型床位占比为65.6%，同比提高2.7个百分点。",
    ),
    (
        "elderly_population",
        152299,
        147728,
        "2026年9月末，全区60岁及以上老年人口152299人，同比增加4571人、增长3.1%。",
    ),
    (
        "organisations_registered",
        34,
        26,
        "2026年1—9月，全区累计新登记社会组织34家，同比增加8家、增长30.8%。",
    ),
    (
        "orphans",
        62,
        69,
        "2026年9月末，全区孤儿62人，同比减少7人、下降10.1%。",
    ),
    (
        "child_directors",
        178,
        178,
        "2026年9月末，全区儿童主任178人，同比持平。",
    ),
    (
        "meal_points",
        166,
        150,
        "2026年9月末，全区老年助餐点166处，同比增加16处、增长10.7%。",
    ),
    (
        "certified_social_workers",
        1081,
        981,
        "2026年9月末，全区持证社会工作者1081人，同比增加100人、增长10.2%。",
    ),
    (
        "cremations",
        3643,
        3670,
        "2026年1—9月，全区累计火化遗体3643具，同比减少27具、下降0.7%。",
    ),
    (
        "ecological_burial_rate",
        50.6,
        43.9,
        "2026年9月末，全区节地生态安葬率为50.6%，同比提高6.7个百分点。",
    ),
    (
        "temporary_assistance_times",
        704,
        650,
        "2026年1—9月，全区累计临时救助704人次，同比增加54人次、增长8.3%。",
    ),
    (
        "left_behind_children",
        430,
        450,
        "2026年9月末，全区农村留守儿童430人，同比减少20人、下降4.4%。",
    ),
    (
        "communities",
        178,
        178,
        "2026年9月末，全区社区178个社区，同比持平。",
    ),
    (
        "community_workers",
        2050,
        1964,
        "2026年9月末，全区社区工作者2050人，同比增加86人、增长4.4%。",
    ),
    (
        "tekun_persons",
        1302,
        1350,
        "2026年9月末，全区特困人员救助供养1302人，同比减少48人、下降3.6%。",
    ),
    (
        "tekun_persons",
        1302,
        None,
        "2026年9月末，全区特困人员救助供养1302人。",
    ),
    (
        "adoptions",
        12,
        30,
        "2026年1—9月，全区累计收养登记12件，同比减少18件、下降60.0%。",
    ),
    (
        "dibao_persons",
        11022,
        10706,
        "End of Sep 2026, Demo District: "
        "dibao recipients stood at 11,022 people, up 316 people, or 3.0%, year on year.",
    ),
    (
        "dibao_households",
        4120,
        4005,
        "End of Sep 2026, Demo District: "
        "dibao households stood at 4,120 households, up 115 households, or 2.9%, year on year.",
    ),
    (
        "urban_dibao_standard",
        1010,
        960,
        "End of Sep 2026, Demo District: "
        "urban dibao standard stood at 1,010 yuan per person per month, "
        "up 50 yuan per person per month, or 5.2%, year on year.",
    ),
    (
        "marriages",
        1680,
        1686,
        "Jan–Sep 2026, Demo District: "
        "marriages registered came to 1,680 couples, down 6 couples, or 0.4%, year on year.",
    ),
    (
        "facility_coverage",
        96.1,
        92.2,
        "End of Sep 2026, Demo District: "
        "communities covered by elderly-care facilities stood at "
        "96.1%, up 3.9 points year on year.",
    ),
    (
        "facility_coverage",
        90.0,
        92.5,
        "End of Sep 2026, Demo District: "
        "communities covered by elderly-care facilities stood at "
        "90.0%, down 2.5 points year on year.",
    ),
    (
        "elderly_population",
        152299,
        147728,
        "End of Sep 2026, Demo District: "
        "population aged 60 and over stood at 152,299 people, "
        "up 4,571 people, or 3.1%, year on year.",
    ),
]


@pytest.mark.parametrize(("indicator", "now", "then", "said"), EXAMPLES)
def test_a_sentence_is_one_that_an_office_would_leave(indicator, now, then, said):
    language = "en" if "Demo District" in said else "zh"
    figures = pair(indicator, float(now), None if then is None else float(then))
    assert running(text(told(figures, indicator, language=language)), language) == said


def test_there_are_forty_examples():
    assert len(EXAMPLES) >= 40


@pytest.mark.parametrize(
    ("written", "wanted"),
    [
        ("完成年检(年报)社会组织数442家", "完成年检（年报）社会组织数442家"),
        ("离结比(每百对结婚)为46.8", "离结比（每百对结婚）为46.8"),
        ("发放1,234.50万元、12,345,678元", "发放1234.50万元、12345678元"),
        ("f(x) and (y)", "f(x) and (y)"),
        ("1,23", "1,23"),
    ],
)
def test_running_chinese_has_full_width_brackets_and_no_commas(written, wanted):
    assert running(written, "zh") == wanted


def test_commas_stay_where_the_setting_asks_for_them_and_in_english():
    assert running("1,234人", "zh", thousands=True) == "1,234人"
    assert running("1,234 people (all)", "en") == "1,234 people (all)"


@pytest.mark.parametrize(
    ("written", "wanted"),
    [
        ("14 项目标中 4 项落后", "14项目标中4项落后"),
        ("时间已过 83.3%。", "时间已过83.3%。"),
        ("更新于 2026-11-30", "更新于2026-11-30"),
        ("东湖街道 少 61", "东湖街道 少61"),
        ("Nov 2026 figures", "Nov 2026 figures"),
    ],
)
def test_no_space_stands_between_chinese_and_figures(written, wanted):
    assert closed_up(written) == wanted


def test_nothing_is_said_of_a_base_that_is_not_there():
    sentence = "2020年1月，福建省社会救助支出3.73亿元，上年同期没有数据，不作比较。"
    assert without_absent_base(sentence, "zh") == "2020年1月，福建省社会救助支出3.73亿元。"
