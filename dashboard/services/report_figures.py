"""Reads the figures of a work report, so that they are handed in as a submission of its own.

The report itself is not kept: what is stored is a tidy table of its figures with the phrases in
which it states them, without names of persons.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import PurePath

from dashboard.base.language import Text, in_both, word
from dashboard.intake.drafts.check import check_file
from dashboard.intake.drafts.meanings import Meanings
from dashboard.intake.drafts.mentions import ReadDraft
from dashboard.intake.drafts.personal_names import cut
from dashboard.intake.drafts.statements import Statement, statements, table
from dashboard.services.context import Context
from dashboard.services.draft_figures import DraftFigures

MOST_READ = 5000  # mentions of a report
_LONGEST_TITLE = 80
_HEAD = 12  # lines among which the title stands
_NO_TITLE = re.compile(
    r"[|。]|[,，；;：:]$|^(?:索 *引|发布|字号|来源|公开|日期|主题|大 *中 *小)"
    r"|^[（(]?20\d\d年[）)\d]|^[（(]?[一二三四五六七八九十]{1,2}[、）)]"
)


@dataclass(frozen=True, slots=True)
class ReadReport:
    """The figures of a report in its order. ``area`` is the code of whose it is, "" where unknown.

    ``title`` is what it is called; it is kept as the source of every figure. ``notices`` say what
    of it was not read.
    """

    name: str
    title: str
    area: str
    statements: tuple[Statement, ...]
    notices: tuple[Text, ...] = ()

    @property
    def sure(self) -> tuple[Statement, ...]:
        """The figures whose meaning is certain."""
        return tuple(statement for statement in self.statements if statement.is_sure)

    @property
    def unsure(self) -> tuple[Statement, ...]:
        """The figures that a person must explain, or leave."""
        return tuple(statement for statement in self.statements if not statement.is_sure)

    def file(self, language: str, chosen: Sequence[Statement] | None = None) -> tuple[str, bytes]:
        """The chosen figures, else all that have a period and an area, as a tidy table in CSV."""
        rows = self.statements if chosen is None else chosen
        usable = [row for row in rows if row.period and row.area]
        name = word("report_figures_file", language, name=PurePath(self.name).stem)
        return f"{name}.csv", table(usable, self.title)


class ReportFigures:
    """Reads reports by the catalogue and the areas of a context. Thread-safe."""

    def __init__(self, context: Context, figures: DraftFigures) -> None:
        """Place mentions as ``figures`` does when it compares them with the store."""
        self._context, self._figures = context, figures

    def read(self, name: str, content: bytes, area: str = "") -> ReadReport:
        """The figures of a report; raises UnreadableDraft.

        ``area`` is the code or name of whose report it is, else that of the bureau that writes.
        """
        return self.of(check_file(name, content).read, area)

    def of(self, read: ReadDraft, area: str = "") -> ReadReport:
        """The figures of a report whose mentions are read already."""
        catalogue = self._context.catalogue
        code = self._figures.area_of(read, area)
        meant = list(Meanings(catalogue).of(read, MOST_READ))
        places = self._figures.places(read, meant, code)
        made = statements(read.draft, meant, places, catalogue)
        tables = {passage.table for passage in read.draft.passages if passage.kind == "cell"}
        notices = (*read.draft.notices, _of_tables(len(tables))) if tables else read.draft.notices
        return ReadReport(read.draft.name, title_of(read), code, made, notices)


def _of_tables(count: int) -> Text:
    """That tables are handed in like other tables, and not read as sentences."""
    return in_both("read_report_tables", count=count)


def explained(report: ReadReport, meanings: Mapping[str, str], left: Collection[int]) -> ReadReport:
    """The report with what a person says: ``meanings`` lead words to an indicator's id.

    ``left`` are the numbers, from 1, of figures that are not to be read.
    """
    made = [
        replace(statement, indicator=meanings[statement.name], why="")
        if statement.name in meanings
        else statement
        for number, statement in enumerate(report.statements, 1)
        if number not in left
    ]
    return replace(report, statements=tuple(made))


def title_of(read: ReadDraft) -> str:
    """What a report is called: the line of its period, else the first that is no label; no names.

    A report without such a line is called as its file.
    """
    passages = read.draft.passages
    at = read.frame.titled_at
    titled = [passages[at].text] if 0 <= at < len(passages) else []
    lines = [*titled, *(passage.text for passage in passages[:_HEAD])]
    short = (cut(line.strip()) for line in lines if _is_title(line.strip()))
    return next(filter(None, short), PurePath(read.draft.name).stem)


def _is_title(line: str) -> bool:
    """Whether a line may be a title: short, no sentence, no label of the page it stood on."""
    return 3 < len(line) <= _LONGEST_TITLE and not _NO_TITLE.search(line)
