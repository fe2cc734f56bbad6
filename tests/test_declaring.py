"""An indicator of a bureau's own: checked, kept, known to every process, read from a table."""

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime

import pytest

from dashboard import intake
from dashboard.analysis.points import Points
from dashboard.base.language import word
from dashboard.base.settings import read_settings
from dashboard.catalogue.areas import Areas
from dashboard.catalogue.concepts import Figure
from dashboard.catalogue.periods import Period
from dashboard.services.context import open_context
from dashboard.services.declarations import Declarations, NotDeclarable
from dashboard.services.submissions.submissions import Submissions
from dashboard.store.declared import Declaration, keep_declared
from dashboard.store.opening import StoreError

GOOD = Declaration("慈善超市货架数", "个", "end_of_period", "sum", "higher_better", "charity")


@pytest.fixture
def settings(tmp_path):
    return read_settings({"DASHBOARD_HOME": str(tmp_path)})


SHARE = Declaration(
    "慈善超市农村占比",
    "%",
    "end_of_period",
    "ratio",
    "neutral",
    "charity",
    "农村低保人数",
    "城乡低保人数",
)


def test_a_ratio_is_made_of_two_indicators_and_computed_from_their_figures(settings):
    context = open_context(settings)
    identity = Declarations(context).declare(SHARE, "王敏")
    meaning = context.catalogue.indicators[identity]
    assert (meaning.numerator, meaning.denominator) == ("rural_dibao_persons", "dibao_persons")
    assert f",ratio,{meaning.numerator},{meaning.denominator}," in Declarations(
        context
    ).csv().decode("utf-8-sig")
    areas = Areas(context.catalogue.shipped_areas)
    figures = [
        Figure(name, "370113", Period(2026, 9), "actual", value, "A", None, 1, "official")
        for name, value in (("rural_dibao_persons", 30), ("dibao_persons", 120))
    ]
    points = Points(context.catalogue, areas, figures)
    assert points.value(identity, "370113", Period(2026, 9)) == 25.0


@pytest.mark.slow
@pytest.mark.parametrize(
    ("change", "key"),
    [
        ({"numerator": ""}, "declare_numerator_needed"),
        ({"denominator": "没有这个"}, "declare_denominator_needed"),
        ({"denominator": "农村低保人数"}, "declare_parts_alike"),
        ({"denominator": "城市低保标准"}, "declare_part_adds_up"),
        ({"denominator": "城市低保户数"}, "declare_ratio_unit"),
        ({"accumulation": "in_month"}, "declare_ratio_basis"),
        ({"unit": "人"}, "declare_ratio_unit"),
        ({"aggregation": "sum"}, "declare_no_ratio"),
    ],
)
def test_a_ratio_that_makes_no_sense_is_refused_in_both_languages(settings, change, key):
    with pytest.raises(NotDeclarable) as refused:
        Declarations(open_context(settings)).declare(SHARE._replace(**change), "王敏")
    assert refused.value.key == key
    for language in ("zh", "en"):
        assert word(key, language, **refused.value.values)


def test_who_holds_a_catalogue_sees_nothing_change(settings):
    context = open_context(settings)
    held = context.catalogue
    identity = Declarations(context).declare(GOOD, "王敏")
    assert identity not in held.indicators and held.find_indicator(GOOD.name) is None
    assert identity in context.catalogue.indicators


def test_many_threads_declare_and_read_at_once(settings):
    context = open_context(settings)
    names = [f"慈善超市第{number}类商品数" for number in range(12)]

    def declare(name):
        Declarations(context).declare(GOOD._replace(name=name), "王敏")
        return [one.name.zh for one in context.catalogue.indicators.values()].count(name)

    with ThreadPoolExecutor(6) as threads:
        assert [*threads.map(declare, names)] == [1] * 12
    assert len({one.id for one in Declarations(context).all()}) == 12


