"""The command ``load``: files in from the command line, or only a look at what they would do."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from dashboard.base.language import Text, word
from dashboard.base.progress import QUIET, Progress
from dashboard.catalogue.concepts import Grade
from dashboard.cli.maintenance import DONE, REFUSED, Say, user
from dashboard.exports.intake_previews import Lines, finding_line, preview_row, receipt_row
from dashboard.intake import Handover, Receipt, SheetPreview
from dashboard.intake.mapping_answers import ANY_FORM
from dashboard.intake.understanding.questions import sense_of
from dashboard.services.filters import UnknownName, one_indicator

if TYPE_CHECKING:
    from dashboard.services.front_desk import FrontDesk

USAGE = 2
BASES = ("in_month", "year_to_date", "end_of_period")


def add_command(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Declare the command and its options."""
    load = commands.add_parser(
        "load", help="load files: xlsx, xlsm, xls, csv, web pages; area lists, boundaries (GeoJSON)"
    )
    load.add_argument("files", nargs="+", metavar="FILE")
    load.add_argument(
        "--area", default="", metavar="CODE|NAME", help="wins over what the file says"
    )
    load.add_argument("--period", default="", help="2024-09, 2024Q3, 2023")
    load.add_argument("--grade", choices=list(Grade))
    load.add_argument("--note", default="", help="an answer to warnings, kept with the submission")
    load.add_argument(
        "--map",
        action="append",
        default=[],
        metavar="NAME=INDICATOR",
        dest="mappings",
        help="what a line of an unknown indicator means, kept for its form; NAME= leaves it out",
    )
    load.add_argument(
        "--basis",
        choices=BASES,
        default="",
        help="what flows count whose basis the sheet does not say; changes nothing that it says",
    )
    load.add_argument(
        "--word",
        action="append",
        default=[],
        metavar="WORD=MEANING",
        dest="words",
        help="what a word of a table means: a programme, a measure, a breakdown (or "
        "breakdown:value), or nothing; WORD= leaves its figures out; kept for this bureau",
    )
    load.add_argument(
        "--skip-unknown", action="store_true", help="load what is known, list the rest"
    )
    load.add_argument("--dry-run", action="store_true", help="say what would happen, store nothing")
    load.add_argument("--json", action="store_true")


def run(desk: Callable[[], FrontDesk], options: argparse.Namespace, say: Say, complain: Say) -> int:
    """Loads the files, or with ``--dry-run`` says what loading would do; returns the exit code.

    Raises UnknownName for a mapping to an indicator that is not in the catalogue.
    """
    files = []
    for name in options.files:
        path = Path(name)
        if not path.is_file():
            complain(word("cli_no_file", options.lang, file=name))
            return USAGE
        files.append((path.name, path.read_bytes()))
    said = [*options.mappings, *options.words]
    wrong = [text for text in said if not text.rpartition("=")[0].strip()]
    if wrong:
        complain(word("cli_map_how", options.lang, text=wrong[0]))
        return USAGE
    open_desk = desk()
    handover = Handover(
        area=options.area,
        period=options.period,
        skip_unknown=options.skip_unknown,
        grade=Grade(options.grade) if options.grade else None,
        note=options.note,
        by=user(),
        mappings=dict(_mapping(open_desk, text) for text in options.mappings),
        basis=options.basis,
        words=dict(_word(open_desk, text) for text in options.words),
    )
    progress = Ticker(options.lang) if sys.stderr.isatty() else QUIET
    try:
        if options.dry_run:
            previews = open_desk.preview(files, handover, progress)
            _clear(progress)
            return _tell_previews(open_desk, previews, options, say)
        receipts = open_desk.receive(files, handover, progress)
        _clear(progress)
        return _tell_receipts(receipts, options, say)
    except KeyboardInterrupt:
        _clear(progress)
        complain(word("cli_cancelled", options.lang))
        return REFUSED


def _mapping(desk: FrontDesk, text: str) -> tuple[tuple[str, str], str]:
    """NAME=INDICATOR as a mapping for whatever form the line stands in."""
    name, _, meant = text.rpartition("=")
    meant = meant.strip()
    indicator = one_indicator(desk.catalogue, meant).id if meant else ""
    return (ANY_FORM, name.strip()), indicator


def _word(desk: FrontDesk, text: str) -> tuple[str, str]:
    """WORD=MEANING; raises UnknownName for a meaning that the grid does not have."""
    word_said, _, meant = text.rpartition("=")
    if sense_of(word_said.strip(), meant, desk.catalogue.grid) is None:
        raise UnknownName(f"{meant.strip()!r} is no programme, measure or breakdown")
    return word_said.strip(), meant.strip()


def _tell_receipts(receipts: Sequence[Receipt], options: argparse.Namespace, say: Say) -> int:
    if options.json:
        _as_json([receipt_row(receipt, options.lang) for receipt in receipts], say)
    else:
        for receipt in receipts:
            stored = receipt.id is not None or receipt.areas or receipt.targets
            outcome = "refused" if receipt.refused else "loaded" if stored else "held"
            say(_outcome(receipt, outcome, options.lang))
            for finding in receipt.findings:
                say(f"  {finding_line(finding, options.lang)}")
    return REFUSED if any(receipt.refused for receipt in receipts) else DONE


def _tell_previews(
    desk: FrontDesk, previews: Sequence[SheetPreview], options: argparse.Namespace, say: Say
) -> int:
    """The exit code is the one that loading would have: 1 where a note is still needed."""
    if options.json:
        _as_json([preview_row(preview, options.lang) for preview in previews], say)
    else:
        lines = Lines(desk.catalogue, desk.areas(), options.lang)
        for preview in previews:
            outcome = "refused" if preview.receipt.refused else "checked"
            say(_outcome(preview.receipt, outcome, options.lang))
            for line in lines.of(preview):
                say(f"  {line}")
    return REFUSED if any(map(_would_be_refused, previews)) else DONE


def _would_be_refused(preview: SheetPreview) -> bool:
    return preview.receipt.refused or preview.needs_note


def _as_json(rows: Sequence[dict[str, object]], say: Say) -> None:
    say(json.dumps({"submissions": rows}, ensure_ascii=False, indent=1))


def _outcome(receipt: Receipt, outcome: str, language: str) -> str:
    place = f"{receipt.file} [{receipt.sheet}]" if receipt.sheet else receipt.file
    return word(
        f"cli_{outcome}",
        language,
        place=place,
        form=receipt.form,
        area=receipt.area or "—",
        period=receipt.period or "—",
        count=receipt.observations
        or receipt.changes
        or receipt.areas
        or receipt.targets
        or receipt.outlines,
    )


class Ticker:
    """Shows on a terminal, in one line, what long work is doing. Ctrl+C cancels it."""

    def __init__(self, language: str) -> None:
        """Says nothing yet."""
        self._language, self._length = language, 0

    def step(self, what: Text, done: int, total: int) -> None:
        """Writes over the line before."""
        share = f"{done * 100 // total:3d}% " if total > 1 else ""
        line = f"{share}{what[self._language]}"[:100]
        sys.stderr.write("\r" + line + " " * max(0, self._length - len(line)))
        sys.stderr.flush()
        self._length = len(line)

    def clear(self) -> None:
        """Takes the line away."""
        sys.stderr.write("\r" + " " * 2 * self._length + "\r")
        sys.stderr.flush()


def _clear(progress: Progress) -> None:
    if isinstance(progress, Ticker):
        progress.clear()
