"""Defines the command ``load``: hands files in, or with ``--dry-run`` prints what that would do."""

from __future__ import annotations

import json
import sys
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

import click

from dashboard.base.language import Text, word
from dashboard.catalogue.concepts import Grade
from dashboard.cli.command import (
    DONE,
    REFUSED,
    USAGE,
    Command,
    collected,
    complain,
    open_context,
    say,
    user,
)

if TYPE_CHECKING:
    from dashboard.base.progress import JobProgress
    from dashboard.catalogue.lookup import Catalogue
    from dashboard.intake import Handover, SheetOutcome, SheetPreview
    from dashboard.services.context import Context


BASES = ("in_month", "year_to_date", "end_of_period")
UNITS = ("元", "万元")


@dataclass(frozen=True, slots=True)
class LoadOptions:
    """What the command line says about the files; empty means: read it from the file."""

    files: tuple[str, ...]
    area: str
    period: str
    grade: str | None
    note: str
    mappings: tuple[str, ...]  # each NAME=INDICATOR
    basis: str | None
    unit: str | None
    words: tuple[str, ...]  # each WORD=MEANING
    streets: tuple[str, ...]  # each NAME=AREA
    covers: str
    register_streets: bool
    district: str  # CODE=NAME
    skip_unknown: bool
    dry_run: bool
    as_json: bool
    lang: str


@click.command(
    "load",
    cls=Command,
    help="load files: xlsx, xlsm, xls, ods, docx, csv, web pages; area lists, boundaries (GeoJSON)",
)
@click.argument("files", nargs=-1, required=True, metavar="FILE...")
@click.option("--area", default="", metavar="CODE|NAME", help="wins over what the file says")
@click.option("--period", default="", help="2024-09, 2024Q3, 2023")
@click.option("--grade", type=click.Choice([*map(str, Grade)]))
@click.option("--note", default="", help="an answer to warnings, kept with the submission")
@click.option(
    "--map",
    "mappings",
    multiple=True,
    metavar="NAME=INDICATOR",
    help="what a line of an unknown indicator means, kept for its form; NAME= leaves it out",
)
@click.option(
    "--basis",
    type=click.Choice(BASES),
    help="what flows count whose basis the sheet does not say; changes nothing that it says",
)
@click.option(
    "--unit",
    type=click.Choice(UNITS),
    help="in what money is printed whose unit the sheet does not say",
)
@click.option(
    "--word",
    "words",
    multiple=True,
    metavar="WORD=MEANING",
    help="what a word of a table means: a programme, a measure, a breakdown (or "
    "breakdown:value), or nothing; WORD= leaves its figures out; kept for this bureau. A whole "
    "heading (人数=城市低保人数) and the title (标题=城市低保; of one sheet alone "
    "标题@SHEET=城市低保) count for this hand-in alone",
)
@click.option(
    "--street",
    "streets",
    multiple=True,
    metavar="NAME=AREA",
    help="which area a street of a table or list is; NAME=- leaves its rows out",
)
@click.option(
    "--covers",
    type=click.Choice(("listed", "all")),
    default="listed",
    help="all: streets that a list of institutions does not name have none, and are recorded as 0",
)
@click.option(
    "--register-streets",
    is_flag=True,
    help="register streets that the list of areas does not have, under the sheet's district",
)
@click.option(
    "--district",
    default="",
    metavar="CODE=NAME",
    help="the district they are in, where the sheet names none that is known; registered too",
)
@click.option("--skip-unknown", is_flag=True, help="load what is known, list the rest")
@click.option("--dry-run", is_flag=True, help="say what would happen, store nothing")
@click.option("--json", "as_json", is_flag=True)
@collected(LoadOptions)
def load(options: LoadOptions) -> int:
    """Load files; raises UnknownName for a mapping to an indicator that does not exist."""
    for name in options.files:
        Path(name).open("rb").close()  # raises what is wrong with it, before anything is read
    said = (*options.mappings, *options.words)
    unreadable = [text for text in said if not text.rpartition("=")[0].strip()]
    if unreadable:
        complain(word("cli_map_how", options.lang, text=unreadable[0]))
        return USAGE
    unreadable = [text for text in options.streets if not text.rpartition("=")[0].strip()]
    if unreadable:
        complain(word("cli_street_how", options.lang, text=unreadable[0]))
        return USAGE
    return _hand_in(options)


def _hand_in(options: LoadOptions) -> int:
    """Hand the files in, or preview them; returns the exit code."""
    from dashboard.base.progress import QUIET
    from dashboard.intake.new_streets import NotRegistrable
    from dashboard.services.submissions.submissions import Submissions

    files = [(Path(name).name, Path(name).read_bytes()) for name in options.files]
    context = open_context()
    submissions = Submissions(context)
    handover = _handover(context.catalogue, options)
    if options.register_streets:
        try:
            handover = _with_streets(
                context, submissions.preview(files, handover), handover, options
            )
        except NotRegistrable as error:
            complain(word(error.key, options.lang, **error.values))
            return USAGE
    ticker = Ticker(options.lang) if sys.stderr.isatty() else None
    progress: JobProgress = ticker or QUIET
    try:
        if options.dry_run:
            previews = submissions.preview(files, handover, progress)
        else:
            receipts = submissions.receive(files, handover, progress)
    except KeyboardInterrupt:
        if ticker:
            ticker.clear()
        complain(word("cli_cancelled", options.lang))
        return REFUSED
    if ticker:
        ticker.clear()
    if options.dry_run:
        return _print_previews(context, previews, options)
    return _print_receipts(context, receipts, options)


