"""Reads number formats of a spreadsheet: what a cell shows for the number that it keeps.

A format is read once (``read_format``) and asked for each number (``NumberFormat.show``): 3450000
in ``0!.0,"万"`` shows 345.0万, 2026.1 in ``0.00`` shows 2026.10, 0.5 in ``;;;`` shows nothing.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import ROUND_HALF_UP, Decimal, InvalidOperation
from fractions import Fraction
from functools import cached_property, lru_cache
from itertools import pairwise
from typing import NamedTuple

GENERAL = "General"
# The formats that a workbook names by number only, as Excel and WPS show them in Chinese.
BUILT_IN = {
    0: GENERAL,
    1: "0",
    2: "0.00",
    3: "#,##0",
    4: "#,##0.00",
    5: '"¥"#,##0;"¥"-#,##0',
    6: '"¥"#,##0;[Red]"¥"-#,##0',
    7: '"¥"#,##0.00;"¥"-#,##0.00',
    8: '"¥"#,##0.00;[Red]"¥"-#,##0.00',
    9: "0%",
    10: "0.00%",
    11: "0.00E+00",
    12: "# ?/?",
    13: "# ??/??",
    14: "yyyy/m/d",
    15: "d-mmm-yy",
    16: "d-mmm",
    17: "mmm-yy",
    18: "h:mm AM/PM",
    19: "h:mm:ss AM/PM",
    20: "h:mm",
    21: "h:mm:ss",
    22: "yyyy/m/d h:mm",
    37: "#,##0_);(#,##0)",
    38: "#,##0_);[Red](#,##0)",
    39: "#,##0.00_);(#,##0.00)",
    40: "#,##0.00_);[Red](#,##0.00)",
    41: '_ * #,##0_ ;_ * -#,##0_ ;_ * "-"_ ;_ @_ ',
    42: '_ "¥"* #,##0_ ;_ "¥"* -#,##0_ ;_ "¥"* "-"_ ;_ @_ ',
    43: '_ * #,##0.00_ ;_ * -#,##0.00_ ;_ * "-"??_ ;_ @_ ',
    44: '_ "¥"* #,##0.00_ ;_ "¥"* -#,##0.00_ ;_ "¥"* "-"??_ ;_ @_ ',
    45: "mm:ss",
    46: "[h]:mm:ss",
    47: "mm:ss.0",
    48: "##0.0E+0",
    49: "@",
}
BUILT_IN |= dict.fromkeys((27, 36, 50, 52, 57), 'yyyy"年"m"月"')
BUILT_IN |= dict.fromkeys((28, 29, 51, 53, 54, 58), 'm"月"d"日"')
BUILT_IN |= {30: "m-d-yy", 31: 'yyyy"年"m"月"d"日"'}
BUILT_IN |= dict.fromkeys((32, 33, 34, 35, 55, 56), "h:mm:ss")

_TOKEN = re.compile(
    r'"(?P<quoted>[^"]*)"?|[\\!](?P<escaped>.)|[_*](?P<room>.)|\[(?P<bracket>[^\]]*)\]'
    r"|(?P<general>General|G/通用格式)|(?P<exponent>E[+-])|(?P<half>AM/PM|A/P|上午/下午)"
    r"|(?P<run>y+|m+|d+|h+|s+|a{3,4}|e+|g+|b+)|(?P<digit>[0#?])"
    r"|(?P<point>\.)|(?P<comma>,)|(?P<percent>%)|(?P<text>@)|(?P<slash>/)|(?P<plain>.)",
    re.IGNORECASE | re.DOTALL,
)
_CONDITION = re.compile(r"(<=|>=|<>|<|>|=)\s*(-?\d+(?:\.\d+)?)")
_CURRENCY = re.compile(r"\$([^-]*)(?:-.*)?", re.DOTALL)
# Words that a figure may do without; what is only about (约) is said of the cell.
APPROXIMATE = re.compile(r"大?约|左右|不少于|不足|以上|以下|以内|多|余|近")
_NO_MEANING = re.compile(rf"[\s¥￥+\-−－()（）]|CNY|RMB|{APPROXIMATE.pattern}")
_DASH = re.compile(r"[\s¥￥]*[-–—][\s]*")
_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
_DAY_ZERO = date(1899, 12, 30)
_LAST_DAY = 2_958_465  # 9999-12-31
_PLACES = 15  # significant digits that a spreadsheet keeps


class Part(NamedTuple):
    """One piece of a format: its ``kind`` (digit, literal, comma …) and its text."""

    kind: str
    text: str


class Display(NamedTuple):
    """What a cell shows: ``text`` as printed.

    ``number`` is the number that a reader takes from it, with all its decimals; None where the
    text is no number. ``words`` stand after the number (万, 元). ``sign_hidden`` is True for a
    negative number that is shown without a sign or brackets.
    """

    text: str
    number: float | None = None
    words: str = ""
    is_percent: bool = False
    sign_hidden: bool = False


@dataclass(frozen=True)
class Section:
    """One of the up to four parts of a format between semicolons."""

    parts: tuple[Part, ...]
    condition: tuple[str, float] | None = None

    @cached_property
    def places(self) -> list[int]:
        """Where the placeholders of digits stand."""
        return [at for at, part in enumerate(self.parts) if part.kind == "digit"]

    @cached_property
    def is_general(self) -> bool:
        """Whether numbers are shown as they are."""
        return any(part.kind == "general" for part in self.parts)

    @cached_property
    def is_words(self) -> bool:
        """Whether nothing of the number is shown: 无, or nothing at all."""
        return not self.places and not self.is_general and not self.is_date

    @cached_property
    def is_date(self) -> bool:
        """Whether a number is shown as a day or a time."""
        return any(part.kind in ("run", "half", "elapsed") for part in self.parts)

    @cached_property
    def shows_year(self) -> bool:
        """Whether a day is shown with its year."""
        return any(part.kind == "run" and part.text[0] in "yYeE" for part in self.parts)

    @cached_property
    def shows_month(self) -> bool:
        """Whether a day is shown with its month; m beside hours or seconds are minutes."""
        return any(self.is_month(at) for at in range(len(self.parts)))

    def is_month(self, at: int) -> bool:
        """Whether the part at this place is a month and not minutes."""
        runs = [n for n, part in enumerate(self.parts) if part.kind in ("run", "elapsed")]
        if self.parts[at].kind != "run" or self.parts[at].text[0] not in "mM":
            return False
        here = runs.index(at)
        before = self.parts[runs[here - 1]].text[0].lower() if here else ""
        after = self.parts[runs[here + 1]].text[0].lower() if here + 1 < len(runs) else ""
        return before != "h" and after != "s"

    @cached_property
    def scale(self) -> int:
        """The power of ten that the format multiplies by: -3 for each comma after the digits."""
        if not self.places:
            return 0
        power = 2 * sum(part.kind == "percent" for part in self.parts)
        at, point = self.places[-1], self.point
        while at + 1 < len(self.parts) and self.parts[at + 1].kind == "comma":
            at, power = at + 1, power - 3
        if point is None:
            return power + self.drawn_point
        at = max((place for place in self.places if place < point), default=point)
        while at + 1 < len(self.parts) and self.parts[at + 1].kind == "comma":
            at, power = at + 1, power - 3
        return power

    @cached_property
    def point(self) -> int | None:
        """Where the decimal point stands, None for whole numbers."""
        return next((at for at, part in enumerate(self.parts) if part.kind == "point"), None)

    @cached_property
    def drawn_point(self) -> int:
        """The power of ten of a point that is drawn between digits as a literal (0!.0)."""
        inner = self._inner
        if [part.text for part in inner] != ["."]:
            return 0
        at = next(n for n, part in enumerate(self.parts) if part is inner[0])
        return -sum(place > at for place in self.places)

    @cached_property
    def _inner(self) -> list[Part]:
        """The literals between the digits."""
        if not self.places:
            return []
        between = self.parts[self.places[0] : self.places[-1]]
        return [part for part in between if part.kind == "literal" and part.text]

    @cached_property
    def is_grouped(self) -> bool:
        """Whether thousands are separated."""
        between = self.parts[self.places[0] : self.places[-1]] if self.places else ()
        return any(part.kind == "comma" for part in between)

    @cached_property
    def decimals(self) -> int:
        """Digits after the point, before any power of ten."""
        return 0 if self.point is None else sum(place > self.point for place in self.places)

    @cached_property
    def is_number(self) -> bool:
        """Whether what is shown can be read as a number: no words between its digits."""
        return self.is_general or (
            bool(self.places)
            and not self.is_date
            and all(part.text in (" ", ",", "'", "’") for part in self._inner if part.text != ".")
            and sum(part.text == "." for part in self._inner) <= (self.point is None)
        )

    @cached_property
    def has_all_decimals(self) -> bool:
        """Whether all its decimals are always shown, and no fraction or power is."""
        kinds = {part.kind for part in self.parts}
        return not kinds & {"slash", "exponent"} and _least_digits(self) >= self.decimals

    @cached_property
    def is_plain(self) -> bool:
        """Whether nothing but digits is shown, so that the number is what it is kept as."""
        words = self.before + self.after or APPROXIMATE.search(self.literal)
        return self.is_number and not self.scale and not self.percents and not words

    @cached_property
    def shows_no_zero(self) -> bool:
        """Whether a zero leaves no digit: # and ? show only what is there."""
        return not self.is_general and all(self.parts[at].text != "0" for at in self.places)

    @cached_property
    def percents(self) -> int:
        """How many signs of percent multiply the number."""
        return sum(part.kind == "percent" for part in self.parts)

    @cached_property
    def before(self) -> str:
        """Words in front of the number, without signs, brackets and yuan signs."""
        first = self.places[0] if self.places else self._general_at
        return _NO_MEANING.sub("", _literals(self.parts[:first]))

    @cached_property
    def after(self) -> str:
        """Words behind the number, such as 万 and 元."""
        last = self.places[-1] if self.places else self._general_at
        return _NO_MEANING.sub("", _literals(self.parts[last + 1 :]))

    @cached_property
    def _general_at(self) -> int:
        kinds = [part.kind for part in self.parts]
        return kinds.index("general") if "general" in kinds else len(kinds)

    @cached_property
    def literal(self) -> str:
        """All the words of the section."""
        return _literals(self.parts)


