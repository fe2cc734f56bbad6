"""What a draft says in other words than the rules' own patterns: each kind wrong, and right."""

from types import SimpleNamespace

import pytest

from dashboard.catalogue.concepts import Accumulation
from dashboard.catalogue.periods import Period
from dashboard.intake.drafts.check import check_draft, check_file
from dashboard.intake.drafts.claims.durations import durations
from dashboard.intake.drafts.comparisons import months_back
from dashboard.intake.drafts.earlier_report import base_findings
from dashboard.intake.drafts.reading import pasted_draft

HEAD = "安平县民政局2025年工作总结\n"
PAIRS = [  # wrong, right
    (
        "投入资金1265万元，县级配套665万元、上级补助500万元、社会捐助200万元。",
        "投入资金1365万元，县级配套665万元、上级补助500万元、社会捐助200万元。",
    ),
    (
        "救助流浪人员94人次，按方式分，站内照料61人次、护送返乡25人次、医疗救治12人次。",
        "救助流浪人员98人次，按方式分，站内照料61人次、护送返乡25人次、医疗救治12人次。",
    ),
    ("27家养老机构中，公办的16家，民办的13家。", "29家养老机构中，公办的16家，民办的13家。"),
    (
        "改造任务60户，已完工45户，正在施工9户，未开工8户。",
        "改造任务62户，已完工45户，正在施工9户，未开工8户。",
    ),
    ("应认证1325人，已认证1298人，未认证37人。", "应认证1335人，已认证1298人，未认证37人。"),
    (
        "计划改造1500户。分解到各季度：一季度200户、二季度500户、三季度500户、四季度400户。",
        "计划改造1600户。分解到各季度：一季度200户、二季度500户、三季度500户、四季度400户。",
    ),
    (
        "募集善款1286万元。“慈善一日捐”募集342万元，占全年募集总额的32.6%。",
        "募集善款1286万元。“慈善一日捐”募集342万元，占全年募集总额的26.6%。",
    ),
    (
        "筹集善款1286万元，其中企业捐赠940万元、个人捐赠286万元，分别占73.1%和24.2%。",
        "筹集善款1286万元，其中企业捐赠940万元、个人捐赠286万元，分别占73.1%和22.2%。",
    ),
    (
        "9个社区中8个建成日间照料中心，覆盖率达80%。",
        "9个社区中8个建成日间照料中心，覆盖率达88.9%。",
    ),
    (
        "完成投资7200万元，占总投资1.2亿元的六成，完成年度投资计划8000万元的85%。",
        "完成投资7200万元，占总投资1.2亿元的六成，完成年度投资计划8000万元的90%。",
    ),
    (
        "年度计划投资38亿元，实际完成39.5亿元，占年度计划的96.2%。",
        "年度计划投资38亿元，实际完成39.5亿元，占年度计划的103.9%。",
    ),
    (
        "总投资1.5亿元，建筑面积2.6万平方米，平均每平方米造价约577元。",
        "总投资1.5亿元，建筑面积2.6万平方米，平均每平方米造价约5770元。",
    ),
    (
        "公益创投项目5个，每个项目扶持2万元，共计12万元。",
        "公益创投项目6个，每个项目扶持2万元，共计12万元。",
    ),
    (
        "五年来，养老床位由3120张增加到4316张。\n二、2026年工作打算\n养老床位达到4600张，比2025年增加384张。",
        "五年来，养老床位由3120张增加到4316张。\n二、2026年工作打算\n养老床位达到4600张，比2025年增加284张。",
    ),
    ("由第9名上升到第4名，前进了6个位次。", "由第9名上升到第4名，前进了5个位次。"),
    ("由二季度的第7位降至第3位。", "由二季度的第7位升至第3位。"),
    (
        "共4项，分别为适老化改造、社区助餐、儿童服务站、热线、公墓提升。",
        "共5项，分别为适老化改造、社区助餐、儿童服务站、热线、公墓提升。",
    ),
    (
        "召开现场会3次：4月在柳林镇，7月在城关街道，9月在石桥镇，11月在大河乡。",
        "召开现场会4次：4月在柳林镇，7月在城关街道，9月在石桥镇，11月在大河乡。",
    ),
    ("抓好三件事：一是救助。二是养老。", "抓好两件事：一是救助。二是养老。"),
    (
        "新建村级幸福院18处，累计建成214处。204处村级幸福院中近三成运转困难。",
        "新建村级幸福院18处，累计建成214处。214处村级幸福院中近三成运转困难。",
    ),
    (
        "结婚登记918对、离婚登记437对，补领证件286件，三项业务合计1614件。",
        "结婚登记918对、离婚登记437对，补领证件286件，三项业务合计1641件。",
    ),
    ("全区6个街道、4个镇共11个镇街完成采集。", "全区6个街道、4个镇共10个镇街完成采集。"),
    ("婚姻登记满意度99.2%，较去年提高1.2%。", "婚姻登记满意度99.2%，较去年提高1.2个百分点。"),
    (
        "临时救助36人次8.28万元，人次均230元，最高一次救助1万元。",
        "临时救助36人次8.28万元，人次均2300元，最高一次救助1万元。",
    ),
    ("开展活动42场，服务1890人次，场均54人次。", "开展活动42场，服务1890人次，场均45人次。"),
    (
        "争取项目2个，资金分别为30万元、25万元、15万元。",
        "争取项目3个，资金分别为30万元、25万元、15万元。",
    ),
    (
        "26个村建成互助养老点21个。23个互助养老点中常态化开放的不足一半。",
        "26个村建成互助养老点21个。21个互助养老点中常态化开放的不足一半。",
    ),
    ("测评排名第6，比去年底的第4前进2位。", "测评排名第4，比去年底的第6前进2位。"),
    (
        "全年发放低保金6480.9万元，上半年发放3186.2万元，下半年发放3394.7万元。",
        "全年发放低保金6580.9万元，上半年发放3186.2万元，下半年发放3394.7万元。",
    ),
    ("选出成员738名，其中女性402名，占64.5%。", "选出成员738名，其中女性402名，占54.5%。"),
    ("配备社工116名，其中持证64名，持证率65.2%。", "配备社工116名，其中持证64名，持证率55.2%。"),
    (
        "一季度收住老人2206人，二季度末增至2318人，二季度净增122人。",
        "一季度收住老人2206人，二季度末增至2318人，二季度净增112人。",
    ),
    (
        "改建社区食堂5处、村级助餐点11处，新增助餐设施合计15处。",
        "改建社区食堂5处、村级助餐点11处，新增助餐设施合计16处。",
    ),
    (
        "82个社区换届。安排社区工作经费984万元，每个社区10万元。",
        "82个社区换届。安排社区工作经费984万元，每个社区12万元。",
    ),
    (
        "建设6处，其中一季度开工2处，二季度开工3处，三季度开工2处。",
        "建设6处，其中一季度开工2处，二季度开工3处，三季度开工1处。",
    ),
    (
        "街道辖8个社区，工作者116名。7个社区中仍有2个用房不达标。",
        "街道辖8个社区，工作者116名。8个社区中仍有2个用房不达标。",
    ),
    (
        "全县16个乡镇（街道）设立联络站。17个乡镇（街道）社工力量不足。",
        "全县16个乡镇（街道）设立联络站。12个乡镇（街道）社工力量不足。",
    ),
]
SILENT = [
    "床位120张，入住82人，其中特困老人38人、寄养老人44人，入住率68.3%。",
    "新登记9家、注销14家，比去年底的351家净减少5家。",
    "全县低保12846人，较上年末净减274人，其中城市2318人、农村10528人。",
    "筹集善款1286万元，其中企业捐赠940万元、个人捐赠286万元。",
    "评估社会组织26家，其中5A级2家、4A级6家、3A级16家。",
    "任务20个，现已建成8个，占任务的40%，在建6个，未开工6个。",
    "发放低保金500万元，特困金300万元、临时救助金210万元。",
    "开展活动3项，包括义诊、理发、慰问等。",
]


