"""The samples of a first run, through the same door as everybody's files, and only once.

Reports first, published statistics second, the fictional demo district last; each with its grade.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from dashboard.catalogue.catalogue import SHIPPED
from dashboard.catalogue.concepts import Grade
from dashboard.intake import Handover
from dashboard.language import word
from dashboard.samples import write_samples
from dashboard.service import FrontDesk

FOLDER = SHIPPED / "samples"


def _files(home: Path) -> list[tuple[Grade, list[Path]]]:
    return [
        (Grade.REPORT, sorted((FOLDER / "reports").glob("*.csv"))),
        (Grade.OFFICIAL, sorted((FOLDER / "official").glob("*.csv"))),
        (Grade.DEMO, write_samples(home / "samples")),  # in the order in which they were handed in
    ]


def load_once(desk: FrontDesk, say: Callable[[str], None], language: str) -> int:
    """Loads all samples unless that was done before in this home; 0 done, 1 where one was refused.

    A bureau that took the samples out does not get them back by starting again.
    """
    marker = desk.settings.home / "samples.loaded"
    if marker.exists() or desk.has_samples():
        say(word("cli_samples_there", language))
        return 0
    desk.settings.home.mkdir(parents=True, exist_ok=True)
    figures = 0
    for grade, paths in _files(desk.settings.home):
        handover = Handover(grade=grade, by="samples", is_sample=True)
        for path in paths:
            receipts = desk.receive([(path.name, path.read_bytes())], handover)
            for receipt in receipts:
                for finding in receipt.findings if receipt.refused else ():
                    if finding.severity == "error":
                        say(
                            f"{path.name} {receipt.sheet} {finding.column}{finding.row}: "
                            f"{finding.message[language]}"
                        )
            if any(receipt.refused for receipt in receipts):
                return 1
            figures += sum(receipt.observations for receipt in receipts)
    marker.write_text("The samples were loaded once.\n", encoding="utf-8")
    say(word("cli_samples_loaded", language, count=f"{figures:,}"))
    return 0
