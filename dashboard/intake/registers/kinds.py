"""Works out which type each row of a list counts to: by its word, an answer, or the title."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from dashboard.base.language import Text
from dashboard.catalogue.catalogue import Catalogue
from dashboard.catalogue.concepts import Accumulation, Finding, Indicator
from dashboard.catalogue.registers import Institution, RegisterType, RegisterTypes
from dashboard.intake.forms.files.cells import column_letter
from dashboard.intake.forms.mapping import Mappings, UnknownRow, mapping_key
from dashboard.intake.registers.counting import Kinds
from dashboard.intake.registers.list_frame import ListColumn, ListFrame
from dashboard.intake.registers.subject import Subject

_OTHER = "other"


@dataclass(slots=True)
class RowTypes:
    """The types of a list's rows; ``unknown`` are printed types to be asked about, each once."""

    of_row: dict[int, RegisterType] = field(default_factory=dict)
    unknown: dict[str, UnknownRow] = field(default_factory=dict)
    used: dict[str, str] = field(default_factory=dict)  # printed type -> indicator said by hand
    findings: list[Finding] = field(default_factory=list)
    subject: Subject = field(default_factory=Subject)

    @property
    def kinds(self) -> Kinds:
        """The types as they are counted; a narrowed title is no total."""
        titled = self.subject.type if not self.subject.narrowed else None
        return Kinds(self.of_row, titled)


def _counts_institutions(meaning: Indicator) -> bool:
    """Whether an indicator is a number of things at the end of a period."""
    is_count = meaning.unit.dimension == "things"
    return is_count and meaning.accumulation is Accumulation.END_OF_PERIOD


def family_of(rows: Sequence[Institution], subject: Subject, registers: RegisterTypes) -> str:
    """The family of a list: that of its title, else of the first known type among its rows."""
    if subject.type is not None:
        return subject.type.family
    known = (registers.find(row.type) for row in rows if row.type)
    return next((kind.family for kind in known if kind is not None), _OTHER)


def resolve(
    rows: Sequence[Institution],
    frame: ListFrame,
    subject: Subject,
    catalogue: Catalogue,
    mappings: Mappings,
) -> RowTypes:
    """The type of every row that counts to one; what is not known is asked, never guessed."""
    types = RowTypes(subject=subject)
    resolver = _Resolver(frame, subject, catalogue, mappings, types)
    for at, row in enumerate(rows):
        kind = resolver.kind_of(row)
        if kind is not None:
            types.of_row[at] = kind
    return types


@dataclass(frozen=True, slots=True)
class _Resolver:
    frame: ListFrame
    subject: Subject
    catalogue: Catalogue
    mappings: Mappings
    into: RowTypes

    def kind_of(self, row: Institution) -> RegisterType | None:
        column = self.frame.column("type")
        titled = self.subject.type
        if self.subject.narrowed:
            return self._by_hand(self.subject.printed, row, None)
        if column is None or not row.type:
            return self._by_hand("", row, column) if titled is None else titled
        if mapping_key(row.type) in self.mappings:
            return self._by_hand(row.type, row, column)
        known = self.catalogue.registers.find(row.type)
        if known is not None:
            self._contradiction(row, known, column)
            return known
        if titled is not None and titled.count and not self._is_total(titled):
            return titled
        return self._by_hand(row.type, row, column)

    def _is_total(self, kind: RegisterType) -> bool:
        return any(
            register_type.total == kind.id
            for register_type in self.catalogue.registers.types.values()
        )

    def _by_hand(
        self, printed: str, row: Institution, column: ListColumn | None
    ) -> RegisterType | None:
        """The type a person said a printed one is; asked where nobody has."""
        mapping = self.mappings.get(mapping_key(printed)) if printed else None
        if mapping is None:
            self._ask(printed or "?", row, column)
            return None
        self.into.used[printed] = mapping.indicator
        if not mapping.indicator:
            return None
        meaning = self.catalogue.indicators[mapping.indicator]
        if not _counts_institutions(meaning):
            message = Text(
                f"“{printed}”对应的“{meaning.name.zh}”不是机构数；请选择计数机构的指标",
                f"{printed!r} was said to be {meaning.name.en}, which counts no institutions",
            )
            self.into.findings.append(Finding("error", "wrong_meaning", message))
            return None
        known = self.catalogue.registers.of_indicator(mapping.indicator)
        return known or RegisterType(printed, meaning.name, _OTHER, count=mapping.indicator)

    def _ask(self, printed: str, row: Institution, column: ListColumn | None) -> None:
        """Asks once what a printed type is, at its cell or at the name of the row."""
        at = column or self.frame.column("name")
        heading = column.heading if column else ""
        unknown = UnknownRow(row.row - 1, at.place if at else 0, printed, heading=heading)
        self.into.unknown.setdefault(printed, unknown)

    def _contradiction(self, row: Institution, known: RegisterType, column: ListColumn) -> None:
        """Warn of a row whose own type is another one than the title's."""
        titled = self.subject.type
        if titled is None or titled.id in (known.id, known.total) or self._is_total(titled):
            return
        message = Text(
            f"标题是“{titled.name.zh}”，第 {row.row} 行的类型却是“{row.type}”；按行的类型计入",
            f"the title says {titled.name.en}, row {row.row} says {known.name.en}:"
            " the row's own type counts",
        )
        self.into.findings.append(
            Finding("warning", "type_differs", message, "", row.row, column_letter(column.place))
        )
