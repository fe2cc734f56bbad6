"""Commands that look after what is stored. Each gets the desk, its options and where to say it."""

from __future__ import annotations

import argparse
import getpass
import json
from collections.abc import Callable
from typing import TYPE_CHECKING

from dashboard.consistency import SEVERITIES, Verdict
from dashboard.language import word

if TYPE_CHECKING:
    from dashboard.service import FrontDesk

DONE, REFUSED = 0, 1
Say = Callable[[str], None]


def add_commands(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Declare the commands and their options."""
    withdraw = commands.add_parser("withdraw", help="take a submission back; its trace stays")
    withdraw.add_argument("id", type=int, metavar="ID")
    check = commands.add_parser("check", help="run the consistency rules on what is stored")
    check.add_argument("--area", default="", metavar="CODE|NAME", help="this and all below it")
    check.add_argument("--period", default="", help="2024-09, 2024Q3, 2023")
    check.add_argument("--json", action="store_true")
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
    for command in (withdraw, lock, unlock):
        command.add_argument("--reason", required=True, metavar="TEXT", help="kept for good")


def user() -> str:
    """Who is at this computer; empty where the system does not say."""
    try:
        return getpass.getuser()
    except (KeyError, OSError, ImportError):
        return ""


def _withdraw(desk: FrontDesk, options: argparse.Namespace, say: Say) -> int:
    row = desk.submission(options.id)
    count = desk.withdraw(options.id, user(), options.reason)
    say(word("cli_withdrawn", options.lang, id=row.id, file=row.file, count=count))
    return DONE


def _lock(desk: FrontDesk, options: argparse.Namespace, say: Say) -> int:
    act = desk.lock if options.command == "lock" else desk.unlock
    months = act(options.area, options.period, user(), options.reason)
    say(word(f"cli_{options.command}ed", options.lang, months=months))
    return DONE


def _check(desk: FrontDesk, options: argparse.Namespace, say: Say) -> int:
    verdict = desk.check(options.area, options.period)
    if options.json:
        say(json.dumps(_as_row(verdict, options.lang), ensure_ascii=False, indent=1))
    else:
        for found in verdict.findings:
            severity = word(f"severity_{found.finding.severity}", options.lang)
            say(f"{severity} {found.place}: {found.finding.message[options.lang]}")
        counts = {severity: verdict.count(severity) for severity in SEVERITIES}
        say(word("cli_verdict", options.lang, count=f"{verdict.figures:,}", **counts))
    return REFUSED if verdict.count("error") else DONE


def _mappings(desk: FrontDesk, options: argparse.Namespace, say: Say) -> int:
    if options.remove:
        form, name = options.remove
        desk.forget_mapping(form, name, user())
        say(word("cli_mapping_removed", options.lang, form=form, name=name))
        return DONE
    kept = desk.mappings()
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
                "severity": found.finding.severity, "rule": found.finding.rule,
                "submission": found.submission, "file": found.file,
                "sheet": found.finding.sheet, "row": found.finding.row,
                "column": found.finding.column, "value": found.finding.value,
                "message": found.finding.message[language],
            }
            for found in verdict.findings
        ],
    }  # fmt: skip


COMMANDS: dict[str, Callable[[FrontDesk, argparse.Namespace, Say], int]] = {
    "check": _check,
    "withdraw": _withdraw,
    "lock": _lock,
    "mappings": _mappings,
    "unlock": _lock,
}
