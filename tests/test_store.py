"""A store opens where it may, and gives back what was kept, quickly and while others write."""

import sqlite3
import threading
from datetime import timedelta, timezone

import pytest
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from sqlalchemy import event, text
from stores import BACKENDS, WHEN, arrival, fresh_store, stated

from benchmarks.counting import counted
from dashboard.catalogue.concepts import FigureKind, FigureStatus, Grade, Source
from dashboard.catalogue.periods import Period
from dashboard.store.copying import WHOLE
from dashboard.store.data_version import data_version
from dashboard.store.observations import (
    areas_with_figures,
    coverage,
    indicators_with_figures,
    periods_of,
    read_figures,
    read_revisions,
)
from dashboard.store.opening import VERSION_TABLE, StoreError, open_store
from dashboard.store.query import Query
from dashboard.store.record import record
from dashboard.store.submissions import read_sources, read_submissions

STREETS = tuple(f"3701130{n:02d}" for n in range(1, 13))


@pytest.fixture(params=BACKENDS)
def store(request, tmp_path):
    yield from fresh_store(request.param, tmp_path)


@pytest.fixture(scope="module", params=BACKENDS)
def filled(request, tmp_path_factory):
    """Two indicators × 12 streets × 24 months, a target, a standard, one figure not reported."""
    months = [(year, month) for year in (2023, 2024) for month in range(1, 13)]
    figures = [
        stated(float(month), indicator, street, (year, month))
        for indicator in ("divorces", "marriages")
        for street in STREETS
        for year, month in months
    ]
    figures.append(stated(500.0, "marriages", "370113", (2024, 12), kind=FigureKind.TARGET))
    figures.append(stated(900.0, "dibao_standard", "370113", kind=FigureKind.STANDARD))
    missing = FigureStatus.NOT_REPORTED
    figures.append(stated(None, "marriages", STREETS[0], (2025, 1), status=missing))
    for store in fresh_store(request.param, tmp_path_factory.mktemp("filled")):
        record(store, [arrival(*figures)], WHEN)
        yield store


def test_the_migrations_make_exactly_the_tables_of_the_code(store):
    with store.connect() as connection:
        context = MigrationContext.configure(connection, opts={"version_table": VERSION_TABLE})
        assert compare_metadata(context, WHOLE) == []


def test_a_store_is_made_in_a_folder_that_does_not_exist_and_opens_again(tmp_path):
    address = f"sqlite:///{tmp_path / '民政 指标' / '2024 年 100%' / '库.sqlite'}"
    first = open_store(address)
    record(first, [arrival(stated(1.0))], WHEN)
    first.dispose()
    second = open_store(address)
    assert [figure.value for figure in read_figures(second, Query())] == [1.0]
    second.dispose()


def test_several_may_open_a_new_store_at_once(tmp_path):
    opened, failures = [], []

    def start():
        try:
            opened.append(open_store(f"sqlite:///{tmp_path / 'store.sqlite'}"))
        except StoreError as error:
            failures.append(error)

    starts = [threading.Thread(target=start) for _ in range(4)]
    for thread in starts:
        thread.start()
    for thread in starts:
        thread.join()
    assert failures == []
    assert [data_version(engine) for engine in opened] == [0, 0, 0, 0]
    for engine in opened:
        engine.dispose()


def test_a_database_of_another_program_is_refused_and_left_as_it_was(tmp_path):
    file = tmp_path / "other.sqlite"
    with sqlite3.connect(file) as connection:
        connection.execute("CREATE TABLE invoice (id INTEGER)")
    connection.close()
    before = file.read_bytes()
    with pytest.raises(StoreError, match="another program"):
        open_store(f"sqlite:///{file}")
    assert file.read_bytes() == before


def test_a_file_that_is_no_database_is_refused(tmp_path):
    file = tmp_path / "汇总.xlsx"
    file.write_bytes(b"PK\x03\x04" + b"not a database" * 200)
    with pytest.raises(StoreError, match="not a database"):
        open_store(f"sqlite:///{file}")


def test_a_store_of_a_newer_version_is_refused(store):
    with store.begin() as connection:
        connection.execute(text(f"UPDATE {VERSION_TABLE} SET version_num = '9999'"))
    with pytest.raises(StoreError, match=r"newer version.*9999"):
        open_store(store.url.render_as_string(hide_password=False))


