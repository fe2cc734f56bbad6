"""Whatever was loaded is on its topic's page, drawn in a few statements."""

import pytest
from sqlalchemy import event

from dashboard.catalogue.catalogue import read_catalogue
from dashboard.charts.generated import Held, generated_spec, generated_specs, shown_by
from dashboard.charts.model.selection import Selection

CATALOGUE = read_catalogue()
DEMO = "990101"


@pytest.fixture(scope="module")
def desk(samples_desk):
    return samples_desk


def test_a_chart_is_made_for_streets_for_time_and_for_parts():
    held = {
        "marriages": Held(5, 4, 5),
        "divorces": Held(1, 1, 1),
        "urban_dibao__persons__sex_female": Held(1, 3, 1),
    }
    made = generated_specs("marriage", held, (), CATALOGUE)
    assert [spec.id for spec in made] == ["marriages-streets", "marriages-trend"]
    made = generated_specs("assistance", held, (), CATALOGUE)
    assert [spec.id for spec in made] == ["urban_dibao__persons__sex_female-streets"]


def test_what_a_declared_chart_shows_is_not_shown_again():
    held = {"marriages": Held(5, 4, 5)}
    assert not generated_specs("marriage", held, {"marriages"}, CATALOGUE)
    parts = shown_by([generated_spec("marriage", "marriages-parts", CATALOGUE)], CATALOGUE)
    assert parts > {"marriages"}


@pytest.mark.parametrize("name", ["marriages", "marriages-pie", "orphans-trend", "x-trend", ""])
def test_a_name_that_means_no_chart_makes_none(name):
    assert generated_spec("marriage", name, CATALOGUE) is None


def selection(desk, area, topic):
    return desk.selections.of({"area": area}, "zh", topic)


@pytest.mark.parametrize("area", [DEMO, "990101001", "000000", "510000"])
def test_every_figure_of_an_area_is_on_the_topics_page(desk, area):
    for topic in desk.catalogue.topics.values():
        chosen = selection(desk, area, topic.id)
        held, shown = desk.topics.held(topic.id, chosen), desk.topics.of(topic.id, chosen)
        specs = [desk.figures.spec(chart.id) for chart in (*shown.declared, *shown.made)]
        there = shown_by(specs, desk.catalogue) | set(shown.further) | set(topic.headline)
        there |= {tile.indicator for tile in shown.single}
        linked = {desk.catalogue.indicators[name].linked for name in there}
        empty = set(held) - there - linked
        assert not empty, f"{topic.id} {area}"


def test_an_empty_chart_is_a_name_and_no_card(desk):
    shown = desk.topics.of("elderly", selection(desk, "000000", "elderly"))
    assert shown.absent
    assert all(not chart.empty for chart in (*shown.declared, *shown.made))


def test_charts_read_together_are_those_read_alone(desk):
    chosen = selection(desk, DEMO, "assistance")
    for chart in desk.topics.of("assistance", chosen).declared:
        assert chart == desk.figures.chart(chart.id, chosen)


def test_a_topics_charts_take_a_few_statements_however_many_they_are(desk):
    chosen = Selection(DEMO, selection(desk, DEMO, "elderly").period, comparison="none")
    statements = []

    def count(conn, cursor, statement, *rest):
        statements.append(statement)

    event.listen(desk.context.engine, "before_cursor_execute", count)
    try:
        shown = desk.topics.of("elderly", chosen)
    finally:
        event.remove(desk.context.engine, "before_cursor_execute", count)
    data = [one for one in statements if one.startswith("SELECT") and "store_version" not in one]
    assert len(shown.declared) > 3
    assert len(data) <= 10, "\n\n".join(data)
