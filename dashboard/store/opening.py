"""Opens a store: makes it where there is none, brings an older one up to date, refuses others."""

from __future__ import annotations

import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sqlalchemy import (
    URL,
    Connection,
    Engine,
    create_engine,
    event,
    func,
    inspect,
    make_url,
    select,
    text,
)
from sqlalchemy.engine.interfaces import DBAPIConnection
from sqlalchemy.exc import ArgumentError, SQLAlchemyError
from sqlalchemy.pool import ConnectionPoolEntry

from dashboard.base.file_refusals import no_right, unusable, why_not
from dashboard.base.language import Text
from dashboard.base.private_files import make_private_file, make_private_folder
from dashboard.store.file_in_place import watch_file
from dashboard.store.sqlite_copy import copy_database, is_whole

if TYPE_CHECKING:
    from alembic.config import Config

MIGRATIONS = Path(__file__).resolve().parent / "migrations"
VERSION_TABLE = "dashboard_migration"  # a name of our own: other programs keep an alembic_version
CACHE_KIBIBYTES = 2000  # what SQLite itself takes for a connection
BUSY_SECONDS = 30  # how long a writer waits for the one before it
NOTE_SECONDS = 2  # the same for what a file waits for before it leaves: receipt and audit log
LEAST_BYTES = 256 * 1024  # without which SQLite cannot open a file that several read
CONNECT_SECONDS = 5  # that a PostgreSQL server has to take a connection
_LOCK = 20240901  # any number, the same in every process: PostgreSQL's advisory lock for migrations


class StoreError(Exception):
    """A store that cannot be opened, or figures it will not take; the message says why.

    ``text`` says it in both languages where it is one that readers of a page can meet.
    """

    def __init__(self, message: str | Text) -> None:
        """Keep the message; as an exception's text it is English."""
        self.text = message if isinstance(message, Text) else Text(message, message)
        super().__init__(self.text["en"])


def open_store(url: str) -> Engine:
    """The store at ``url`` (sqlite:///file or postgresql://…), made or migrated where needed.

    Safe to call from several processes at once. Raises StoreError for an address that cannot be
    used, a database of another program and one written by a newer version of this program.
    """
    address = _address(url)
    with _opening(address) as engine:
        if not _is_current(engine):
            _migrate(engine)
        if address.get_backend_name() == "sqlite":
            _let_readers_in(engine)
            watch_file(engine, str(address.database))
    return engine


def open_as_it_is(url: str) -> Engine:
    """The store at ``url``, which is there and up to date: nothing is made or changed.

    Raises StoreError that says what to do where it is not.
    """
    address = _address_there(url)
    with _opening(address) as engine:
        if not _is_current(engine):
            raise StoreError(_OLDER)
        if address.get_backend_name() == "sqlite":
            watch_file(engine, str(address.database))
    return engine


@contextmanager
def _opening(address: URL) -> Iterator[Engine]:
    """An engine that is given back where the store cannot be opened; the error says why."""
    engine = _engine(address)
    if address.get_backend_name() == "sqlite":
        _prepare_sqlite(engine)
    try:
        yield engine
    except StoreError:
        engine.dispose()
        raise
    except (SQLAlchemyError, sqlite3.Error, OSError) as error:
        engine.dispose()
        raise _not_opened(address, error) from error


_OLDER = Text(
    "数据库不是本版本的格式；较早的会在下次启动时自动升级",
    "the database is not of this version; an older one is brought up to date at the next start",
)


def refuse_missing(url: str) -> None:
    """Raises StoreError where there is no database file at ``url``, and makes none."""
    _address_there(url)


def _address_there(url: str) -> URL:
    address = _parsed(url)
    if address.get_backend_name() != "sqlite":
        return address
    file = Path(str(address.database))
    try:
        file.stat()
    except PermissionError as error:
        raise StoreError(why_not(error, file, file.absolute().parent)) from error
    except OSError as error:
        raise StoreError(
            Text(
                f"没有数据库 {file}；如果数据在别处，请设置 DASHBOARD_HOME（与运行服务时相同）",
                f"there is no database {file}: where the figures are elsewhere, set DASHBOARD_HOME"
                " as it is set for the service",
            )
        ) from error
    return address