@pytest.mark.parametrize(
    "url", ["dashboard.sqlite", "mysql://host/name", "sqlite://", "sqlite:///"]
)
def test_an_address_that_cannot_be_used_is_refused(url):
    with pytest.raises(StoreError):
        open_store(url)


def test_a_folder_that_is_a_file_is_refused(tmp_path):
    (tmp_path / "var").write_text("a file")
    with pytest.raises(StoreError, match="folder"):
        open_store(f"sqlite:///{tmp_path / 'var' / 'store.sqlite'}")


def test_a_figure_comes_back_as_it_was_handed_in(store):
    where = Source("表二", 14, "AB", "2024年统计公报" * 40, "全年办理结婚登记120对" * 60)
    figure = stated(
        120.5,
        "homes_adapted",
        "370113",
        (2024, 12),
        FigureStatus.PROVISIONAL,
        since=Period(2020, 1),
        source=where,
    )
    beijing = WHEN.astimezone(timezone(timedelta(hours=8)))
    head = {"submitted_by": "王", "note": "补报", "period": None}
    (number,) = record(store, [arrival(figure, grade=Grade.REPORT, **head)], beijing)
    (kept,) = read_figures(store, Query())
    assert kept == (
        "homes_adapted",
        "370113",
        Period(2024, 12),
        "actual",
        120.5,
        "P",
        Period(2020, 1),
        number,
        "report",
        (),
        "",
        frozenset(),
    )
    assert isinstance(kept.period, Period)
    (revision,) = read_revisions(store, Query())
    assert revision[:9] == kept[:9]
    assert revision[9:] == (
        WHEN,
        "2024年9月.xlsx",
        "表二",
        14,
        "AB",
        where.title,
        where.phrase,
        None,
        "",
    )
    row = read_sources(store, [number, 999])
    assert list(row) == [number]
    assert (row[number].received, row[number].received.utcoffset()) == (WHEN, timedelta(0))
    assert (row[number].title, row[number].submitted_by, row[number].note) == (
        where.title,
        "王",
        "补报",
    )
    assert (row[number].figures, row[number].period, row[number].is_sample) == (1, None, False)


def test_a_submission_has_a_title_only_where_all_its_figures_share_it(store):
    one, other = Source(title="公报"), Source(title="年鉴")
    record(store, [arrival(stated(1.0, source=one), stated(2.0, "divorces", source=other))], WHEN)
    assert read_submissions(store)[0].title == ""


def test_submissions_are_listed_newest_first_up_to_the_limit(store):
    numbers = record(store, [arrival(stated(float(n)), sheet=str(n)) for n in range(5)], WHEN)
    assert [row.id for row in read_submissions(store, limit=3)] == numbers[:1:-1]


@pytest.mark.parametrize(
    ("query", "count"),
    [
        (Query(), 2 * 12 * 24 + 3),
        (Query(indicators=["marriages"]), 12 * 24 + 2),
        (Query(areas=STREETS[:2]), 2 * 2 * 24 + 1),
        (Query(["marriages"], STREETS[:2], Period(2023, 11), Period(2024, 2)), 2 * 4),
        (Query(["marriages"], STREETS, periods=[Period(2023, 12), Period(2024, 12)]), 12 * 2),
        (Query(kinds=[FigureKind.TARGET]), 1),
        (Query(kinds=["actual", "standard"], areas=["370113"]), 1),
        (Query(grades=[Grade.DEMO]), 0),
        (Query(grades=["official"], indicators=["divorces"], last=Period(2023, 1)), 12),
        (Query(areas=["000000"]), 0),
    ],
)
def test_a_query_gives_what_it_names_and_an_empty_list_restricts_nothing(filled, query, count):
    figures = read_figures(filled, query)
    assert len(figures) == count
    assert [f[:4] for f in figures] == sorted(f[:4] for f in figures)
    assert len(read_revisions(filled, query)) == count


