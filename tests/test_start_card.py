"""A store without figures asks three things; offices have their names in both languages."""

import pytest
from screens import named, page_layout, text_of

from dashboard.base.language import word
from dashboard.base.settings import read_settings
from dashboard.charts.text.office_names import office_name
from dashboard.components.panels import PANELS
from dashboard.services.front_desk import FrontDesk


@pytest.fixture
def empty_desk(tmp_path):
    return FrontDesk(read_settings({"DASHBOARD_HOME": str(tmp_path)}))


def test_the_first_card_asks_three_things_and_gives_the_tables_for_them(empty_desk):
    selection = empty_desk.selections.of({}, "zh")
    shown = PANELS["welcome"](empty_desk, "", selection)
    words = text_of(shown)
    assert words.index("哪个民政局") < words.index("哪些街镇") < words.index("第一张表")
    addresses = [a.href for a in named(shown, "A")]
    assert any("template-streets.xlsx" in one for one in addresses)
    assert any("template-month.xlsx" in one for one in addresses)


def test_a_usual_office_has_an_english_name_and_another_keeps_its_own():
    assert office_name("养老服务科", "en") == "Elderly Care Office"
    assert office_name("养老服务科", "zh") == "养老服务科"
    assert office_name("第三科", "en") == "第三科"
    assert word("office_general", "en") == "General Office"


def test_the_overview_of_an_empty_store_is_the_start_card_alone(tmp_path):
    from app import create_app

    empty = create_app(read_settings({"DASHBOARD_HOME": str(tmp_path)}))
    page = page_layout(empty, "/", lang="zh")
    assert [text_of(one) for one in named(page, "H1")] == ["开始使用"]
    assert "报告期" not in text_of(page) and "全国" not in text_of(page)
    assert "哪个民政局" in text_of(page)
