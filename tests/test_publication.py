"""A month is a draft until it is published: who sees what, when, and what follows from it."""

import re
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from flask import Flask
from hand_ins import table, workbook
from sqlalchemy import select, update
from sqlalchemy.exc import OperationalError
from stores import BACKENDS, WHEN, arrival, fresh_store, stated
from test_access import PASSWORD, open_server, sent_form, signed_in  # noqa: F401

from dashboard.base.jobs import JobGone, wait_for_jobs
from dashboard.base.language import Text
from dashboard.base.settings import read_settings
from dashboard.catalogue.concepts import Area, FigureKind, Finding, Level
from dashboard.catalogue.figure_marks import FigureMark
from dashboard.catalogue.periods import Period
from dashboard.catalogue.registers import Institution, Register
from dashboard.intake import Handover
from dashboard.services.access.person import LOCAL, Person, Role, acting
from dashboard.services.filters import UnknownName
from dashboard.services.finished_values import place_of
from dashboard.services.front_desk import FrontDesk
from dashboard.services.publications import _refuse_ahead, moment_to_come
from dashboard.services.reader_desks import ReaderDesks, desk_of_reader
from dashboard.services.reports.finished_files import keep_file
from dashboard.store.data_version import data_version
from dashboard.store.locks import Months
from dashboard.store.observations import (
    areas_with_figures,
    indicators_with_figures,
    read_figures,
    read_revisions,
)
from dashboard.store.opening import StoreError
from dashboard.store.publication_tables import publication
from dashboard.store.publications import (
    draft_places,
    publish,
    read_publications,
    turn_off,
    turn_on,
    withdraw_publication,
)
from dashboard.store.query import Query
from dashboard.store.reader_engine import base_engine, reading_engine
from dashboard.store.reader_views import EVERYTHING, PUBLISHED, Reader, view_statements
from dashboard.store.receipts import Basis, View, find_receipt, take_receipt
from dashboard.store.record import record
from dashboard.store.registers import ListedIn, listed
from dashboard.store.submissions import read_findings, read_submissions
from dashboard.store.tables import metadata, reported
from dashboard.store.transaction import Decision
from dashboard.store.versions import read_versions
from dashboard.store.withdrawal import withdraw
from dashboard.web import register_api

DISTRICT, FIRST, SECOND = "370113", "370113001", "370113002"
AREAS = [DISTRICT, FIRST, SECOND]
AUGUST, SEPTEMBER = Period(2024, 8), Period(2024, 9)
LATER = WHEN + timedelta(days=1)


def month(period):
    return Months(DISTRICT, period, period)


@pytest.fixture(params=BACKENDS)
def store(request, tmp_path):
    """A store with an August that counts as published, and a September that is a draft."""
    for engine in fresh_store(request.param, tmp_path):
        august = [stated(10.0, area=code, period=AUGUST) for code in AREAS]
        record(engine, [arrival(*august)], WHEN)
        turn_on(engine, "admin", WHEN)
        september = [
            stated(value, area=code) for value, code in zip((30, 11, 19), AREAS, strict=True)
        ]
        finding = Finding("warning", "sum", Text("合计 30", "the total is 30"))
        draft = arrival(*september, findings=[finding], file="九月.xlsx", note="30")
        record(engine, [draft], LATER)
        yield engine


@pytest.fixture
def seen(store):
    """A function that gives the store as a reader sees it."""
    opened = []

    def as_seen(reader):
        opened.append(reading_engine(store, reader))
        return opened[-1]

    yield as_seen
    for engine in opened:
        engine.dispose()


def figures(engine, **asked):
    return {
        (one.area, one.period.month): (one.value, one.status)
        for one in read_figures(engine, Query(**asked))
    }


def test_a_draft_is_hidden_from_viewers_and_marked_for_editors(seen):
    viewer, editor = figures(seen(PUBLISHED)), figures(seen(EVERYTHING))
    assert set(viewer) == {(code, 8) for code in AREAS}
    assert editor[DISTRICT, 9] == (30.0, "T") and editor[DISTRICT, 8] == (10.0, "A")
    contributor = figures(seen(Reader(frozenset({FIRST}))))
    assert contributor[FIRST, 9] == (11.0, "T") and (SECOND, 9) not in contributor


