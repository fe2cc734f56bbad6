"""What turned since the month before, and where a course is going: both by a stated rule."""

from dataclasses import replace
from types import SimpleNamespace

import pytest
from screens import DISTRICT, page_layout, text_of

from dashboard.analysis.progress import Progress
from dashboard.analysis.status_moves import status_moves
from dashboard.analysis.target_status import Status
from dashboard.analysis.trend import Trend, trend
from dashboard.catalogue.periods import Period


def row(status, area="1", target="t", task_gap=0.0):
    of = SimpleNamespace(id=target)
    return Progress(of, area, Period(2026, 10), status=status, task_gap=task_gap)


@pytest.mark.parametrize(
    ("before", "now", "counts"),
    [
        (Status.ON_PACE, Status.BEHIND, True),
        (Status.BEHIND, Status.ON_PACE, True),
        (Status.ON_PACE, Status.AHEAD, True),
        (Status.AHEAD, Status.DONE, True),
        (Status.NOT_DUE, Status.OVERDUE, True),
        (Status.AHEAD, Status.ON_PACE, False),
        (Status.NOT_JUDGED, Status.BEHIND, False),
        (Status.BEHIND, Status.NOT_JUDGED, False),
        (Status.BEHIND, Status.BEHIND, False),
    ],
)
def test_a_target_that_turned_is_named_and_no_other(before, now, counts):
    assert bool(status_moves([row(before)], [row(now)])) == counts


def test_what_turned_bad_comes_first_and_furthest_behind_before_the_rest():
    before = [row(Status.ON_PACE, area) for area in "123"]
    now = [
        row(Status.AHEAD, "1"),
        row(Status.BEHIND, "2", task_gap=-5.0),
        row(Status.BEHIND, "3", task_gap=-9.0),
    ]
    assert [move.now.area for move in status_moves(before, now)] == ["3", "2", "1"]
    assert status_moves([replace(before[0], area="9")], now) == []


@pytest.mark.parametrize(
    ("values", "said"),
    [
        ((1, 2, 3, 4, 5), Trend.RISING),
        ((1, 2, 4, 3, 5), Trend.RISING),  # nine of ten pairs
        ((1, 4, 3, 2, 5), Trend.UNCLEAR),
        ((5, 4, 3, 2, 1), Trend.FALLING),
        ((3, 3, 3, 3, 3), Trend.UNCLEAR),
        ((None, 2, 3, 4, 5), Trend.NOT_JUDGED),
        ((9, None, 1, 2, 3, 4, 5), Trend.RISING),
        ((), Trend.NOT_JUDGED),
    ],
)
def test_a_course_is_judged_by_the_pairs_of_five_values(values, said):
    assert trend(values) is said


@pytest.mark.slow
def test_the_overview_names_what_turned_since_the_month_before(app):
    with app.server.test_request_context("/"):
        selection = app.desk.selections.of({"area": DISTRICT, "period": "2026-10"}, "zh")
        moves = app.desk.target_overview.moves(selection)
    words = text_of(page_layout(app, "/", area=DISTRICT, period="2026-10", lang="zh"))
    assert "比2026年9月有什么变化" in words
    assert moves and words.count("转为") == min(len(moves), 6)


@pytest.mark.slow
def test_an_indicator_says_where_its_course_is_going_or_why_not(app):
    words = text_of(page_layout(app, "/indicators/marriages", area=DISTRICT, lang="zh"))
    assert "走势：" in words
