"""Recognises a bureau's own table as a sheet: its frame, its figures, its questions."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from dashboard.base.language import Text
from dashboard.catalogue import periods
from dashboard.catalogue.areas import Areas
from dashboard.catalogue.catalogue import Catalogue
from dashboard.catalogue.concepts import Finding
from dashboard.catalogue.periods import Span
from dashboard.intake.forms.files.cells import Sheet, column_letter, text_of
from dashboard.intake.forms.layout import (
    CELL,
    SHEET_NAME,
    STREET_TABLE,
    YEAR_TABLE,
    Citation,
    Column,
    FormRefused,
    Head,
    Hints,
    Recognition,
)
from dashboard.intake.forms.stated_area import named_area, other_district
from dashboard.intake.forms.stated_period import has_unread_time
from dashboard.intake.forms.title_block import (
    head_of_cells,
    head_of_table,
    least_firm,
    read_head,
    units_in,
    with_stated,
)
from dashboard.intake.forms.title_cells import title_cells_at
from dashboard.intake.understanding import questions as asked
from dashboard.intake.understanding.body_rows import RowWords
from dashboard.intake.understanding.gaps import no_year, odd_span
from dashboard.intake.understanding.lexicon import lexicon_of
from dashboard.intake.understanding.own_captions import units_below, with_own_captions
from dashboard.intake.understanding.phrases import PERIOD, title_phrase
from dashboard.intake.understanding.places import LEFT_OUT, Finder
from dashboard.intake.understanding.questions import Answers, Question
from dashboard.intake.understanding.reading import read_sheet
from dashboard.intake.understanding.regions import Region, find_regions
from dashboard.intake.understanding.remembered_answers import (
    SheetForm,
    note_vocabulary,
    read_with_answers,
)
from dashboard.intake.understanding.stated_day import ask_later_periods
from dashboard.intake.understanding.table import knowledge
from dashboard.intake.understanding.understood import SheetFacts, Understood
from dashboard.intake.understanding.words import (
    ALTERS,
    FILLER,
    MARK,
    PLAN,
    PROGRAMME,
    SCOPE,
    TARGET,
    VALUE,
    Fact,
    normal,
    without_number,
)

_NOT_ACTUAL = (Fact(MARK, TARGET), Fact(MARK, PLAN))
_UNSAID = (asked.AREA, asked.PERIOD)
_RULES = {
    asked.AREA: "unknown_area",
    asked.PERIOD: "unknown_period",
    asked.MISMATCH: "area_mismatch",
    asked.UNIT: "unsaid_unit",
    asked.TWICE: "stated_twice",
    asked.BASIS: "unknown_basis",
    asked.LIST: "list_not_totals",
    asked.SPAN: "unclear_period",
}


def recognise_table(
    sheet: Sheet, catalogue: Catalogue, areas: Areas, hints: Hints
) -> Recognition | None:
    """The sheet read as a bureau's own table; None where no row of it holds a figure.

    Raises FormRefused, with every question of the sheet, where its area or period is not said.
    """
    regions = with_own_captions(sheet, find_regions(sheet, _row_words(catalogue, areas)))
    if not regions:
        return None
    head = read_head(sheet, regions[0].top, catalogue, areas, replace(hints, unit=""))
    refused = [one for one in head.findings if "--" in one.message.zh and _is_of_hint(one, hints)]
    if refused:
        raise FormRefused(refused, head)
    head = _from_file_name(head, hints.file, areas)
    title = head.title or sheet.name
    head = replace(head, title=title)
    subject = _subject(title, head)
    answers = _answers(hints, subject)

    heads = _heads_of_tables(sheet, regions, head, catalogue, areas, hints)
    head = replace(head, firmness=least_firm([head, *heads]))

    def read(given: Answers) -> Understood:
        frames = [_sheet_facts(one, hints, given, catalogue) for one in heads]
        return read_sheet(sheet, regions, frames, knowledge(catalogue, areas, given))

    units = tuple(dict.fromkeys(unit for one in heads for unit in one.units))
    form = SheetForm(title, units, catalogue.grid, areas)
    understood, answered = read_with_answers(read, form, answers, hints.kept)
    note_vocabulary(understood, hints, form)
    if not hints.period.strip():
        ask_later_periods(sheet, regions, understood)
    head.evidence["layout"] = _first_cell(sheet, regions[0])
    understood.leaves_out_unitless = answered.unit == LEFT_OUT
    above = _texts_above(sheet, regions[0].top)
    _refuse_other_district(sheet, head, [*above, hints.file], understood, areas)
    _refuse_incomplete(sheet, head, understood)
    units = with_stated(head.units, answered.unit, catalogue)
    head = replace(head, area=understood.area, units=units)
    first = regions[0]
    if understood.area is not None and "area" not in head.evidence:
        head.evidence["area"] = _first_label(sheet, first)
    layout = YEAR_TABLE if understood.by_years else STREET_TABLE
    return Recognition(
        layout=layout,
        form=head.form or layout,
        title=title,
        area=head.area,
        period=head.period,
        units=head.units,
        header_rows=first.header or (first.top,),
        first_row=first.body[0],
        columns=_columns(first, understood),
        firmness=head.firmness,
        evidence=head.evidence,
        understood=understood,
        answered=answered,
        subject=subject,
    )


def _heads_of_tables(
    sheet: Sheet,
    regions: Sequence[Region],
    head: Head,
    catalogue: Catalogue,
    areas: Areas,
    hints: Hints,
) -> list[Head]:
    """What is said of each table, by its own captions first; of a single one all is its own.

    A unit is that of the table right above it, or of those below it, until the next one.
    """
    below = [
        units_in(title_cells_at(sheet, units_below(sheet, regions, one)), catalogue)
        for one in regions
    ]
    if len(regions) == 1:
        return [replace(head, units=head.units or below[0])]
    shared = _from_file_name(
        head_of_cells(
            sheet,
            title_cells_at(sheet, regions[-1].outer),
            catalogue,
            areas,
            replace(hints, unit=""),
        ),
        hints.file,
        areas,
    )
    heads: list[Head] = []
    before = shared.units
    for region, units in zip(regions, below, strict=True):
        own = [place for place in region.captions if place not in region.outer]
        cells = [
            replace(cell, text=without_number(cell.text)) for cell in title_cells_at(sheet, own)
        ]
        one = head_of_table(sheet, cells, shared, catalogue, areas)
        heads.append(replace(one, units=one.units or units or before))
        before = one.units or before
    return heads


def _sheet_facts(head: Head, hints: Hints, answers: Answers, catalogue: Catalogue) -> SheetFacts:
    units = with_stated(head.units, answers.unit, catalogue)
    return SheetFacts(hints.file, head.title, head.area, head.period, units)


def _answers(hints: Hints, subject: str) -> Answers:
    """What the person answered, with the mappings that are remembered for this subject."""
    mapped = hints.mapped(subject) if hints.mapped else {}
    lines = {key: one.indicator for key, one in mapped.items()}
    return Answers(hints.basis, hints.words, lines, hints.streets, hints.unit)


def _row_words(catalogue: Catalogue, areas: Areas) -> RowWords:
    """What is known of the words that name rows and head columns, in every sheet alike."""
    lexicon = lexicon_of(catalogue.grid)

    def is_known(text: str) -> bool:
        facts = (fact for token in lexicon.label(normal(text)) for s in token.senses for fact in s)
        return any(fact.slot != FILLER for fact in facts)

    return RowWords(Finder(areas), is_known)


def names_no_subject(sheet: Sheet, top: int, catalogue: Catalogue) -> bool:
    """Whether what stands above a row narrows nothing: no programme, no breakdown, no 预测."""
    lexicon = lexicon_of(catalogue.grid)
    texts = _texts_above(sheet, top)
    facts = {f for t in texts for f in title_phrase(t, lexicon, catalogue).facts()}
    heads = {"spending", "head"}
    return not any(
        fact.slot in (SCOPE, VALUE, ALTERS)
        or fact in _NOT_ACTUAL
        or (fact.slot == PROGRAMME and catalogue.grid.programmes[fact.value].kind not in heads)
        for fact in facts
    )


def _texts_above(sheet: Sheet, top: int) -> list[str]:
    """What stands in the cells above a row."""
    return [text_of(cell) for row in sheet.rows[:top] for cell in row if cell is not None]


def _is_of_hint(finding: Finding, hints: Hints) -> bool:
    """Whether a finding says that what the person stated means nothing."""
    stated = {"unknown_area": hints.area, "unknown_period": hints.period}
    return bool(stated.get(finding.rule, "").strip())


def _from_file_name(head: Head, file: str, areas: Areas) -> Head:
    """The head with the period and the area that only the file's name says."""
    citation = Citation(SHEET_NAME, file)
    conflicting = {finding.rule for finding in head.findings}
    if head.period is None and "unknown_period" not in conflicting:
        span = _period_of_file(file)
        if span is not None:
            head.evidence["period"] = citation
            head = replace(head, period=span)
    if head.area is None and file:
        area = named_area(file, areas)
        if area is not None:
            head.evidence["area"] = citation
            head = replace(head, area=area)
    return head


