"""Commands on targets: how they stand, the register and its changes, and what is said of them."""

from __future__ import annotations

import argparse
from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from dashboard.analysis.division import Division
from dashboard.base.language import Text, word
from dashboard.catalogue.periods import Period
from dashboard.catalogue.targets import Path, Target, TargetKind
from dashboard.cli.maintenance import DONE, user
from dashboard.cli.observations import add_leaving, deliver, hides
from dashboard.disclosure.progress_rows import (
    CHANGE_COLUMNS,
    PROGRESS_COLUMNS,
    TARGET_COLUMNS,
    change_rows,
    progress_rows,
    target_row,
)
from dashboard.disclosure.row_guard import Row, hide_progress
from dashboard.disclosure.target_guard import hide_targets
from dashboard.services.filters import UnknownName, months_of, one_area, one_indicator
from dashboard.store.targets import Commentary

if TYPE_CHECKING:
    from dashboard.services.front_desk import FrontDesk

Say = Callable[[str], None]


def add_commands(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Declare the commands and their options."""
    progress = commands.add_parser("progress", help="how targets stand against time elapsed")
    progress.add_argument("--area", default="", metavar="CODE|NAME")
    progress.add_argument("--period", default="", help="2024-06, 2024Q2, 2024; without: the latest")
    progress.add_argument("--children", action="store_true", help="the areas directly below too")
    progress.add_argument("--as-of", default="", metavar="2024-07-01", help="as known on that day")
    add_leaving(progress)
    targets = commands.add_parser("targets", help="the register: list, set, comment and more")
    targets.add_argument("act", choices=list(_ACTS))
    targets.add_argument("id", nargs="?", default="", metavar="ID", help="as list prints it")
    targets.add_argument("--area", default="", metavar="CODE|NAME", help="list, set: the area")
    targets.add_argument("--indicator", default="", metavar="ID|CODE|NAME", help="set, without ID")
    targets.add_argument("--period", default="", help="set: by whose end; comment: of which")
    targets.add_argument("--kind", choices=list(TargetKind), help="set: what it asks for")
    targets.add_argument("--value", type=float, help="set: in base units; of growth in percent")
    targets.add_argument("--base", type=float, help="set: the figure growth is counted from")
    targets.add_argument("--source", help="set: the sentence that says it")
    targets.add_argument("--owner", help="set: the office that answers for it")
    targets.add_argument("--tolerance", type=float, help="set: as a share, 0.05 for 5 %%")
    targets.add_argument("--path", choices=list(Path), help="set: the way it is reached")
    targets.add_argument("--by", default="", help="split: shares, last_year, evenly, indicator:ID")
    targets.add_argument("--shares", nargs="+", default=[], metavar="CODE=SHARE", help="split")
    targets.add_argument("--reason", default="", help="set, retire, split: kept for good")
    for name, asks in zip(_TEXTS, ("why a priority", "how we do", "what we do"), strict=True):
        targets.add_argument(f"--{name}", metavar="TEXT", help=f"comment: {asks}")
    add_leaving(targets)


def _rows(desk: FrontDesk, found: Sequence[Target], options: argparse.Namespace) -> list[Row]:
    """The targets as rows, without hidden bases where the list may leave."""
    rows = [target_row(one, desk.areas(), options.lang) for one in found]
    return hide_targets(desk.release.guard(), rows, found, options.lang) if hides(options) else rows


def _progress(desk: FrontDesk, options: argparse.Namespace, say: Say) -> int:
    found = desk.targets.progress(options.area, options.period, options.children, options.as_of)
    if hides(options):
        rows = hide_progress(desk.release.guard(), found, options.lang)
    else:
        rows = progress_rows(found, desk.areas(), options.lang)
    return deliver(rows, PROGRESS_COLUMNS, options, say)


def _targets(desk: FrontDesk, options: argparse.Namespace, say: Say) -> int:
    if options.act != "list" and not (options.id or options.act == "set"):
        raise UnknownName(f"targets {options.act}: the ID of a target is needed")
    return _ACTS[options.act](desk, options, say)


def _list(desk: FrontDesk, options: argparse.Namespace, say: Say) -> int:
    code = one_area(desk.areas(), options.area).code if options.area else ""
    found = [one for one in desk.targets.all() if code in ("", one.area)]
    return deliver(_rows(desk, found, options), TARGET_COLUMNS, options, say)


def _set(desk: FrontDesk, options: argparse.Namespace, say: Say) -> int:
    one = desk.targets.get(options.id) if options.id else _new(desk, options)
    given = {
        name: getattr(options, name)
        for name in ("value", "base", "source", "owner", "tolerance", "path")
        if getattr(options, name) is not None
    }
    if "path" in given:
        given["path"] = Path(given["path"])
    changed = replace(one, **given, retired="")
    done = desk.targets.set(changed, user(), options.reason)
    say(word("cli_target_set" if done else "cli_target_same", options.lang, id=changed.id))
    return DONE


def _new(desk: FrontDesk, options: argparse.Namespace) -> Target:
    needed = ("indicator", "area", "period", "kind", "value")
    lacking = [f"--{name}" for name in needed if getattr(options, name) in ("", None)]
    if lacking:
        raise UnknownName(f"targets set: an ID is needed, or {', '.join(lacking)}")
    due: Period = months_of(options.period)[1]
    return Target(
        one_indicator(desk.catalogue, options.indicator).id,
        one_area(desk.areas(), options.area).code,
        due,
        TargetKind(options.kind),
        options.value,
    )


def _retire(desk: FrontDesk, options: argparse.Namespace, say: Say) -> int:
    desk.targets.retire(options.id, user(), options.reason)
    say(word("cli_target_retired", options.lang, id=options.id))
    return DONE


def _split(desk: FrontDesk, options: argparse.Namespace, say: Say) -> int:
    try:
        pairs = [pair.rpartition("=") for pair in options.shares]
        shares = {name: float(share.rstrip("%")) for name, _, share in pairs}
    except ValueError:
        raise UnknownName("shares: pairs such as 370113001=40 are needed") from None
    by = options.by or ("shares" if shares else "")
    parts = desk.division.split(options.id, Division(by, shares), user(), options.reason)
    return deliver(_rows(desk, parts, options), TARGET_COLUMNS, options, say)


def _history(desk: FrontDesk, options: argparse.Namespace, say: Say) -> int:
    changes = desk.targets.history(options.id)
    rows = change_rows(changes, desk.areas(), options.lang)
    if hides(options):
        stood = [one for change in changes for one in (change.before, change.after) if one]
        rows = hide_targets(desk.release.guard(), rows, stood, options.lang)
    return deliver(rows, CHANGE_COLUMNS, options, say)


def _comment(desk: FrontDesk, options: argparse.Namespace, say: Say) -> int:
    """Prints every version; with texts adds one, in which what is not named stays as it was."""
    desk.targets.get(options.id)
    given = [getattr(options, name) for name in _TEXTS]
    found = desk.targets.commentary(options.id, options.period)
    if all(text is None for text in given):
        rows = [
            one._asdict() | {"period": str(one.period), "written": one.written.isoformat()}
            for one in found
        ]
        return deliver(rows, Commentary._fields, options, say)
    if not options.period:
        raise UnknownName(Text("请用 --period 写明月份", "--period is needed: of which month"))
    before = found[-1][3:6] if found else ("", "", "")
    why, how, what = (old if new is None else new for new, old in zip(given, before, strict=True))
    version = desk.targets.comment(options.id, options.period, (why, how, what), user())
    say(word("commentary_saved", options.lang, version=version))
    return DONE


_TEXTS = ("why", "how", "what")
_ACTS = {
    "list": _list,
    "set": _set,
    "retire": _retire,
    "split": _split,
    "history": _history,
    "comment": _comment,
}
COMMANDS: dict[str, Callable[[FrontDesk, argparse.Namespace, Say], int]] = {
    "progress": _progress,
    "targets": _targets,
}