# Tables without figures, or whose figures only their own people see (forms and hand-ins that wait);
# what receipts cover is judged where they are read.
WITHOUT_FIGURES = {
    *("account", "area", "area_change", "audit", "boundary", "declared_indicator", "logbook"),
    *("failed_sign_in", "mapping", "marking", "meeting", "meeting_page", "publication"),
    *(
        "published",
        "question",
        "report_plan",
        "session",
        "form_draft",
        "waiting_hand_in",
        "receipt",
    ),
}
COUNTED = {"number", "common", "version"}  # count every change, drafts too


def viewed():
    statements = view_statements(PUBLISHED, "sqlite", "main")
    return {re.match(r"CREATE TEMP VIEW (\w+)", statement)[1] for statement in statements}


def test_every_table_is_seen_through_a_view_or_known_to_hold_no_figures():
    assert viewed() | WITHOUT_FIGURES == set(metadata.tables)
    assert not viewed() & WITHOUT_FIGURES


def rows_of_a_viewer(folder, *handed_in):
    """All rows that a viewer sees of a store with a published August and what came in later."""
    folder.mkdir()
    for engine in fresh_store("sqlite", folder):
        august = [stated(10.0, area=code, period=AUGUST) for code in AREAS]
        record(engine, [arrival(*august)], WHEN)
        turn_on(engine, "admin", WHEN)
        for hour, one in enumerate(handed_in):
            record(engine, [one], LATER + timedelta(hours=hour))
        reading = reading_engine(engine, PUBLISHED)
        with reading.connect() as connection:
            for name in viewed():
                columns = [one for one in metadata.tables[name].columns if one.name not in COUNTED]
                yield name, sorted(map(repr, connection.execute(select(*columns))))
        reading.dispose()


def test_for_a_viewer_a_store_with_drafts_is_one_without_them(tmp_path):
    """In every table the rows are the same, whatever was handed in for a month that is a draft."""
    found = Finding("warning", "sum", Text("合计 30", "the total is 30"))
    more = [stated(7.0, area=code, indicator="divorces") for code in AREAS]
    drafts = arrival(stated(30.0, area=FIRST), *more, findings=[found], note="30")
    again = arrival(stated(31.0, area=FIRST))
    without = dict(rows_of_a_viewer(tmp_path / "without"))
    assert without == dict(rows_of_a_viewer(tmp_path / "with", drafts, again))
    assert without["observation"] and without["revision"] and without["submission"]


def test_a_disputed_draft_has_both_marks_wherever_it_is_read(store, seen):
    record(store, [arrival(stated(12.0, area=FIRST), stated(13.0, area=FIRST))], LATER)
    for asked in (Query(areas=[FIRST]), Query(areas=[FIRST], as_of=LATER)):
        *_, draft = read_figures(seen(EVERYTHING), asked)
        assert (draft.status, draft.marks) == ("D", {FigureMark.DRAFT})
    publish(store, month(SEPTEMBER), AREAS, None, "editor")
    assert not read_figures(seen(EVERYTHING), Query(areas=[FIRST]))[-1].marks


def test_nothing_that_is_told_of_a_draft_reaches_a_viewer(store, seen):
    viewer = seen(PUBLISHED)
    assert areas_with_figures(viewer) == dict.fromkeys(AREAS, 1)
    assert indicators_with_figures(viewer) == {"marriages": 3}
    assert [one.file for one in read_submissions(viewer)] == ["2024年9月.xlsx"]
    number = read_submissions(store)[0].id
    assert read_findings(store, number) and not read_findings(viewer, number)
    assert not read_versions(viewer, "marriages", FIRST, SEPTEMBER)
    assert not read_revisions(viewer, Query(first=SEPTEMBER))
    assert not figures(viewer, first=SEPTEMBER, as_of=LATER)


def test_a_file_with_published_and_draft_months_gives_neither_note_nor_file_nor_finding(
    store, seen
):
    both = [stated(12.0, period=AUGUST), stated(13.0)]
    finding = Finding("warning", "sum", Text("13", "13"))
    mixed = arrival(*both, findings=[finding], file="两月.xlsx", note="13")
    (number,) = record(store, [mixed], LATER)
    (row, *_) = read_submissions(seen(PUBLISHED))
    assert (row.id, row.file, row.note, row.title) == (number, "两月.xlsx", "", "")
    assert not read_findings(seen(PUBLISHED), number)
    assert figures(seen(PUBLISHED))[FIRST, 8][0] == 12.0


