"""The samples of a first run, through the same door as everybody's files.

Reports first, published statistics second, the fictional demo district last; each with its grade.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from dashboard.base.language import word
from dashboard.catalogue.catalogue import SHIPPED
from dashboard.catalogue.concepts import Grade
from dashboard.cli.demo.workbooks import write_samples
from dashboard.intake import Handover, Receipt
from dashboard.intake.mapping_answers import ANY_FORM
from dashboard.services.front_desk import FrontDesk
from dashboard.services.submissions.submissions import UNWANTED

FOLDER = SHIPPED / "samples"
# What the samples' tables do not say: whom 新增 and 退出 count, and that their flows are cumulative.
_SAID = {
    (ANY_FORM, "变动/当月新增"): "urban_dibao_persons_added",
    (ANY_FORM, "变动/当月退出"): "urban_dibao_persons_left",
}


def _files(home: Path) -> list[tuple[Grade, list[Path]]]:
    return [
        (Grade.REPORT, sorted((FOLDER / "reports").glob("*.csv"))),
        (Grade.OFFICIAL, sorted((FOLDER / "official").glob("*.csv"))),
        (Grade.DEMO, write_samples(home / "samples")),  # in the order in which they were handed in
    ]


def load(desk: FrontDesk, say: Callable[[str], None], language: str, *, once: bool = False) -> int:
    """Loads all samples unless they are there; 0 done, 1 where one was refused.

    ``once`` is for every start: it leaves alone a store that somebody has filled, and one whose
    samples were taken out. A load that was interrupted is begun again.
    """
    home = desk.settings.home
    home.mkdir(parents=True, exist_ok=True)
    loading = home / "samples.loading"
    if once and ((home / UNWANTED).exists() or desk.has_own_submissions()):
        return 0
    if desk.has_samples():
        if not loading.exists():
            if not once:
                say(word("cli_samples_there", language))
            return 0
        desk.remove_samples()
    loading.touch()
    (home / UNWANTED).unlink(missing_ok=True)
    figures = 0
    for grade, paths in _files(home):
        handover = Handover(
            grade=grade, by="samples", is_sample=True, basis="year_to_date", mappings=_SAID
        )
        for path in paths:
            receipts = desk.receive([(path.name, path.read_bytes())], handover)
            if any(receipt.refused for receipt in receipts):
                _complain(receipts, say, language)
                return 1
            figures += sum(receipt.observations for receipt in receipts)
    loading.unlink()
    say(word("cli_samples_loaded", language, count=f"{figures:,}"))
    return 0


def _complain(receipts: Sequence[Receipt], say: Callable[[str], None], language: str) -> None:
    for receipt in receipts:
        for finding in receipt.findings:
            if finding.severity == "error":
                cell = f"{finding.column}{finding.row}"
                say(f"{receipt.file} {receipt.sheet} {cell}: {finding.message[language]}")
