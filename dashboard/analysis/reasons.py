"""Says why a target stands as it does, as words in both languages."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import cast

from dashboard.base.english import counted
from dashboard.base.language import LANGUAGES, Text, number, scale_for, word
from dashboard.base.rounding import down, half_up, up
from dashboard.catalogue import periods
from dashboard.catalogue.concepts import Indicator
from dashboard.catalogue.periods import Period


@dataclass(frozen=True, slots=True)
class Reason:
    """A key of data/words.csv (without its ``progress_``) and what is filled in.

    ``indicator`` with ``base`` becomes ``{amount}``: a figure in words of the indicator's unit, as
    do ``low`` and ``high``. ``below`` is a level of areas and becomes its name, ``runs`` of months,
    each first and last, become ``{months}``, and a period its name.
    """

    key: str
    fields: Mapping[str, object] = field(default_factory=dict)

    @property
    def words(self) -> Text:
        """The reason in both languages."""
        return Text(
            *(word(f"progress_{self.key}", lang, **self._filled(lang)) for lang in LANGUAGES)
        )

    def _filled(self, language: str) -> dict[str, object]:
        filled = {
            name: periods.name(value, language) if isinstance(value, Period) else value
            for name, value in self.fields.items()
        }
        meaning, value = filled.pop("indicator", None), filled.pop("base", None)
        if "runs" in filled:
            runs = cast(Sequence[tuple[Period, Period]], filled.pop("runs"))
            named = [periods.name_of_all(first, last, language) for first, last in runs]
            filled["months"] = word("list_comma", language).join(named)
        if "below" in filled:
            filled["below"] = word(f"chart_many_{filled['below']}", language)
        if isinstance(meaning, Indicator):
            filled["name"] = meaning.name[language]
            shown = needed if self.key == "short" else amount
            filled["amount"] = shown(_known(value), meaning, language)
            for end in ("low", "high"):
                if end in filled:
                    filled[end] = amount(_known(filled[end]), meaning, language)
        return filled


def _known(value: object) -> float | None:
    return value if isinstance(value, int | float) else None


def amount(value: float | None, indicator: Indicator, language: str) -> str:
    """A figure with its unit as a person reads it: 1.2万元, 159个, 4.3 per community."""
    return _with_unit(value, indicator, language, half_up)


def needed(value: float | None, indicator: Indicator, language: str) -> str:
    """What is still needed, with its unit, rounded up: 19.2 homes are 20."""
    return _with_unit(value, indicator, language, up)


def at_most(value: float | None, indicator: Indicator, language: str) -> str:
    """What may still be used, with its unit, rounded down."""
    return _with_unit(value, indicator, language, down)


def _with_unit(
    value: float | None,
    indicator: Indicator,
    language: str,
    rounded: Callable[[float, int], float],
) -> str:
    unit = indicator.unit
    scale = scale_for(value, unit.name, unit.dimension, indicator.decimals, language)
    known = None if value is None else rounded(value / scale.factor, scale.decimals)
    printed = number(known, scale.decimals, language)
    if language == "zh" or scale.label.startswith(("%", "‰")):
        return printed + scale.label
    return f"{printed} {counted(printed, scale.label)}"