def test_findings_of_a_published_file_are_there_for_who_sees_all_drafts_alone(store, seen):
    finding = Finding("warning", "jump", Text("9 月为 30", "September has 30"))
    august = stated(12.0, area=FIRST, period=AUGUST)
    (number,) = record(store, [arrival(august, findings=[finding])], LATER)
    for reader in (PUBLISHED, Reader(frozenset({FIRST}))):
        assert not read_findings(seen(reader), number)
        assert [one.findings for one in read_submissions(seen(reader)) if one.id == number] == [0]
    assert read_findings(seen(EVERYTHING), number) == read_findings(store, number) != []


def test_what_is_published_is_seen_and_what_is_withdrawn_is_not(store, seen):
    viewer, before = seen(PUBLISHED), data_version(store)
    assert draft_places(store) == {SEPTEMBER: AREAS}
    assert publish(store, month(SEPTEMBER), AREAS, None, "editor") == 3
    assert figures(viewer)[SECOND, 9] == (19.0, "A") and not draft_places(store)
    assert data_version(viewer) > before
    with pytest.raises(StoreError):
        publish(store, month(SEPTEMBER), AREAS, None, "editor")
    assert withdraw_publication(store, month(SEPTEMBER), AREAS, [], "editor") == 3
    assert (SECOND, 9) not in figures(viewer)
    newest, stored = read_publications(store)
    assert (newest.places, newest.standing, stored.standing) == (3, 0, 3)


def test_months_of_a_year_are_published_from_the_first_and_withdrawn_from_the_last(store):
    october, now = Period(2024, 10), datetime.now(UTC)
    record(store, [arrival(stated(5.0, area=SECOND, period=october))], LATER)
    for language, names in (("zh", "从 2024-09 起"), ("en", "from 2024-09 on")):
        with pytest.raises(StoreError) as refused:
            publish(store, month(october), AREAS, None, "editor")
        assert names in refused.value.text[language]
    later = now + timedelta(days=1)
    publish(store, month(SEPTEMBER), AREAS, later, "editor")
    with pytest.raises(StoreError):  # September would still be a draft then
        publish(store, month(october), AREAS, None, "editor")
    publish(store, month(october), AREAS, later, "editor")
    for one in (AUGUST, SEPTEMBER):
        with pytest.raises(StoreError, match="2024-10"):
            withdraw_publication(store, month(one), AREAS, [], "editor")
    both = Months(DISTRICT, SEPTEMBER, october)
    assert withdraw_publication(store, both, AREAS, [], "editor") == 6
    assert publish(store, both, AREAS, None, "editor") == 6


def test_a_street_is_not_withdrawn_from_a_published_district(store):
    street = Months(FIRST, AUGUST, AUGUST)
    with pytest.raises(StoreError, match=DISTRICT):
        withdraw_publication(store, street, [FIRST], [DISTRICT], "editor")


def test_a_scheduled_publication_takes_effect_at_its_time_and_changes_the_version(store, seen):
    viewer, editor, now = seen(PUBLISHED), seen(EVERYTHING), datetime.now(UTC)
    publish(store, month(SEPTEMBER), AREAS, now + timedelta(hours=1), "editor")
    assert (SECOND, 9) not in figures(viewer) and figures(editor)[SECOND, 9][1] == "T"
    versions = data_version(viewer), data_version(editor)
    with store.begin() as connection:  # the hour passes
        moved = update(publication).where(publication.c.area == DISTRICT)
        times = {"written": now - timedelta(hours=2), "effective": now - timedelta(hours=1)}
        connection.execute(moved.values(times))
    assert figures(viewer)[SECOND, 9] == (19.0, "A") == figures(editor)[SECOND, 9]
    assert (data_version(viewer), data_version(editor)) > versions
    assert data_version(viewer) == data_version(editor)


