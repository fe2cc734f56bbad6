"""Works out which area or period a row's label or a column's heading names."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache

from dashboard.catalogue.areas import Areas, normal_code, short_name
from dashboard.catalogue.concepts import Area, Level
from dashboard.catalogue.periods import Span
from dashboard.intake.forms import headings
from dashboard.intake.forms.parts_of_year import part_of_year, span_of_part
from dashboard.intake.forms.stated_area import OFFICE
from dashboard.intake.understanding.month_years import bare_month, crosses_year, within
from dashboard.intake.understanding.words import normal, without_number

LEFT_OUT = "-"  # the area that a person gives for a label that is not read
OWN = re.compile(
    r"(?:(?:全[区县市省镇]|本[区县市]|[区县市省])?(?:合计|总计|共计|总数|计)|全区|全县|全市|全省|全国|全街道?|全镇)"
    r"(?:[(]?(?:grand)?total[)]?)?|(?:grand|district|county|city|overall)?totals?",
    re.I,
)
NO_AREA = re.compile(
    r"(?:其中:)?[^:]{0,8}小计|.*(?:区|县|市|省|州)(?:本级|直属|级)|[区县市省州旗]直(?:属|机关)?|本级|局机关|机关|其他|平均"
    r"|sub-?totals?|others?|average",
    re.I,
)


_ENGLISH_BEHIND = re.compile(r"(?<=[一-鿿])[(]?[A-Za-z][A-Za-z'’‘`.,-]{2,}[)]?$")
_OF_VILLAGE = re.compile("(?:村|社区)$")


def _is_called(area: Area, name: str) -> bool:
    """Whether a village's name is that of an area: 白塔村 lies in 白塔镇 and is not it."""
    own = (area.name.zh, *area.aliases, short_name(area.name.zh))
    return area.level is Level.COMMUNITY or name in own


@dataclass(frozen=True)
class Finder:
    """Finds areas by the names tables use: 1.东湖街道, 东湖街办, 东湖, 东湖区 Donghu.

    ``stated`` is what a person says of labels: the area's name or code by the label as printed.
    """

    areas: Areas
    within: str = ""
    stated: Mapping[str, str] = field(default_factory=dict)

    def is_left_out(self, label: str) -> bool:
        """Whether a person says that a label's figures are not read."""
        return self.stated.get(normal(label)) == LEFT_OUT

    def find(self, label: str) -> list[Area]:
        """The areas a label may mean."""
        stated = self.stated.get(normal(label))
        if stated is not None:
            return self.areas.find(stated, self.within) if stated != LEFT_OUT else []
        text = _ENGLISH_BEHIND.sub("", without_number(normal(label)).strip(":：*#"))
        if not text:
            return []
        for name in dict.fromkeys((text, OFFICE.sub("", text), re.sub("街办$", "街道", text))):
            found = self.areas.find(name, self.within) if name else []
            if _OF_VILLAGE.search(name):
                found = [area for area in found if _is_called(area, name)]
            if found:
                return found
        return []

    def find_code(self, code: str) -> Area | None:
        """The area of a division code within the district."""
        area = self.areas.get(normal_code(code)) if code else None
        if area is not None and self.within and not self.areas.is_below(area.code, self.within):
            return None
        return area

    def share(self, labels: Iterable[str]) -> float:
        """Which share of the labels (totals aside) are areas."""
        names = [one for one in labels if one and not OWN.fullmatch(normal(one))]
        if not names:
            return 0.0
        return sum(bool(self.find(one)) for one in names) / len(names)

    def district_of(self, labels: Sequence[str]) -> Area | None:
        """The one area directly above every named street, or None where that is not certain."""
        candidates: set[str] | None = None
        for label in labels:
            parents = {area.parent for area in self.find(label) if area.parent}
            if parents:
                candidates = parents if candidates is None else candidates & parents
        if candidates is not None and len(candidates) == 1:
            return self.areas.get(candidates.pop())
        return None


def period_of(text: str, year: Span | None) -> Span | None:
    """The period a whole label or heading names; months without a year need the table's."""
    plain = normal(text)
    span = headings.span_of(plain) or headings.serial_span(plain)
    if span is not None:
        return span
    part = part_of_year(plain)
    if not part or year is None:
        return None
    month = bare_month(plain)
    if month and crosses_year(year):
        only = within(year, month)
        return Span(only) if only else None
    return span_of_part(part, year.end.year)


def with_zero(before: str, text: str, after: str) -> str:
    """A month typed with a point as what stands beside it shows: 2026.1 after 2026.9 is 2026.10.

    Empty where it may be January as well as October; other texts are as they are.
    """
    plain = normal(text)
    if not headings.LOST_ZERO.fullmatch(plain):
        return text
    year = plain[:4]
    beside = normal(before), normal(after)
    if beside[0] == f"{year}.9" or beside[1] == f"{year}.11":
        return f"{year}.10"
    is_january = beside[0] == f"{int(year) - 1}.12" or beside[1] == f"{year}.2"
    return f"{year}.01" if is_january else ""


@lru_cache(maxsize=65536)
def names_period(text: str) -> bool:
    """Whether a text is a period and nothing else."""
    plain = normal(text)
    return bool(plain) and headings.is_period_word(plain)
