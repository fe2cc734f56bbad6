"""Addresses are the state: doors, languages, filters, notices, and pages that are not there."""

import re
from urllib.parse import parse_qs, urlsplit

import pytest
from screens import DISTRICT, STREET, every, named, page_layout, selection_of, text_of

from dashboard.catalogue.periods import Period
from dashboard.charts.model.selection import Selection
from dashboard.components.panels import PANELS
from dashboard.components.shell import ids
from dashboard.components.shell.address import ChartLinks, query_of, reader_language
from dashboard.components.shell.filters import Offered, filter_bar

pytestmark = pytest.mark.slow


# ---- doors, addresses, language ----


def test_doors_lead_to_streets_areas_and_periods(desk):
    door = ChartLinks(Selection(DISTRICT, Period(2025, 12)), "/topic/marriage", desk.areas())
    assert door.of("area", STREET) == f"/street/{STREET}?area={DISTRICT}&period=2025-12"
    assert door.of("area", "000000") == "/topic/marriage?area=000000&period=2025-12"
    assert door.of("period", "2024-06") == f"/topic/marriage?area={DISTRICT}&period=2024-06"
    assert door.of("", STREET) == door.of("area", "") == door.of("period", "soon") == ""


def test_the_language_is_the_address_then_the_cookie_then_the_browser(app):
    def asked(path="/", **headers):
        with app.server.test_request_context(path, headers=headers):
            return reader_language()

    assert asked() == "zh"
    assert asked(**{"Accept-Language": "en-GB,en;q=0.8"}) == "en"
    assert asked(Cookie="lang=zh", **{"Accept-Language": "en"}) == "zh"
    assert asked("/?lang=en", Cookie="lang=zh") == "en"
    assert asked("/?lang=xx") == "zh"
    assert reader_language({"lang": "en"}) == "en"


def test_a_query_is_read_whatever_it_holds():
    assert query_of("?area=990101&period=2025-12") == {"area": "990101", "period": "2025-12"}
    assert query_of(None) == query_of("") == query_of("?") == {}


def test_the_document_says_its_language_and_remembers_it(app):
    client = app.server.test_client()
    answer = client.get("/topic/marriage?lang=en")
    assert '<html lang="en"' in answer.text
    assert "lang=en" in answer.headers["Set-Cookie"]
    assert "<title>Marriage" in client.get("/topic/marriage").text
    assert "https://" not in re.sub(r'<script id="_dash-config".*?</script>', "", answer.text)


def test_an_address_that_leads_nowhere_is_not_found(app):
    client = app.server.test_client()
    assert client.get("/no/such/page").status_code == 404
    assert client.get("/topic/marriage").status_code == 200


@pytest.mark.parametrize(
    ("path", "query"),
    [("/", {"area": "no-such"}), ("/topic/marriage", {"area": "no-such"})],
)
def test_an_unknown_area_is_answered_with_ways_on(app, path, query):
    page = page_layout(app, path, **query)
    assert "no-such" in text_of(page)
    assert any(a.href.startswith("/?area=") for a in named(page, "A"))


# ---- filters and notices ----


def test_the_period_control_lists_only_periods_that_exist(desk):
    selection = selection_of(desk, period="2025-12")
    existing = desk.selections.periods(DISTRICT)
    bar = filter_bar(
        "/", Offered(desk.selections.area_choices("zh"), existing), selection, DISTRICT
    )
    (control,) = [part for part in every(bar) if getattr(part, "id", "") == ids.PERIOD]
    assert [option["value"] for option in control.options] == [str(p) for p in existing]
    assert control.value == "2025-12"


def test_the_filters_say_what_they_show(desk):
    selection = selection_of(desk, period="2025-12", compare="pop")
    bar = filter_bar(
        "/",
        Offered(desk.selections.area_choices("zh"), desk.selections.periods(DISTRICT)),
        selection,
        DISTRICT,
    )
    (drawn,) = [part for part in every(bar) if getattr(part, "id", "") == ids.DRAWN]
    shown = {part.id: part.value for part in every(bar) if hasattr(part, "value")}
    assert shown[ids.AREA] == drawn.data["area"] == DISTRICT
    assert shown[ids.PERIOD] == drawn.data["period"] == "2025-12"
    assert shown[ids.COMPARISON] == drawn.data["compare"] == "period_on_period"


def test_demo_figures_are_marked_and_published_ones_are_not(desk):
    real = next(c["value"] for c in desk.selections.area_choices("zh") if not c["demo"])
    demo = text_of(PANELS["notices"](desk, "/", selection_of(desk)))
    published = text_of(PANELS["notices"](desk, "/", selection_of(desk, area=real)))
    assert "演示数据" in demo
    assert "演示数据" not in published


def test_links_keep_area_period_and_language(desk):
    nav = PANELS["nav"](desk, "/", selection_of(desk, period="2025-12", lang="en"))
    for link in named(nav, "A"):
        if getattr(link, "className", "") == "tab":
            query = parse_qs(urlsplit(link.href).query)
            assert query == {"area": [DISTRICT], "period": ["2025-12"], "lang": ["en"]}
