"""All figures of a topic in a report: charts that no topic declares, and topics without a file."""

from dataclasses import replace
from datetime import date

import pytest
from docx import Document

from dashboard.base.settings import read_settings
from dashboard.charts.model.plan import Plan, PlanError
from dashboard.charts.model.report import PageKind
from dashboard.components.reports.report_form import report_form
from dashboard.services.front_desk import FrontDesk

pytestmark = pytest.mark.slow
CITY = "370400"  # known from one work report


@pytest.fixture
def selection(samples_desk):
    return samples_desk.selections.of({"area": CITY}, "zh", "elderly")


def charts(report):
    return [page.chart for page in report.pages if page.kind is PageKind.CHART]


def tabled(report):
    """The indicators of the pages of key figures, in order."""
    pages = [page for page in report.pages if page.kind is PageKind.FIGURES]
    return [name for page in pages for name, _ in page.table.rows]


def test_every_figure_of_a_topic_has_a_chart_to_choose(samples_desk, selection):
    for topic in samples_desk.catalogue.topics:
        held = samples_desk.topics.held(topic, selection)
        specs = [samples_desk.figures.spec(r) for r in samples_desk.topics.refs(topic, selection)]
        named = {name for spec in specs for name in spec.indicators}
        known = samples_desk.catalogue.indicators
        parts = {child.id for name in named for child in samples_desk.catalogue.children(name)}
        left = {name for name in held if name not in named | parts}
        assert all(known[name].linked in named for name in left), left


def test_a_plan_may_name_charts_that_no_topic_declares(samples_desk, selection):
    refs = samples_desk.topics.refs("elderly", selection)
    topic = samples_desk.catalogue.topics["elderly"]
    made = [ref for ref in refs if topic.chart(ref.partition("/")[2]) is None][:3]
    assert made
    report = samples_desk.reports.compose(Plan(charts=tuple(made)), selection, date.today())
    # The city is known from one year: no chart of one value is drawn, its figure is in a table.
    names = [name for ref in made for name in samples_desk.figures.spec(ref).indicators]
    assert not charts(report) and tabled(report) == names
    with pytest.raises(PlanError):
        samples_desk.reports.compose(
            Plan(charts=("elderly/nobody-trend",)), selection, date.today()
        )


def test_all_figures_of_a_topic_go_into_one_report(samples_desk, selection):
    plan = samples_desk.reports.with_all_figures(Plan(topics=("elderly",)), selection)
    report = samples_desk.reports.compose(plan, selection, date.today())
    shown = tabled(report)
    drawn = {name for chart in charts(report) for name in _indicators(samples_desk, chart)}
    drawn |= set(shown)
    held = samples_desk.topics.held("elderly", selection)
    assert len(shown) == len(set(shown)) > len(samples_desk.catalogue.topics["elderly"].charts) / 2
    assert set(held) <= drawn | {
        child.id for name in drawn for child in samples_desk.catalogue.children(name)
    }


def _indicators(desk, chart):
    return desk.figures.spec(chart.id).indicators


def test_the_page_offers_them_with_their_names(samples_desk, selection):
    form = str(report_form(samples_desk, selection, []))
    made = [
        ref
        for ref in samples_desk.topics.refs("elderly", selection)
        if ref.endswith(("-trend", "-streets", "-parts"))
    ]
    assert made and all(ref in form for ref in made)
    assert "report-all" in form


def test_the_command_line_writes_all_figures(command, tmp_path):
    few, all_of_them = tmp_path / "few.docx", tmp_path / "all.docx"
    asked = ["export", "marriage", "--area", "990101", "--format", "docx", "--out"]
    assert command(*asked, few)[0] == 0
    assert command(*asked, all_of_them, "--all-figures")[0] == 0
    assert all_of_them.stat().st_size > few.stat().st_size
    assert pictures(all_of_them) > pictures(few) > 0


def pictures(path):
    return len(Document(path).inline_shapes)


def test_the_command_line_writes_figures_of_one_year_too(command, samples_desk, tmp_path):
    out = tmp_path / "all.docx"
    asked = ["export", "elderly", "--area", CITY, "--format", "docx", "--all-figures", "--out", out]
    assert command(*asked)[0] == 0
    cells = {cell.text for table in Document(out).tables for cell in table._cells}
    known = samples_desk.catalogue.indicators
    held = samples_desk.topics.held("elderly", samples_desk.selections.of({"area": CITY}, "zh"))
    assert held and all(any(known[name].name["zh"] in cell for cell in cells) for name in held)


def test_a_topic_without_a_file_shows_what_it_has_and_goes_into_reports(tmp_path):
    folder = tmp_path / "catalogue"
    folder.mkdir()
    header = "id,name_zh,name_en,domain,topic,unit,accumulation,aggregation"
    row = "reading_rooms,社区阅览室数,Reading rooms,community,reading,处,end_of_period,sum"
    (folder / "indicators.csv").write_text(f"{header}\n{row}\n", encoding="gb18030")
    words = "key,zh,en\ntopic_reading,阅读,Reading\n"
    (folder / "words.csv").write_text(words, encoding="utf-8")
    desk = FrontDesk(read_settings({"DASHBOARD_HOME": str(tmp_path)}))
    assert desk.catalogue.topics["reading"].title.zh == "阅读"
    table = "indicator,area,period,value,unit\n" + "".join(
        f"reading_rooms,370113,2024-{month:02},{month},处\n" for month in (7, 8, 9)
    )
    from dashboard.intake import Handover

    (receipt,) = desk.submissions.receive([("阅读.csv", table.encode())], Handover(note="是"))
    assert not receipt.refused
    selection = replace(desk.selections.of({"area": "370113"}, "zh", "reading"))
    assert desk.topics.refs("reading", selection) == ["reading/reading_rooms-trend"]
    assert [chart.id for chart in desk.topics.of("reading", selection).made] == [
        "reading/reading_rooms-trend"
    ]
    plan = desk.reports.with_all_figures(Plan(topics=("reading",)), selection)
    report = desk.reports.compose(plan, selection, date.today())
    assert [chart.id for chart in charts(report)] == ["reading/reading_rooms-trend"]
