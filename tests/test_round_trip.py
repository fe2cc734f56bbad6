"""What leaves comes back: figures that were printed are read again as the same figures."""

import contextlib
import io
from collections import Counter
from dataclasses import replace

import pytest
from chart_cases import DEMO, figure, one_of_each_kind, spec
from chart_cases import chart as draw
from sheets import areas, catalogue
from stores import WHEN, fresh_store, handing_in

from dashboard.__main__ import main
from dashboard.base.settings import read_settings
from dashboard.catalogue.topics import Kind
from dashboard.exports.formats import FORMATS
from dashboard.intake import Handover, receive
from dashboard.intake.forms.files.read import read_sheets
from dashboard.intake.forms.layout import Hints
from dashboard.intake.forms.recognise import recognise
from dashboard.intake.forms.tidy import tidy
from dashboard.store.observations import read_figures
from dashboard.store.opening import open_store
from dashboard.store.query import Query


def read_back(name, content):
    sheet = read_sheets(name, content)[0]  # the second of a workbook is what its chart draws
    found = recognise(sheet, catalogue(), areas(), Hints(basis="year_to_date"))
    return found.layout, tidy(sheet, found, catalogue(), areas())


@pytest.mark.slow
@pytest.mark.parametrize("language", ["zh", "en"])
def test_the_listed_figures_load_again_as_a_plain_table(own_home, monkeypatch, language):
    monkeypatch.setenv("DASHBOARD_HOME", str(own_home))
    printed = io.StringIO()
    with contextlib.redirect_stdout(printed):
        assert main(["observations", "--grade", "report", "--lang", language]) == 0
    layout, tidied = read_back("figures.csv", printed.getvalue().encode())
    assert (layout, tidied.findings) == ("tidy", ())
    engine = open_store(read_settings().database_url)
    kept = read_figures(engine, Query(grades=["report"]))
    engine.dispose()
    assert len(kept) > 300
    # The first month of a span is listed in JSON only; the columns of the CSV are agreed.
    assert Counter((one.key, one.value) for one in tidied.observations) == Counter(
        ((one.indicator, one.area, one.period.key, one.kind), one.value) for one in kept
    )


# ---- charts ----

READABLE = [kind for kind in Kind if kind not in (Kind.SEASON, Kind.WATERFALL)]


def registrations(kind, language):
    """A chart of a declared topic's id, so that a reader knows what it shows."""
    return replace(one_of_each_kind(language)[kind], id="marriage/registrations")


def drawn(chart):
    """The values that a chart draws by indicator, area and period."""
    if chart.key_kind == "period":
        return {
            (catalogue().find_indicator(one.name).id, DEMO, key): value
            for one in chart.series
            for key, value in zip(chart.keys, one.values, strict=True)
            if value is not None
        }
    if chart.key_kind == "area":
        return {
            ("marriages", key, period): value
            for one, period in zip(chart.series, chart.periods, strict=True)
            for key, value in zip(chart.keys, one.values, strict=True)
            if value is not None
        }
    return {
        (catalogue().find_indicator(name).id, DEMO, chart.periods[0]): value
        for name, value in zip(chart.categories, chart.series[0].values, strict=True)
    }


@pytest.mark.slow
@pytest.mark.parametrize("format_id", ["csv", "xlsx"])
@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("kind", READABLE)
def test_an_exported_chart_is_read_back_as_it_was_drawn(kind, language, format_id):
    chart = registrations(kind, language)
    layout, tidied = read_back(f"chart.{format_id}", FORMATS[format_id].render(chart))
    assert layout == "own_export"
    assert not tidied.refused, tidied.findings
    found = {(one.indicator, one.area, str(one.period)): one.value for one in tidied.observations}
    expected = drawn(chart)
    assert found.items() >= expected.items()
    beyond = {key for key in found if key not in expected}
    assert all(key[0] == "marriages" and kind is Kind.STACKED for key in beyond)
    assert all(one.secondary for one in tidied.observations)


@pytest.mark.parametrize("format_id", ["csv", "xlsx"])
def test_what_a_chart_has_calculated_is_not_read_back(format_id):
    chart = registrations(Kind.SEASON, "zh")
    _, tidied = read_back(f"chart.{format_id}", FORMATS[format_id].render(chart))
    assert [one.rule for one in tidied.findings if one.severity == "error"] == ["no_figures"]


def test_a_chart_in_large_units_comes_back_in_base_units():
    figures = [figure("marriages", DEMO, (year, 12), 12_345_600.0 + year) for year in (2022, 2023)]
    chart = replace(draw(spec("line", "marriages"), figures), id="marriage/registrations")
    assert chart.scale.factor > 1
    _, tidied = read_back("chart.csv", FORMATS["csv"].render(chart))
    values = {one.period.year: one.value for one in tidied.observations}
    assert values == {2022: 12_347_622, 2023: 12_347_623}


def test_a_figure_that_was_mended_in_an_export_is_what_is_read():
    text = FORMATS["csv"].render(registrations(Kind.LINE, "zh")).decode("utf-8-sig")
    _, tidied = read_back("chart.csv", text.replace("2022年,1884", "2022年,1885").encode())
    assert 1885 in [one.value for one in tidied.observations]
    _, broken = read_back("chart.csv", text.replace("2022年,1884", "2022年,不详1885").encode())
    assert [(one.severity, one.rule) for one in broken.findings] == [
        ("warning", "unreadable_number")
    ]


@pytest.fixture
def store(tmp_path):
    yield from fresh_store("sqlite", tmp_path)


@pytest.mark.slow
@pytest.mark.parametrize("format_id", ["csv", "xlsx"])
def test_an_export_fills_a_store_once_and_never_replaces_what_was_reported(store, format_id):
    content = FORMATS[format_id].render(registrations(Kind.LINE, "zh"))

    def hand_in(*files):
        return receive(
            handing_in(store, catalogue(), areas()), files, Handover(note="已核对"), WHEN
        )

    (first,) = hand_in((f"chart.{format_id}", content))
    assert (first.observations, first.findings) == (4, ())
    (again,) = hand_in((f"chart.{format_id}", content))
    assert again.observations == 0
    assert {finding.severity for finding in again.findings} == {"note"}  # it came before
    hand_in(("new.csv", b"indicator,area,period,value\nmarriages,990101,2022,1885\n"))
    (later,) = hand_in((f"chart.{format_id}", content))
    warned = [one.rule for one in later.findings if one.severity == "warning"]
    assert warned == ["compared_figure"]
    kept = read_figures(store, Query(["marriages"], [DEMO]))
    assert [one.value for one in kept if one.period.year == 2022] == [1885]