def test_a_value_replaced_before_it_was_published_is_never_seen(store, seen):
    viewer = seen(PUBLISHED)
    corrected = [stated(12.0, area=FIRST), stated(31.0, area=DISTRICT)]
    record(store, [arrival(*corrected)], LATER + timedelta(days=1))
    now = datetime.now(UTC)
    publish(store, month(SEPTEMBER), AREAS, None, "editor")
    assert [one.value for one in read_versions(viewer, "marriages", FIRST, SEPTEMBER)] == [12.0]
    assert (FIRST, 9) not in figures(viewer, as_of=LATER)
    assert figures(viewer, as_of=LATER)[SECOND, 9][0] == 19.0
    (later,) = record(store, [arrival(stated(14.0, area=FIRST))], now + timedelta(seconds=1))
    values = [one.value for one in read_versions(viewer, "marriages", FIRST, SEPTEMBER)]
    assert values == [12.0, 14.0]  # what was published and replaced since stays readable
    withdraw(store, later, Decision("editor", now + timedelta(seconds=2), "error"))
    assert figures(viewer)[FIRST, 9] == (12.0, "A")


def test_a_file_replaced_or_taken_back_before_publication_gives_nothing_away(store, seen):
    """Not its findings, notes, reasons, list of institutions, nor that it reported the month."""
    viewer = seen(PUBLISHED)
    replaced = read_submissions(store)[0].id
    finding = Finding("warning", "sum", Text("77", "77"))
    wrong = arrival(stated(77.0, area=SECOND), findings=[finding], file="错.xlsx", note="77")
    home = Institution(row=3, area=SECOND, name="福寿院", kind="home", beds=77.0)
    wrong = replace(wrong, register=Register((home,), ()))
    (taken_back,) = record(store, [wrong], LATER)
    withdraw(store, taken_back, Decision("editor", LATER + timedelta(hours=1), "77 is wrong"))
    record(store, [arrival(*[stated(5.0, area=code) for code in AREAS], file="新.xlsx")], LATER)
    publish(store, month(SEPTEMBER), AREAS, None, "editor")
    assert [one.file for one in read_submissions(viewer)] == ["新.xlsx", "2024年9月.xlsx"]
    for number in (replaced, taken_back):
        assert read_findings(store, number) and not read_findings(viewer, number)
    between = ListedIn([SECOND], as_of=LATER + timedelta(minutes=1))
    assert listed(store, between) and not listed(viewer, between)
    with viewer.connect() as connection:
        rows = connection.execute(select(reported.c.submission)).scalars()
        assert not {replaced, taken_back} & set(rows)


def test_a_reason_to_withdraw_a_file_with_drafts_is_not_there_for_viewers(store, seen):
    both = arrival(stated(12.0, period=AUGUST), stated(13.0))
    (number,) = record(store, [both], LATER)
    withdraw(store, number, Decision("editor", LATER + timedelta(days=1), "13 is wrong"))
    (row, *_) = read_submissions(seen(PUBLISHED))
    assert (row.id, row.withdrawn_reason) == (number, "")
    assert read_submissions(store)[0].withdrawn_reason == "13 is wrong"


def test_keys_of_two_readers_never_meet():
    readers = [Reader(frozenset(codes)) for codes in ((), ("1",), ("1", "2"), ("12",), ("1,2",))]
    names = [one.name for one in [EVERYTHING, *readers]]
    keys = {place_of("x", name, version, "") for name in names for version in ("3", "13", "1+3")}
    assert len(keys) == 3 * len(names)
    assert max(len(Reader(frozenset(map(str, range(900)))).name), *map(len, names)) < 40


def test_targets_and_samples_are_no_drafts(store, seen):
    target = stated(99.0, period=(2024, 12), kind=FigureKind.TARGET)
    sample = stated(5.0, indicator="divorces", area=SECOND, period=(2024, 10))
    record(store, [arrival(target), arrival(sample, is_sample=True)], LATER)
    viewer = figures(seen(PUBLISHED))
    assert viewer[FIRST, 12] == (99.0, "A") and viewer[SECOND, 10] == (5.0, "A")
    assert figures(seen(EVERYTHING))[SECOND, 10][1] == "A"


def test_a_receipt_gives_the_figures_alone_that_were_published_when_it_was_given(store, seen):
    view = View("chart", "marriage/registrations", "")
    covers = '[["marriages","370113001","2024-08",0,10.0],["marriages","370113001","2024-09",0,11]]'
    code = take_receipt(store, view, "", Basis(covers=lambda: covers)).code
    assert find_receipt(store, code).covers == covers
    assert find_receipt(seen(PUBLISHED), code).covers == covers[: covers.index(",[")] + "]"
    assert find_receipt(seen(Reader(frozenset({FIRST}))), code).covers == covers
    assert take_receipt(seen(PUBLISHED), view).code != code


