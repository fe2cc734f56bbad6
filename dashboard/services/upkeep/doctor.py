"""Examines an installation: database, files, disk, rights, versions, fonts, clock, network share.

Each check is a function of the settings, or of settings and store, that returns one verdict: how it
stands, in words, with what to do where it does not stand well. Nothing is made or changed.
"""

from __future__ import annotations

import shutil
import sqlite3
import stat
import subprocess
import sys
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from pathlib import Path
from typing import NamedTuple

from dashboard.base.file_refusals import FOLDERS_READ, owner_name
from dashboard.base.language import Text
from dashboard.base.settings import Settings
from dashboard.services.access.secret_key import FILE
from dashboard.services.upkeep.nightly_backup import archives, last_due, last_failure
from dashboard.store.health import LEAST_ROOM, trouble_of
from dashboard.store.integrity import integrity_troubles, latest_moment, named_files
from dashboard.store.opening import Engine, StoreError, newest_schema, open_as_it_is
from dashboard.store.received import ReceivedFiles

_FONTS = ("fc-list", ":lang=zh", "family")
_SHARES = ("nfs", "nfs4", "cifs", "smb3", "smbfs", "fuse.sshfs", "9p", "afs", "ncpfs")
_SHOWN = 5  # files that are named
_MIB = 1024 * 1024


class CheckState(StrEnum):
    """How a check came out."""

    OK = "ok"
    WARN = "warn"
    FAIL = "fail"


class CheckResult(NamedTuple):
    """What a check came to: ``advice`` says what to do, empty where nothing is to be done."""

    name: Text
    state: CheckState
    text: Text
    advice: Text = Text("", "")


class Installation(NamedTuple):
    """What the checks of the store work on."""

    settings: Settings
    engine: Engine


def examine(settings: Settings) -> Iterator[CheckResult]:
    """Every check, one after the other; the home folder first, and nothing is made in it."""
    yield home_folder(settings)
    try:
        engine = open_as_it_is(settings.database_url)
    except StoreError as error:
        yield CheckResult(_DATABASE, CheckState.FAIL, error.text)
    else:
        yield from (check(Installation(settings, engine)) for check in OF_STORE)
        engine.dispose()
    yield from (check(settings) for check in OF_COMPUTER)


def home_folder(settings: Settings) -> CheckResult:
    """Which home folder this is, and whether it is there and one user's."""
    name, home = Text("数据目录", "home folder"), settings.home
    if not home.is_dir():
        gone = Text(f"{home} 不存在", f"{home} is not there")
        return CheckResult(name, CheckState.FAIL, gone, _SET_HOME)
    owner, foreign = owner_name(home), _foreign(home)
    text = Text(str(home), str(home))
    if owner:
        text = Text(f"{home}（属于 {owner}）", f"{home}, which belongs to {owner}")
    if foreign:
        listed = ", ".join(map(str, foreign[:_SHOWN]))
        text = Text(f"{text.zh}；属于其他用户：{listed}", f"{text.en}; of another user: {listed}")
        advice = f"chown -R {owner}: {home}"
        return CheckResult(name, CheckState.FAIL, text, Text(advice, advice))
    return CheckResult(name, CheckState.OK, text)


_SET_HOME = Text(
    "设置 DASHBOARD_HOME，与运行服务时相同",
    "set DASHBOARD_HOME as it is set for the service",
)
_DATABASE = Text("数据库", "database")


def _foreign(home: Path) -> list[Path]:
    """What in a home folder belongs to another user than the folder does.

    The folders that the program reads alone may be another user's.
    """
    if sys.platform == "win32":
        return []
    owner = home.stat().st_uid
    written = (
        path for path in home.rglob("*") if path.relative_to(home).parts[0] not in FOLDERS_READ
    )
    return [path for path in written if path.lstat().st_uid != owner]


def database(context: Installation) -> CheckResult:
    """Whether the database can be read and written and is whole."""
    name, trouble = _DATABASE, trouble_of(context.engine)
    if trouble is not None:
        return CheckResult(name, CheckState.FAIL, trouble, _RESTORE)
    troubles = integrity_troubles(context.engine)
    if troubles:
        listed = "; ".join(troubles[:_SHOWN])
        return CheckResult(
            name, CheckState.FAIL, Text(f"已损坏：{listed}", f"damaged: {listed}"), _RESTORE
        )
    return CheckResult(name, CheckState.OK, Text("完整", "whole"))


_RESTORE = Text(
    "停止本系统，用 restore 恢复最近的备份",
    "stop the dashboard and put the latest backup in place with restore",
)


