"""What is stored decides what is hidden: charts, lists and files together give no small count."""

import csv
import io
import json
from itertools import combinations

import pytest
from chart_cases import CATALOGUE, DEMO
from hypothesis import example, given, settings
from hypothesis import strategies as st
from openpyxl import load_workbook
from stores import WHEN, arrival, stated

from dashboard.analysis.figure_key import FigureKey
from dashboard.analysis.figure_relations import SuppressedFigures, family
from dashboard.analysis.small_counts import HIDDEN
from dashboard.analysis.stored_sums import StoredSums, counts_to_suppress
from dashboard.base.language import Text
from dashboard.base.settings import read_settings
from dashboard.catalogue.areas import Areas
from dashboard.catalogue.concepts import Area, Level
from dashboard.catalogue.periods import Period
from dashboard.disclosure.chart_guard import suppress_chart
from dashboard.disclosure.joint_suppression import NOTHING, joint_suppression
from dashboard.services.front_desk import FrontDesk
from dashboard.store.record import record

pytestmark = pytest.mark.slow

K = 5
NOW = Period(2024, 9)
WHOLE, PARTS = "tekun_persons", ("urban_tekun_persons", "rural_tekun_persons")
PLACES = Areas(
    [
        Area(DEMO, Text("区"), Level.DISTRICT),
        *(Area(f"{DEMO}00{n}", Text(f"街{n}"), Level.STREET, DEMO) for n in (1, 2, 3)),
    ]
)
STREETS = [area.code for area in PLACES.children(DEMO)]


def with_sums(inner):
    """Every figure of streets and parts, with what they add up to in both directions."""
    values = dict(inner)
    for street in STREETS:
        values[WHOLE, street] = sum(inner[part, street] for part in PARTS)
    for name in (WHOLE, *PARTS):
        values[name, DEMO] = sum(values[name, street] for street in STREETS)
    return values


def another_way(shown, hidden, cell, real, most=14):
    """Whether whole numbers from zero up fit all that is shown with another value in the cell."""
    inner = [(part, street) for part in PARTS for street in STREETS]
    sums = [(WHOLE, street) for street in STREETS] + [(n, DEMO) for n in (WHOLE, *PARTS)]

    def members(whole):
        name, area = whole
        return [
            (part, street)
            for part, street in inner
            if area in (DEMO, street) and name in (WHOLE, part)
        ]

    limits = [(set(members(total)), shown[total]) for total in sums if total not in hidden]
    put = {each: shown[each] for each in inner if each not in hidden}
    waiting = [each for each in inner if each in hidden]

    def search(place):
        if not all(fits(put, cells, total) for cells, total in limits):
            return False
        if place == len(waiting):
            value = put[cell] if cell in put else sum(put[part] for part in members(cell))
            return value != real
        for value in range(most + 1):
            put[waiting[place]] = value
            if search(place + 1):
                return True
        del put[waiting[place]]
        return False

    return search(0)


def fits(put, cells, total):
    """Whether the values put so far can still add up to the total of these cells."""
    known = sum(put[each] for each in cells if each in put)
    return known == total if all(each in put for each in cells) else known <= total


@settings(max_examples=250)
@given(st.lists(st.integers(0, 9), min_size=6, max_size=6))
@example([1, 0, 0, 9, 9, 9])
@example([2, 2, 0, 0, 7, 9])
def test_no_hidden_small_count_can_be_worked_out_from_all_that_is_shown(numbers):
    inner = dict(zip(((p, s) for p in PARTS for s in STREETS), map(float, numbers), strict=True))
    values = with_sums(inner)
    nodes = {(name, area, NOW): value for (name, area), value in values.items()}
    gone = {
        node[:2] for node in counts_to_suppress(StoredSums(nodes, CATALOGUE, PLACES).read(), (), K)
    }
    shown = {cell: value for cell, value in values.items() if cell not in gone}
    for cell, value in values.items():
        if 0 < value < K:
            assert cell in gone
            assert another_way(shown, gone, cell, value), (cell, values, gone)


def test_the_components_and_the_twin_of_an_indicator_are_hidden_together():
    assert family(CATALOGUE, PARTS[0]) >= {WHOLE, *PARTS}
    assert family(CATALOGUE, PARTS[0]) == family(CATALOGUE, WHOLE)
    assert {"marriages", "marriages_in_month"} <= family(CATALOGUE, "marriages")


