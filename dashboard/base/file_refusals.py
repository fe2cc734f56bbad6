"""Says why a file or folder cannot be used: which one, whose it is, and what to do."""

from __future__ import annotations

import errno
import os
from pathlib import Path

from dashboard.base.language import Text

try:
    import pwd
except ImportError:  # Windows, where files have no owners of this kind
    pwd = None  # type: ignore[assignment]

_ROOT = 0
FOLDERS_READ = ("catalogue", "templates")  # of the home folder


def why_not(error: OSError, path: Path, home: Path | None = None) -> Text:
    """Why the system refused ``path``; ``home`` is the home folder, whose files have one owner."""
    place = Path(os.fsdecode(error.filename)) if error.filename else path
    if isinstance(error, FileNotFoundError):
        return _not_there(place)
    if isinstance(error, IsADirectoryError):
        return Text(f"{place} 是文件夹，这里要的是文件", f"{place} is a folder; a file is expected")
    if isinstance(error, PermissionError):
        return no_right(place, home)
    if isinstance(error, FileExistsError | NotADirectoryError):
        return Text(
            f"{place} 不能作文件夹：同名的文件已经在那里",
            f"{place} cannot be a folder: a file of that name is there",
        )
    if error.errno == errno.ENOSPC:
        return Text(
            f"{place}：磁盘已满，请先腾出空间", f"{place}: the disk is full; free some of it first"
        )
    reason = error.strerror or str(error)
    return Text(f"{place}：{reason}", f"{place}: {reason}")


def _not_there(path: Path) -> Text:
    folder = path.absolute().parent
    if not folder.is_dir():
        return Text(
            f"没有文件夹 {folder}；请核对路径，或先建立它",
            f"there is no folder {folder}: look at the path, or make it first",
        )
    return Text(
        f"没有文件 {path}；请核对文件名和所在文件夹",
        f"there is no file {path}: look at its name and folder",
    )


def no_right(path: Path, home: Path | None = None) -> Text:
    """That this user may not use a path: whose it is, and how it can be used."""
    me, owner = user_name(), owner_name(path)
    whole = home if home is not None and path.absolute().is_relative_to(home) else None
    what = f"-R {me}: {whole}" if whole else f"{me}: {path}"
    zh = f"当前用户 {me} 不能读写 {path}（属于 {owner or '其他用户'}）"
    en = f"{me} may not read and write {path}, which belongs to {owner or 'another user'}"
    if owner in ("", "root", me):
        return Text(
            f"{zh}；请以 root 运行 chown {what}，以后的命令都以 {me} 的身份运行",
            f"{en}: run chown {what} as root, and every command as {me} from then on",
        )
    return Text(
        f"{zh}；请以 {owner} 的身份运行：runuser -u {owner} -- 命令",
        f"{en}: run the command as {owner}: runuser -u {owner} -- COMMAND",
    )


def unusable(path: Path) -> bool:
    """Whether a path is there and this process may not read and write it."""
    mode = os.R_OK | os.W_OK | (os.X_OK if path.is_dir() else 0)
    return os.path.exists(path) and not os.access(path, mode)


def foreign_files(home: Path) -> list[Path]:
    """What stands directly in a home folder, is another user's and cannot be written by this one.

    The folders that the program reads alone may be another user's.
    """
    if not home.is_dir():
        return []
    me = user_name()
    written = (path for path in [home, *home.iterdir()] if path.name not in FOLDERS_READ)
    return sorted(path for path in written if unusable(path) and owner_name(path) != me)


def is_root_in_anothers(home: Path) -> bool:
    """Whether root is about to write into a folder whose owner could not use what root makes."""
    if pwd is None or os.geteuid() != _ROOT or not home.exists():
        return False
    return home.stat().st_uid != _ROOT


def not_as_root(home: Path) -> Text:
    """That root does not write into another user's folder, and what to do."""
    owner = owner_name(home)
    return Text(
        f"{home} 属于 {owner}，root 写入的文件 {owner} 打不开，因此没有执行；"
        f"请以 {owner} 的身份运行：runuser -u {owner} -- 命令",
        f"{home} belongs to {owner}, who could not open what root writes there: nothing was done;"
        f" run the command as {owner}: runuser -u {owner} -- COMMAND",
    )


def owner_name(path: Path) -> str:
    """The name of the user a path belongs to, else the number; empty where it is not known."""
    try:
        number = path.stat().st_uid
    except OSError:
        return ""
    return _name(number)


def user_name() -> str:
    """The name of the user as whom this process runs; empty on Windows."""
    return "" if pwd is None else _name(os.geteuid())


def _name(number: int) -> str:
    if pwd is None:
        return ""
    try:
        return pwd.getpwuid(number).pw_name
    except KeyError:
        return str(number)