def files(context: Installation) -> CheckResult:
    """Whether the received files are there and are what was received."""
    name = Text("原始文件", "received files")
    received_files = ReceivedFiles(context.settings.home / "received")
    wrong, count = list[str](), 0
    for sha256, file in named_files(context.engine):
        count += 1
        try:
            if received_files.read(sha256) is None:
                wrong.append(file)
        except StoreError:
            wrong.append(file)
    if not wrong:
        return CheckResult(
            name, CheckState.OK, Text(f"{count} 个，全部相符", f"{count}, all as received")
        )
    listed = ", ".join(wrong[:_SHOWN])
    text = Text(
        f"{count} 个中有 {len(wrong)} 个缺失或被改动：{listed}",
        f"{len(wrong)} of {count} are missing or were changed: {listed}",
    )
    advice = Text(
        "从备份中取回 received 文件夹；数据本身不受影响",
        "bring the folder received back from a backup; the figures are not affected",
    )
    return CheckResult(name, CheckState.FAIL, text, advice)


def disk(settings: Settings) -> CheckResult:
    """Whether the disk has room for hand-ins and for a backup."""
    free = shutil.disk_usage(_home(settings)).free
    size = sum(path.stat().st_size for path in _home(settings).glob("dashboard.sqlite*"))
    text = Text(f"可用 {free // _MIB:,} MB", f"{free // _MIB:,} MB free")
    advice = Text("清理磁盘或换更大的磁盘", "free some of the disk, or use a larger one")
    state = CheckState.WARN if free < 3 * size + 10 * LEAST_ROOM else CheckState.OK
    state = CheckState.FAIL if free < LEAST_ROOM else state
    return CheckResult(
        Text("磁盘", "disk"), state, text, Text("") if state is CheckState.OK else advice
    )


def backups(settings: Settings) -> CheckResult:
    """Whether the server backs up every night, and did so last."""
    name, folder = Text("每晚备份", "nightly backup"), settings.backup_folder
    if folder is None:
        return CheckResult(name, CheckState.WARN, Text("没有设置", "not set"), _SET_BACKUP)
    failure = last_failure(settings.home)
    if failure is not None:
        text = Text(
            f"{failure.at:%Y-%m-%d %H:%M} 失败：{failure.why.zh}",
            f"failed on {failure.at:%Y-%m-%d %H:%M}: {failure.why.en}",
        )
        return CheckResult(name, CheckState.FAIL, text, _BACK_UP_NOW)
    made = archives(folder)
    if not made or made[0].made < last_due(datetime.now() - _WAIT, settings.backup_at):
        latest = f"{made[0].made:%Y-%m-%d %H:%M}" if made else "—"
        text = Text(f"最近一次：{latest}，已过时", f"the latest is of {latest}, which is too old")
        return CheckResult(name, CheckState.FAIL, text, _BACK_UP_NOW)
    text = Text(
        f"最近一次 {made[0].made:%Y-%m-%d %H:%M}，共保留 {len(made)} 个",
        f"the latest of {len(made)} is of {made[0].made:%Y-%m-%d %H:%M}",
    )
    if folder.stat().st_dev == _home(settings).stat().st_dev:
        return CheckResult(name, CheckState.WARN, text, _OTHER_DISK)
    return CheckResult(name, CheckState.OK, text)


_WAIT = timedelta(hours=1)  # that a backup which is due may take
_SET_BACKUP = Text(
    "用 DASHBOARD_BACKUP_FOLDER 指定另一块磁盘上的文件夹",
    "name a folder on another disk with DASHBOARD_BACKUP_FOLDER",
)
_BACK_UP_NOW = Text(
    "排除原因，确认系统夜间运行；并马上用 backup 备份一次",
    "remove the cause, see that the dashboard runs at night, and write one with backup now",
)
_OTHER_DISK = Text(
    "备份与数据在同一块磁盘上，磁盘损坏时会一起丢失",
    "on the same disk as the figures: both are lost with it; name a folder on another one",
)


def permissions(settings: Settings) -> CheckResult:
    """Whether nobody else on this computer can read the secret key or the figures."""
    name, home = Text("文件权限", "permissions"), _home(settings)
    if sys.platform == "win32":
        return CheckResult(name, CheckState.OK, Text("由 Windows 管理", "as Windows has them"))
    open_files = [
        file
        for file in (home / FILE, home / "dashboard.sqlite")
        if file.exists() and stat.S_IMODE(file.stat().st_mode) & 0o077
    ]
    if not open_files:
        return CheckResult(name, CheckState.OK, Text("只有所有者可读", "for the owner alone"))
    listed = " ".join(str(file) for file in open_files)
    secret = any(file.name == FILE for file in open_files)
    return CheckResult(
        name,
        CheckState.FAIL if secret else CheckState.WARN,
        Text(f"本机其他用户可读：{listed}", f"others on this computer can read: {listed}"),
        Text(f"chmod 600 {listed}", f"chmod 600 {listed}"),
    )


