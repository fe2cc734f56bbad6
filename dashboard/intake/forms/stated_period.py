"""Works out which period a sheet speaks of: as given, a label, the title, the sheet's name."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import NamedTuple

from dashboard.base.language import Text
from dashboard.catalogue import periods
from dashboard.catalogue.english_periods import in_chinese
from dashboard.catalogue.period_phrases import Phrase
from dashboard.catalogue.periods import Span
from dashboard.intake.forms.files.cells import Sheet, squeezed
from dashboard.intake.forms.headings import LOST_ZERO, serial_span, span_of
from dashboard.intake.forms.layout import GIVEN, SHEET_NAME, Citation, FormRefused, Hints, refusal
from dashboard.intake.forms.parts_of_year import part_in, part_of_year, span_of_part
from dashboard.intake.forms.title_cells import TitleCell, labelled, without_references

_PERIOD_LABEL = re.compile(
    r"报告期(?:别)?|报表(?:时间|期)|期别|统计(?:时间|日期|月份|期间?|区间|周期)|所属(?:时间|期|月份|年月)"
    r"|数据(?:时间|期|日期)|(?:数据|统计)?截[至止](?:时间|日期)?|(?:执行|施行|实施)(?:时间|日期|起始时间)|时间|月份|年月"
)
# Dates that say when a form was signed, printed or approved, not what it counts.
_OTHER_DATE = re.compile(
    r"(?<!统计)(?<!数据)(?<!截[至止])日期|发布|更新|来源|有效|文号|国统|批准|打印|印发|签发|[〔\[【]\d{4}[〕\]】]"
    r"|(?:制表|编制|编印|填表|填报|审核|录入|导出|生成|下载|公示|公开|成文|发文)(?:人|时间|期[限间]?|起止时间)?:"
)
# Beside who hands a table in may stand its period or the day it was made: it counts only alone.
_OFFICE_LINE = re.compile(
    r"(?:制表|编制|填表|填报|报送|上报)(?:单位|部门|机关|时间|月份)[^:]{0,4}:"
)
# The number of a bulletin, 2026年第10期, is asked where no month stands beside it.
_ISSUE = re.compile(r"[(（]?(?:\d{4}年)?,?总?第\s*\d+\s*[期号辑][)）]?")
_MID_MONTH = re.compile(
    r"(?<![至到—–~\d-])\d{4}"
    r"(?:年\d{1,2}月(?:[1-9]|1\d|2[0-7])日|([-/.])\d{1,2}\1(?:0?[1-9]|1\d|2[0-7])(?!\d))"
    r"(?![至到—–~-])"
)
_AS_OF = re.compile(r"(?:截[至止]到?|止于)(?:时间|日期)?:?(\d{4}年\d{1,2}月(?:\d{1,2}[日号])?)")
_IN_FORCE = re.compile(r"(?:自|从)(\d{4}年\d{1,2}月)(?:1日)?起(?:执行|施行|实施|调整|提高)")
# The month in which a report is due may be another one than that which it counts: (2031年4月报).
_REPORTED = re.compile(r"\((\d{4}年\d{1,2}月)(?:份|末|底)?(?:月?报|[上填呈]报)[^()]*\)")
# What a title is compared with, decreed by or revised from is no second period of its figures.
_COMPARED = re.compile(r"比|较|同期|上年|去年|自\d|从\d|起|修订|版|号|文件|标准|普查")
_OF_SHEET = re.compile(r"^\D*[本当](?:月|季度?|年度?|期)\D*$")  # the period that is said elsewhere
_TABLE_NUMBER = re.compile(r"(\d{1,3})[-—–](\d{1,3})")
_OTHER_TIME = re.compile(r"[上去前]年同?[期月]?|上一?个?(?:月份?|季度?)末?|同期|\d{1,2}月份?")
_OF_MONTHS = re.compile(r"[月周旬季节]|[上去前]年|同期")  # what no month of the title can hold
# Words of time that no period of a title consumes: 一二季度, 后三个月, 近两季度, 末季度.
_UNREAD_TIME = re.compile(
    r"[一二三四五六七八九十几近后末]\|"
    r"|[\d一二三四五六七八九十两几](?:个月|个?季度?)(?!以[上下内]|[上下内])|[上末后近]季度?"
)
_KEY = re.compile(r"(?:19|20)\d{2}(?:0[1-9]|1[0-2])")  # 202409
_BARE_MONTH = re.compile(r"0?[1-9]|1[0-2]")  # alone above a table: its month, or anything
_LONGEST_PART = 24  # characters of a line that may hold the month of the title's year


class Candidate(NamedTuple):
    """A period that the sheet names; ``span`` is None where it is not understood."""

    span: Span | None
    citation: Citation

    @property
    def is_year(self) -> bool:
        """Whether it is understood, and a whole year."""
        return self.span is not None and self.span.is_year


def stated_period(
    sheet: Sheet,
    cells: list[TitleCell],
    labels: list[tuple[str, TitleCell]],
    hints: Hints,
    evidence: dict[str, Citation],
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
        evidence["period"] = Citation(GIVEN, hints.period)
        return span
    return _chosen(sheet, _candidates(sheet, cells, labels), evidence)


def period_of_table(
    sheet: Sheet,
    cells: list[TitleCell],
    labels: list[tuple[str, TitleCell]],
    shared: Span | None,
) -> Span | None:
    """The period that a table's own captions state, or that of its sheet; refuses two.

    A month without a year lies in the year of the sheet's; a year alone says less than its month.
    """
    rows = _dated_rows(cells)
    stated = _labelled_period(labels) or _of_rows(rows)
    of_sheet = [Candidate(shared, Citation(SHEET_NAME, sheet.name))] if shared else []
    if not stated:
        cells = [cell for row in rows for cell in row if not _OF_SHEET.search(squeezed(cell.text))]
        lines = [(cell.text, cell.evidence) for cell in cells]
        stated = _of_the_year(of_sheet, lines) or _of_another_part(of_sheet, lines)
    if all(candidate.is_year for candidate in stated):
        stated = [*stated, *of_sheet]
    return _chosen(sheet, stated, {})


def _chosen(
    sheet: Sheet, candidates: list[Candidate], evidence: dict[str, Citation]
) -> Span | None:
    """The one period of several statements; a month says more than the year it lies in."""
    spans = []
    for span, citation in candidates:
        if span is None:
            raise _not_understood(sheet, citation)
        spans.append((span, citation))
    chosen = [
        (span, citation)
        for span, citation in spans
        if not span.is_year or _is_other_year(span, citation, spans)
    ] or spans
    if len({span.end for span, _ in chosen}) > 1:
        raise _two_periods(sheet, chosen)
    if not chosen:
        return None
    span, evidence["period"] = max(chosen, key=lambda pair: pair[0].length)
    return span


def _is_other_year(span: Span, citation: Citation, spans: list[tuple[Span, Citation]]) -> bool:
    """Whether a line is nothing but a year in which the other periods named do not lie.

    全年 and 1-12月 are the whole year, which no month but December ends.
    """
    others = {one.end for one, _ in spans if one != span}
    line = _bare(citation.printed)
    if part_of_year(line) or ("月" in line and span_of(line) is not None):
        return bool(others - {span.end})
    return span_of(line) is not None and span.end.year not in {end.year for end in others}


def _candidates(
    sheet: Sheet, cells: list[TitleCell], labels: list[tuple[str, TitleCell]]
) -> list[Candidate]:
    named = _in_title(sheet, cells)
    stated = _labelled_period(labels)
    return [*stated, *_other_months(stated, named)] if stated else named


def _other_months(stated: list[Candidate], named: list[Candidate]) -> list[Candidate]:
    """The months of the title beside a labelled period that ends otherwise: one is wrong."""
    ends = {candidate.span.end for candidate in stated if candidate.span is not None}
    return [
        candidate
        for candidate in named
        if candidate.span is not None and not candidate.is_year and candidate.span.end not in ends
    ]


def _labelled_period(labels: list[tuple[str, TitleCell]]) -> list[Candidate]:
    """The period that stands after a label such as 报告期."""
    stated = labelled(labels, _PERIOD_LABEL)
    if stated is None:
        return []
    if LOST_ZERO.fullmatch(stated.text):
        return [Candidate(None, stated.evidence)]
    serial = serial_span(stated.text)
    others = [Candidate(serial, stated.evidence)] if serial else []
    return _periods_named(stated.text, stated.evidence) or others


def _in_title(sheet: Sheet, cells: list[TitleCell]) -> list[Candidate]:
    """The periods of the title's rows and of the sheet's name."""
    rows = _dated_rows([cell for cell in cells if not _OFFICE_LINE.match(squeezed(cell.text))])
    candidates = _of_rows(rows)
    if not candidates:
        rows = _dated_rows(cells)
        candidates = _of_rows(rows)
    candidates = _without_issues(candidates)
    lines = [(cell.text, cell.evidence) for row in rows for cell in row]
    of_lines = _of_the_year(candidates, lines) or _of_another_part(candidates, lines)
    return candidates + of_lines + _of_sheet_name(sheet, candidates)


def _without_issues(candidates: list[Candidate]) -> list[Candidate]:
    """The periods without the numbers of a bulletin that stand beside a month."""
    if not any(_is_month(one) for one in candidates):
        return candidates
    return [one for one in candidates if not _ISSUE.fullmatch(one.citation.printed.strip())]


def _is_month(candidate: Candidate) -> bool:
    """Whether a period is understood, and more than the year."""
    return candidate.span is not None and not candidate.is_year


def _of_rows(rows: list[list[TitleCell]]) -> list[Candidate]:
    return [candidate for row in rows for candidate in _of_row(row)]


def _periods_named(text: str, citation: Citation) -> list[Candidate]:
    """The first period that a text names, or the month up to which it counts in that year."""
    rest = _ISSUE.sub("", text)
    if rest != text and rest.strip():
        named = _periods_named(rest, citation)
        if any(map(_is_month, named)):
            return named
    phrases = periods.phrases(text)
    if _KEY.fullmatch(_bare(text)):
        span: Span | None = periods.parse(_bare(text))
    elif phrases:
        span = phrases[0].span
    else:
        return []
    reported = _REPORTED.search(periods.plain_text(text))
    if reported:
        return _with_reported(span, periods.find(reported[1]), citation)
    as_of = _AS_OF.search(squeezed(text)) or _IN_FORCE.search(squeezed(text))
    if as_of and span is not None and span.is_year:
        return [Candidate(_month_of(as_of[1], span), citation)]
    is_unclear = _names_two(phrases, text) or has_unread_time(text)
    return [Candidate(None if is_unclear else span, citation)]


def _month_of(text: str, year: Span) -> Span | None:
    """The month of a year that a text names, else the year; None of one not understood."""
    named = periods.phrases(text)[:1]
    is_within = named and (named[0].span is None or named[0].span.end.year == year.end.year)
    return named[0].span if is_within else year


def has_unread_time(text: str) -> bool:
    """Whether a text with a period names another time that is no part of it: 2024年后三个月."""
    return bool(_UNREAD_TIME.search(periods.rest_of(squeezed(text))))


def _names_two(phrases: list[Phrase], text: str) -> bool:
    """Whether a text names two periods, one within a year, and says not how they belong together.

    Several whole years head the columns of a yearbook.
    """
    spans = [phrase.span for phrase in phrases if phrase.span is not None]
    if len(spans) < 2 or all(span.is_year for span in spans) or _COMPARED.search(squeezed(text)):
        return False
    return len({span.end for span in spans}) > 1


def _with_reported(span: Span | None, reported: Span | None, citation: Citation) -> list[Candidate]:
    """The period of a text that names a month of reporting too; none of two that differ."""
    if span is None or reported is None or span.end == reported.end:
        return [Candidate(span, citation)]
    if span.is_year and span.end.year == reported.end.year:
        return [Candidate(reported, citation)]
    return [Candidate(None, citation)]


def _dated_rows(cells: list[TitleCell]) -> list[list[TitleCell]]:
    """The title's cells row by row, without those that say when the form was signed or printed."""
    rows: dict[int, list[TitleCell]] = {}
    before, row = "", -1
    for numbered in cells:
        cell = replace(numbered, text=without_references(numbered.text))
        text = squeezed(cell.text)
        is_label = cell.row == row and not before.partition(":")[2]
        after_label = is_label and _OTHER_DATE.search(before) and not re.search(r"\d", before)
        mid_month = _MID_MONTH.search(text) and not _IN_FORCE.search(text)
        if not (_OTHER_DATE.search(text) or mid_month or after_label):
            rows.setdefault(cell.row, []).append(cell)
        before, row = text, cell.row
    return list(rows.values())


