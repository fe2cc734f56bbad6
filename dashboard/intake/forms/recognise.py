"""Works out which layout a sheet has, and which area, period and unit it speaks of."""

from __future__ import annotations

import re
from dataclasses import replace

from dashboard.base.language import Text
from dashboard.catalogue import periods
from dashboard.catalogue.areas import Areas
from dashboard.catalogue.catalogue import Catalogue
from dashboard.catalogue.concepts import Indicator
from dashboard.intake.forms import headings
from dashboard.intake.forms.files.cells import Sheet, column_letter, filled, squeezed, text_of
from dashboard.intake.forms.layout import (
    CELL,
    OFFICIAL_FORM,
    OWN_EXPORT,
    TIDY,
    Citation,
    Column,
    FormRefused,
    Head,
    Hints,
    Recognition,
    TableHead,
    refusal,
)
from dashboard.intake.forms.layouts import (
    headerless,
    official_form,
    reimport,
    tidy_table,
)
from dashboard.intake.forms.layouts.second_table import refusal_of_second
from dashboard.intake.forms.parts_of_year import part_of_year, says_time, span_of_part
from dashboard.intake.forms.title_block import missing, read_head
from dashboard.intake.forms.title_cells import labelled, labels_of, title_cells
from dashboard.intake.understanding.sheet import names_no_subject, recognise_table

_COMPARED = re.compile("[上去]年|上[月季期]|同期|同比|环比|增减|增长|占比|比重")
_ONLY_TIDY = {"status", "kind", "since", "phrase", "source"}
_FORM_NUMBER = re.compile("表号")
_SINGLE_MONTH = re.compile(r"(?:\d{4}年)?(?:\d{1,2}|[一二三四五六七八九十]{1,2})月份?")

_OVER_TIME = re.compile(
    r"[本当](?:月|季度?)(?:数|发生(?:数|额)?|完成(?:数|额)?|支出)?|(?:\d{4}年)?\d{1,2}[-—–~至到]\d{1,2}月(?:累计|合计)?"
)


def recognise(sheet: Sheet, catalogue: Catalogue, areas: Areas, hints: Hints) -> Recognition:
    """The sheet's layout, area, period and columns; what the person said wins over the sheet.

    Raises FormRefused where no layout fits, or where neither sheet nor hints name the area or the
    period (a tidy table names them in its rows, a year table names its periods in its columns).
    """
    frame = _declared_frame(sheet, catalogue)
    if frame is None:
        table = _own_table(sheet, catalogue, areas, hints)
        if table is not None:
            return table
        frame = _frame(sheet, catalogue)
    second = refusal_of_second(sheet, frame)
    if second is not None:
        raise second
    top = frame.header_rows[0]
    dated = frame.layout == OFFICIAL_FORM or bool(hints.period.strip())
    head = read_head(sheet, top, catalogue, areas, hints, dated=dated)
    head.evidence["layout"] = _header_cell(sheet, frame)
    head = replace(head, form=head.form or frame.layout, title=head.title or sheet.name)
    if frame.layout == OWN_EXPORT:
        exported = reimport.stated_area(sheet, areas)
        if exported is not None:
            head = replace(head, area=exported)
            head.evidence.pop("area", None)
    _refuse_unnamed(sheet, frame, head)
    return Recognition(
        layout=frame.layout,
        form=head.form,
        title=head.title,
        area=head.area,
        period=head.period,
        units=head.units,
        header_rows=frame.header_rows,
        first_row=frame.first_row,
        columns=frame.columns,
        firmness=head.firmness,
        evidence=head.evidence,
        basis=hints.basis,
    )


def _declared_frame(sheet: Sheet, catalogue: Catalogue) -> TableHead | None:
    """The frame of a sheet whose form says what its lines mean; None for a bureau's own table."""
    own = reimport.find_frame(sheet)
    if own is not None:
        return own
    tidy = tidy_table.find_frame(sheet)
    if tidy is not None and _is_tidy(sheet, tidy, catalogue):
        return tidy
    form = official_form.find_frame(sheet)
    if form is None or _says_basis(form):
        return None
    return form if _is_statutory(sheet, form, catalogue) else None