def _period_of_file(file: str) -> Span | None:
    """The period that a file's name says with its year; None where it says another time too."""
    is_clear = PERIOD.search(normal(file)) and "年" in file and not has_unread_time(file)
    return periods.find(normal(file)) if is_clear else None


def _subject(title: str, head: Head) -> str:
    """By what mappings of a table are kept: its district and its title without the period."""
    plain = re.sub(r"[()\s]", "", PERIOD.sub("", normal(title)))
    return f"{STREET_TABLE}:{head.area.code if head.area else ''}:{plain}"


def _refuse_other_district(
    sheet: Sheet, head: Head, titles: Sequence[str], understood: Understood, areas: Areas
) -> None:
    """Refuses a sheet that names another district than the one in which its rows are found."""
    if head.area is not None or understood.area is None:
        return
    plain = (PERIOD.sub("", normal(title)) for title in titles)
    named = (other_district(title, understood.area, areas) for title in plain)
    other = next(filter(None, named), "")
    if not other:
        return
    found = understood.area.name
    message = Text(
        f"标题写的是“{other}”，按各行的名称却在{found.zh}；请先登记{other}及其街镇，或指明地区",
        f"the title says {other}, the rows are named as those of {found.en}: register {other} and "
        "its streets first, or say which area it is",
    )
    raise FormRefused([Finding("error", "unknown_area", message, sheet.name)], head)


