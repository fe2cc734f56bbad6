"""A deck for the director: few slides, a message each, nothing without figures."""

import io
import re
from datetime import date

import pytest
from docx import Document
from pptx import Presentation

from dashboard.base.language import word
from dashboard.catalogue.topics import Kind
from dashboard.charts.model.plan import (
    CHARTS,
    DIRECTOR,
    FIGURES,
    WITH_APPENDIX,
    Plan,
    PlanError,
    read_plan,
)
from dashboard.charts.model.report import PageKind
from dashboard.exports.chart_codes import read_code
from dashboard.exports.formats import REPORT_FORMATS
from dashboard.exports.native_bullet import alternative_of
from dashboard.services.reports import bulletin, proposal
from dashboard.services.reports.director import MOST_PAGES
from dashboard.services.reports.proposal import trend_of

pytestmark = pytest.mark.slow

MADE = date(2026, 11, 5)
AREAS = {
    "demo": "990101",
    "长清区": "370113",
    "临淄区": "370305",
    "嵊州市": "330683",
    "枣庄市": "370400",
}


def report_of(desk, area, language="zh", **plan):
    selection = desk.selections.of({"area": area, "lang": language}, language)
    return desk.reports.compose(Plan(**{"deck": DIRECTOR, **plan}), selection, MADE)


def texts_of(page):
    return ["".join(phrase.text for phrase in one) for one in page.paragraphs]


def test_a_trend_states_nothing_that_an_earlier_one_has_stated(desk):
    own, drawn = trend_of(desk.catalogue, "marriages")
    assert {"marriages", "divorces"} <= drawn
    made, alone = trend_of(desk.catalogue, "marriages", {"divorces"})
    assert made != own and alone == {"marriages"}


def test_a_headline_without_a_base_to_compare_is_a_key_figure_of_a_deck(desk, monkeypatch):
    selection = desk.selections.of({"area": AREAS["demo"], "period": "2026-10"}, "zh")
    monkeypatch.setattr(proposal, "changes", lambda *_: [])
    told = [tile.indicator for tile in proposal.deck_figures(desk, selection)]
    assert "dibao_persons" in told
    assert "dibao_persons" not in [tile.indicator for tile in proposal.key_figures(desk, selection)]


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("area", AREAS.values(), ids=AREAS)
def test_a_deck_has_at_most_ten_slides_and_no_page_without_figures(samples_desk, area, language):
    report = report_of(samples_desk, area, language)
    assert 1 < len(report.pages) <= MOST_PAGES
    first, *others = report.pages
    assert first.kind is PageKind.FINDINGS and 2 <= len(first.paragraphs) <= 5
    assert all(any(sign.isdigit() for sign in text) for text in texts_of(first))
    for page in others:
        assert page.source and any(sign.isdigit() for sign in page.title)
        if page.chart:
            assert not page.chart.empty and not page.chart.is_one_sided
            assert max(sum(v is not None for v in s.values) for s in page.chart.series) >= 3
        else:
            assert page.kind is PageKind.FIGURES and 0 < len(page.table.rows) <= 9
    titles = [page.title for page in others]
    assert len(set(titles)) == len(titles)
    slides = Presentation(io.BytesIO(REPORT_FORMATS["pptx"].render(report))).slides
    assert len(slides) == len(report.pages)


def test_targets_off_pace_come_first_then_what_changed_most(samples_desk):
    selection = samples_desk.selections.of({"area": "990101", "lang": "zh"}, "zh")
    picks = samples_desk.reports.proposed(selection)
    kinds = [pick.ref.startswith("target:") for pick in picks]
    assert kinds == sorted(kinds, reverse=True) and 0 < sum(kinds) <= 4
    assert all(pick.reason for pick in picks)
    report = report_of(samples_desk, "990101")
    assert [bool(page.target) for page in report.pages[1:]] == kinds


def test_what_is_asked_for_stands_in_its_order(samples_desk):
    refs = ("marriage/registrations", "elderly/beds")
    report = report_of(samples_desk, "990101", charts=refs)
    assert [page.chart.id for page in report.pages if page.chart] == list(refs)


