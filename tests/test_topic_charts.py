"""Whatever was loaded is on its topic's page, drawn in a few statements."""

import pytest
from chart_cases import chart, figure, spec
from stores import WHEN, arrival, stated

from benchmarks.counting import counted
from dashboard.base.settings import read_settings
from dashboard.catalogue.catalogue import read_catalogue
from dashboard.charts.generated import Held, generated_spec, generated_specs, shown_by
from dashboard.charts.model.selection import Selection
from dashboard.services.context import open_context
from dashboard.services.selections import Selections
from dashboard.store.record import record

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


WOMEN, MEN = "urban_dibao_women", "urban_dibao__persons__sex_male"


def test_parts_known_from_the_grid_make_a_chart_though_no_indicator_names_its_parent():
    held = {name: Held(1, 0, 0) for name in ("urban_dibao_persons", WOMEN, MEN)}
    for shown in ((), {"urban_dibao_persons"}):  # shown otherwise already: it is divided still
        (made,) = generated_specs("assistance", held, shown, CATALOGUE)
        assert made.id == "urban_dibao_persons-by_sex"
        assert shown_by([made], CATALOGUE) == {"urban_dibao_persons", WOMEN, MEN}
    assert generated_spec("assistance", "urban_dibao_persons-by_colour", CATALOGUE) is None


def test_a_chart_of_parts_by_a_dimension_has_shares_and_says_by_what():
    drawn = chart(
        generated_spec("assistance", "urban_dibao_persons-by_sex", CATALOGUE),
        [
            figure("urban_dibao_persons", DEMO, (2024, 9), 100.0),
            figure(WOMEN, DEMO, (2024, 9), 60.0),
            figure(MEN, DEMO, (2024, 9), 40.0),
        ],
        period=(2024, 9),
    )
    assert drawn.title.endswith("城市低保人数构成（按性别）")
    assert [cells[1:3] for _, cells in drawn.table.rows][:2] == [("60", "60.0%"), ("40", "40.0%")]


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


@pytest.mark.slow
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


@pytest.mark.slow
def test_charts_read_together_are_those_read_alone(desk):
    chosen = selection(desk, DEMO, "assistance")
    for drawn in desk.topics.of("assistance", chosen).declared:
        assert drawn == desk.figures.chart(drawn.id, chosen)


def test_a_topics_charts_take_a_few_statements_however_many_they_are(desk):
    chosen = Selection(DEMO, selection(desk, DEMO, "elderly").period, comparison="none")
    with counted(desk.context.engine) as work:
        shown = desk.topics.of("elderly", chosen)
    data = [
        text for text in work.texts if text.startswith("SELECT") and "store_version" not in text
    ]
    assert len(shown.declared) > 3
    assert len(data) <= 10, "\n\n".join(data)


@pytest.mark.slow
def test_a_district_whose_streets_alone_have_figures_is_in_the_list_of_areas(own_streets):
    choices = {choice["value"]: choice for choice in own_streets.area_choices("zh")}
    assert set(choices) == {"370113", "370113001"}
    assert choices["370113001"]["level"] == 1
    assert own_streets.start_area() == "370113"


@pytest.fixture
def own_streets(tmp_path):
    context = open_context(read_settings({"DASHBOARD_HOME": str(tmp_path)}))
    record(context.engine, [arrival(stated(12, area="370113001"))], WHEN)
    return Selections(context)


def test_the_cities_beside_it_are_no_streets_of_a_city():
    figures = [figure("marriages", code, (2024, 12), 100.0) for code in ("370100", "370300")]
    assert chart(spec("bar", "marriages"), figures, "370100", (2024, 12)).empty
    assert not chart(spec("bar", "marriages"), figures, "370000", (2024, 12)).empty


@pytest.mark.slow
@pytest.mark.parametrize("suffix", ["csv", "xlsx"])
def test_all_figures_of_a_topic_leave_as_a_file(app, suffix):
    client = app.server.test_client()
    answer = client.get(f"/export/figures/marriage.{suffix}?area={DEMO}")
    assert answer.status_code == 200
    if suffix == "csv":
        lines = answer.get_data(as_text=True).splitlines()
        assert lines[0].lstrip("\ufeff").startswith("indicator,indicator_name,area")
        assert len(lines) > 500
    else:
        assert answer.get_data()[:2] == b"PK"
    assert client.get(f"/export/figures/nothing.{suffix}").status_code == 404
