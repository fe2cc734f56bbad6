"""What is handed in is kept whole, and every version of it."""

import threading
from datetime import datetime

import pytest
from stores import BACKENDS, WHEN, arrival, fresh_store, stated

from dashboard.base.language import Text
from dashboard.catalogue.concepts import Area, FigureStatus, Finding, Grade, Level
from dashboard.catalogue.periods import Period
from dashboard.store.area_rows import keep_areas
from dashboard.store.data_version import data_version
from dashboard.store.observations import read_figures, read_revisions
from dashboard.store.opening import StoreError
from dashboard.store.query import Query
from dashboard.store.record import record, remove_samples
from dashboard.store.submissions import read_areas, read_findings, read_sources, read_submissions
from dashboard.store.transaction import writing

EVERYTHING = Query()


@pytest.fixture(params=BACKENDS)
def store(request, tmp_path):
    yield from fresh_store(request.param, tmp_path)


def values(store, query=EVERYTHING):
    return [
        (f.indicator, f.area, f.period.key, f.value, f.status) for f in read_figures(store, query)
    ]


def test_a_later_submission_supersedes_and_the_earlier_value_stays_readable(store):
    (first,) = record(store, [arrival(stated(120.0))], WHEN)
    (second,) = record(store, [arrival(stated(118.0), grade=Grade.DEMO)], WHEN)
    (figure,) = read_figures(store, EVERYTHING)
    assert (figure.value, figure.submission, figure.grade) == (118.0, second, "demo")
    assert [(r.value, r.submission) for r in read_revisions(store, EVERYTHING)] == [
        (120.0, first),
        (118.0, second),
    ]


def test_of_two_submissions_in_one_call_the_second_wins(store):
    _, second = record(store, [arrival(stated(1.0)), arrival(stated(2.0))], WHEN)
    (figure,) = read_figures(store, EVERYTHING)
    assert (figure.value, figure.submission) == (2.0, second)


def test_a_later_not_reported_supersedes_a_value(store):
    record(store, [arrival(stated(120.0))], WHEN)
    record(store, [arrival(stated(None, status=FigureStatus.NOT_REPORTED))], WHEN)
    assert values(store) == [("marriages", "370113001", 202409, None, "L")]


def test_two_values_in_one_submission_are_disputed_and_both_kept(store):
    twice = [stated(50.0), stated(50.0), stated(52.0), stated(7.0, area="370113002")]
    record(store, [arrival(*twice)], WHEN)
    disputed, agreed = read_figures(store, EVERYTHING)
    assert (disputed.value, disputed.status, disputed.others) == (50.0, "D", (52.0,))
    assert (agreed.value, agreed.status, agreed.others) == (7.0, "A", ())
    assert [r.value for r in read_revisions(store, EVERYTHING)] == [50.0, 50.0, 52.0, 7.0]


def test_a_dispute_ends_with_the_next_submission(store):
    record(store, [arrival(stated(50.0), stated(52.0))], WHEN)
    record(store, [arrival(stated(52.0))], WHEN)
    (figure,) = read_figures(store, EVERYTHING)
    assert (figure.value, figure.status, figure.others) == (52.0, "A", ())


def test_the_same_value_twice_is_one_figure_even_where_its_last_bit_differs(store):
    record(store, [arrival(stated(1.1 * 10_000), stated(11_000.0))], WHEN)
    assert [(f.status, f.others) for f in read_figures(store, EVERYTHING)] == [("A", ())]
    assert len(read_revisions(store, EVERYTHING)) == 2


def test_a_value_beside_a_blank_of_the_same_figure_is_no_dispute(store):
    blank = stated(None, status=FigureStatus.BLANK)
    record(store, [arrival(blank, stated(3.0))], WHEN)
    assert values(store) == [("marriages", "370113001", 202409, 3.0, "A")]


def test_of_two_reasons_for_no_value_the_first_stands(store):
    reasons = (FigureStatus.SUPPRESSED, FigureStatus.BLANK)
    record(store, [arrival(stated(5.0))], WHEN)
    record(store, [arrival(*(stated(None, status=reason) for reason in reasons))], WHEN)
    assert values(store) == [("marriages", "370113001", 202409, None, "S")]


def test_zero_blank_suppressed_and_not_reported_stay_apart(store):
    kinds = {
        "370113001": (0.0, FigureStatus.FINAL),
        "370113002": (None, FigureStatus.BLANK),
        "370113003": (None, FigureStatus.SUPPRESSED),
        "370113004": (None, FigureStatus.NOT_REPORTED),
        "370113005": (0.0, FigureStatus.PROVISIONAL),
    }
    record(store, [arrival(*(stated(v, area=a, status=s) for a, (v, s) in kinds.items()))], WHEN)
    kept = {
        figure.area: (figure.value, figure.status) for figure in read_figures(store, EVERYTHING)
    }
    assert kept == {a: (v, str(s)) for a, (v, s) in kinds.items()}


@pytest.mark.parametrize(
    "wrong",
    [
        stated(None),
        stated(5.0, status=FigureStatus.NOT_REPORTED),
        stated(float("nan")),
        stated(float("inf")),
    ],
)
def test_a_figure_that_cannot_be_kept_refuses_the_whole_call(store, wrong):
    with pytest.raises(StoreError, match=r"2024年9月.xlsx: marriages 370113001"):
        record(store, [arrival(stated(1.0, "divorces")), arrival(stated(2.0), wrong)], WHEN)
    assert read_submissions(store) == []