def _is_tidy(sheet: Sheet, frame: TableHead, catalogue: Catalogue) -> bool:
    """Whether a list of figures names its indicators whole, below no title that narrows them.

    Else its words are read like those of any table (低保户数 in a column of 指标).
    """
    columns = {column.role: column.place for column in frame.columns}
    heading = text_of(sheet.cell(frame.header_rows[-1], columns["indicator"]))
    if columns.keys() & _ONLY_TIDY or heading.casefold() == "indicator":
        return True
    if not names_no_subject(sheet, frame.header_rows[0], catalogue):
        return False
    rows = range(frame.first_row, len(sheet.rows))
    names = {text_of(sheet.cell(row, columns["indicator"])) for row in rows} - {""}
    return any(catalogue.find_indicator(name) is not None for name in names)


def _own_table(
    sheet: Sheet, catalogue: Catalogue, areas: Areas, hints: Hints
) -> Recognition | None:
    """The sheet as a bureau's own table; None where it is a form after all, or holds no figures.

    A form without number and codes whose title narrows nothing may leave lines to its own names.
    """
    form = official_form.find_frame(sheet)
    if _is_headerless(sheet, form, catalogue):
        return None
    if (
        form is None
        or not _is_like_form(sheet, form, catalogue, areas)
        or _dates_lines(sheet, form)
    ):
        return recognise_table(sheet, catalogue, areas, hints)
    if _is_form(sheet, form, catalogue):
        return None
    try:
        table = recognise_table(sheet, catalogue, areas, hints)
    except FormRefused:
        return None
    return table if table is not None and _says_more(table, sheet, form, catalogue) else None


def _dates_lines(sheet: Sheet, form: TableHead) -> bool:
    """Whether a line or a section of a form names a time of its own: 结婚登记(1-3月), 上年同期."""
    return any(map(says_time, official_form.names_of(sheet, form)))


def _is_headerless(sheet: Sheet, form: TableHead | None, catalogue: Catalogue) -> bool:
    """Whether a sheet that is neither form nor list holds figures without any heading."""
    if form is not None or tidy_table.find_frame(sheet) is not None:
        return False
    return headerless.find_frame(sheet, catalogue) is not None


def _says_more(table: Recognition, sheet: Sheet, form: TableHead, catalogue: Catalogue) -> bool:
    """Whether words say all of a table, or more of it than the lines of a form do."""
    understood = table.understood
    if understood is None or understood.is_complete:
        return True
    return len(understood.readings) > _known_lines(sheet, form, catalogue)[0]


def _is_like_form(sheet: Sheet, frame: TableHead, catalogue: Catalogue, areas: Areas) -> bool:
    """Whether the title narrows nothing and no column is headed by an area, month or basis."""
    if _has_months(frame) or _says_basis(frame):
        return False
    headings_of_columns = [text for column in frame.columns for text in column.heading]
    return names_no_subject(sheet, frame.header_rows[0], catalogue) and not any(
        map(areas.find, headings_of_columns)
    )


def _is_form(sheet: Sheet, frame: TableHead, catalogue: Catalogue) -> bool:
    """Whether only comparisons stand beside the figures, or periods beside lines all known."""
    columns = [column for column in frame.columns if column.role == "side"]
    if any(map(_names_rows, columns)):
        return False
    if columns and all(map(_compares, columns)):
        return True
    dated = all(_compares(column) or _is_dated(column, catalogue) for column in columns)
    return dated and _has_known_lines(sheet, frame, catalogue)


def _has_months(frame: TableHead) -> bool:
    """Whether several columns are of a month each, or one of a later quarter or half of a year.

    That is no form, whose lines count since January, but a table of months or quarters.
    """
    headed = (any(map(_SINGLE_MONTH.fullmatch, column.heading)) for column in frame.columns)
    return sum(headed) > 1 or any(
        any(map(_is_later_part, column.heading)) for column in frame.columns
    )


def _is_later_part(heading: str) -> bool:
    """Whether a heading is a quarter or half that does not begin with the year: 二季度, 下半年."""
    span = headings.span_of(heading) or span_of_part(part_of_year(heading), periods.FIRST_YEAR)
    return span is not None and span.length in (3, 6) and span.first.month > 1


def _says_basis(frame: TableHead) -> bool:
    """Whether a column says over which time its figures count: 本月 beside 本年累计, 1-9月.

    The lines of a form count since January in all of its columns.
    """
    return any(any(map(_OVER_TIME.fullmatch, column.heading)) for column in frame.columns)


def _names_rows(column: Column) -> bool:
    """Whether a column beside the lines gives each its street or month: one figure a row."""
    text = "".join(column.heading)
    return bool(headings.AREA.fullmatch(text) or headings.PERIOD.fullmatch(text))