def test_what_a_reader_writes_goes_to_the_store_itself(store, seen):
    viewer = seen(PUBLISHED)
    assert base_engine(viewer) is store
    (number,) = record(viewer, [arrival(stated(8.0, area=SECOND, period=(2024, 10)))], LATER)
    assert figures(store)[SECOND, 10] == (8.0, "A") and (SECOND, 10) not in figures(viewer)
    assert number in {one.id for one in read_submissions(store)}


def test_off_everybody_sees_everything_again(store):
    turn_off(store)
    assert figures(store)[DISTRICT, 9] == (30.0, "A")
    with pytest.raises(StoreError):
        turn_off(store)
    turn_on(store, "admin", LATER)
    assert not draft_places(store)  # what is stored when it is turned on counts as published


def test_a_time_to_come_is_read_and_a_past_one_refused():
    now = datetime.now(UTC)
    assert moment_to_come(" ", now) is None
    assert moment_to_come("2090-01-02 09:30", now) == datetime(2090, 1, 2, 9, 30).astimezone(UTC)
    for wrong in ("2020-01-01 09:00", "soon", "2026-13-01"):
        with pytest.raises(UnknownName):
            moment_to_come(wrong, now)


# ---- desks, pages, commands ----


@pytest.fixture
def desks(tmp_path):
    """The desks over a store of its own with the district's August and, as a draft, September."""
    desks = ReaderDesks(FrontDesk(read_settings({"DASHBOARD_HOME": str(tmp_path)})))
    engine = desks.whole.context.engine
    record(engine, [arrival(*[stated(10.0, area=code, period=AUGUST) for code in AREAS])], WHEN)
    desks.whole.publications.turn_on()
    record(engine, [arrival(*[stated(11.0, area=code) for code in AREAS])], LATER)
    return desks


def test_each_person_has_the_desk_of_what_he_or_she_may_see(desks):
    desk = desk_of_reader(desks)
    periods = {}
    for role in Role:
        with acting(Person("x", role, (FIRST,))):
            desks.look_up()
            periods[role] = {area: desk.selections.periods(area) for area in (FIRST, SECOND)}
    assert periods[Role.VIEWER] == {FIRST: [AUGUST], SECOND: [AUGUST]}
    assert periods[Role.CONTRIBUTOR] == {FIRST: [SEPTEMBER, AUGUST], SECOND: [AUGUST]}
    assert periods[Role.EDITOR] == periods[Role.ADMIN]
    assert periods[Role.ADMIN][SECOND] == [SEPTEMBER, AUGUST]


def test_a_page_of_a_month_with_drafts_says_so_to_who_sees_them(desks):
    desk, mark = desk_of_reader(desks), "2024年9月含草稿，尚未发布"
    marked = {}
    for role in Role:
        with acting(Person("x", role, (FIRST,))):
            desks.look_up()
            asked = [(area, month) for area in AREAS for month in (AUGUST, SEPTEMBER)]
            marked[role] = {one for one in asked if desk.release.on_screen(*one, "zh") == mark}
    of_all = {(area, SEPTEMBER) for area in AREAS}
    assert marked[Role.VIEWER] == set()
    assert marked[Role.CONTRIBUTOR] == of_all - {(SECOND, SEPTEMBER)}
    assert marked[Role.EDITOR] == marked[Role.ADMIN] == of_all
    desks.whole.publications.publish(DISTRICT, "2024-09")
    with acting(Person("x", Role.EDITOR)):
        desks.look_up()
        assert desk.release.on_screen(DISTRICT, SEPTEMBER, "zh") == ""
    desks.whole.publications.turn_off()
    desks.look_up()
    assert desk.release.on_screen(DISTRICT, SEPTEMBER, "zh") == ""