def test_what_follows_from_a_hidden_figure_is_hidden_with_it():
    hidden = SuppressedFigures(
        frozenset({("marriages", STREETS[0], Period(2024, 6))}), CATALOGUE, PLACES
    )
    key = FigureKey("marriages", STREETS[0], Period(2024, 9))
    assert not hidden.hides(key) and hidden.hides(key._replace(period=Period(2024, 6)))
    assert hidden.hides(key._replace(months=3))  # September less June
    assert not hidden.hides(key._replace(months=1)) and not hidden.hides(key._replace(area=DEMO))
    assert hidden.hides(FigureKey("divorces_per_100_marriages", STREETS[0], Period(2024, 6)))
    assert not hidden.hides(key._replace(period=Period(2024, 6), kind="planned"))


@pytest.fixture
def desk(tmp_path):
    """A district whose second street has four orphans, and few marriages in one month."""
    desk = FrontDesk(read_settings({"DASHBOARD_HOME": str(tmp_path)}))
    streets = [area.code for area in desk.areas().children(DEMO)][:4]
    figures = []
    for code, orphans in zip(streets, (30, 4, 12, 9), strict=True):
        figures.append(stated(float(orphans), "orphans", code))
    for month, total in enumerate((20, 23, 44, 60, 80, 99, 121, 140, 162), start=1):
        figures += [stated(float(total), "marriages", code, (2024, month)) for code in streets]
    record(desk.context.engine, [arrival(*figures, area=DEMO)], WHEN)
    return desk


def test_two_charts_of_a_report_do_not_tell_what_one_of_them_hides(desk):
    street = desk.areas().children(DEMO)[0].code
    selection = desk.selections.of({"area": street, "period": "2024-09"}, "zh")
    refs = ("marriage/marriages_by_month", "marriage/marriages_so_far")
    charts = [desk.figures.chart(ref, selection) for ref in refs]
    apart = [suppress_chart(chart, K, CATALOGUE) for chart in charts]
    gone = joint_suppression(apart, desk.catalogue)
    assert gone.keys or gone.nodes  # February is three, and 23 less 20
    alone = [desk.release.chart(chart) for chart in charts]
    assert joint_suppression(alone, desk.catalogue) == NOTHING  # decided on what is stored
    together = desk.release.charts(charts)
    assert joint_suppression(together, desk.catalogue) == NOTHING
    months, totals = ({row[1][0]: row[1][1] for row in one.table.rows} for one in together)
    assert (months["2024年2月"], months["2024年5月"]) == (HIDDEN, "20")
    assert (totals["1月"], totals["2月"], totals["9月"]) == (HIDDEN, "23", "162")


def test_a_change_of_little_is_no_small_count(desk):
    selection = desk.selections.of({"area": DEMO, "period": "2024-09"}, "zh")
    streets = [area.code for area in desk.areas().children(DEMO)][:4]
    before = [stated(160.0, "marriages", code, (2023, 9)) for code in streets]
    record(desk.context.engine, [arrival(*before, area=DEMO)], WHEN)
    changes = desk.figures.chart("marriage/marriages_change_by_street", selection)
    assert {cells[1] for _, cells in changes.table.rows} >= {"1.3"}
    assert desk.release.chart(changes) is changes


def rows_of(text):
    return {
        (row["indicator"], row["area"], row["period"]): row
        for row in csv.DictReader(io.StringIO(text))
    }


def test_whoever_asks_for_what_gets_the_same_figures_hidden(desk):
    from dashboard.disclosure.row_guard import suppress_figures
    from dashboard.services.figures.observations import observations
    from dashboard.services.filters import Filters

    def asked(**filters):
        rows = observations(desk.context.engine, desk.catalogue, desk.areas(), Filters(**filters))
        return {
            (row["area"], row["value"], row["status"])
            for row in suppress_figures(desk.release.guard(), rows)
            if row["indicator"] == "orphans"
        }

    streets = [area.code for area in desk.areas().children(DEMO)][:4]
    every = asked(area=DEMO, children=True)
    assert every == {
        (streets[0], 30.0, "A"),
        (streets[1], None, "S"),
        (streets[2], 12.0, "A"),
        (streets[3], None, "S"),
    }
    one_by_one = set().union(*(asked(area=code) for code in streets))
    assert one_by_one == every
    for pair in combinations(("orphans", "marriages"), 2):
        assert asked(area=streets[3], indicators=pair) <= every