def test_revisions_of_an_area_are_not_looked_for_in_the_whole_store(filled):
    if filled.dialect.name != "sqlite":
        pytest.skip("steps are counted on SQLite")
    with counted(filled) as whole:
        read_revisions(filled, Query())
    with counted(filled) as nothing:
        assert read_revisions(filled, Query(areas=["000000"])) == []
    assert nothing.steps * 10 < whole.steps, "each indicator is looked up once"


def test_within_grades_the_latest_submission_of_those_grades_counts(store):
    record(store, [arrival(stated(100.0), grade=Grade.OFFICIAL)], WHEN)
    (report,) = record(store, [arrival(stated(101.0), stated(103.0), grade=Grade.REPORT)], WHEN)
    record(store, [arrival(stated(104.0), stated(1.0, "divorces"), grade=Grade.MANAGEMENT)], WHEN)
    (official,) = read_figures(store, Query(grades=["official"]))
    assert (official.value, official.grade) == (100.0, "official")
    (disputed,) = read_figures(store, Query(grades=["official", "report"]))
    assert (disputed.value, disputed.status, disputed.others) == (101.0, "D", (103.0,))
    assert (disputed.submission, disputed.grade) == (report, "report")
    assert [f.value for f in read_figures(store, Query(indicators=["marriages"]))] == [104.0]


def test_fifty_thousand_areas_in_one_query_give_each_figure_once(filled):
    many = [*(f"{n:09d}" for n in range(50_000)), *STREETS, *STREETS]
    query = Query(["marriages", "divorces"], many, periods=[Period(2024, 9)])
    figures = read_figures(filled, query)
    assert [f[:2] for f in figures] == [(i, s) for i in ("divorces", "marriages") for s in STREETS]
    assert periods_of(filled, many, ["divorces"]).keys() == set(STREETS)


def test_periods_of_an_area_are_those_with_a_value(filled):
    periods = periods_of(filled, [STREETS[0], "370113", "000000"])
    assert periods[STREETS[0]][0] == Period(2023, 1)
    assert periods[STREETS[0]][-1] == Period(2024, 12)  # 2025-01 is only not reported
    assert len(periods[STREETS[0]]) == 24
    assert periods["370113"] == [Period(2024, 9)]  # the standard, not the target of 2024-12
    assert "000000" not in periods
    assert "370113" not in periods_of(filled, [], ["marriages"])


def test_areas_and_indicators_with_figures_are_counted(filled):
    assert areas_with_figures(filled) == {"370113": 1} | dict.fromkeys(STREETS, 48)
    assert areas_with_figures(filled, ["marriages"]) == dict.fromkeys(STREETS, 24)
    assert indicators_with_figures(filled) == {
        "divorces": 288,
        "marriages": 288,
        "dibao_standard": 1,
    }


def test_coverage_says_from_when_to_when(filled):
    rows = coverage(filled, "marriages")
    assert rows == [(street, Period(2023, 1), Period(2024, 12), 24) for street in STREETS]
    assert coverage(filled, "nothing") == []


def test_a_chart_reads_contiguous_ranges_of_the_key(filled):
    if filled.dialect.name != "sqlite":
        pytest.skip("the plan is SQLite's")
    seen = []
    event.listen(filled, "before_cursor_execute", lambda *given: seen.append(given[2:4]))
    read_figures(filled, Query(["marriages"], STREETS, Period(2023, 1), Period(2024, 12)))
    statement, bound = next(given for given in seen if given[0].startswith("SELECT"))
    with filled.connect() as connection:
        plan = connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {statement}", bound).all()
    steps = [row[3] for row in plan if "observation" in row[3]]
    assert steps == [
        "SEARCH observation USING PRIMARY KEY (indicator=? AND area=? AND period>? AND period<?)"
    ]


def test_readers_go_on_while_one_writes(store):
    record(store, [arrival(stated(1.0))], WHEN)
    with store.begin() as writer:
        writer.execute(text("UPDATE store_version SET number = number + 1"))
        writer.execute(text("UPDATE observation SET value = 2"))
        seen = []
        reader = threading.Thread(target=lambda: seen.extend(read_figures(store, Query())))
        reader.start()
        reader.join(timeout=5)
        assert [figure.value for figure in seen] == [1.0]
    assert [figure.value for figure in read_figures(store, Query())] == [2.0]
