"""No earlier state of knowledge, version or grade gives a count that is hidden now."""

import csv
import io
from datetime import UTC, date, datetime

import pytest
from chart_cases import DEMO
from flask import Flask
from stores import arrival, stated

from dashboard.base.settings import read_settings
from dashboard.charts.model.chart import CellRole
from dashboard.disclosure.scorecard_guard import suppress_scorecards
from dashboard.services.front_desk import FrontDesk
from dashboard.store.record import record

K = 5
DAYS = [datetime(2024, 10, day, 4, tzinfo=UTC) for day in (2, 4, 6, 8)]
BETWEEN = [date(2024, 10, day) for day in (3, 5, 7)]


def streets_of(desk):
    return [area.code for area in desk.areas().children(DEMO)][:4]


@pytest.fixture
def desk(tmp_path):
    """Two of four streets come first; the third is corrected, the last value is of another grade.

    The second has four orphans, the fourth nine: both are hidden.
    """
    desk = FrontDesk(read_settings({"DASHBOARD_HOME": str(tmp_path), "DASHBOARD_CACHE": "0"}))
    first, small, third, fourth = streets_of(desk)
    of = [
        [stated(30.0, "orphans", first), stated(4.0, "orphans", small)],
        [stated(12.0, "orphans", third), stated(9.0, "orphans", fourth)],
        [stated(15.0, "orphans", third)],
    ]
    for figures, when in zip(of, DAYS, strict=False):
        record(desk.context.engine, [arrival(*figures, area=DEMO)], when)
    low = arrival(stated(33.0, "orphans", first), area=DEMO, grade="management")
    record(desk.context.engine, [low], DAYS[3])
    return desk


@pytest.fixture
def client(desk):
    server = Flask("lists")
    from dashboard.web.api import blueprint

    server.register_blueprint(blueprint(desk))
    return server.test_client()


def drawn(desk, kind, day, area=DEMO, language="zh"):
    asked = {"area": area, "period": "2024-09", "lang": language}
    asked |= {"known": str(day)} if day else {}
    selection = desk.selections.of(asked, language)
    return desk.release.chart(desk.figures.chart(f"indicator:orphans/{kind}", selection))


def shown_in(chart):
    """The counts of a released chart, by area."""
    return {
        fact.figure.area: fact.value
        for row in chart.table.facts
        for fact in row
        if fact.role is CellRole.COUNT and fact.figure is not None and fact.value is not None
    }


@pytest.mark.slow
@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("day", [*BETWEEN, None])
def test_no_total_of_an_earlier_day_leaves_with_a_hidden_part_in_it(desk, day, language):
    """34 of two streets less 30 of the first is the small count of the second."""
    now = {
        street: value
        for kind in ("trend", "streets")
        for street, value in shown_in(drawn(desk, kind, None, language=language)).items()
    }
    assert set(streets_of(desk)[1::2]).isdisjoint(now)
    for kind in ("trend", "streets"):
        chart = drawn(desk, kind, day, language=language)
        assert all(now.get(area) == value for area, value in shown_in(chart).items())
        values = {v for series in chart.series for v in series.values if v is not None}
        assert values <= set(now.values()), (kind, values)
        for total in ("34", "55", "46", "16"):
            texts = (chart.sentence, chart.headline, *chart.notes)
            assert not any(total in text for text in texts), (kind, texts)


def test_lists_of_versions_days_and_grades_give_the_values_that_count_alone(desk, client):
    now = {
        (row["area"], row["period"]): row["value"]
        for row in client.get(f"/api/observations?area={DEMO}&children=1").get_json()
    }
    asked = [f"as_of={day}" for day in BETWEEN]
    asked += ["versions=all", "grade=official", "grade=management", "versions=all&restated=1"]
    for query in asked:
        rows = client.get(f"/api/observations?area={DEMO}&children=1&{query}").get_json()
        assert rows, query
        stated_values = {(row["area"], row["period"], row["value"]) for row in rows}
        for area, period, value in stated_values:
            assert value is None or now[area, period] == value, query
    for street in streets_of(desk):
        rows = client.get(f"/api/history?indicator=orphans&area={street}&period=2024-09").get_json()
        assert {row["value"] for row in rows} <= {now[street, "2024-09"], None}


def test_the_file_of_a_topic_as_known_on_a_day_gives_nothing_else(desk, client):
    def values(known):
        answer = client.get(f"/export/figures/children.csv?area={DEMO}&known={known}")
        text = answer.get_data(as_text=True).removeprefix("\ufeff")
        rows = csv.DictReader(io.StringIO(text))
        return {(r["area"], r["value"]) for r in rows if r["indicator"] == "orphans"}

    now = values("")
    assert now
    for day in BETWEEN:
        assert {pair for pair in values(day) if pair[1]} <= now


def test_scorecards_as_known_on_a_day_state_no_other_whole(desk):
    for day in (*BETWEEN, None):
        asked = {"area": DEMO, "period": "2024-09"} | ({"known": str(day)} if day else {})
        selection = desk.selections.of(asked, "zh")
        cards = desk.scorecards.of(selection, below=True)
        keys = [key for card in cards for key in card.figures]
        from dashboard.services.filters import moment_of

        guard = desk.release.guard(moment_of(selection.as_known))
        for card in suppress_scorecards(cards, K, desk.catalogue, guard.suppressed_figures(keys)):
            for row in card.rows:
                if row.indicator == "orphans" and row.amount is not None:
                    assert row.amount in (30.0, 33.0, 15.0, 61.0), (day, row)


def test_where_nothing_is_hidden_earlier_values_are_listed(tmp_path):
    """A correction of 120 to 140 is no secret where no count of the family is small."""
    desk = FrontDesk(read_settings({"DASHBOARD_HOME": str(tmp_path)}))
    for value, when in ((120.0, DAYS[0]), (140.0, DAYS[1])):
        streets = enumerate(streets_of(desk))
        figures = [stated(value + 10 * place, "orphans", street) for place, street in streets]
        record(desk.context.engine, [arrival(*figures, area=DEMO)], when)
    assert set(shown_in(drawn(desk, "streets", BETWEEN[0])).values()) >= {120.0}
    assert set(shown_in(drawn(desk, "streets", None)).values()) >= {140.0}
