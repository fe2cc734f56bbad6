"""A store of the first version is brought up to date with everything in it."""

import pytest
from alembic import command
from alembic.script import ScriptDirectory
from sqlalchemy import text
from stores import BACKENDS, WHEN, arrival, fresh_store, stated

from dashboard.store.deliveries import read_deliveries
from dashboard.store.observations import Query, read_figures, read_revisions
from dashboard.store.opening import _config, newest_schema
from dashboard.store.record import record
from dashboard.store.submissions import read_submissions
from dashboard.store.tables import metadata, open_store
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


@pytest.fixture(params=BACKENDS)
def first_version(request, tmp_path):
    """The address of a store as the first version made it, with one submission in it."""
    for engine in fresh_store(request.param, tmp_path):
        with engine.begin() as connection:
            metadata.drop_all(connection)
            connection.execute(text("DROP TABLE dashboard_migration"))
            config = _config()
            config.attributes["connection"] = connection
            command.upgrade(config, "0001")
            for statement in (SUBMISSION, REVISION, OBSERVATION):
                connection.execute(text(statement))
        engine.dispose()
        yield engine.url.render_as_string(hide_password=False)


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


def test_a_second_start_changes_nothing(first_version):
    open_store(first_version).dispose()
    store = open_store(first_version)
    assert len(read_submissions(store)) == 1
    store.dispose()


def test_the_newest_schema_is_read_off_the_migrations_file_names():
    assert newest_schema() == ScriptDirectory.from_config(_config()).get_current_head()