@pytest.mark.parametrize("role", [Role.CONTRIBUTOR, Role.EDITOR])
def test_files_are_handed_in_through_a_desk_and_compared_with_what_is_stored(desks, role):
    rows = table("2024年9月", ("文昌街道", 11, 5))
    file, said = ("表.xlsx", workbook(rows)), Handover(basis="year_to_date", note="x")
    with acting(Person("王", role, (FIRST,))):
        desks.look_up()
        desk = desk_of_reader(desks)
        (preview,) = desk.submissions.preview([file], said)
        states = {one.indicator: one.state for one in preview.changes}
        assert states == {"marriages": "unchanged", "divorces": "new"}  # a draft is no difference
        (receipt,) = desk.submissions.receive([file], said)
        assert not receipt.refused
        assert desk.submissions.latest(1)[0].id == receipt.id
        assert desk.submissions.withdraw(receipt.id, "", "error") == 2


def test_a_group_of_areas_has_one_desk_and_the_longest_unused_is_closed(desks, monkeypatch):
    engine = desks.whole.context.engine
    people = [Person(f"{at}", Role.CONTRIBUTOR, (code,)) for at, code in enumerate(AREAS)]
    desks.whole.context.look_up()
    first = desks.of(people[1])
    assert desks.of(replace(people[1], name="other")) is first is not desks.of(people[2])
    with acting(people[1]):
        unmarked = first.context.intake_engine
    with first.context.engine.connect(), unmarked.connect():
        pass
    monkeypatch.setattr("dashboard.services.reader_desks.MOST", 1)
    desks.of(people[0]), desks.of(people[2])
    assert first.context.engine.pool.checkedin() == 0 == unmarked.pool.checkedin()
    assert desks.of(people[1]) is not first
    assert len(list(engine.dispatch.commit)) == 1  # one listener, however many desks


def test_a_list_of_institutions_is_made_by_the_desk_of_who_asks(desks):
    server = Flask(__name__)
    server.register_blueprint(register_api.blueprint(desk_of_reader(desks)))
    asked = []
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(
            register_api, "RegisterFiles", lambda context, _: asked.append(context.reader)
        )
        for role in (Role.EDITOR, Role.VIEWER):
            with acting(Person("x", role)), suppress(AttributeError):
                server.test_client().get("/api/register")
    assert asked == ["all", "published"]


def test_a_removed_file_is_not_made_anew_by_the_next_reader(tmp_path):
    for engine in fresh_store("sqlite", tmp_path):
        (tmp_path / "store.sqlite").unlink()
        with pytest.raises(OperationalError):
            reading_engine(engine, PUBLISHED).connect()
        assert not (tmp_path / "store.sqlite").exists()


def test_finished_files_and_jobs_go_to_no_reader_who_sees_less(desks):
    desk, home = desk_of_reader(desks), desks.whole.settings.home
    editor, viewer = Person("李", Role.EDITOR), Person("看", Role.VIEWER)
    street, other = (Person(code, Role.CONTRIBUTOR, (code,)) for code in (FIRST, SECOND))
    people = [editor, viewer, street, other]
    desks.look_up()
    made = {editor: [editor], viewer: [editor, viewer], street: [editor, street]}
    for maker, readers in made.items():
        with acting(maker):
            token = keep_file(home, "x.txt", b"30", desk.context.reader)
            job = desk.jobs.start(lambda _progress: {"token": "30"})
        found, asked = [], []
        for person in people:
            with acting(person):
                found += [person] if desk.reports.finished(token) else []
                with suppress(JobGone):
                    desk.jobs.state(job)
                    asked.append(person)
        assert found == asked == readers
    wait_for_jobs(5)
    desks.whole.publications.turn_off()
    desks.look_up()
    with acting(viewer):
        assert desk.reports.finished(token) and desk.jobs.state(job)


def test_turned_off_there_is_one_desk_and_nothing_between(desks):
    desks.whole.publications.turn_off()
    desks.look_up()
    assert all(desks.of(Person("x", role)) is desks.whole for role in Role)


def test_only_editors_publish_and_only_administrators_turn_it_on(desks):
    publications = desks.whole.publications
    for role, acts in {
        Role.CONTRIBUTOR: [lambda: publications.publish(DISTRICT, "2024-09")],
        Role.EDITOR: [publications.turn_off, publications.turn_on],
    }.items():
        with acting(Person("x", role)):
            for act in acts:
                with pytest.raises(StoreError):
                    act()
    with acting(Person("李", Role.EDITOR)):
        publications.publish(DISTRICT, "2024-09")
        publications.withdraw(DISTRICT, "2024-09")
    noted = [(one.act, one.who, one.what) for one in desks.whole.audit.entries()]
    assert noted[:2] == [
        ("publish_withdrawn", "李", "370113 2024-09"),
        ("publish", "李", "370113 2024-09"),
    ]