def test_a_target_slide_has_bullet_path_and_streets_as_native_charts(samples_desk):
    report = report_of(samples_desk, "990101")
    place = next(n for n, page in enumerate(report.pages) if page.target and page.target.streets)
    page = report.pages[place]
    slide = Presentation(io.BytesIO(REPORT_FORMATS["pptx"].render(report))).slides[place]
    codes = {
        dict(read_code(alternative_of(shape)).query).get("part", ""): shape.chart
        for shape in slide.shapes
        if shape.has_chart
    }
    assert set(codes) == {"", "bullet", "streets"}
    done, rest = (series.values[0] for series in codes["bullet"].plots[0].series)
    assert done == pytest.approx(page.target.bullet.done, abs=0.01)
    assert done + rest == pytest.approx(page.target.bullet.total, abs=0.01)
    names = list(codes["streets"].plots[0].categories)
    assert names == [street.name for street in page.target.streets]


def test_charts_alone_and_the_full_set_behind_the_deck(samples_desk):
    alone = report_of(samples_desk, "990101", deck=CHARTS, topics=("marriage",))
    assert {page.kind for page in alone.pages} == {PageKind.CHART}
    both = report_of(samples_desk, "990101", deck=WITH_APPENDIX, topics=("marriage",))
    kinds = [page.kind for page in both.pages]
    assert kinds[0] is PageKind.FINDINGS and PageKind.CHAPTER in kinds
    maps = [page for page in both.pages if page.chart and page.chart.kind is Kind.MAP]
    assert not maps or len(both.pages) > MOST_PAGES


def test_small_counts_are_hidden_in_key_figures_and_targets(samples_desk):
    least = samples_desk.settings.small_cells
    for area in AREAS.values():
        report = report_of(samples_desk, area)
        for page in report.pages:
            for row, facts in (
                zip(page.table.rows, page.table.facts, strict=True) if page.table else []
            ):
                meaning = samples_desk.catalogue.indicators[row[0]]
                value = facts[1].value
                people = meaning.unit.dimension == "count" and meaning.unit.name["zh"] in (
                    "人",
                    "户",
                )
                assert not people or value is None or value == 0 or value >= least


def test_a_deck_is_kept_in_a_plan_and_refused_by_name():
    assert read_plan(Plan(deck=DIRECTOR).as_json()).deck == DIRECTOR
    assert '"deck"' not in Plan().as_json()


def test_the_key_figures_are_a_page_of_a_plan(samples_desk):
    report = report_of(samples_desk, "370113", charts=(FIGURES,))
    assert any(page.kind is PageKind.FIGURES for page in report.pages)
    assert (
        word("deck_absent", "zh", names="")[:4] in report.pages[0].source
        or report.pages[0].source == ""
    )


@pytest.mark.parametrize("language", ["zh", "en"])
def test_the_bulletin_says_which_targets_who_is_late_and_who_does_what(samples_desk, language):
    query = {"area": "990101", "lang": language}
    selection = samples_desk.selections.of(query, language)
    report = samples_desk.reports.bulletin(selection, MADE)
    title, targets, late, tasks = report.pages
    assert title.kind is PageKind.TITLE and targets.table.rows
    assert any(sign.isdigit() for sign in targets.table.rows[0][1][2])
    assert texts_of(late) and len(texts_of(tasks)) == len(targets.table.rows)
    document = Document(io.BytesIO(REPORT_FORMATS["docx"].render(report)))
    assert document.paragraphs[0].text == report.title
    assert report.bureau in [paragraph.text for paragraph in document.paragraphs]


def test_sentences_of_the_bulletin_s_lead_are_apart(samples_desk, monkeypatch):
    monkeypatch.setattr(bulletin, "MOST_TARGETS", 1)  # the others are named in a sentence
    selection = samples_desk.selections.of({"area": "990101", "lang": "en"}, "en")
    text = str(samples_desk.reports.bulletin(selection, MADE).pages[1])
    assert re.search(r"\. \d more behind: ", text)


def test_an_area_without_targets_has_no_bulletin(samples_desk):
    selection = samples_desk.selections.of({"area": "330683", "lang": "zh"}, "zh")
    with pytest.raises(PlanError) as refused:
        samples_desk.reports.bulletin(selection, MADE)
    assert "目标" in refused.value.message.zh


def test_no_finding_counts_the_places_a_bureau_works_in(samples_desk):
    """长清区 has 60 communities, 枣庄市 65 townships: nobody would read that out."""
    for area, setting in (("370113", "社区60个"), ("370400", "乡级行政区划65个")):
        first, *others = report_of(samples_desk, area, deck=DIRECTOR).pages
        findings = [phrase.text for paragraph in first.paragraphs for phrase in paragraph]
        assert len(findings) == 5 and not any(setting in text for text in findings)
        assert not any(setting in page.title for page in others)
