"""Help follows the catalogue: every topic, chart kind, rule, page and key that there is."""

import json

import pytest
from screens import every, selection_of, tables_of, text_of, written_in

from dashboard.base.language import known_words, word
from dashboard.catalogue.catalogue import read_catalogue
from dashboard.catalogue.topics import Kind
from dashboard.components.help.help import help_page
from dashboard.components.help.help_rules import rules_of
from dashboard.components.help.help_topic import indicators_of, reading, topic_help
from dashboard.components.help.shortcuts import page_keys, shortcuts_dialog
from dashboard.components.help.tour import STEPS, tour_words
from dashboard.intake.forms.rules.check import EVERY_KIND, shipped_rules

pytestmark = pytest.mark.slow

TOPICS = [topic.id for topic in read_catalogue().topic_order()]


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("topic", TOPICS)
def test_a_topics_help_has_every_indicator_chart_and_rule_of_the_catalogue(desk, topic, language):
    selection, declared = selection_of(desk, lang=language), desk.catalogue.topics[topic]
    shown = topic_help(desk, declared, selection)
    said = written_in(shown)
    own = [one for one in desk.catalogue.indicators.values() if one.topic == topic]
    assert {one.id for one in own} <= {one.id for one in indicators_of(desk, declared)}
    for one in own:
        assert one.name[language] in said and one.definition[language] in said
        for line in desk.catalogue.codes_of(one.id):
            assert line.code in said
    for chart in declared.charts:
        assert desk.figures.chart(f"{topic}/{chart.id}", selection).title in said
    about = rules_of(desk, indicators_of(desk, declared))
    named = {rule.id for rule, _ in about}
    ids = {one.id for one in own}
    assert named >= {r.id for r in shipped_rules(desk.catalogue) if ids & set(r.indicators[:1])}
    assert len(tables_of(shown)[-1]["body"]) == len(about)


def test_every_kind_of_chart_and_rule_is_explained():
    known = known_words()
    assert {f"read_{kind}" for kind in Kind} <= known
    assert {f"check_{kind}" for kind in EVERY_KIND} <= known


def test_a_chart_is_explained_by_what_it_shows(desk):
    charts = {chart.id: chart for chart in desk.catalogue.topics["marriage"].charts}
    assert reading(charts["marriages_so_far"], "en") == word("read_line_cumulative", "en")
    assert reading(charts["marriages_change_by_street"], "en") == word(
        "read_bar_year_on_year", "en"
    )
    assert reading(charts["kinds"], "zh") == word("read_stacked", "zh")


def test_a_rule_of_every_indicator_names_only_those_it_can_speak_of(desk):
    marriage = indicators_of(desk, desk.catalogue.topics["marriage"])
    about = {rule.kind: found for rule, found in rules_of(desk, marriage)}
    assert [one.id for one in about["ratio"]] == ["divorces_per_100_marriages"]
    assert "per_person" not in about and "marriages" in {one.id for one in about["parts"]}


@pytest.mark.parametrize("language", ["zh", "en"])
def test_the_help_page_leads_to_every_topic_and_explains_every_mark(desk, language):
    shown = help_page(desk, selection_of(desk, lang=language))
    said = written_in(shown)
    ways = {part.href.partition("?")[0] for part in every(shown) if getattr(part, "href", None)}
    assert {f"/help/{topic}" for topic in TOPICS} <= ways
    assert {"/", "/targets", "/submissions", "/report", "/meeting"} <= ways
    for key in (
        "status_provisional",
        "status_disputed",
        "grade_demo",
        "grade_official",
        "status_ahead",
        "status_not_judged",
        "chart_not_comparable",
    ):
        assert word(key, language).partition("{")[0] in said
    assert not [part for part in said.split() if "_" in part and part in known_words()]


def test_a_topic_leads_to_its_help_and_an_unknown_one_is_not_found(app):
    client = app.server.test_client()
    assert "/plain/help/marriage?" in client.get("/plain/topic/marriage").get_data(as_text=True)
    said = client.get("/plain/help/nothing?lang=en").get_data(as_text=True)
    assert "There is no topic" in said


def test_the_keys_of_a_page_are_those_that_work_on_it():
    assert ("/", "key_area") in page_keys("/topic/marriage", filters=True)
    assert ("P", "key_present") in page_keys("/topic/marriage", filters=True)
    assert ("/", "key_search") in page_keys("/indicators", filters=False)
    assert ("P", "key_meetings") in page_keys("/", filters=True)
    assert not [key for key, _ in page_keys("/submissions", filters=False) if key == "/"]
    said = text_of(shortcuts_dialog("/", "en", True))
    assert "Black screen" in said and "Single-key shortcuts" in said


@pytest.mark.parametrize("language", ["zh", "en"])
def test_the_tour_has_five_steps_in_the_pages_language(language):
    told = json.loads(getattr(tour_words(language), "data-tour"))
    assert len(told["steps"]) == len(STEPS) == 5
    assert all(step["title"] and step["text"] and step["at"] for step in told["steps"])
    assert told["offer"] == word("tour_offer", language)