def raised(text):
    return [one.message.zh for one in check_draft(pasted_draft("x", HEAD + text)).findings]


@pytest.mark.parametrize(("wrong", "right"), PAIRS, ids=[wrong[:12] for wrong, _ in PAIRS])
def test_a_contradiction_in_other_words_is_raised_and_its_correction_is_not(wrong, right):
    assert raised(wrong)
    assert not raised(right)


@pytest.mark.parametrize(
    ("period", "days", "wrong"),
    [
        ("2023年1月20日至3月5日", (44, 45), (43, 46)),
        ("2024年1月20日至3月5日", (45, 46), (44, 47)),
        ("1月20日至3月5日", (44, 45, 46), (43, 47)),
        ("2023年2月20日至3月5日", (13, 14), (12, 15)),
    ],
)
def test_days_are_counted_in_the_year_named_or_in_any(period, days, wrong):
    for length in (*days, *wrong):
        found = list(durations(f"{period},历时{length}天", 0, 2025))
        assert bool(found) == (length in wrong), length


@pytest.mark.parametrize(
    ("words", "months"),
    [("比2023年底", 9), ("较去年末", 9), ("比2022年末", 21), ("较2024年末", 0), ("比2025年底", 0)],
)
def test_a_change_begins_before_its_period_or_it_is_not_known_when(words, months):
    stock = SimpleNamespace(accumulation=Accumulation.END_OF_PERIOD)
    assert months_back(words, stock, Period(2024, 9)) == months


@pytest.mark.parametrize("text", SILENT)
def test_what_only_resembles_a_contradiction_is_not_raised(text):
    assert not raised(text)


def test_a_base_is_compared_with_the_previous_report():
    then = check_file("a.txt", "安平县民政局2024年工作总结\n养老床位4102张。".encode()).read
    for text, count in (("4120张", 1), ("4102张", 0)):
        words = f"{HEAD}养老机构27家，床位4316张，比2024年底的{text}新增不少。"
        now = check_draft(pasted_draft("x", words)).read
        assert len(list(base_findings(now, then))) == count


def test_a_base_before_its_noun_is_compared_with_the_previous_report():
    then = check_file("a.txt", "安平县民政局2025年上半年工作总结\n养老床位4208张。".encode()).read
    for base, count in (("4280张", 1), ("4208张", 0)):
        text = f"{HEAD}养老床位4316张。与上半年末的{base}相比，床位增加108张。"
        now = check_draft(pasted_draft("x", text)).read
        assert len(list(base_findings(now, then))) == count


def test_in_a_speech_last_year_is_the_year_before_it_is_spoken():
    text = "在全县民政工作会议上的讲话\n（2026年2月26日）\n总结2025年工作。去年办理结婚登记2361对。"
    mention = check_draft(pasted_draft("x", text)).read.mentions[-1]
    assert str(mention.period.end) == "2025-12"


def test_a_government_report_is_of_its_area():
    assert (
        check_draft(pasted_draft("x", "望川县政府工作报告（节选）\n低保2146人。")).read.area
        == "望川县"
    )
