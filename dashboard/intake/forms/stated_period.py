"""Which period a sheet speaks of: what the person said, a label, the title, or the sheet's name."""

from __future__ import annotations

import re

from dashboard.base.language import Text
from dashboard.catalogue import periods
from dashboard.catalogue.periods import Span
from dashboard.intake.forms.files.cells import Sheet, squeezed
from dashboard.intake.forms.headings import part_of_year, serial_span
from dashboard.intake.forms.layout import GIVEN, SHEET_NAME, FormRefused, Hints, Told, refusal
from dashboard.intake.forms.title_cells import TitleCell, labelled

_PERIOD_LABEL = re.compile(
    r"报告期(?:别)?|期别|统计(?:时间|月份|期间?)|所属(?:时间|期)|数据(?:时间|期)"
)
# Dates that say when a form was signed, printed or approved, not what it counts.
_OTHER_DATE = re.compile(
    r"日期|发布|更新|来源|有效|文号|国统|批准|打印|印发|签发|[〔\[【]\d{4}[〕\]】]"
)
_MID_MONTH = re.compile(r"(?<!至)\d{4}年\d{1,2}月(?:[1-9]|1\d|2[0-7])日")


def stated_period(
    sheet: Sheet,
    cells: list[TitleCell],
    labels: list[tuple[str, TitleCell]],
    hints: Hints,
    evidence: dict[str, Told],
) -> Span | None:
    """The period, with its cell added to ``evidence``; refuses a senseless hint or two periods."""
    if hints.period.strip():
        try:
            span = periods.parse(hints.period)
        except ValueError as error:
            message = Text(
                f"--period:{hints.period} 不是期别，应如 2024-09、2024Q3", f"--period: {error}"
            )
            raise refusal("unknown_period", message, sheet.name) from None
        evidence["period"] = Told(GIVEN, hints.period)
        return span
    found = _period_candidates(sheet, cells, labels)
    exact = [(span, said) for span, said in found if span.length != 12 or span.since is None]
    ends = {span.end for span, _ in exact}
    if len(ends) > 1:
        raise _two_periods(sheet, exact)
    chosen = exact or found
    if not exact and len({span.end for span, _ in found}) > 1:
        raise _two_periods(sheet, found)
    if chosen:
        longest = max(chosen, key=lambda one: one[0].length)
        evidence["period"] = longest[1]
        return longest[0]
    return None


def _period_candidates(
    sheet: Sheet, cells: list[TitleCell], labels: list[tuple[str, TitleCell]]
) -> list[tuple[Span, Told]]:
    stated = labelled(labels, _PERIOD_LABEL)
    if stated is not None and (span := periods.find(stated.text) or serial_span(stated.text)):
        return [(span, stated.evidence)]
    found: list[tuple[Span, Told]] = []
    rows: dict[int, list[TitleCell]] = {}
    before = ""
    for cell in cells:
        text = squeezed(cell.text)
        after_label = _OTHER_DATE.search(before) and not re.search(r"\d", before)
        if not (_OTHER_DATE.search(text) or _MID_MONTH.search(text) or after_label):
            rows.setdefault(cell.row, []).append(cell)
        before = text
    for row in rows.values():
        spans = [(span, cell.evidence) for cell in row if (span := periods.find(cell.text))]
        joined = periods.find("".join(squeezed(cell.text) for cell in row))  # 2019年 | 5 | 月
        exact = joined is not None and joined.length != 12
        if exact and joined and all(span.length == 12 for span, _ in spans):
            spans = [(joined, row[0].evidence)]
        found += spans
    name = squeezed(sheet.name)
    if span := periods.find(name):
        found.append((span, Told(SHEET_NAME, sheet.name)))
    elif (part := part_of_year(name)) and found:
        years = {span.end.year for span, _ in found}
        if len(years) == 1 and all(span.length == 12 for span, _ in found):
            whole = periods.parse(f"{years.pop()}年{part}")
            first = found[0][1]
            found.append((whole, first._replace(printed=f"{first.printed}; {sheet.name}")))
    return found


def _two_periods(sheet: Sheet, found: list[tuple[Span, Told]]) -> FormRefused:
    said = "; ".join(dict.fromkeys(str(said) for _, said in found))
    message = Text(
        f"表中写了不同的期别({said});请用 --period 写明",
        f"the sheet names different periods ({said}); say which one with --period",
    )
    return refusal("unknown_period", message, sheet.name)