def test_a_list_is_whole_on_the_terminal_and_guarded_as_a_file(desk, commands, tmp_path):
    command, file = commands(tmp_path), tmp_path / "a.csv"
    asked = ("observations", "--indicator", "orphans", "--area", DEMO, "--children")
    code, text = command(*asked)
    assert code == 0 and sorted(int(row["value"]) for row in rows_of(text).values()) == [
        4,
        9,
        12,
        30,
    ]
    code, said = command(*asked, "--out", file)
    written = rows_of(file.read_text("utf-8-sig"))
    assert code == 0 and file.name in said
    assert sorted((row["value"], row["status"]) for row in written.values()) == [
        ("", "S"),
        ("", "S"),
        ("12", "A"),
        ("30", "A"),
    ]
    command(*asked, "--out", file, "--small-cells", "show")
    assert {row["status"] for row in rows_of(file.read_text("utf-8-sig")).values()} == {"A"}
    code, text = command(*asked, "--small-cells", "hide", "--format", "json")
    assert [row["value"] for row in json.loads(text)].count(None) == 2
    code, said = command(*asked, "--out", tmp_path / "none" / "a.csv")
    assert code == 2 and "没有文件夹" in said and "none" in said


@pytest.mark.parametrize(("what", "format"), [("children/children", "csv"), ("children", "xlsx")])
def test_an_export_hides_small_counts_unless_asked_to_show_them(
    desk, commands, tmp_path, what, format
):
    street = [area.code for area in desk.areas().children(DEMO)][1]
    asked = ("export", what, "--area", street, "--period", "2024-09", "--format", format)

    def written(*more):
        file = tmp_path / f"a.{format}"
        code, text = commands(tmp_path)(*asked, "--out", file, "--lang", "en", *more)
        assert code == 0, text
        if format == "csv":
            return {cell for row in csv.reader(file.open(encoding="utf-8-sig")) for cell in row}
        sheets = load_workbook(file).worksheets
        return {str(cell) for sheet in sheets for row in sheet.values for cell in row}

    four = {"4", "4 people"}
    assert four & written("--small-cells", "show")
    for more in ((), ("--small-cells", "hide")):
        assert not four & written(*more)


def test_every_version_of_a_hidden_figure_is_hidden(desk):
    street = [area.code for area in desk.areas().children(DEMO)][1]
    record(desk.context.engine, [arrival(stated(12.0, "orphans", street), area=DEMO)], WHEN)
    key = FigureKey("orphans", street, NOW)
    assert (
        desk.release.guard().suppressed_figures([key]).hides(key)
    )  # it was four, and the list of versions says so


def test_how_a_target_stands_goes_with_the_figure_it_follows_from(desk, commands, tmp_path):
    command = commands(tmp_path)
    street = [area.code for area in desk.areas().children(DEMO)][1]
    goal = ("--period", "2024-12", "--kind", "at_most", "--value", "6", "--reason", "计划")
    code, text = command("targets", "set", "--indicator", "orphans", "--area", street, *goal)
    assert code == 0, text
    asked = ("progress", "--area", street, "--period", "2024-09")
    (shown,) = csv.DictReader(io.StringIO(command(*asked)[1]))
    (kept,) = csv.DictReader(io.StringIO(command(*asked, "--small-cells", "hide")[1]))
    assert shown["actual"] == "4"
    assert kept["actual"] == kept["completion"] == kept["gap"] == ""
    assert kept["reason"] == "数值较小，已隐去"
    assert shown["status"] != kept["status"] == "not_judged" and kept["target_value"] == "6"


def test_lists_over_http_are_guarded(app):
    client = app.server.test_client()
    asked = "area=990101&children=1&indicator=urban_tekun_persons&from=2024-09&to=2024-09"
    rows = client.get(f"/api/observations?{asked}").get_json()
    assert {row["status"] for row in rows} == {"A", "S"}
    assert all((row["value"] is None) == (row["status"] == "S") for row in rows)
    gone = next(row["area"] for row in rows if row["status"] == "S")
    asked = f"indicator=urban_tekun_persons&area={gone}&period=2024-09"
    versions = client.get(f"/api/history?{asked}").get_json()
    assert versions and all(row["value"] is None for row in versions)
    rows = client.get("/api/progress?area=990101&children=1").get_json()
    hidden = [row for row in rows if row["reason"] == "数值较小，已隐去"]
    assert hidden and all(row["actual"] is row["completion"] is None for row in hidden)