def _handover(catalogue: Catalogue, options: LoadOptions) -> Handover:
    from dashboard.intake import Handover

    return Handover(
        area=options.area,
        period=options.period,
        skip_unknown=options.skip_unknown,
        grade=Grade(options.grade) if options.grade else None,
        note=options.note,
        by=user(),
        mappings=dict(_mapping(catalogue, text) for text in options.mappings),
        basis=options.basis or "",
        unit=options.unit or "",
        words=dict(_word(catalogue, text) for text in options.words),
        streets={name.strip(): area.strip() for name, _, area in _pairs(options.streets)},
        covers=options.covers,
    )


def _with_streets(
    context: Context, previews: Sequence[SheetPreview], handover: Handover, options: LoadOptions
) -> Handover:
    """The handover with the files' unknown streets to be registered; raises NotRegistrable.

    Says each area that will be.
    """
    from dashboard.intake.new_streets import registered

    areas = registered(
        [preview.unlisted for preview in previews if preview.unlisted],
        options.district,
        context.areas(),
    )
    for area in areas:
        key = f"streets_level_{area.level}"
        level = word(key, options.lang)
        fields = {"code": area.code, "name": area.name[options.lang], "level": level}
        say(word("cli_registers", options.lang, **fields))
    return replace(handover, areas=tuple(areas))


def _pairs(texts: Sequence[str]) -> list[tuple[str, str, str]]:
    return [text.rpartition("=") for text in texts]


def _mapping(catalogue: Catalogue, text: str) -> tuple[tuple[str, str], str]:
    """NAME=INDICATOR as a mapping for whatever form the line stands in."""
    from dashboard.intake.mapping_answers import ANY_FORM
    from dashboard.services.filters import one_indicator

    name, _, meant = text.rpartition("=")
    meant = meant.strip()
    indicator = one_indicator(catalogue, meant).id if meant else ""
    return (ANY_FORM, name.strip()), indicator


def _word(catalogue: Catalogue, text: str) -> tuple[str, str]:
    """WORD=MEANING; raises UnknownName for a meaning that the grid does not have."""
    from dashboard.intake.understanding.near_answers import no_meaning
    from dashboard.intake.understanding.questions import sense_of
    from dashboard.services.filters import UnknownName

    printed, _, meant = text.rpartition("=")
    if sense_of(printed.strip(), meant, catalogue.grid) is None:
        raise UnknownName(no_meaning(meant.strip(), catalogue.grid))
    return printed.strip(), meant.strip()


def _print_receipts(
    context: Context, receipts: Sequence[SheetOutcome], options: LoadOptions
) -> int:
    from dashboard.exports.intake_previews import Lines, finding_line, receipt_row

    if options.as_json:
        _print_json([receipt_row(receipt, options.lang) for receipt in receipts])
    else:
        lines = Lines(context.catalogue, context.areas(), options.lang)
        for receipt in receipts:
            say(_summary(receipt, _outcome(receipt), options.lang))
            for finding in receipt.findings:
                say(f"  {finding_line(finding, options.lang)}")
            for line in lines.revised(receipt):
                say(f"  {line}")
    return REFUSED if any(receipt.refused for receipt in receipts) else DONE


def _print_previews(
    context: Context, previews: Sequence[SheetPreview], options: LoadOptions
) -> int:
    """The exit code is the one that loading would have: 1 where a note is still needed."""
    from dashboard.exports.intake_previews import Lines, preview_row

    if options.as_json:
        _print_json([preview_row(preview, options.lang) for preview in previews])
    else:
        lines = Lines(context.catalogue, context.areas(), options.lang)
        for preview in previews:
            outcome = "refused" if preview.receipt.refused else "checked"
            say(_summary(preview.receipt, outcome, options.lang))
            for line in lines.of(preview):
                say(f"  {line}")
    refused = any(preview.receipt.refused or preview.needs_note for preview in previews)
    return REFUSED if refused else DONE


def _print_json(rows: Sequence[dict[str, object]]) -> None:
    say(json.dumps({"submissions": rows}, ensure_ascii=False, indent=1))


def _outcome(receipt: SheetOutcome) -> str:
    if receipt.refused:
        return "refused"
    stored = receipt.id is not None or receipt.areas or receipt.targets
    return "loaded" if stored else "held"


def _summary(receipt: SheetOutcome, outcome: str, language: str) -> str:
    """The line of one sheet: what became of it, and how much it holds."""
    from dashboard.intake.forms.form_names import form_name

    place = f"{receipt.file} [{receipt.sheet}]" if receipt.sheet else receipt.file
    counts = (receipt.changes, receipt.areas, receipt.targets, receipt.outlines)
    return word(
        f"cli_{outcome}",
        language,
        place=place,
        form=form_name(receipt.form, language) if receipt.form else "—",
        area=receipt.area or "—",
        period=receipt.period or "—",
        count=receipt.observations or receipt.institutions or next(filter(None, counts), 0),
    )


class Ticker:
    """Shows on a terminal, in one line, what long work is doing. Ctrl+C cancels it."""

    def __init__(self, language: str) -> None:
        """Show nothing yet."""
        self._language, self._length = language, 0

    def step(self, what: Text, done: int, total: int) -> None:
        """Write over the line before."""
        share = f"{done * 100 // total:3d}% " if total > 1 else ""
        line = f"{share}{what[self._language]}"[:100]
        sys.stderr.write("\r" + line + " " * max(0, self._length - len(line)))
        sys.stderr.flush()
        self._length = len(line)

    def clear(self) -> None:
        """Remove the line."""
        sys.stderr.write("\r" + " " * 2 * self._length + "\r")
        sys.stderr.flush()