def test_a_failure_in_the_middle_leaves_nothing(store):
    record(store, [arrival(stated(1.0))], WHEN)
    version = data_version(store)
    # a row number no database takes, met only after figures of both submissions were written
    bad = Finding("note", "r", Text("甲"), row=2**70)
    later = [arrival(stated(2.0)), arrival(stated(3.0, "divorces"), findings=[bad])]
    with pytest.raises((OverflowError, StoreError)):
        record(store, later, WHEN)
    assert values(store) == [("marriages", "370113001", 202409, 1.0, "A")]
    assert len(read_revisions(store, EVERYTHING)) == 1
    assert len(read_submissions(store)) == 1
    assert data_version(store) == version
    record(store, [arrival(stated(4.0))], WHEN)
    assert [figure.value for figure in read_figures(store, EVERYTHING)] == [4.0]


def test_a_time_without_a_zone_is_refused(store):
    with pytest.raises(StoreError, match="zone"):
        record(store, [arrival(stated(1.0))], datetime(2024, 10, 8))
    assert read_submissions(store) == []


def test_removing_samples_gives_back_what_they_had_superseded(store):
    (kept,) = record(store, [arrival(stated(50.0), stated(52.0), stated(9.0, "divorces"))], WHEN)
    sample = arrival(
        stated(1.0),
        stated(2.0, area="370113002"),
        is_sample=True,
        grade=Grade.DEMO,
        findings=[Finding("note", "unit", Text("单位", "unit"))],
    )
    record(store, [sample, sample], WHEN)
    (later,) = record(store, [arrival(stated(8.0, "divorces"))], WHEN)
    version = data_version(store)
    assert remove_samples(store) == 2
    first, second = read_figures(store, EVERYTHING)
    assert (first.indicator, first.value, first.submission) == ("divorces", 8.0, later)
    assert (second.indicator, second.value, second.status) == ("marriages", 50.0, "D")
    assert (second.submission, second.others) == (kept, (52.0,))
    assert {row.id for row in read_submissions(store)} == {kept, later}
    assert {r.submission for r in read_revisions(store, EVERYTHING)} == {kept, later}
    assert data_version(store) > version


def test_removing_samples_where_there_are_none_changes_nothing(store):
    record(store, [arrival(stated(1.0))], WHEN)
    version = data_version(store)
    assert remove_samples(store) == 0
    assert data_version(store) == version


def test_the_number_of_a_removed_submission_is_not_given_again(store):
    (sample,) = record(store, [arrival(stated(1.0), is_sample=True)], WHEN)
    remove_samples(store)
    (later,) = record(store, [arrival(stated(2.0))], WHEN)
    assert later > sample


def test_findings_come_back_in_order(store):
    findings = [
        Finding("warning", "sum", Text("合计不符", "total differs"), "表1", 12, "C", "1,024"),
        Finding("warning", "streets_total", Text("少了", "less"), "表1", value="5", area="370113"),
        Finding("note", "empty", Text("空格")),
    ]
    (number,) = record(store, [arrival(stated(1.0), findings=findings)], WHEN)
    assert read_findings(store, number) == findings
    assert read_sources(store, [number])[number].findings == 3


def save_areas(store, areas):
    with writing(store) as connection:
        return keep_areas(connection, areas)


def test_every_writing_call_changes_the_version_and_an_empty_one_does_not(store):
    seen = [data_version(store)]
    record(store, [arrival(stated(1.0))], WHEN)
    seen.append(data_version(store))
    save_areas(store, [Area("370113", Text("长清区"), Level.DISTRICT)])
    seen.append(data_version(store))
    assert seen == sorted(set(seen))
    assert record(store, [], WHEN) == []
    assert data_version(store) == seen[-1]


@pytest.mark.slow
def test_forty_five_thousand_areas_are_saved_and_read(store):
    areas = [
        Area(f"{n:09d}", Text(f"街道{n}"), Level.STREET, f"{n // 1000:06d}") for n in range(45_000)
    ]
    renamed = Area(
        "000000007",
        Text("新街道", "New"),
        Level.STREET,
        "370113",
        Period(2022, 1),
        Period(2024, 12),
        "000000008",
        ("旧街道", "老街道"),
    )
    assert save_areas(store, areas) == 45_000
    assert save_areas(store, [renamed]) == 1
    kept = read_areas(store)
    assert len(kept) == 45_000
    assert kept[7] == renamed and kept[8] == areas[8]


def test_areas_and_the_figures_that_came_with_them_are_kept_together_or_not_at_all(store):
    new = [Area("370199", Text("新区"), Level.DISTRICT)]
    bad = Finding("note", "r", Text("甲"), row=2**70)
    with pytest.raises((OverflowError, StoreError)):
        record(store, [arrival(stated(1.0), findings=[bad])], WHEN, areas=new)
    assert (read_areas(store), read_submissions(store)) == ([], [])
    assert len(record(store, [arrival(stated(1.0))], WHEN, areas=new)) == 1
    assert read_areas(store) == new


def test_writers_queue_and_none_is_lost(store):
    failures = []

    def hand_in(number):
        try:
            for month in range(1, 6):
                record(store, [arrival(stated(1.0, area=str(number), period=(2024, month)))], WHEN)
        except StoreError as error:
            failures.append(error)

    writers = [threading.Thread(target=hand_in, args=(number,)) for number in range(4)]
    for writer in writers:
        writer.start()
    for writer in writers:
        writer.join()
    assert failures == []
    assert len(read_figures(store, EVERYTHING)) == 20
    assert data_version(store) == 20
