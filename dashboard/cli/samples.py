"""Defines the command ``samples``: writes the demo workbooks, loads all samples, removes them.

Samples go in like everybody's files, each with its grade: reports first, then figures that other
pages repeat, published statistics after them, so that these stand, the fictional district last.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from dashboard.base.language import word
from dashboard.catalogue.concepts import Grade
from dashboard.cli.command import DONE, REFUSED, USAGE, Command, complain, open_context, say

if TYPE_CHECKING:
    from dashboard.intake import SheetOutcome
    from dashboard.services.context import Context
    from dashboard.services.submissions.submissions import Submissions

# What the samples' tables do not say: whom 新增 and 退出 count; their flows count since January.
_MAPPINGS = {
    ("", "变动/当月新增"): "urban_dibao_persons_added",
    ("", "变动/当月退出"): "urban_dibao_persons_left",
}


@click.command("samples", cls=Command, help="write the demo district's workbooks")
@click.argument("folder", metavar="[OUT]", default="")
@click.option("--load", "wanted", is_flag=True, help="load all samples")
@click.option("--once", is_flag=True, help="only into an empty store that never had any")
@click.option("--remove", is_flag=True, help="take all samples out again")
def samples(folder: str, wanted: bool, once: bool, remove: bool, lang: str) -> int:
    """Write, remove and load samples, in this order, whichever of them is asked for."""
    if not (folder or remove or wanted):
        complain(word("cli_samples_what", lang))
        return USAGE
    if folder:
        from dashboard.cli.demo.registers import write_register
        from dashboard.cli.demo.workbooks import write_samples

        written = [*write_samples(Path(folder)), write_register(Path(folder))]
        say(word("cli_samples_written", lang, count=len(written), folder=folder))
    if remove:
        from dashboard.services.submissions.submissions import Submissions

        say(word("cli_samples_removed", lang, count=Submissions(open_context()).remove_samples()))
    return load_samples(open_context(), lang, once=once) if wanted else DONE


def load_samples(context: Context, language: str, *, once: bool = False) -> int:
    """Load all samples unless they are there; 0 done, 1 where one was refused.

    ``once`` is for every start: it leaves alone a store that somebody has filled, and one whose
    samples were taken out. A load that was interrupted is begun again.
    """
    from dashboard.base.private_files import make_private_folder
    from dashboard.services.submissions.submissions import UNWANTED, Submissions

    home, submissions = context.settings.home, Submissions(context)
    make_private_folder(home)
    unfinished = home / "samples.loading"  # stands there while a load is running
    if once and ((home / UNWANTED).exists() or submissions.has_own_submissions()):
        return DONE
    if submissions.has_samples() and not unfinished.exists():
        if not once:
            say(word("cli_samples_there", language))
        return DONE
    if submissions.has_samples():
        submissions.remove_samples()
    unfinished.touch()
    (home / UNWANTED).unlink(missing_ok=True)
    figures = 0
    for grade, path in _files(home):
        receipts = _receive(submissions, path, grade)
        if any(receipt.refused for receipt in receipts):
            _print_errors(receipts, language)
            return REFUSED
        figures += sum(receipt.observations for receipt in receipts)
    unfinished.unlink()
    say(word("cli_samples_loaded", language, count=f"{figures:,}"))
    return DONE


def _files(home: Path) -> Iterator[tuple[Grade, Path]]:
    """The samples' files with their grade, in the order in which they are handed in."""
    from dashboard.catalogue.catalogue import SHIPPED
    from dashboard.cli.demo.workbooks import write_samples

    folder = SHIPPED / "samples"
    yield from ((Grade.REPORT, path) for path in sorted((folder / "reports").glob("*.csv")))
    yield from ((Grade.SECONDARY, path) for path in sorted((folder / "secondary").glob("*.csv")))
    yield from ((Grade.OFFICIAL, path) for path in sorted((folder / "official").glob("*.csv")))
    yield from ((Grade.DEMO, path) for path in write_samples(home / "samples"))


def _receive(submissions: Submissions, path: Path, grade: Grade) -> Sequence[SheetOutcome]:
    from dashboard.intake import Handover

    handover = Handover(
        grade=grade, by="samples", is_sample=True, basis="year_to_date", mappings=_MAPPINGS
    )
    return submissions.receive([(path.name, path.read_bytes())], handover)


def _print_errors(receipts: Sequence[SheetOutcome], language: str) -> None:
    for receipt in receipts:
        for finding in receipt.findings:
            if finding.severity == "error":
                cell = f"{finding.column}{finding.row}"
                say(f"{receipt.file} {receipt.sheet} {cell}: {finding.message[language]}")