def versions(_settings: Settings) -> CheckResult:
    """The versions in use."""
    python = ".".join(map(str, sys.version_info[:3]))
    listed = f"Python {python}, SQLite {sqlite3.sqlite_version}, schema {newest_schema()}"
    return CheckResult(Text("版本", "versions"), CheckState.OK, Text(listed, listed))


def fonts(_settings: Settings) -> CheckResult:
    """Whether PDF and pictures made on the server have a Chinese typeface."""
    name = Text("中文字体", "Chinese typeface")
    program = shutil.which(_FONTS[0])
    if program is None:
        text = Text("无法查询（没有 fc-list）", "not known (there is no fc-list)")
        return CheckResult(name, CheckState.OK, text)
    listing = subprocess.run(
        [program, *_FONTS[1:]], capture_output=True, text=True, timeout=60, check=False
    )
    first = next(iter(listing.stdout.splitlines()), "")
    if first:
        return CheckResult(name, CheckState.OK, Text(first, first))
    advice = Text("安装 fonts-noto-cjk", "install fonts-noto-cjk")
    return CheckResult(name, CheckState.WARN, Text("没有", "none"), advice)


def chromium(_settings: Settings) -> CheckResult:
    """Whether PDF and pictures can be made on the server."""
    from dashboard.exports.chromium import PrintError, find_chromium

    name = Text("Chromium", "Chromium")
    try:
        path = find_chromium()
    except PrintError as error:
        advice = Text("只影响 PDF 和服务器端图片", "only PDF and pictures made here need it")
        return CheckResult(name, CheckState.WARN, error.message, advice)
    return CheckResult(name, CheckState.OK, Text(path, path))


def clock(context: Installation) -> CheckResult:
    """Whether the clock is not behind what was handed in last."""
    name, now, latest = Text("时钟", "clock"), datetime.now(UTC), latest_moment(context.engine)
    shown = f"{now.astimezone():%Y-%m-%d %H:%M}"
    if latest is None or latest <= now + timedelta(minutes=5):
        return CheckResult(name, CheckState.OK, Text(shown, shown))
    last = f"{latest.astimezone():%Y-%m-%d %H:%M}"
    text = Text(
        f"现在是 {shown}，早于最近一次报送 {last}",
        f"it is {shown}, before the latest hand-in at {last}",
    )
    return CheckResult(name, CheckState.FAIL, text, Text("校准时钟", "set the clock right"))


def network_share(context: Installation) -> CheckResult:
    """Whether an SQLite database stands on a disk of this computer."""
    name = Text("磁盘位置", "place of the database")
    if context.engine.dialect.name != "sqlite":
        return CheckResult(name, CheckState.OK, Text("PostgreSQL", "PostgreSQL"))
    kind = file_system(Path(str(context.engine.url.database)).resolve(), Path("/proc/mounts"))
    if kind not in _SHARES:
        return CheckResult(name, CheckState.OK, Text("本机磁盘", "a disk of this computer"))
    text = Text(
        f"在网络盘上（{kind}），SQLite 在那里会损坏",
        f"a network share ({kind}): SQLite breaks there",
    )
    advice = Text(
        "把 DASHBOARD_HOME 移到本机磁盘，或改用 PostgreSQL",
        "move DASHBOARD_HOME to a disk of this computer, or use PostgreSQL",
    )
    return CheckResult(name, CheckState.FAIL, text, advice)


def file_system(path: Path, mounts: Path) -> str:
    """The kind of the file system a path lies in, by a table of mounts; empty where not known."""
    try:
        lines = [line.split() for line in mounts.read_text(encoding="utf-8").splitlines()]
    except OSError:
        return ""
    above = [
        (len(place), kind)
        for _, place, kind, *_ in lines
        if path.is_relative_to(place.replace("\\040", " "))
    ]
    return max(above)[1] if above else ""


def _home(settings: Settings) -> Path:
    """The home folder, or what is there of the folders above it."""
    return next(folder for folder in (settings.home, *settings.home.parents) if folder.exists())


OF_STORE: tuple[Callable[[Installation], CheckResult], ...] = (
    database,
    files,
    network_share,
    clock,
)
OF_COMPUTER: tuple[Callable[[Settings], CheckResult], ...] = (
    backups,
    disk,
    permissions,
    versions,
    fonts,
    chromium,
)
