"""A scorecard says what progress and comparison rows say: on a page, on paper and on a slide."""

import io
from dataclasses import replace

import pytest
from pptx import Presentation
from screens import (
    DISTRICT,
    PAGES,
    STREET,
    page_layout,
    selection_of,
    tables_of,
    text_of,
    written_in,
)
from stores import WHEN, arrival, stated

from dashboard.__main__ import main
from dashboard.base.language import word
from dashboard.base.settings import read_settings
from dashboard.charts.kinds.scorecard import card_table, headline_first
from dashboard.charts.model.report import PageKind
from dashboard.charts.text.target_words import SIGNS, TargetWords
from dashboard.components.figures.streets import comparison_panel
from dashboard.components.reports.scorecards import sheet
from dashboard.components.targets.street_targets import street_targets
from dashboard.disclosure.scorecard_guard import suppress_scorecards
from dashboard.services.front_desk import FrontDesk
from dashboard.store.record import record

pytestmark = pytest.mark.slow


@pytest.fixture
def desk(samples_desk):
    return samples_desk


@pytest.mark.parametrize("language", ["zh", "en"])
def test_the_lines_are_those_of_progress(desk, language):
    selection = desk.selections.of({"area": STREET, "lang": language}, language)
    (card,) = desk.scorecards.of(selection)
    judged = {
        row.target.indicator: row for row in desk.targets.progress(STREET, str(selection.period))
    }
    assert {line.indicator for line in card.lines} == set(judged)
    for line in card.lines:
        row = judged[line.indicator]
        assert (line.status, line.sign) == (row.status, SIGNS[row.status])
        words = TargetWords(row, desk.catalogue, desk.areas(), language)
        said = (line.asked, line.actual, line.expected, line.gap)
        assert said == (words.to_do, words.done, words.due_now or "—", words.gap or "—")
    gaps = [judged[line.indicator].task_gap for line in card.lines]
    known = [gap for gap in gaps if gap is not None]
    assert gaps[: len(known)] == sorted(known)


def test_every_street_below_has_a_card_with_the_demo_mark(desk):
    cards = desk.scorecards.of(selection_of(desk), below=True)
    assert len(cards) == 12 and len({card.area for card in cards}) == 12
    assert all(card.mark and card.lines and card.rows for card in cards)
    (alone,) = desk.scorecards.of(selection_of(desk, area=STREET))
    assert alone == next(card for card in cards if card.area == STREET)


def test_a_card_keeps_an_indicator_of_every_topic_where_room_is_short(desk):
    (card,) = desk.scorecards.of(selection_of(desk, area=STREET))
    kept = {row.indicator for row in headline_first(card, len(card.topics))}
    judged = {line.indicator for line in card.lines}
    for _, rows in card.topics:
        assert kept & {row.indicator for row in rows} or {r.indicator for r in rows} <= judged


def test_the_distance_to_the_district_is_a_share_of_amounts_and_a_difference_of_rates(desk):
    (card,) = desk.scorecards.of(selection_of(desk, area=STREET))
    rows = {row.indicator: row for row in card.rows}
    assert rows["marriages"].distance.startswith("占全区")
    assert rows["beds_per_1000_elderly"].distance.startswith("较全区")


def test_cards_say_of_old_figures_what_each_street_s_own_page_says(tmp_path):
    desk = FrontDesk(read_settings({"DASHBOARD_HOME": str(tmp_path)}))
    streets = [area.code for area in desk.areas().children(DISTRICT)][:3]
    figures = [
        stated(float(10 * place + year - 2020), name, code, (year, 12))
        for place, code in enumerate(streets, start=1)
        for name, year in (
            ("orphans", 2021),
            ("elderly_facilities", 2024),
            ("marriages", 2021),
            ("divorces", 2021),
        )
    ]
    record(desk.context.engine, [arrival(*figures, area=DISTRICT)], WHEN)
    asked = desk.selections.of({"area": DISTRICT, "period": "2024-12", "lang": "zh"}, "zh")
    cards = {card.area: card for card in desk.scorecards.of(asked, below=True)}
    for code in streets:
        own = [row for _, rows in desk.comparisons.of(replace(asked, area=code)) for row in rows]
        assert own and list(cards[code].rows) == own
    ranked = {row.indicator: row.rank for row in cards[streets[0]].rows}
    assert set(ranked.values()) == {None}, "raw counts are not ranked as performance"