def test_a_refusal_names_areas_and_of_two_who_publish_one_is_refused(desks):
    publications, now = desks.whole.publications, datetime.now(UTC)
    publications.publish(DISTRICT, "2024-09")
    (newest, *_) = publications.all(1)
    assert newest.effective == newest.written >= now - timedelta(seconds=1)
    name = desks.whole.areas().name_of(DISTRICT, "zh")
    with pytest.raises(StoreError) as refused:
        publications.publish(DISTRICT, "2024-09")
    assert refused.value.text.zh == f"{name} 2024-09 已经发布"
    with pytest.raises(StoreError) as refused:
        publications.withdraw(FIRST, "2024-09")
    assert name in refused.value.text.zh and DISTRICT not in refused.value.text.zh


def test_of_many_who_publish_and_withdraw_at_once_each_finds_what_the_others_did(store):
    """Whoever is second is refused; no place is covered twice, and none is withdrawn twice."""

    def at_once(act):
        def outcome(_):
            try:
                return act()
            except StoreError:
                return 0

        with ThreadPoolExecutor(6) as pool:
            return sorted(pool.map(outcome, range(6)))

    assert at_once(lambda: publish(store, month(SEPTEMBER), AREAS, None, "li")) == [0] * 5 + [3]
    gone = at_once(lambda: withdraw_publication(store, month(SEPTEMBER), AREAS, [], "li"))
    assert gone == [0] * 5 + [3]
    newest, *_ = read_publications(store)
    assert (newest.places, newest.standing) == (3, 0)


def test_months_to_come_and_decades_are_not_published_at_once(desks):
    publications, year = desks.whole.publications, datetime.now(UTC).year
    for area, period in [(DISTRICT, f"{year + 2}-01"), (DISTRICT, f"{year + 1}")]:
        with pytest.raises(UnknownName, match="not begun"):
            publications.publish(area, period)
    assert publications.publish(DISTRICT, f"{year + 1}-01", f"{year + 1}-02-10 09:00").at
    long = Months(DISTRICT, Period(2000, 1), Period(2010, 1))
    with pytest.raises(UnknownName, match="120"):
        _refuse_ahead(long, datetime.now(UTC))


def test_a_street_that_is_registered_later_is_published_where_its_district_was(store, seen):
    new = Area("370113099", Text("新街道", "New"), Level.STREET, parent=DISTRICT)
    now = datetime.now(UTC)
    publish(store, month(SEPTEMBER), AREAS, None, "editor")
    figures_of_new = [stated(3.0, area=new.code, period=one) for one in (AUGUST, SEPTEMBER)]
    record(store, [arrival(*figures_of_new)], now, areas=[new])
    # August was stored when publication was turned on, and nothing of the street was.
    assert {place for place in figures(seen(PUBLISHED)) if place[0] == new.code} == {(new.code, 9)}
    assert draft_places(store) == {AUGUST: [new.code]}
    assert withdraw_publication(store, month(SEPTEMBER), [*AREAS, new.code], [], "editor") == 4
    publish(store, month(SEPTEMBER), AREAS, None, "editor")
    record(store, [], now, areas=[new])  # named anew: it stays the draft it was made
    assert not {place for place in figures(seen(PUBLISHED)) if place[0] == new.code}


def test_what_an_area_had_not_reported_when_it_was_turned_on_is_a_draft(store, seen):
    late, july = "370113003", Period(2024, 7)
    record(store, [arrival(stated(4.0, area=late, period=AUGUST))], LATER)
    record(store, [arrival(stated(5.0, area=FIRST, period=july))], LATER)
    viewer = figures(seen(PUBLISHED))
    assert (late, 8) not in viewer and (FIRST, 7) not in viewer and (FIRST, 8) in viewer
    assert draft_places(store)[AUGUST] == [late] and draft_places(store)[july] == [FIRST]


def test_an_area_above_without_figures_of_its_own_bars_no_withdrawal(store):
    country = "000000"
    publish(store, month(SEPTEMBER), [country, *AREAS], None, "editor")
    street = Months(FIRST, SEPTEMBER, SEPTEMBER)
    with pytest.raises(StoreError, match=DISTRICT):
        withdraw_publication(store, street, [FIRST], [country, DISTRICT], "editor")
    assert withdraw_publication(store, month(SEPTEMBER), AREAS, [country], "editor") == 3


