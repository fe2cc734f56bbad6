"""Fills forms in on a page: their lines for a street and month, checked and handed in as a file."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from dashboard.base.language import Text
from dashboard.catalogue.concepts import Accumulation, Area, FigureKind
from dashboard.catalogue.periods import Period, Span
from dashboard.services.access.person import acting_person, signature
from dashboard.services.context import Context, NotFound
from dashboard.services.submissions.street_forms import FILLED_IN, FormLine, StreetForm, StreetForms
from dashboard.services.submissions.submissions import Submissions
from dashboard.store.earlier_submissions import standing_figures
from dashboard.store.form_drafts import (
    FormDraft,
    FormPlace,
    close_draft,
    drafts_of,
    keep_draft,
    read_draft,
    reopen_draft,
)
from dashboard.store.opening import StoreError
from dashboard.store.query import Query

if TYPE_CHECKING:
    from dashboard import intake
    from dashboard.exports.filled_form import FilledSheet

MOST_TYPED = 60  # characters of a cell
_DECIMALS = re.compile(r"[^.．(（]*([.．]\d{1,6})?")
_BASIS = {Accumulation.YEAR_TO_DATE: "year_to_date", Accumulation.IN_MONTH: "in_month"}


@dataclass(frozen=True, slots=True)
class Filling:
    """A form of a street and month as it stands.

    ``before`` are the values of ``last``, the latest earlier month with figures of it, ``stored``
    those of this month; both in the units of the lines.
    """

    place: FormPlace
    form: StreetForm
    draft: FormDraft | None
    last: Period | None
    before: Mapping[str, float]
    stored: Mapping[str, float]

    @property
    def seen(self) -> str:
        """When what is shown was changed last, as ``keep_draft`` wants it."""
        return self.draft.changed.isoformat() if self.draft else ""

    @property
    def is_open(self) -> bool:
        """Whether it can be filled in."""
        return self.draft is None or self.draft.is_open


class FormFilling:
    """Answers for forms that are filled in and hands them in. Thread-safe."""

    def __init__(self, context: Context, submissions: Submissions) -> None:
        """Fill in forms of the areas and figures of this context."""
        self._context, self._submissions = context, submissions
        self._engine, self._forms = context.engine, StreetForms(context)

    def areas(self) -> list[Area]:
        """The areas for which the person who acts may fill in forms, those above first."""
        areas, person = self._context.areas(), acting_person()
        if person.hands_in_everywhere:
            return list(areas)
        own = person.areas
        return [
            area
            for area in areas
            if area.code in own or any(areas.is_below(area.code, top) for top in own)
        ]

    def drafts(self) -> list[FormDraft]:
        """The forms begun for these areas, changed last first."""
        if acting_person().hands_in_everywhere:
            return drafts_of(self._engine, None)
        return drafts_of(self._engine, [area.code for area in self.areas()])

    def forms(self, area: str) -> list[StreetForm]:
        """The forms that an area can fill in: its own tables as it handed them in, official forms.

        Raises NotFound for an area that is not the person's.
        """
        return self._forms.of(self._area(area))

    def open(self, place: FormPlace) -> Filling:
        """The form as it stands; raises NotFound for another's area and an unknown form."""
        form = next((form for form in self.forms(place.area) if form.key == place.form), None)
        if form is None:
            raise NotFound(Text("没有这张表", "there is no such form"))
        values = self._values(place, form)
        months = [month for month in values if month < place.period]
        last = max(months, default=None)
        before = values[last] if last else {}
        draft = read_draft(self._engine, place)
        return Filling(place, form, draft, last, before, values.get(place.period, {}))

    def save(self, filling: Filling, cells: Mapping[str, str], seen: str, by: str = "") -> Filling:
        """Keep what was typed as a draft; returns the form as it stands then.

        Raises StoreError where somebody changed or handed it in since the moment ``seen``.
        """
        known = {line.indicator for line in filling.form.lines}
        typed = {
            name: text.strip()[:MOST_TYPED]
            for name, text in cells.items()
            if name in known and text.strip()
        }
        now = datetime.now(UTC)
        new = FormDraft(filling.place, typed, now, signature(by))
        keep_draft(self._engine, new, seen)
        return self.open(filling.place)

    def correct(self, filling: Filling) -> Filling:
        """Open a form that was handed in for a correction."""
        reopen_draft(self._engine, filling.place)
        return self.open(filling.place)

    def check(self, filling: Filling, note: str = "") -> list[intake.SheetPreview]:
        """What handing the draft in would do, by the checks of every hand-in.

        Raises StoreError where nothing is filled in or a line would not be read as what it is.
        """
        return self._checked(filling, note)[2]

    def hand_in(self, filling: Filling, note: str = "", by: str = "") -> list[intake.SheetOutcome]:
        """Hand the draft in, once: directly, or to wait for an editor where the setting says so.

        Raises as ``check`` does, and where the form was handed in or changed meanwhile.
        """
        draft = filling.draft
        if draft is None or not draft.is_open:
            raise StoreError(Text("这张表已经报送", "this form was handed in already"))
        upload, handover, _ = self._checked(filling, note)
        waits, now = self._submissions.waiting.is_needed, datetime.now(UTC)

        def follow(connection: Any, numbers: Sequence[int]) -> None:  # noqa: ANN401 - the store's
            close_draft(connection, draft, now, numbers[0] if waits else None)

        return self._submissions.receive([upload], replace(handover, by=by), following=follow)

    def _checked(
        self, filling: Filling, note: str
    ) -> tuple[tuple[str, bytes], intake.Handover, list[intake.SheetPreview]]:
        """The workbook of the draft, what is said with it, and what handing it in would do."""
        upload, handover = self._file(filling), self._handover(filling, note)
        previews = self._submissions.preview([upload], handover)
        self._refuse_misread(filling, previews)
        return upload, handover, previews

    def _area(self, code: str) -> Area:
        for area in self.areas():
            if area.code == code:
                return area
        raise NotFound(Text("您不能为这个地区填报", "you cannot fill in forms of this area"))

    def _values(self, place: FormPlace, form: StreetForm) -> dict[Period, dict[str, float]]:
        """The current figures of the form's lines by month, in the units of the lines."""
        units = {line.indicator: line.unit for line in form.lines}
        if not units:
            return {}
        first = Period(place.period.year - 2, place.period.month)
        query = Query(
            sorted(units),
            [place.area],
            first=first,
            last=place.period,
            kinds=[FigureKind.ACTUAL],
        )
        values: dict[Period, dict[str, float]] = {}
        for (indicator, _, month, _), standing in standing_figures(self._engine, query).items():
            if standing.value is not None:
                at = values.setdefault(Period(month // 100, month % 100), {})
                at[indicator] = round(standing.value / units[indicator].factor, 6)
        return values

    # ---- the file ----

    def _file(self, filling: Filling) -> tuple[str, bytes]:
        """Name and bytes of the workbook in which the draft is handed in."""
        from dashboard.exports.filled_form import filled_workbook

        cells = filling.draft.cells if filling.draft else {}
        if not any(cells.values()):
            raise StoreError(Text("还没有填写任何数", "nothing is filled in yet"))
        _refuse_unreadable(filling.form, cells)
        sheets = self._sheets(filling, cells)
        return self._file_name(filling), filled_workbook(sheets)

    def _file_name(self, filling: Filling) -> str:
        street = self._context.areas().name_of(filling.place.area, "zh")
        return f"{FILLED_IN}{street}_{filling.place.period}.xlsx"

    def _sheets(self, filling: Filling, cells: Mapping[str, str]) -> list[FilledSheet]:
        """A sheet for each basis: one answer says what its flows count."""
        from dashboard.exports.filled_form import FilledLine, FilledSheet

        period, form = filling.place.period, filling.form
        title = f"{period.year}年{period.month}月统计表"
        label = "" if form.official else self._context.areas().name_of(filling.place.area, "zh")
        return [
            FilledSheet(
                title,
                [
                    FilledLine(
                        line.printed,
                        line.code,
                        line.unit.name.zh,
                        number_of(cells.get(line.indicator, "")),
                    )
                    for line in lines
                ],
                form.official,
                label,
            )
            for lines in _by_basis(form.lines, cells)
        ]

    def _handover(self, filling: Filling, note: str) -> intake.Handover:
        from dashboard.exports.filled_form import sheet_name
        from dashboard.intake import Handover
        from dashboard.intake.submission_request import SheetAnswers

        file = self._file_name(filling)
        place, cells = filling.place, filling.draft.cells if filling.draft else {}
        area = place.area
        if not filling.form.official:
            area = self._area(place.area).parent
        sheets = {
            (file, sheet_name(number)): SheetAnswers(basis=_basis_of(lines))
            for number, lines in enumerate(_by_basis(filling.form.lines, cells))
        }
        return Handover(area=area, period=str(place.period), note=note, sheets=sheets)

    def lines_by_cell(self, filling: Filling) -> dict[tuple[str, int, str], FormLine]:
        """The line whose figure stands in each cell of the file, by sheet, row and column."""
        from dashboard.exports.filled_form import cell_of, sheet_name
        from dashboard.intake.forms.files.cells import column_letter

        cells = filling.draft.cells if filling.draft else {}
        sheets = self._sheets(filling, cells)
        places: dict[tuple[str, int, str], FormLine] = {}
        for number, lines in enumerate(_by_basis(filling.form.lines, cells)):
            for at, line in enumerate(lines):
                row, column = cell_of(sheets[number], at)
                places[sheet_name(number), row + 1, column_letter(column)] = line
        return places

    def _refuse_misread(self, filling: Filling, previews: Sequence[intake.SheetPreview]) -> None:
        """Raises StoreError where a number that was typed would be stored as something else."""
        places = self.lines_by_cell(filling)
        cells = filling.draft.cells if filling.draft else {}
        read = _read_by_cell(previews)
        # what is refused was not understood in full: its findings say why
        otherwise = "" if any(preview.receipt.refused for preview in previews) else "-"
        wrong = [
            line.printed
            for place, line in places.items()
            if cells.get(line.indicator) and read.get(place, otherwise) not in ("", line.indicator)
        ]
        if wrong:
            listed = "、".join(wrong[:5])
            raise StoreError(
                Text(
                    f"这些行不能在网页上填报，请用文件报送：{listed}",
                    f"these lines cannot be filled in here, hand them in as a file: {listed}",
                )
            )


def _read_by_cell(
    previews: Sequence[intake.SheetPreview],
) -> dict[tuple[str, int, str], str]:
    """The indicators as which the cells of a file were understood."""
    return {
        (cell.sheet, cell.row, cell.column): cell.indicator
        for preview in previews
        for cell in preview.understood
    }


def is_month(span: Span) -> bool:
    """Whether a period that was named is one month, as forms are filled in for."""
    return span.length in (0, 1) and span.since in (None, span.end)


def number_of(typed: str) -> float | None:
    """The number that was typed, as the cells of files are read; None for other text.

    Digits may be full-width and in groups of three. A mark for nothing, a percentage, brackets and
    more than six decimals are no number of a line.
    """
    from dashboard.intake.forms.numerals import UnreadableNumber, read_value

    text = typed.strip()
    if not _DECIMALS.fullmatch(text):
        return None
    try:
        reading = read_value(text)
    except UnreadableNumber:
        return None
    return None if reading.sign else reading.value


def _refuse_unreadable(form: StreetForm, cells: Mapping[str, str]) -> None:
    """Raises StoreError that names the lines in which no number was typed."""
    wrong = [
        line
        for line in form.lines
        if cells.get(line.indicator) and number_of(cells[line.indicator]) is None
    ]
    if not wrong:
        return
    zh, en = (
        mark.join(f"{line.name[code]}“{cells[line.indicator]}”" for line in wrong[:5])
        for code, mark in (("zh", "、"), ("en", ", "))
    )
    raise StoreError(Text(f"填的不是数：{zh}", f"no number was typed: {en}"))


def _by_basis(lines: Sequence[FormLine], cells: Mapping[str, str]) -> list[list[FormLine]]:
    """The lines with figures in one list for each basis; those of a period's end go with the first.

    An official form is handed in whole, with its empty lines.
    """
    flows = dict.fromkeys(
        _BASIS[line.accumulation] for line in lines if line.accumulation in _BASIS
    )
    if len(flows) < 2:
        return [[*lines]]
    first = next(iter(flows))
    split = [
        [line for line in lines if _BASIS.get(line.accumulation, first) == basis] for basis in flows
    ]
    return [part for part in split if any(cells.get(form_line.indicator) for form_line in part)]


def _basis_of(lines: Sequence[FormLine]) -> str:
    """What the flows of a sheet count; empty where it has none."""
    return next((_BASIS[line.accumulation] for line in lines if line.accumulation in _BASIS), "")