def _of_row(row: list[TitleCell]) -> list[Candidate]:
    """The periods of a row, whose month may stand in the next cell: 2019年 | 5 | 月."""
    unclear = [cell for cell in row if LOST_ZERO.fullmatch(squeezed(cell.text))]
    if unclear:
        return [Candidate(None, cell.evidence) for cell in unclear]
    candidates = [
        candidate for cell in row for candidate in _periods_named(cell.text, cell.evidence)
    ]
    years = all(candidate.is_year for candidate in candidates)
    joined = _periods_named("".join(squeezed(cell.text) for cell in row), row[0].evidence)
    if years and joined and joined[0].span is not None and not joined[0].is_year:
        return joined
    return candidates


def _of_sheet_name(sheet: Sheet, candidates: list[Candidate]) -> list[Candidate]:
    """The period that the sheet's name says, in full or as a part of the title's year."""
    citation = Citation(SHEET_NAME, sheet.name)
    return (
        _periods_named(squeezed(sheet.name), citation)
        or _of_the_year(candidates, [(sheet.name, citation)])
        or _of_another_part(candidates, [(sheet.name, citation)])
    )


def _of_another_part(
    candidates: list[Candidate], lines: list[tuple[str, Citation]]
) -> list[Candidate]:
    """Parts of a year that other lines name, in the one year of the title's months."""
    years = {candidate.span.end.year for candidate in candidates if candidate.span is not None}
    if len(years) != 1:
        return []
    year = years.pop()
    named = [(_with_year(year, squeezed(text)), citation) for text, citation in lines]
    return [
        Candidate(phrase.span, citation)
        for phrase, citation in named
        if phrase is not None and (phrase.span or _OF_MONTHS.search(phrase.text))
    ]