def test_commands_turn_it_on_publish_schedule_and_list(tmp_path, commands):
    run = commands(tmp_path)
    code, said = run("publish", DISTRICT, "2024-09")
    assert code == 1 and "没有开启" in said
    assert run("publication", "on", "--lang", "en")[0] == 0
    code, said = run("publish", DISTRICT, "2024Q3", "--at", "2090-01-02 09:30", "--lang", "en")
    assert code == 0 and "2090-01-02 09:30" in said
    assert ",370113,2024-07..2024-09,scheduled," in run("publication")[1]
    assert run("unpublish", DISTRICT, "2024-08")[0] == 1  # September is scheduled
    assert run("unpublish", DISTRICT, "2024-09")[0] == 0
    assert ",partly," not in (listed := run("publication")[1]) and "scheduled" in listed
    assert run("publish", DISTRICT, "2024-09", "--at", "1999-01-01 00:00")[0] == 2
    assert run("publication", "off")[0] == 0


@pytest.fixture
def switched_off(app):
    """The app, in which publication is off again afterwards."""
    yield app
    with acting(LOCAL):
        if app.desks.whole.publications.is_on:
            app.desks.whole.publications.turn_off()


@pytest.mark.slow
@pytest.mark.parametrize(
    ("language", "off", "planned", "withdrawn"),
    [
        ("zh", "没有开启发布", "定时发布", "已撤回 示例区 2003年5月"),
        ("en", "is off", "scheduled", "Withdrew"),
    ],
)
def test_an_administrator_turns_it_on_and_an_editor_publishes_on_a_page(
    open_server,  # noqa: F811
    switched_off,
    language,
    off,
    planned,
    withdrawn,
):
    path, place = f"/publications?lang={language}", {"area": "990101", "period": "2003-05"}
    editor, admin = signed_in(open_server, "editor"), signed_in(open_server, "admin")
    assert off in editor.get(path).text
    assert sent_form(admin, path, act="publish", at="", **place).status_code == 422
    assert sent_form(admin, path, act="on").status_code == 303
    assert editor.get(path).text.count('value="on"') == 0 == editor.get(path).text.count('"off"')
    assert sent_form(editor, path, act="off").status_code == 422
    answer = sent_form(editor, path, act="publish", at="2090-01-02 09:30", **place)
    assert answer.status_code == 303
    assert f"<td>{planned}</td>" in editor.get(answer.headers["Location"]).text
    answer = sent_form(editor, path, act="publish", at="1999-01-01", **place)
    assert answer.status_code == 422 and 'value="1999-01-01"' in answer.text  # to be corrected
    answer = sent_form(editor, path, act="withdraw", **place)
    assert withdrawn in editor.get(answer.headers["Location"]).text
    assert sent_form(editor, path, act="withdraw", **place).status_code == 422
    assert editor.post(path, data={"act": "publish"}).status_code == 400
    assert sent_form(admin, path, act="publish", **place, at="").status_code == 303
    refused = sent_form(admin, path, act="publish", **place, at="")  # names the area
    assert refused.status_code == 422 and "990101 2003-05" not in refused.text
    assert re.search(r'<select name="area"><option value="990101', refused.text)
    assert sent_form(admin, path, act="withdraw", **place).status_code == 303
    assert sent_form(admin, path, act="off").status_code == 422  # not confirmed
    assert sent_form(admin, path, act="off", sure="1").status_code == 303


@pytest.mark.slow
def test_readers_of_a_running_server_see_at_once_that_it_was_turned_on(
    open_server,  # noqa: F811
    switched_off,
):
    desk, viewer = switched_off.desks, signed_in(open_server, "viewer")
    asked = "/api/observations?area=990101&indicator=marriages&from=2026-09"
    stored = viewer.get(asked).json
    with acting(LOCAL):
        desk.whole.publications.turn_on()
    assert viewer.get(asked).json == stored  # samples count as published
    assert desk.of(Person("", Role.VIEWER)) is not desk.whole
    assert viewer.get("/plain/?area=990101&lang=zh").status_code == 200
