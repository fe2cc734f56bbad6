"""Backs the store up once a day, in the server itself, and keeps the latest archives.

Every process of the server runs it and one of them does the work. What decides is the folder: where
the latest archive is older than the last hour that was set, one is due, also after a night in which
the computer was off. A failure is logged, kept in the home folder for ``doctor``, and tried again.
"""

from __future__ import annotations

import json
import logging
import os
import shutil
import threading
from collections.abc import Iterator
from contextlib import suppress
from datetime import datetime, timedelta
from pathlib import Path
from typing import NamedTuple

from dashboard.base.language import Text
from dashboard.base.logs import failure_line
from dashboard.base.settings import Settings
from dashboard.base.shared_bytes import try_lock
from dashboard.services.access.audit import Audit
from dashboard.services.context import Context
from dashboard.store.backup import back_up
from dashboard.store.opening import StoreError

log = logging.getLogger(__name__)
PREFIX, _STAMP = "dashboard-nightly-", "%Y%m%d-%H%M%S"
FAILED = "backup.failed"  # in the home folder: why the last attempt came to nothing
POLL = 60.0  # seconds between two looks at clock and folder
RETRY = timedelta(minutes=15)  # after a failure
_ABANDONED = timedelta(days=1)  # what a backup that was killed has left is older
_LEEWAY = timedelta(minutes=5)  # a clock that was ahead: such an archive does not stand for today
SERVER = "server"  # signs in the audit log


class Archive(NamedTuple):
    """An archive of a night and when it was made, by this computer's clock."""

    made: datetime
    file: Path


class Failure(NamedTuple):
    """When the last attempt failed, by this computer's clock, and why; in which run of a server."""

    at: datetime
    why: Text
    run: str = ""


def archives(folder: Path) -> list[Archive]:
    """The archives of nights in a folder, latest first; those made by hand are not among them."""
    found = list[Archive]()
    with suppress(OSError):
        for file in folder.glob(f"{PREFIX}*.zip"):
            with suppress(ValueError):
                made = datetime.strptime(file.stem.removeprefix(PREFIX), _STAMP)
                found.append(Archive(made, file))
    return sorted(found, reverse=True)


def last_due(now: datetime, at: str) -> datetime:
    """The last moment before ``now`` at which a backup is due; ``at`` is as 02:00."""
    hour, minute = map(int, at.split(":"))
    today = now.replace(hour=hour, minute=minute, second=0, microsecond=0)
    return today if today <= now else today - timedelta(days=1)


def is_due(settings: Settings, now: datetime) -> bool:
    """Whether no archive was made since the last moment that was set."""
    folder = settings.backup_folder
    if folder is None:
        return False
    due = last_due(now, settings.backup_at)
    return not any(due <= archive.made <= now + _LEEWAY for archive in archives(folder))


def last_failure(home: Path) -> Failure | None:
    """The failure that no success has followed."""
    try:
        kept = json.loads((home / FAILED).read_text(encoding="utf-8"))
        why = Text(kept["zh"], kept["en"])
        return Failure(datetime.fromisoformat(kept["at"]), why, kept.get("run", ""))
    except (OSError, ValueError, KeyError, TypeError):
        return None


class NightlyBackup:
    """Makes the backup of each night while a server runs. One process of the server does it."""

    def __init__(self, context: Context) -> None:
        """Back up the store of this context, into the folder that its settings name."""
        self._context = context

    def begin(self) -> None:
        """Watch the clock from now on, until the process ends; nothing where no folder is set."""
        if self._context.settings.backup_folder is not None:
            threading.Thread(target=self._run, daemon=True, name="nightly backup").start()

    def step(self, now: datetime) -> Path | None:
        """Back up where that is due; the archive, None where nothing was to be done or it failed.

        ``now`` is this computer's time, without a zone, as archives are named.
        """
        settings = self._context.settings
        failure = last_failure(settings.home)
        is_of_run = failure is not None and failure.run == _run_of(settings)
        waits = failure is not None and is_of_run and abs(now - failure.at) < RETRY
        if waits or not is_due(settings, now):
            return None
        handle = try_lock(settings.home / "backup.lock")
        if handle is None:
            return None
        try:
            return self._attempt(now) if is_due(settings, now) else None
        finally:
            os.close(handle)

    def _run(self) -> None:
        while True:
            try:
                self.step(datetime.now())
            except Exception as error:  # whatever fails: the next night is tried all the same
                log.error("nightly backup: %s", failure_line(error))
            threading.Event().wait(POLL)

    def _attempt(self, now: datetime) -> Path | None:
        settings, folder = self._context.settings, Path(str(self._context.settings.backup_folder))
        try:
            if not folder.is_dir():
                raise StoreError(_no_folder(folder))
            _remove_abandoned(folder, now)
            file = folder / f"{PREFIX}{now:{_STAMP}}.zip"
            made = back_up(self._context.engine, settings.home, file)
        except StoreError as error:
            self._note(Failure(now, error.text, _run_of(settings)))
            return None
        for old in archives(folder)[settings.backup_keep :]:
            old.file.unlink(missing_ok=True)
        (settings.home / FAILED).unlink(missing_ok=True)
        Audit(self._context.engine).note_of(SERVER, "backup", str(made.file), "")
        return made.file

    def _note(self, failure: Failure) -> None:
        log.error("nightly backup: %s", failure.why.en)
        why = failure.why
        kept = {"at": failure.at.isoformat(), "zh": why.zh, "en": why.en, "run": failure.run}
        with suppress(OSError):  # a disk that is full: the log has it, and doctor the archive's age
            file = self._context.settings.home / FAILED
            file.write_text(json.dumps(kept, ensure_ascii=False), encoding="utf-8")


def _run_of(settings: Settings) -> str:
    """What names this run of the server in all its processes; of one that is alone, its process.

    A failure of an earlier run is not waited for: its cause may have been removed at the restart.
    """
    return settings.shared_answers.name if settings.shared_answers else f"process {os.getpid()}"


def _no_folder(folder: Path) -> Text:
    return Text(
        f"备份文件夹 {folder} 不存在（磁盘没有接上？）",
        f"the folder for backups, {folder}, is not there (is the disk mounted?)",
    )


def _remove_abandoned(folder: Path, now: datetime) -> None:
    """Remove what backups left that were killed with the computer or the server."""
    for old in _working_folders(folder):
        with suppress(OSError):
            if now - datetime.fromtimestamp(old.stat().st_mtime) > _ABANDONED:
                shutil.rmtree(old, ignore_errors=True)


def _working_folders(folder: Path) -> Iterator[Path]:
    with suppress(OSError):
        yield from (path for path in folder.glob(".backup-*") if path.is_dir())