def open_again(engine: Engine) -> Engine:
    """Another engine over the store of one that is open, with connections of its own."""
    another = _engine(engine.url, connections=1)
    if engine.dialect.name == "sqlite":
        _prepare_sqlite(another)
        watch_file(another, str(engine.url.database), engine)
    return another


def _not_opened(address: URL, error: Exception) -> StoreError:
    """Why a store cannot be opened; of a full disk SQLite says no more than "disk I/O error"."""
    name, reason = _name(address), _reason(error)
    file = Path(str(address.database))
    if address.get_backend_name() == "sqlite" and (right := _missing_right(file)):
        return StoreError(right)
    if address.get_backend_name() == "sqlite" and _disk_is_full(file):
        return StoreError(
            Text(
                f"{name} 打不开：磁盘已满（{reason}）",
                f"{name}: cannot be opened: the disk is full ({reason})",
            )
        )
    return StoreError(Text(f"{name} 打不开：{reason}", f"{name}: cannot be opened: {reason}"))


def _missing_right(file: Path) -> Text | None:
    """That the database or its folder is another user's; None where that is not what is wrong."""
    folder = file.absolute().parent
    for path in (folder, file, *folder.glob(f"{file.name}-*")):
        if unusable(path):
            return no_right(path, folder)
    return None


def _disk_is_full(file: Path) -> bool:
    try:
        return shutil.disk_usage(file.parent).free < LEAST_BYTES
    except OSError:
        return False


def _parsed(url: str) -> URL:
    """The address, of a database of one of the two kinds; raises StoreError."""
    try:
        address = make_url(url)
    except ArgumentError as error:
        raise StoreError(
            f"{url}: not a database address; expected sqlite:///… or postgresql://…"
        ) from error
    backend = address.get_backend_name()
    if backend not in ("sqlite", "postgresql"):
        raise StoreError(f"{backend}: only sqlite:///… and postgresql://… are supported")
    if backend == "sqlite":
        if not address.database or address.database == ":memory:":
            raise StoreError(f"{url}: a file is needed, for several threads and processes read it")
    return address


def _address(url: str) -> URL:
    """The address, with the private folder and file of a SQLite database; raises StoreError."""
    address = _parsed(url)
    if address.get_backend_name() == "sqlite":
        folder = Path(str(address.database)).resolve().parent
        try:
            make_private_folder(folder)
        except OSError as error:
            raise StoreError(why_not(error, folder, folder)) from error
        with suppress(OSError):  # SQLite says better why it cannot be opened
            make_private_file(Path(str(address.database)))
    return address


def _engine(address: URL, connections: int = 5) -> Engine:
    """The engine of an address; a PostgreSQL server that was started anew is connected to anew.

    ``connections`` stay open to such a server when nobody reads.
    """
    if address.get_backend_name() == "sqlite":
        return create_engine(address)
    wait = {} if "connect_timeout" in address.query else {"connect_timeout": CONNECT_SECONDS}
    pool: dict[str, Any] = {"pool_pre_ping": True, "pool_size": connections}
    return create_engine(address, connect_args=wait, **pool)


def _prepare_sqlite(engine: Engine) -> None:
    @event.listens_for(engine, "connect")
    def settings(connection: DBAPIConnection, _: ConnectionPoolEntry) -> None:
        # The driver would open transactions late and leave reads outside: we say BEGIN ourselves.
        connection.isolation_level = None
        cursor = connection.cursor()
        cursor.execute(f"PRAGMA busy_timeout = {BUSY_SECONDS * 1000}")
        cursor.execute("PRAGMA foreign_keys = ON")
        cursor.execute("PRAGMA synchronous = NORMAL")
        cursor.close()

    @event.listens_for(engine, "checkin")
    def give_back(connection: DBAPIConnection | None, _: ConnectionPoolEntry) -> None:
        if connection is not None:  # a large load may have asked for more room, a note for haste
            cursor = connection.cursor()
            cursor.execute(f"PRAGMA cache_size = -{CACHE_KIBIBYTES}")
            cursor.execute(f"PRAGMA busy_timeout = {BUSY_SECONDS * 1000}")
            cursor.close()

    @event.listens_for(engine, "begin")
    def begin(connection: Connection) -> None:
        alone = connection.get_execution_options().get("alone", False)
        connection.exec_driver_sql("BEGIN IMMEDIATE" if alone else "BEGIN")