def _literals(parts: tuple[Part, ...]) -> str:
    return "".join(part.text for part in parts if part.kind in ("literal", "slash"))


@dataclass(frozen=True)
class NumberFormat:
    """A number format; ``show`` gives what a number looks like in it."""

    code: str
    sections: tuple[Section, ...]
    text_parts: tuple[Part, ...] | None = None

    @cached_property
    def is_general(self) -> bool:
        """Whether numbers and texts are shown as they are kept."""
        return self.keeps_whole and self.sections[0].is_general

    @cached_property
    def keeps_whole(self) -> bool:
        """Whether a whole number of any sign and every text is shown as it is kept."""
        (first, *others) = self.sections
        plain = first.is_plain and first.condition is None and not first.shows_no_zero
        return plain and not others and not self.changes_text

    @cached_property
    def rounds_to(self) -> int | None:
        """To how many decimals every number but 0 is shown with nothing else; None where more is.

        The section of negative numbers must show a sign or brackets.
        """
        shown = self.sections[:2]
        first = shown[0]
        plain = all(one.is_plain and one.condition is None and not one.is_general for one in shown)
        alike = plain and all(one.decimals == first.decimals for one in shown)
        signed = len(shown) < 2 or bool(re.search(r"[-−－(（]", shown[1].literal))
        return first.decimals if alike and signed and first.has_all_decimals else None

    @cached_property
    def changes_text(self) -> bool:
        """Whether a text is shown with other words, or not at all."""
        if self.text_parts is None:
            return False
        return bool(_literals(self.text_parts).strip()) or not any(
            part.kind == "text" for part in self.text_parts
        )

    @cached_property
    def mixes_scales(self) -> bool:
        """Whether small and large numbers are shown in different multiples."""
        numeric = [section for section in self.sections if section.places]
        return any(
            (one.scale, one.after) != (two.scale, two.after) for one, two in pairwise(numeric)
        )

    def show_text(self, text: str) -> str:
        """A text as the cell shows it."""
        if self.text_parts is None:
            return text
        return "".join(
            text if part.kind == "text" else part.text
            for part in self.text_parts
            if part.kind in ("text", "literal")
        )

    def show(self, value: float) -> Display:
        """What the cell shows for a number."""
        section, has_sign = self.section(value)
        if section is None:
            return Display("#" * 8)
        if section.is_date:
            return Display(_date_text(section, value))
        if section.is_words or (section.shows_no_zero and not value):
            return Display(section.literal)
        if not section.is_number:
            return Display(_digits_and_words(section, value, has_sign))
        text = _number_text(section, value, has_sign)
        if section.before:
            return Display(text, is_percent=bool(section.percents))
        exact = float(_decimal(value).scaleb(section.scale)) if section.scale else float(value)
        bare = value < 0 and not re.search(r"[-−－(（]", text)
        return Display(text, exact, section.after, bool(section.percents), bare)

    def section(self, value: float) -> tuple[Section | None, bool]:
        """The section for a number, and whether the sign is printed in front of it."""
        sections = self.sections
        if any(section.condition for section in sections):
            return self._conditional(value)
        if len(sections) == 1:
            return sections[0], value < 0
        if value < 0:
            return sections[1], False
        if value == 0 and len(sections) > 2:
            return sections[2], False
        return sections[0], False

    def _conditional(self, value: float) -> tuple[Section | None, bool]:
        for section in self.sections:
            if section.condition is None:
                return section, value < 0
            if _holds(section.condition, value):
                return section, value < 0 and section.condition[0] not in ("<", "<=")
        return None, False


