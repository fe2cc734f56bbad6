"""Where a figure went: files that carry it, those with an old value, and the notice of it."""

import io
import json
from datetime import UTC, date, datetime

import pytest
from docx import Document
from stores import arrival, stated

from dashboard.analysis.figure_key import FigureKey
from dashboard.base.settings import read_settings
from dashboard.catalogue.periods import Period
from dashboard.charts.model.plan import Plan, PlanError
from dashboard.components.figures.figure_uses import carried_card
from dashboard.components.reports.revisions_card import revisions_card
from dashboard.exports.formats import REPORT_FORMATS
from dashboard.services.front_desk import FrontDesk
from dashboard.store.record import record

pytestmark = pytest.mark.slow

DISTRICT, MONTH = "370113", (2024, 6)
FIGURE = FigureKey("marriages", DISTRICT, Period(*MONTH))
FIRST, SECOND = datetime(2024, 7, 5, 4, tzinfo=UTC), datetime(2024, 8, 5, 4, tzinfo=UTC)


def hand_in(desk, value, when, **head):
    figures = [stated(value, area=DISTRICT, period=(year, 6)) for year in (2022, 2023, 2024)]
    record(desk.context.engine, [arrival(*figures, period=Period(*MONTH), **head)], when)


@pytest.fixture
def desk(tmp_path):
    desk = FrontDesk(read_settings({"DASHBOARD_HOME": str(tmp_path)}))
    hand_in(desk, 1200.0, FIRST)
    return desk


def selection_of(desk, language="zh"):
    query = {"area": DISTRICT, "period": "2024-06", "lang": language}
    return desk.selections.of(query, language)


def exported(desk, title="上半年情况"):
    plan = Plan(topics=("marriage",), title=title)
    return desk.reports.compose(plan, selection_of(desk), date(2024, 7, 10))


def test_a_figure_knows_the_report_it_left_in_and_whether_it_is_the_same_still(desk):
    report = exported(desk)
    (one,) = desk.carriers.of(FIGURE, selection_of(desk))
    assert (one.code, one.title, one.old) == (report.receipt, "上半年情况", "")
    assert desk.carriers.of(FIGURE._replace(area="370113001"), selection_of(desk)) == []
    hand_in(desk, 1210.0, SECOND, note="补报两街道")
    (one,) = desk.carriers.of(FIGURE, selection_of(desk))
    assert (one.old, one.new) == ("1,200", "1,210")


@pytest.mark.parametrize("language", ["zh", "en"])
def test_the_notice_says_old_new_why_since_when_and_what_carries_the_old_one(desk, language):
    report = exported(desk)
    hand_in(desk, 1210.0, SECOND, note="补报两街道")
    exported(desk, "更正后")
    notice = desk.carriers.correction(FIGURE, selection_of(desk, language), date(2024, 8, 6))
    assert desk.receipts.reopen(notice.receipt).address.startswith("/figure?")
    document = Document(io.BytesIO(REPORT_FORMATS["docx"].render(notice)))
    text = "\n".join(paragraph.text for paragraph in document.paragraphs)
    old, new = ("1200", "1210") if language == "zh" else ("1,200", "1,210")
    assert old in text and new in text and "补报两街道" in text
    (table,) = document.tables
    assert [row.cells[1].text for row in table.rows[1:]] == [report.receipt]


def test_what_was_never_corrected_has_no_notice(desk):
    exported(desk)
    with pytest.raises(PlanError, match="never corrected"):
        desk.carriers.correction(FIGURE, selection_of(desk), date(2024, 8, 6))


def test_a_small_count_has_no_notice(desk):
    hand_in(desk, 3.0, SECOND)
    hand_in(desk, 1200.0, datetime(2024, 9, 5, 4, tzinfo=UTC))
    with pytest.raises(PlanError, match="must not leave"):
        desk.carriers.correction(FIGURE, selection_of(desk), date(2024, 9, 6))


def test_the_page_of_the_figure_lists_them_and_offers_the_notice(desk):
    assert carried_card(desk, FIGURE, selection_of(desk)) is None
    report = exported(desk)
    hand_in(desk, 1210.0, SECOND)
    shown = json.dumps(
        carried_card(desk, FIGURE, selection_of(desk)).to_plotly_json(),
        default=lambda part: part.to_plotly_json(),
        ensure_ascii=False,
    )
    assert report.receipt in shown and "旧数" in shown and "correction.docx" in shown


def test_the_notice_is_refused_where_there_is_none(app):
    client = app.server.test_client()
    for query in ("indicator=marriages&area=990101&period=2026-09", "indicator=none", ""):
        assert client.get(f"/export/correction.docx?{query}").status_code == 404


def test_the_list_of_revised_figures_names_files_and_meetings_with_the_old_value(desk):
    assert desk.revisions.of(selection_of(desk)) == []
    report, selection = exported(desk), selection_of(desk)
    meeting = desk.meetings.make(selection, "七月例会", "2024-07-10")
    desk.meetings.add("chart", "marriage/registrations", selection, meeting)
    hand_in(desk, 1210.0, SECOND, note="补报两街道")
    exported(desk, "更正后")
    found = {one.figure: one for one in desk.revisions.of(selection)}
    assert (found[FIGURE].old, found[FIGURE].new) == ("1,200", "1,210")
    codes = {carrier.code or carrier.address for carrier in found[FIGURE].carriers}
    assert codes == {report.receipt, f"/meeting/{meeting}"}


@pytest.mark.parametrize("language", ["zh", "en"])
def test_one_notice_covers_all_of_them(desk, language):
    with pytest.raises(PlanError, match="older value"):
        desk.revisions.notice(selection_of(desk), date(2024, 8, 6))
    report = exported(desk)
    hand_in(desk, 1210.0, SECOND, note="补报两街道")
    notice = desk.revisions.notice(selection_of(desk, language), date(2024, 8, 6))
    document = Document(io.BytesIO(REPORT_FORMATS["docx"].render(notice)))
    what, where = document.tables
    cells = [cell.text for row in what.rows[1:] for cell in row.cells]
    assert "1,200" in cells and "1,210" in cells and "补报两街道" in cells
    assert report.receipt in [row.cells[1].text for row in where.rows[1:]]


def test_a_small_count_is_in_no_notice(desk):
    exported(desk)
    hand_in(desk, 3.0, SECOND)
    with pytest.raises(PlanError, match="older value"):
        desk.revisions.notice(selection_of(desk), date(2024, 8, 6))


def test_the_page_of_receipts_lists_them_and_offers_the_notice(desk):
    exported(desk)
    hand_in(desk, 1210.0, SECOND)
    shown = json.dumps(
        revisions_card(desk, selection_of(desk)).to_plotly_json(),
        default=lambda part: part.to_plotly_json(),
        ensure_ascii=False,
    )
    assert "1,200 → 1,210" in shown and "corrections.docx" in shown
