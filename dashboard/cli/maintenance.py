"""Commands that look after what is stored. Each gets the desk, its options and where to say it."""

from __future__ import annotations

import argparse
import getpass
import json
from collections.abc import Callable
from typing import TYPE_CHECKING

from dashboard.base.language import word
from dashboard.exports import listing
from dashboard.services.submissions.consistency import SEVERITIES, Verdict
from dashboard.services.submissions.reporting import COMPLETENESS_COLUMNS

if TYPE_CHECKING:
    from dashboard.services.front_desk import FrontDesk

DONE, REFUSED = 0, 1
Say = Callable[[str], None]


def add_commands(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Declare the commands and their options."""
    withdraw = commands.add_parser("withdraw", help="take a submission back; its trace stays")
    withdraw.add_argument("id", type=int, metavar="ID")
    back = commands.add_parser("return", help="send a submission back, to be handed in anew")
    back.add_argument("id", type=int, metavar="ID")
    board = commands.add_parser("completeness", help="who has handed in which form for when")
    board.add_argument("--area", default="", metavar="CODE|NAME", help="and those directly below")
    board.add_argument("--period", default="", help="2024-09, 2024Q3, 2024")
    board.add_argument("--form", default="", metavar="F")
    board.add_argument("--format", choices=["csv", "json"], default="csv")
    locks = commands.add_parser("locks", help="list the locked periods")
    locks.add_argument("--all", action="store_true", help="everything locked and unlocked so far")
    check = commands.add_parser("check", help="run the consistency rules on what is stored")
    check.add_argument("--area", default="", metavar="CODE|NAME", help="this and all below it")
    check.add_argument("--period", default="", help="2024-09, 2024Q3, 2023")
    check.add_argument("--json", action="store_true")
    changes = commands.add_parser("changes", help="list the area changes handed in so far, as CSV")
    changes.add_argument("--json", action="store_true")
    mappings = commands.add_parser("mappings", help="what unknown lines of forms were mapped to")
    mappings.add_argument(
        "--remove", nargs=2, metavar=("FORM", "NAME"), help="take a mapping back; its trace stays"
    )
    mappings.add_argument("--json", action="store_true")
    lock = commands.add_parser("lock", help="take no more figures of an area's period")
    unlock = commands.add_parser("unlock", help="take figures of a locked period again")
    for command in (lock, unlock):
        command.add_argument("area", metavar="AREA", help="by code or name; all below it too")
        command.add_argument("period", metavar="PERIOD", help="2024-09, 2024Q3, 2024")
    for command in (withdraw, back, lock, unlock):
        command.add_argument("--reason", required=True, metavar="TEXT", help="kept for good")


def user() -> str:
    """Who is at this computer; empty where the system does not say."""
    try:
        return getpass.getuser()
    except (KeyError, OSError, ImportError):
        return ""


def _withdraw(desk: FrontDesk, options: argparse.Namespace, say: Say) -> int:
    row = desk.submissions.get(options.id)
    back = options.command == "return"
    count = desk.submissions.withdraw(options.id, user(), options.reason, returned=back)
    told = "cli_returned" if back else "cli_withdrawn"
    say(word(told, options.lang, id=row.id, file=row.file, count=count))
    return DONE


def _completeness(desk: FrontDesk, options: argparse.Namespace, say: Say) -> int:
    rows = desk.reporting.rows(options.area, options.period, options.form, options.lang)
    as_csv = options.format == "csv"
    say(listing.as_csv(rows, COMPLETENESS_COLUMNS) if as_csv else listing.as_json(rows))
    return DONE


def _locks(desk: FrontDesk, options: argparse.Namespace, say: Say) -> int:
    entries = desk.locks.logbook() if options.all else desk.locks.in_force()
    for entry in entries:
        say(
            word(
                f"cli_log_{entry.act}",
                options.lang,
                months=entry.months,
                by=entry.written_by,
                day=f"{entry.written.astimezone():%Y-%m-%d %H:%M}",
                reason=entry.reason,
            )
        )
    if not entries:
        say(word("locks_none", options.lang))
    return DONE


def _lock(desk: FrontDesk, options: argparse.Namespace, say: Say) -> int:
    act = desk.locks.lock if options.command == "lock" else desk.locks.unlock
    months = act(options.area, options.period, user(), options.reason)
    say(word(f"cli_{options.command}ed", options.lang, months=months))
    return DONE


def _check(desk: FrontDesk, options: argparse.Namespace, say: Say) -> int:
    verdict = desk.submissions.check(options.area, options.period)
    if options.json:
        say(json.dumps(_as_row(verdict, options.lang), ensure_ascii=False, indent=1))
    else:
        for found in verdict.findings:
            severity = word(f"severity_{found.finding.severity}", options.lang)
            say(f"{severity} {found.place}: {found.finding.message[options.lang]}")
        counts = {severity: verdict.count(severity) for severity in SEVERITIES}
        say(word("cli_verdict", options.lang, count=f"{verdict.figures:,}", **counts))
    return REFUSED if verdict.count("error") else DONE


def _changes(desk: FrontDesk, options: argparse.Namespace, say: Say) -> int:
    rows = [
        listing.change_row(row, desk.areas(), options.lang)
        for row in desk.submissions.area_changes()
    ]
    say(listing.as_json(rows) if options.json else listing.as_csv(rows, listing.CHANGE_COLUMNS))
    return DONE


def _mappings(desk: FrontDesk, options: argparse.Namespace, say: Say) -> int:
    if options.remove:
        form, name = options.remove
        desk.submissions.forget_mapping(form, name, user())
        say(word("cli_mapping_removed", options.lang, form=form, name=name))
        return DONE
    kept = desk.submissions.mappings()
    if options.json:
        rows = [one._asdict() | {"when": one.when.isoformat()} for one in kept]
        say(json.dumps({"mappings": rows}, ensure_ascii=False, indent=1))
        return DONE
    for one in kept:
        indicator = desk.catalogue.indicators.get(one.indicator)
        left_out = word("cli_mapping_left_out", options.lang)
        said = f"{one.indicator} ({indicator.name[options.lang]})" if indicator else one.indicator
        day = f"{one.when.astimezone():%Y-%m-%d}"
        fields = {"form": one.form, "name": one.name, "meant": said or left_out, "day": day}
        say(word("cli_mapping", options.lang, by=one.by or "—", **fields))
    if not kept:
        say(word("cli_mapping_none", options.lang))
    return DONE


def _as_row(verdict: Verdict, language: str) -> dict[str, object]:
    return {
        "figures": verdict.figures,
        "findings": [
            {
                "severity": found.finding.severity,
                "rule": found.finding.rule,
                "submission": found.submission,
                "file": found.file,
                "sheet": found.finding.sheet,
                "row": found.finding.row,
                "column": found.finding.column,
                "value": found.finding.value,
                "message": found.finding.message[language],
            }
            for found in verdict.findings
        ],
    }


COMMANDS: dict[str, Callable[[FrontDesk, argparse.Namespace, Say], int]] = {
    "changes": _changes,
    "check": _check,
    "completeness": _completeness,
    "locks": _locks,
    "return": _withdraw,
    "withdraw": _withdraw,
    "lock": _lock,
    "mappings": _mappings,
    "unlock": _lock,
}