def test_a_sheet_says_how_many_indicators_it_leaves_out(desk):
    selection = selection_of(desk, area=STREET)
    (card,) = desk.scorecards.of(selection)
    drawn = sheet(card, selection)
    _, indicators = tables_of(drawn)
    shown = sum(len(row["cells"]) > 1 for row in indicators["body"])
    left = len(card.rows) - shown
    assert left == 0 or f"另有{left}项" in written_in(drawn)


def test_a_street_s_page_lists_its_targets_with_sign_and_word(desk):
    text = written_in(street_targets(desk, selection_of(desk, area=STREET)))
    (card,) = desk.scorecards.of(selection_of(desk, area=STREET))
    assert all(line.status_word in text and line.name in text for line in card.lines)


def test_a_report_holds_a_scorecard_of_its_area(desk):
    from datetime import date

    from dashboard.charts.model.plan import Plan

    selection = selection_of(desk)
    report = desk.reports.compose(Plan(parts=("scorecard",)), selection, date(2026, 11, 22))
    (found,) = [page for page in report.pages if page.kind is PageKind.SCORECARD]
    (card,) = desk.scorecards.of(selection)
    assert [key for key, _ in found.table.rows][: len(card.lines)] == [
        line.indicator for line in card.lines
    ]
    assert report.demo_mark and found.source


def test_the_deck_has_one_slide_a_street(samples, monkeypatch, tmp_path, capsys):
    monkeypatch.setenv("DASHBOARD_HOME", str(samples))
    out = tmp_path / "cards.pptx"
    asked = ["export", "scorecards", "--area", DISTRICT, "--format", "pptx", "--out", str(out)]
    assert main(asked) == 0
    slides = list(Presentation(io.BytesIO(out.read_bytes())).slides)
    tables = [shape.table for slide in slides for shape in slide.shapes if shape.has_table]
    assert len(slides) == 13 and len(tables) == 12  # and a title
    assert any("落后" in cell.text for row in tables[0].rows for cell in row.cells)


def test_a_table_of_a_card_says_how_many_indicators_do_not_fit(desk):
    (card,) = desk.scorecards.of(selection_of(desk, area=STREET))
    table, left = card_table(card, "zh", 12)
    assert len(table.rows) == 12
    assert left == len(card.rows) - (12 - len(card.lines))


@pytest.mark.parametrize("language", ["zh", "en"])
def test_with_the_month_before_chosen_a_running_total_has_the_months_own_value_beside_it(
    desk, language
):
    asked = {"area": STREET, "period": "2025-11", "compare": "pop", "lang": language}
    selection = desk.selections.of(asked, language)
    (card,) = desk.scorecards.of(selection)
    (row,) = [row for row in card.rows if row.indicator == "marriages"]
    (tile,) = desk.figures.tiles(["marriages"], selection)
    assert row.step == tile.step != ""
    assert (
        row.step_figure.months == 1
        and row.step_amount == desk.figures.page(row.step_figure, selection).number
    )
    label = {"zh": "同比", "en": "year on year"}[language]
    assert row.change == tile.change and label in row.change
    shown = [comparison_panel(desk, selection), sheet(card, selection)]
    assert all(row.step in written_in(part) for part in shown)
    table, _ = card_table(card, language, most=40)
    assert any(row.step in text for _, texts in table.rows for text in texts)
    yearly = desk.selections.of({**asked, "compare": "yoy"}, language)
    assert not any(row.step for row in desk.scorecards.of(yearly)[0].rows)


def test_a_small_last_month_is_on_no_card(desk):
    selection = selection_of(desk, period="2025-11", compare="pop")
    cards = desk.scorecards.of(selection, below=True)
    steps = [row.step_amount for card in cards for row in card.rows if row.indicator == "marriages"]
    smallest = int(min(amount for amount in steps if amount)) + 1
    shown = suppress_scorecards(cards, smallest, desk.catalogue)
    left = [row for card in shown for row in card.rows if row.indicator == "marriages"]
    assert left and not any(row.step or row.step_amount for row in left)
    assert any(row.amount for row in left)


def test_a_course_of_one_value_is_no_chart_on_a_street_s_page(app, monkeypatch):
    few = "370113002"  # one report of one year
    monkeypatch.setitem(PAGES, f"/street/{few}", {"street": few})
    one, many = (page_layout(app, f"/street/{code}") for code in (few, STREET))
    title = word("street_trends", "zh")
    assert title in text_of(many) and title not in text_of(one)
    assert "121" in written_in(one)  # the rows have it