def _refuse_incomplete(sheet: Sheet, head: Head, understood: Understood) -> None:
    """Refuses a sheet whose area or period nothing says, with every question it leaves."""
    unsaid = [
        one
        for one in understood.questions
        if one.kind in _UNSAID and (not one.word or understood.area is None)
    ]
    if not unsaid:
        return
    findings = [*_left_out(sheet, understood), *_asked(head, understood)]
    head = replace(head, area=understood.area, form=head.form or STREET_TABLE)
    raise FormRefused(findings, head, understood.questions)


def _asked(head: Head, understood: Understood) -> Iterator[Finding]:
    """A finding for each question; where the head contradicts itself, the finding of that."""
    conflicts = {finding.rule: finding for finding in head.findings}
    for question in understood.questions:
        if question.kind == asked.LEAVE_OUT:
            continue
        conflict = None if question.word else conflicts.get(_RULES.get(question.kind, ""))
        yield conflict or finding_of(question)


def _left_out(sheet: Sheet, understood: Understood) -> list[Finding]:
    """The notes of rows that are left out: they may be registered with what else is asked."""
    return [
        Finding(
            "note",
            note.rule,
            note.text,
            sheet.name,
            note.row + 1,
            column_letter(note.column),
            text_of(sheet.cell(note.row, note.column)),
        )
        for note in understood.notes
        if note.rule == "row_left_out" and note.row >= 0
    ]