def _holds(condition: tuple[str, float], value: float) -> bool:
    sign, limit = condition
    return {
        "<": value < limit,
        "<=": value <= limit,
        ">": value > limit,
        ">=": value >= limit,
        "=": value == limit,
        "<>": value != limit,
    }[sign]


@lru_cache(maxsize=4096)
def read_format(code: str) -> NumberFormat:
    """A format code as sections; a code that means nothing shows numbers as they are."""
    sections: list[Section] = []
    text_parts: tuple[Part, ...] | None = None
    for parts, condition in _split(code or GENERAL):
        if any(part.kind == "text" for part in parts) or len(sections) == 3:
            text_parts = tuple(parts)
        else:
            sections.append(Section(tuple(parts), condition))
    return NumberFormat(code, tuple(sections) or (Section((Part("general", ""),)),), text_parts)


def _split(code: str) -> list[tuple[list[Part], tuple[str, float] | None]]:
    """The parts of each section and its condition."""
    matches: list[tuple[list[Part], tuple[str, float] | None]] = [([], None)]
    for match in _TOKEN.finditer(code):
        kind, text = match.lastgroup or "quoted", match[match.lastgroup or 0]
        parts, _ = matches[-1]
        if kind == "plain" and text == ";":
            matches.append(([], None))
        elif kind == "bracket":
            condition = _CONDITION.fullmatch(text)
            if condition:
                matches[-1] = (parts, (condition[1], float(condition[2])))
            else:
                parts += _bracket(text)
        elif kind in ("quoted", "escaped", "plain"):
            parts.append(Part("literal", text))
        elif kind != "room":
            parts.append(Part(kind, text))
    return matches