def be_patient(connection: Connection, seconds: int) -> None:
    """Wait so long for other writers until the connection is given back; before it begins."""
    if connection.dialect.name == "sqlite":
        cursor = connection.connection.cursor()
        cursor.execute(f"PRAGMA busy_timeout = {seconds * 1000}")
        cursor.close()


def _let_readers_in(engine: Engine) -> None:
    """Readers go on while one writes (WAL). It stays with the file, so only our own is changed."""
    connection = engine.raw_connection()
    try:
        connection.cursor().execute("PRAGMA journal_mode = WAL").close()
    finally:
        connection.close()


def _config() -> Config:
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS).replace("%", "%%"))
    config.set_main_option("path_separator", "os")
    return config


def newest_schema() -> str:
    """The newest schema's revision, by which its migration's file is named.

    Alembic says the same, but its import costs every command a fifth of a second.
    """
    return max(file.name.partition("_")[0] for file in (MIGRATIONS / "versions").glob("*.py"))


def _heads(connection: Connection) -> tuple[str, ...]:
    """The revisions that the store is at; none where it is not ours, or new."""
    if not inspect(connection).has_table(VERSION_TABLE):
        return ()
    revisions = connection.execute(text(f"SELECT version_num FROM {VERSION_TABLE}"))
    return tuple(revisions.scalars())


def _is_current(engine: Engine) -> bool:
    """Whether nothing is to be done; asked without a lock, so that no start waits for a load."""
    with engine.connect() as connection:
        return _heads(connection) == (newest_schema(),)


def _migrate(engine: Engine) -> None:
    from alembic import command
    from alembic.script import ScriptDirectory

    config = _config()
    known = {script.revision for script in ScriptDirectory.from_config(config).walk_revisions()}
    with engine.connect().execution_options(alone=True) as connection, connection.begin():
        if connection.dialect.name == "postgresql":
            connection.execute(select(func.pg_advisory_xact_lock(_LOCK)))
        heads = _heads(connection)
        if not known.issuperset(heads):
            raise StoreError(
                f"{_name(engine.url)}: written by a newer version of this program"
                f" (schema {', '.join(heads)}); update the program first"
            )
        others = set(inspect(connection).get_table_names()) - {VERSION_TABLE}
        if others and not heads:
            raise StoreError(
                f"{_name(engine.url)}: holds tables of another program"
                f" ({', '.join(sorted(others)[:3])}); an empty database is needed"
            )
        if heads and connection.dialect.name == "sqlite":
            _keep_copy(Path(str(engine.url.database)), heads[0])
        config.attributes["connection"] = connection
        command.upgrade(config, "head")


def _keep_copy(database: Path, schema: str) -> None:
    """Keep the database as it is before it is migrated, beside it; the latest copy alone stays."""
    copy = database.with_name(f"{database.name}.before-migration-of-{schema}")
    copy_database(database.resolve(), copy)
    if not is_whole(copy):
        copy.unlink()
        raise StoreError(
            Text(
                f"{database} 已损坏，没有升级；请用 restore 恢复备份",
                f"{database}: damaged, and not brought up to date; put a backup in place with"
                " restore",
            )
        )
    for older in database.parent.glob(f"{database.name}.before-migration-of-*"):
        if older != copy:
            older.unlink()


def _name(address: URL) -> str:
    if address.get_backend_name() == "sqlite":
        return str(address.database)
    return address.render_as_string(hide_password=True)


def _reason(error: Exception) -> str:
    return str(getattr(error, "orig", None) or error).strip()