def finding_of(question: Question, severity: str = "error") -> Finding:
    """A question as a finding: what is asked, how it is answered, and where it matters."""
    rule = _RULES.get(question.kind, "unknown_indicator")
    row, column = question.cells[0] if question.cells else (0, 0)
    count = len(question.cells)
    how = _HOW.get(question.kind, Text("", ""))
    if question.kind == asked.UNIT and question.word:
        rule, how = "unfit_unit", _HOW_OF_UNIT
    if question.kind == asked.AREA and question.word:
        how = _HOW_OF_ROW
    if not question.word:
        how = _HOW_OF_TEXT.get(question.text) or _HOW_OF_TITLE.get(question.kind, how)
    zh_how, en_how = how.zh.format(word=question.word), how.en.format(word=question.word)
    left = _LEFT_WITH_NOTE if severity == "warning" else Text("", "")
    message = Text(
        f"{question.text.zh}{_standing(question, '、')}；{zh_how}（涉及 {count} 个数{left.zh}）",
        f"{question.text.en}{_standing(question, ', ')}; {en_how} ({count} figures{left.en})",
    )
    return Finding(
        severity, rule, message, question.sheet, row + 1, column_letter(column), question.word
    )


def _standing(question: Question, comma: str) -> str:
    """The cells of one meaning with two values, which the place of one does not show: : B7, B14."""
    if question.kind != asked.TWICE:
        return ""
    cells = [f"{column_letter(column)}{row + 1}" for row, column in question.cells[:_MOST_CELLS]]
    mark = ": " if comma.isascii() else "："
    return mark + comma.join(cells)


_MOST_CELLS = 4  # named in one sentence
_HOW_OF_ROW = Text(
    "请用 --street “{word}=地区”说明是哪个街道、乡镇；新的街道、乡镇请加 --register-streets 登记"
    "(区县也未登记的再加 --district 代码=区县名)，写错的请改正，或加 --skip-unknown 不读入",
    "say which area it is with --street “{word}=area”, register new streets with "
    "--register-streets (and --district CODE=NAME where their district is new too), mend what is "
    "misspelt, or leave it out with --skip-unknown",
)
_HOW_OF_UNIT = Text(
    "请改正，或加 --skip-unknown 跳过", "mend it, or leave it out with --skip-unknown"
)
_LEFT_WITH_NOTE = Text("，不回答、只写说明则不入库", ", left out where only a note is given")
_HOW = {
    asked.AREA: Text(
        "请在表中写明、登记该地区，或用 --area(如 370113)说明",
        "write it in the table, add the area to the list, or say it with --area (such as 370113)",
    ),
    asked.PERIOD: Text(
        "请在标题、表头或工作表名中写明，或用 --period(如 2024-09)说明",
        "write it in title or headings, or say it with --period (such as 2024-09)",
    ),
    asked.BASIS: Text(
        "请用 --basis in_month(当月)或 year_to_date(本年累计)说明，对全表有效",
        "say it for the whole sheet with --basis in_month or year_to_date",
    ),
    asked.WORD: Text(
        "请用 --word “{word}=含义”说明(项目、度量、分组，或 无 表示没有意义)，"
        "或加 --skip-unknown 跳过",
        "say what it means with --word “{word}=meaning” (a programme, a measure, a breakdown, or "
        "nothing), or leave it out with --skip-unknown",
    ),
    asked.PROGRAMME_KIND: Text(
        "请用 --word “标题=含义”说明整张表讲的是什么(如 标题=城市低保)，或用 --word “{word}=含义”"
        "说明这一栏(如 城市低保人数)，或加 --skip-unknown 不读入",
        "say what the table is of with --word “title=meaning” (such as title=城市低保), or what "
        "this line is with --word “{word}=meaning” (such as 城市低保人数), or leave it out with "
        "--skip-unknown",
    ),
    asked.MEASURE_KIND: Text(
        "请用 --word “{word}=含义”说明这一栏(如 户数、城市低保人数)，没有写明的各栏都一样时用 "
        "--word “标题=含义”(如 标题=人数)，或加 --skip-unknown 不读入",
        "say what it is with --word “{word}=meaning” (such as 户数 or 城市低保人数), or of all "
        "such lines with --word “title=meaning” (such as title=人数), or leave it out with "
        "--skip-unknown",
    ),
    asked.TITLE_KIND: Text(
        "全表是目标的用 --word 标题=目标，是预算或计划的用 --word 标题=预算，是新增或退出的用 "
        "--word 标题=新增 或 退出，都不是的请改正标题，或加 --skip-unknown 不读入",
        "say it with --word title=目标 (targets), title=预算 (plans), title=新增 (added) or "
        "title=退出 (left); mend the title where it is none, or leave them out with --skip-unknown",
    ),
    asked.UNIT: Text(
        "请在表中写明，或用 --unit 元 或 --unit 万元 说明，对全表有效，或加 --skip-unknown 跳过",
        "write it in the table, say it for the whole sheet with --unit 元 or --unit 万元, or leave "
        "it out with --skip-unknown",
    ),
    asked.TWICE: Text(
        "请只保留一个，或加 --skip-unknown 跳过", "keep one of them, or use --skip-unknown"
    ),
    asked.MISMATCH: Text("请改正其中一个", "mend one of them"),
    asked.SPAN: Text(
        "请在表中改写清楚(如 2024年1-3月)，或加 --skip-unknown 不读入",
        "write it out in the table (such as 2024年1-3月), or leave it out with --skip-unknown",
    ),
    asked.LIST: Text("请报送汇总表", "hand in the table of totals"),
}


