"""A store of the first version is brought up to date with everything in it."""

import pytest
from alembic import command
from alembic.script import ScriptDirectory
from sqlalchemy import create_engine, text
from stores import BACKENDS, WHEN, arrival, postgres_database, stated

from dashboard.intake.mapping_answers import MappingAnswers
from dashboard.store.mappings import read_dropped, read_mappings
from dashboard.store.observations import read_figures, read_revisions
from dashboard.store.opening import _config, newest_schema, open_store
from dashboard.store.query import Query
from dashboard.store.record import record
from dashboard.store.reports_received import read_deliveries
from dashboard.store.submissions import read_submissions
from dashboard.store.transaction import Decision
from dashboard.store.withdrawal import withdraw

SUBMISSION = """INSERT INTO submission (file, sheet, form, title, area, period, grade, received,
    submitted_by, note, is_sample, figures, findings)
    VALUES ('老表.xlsx', '1', 'JZH01', '', '370113', 202409, 'official', '2024-10-08 09:30:00',
    '李', '', false, 1, 0)"""
REVISION = """INSERT INTO revision VALUES ('marriages', '370113001', 202409, 'actual', 1, 0, 120.0,
    'A', NULL, '1', 5, 'C', '', '')"""
OBSERVATION = """INSERT INTO observation VALUES ('marriages', '370113001', 202409, 'actual', 120.0,
    'A', NULL, 1)"""


def empty_database(backend, folder):
    """Yield the address of a database without tables."""
    if backend == "sqlite":
        yield f"sqlite:///{folder / 'store.sqlite'}"
        return
    with postgres_database() as address:
        yield address


@pytest.fixture(params=BACKENDS)
def first_version(request, tmp_path):
    """The address of a store as the first version made it, with one submission in it."""
    for address in empty_database(request.param, tmp_path):
        engine = create_engine(address)
        with engine.begin() as connection:
            config = _config()
            config.attributes["connection"] = connection
            command.upgrade(config, "0001")
            for statement in (SUBMISSION, REVISION, OBSERVATION):
                connection.execute(text(statement))
        engine.dispose()
        yield address


def test_its_figures_are_there_and_everything_new_works(first_version):
    store = open_store(first_version)
    (row,) = read_submissions(store)
    assert (row.file, row.sha256, row.withdrawn, row.received) == ("老表.xlsx", "", None, WHEN)
    assert [figure.value for figure in read_figures(store, Query())] == [120.0]
    (came,) = read_deliveries(store, ["370113001"])
    assert (came.submission, came.form, came.given, came.returned) == (row.id, "JZH01", 1, False)
    (number,) = record(store, [arrival(stated(118.0))], WHEN)
    assert withdraw(store, number, Decision("王", WHEN, "mistake")) == 1
    assert [figure.value for figure in read_figures(store, Query())] == [120.0]
    assert len(read_revisions(store, Query())) == 2
    store.dispose()


def test_what_earlier_tables_of_streets_state_is_kept_with_them(first_version):
    engine = create_engine(first_version)
    with engine.begin() as connection:
        connection.execute(text("UPDATE submission SET form = 'street_table'"))
    engine.dispose()
    store = open_store(first_version)
    (came,) = read_deliveries(store, ["370113001"])
    (figure,) = read_figures(store, Query())
    assert came.indicators == (figure.indicator,)
    store.dispose()


def test_a_second_start_changes_nothing(first_version):
    open_store(first_version).dispose()
    store = open_store(first_version)
    assert len(read_submissions(store)) == 1
    store.dispose()


def test_the_newest_schema_is_read_off_the_migrations_file_names():
    assert newest_schema() == ScriptDirectory.from_config(_config()).get_current_head()


OLD_MAPPINGS = (  # form, name, indicator; of every table of a layout
    ("street_table", "办理结婚证的新婚夫妻", "marriages"),
    ("street_table", "备查", ""),
    ("street_table", "谁也没报过", "orphans"),
    ("street_table", "取消了的", None),
    ("JZH01", "结婚的", "marriages"),
)


@pytest.fixture
def with_mappings(first_version):
    engine = create_engine(first_version)
    with engine.begin() as connection:
        config = _config()
        config.attributes["connection"] = connection
        command.upgrade(config, "0012")
        connection.execute(text("UPDATE submission SET form = 'street_table'"))
        for form, name, indicator in OLD_MAPPINGS:
            connection.execute(
                text(
                    "INSERT INTO mapping (form, name, indicator, written, written_by)"
                    " VALUES (:form, :name, :indicator, '2024-10-08 09:30:00', '李')"
                ),
                {"form": form, "name": name, "indicator": indicator},
            )
    engine.dispose()
    return first_version


def test_mappings_of_any_table_are_carried_over_to_the_district_that_used_them(with_mappings):
    store = open_store(with_mappings)
    assert [(one.form, one.name, one.indicator, one.by) for one in read_mappings(store)] == [
        ("JZH01", "结婚的", "marriages", "李"),
        ("street_table:370113:", "办理结婚证的新婚夫妻", "marriages", "李"),
    ]
    assert read_dropped(store) == [("street_table", "备查"), ("street_table", "谁也没报过")]
    store.dispose()


def test_what_was_carried_over_is_proposed_and_not_applied(with_mappings):
    store = open_store(with_mappings)
    said = MappingAnswers(kept=read_mappings(store))
    subject = "street_table:370113:长清区婚姻登记表"
    assert said.of_form(subject) == {}
    assert said.proposed("办理结婚证的新婚夫妻(对)", subject) == ("marriages",)
    assert said.proposed("别的", subject) == ()
    store.dispose()