def test_of_two_who_declare_one_name_at_once_the_second_is_told(settings):
    context = open_context(settings)
    when = datetime.now(UTC)
    keep_declared(context.engine, GOOD, "王敏", when)
    with pytest.raises(StoreError) as refused:
        keep_declared(context.engine, GOOD, "李强", when)
    assert "王敏" in refused.value.text["zh"]


def test_the_command_line_declares_a_ratio_and_lists_it(tmp_path, commands):
    run = commands(tmp_path)
    fields = ["--unit", "%", "--basis", "end_of_period", "--sum", "ratio", "--good", "neutral"]
    parts = ["--numerator", "农村低保人数", "--denominator", "城乡低保人数"]
    code, said = run("declare", SHARE.name, *fields, "--topic", "charity", *parts, "--by", "王敏")
    assert (code, said.strip()) == (0, f"已登记“{SHARE.name}”，编号 bureau_1")
    code, said = run("declare", SHARE.name, *fields, "--topic", "charity", *parts)
    assert code == 2 and "已在目录中" in said
    code, said = run("declare")
    assert code == 0 and f"bureau_1,{SHARE.name}" in said


def test_it_is_known_at_once_also_to_a_process_that_was_open_before(settings):
    other, own = open_context(settings), open_context(settings)
    other.version()
    before = datetime.now(UTC).date()
    identity = Declarations(own).declare(GOOD, "王敏")
    assert own.catalogue.find_indicator(GOOD.name).id == identity
    assert other.catalogue.find_indicator(GOOD.name) is None
    other.version()
    assert other.catalogue.find_indicator(GOOD.name).id == identity
    (kept,) = Declarations(other).all()
    assert kept.by == "王敏" and before <= kept.when.date() <= datetime.now(UTC).date()
    assert f"{identity},{GOOD.name}," in Declarations(other).csv().decode("utf-8-sig")


@pytest.mark.slow
@pytest.mark.parametrize(
    ("field", "value", "key"),
    [
        ("name", "", "declare_name_needed"),
        ("name", "城市低保人数", "declare_name_taken"),
        ("unit", "斛", "declare_unit_unknown"),
        ("accumulation", "", "declare_accumulation_needed"),
        ("aggregation", "", "declare_aggregation_needed"),
        ("polarity", "", "declare_polarity_needed"),
        ("topic", "none", "declare_topic_needed"),
    ],
)
def test_what_is_missing_is_said_in_both_languages(settings, field, value, key):
    with pytest.raises(NotDeclarable) as refused:
        Declarations(open_context(settings)).declare(GOOD._replace(**{field: value}), "王敏")
    assert refused.value.key == key
    for language in ("zh", "en"):
        assert word(key, language, **refused.value.values)


def test_a_name_is_declared_once_and_by_somebody(settings):
    declarations = Declarations(open_context(settings))
    with pytest.raises(NotDeclarable):
        declarations.declare(GOOD, " ")
    declarations.declare(GOOD, "王敏")
    with pytest.raises(NotDeclarable):
        declarations.declare(GOOD, "王敏")


def test_money_is_kept_in_its_base_unit(settings):
    declarations = Declarations(open_context(settings))
    declarations.declare(GOOD._replace(name="慈善超市进货款", unit="万元"), "王敏")
    assert declarations.all()[0].fields.unit == "yuan"


def test_a_column_of_its_name_is_read(settings):
    context = open_context(settings)
    identity = Declarations(context).declare(GOOD, "王敏")
    areas = "code,name,level\n370199,青石区,district\n370199001,东湖街道,street\n"
    table = f"青石区2026年9月情况\n街道,{GOOD.name}(个)\n东湖街道,12\n"
    submissions = Submissions(context)
    submissions.receive([("地区.csv", areas.encode())], intake.Handover())
    (sheet,) = submissions.preview([("表.csv", table.encode())], intake.Handover())
    assert [cell.indicator for cell in sheet.understood] == [identity]