_HOW_OF_SPAN = Text(
    "请改报单月或从1月起的累计数，或加 --skip-unknown 不读入",
    "hand in single months or figures since January, or leave it out with --skip-unknown",
)
_HOW_OF_YEAR = Text(
    "请在标题中写明年份，或用 --period 说明最后一期(如 2026-09，只写 2026 也可以)",
    "write the year in the title, or say the last period with --period (such as 2026-09, or 2026)",
)
_HOW_OF_TEXT = {odd_span().text: _HOW_OF_SPAN, no_year().text: _HOW_OF_YEAR}
_HOW_OF_TITLE = {  # where no heading or label can be explained
    asked.PROGRAMME_KIND: Text(
        "请用 --word “标题=含义”说明整张表讲的是什么(如 标题=城市低保)，或加 --skip-unknown 不读入",
        "say what the table is of with --word “title=meaning” (such as title=城市低保), or leave "
        "it out with --skip-unknown",
    ),
    asked.MEASURE_KIND: Text(
        "请用 --word “标题=含义”说明(如 标题=人数)，或加 --skip-unknown 不读入",
        "say it with --word “title=meaning” (such as title=人数), or leave it out with "
        "--skip-unknown",
    ),
    asked.WORD: Text("请改写清楚，或加 --skip-unknown 跳过", "write it out, or use --skip-unknown"),
}


def _columns(region: Region, understood: Understood) -> tuple[Column, ...]:
    """The first table's columns: those that name the rows, then those of figures."""
    columns = [Column(at, role, region.path(at)) for at, role in understood.roles.items()]
    role = "year" if understood.by_years else "indicator"
    for at in region.figures:
        columns.append(Column(at, role, region.path(at), span=understood.spans.get(at)))
    return tuple(columns)


def _first_cell(sheet: Sheet, region: Region) -> Citation:
    row = region.top
    texts = [(at, text) for at in range(sheet.width) if (text := text_of(sheet.cell(row, at)))]
    at, text = texts[0] if texts else (0, "")
    return Citation(CELL, text, row + 1, column_letter(at))


def _first_label(sheet: Sheet, region: Region) -> Citation:
    for row in region.body:
        for at in region.labels[:1]:
            if text := text_of(sheet.spread(row, at)):
                return Citation(CELL, text, row + 1, column_letter(at))
    return _first_cell(sheet, region)
