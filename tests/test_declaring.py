"""An indicator of a bureau's own: checked, kept, known to every process, read from a table."""

from datetime import UTC, datetime

import pytest

from dashboard import intake
from dashboard.base.language import word
from dashboard.base.settings import read_settings
from dashboard.services.context import open_context
from dashboard.services.declarations import Declarations, NotDeclarable
from dashboard.services.submissions.submissions import Submissions
from dashboard.store.declared import Declaration

GOOD = Declaration("慈善超市货架数", "个", "end_of_period", "sum", "higher_better", "charity")


@pytest.fixture
def settings(tmp_path):
    return read_settings({"DASHBOARD_HOME": str(tmp_path)})


def test_it_is_known_at_once_also_to_a_process_that_was_open_before(settings):
    other, own = open_context(settings), open_context(settings)
    other.version()
    identity = Declarations(own).declare(GOOD, "王敏")
    assert own.catalogue.find_indicator(GOOD.name).id == identity
    assert other.catalogue.find_indicator(GOOD.name) is None
    other.version()
    assert other.catalogue.find_indicator(GOOD.name).id == identity
    (kept,) = Declarations(other).all()
    assert (kept.by, kept.when.date()) == ("王敏", datetime.now(UTC).date())
    assert f"{identity},{GOOD.name}," in Declarations(other).csv().decode("utf-8-sig")


@pytest.mark.parametrize(
    ("field", "value", "key"),
    [
        ("name", "", "declare_name_needed"),
        ("name", "城市低保人数", "declare_name_taken"),
        ("unit", "斛", "declare_unit_unknown"),
        ("accumulation", "", "declare_accumulation_needed"),
        ("aggregation", "ratio", "declare_aggregation_needed"),
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
