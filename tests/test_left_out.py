"""A chosen chart that is not shown is named with its reason; a file without figures is refused."""

from datetime import date

import pytest

from dashboard.base.progress import QUIET
from dashboard.charts.model.plan import CHARTS, DIRECTOR, FULL, Plan, PlanError
from dashboard.charts.model.report import PageKind
from dashboard.services.reports.left_out import left_out, refuse_empty
from dashboard.services.reports.make import ReportWish
from dashboard.services.reports.proposal import says_more

pytestmark = pytest.mark.slow

DRAWN = "marriage/registrations"


def selection_of(desk, area="990101", language="zh", **query):
    return desk.selections.of({"area": area, "lang": language, **query}, language)


def report_of(desk, selection, deck, charts=(), **plan):
    return desk.reports.compose(Plan(deck=deck, charts=charts, **plan), selection, date.today())


@pytest.fixture
def sparse(samples_desk):
    """A real district, and refs of its charts: drawn ones, of too few values, without figures."""
    selection = selection_of(samples_desk, "370113")
    topics = samples_desk.catalogue.topic_order()
    refs = [f"{topic.id}/{chart.id}" for topic in topics for chart in topic.charts]
    charts = {ref: samples_desk.figures.chart(ref, selection) for ref in refs}
    return selection, charts


@pytest.mark.parametrize("language", ["zh", "en"])
def test_a_deck_of_charts_names_what_was_chosen_and_is_not_shown(samples_desk, sparse, language):
    _, charts = sparse
    selection = selection_of(samples_desk, "370113", language)
    report = report_of(samples_desk, selection, CHARTS, tuple(charts))
    shown = [page for page in report.pages if page.kind is PageKind.CHART]
    assert shown and len(shown) + len(report.left_out) <= len(charts)
    missing = {chart.id for chart in charts.values()} - {page.chart.id for page in shown}
    titles = {samples_desk.figures.chart(ref, selection).title for ref in missing}
    assert missing and len(report.left_out) >= len(titles)
    assert all(any(title in line for line in report.left_out) for title in titles)
    last = report.pages[-1]
    assert last.kind is PageKind.TEXT
    assert ["".join(p.text for p in one) for one in last.paragraphs] == list(report.left_out)


def test_of_charts_nobody_chose_none_is_named(samples_desk):
    report = report_of(samples_desk, selection_of(samples_desk, "370113"), CHARTS)
    assert not report.left_out and report.pages[-1].kind is PageKind.CHART


def test_of_charts_nobody_chose_those_with_too_few_figures_are_counted(samples_desk, sparse):
    _, charts = sparse
    few = [chart for chart in charts.values() if not chart.empty and not says_more(chart)]
    pages = report_of(samples_desk, selection_of(samples_desk, "370113"), CHARTS).pages
    assert few and f"另有{len(few)}张图数据太少，未列入" in pages[-1].source
    assert not any("未列入" in page.source for page in pages[:-1])


def test_the_directors_deck_says_in_its_closing_line_what_was_chosen_in_vain(samples_desk, sparse):
    selection, charts = sparse
    report = report_of(samples_desk, selection, DIRECTOR, tuple(charts))
    assert report.left_out
    closing = report.pages[0].source
    assert all(line in closing for line in report.left_out)


def test_the_reason_is_the_charts_own(samples_desk, sparse):
    _, charts = sparse
    empty = next(chart for chart in charts.values() if chart.empty)
    (line,) = left_out([empty], [], "zh")
    assert empty.title in line and "没有数据" in line
    full = samples_desk.figures.chart(DRAWN, selection_of(samples_desk))
    assert left_out([full], [full], "zh") == ()


@pytest.mark.parametrize("deck", [CHARTS, DIRECTOR, FULL])
def test_a_report_without_figures_is_refused_in_a_sentence(samples_desk, sparse, deck):
    selection, charts = sparse
    empty = next(ref for ref, chart in charts.items() if chart.empty)
    report = report_of(samples_desk, selection, deck, (empty,), parts=("charts",))
    with pytest.raises(PlanError) as refused:
        refuse_empty(report)
    assert "没有任何数据" in refused.value.message.zh and charts[empty].title in str(
        refused.value.message.zh
    )
    wish = ReportWish(Plan(deck=deck, charts=(empty,), parts=("charts",)), selection, "pptx")
    assert "refused" in samples_desk.reports.making(wish)(QUIET)


def test_a_report_of_sentences_alone_is_not_empty(samples_desk):
    report = report_of(samples_desk, selection_of(samples_desk), FULL, parts=("text",))
    refuse_empty(report)
    assert {page.kind for page in report.pages} >= {PageKind.TEXT}
    assert not any(page.chart for page in report.pages)


def test_the_page_gets_the_lines_with_the_file(samples_desk, sparse):
    selection, charts = sparse
    wish = ReportWish(Plan(deck=CHARTS, charts=tuple(charts)), selection, "pptx")
    made = samples_desk.reports.making(wish)(QUIET)
    assert made["left_out"] and all("未列入" in line for line in made["left_out"])
