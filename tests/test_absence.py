"""Where there is nothing, a page says so, says why, and leads on; where it failed, too."""

import pytest
from flask import Flask, abort
from screens import DISTRICT, PAGES, every, selection_of, text_of, written_in

from dashboard.base.language import word
from dashboard.base.settings import read_settings
from dashboard.charts.model.selection import from_query
from dashboard.components.panels import PANELS
from dashboard.components.reports.scorecards import sheets
from dashboard.components.shell.absence import absence_notice, unread_notice
from dashboard.services.front_desk import FrontDesk
from dashboard.web.refusal_pages import answer_browsers

WITH_FIGURES = [
    "/topic/marriage",
    "/targets",
    "/street/990101001",
    "/indicators/marriages",
    "/completeness",
    "/report",
]


@pytest.fixture
def empty(tmp_path):
    return FrontDesk(read_settings({"DASHBOARD_HOME": str(tmp_path)}))


def addresses(part):
    return [one.href for one in every(part) if getattr(one, "href", None)]


@pytest.mark.slow
@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("path", WITH_FIGURES)
def test_an_empty_store_says_so_on_every_page_of_figures(empty, path, language):
    selection = empty.selections.of({"lang": language}, language)
    shown = PANELS["notices"](empty, path, selection)
    assert word("absent_store", language) in written_in(shown)
    assert any(one.startswith("/submissions?") for one in addresses(shown))


def test_an_empty_store_welcomes_on_the_overview_and_has_no_scorecards(empty):
    selection = empty.selections.of({}, "zh")
    assert absence_notice(empty, "/", selection) is None
    assert word("welcome_start", "zh") in written_in(PANELS["welcome"](empty, "", selection))
    shown = sheets(empty, selection, "/", below=True)
    assert word("card_nothing", "zh") in text_of(shown)
    assert not [part for part in every(shown) if getattr(part, "className", "") == "score-sheet"]


@pytest.mark.slow
def test_an_area_without_figures_names_itself_and_one_that_has_some(desk):
    areas = desk.areas()
    known = {choice["value"] for choice in desk.selections.area_choices("en")}
    bare = next(
        one
        for one in desk.catalogue.shipped_areas
        if one.code not in known and not known & {below.code for below in areas.children(one.code)}
    )
    selection = selection_of(desk, area=bare.code, lang="en")
    shown = absence_notice(desk, "/topic/marriage", selection)
    assert bare.name.en in text_of(shown)
    first = desk.selections.area_choices("en")[0]
    assert f"/?area={first['value']}&lang=en" in addresses(shown)


@pytest.mark.slow
def test_a_topic_without_figures_says_where_there_are_some(desk):
    for choice in desk.selections.area_choices("en"):
        selection = selection_of(desk, area=choice["value"], lang="en")
        bare = [
            one
            for one in desk.catalogue.topic_order()
            if not desk.selections.periods(selection.area, one.id)
        ]
        if bare:
            break
    shown = absence_notice(desk, f"/topic/{bare[0].id}", selection)
    assert bare[0].title.en in text_of(shown)
    assert any(one.endswith(f"&topic={bare[0].id}") for one in addresses(shown))


@pytest.mark.parametrize("path", PAGES)
def test_nothing_is_missed_where_there_are_figures(desk, path):
    assert absence_notice(desk, path, selection_of(desk, period="2025-12")) is None


def test_what_cannot_be_read_in_an_address_is_named():
    broken = from_query({"period": "soon", "step": "day", "known": "never"}, DISTRICT, "en")
    said = text_of(unread_notice("/topic/marriage", broken))
    assert "period, time step, day of knowledge" in said
    assert (
        unread_notice("/", from_query({"period": "2025-12", "compare": "yoy"}, "1", "en")) is None
    )
    every_year = from_query({"period": "all"}, DISTRICT, "en")
    assert unread_notice("/targets", every_year) is None


def test_a_day_still_to_come_is_named_too(desk):
    selection = selection_of(desk, known="2999-01-01")
    assert selection.as_known is None and selection.unread == ("known",)


@pytest.mark.parametrize(("language", "said"), [("zh", "这一页没有打开"), ("en", "could not be")])
def test_a_request_that_fails_is_answered_in_words_without_a_traceback(desk, language, said):
    server = Flask("failing")
    answer_browsers(server, desk)
    server.add_url_rule("/plain/x", "x", lambda: abort(500))
    server.add_url_rule("/plain/y", "y", lambda: 1 / 0)
    server.add_url_rule("/api/y", "z", lambda: 1 / 0)
    client = server.test_client()
    for address in ("/plain/x", "/plain/y"):
        answer = client.get(f"{address}?lang={language}")
        text = answer.get_data(as_text=True)
        assert answer.status_code == 500 and said in text and "<main" in text
        assert "Traceback" not in text and "ZeroDivisionError" not in text
    answer = client.get(f"/api/y?lang={language}")
    assert answer.status_code == 500 and said in answer.get_json()["error"]