def _bracket(text: str) -> list[Part]:
    """Square brackets: a currency, elapsed hours; colours, languages and DBNum show nothing."""
    currency = _CURRENCY.fullmatch(text)
    if currency:
        return [Part("literal", currency[1])]
    return [Part("elapsed", text)] if re.fullmatch(r"h+|m+|s+", text, re.IGNORECASE) else []


def _decimal(value: float) -> Decimal:
    """The number with the fifteen digits a spreadsheet keeps."""
    return Decimal(f"{value:.{_PLACES}g}")


def _number_text(section: Section, value: float, has_sign: bool) -> str:
    """The number as printed, with its words."""
    middle = _digits(section, abs(value))
    first = section.places[0] if section.places else section._general_at
    last = section.places[-1] if section.places else section._general_at
    after = [part for part in section.parts[last + 1 :] if part.kind in ("literal", "percent")]
    text = _literals(section.parts[:first]) + middle + "".join(part.text for part in after)
    return ("-" if has_sign else "") + text.strip()


def _digits(section: Section, value: float) -> str:
    kinds = {part.kind for part in section.parts}
    if section.is_general:
        return f"{value:.11g}" if value < 1e11 else f"{value:.0f}"
    if "slash" in kinds and section.point is None:
        return _fraction(section, value)
    if "exponent" in kinds:
        return f"{value:.{section.decimals}E}"
    return _rounded(section, value)