def _has_known_lines(sheet: Sheet, frame: TableHead, catalogue: Catalogue) -> bool:
    """Whether the lines of a form without a number are all known by their own names."""
    known, lines = _known_lines(sheet, frame, catalogue)
    return known == lines > 0


def _known_lines(sheet: Sheet, frame: TableHead, catalogue: Catalogue) -> tuple[int, int]:
    """How many lines of a form are known by their own names in the unit printed, and how many."""
    name = next(column.place for column in frame.columns if column.role == "name")
    unit = next((column.place for column in frame.columns if column.role == "unit"), None)
    above: list[str] = []
    known = lines = 0
    for row in range(frame.first_row, len(sheet.rows)):
        label = squeezed(sheet.spread(row, name))
        if not label:
            continue
        if len(filled(sheet.rows[row])) > 1:
            lines += 1
            plain = headings.split_unit(label, catalogue)[0]
            indicator = catalogue.find_line(name=plain, parents=above)
            spelt = squeezed(sheet.spread(row, unit)) if unit is not None else ""
            known += indicator is not None and _is_in_unit(indicator, spelt, catalogue)
        else:
            above.append(label)
    return known, lines


def _is_in_unit(indicator: Indicator, spelt: str, catalogue: Catalogue) -> bool:
    """Whether money is printed in a unit of money, and nothing else is (救助 in 人次)."""
    unit = catalogue.find_unit(spelt) if spelt else None
    return unit is None or (unit.dimension == "money") == (indicator.unit.dimension == "money")


def _compares(column: Column) -> bool:
    """Whether a column of a form stands beside its figures: 上年同期, 同比."""
    return column.role == "side" and bool(_COMPARED.search("".join(column.heading)))


def _is_dated(column: Column, catalogue: Catalogue) -> bool:
    """Whether the heading of a column beside a form's figures is a period: 九月份, 2023年10月."""
    plain = [headings.split_unit(text, catalogue)[0] for text in column.heading]
    return any(map(headings.is_period_word, plain))


def _is_statutory(sheet: Sheet, frame: TableHead, catalogue: Catalogue) -> bool:
    """Whether a form bears a number or the codes of a statutory form: its lines count in it."""
    labels = labels_of(title_cells(sheet, frame.header_rows[0]))
    if labelled(labels, _FORM_NUMBER) is not None:
        return True
    code = next((column.place for column in frame.columns if column.role == "code"), None)
    if code is None:
        return False
    codes = (squeezed(sheet.cell(row, code)) for row in range(frame.first_row, len(sheet.rows)))
    return any(text and catalogue.find_line(code=text) for text in codes)


def _frame(sheet: Sheet, catalogue: Catalogue) -> TableHead:
    frame = (
        reimport.find_frame(sheet)
        or tidy_table.find_frame(sheet)
        or official_form.find_frame(sheet)
        or headerless.find_frame(sheet, catalogue)
    )
    if frame is None:
        message = Text(
            f"工作表“{sheet.name}”认不出表式；应有“指标名称、单位、数量”，或“街道”和各指标，"
            "或“指标、地区、报告期、数值”等表头",
            f"sheet {sheet.name!r} fits no known layout; a header such as 指标名称/单位/数量, "
            "街道 and indicators, or indicator/area/period/value is needed",
        )
        raise refusal("unknown_layout", message, sheet.name)
    return frame


def _refuse_unnamed(sheet: Sheet, frame: TableHead, head: Head) -> None:
    """Refuses a sheet whose area or period nothing names, with a finding for each."""
    roles = {column.role for column in frame.columns}
    findings = list(head.findings)
    said = {finding.rule for finding in findings}
    top = frame.header_rows[0]
    named = "unknown_area" in said or (frame.layout == TIDY and "area" in roles)
    if head.area is None and not named:
        findings.append(missing("area", sheet, top))
    without = frame.layout == OWN_EXPORT or "unknown_period" in said
    if head.period is None and not without and "period" not in roles:
        findings.append(missing("period", sheet, top))
    if findings:
        raise FormRefused(findings, head)


def _header_cell(sheet: Sheet, frame: TableHead) -> Citation:
    """The first filled cell of the header, by which the layout was known."""
    row = frame.header_rows[0]
    texts = [(at, text) for at in range(sheet.width) if (text := text_of(sheet.cell(row, at)))]
    at, text = texts[0] if texts else (0, "")
    return Citation(CELL, text, row + 1, column_letter(at))