def _may_date(line: str) -> bool:
    """Whether a line is short enough to be read for a part of the title's year, and has no year."""
    plain = squeezed(line)
    return len(plain) <= _LONGEST_PART and not (_is_table_number(plain) or periods.phrases(plain))


def _bare(line: str) -> str:
    """A line without brackets around it, English months in Chinese: (Jan-Mar) is 1-3月."""
    return in_chinese(squeezed(line).strip("()（）[]【】"))


def _of_the_year(candidates: list[Candidate], lines: list[tuple[str, Citation]]) -> list[Candidate]:
    """Months and quarters of the title's year that stand in other lines: (9-10月)."""
    year = _only_year(candidates)
    if year is None:
        return []
    parts = []
    for text, citation in lines:
        phrase = _with_year(year, squeezed(text))
        if phrase is not None:
            title = candidates[0].citation
            printed = title._replace(printed=f"{title.printed}; {citation.printed}")
            parts.append(Candidate(phrase.span, printed))
    return parts


def _only_year(candidates: list[Candidate]) -> int | None:
    """The year, where all that is named is this whole year."""
    years = {
        candidate.span.end.year
        for candidate in candidates
        if candidate.span is not None and candidate.span.is_year
    }
    whole = all(candidate.span is not None and candidate.span.is_year for candidate in candidates)
    return years.pop() if len(years) == 1 and whole else None