def _rounded(section: Section, value: float) -> str:
    """The digits to as many places as the section has, half up, with its separators."""
    places = section.decimals or -section.drawn_point
    number = _decimal(value).scaleb(section.scale)
    try:
        rounded = number.quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP)
    except InvalidOperation:
        return f"{value:g}"
    text = f"{rounded:,f}" if section.is_grouped else f"{rounded:f}"
    least = _least_digits(section)
    if section.point is None or least >= section.decimals:
        return text
    whole, _, rest = text.partition(".")
    return f"{whole}.{rest[:least]}{rest[least:].rstrip('0')}"


def _least_digits(section: Section) -> int:
    """How many decimals are shown though they are zero."""
    point = section.point or 0
    zeros = [
        n
        for n, at in enumerate(p for p in section.places if p > point)
        if section.parts[at].text in "0?"
    ]
    return zeros[-1] + 1 if zeros else 0


def _fraction(section: Section, value: float) -> str:
    slash = next(at for at, part in enumerate(section.parts) if part.kind == "slash")
    below = [at for at in section.places if at > slash]
    exact = Fraction(f"{value:.{_PLACES}g}").limit_denominator(10 ** max(len(below), 1) - 1)
    whole, rest = divmod(exact.numerator, exact.denominator)
    if not rest:
        return str(whole)
    return (f"{whole} " if whole else "") + f"{rest}/{exact.denominator}"


def _digits_and_words(section: Section, value: float, has_sign: bool) -> str:
    """Digits with words between them: 202610 in 0000"年"00"月" is 2026年10月."""
    number = abs(_decimal(value).scaleb(section.scale)).quantize(Decimal(1), ROUND_HALF_UP)
    digits = f"{number:f}".rjust(len(section.places), "0")
    surplus = len(digits) - len(section.places)
    shown, used = ["-"] if has_sign else [], 0
    for part in section.parts:
        if part.kind == "digit":
            length = surplus + 1 if not used else 1
            shown.append(digits[used : used + length])
            used += length
        elif part.kind in ("literal", "slash", "percent", "point"):
            shown.append(part.text)
    return "".join(shown).strip()


def day_of(value: float) -> date | None:
    """The day of a serial number, None outside the calendar."""
    return _DAY_ZERO + timedelta(days=int(value)) if 0 <= value < _LAST_DAY else None


def _date_text(section: Section, value: float) -> str:
    """A day as printed; hours and weekdays as 时 and 星期, for they are no period."""
    day = day_of(value)
    if day is None:
        return "#" * 8
    shown = []
    for at, part in enumerate(section.parts):
        if part.kind == "run":
            shown.append(_run_text(part.text.lower(), day, section.is_month(at)))
        elif part.kind in ("literal", "slash"):
            shown.append(part.text)
        elif part.kind == "elapsed":
            shown.append("时")
        elif part.kind == "comma":
            shown.append(",")
    return "".join(shown).strip()


def _run_text(run: str, day: date, is_month: bool) -> str:
    letter, length = run[0], len(run)
    if letter in "ye":
        return f"{day.year % 100:02d}" if letter == "y" and length < 3 else str(day.year)
    if is_month:
        return (
            (str(day.month), f"{day.month:02d}")[length - 1]
            if length < 3
            else _MONTHS[day.month - 1]
        )
    if letter == "d" and length < 3:
        return f"{day.day:02d}" if length == 2 else str(day.day)
    return "时" if letter in "hms" else "星期"


def is_dash(display: Display) -> bool:
    """Whether a zero is shown as the dash of an accounting format."""
    return bool(_DASH.fullmatch(display.text))