def _with_year(year: int, line: str) -> Phrase | None:
    """The part of a year that a short line names, None where it names none."""
    if not _may_date(line):
        return None
    if _BARE_MONTH.fullmatch(_bare(line)):
        return Phrase(line, None)
    part = part_of_year(_bare(line)) or part_in(line)
    if part:
        return Phrase(part, span_of_part(part, year))
    phrase = periods.phrases(f"{year}年({line})")[0]
    if phrase.text.strip("()") != f"{year}年":
        return phrase
    return Phrase(line, None) if _OTHER_TIME.fullmatch(_bare(line)) else None


def _is_table_number(line: str) -> bool:
    """Whether a line only numbers a table of a yearbook, 20-5, and can be no span of months."""
    match = _TABLE_NUMBER.fullmatch(line)
    return match is not None and max(map(int, match.groups())) > 12


def _not_understood(sheet: Sheet, citation: Citation) -> FormRefused:
    if LOST_ZERO.fullmatch(citation.printed.strip()):
        year = citation.printed.strip()[:4]
        message = Text(
            f"“{citation}”是1月还是10月看不出(按数字保存的 {year}.10 会丢掉末尾的0);"
            f"请用 --period 写明，如 {year}-01、{year}-10",
            f"{citation}: January, or October without its zero (a number keeps {year}.10 as "
            f"{year}.1); say which with --period, such as {year}-01 or {year}-10",
        )
        return refusal("unknown_period", message, sheet.name, citation.row, citation.column)
    if _REPORTED.search(periods.plain_text(citation.printed)):
        message = Text(
            f"“{citation}”写了统计的月份，又写了报送的月份，以哪个为准看不出；请用 --period 写明",
            f"{citation}: one month is counted and another one is that of reporting; say which "
            "period it is with --period",
        )
        return refusal("unknown_period", message, sheet.name, citation.row, citation.column)
    if _names_two(periods.phrases(citation.printed), citation.printed):
        message = Text(
            f"“{citation}”写了两个时间，哪个是报告期看不出；请用 --period 写明",
            f"{citation} names two periods; say which one the figures are of with --period",
        )
        return refusal("unknown_period", message, sheet.name, citation.row, citation.column)
    message = Text(
        f"期别“{citation}”看不懂；请用 --period 写明，如 2024-09、2024Q3、2024年1-9月",
        f"the period in {citation} is not understood; say it with --period, such as 2024-09 or "
        "2024Q3",
    )
    return refusal("unknown_period", message, sheet.name, citation.row, citation.column)


def _two_periods(sheet: Sheet, periods_named: list[tuple[Span, Citation]]) -> FormRefused:
    listed = "; ".join(dict.fromkeys(str(citation) for _, citation in periods_named))
    message = Text(
        f"表中写了不同的期别({listed});请用 --period 写明",
        f"the sheet names different periods ({listed}); say which one with --period",
    )
    return refusal("unknown_period", message, sheet.name)
