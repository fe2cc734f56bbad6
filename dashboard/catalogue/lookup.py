"""Looks things up in the catalogue: by id, official code, printed name, unit spelling."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import lru_cache

from dashboard.catalogue.concepts import Area, Event, Indicator, Part, Unit
from dashboard.catalogue.grid import Grid
from dashboard.catalogue.registers import RegisterTypes
from dashboard.catalogue.topics import Topic
from dashboard.catalogue.wall_pages import Wall

Row = dict[str, str]
# A shorter name (有, 女性, 残疾人) says nothing without the heading it stood under.
SHORTEST_OWN_NAME = 5


@dataclass(frozen=True, slots=True)
class FormLine:
    """One printed line of an official form and the indicator it means."""

    form: str
    edition: str
    code: str
    name: str
    parent: str
    unit: str
    indicator: str


_NUMBERING = re.compile(
    r"^(?:其中|[#*]|[一二三四五六七八九十]+、|[((][一二三四五六七八九十\d]+[))]|\d+[.、．](?!\d)"
    r"|(?:XI{0,3}|IX|IV|VI{0,3}|I{1,3}|[A-HJ-Z])(?=[、.．\s一-鿿])[、.．]?|[:：])"
)


@lru_cache(maxsize=20000)
def plain_name(text: str) -> str:
    """A printed name without numbering, 其中, #, *, spaces and bracket width: names compare so."""
    name = re.sub(r"[\s　]+", " ", str(text)).strip()
    name = name.replace("（", "(").replace("）", ")").replace("：", ":").replace("＃", "#")
    while True:
        shorter = _NUMBERING.sub("", name).strip()
        if shorter == name or not shorter:
            break
        name = shorter
    return name.rstrip("*#:").replace(" ", "").replace("“", "").replace("”", "").casefold()


class Indicators(dict[str, Indicator]):
    """The declared indicators by id, and every cell of the grid by its composed id.

    Iteration gives the declared ones only: the cells are made when they are asked for.
    """

    def __init__(self, grid: Grid) -> None:
        """An empty list over a grid."""
        super().__init__()
        self._grid = grid
        self._composed: dict[str, Indicator | None] = {}

    def __reduce__(self) -> tuple[object, ...]:
        """Pickles the list with its grid."""
        return (_indicators_of, (self._grid, dict(self)))

    def copied(self) -> Indicators:
        """A list of its own with the same indicators over the same grid."""
        return _indicators_of(self._grid, self)

    def _made(self, identity: object) -> Indicator | None:
        if not isinstance(identity, str) or "__" not in identity:
            return None
        if identity not in self._composed:
            declared = self._grid.declared.get(identity)
            if declared is not None:
                self._composed[identity] = dict.get(self, declared)
            else:
                self._composed[identity] = self._grid.indicator(identity)
        return self._composed[identity]

    def __missing__(self, identity: str) -> Indicator:
        """The indicator that a composed id means; raises KeyError."""
        made = self._made(identity)
        if made is None:
            raise KeyError(identity)
        return made

    def __contains__(self, identity: object) -> bool:
        """Whether the id is declared or composed of parts that go together."""
        return dict.__contains__(self, identity) or self._made(identity) is not None

    def get(self, identity: str, default: Indicator | None = None) -> Indicator | None:  # type: ignore[override]
        """The indicator of an id, or ``default``."""
        return self[identity] if identity in self else default


def _indicators_of(grid: Grid, declared: Mapping[str, Indicator]) -> Indicators:
    indicators = Indicators(grid)
    indicators.update(declared)
    return indicators


@dataclass(frozen=True, eq=False)  # each is itself only, so that what was looked up can be kept
class Catalogue:
    """All that is declared. Look-ups by id, official code or printed name."""

    units: dict[str, Unit]
    indicators: Indicators
    grid: Grid
    lines: tuple[FormLine, ...]
    shipped_areas: tuple[Area, ...]
    events: tuple[Event, ...]
    topics: dict[str, Topic]
    rules: tuple[Row, ...]
    registers: RegisterTypes = field(default_factory=RegisterTypes)
    payments: dict[str, tuple[str, ...]] = field(default_factory=dict)  # money by who is counted
    wall: Wall = field(default_factory=Wall)
    _names: dict[str, str] = field(default_factory=dict, repr=False)
    _codes: dict[str, list[FormLine]] = field(default_factory=dict, repr=False)
    _line_names: dict[str, list[FormLine]] = field(default_factory=dict, repr=False)
    _spellings: dict[str, Unit] = field(default_factory=dict, repr=False)
    _children: dict[str, list[Indicator]] = field(default_factory=dict, repr=False)

    def find_unit(self, spelling: str) -> Unit | None:
        """The unit written this way (万元, 元/人·月, yuan), or None."""
        return self._spellings.get(plain_unit(spelling))

    def find_indicator(self, text: str) -> Indicator | None:
        """The indicator of an id, an official code, a Chinese or English name, or an alias."""
        text = str(text).strip()
        if text in self.indicators:
            return self.indicators[text]
        by_code = self._of_code(text, "")
        return by_code or self.indicators.get(self._names.get(plain_name(text), ""))

    def named_exactly(self, name: str) -> Indicator | None:
        """The declared indicator of which this is the name itself, and no alias."""
        indicator = dict.get(self.indicators, self._names.get(plain_name(name), ""))
        return (
            indicator if indicator and plain_name(indicator.name.zh) == plain_name(name) else None
        )

    def _of_code(self, code: str, name: str) -> Indicator | None:
        """What a code means. Where editions gave one code two scopes the printed name decides,
        else the newest edition."""
        lines = self._codes.get(str(code).strip().upper(), ())
        named = [line for line in lines if name and plain_name(line.name) == plain_name(name)]
        chosen = max(named or lines, key=lambda line: line.edition, default=None)
        return self.indicators[chosen.indicator] if chosen else None

    def find_line(
        self, code: str = "", name: str = "", parents: Sequence[str] = ()
    ) -> Indicator | None:
        """The indicator of a form's line: its code first, else its name among the headings above.

        ``parents`` are the headings above the line, nearest last. A name that means different
        indicators under different headings is only found with one of them.
        """
        by_code = self._of_code(code, name)
        if by_code:
            return by_code
        lines = self._line_names.get(plain_name(name), ())
        for heading in reversed([plain_name(parent) for parent in parents]):
            under = {line.indicator for line in lines if plain_name(line.parent) == heading}
            if len(under) == 1:
                return self.indicators[under.pop()]
        meant = _without_heading(lines, name)
        if len(meant) == 1:
            return self.indicators[meant.pop()]
        return self.indicators.get(self._names.get(plain_name(name), ""))

    def with_declared(self, declared: Iterable[Indicator]) -> Catalogue:
        """A catalogue that also has these indicators of a bureau; this one stays as it is.

        One whose id is known, or whose ratio is of unknown indicators, is left out.
        """
        indicators, names = self.indicators.copied(), dict(self._names)
        for indicator in declared:
            parts = (indicator.numerator, indicator.denominator)
            if indicator.id not in indicators and all(p in indicators for p in parts if p):
                indicators[indicator.id] = indicator
                names.setdefault(plain_name(indicator.name.zh), indicator.id)
        return replace(self, indicators=indicators, _names=names)

    def codes_of(self, indicator: str) -> tuple[FormLine, ...]:
        """The form lines (with codes and editions) that mean this indicator."""
        return tuple(line for line in self.lines if line.indicator == indicator)

    def children(self, indicator: str, part: Part | None = None) -> tuple[Indicator, ...]:
        """The declared components or of-which children, in the catalogue's order."""
        below = self._children.get(indicator, ())
        return tuple(child for child in below if part is None or child.part is part)

    def partitions(self, indicator: str) -> tuple[tuple[Indicator, ...], ...]:
        """Each way in which parts add up to an indicator: declared ones, and those of the grid."""
        declared = self.children(indicator, Part.COMPONENT)
        composed = (
            tuple(self.indicators[name] for name in names)
            for names in self.grid.partitions_of(indicator)
        )
        return tuple(parts for parts in (declared, *composed) if len(parts) > 1)

    def breakdowns(self, indicator: str) -> dict[str, tuple[Indicator, ...]]:
        """What makes an indicator up in each dimension of the grid: by sex, by cause, by care."""
        parts = self.grid.components_of(indicator)
        return {
            dimension: tuple(self.indicators[name] for name in names)
            for dimension, names in parts.items()
        }

    def components(self, indicator: str, dimension: str = "") -> tuple[Indicator, ...]:
        """The components in one dimension of the grid; without one, those that are declared."""
        if dimension:
            return self.breakdowns(indicator).get(dimension, ())
        return self.children(indicator, Part.COMPONENT)

    def topic_order(self) -> tuple[Topic, ...]:
        """Topics in the order they are shown."""
        return tuple(sorted(self.topics.values(), key=lambda topic: (topic.order, topic.id)))


def _without_heading(lines: Sequence[FormLine], name: str) -> set[str]:
    """What the lines mean that need no heading; all of them where the name is long enough."""
    meant = {line.indicator for line in lines if not line.parent}
    if meant or len(plain_name(name)) < SHORTEST_OWN_NAME:
        return meant
    return {line.indicator for line in lines}


@lru_cache(maxsize=20000)
def plain_unit(text: str) -> str:
    """A unit's spelling without brackets, spaces and the kind of its middle dot."""
    text = str(text).strip().replace("（", "").replace("）", "").strip("()").replace("•", "·")
    return re.sub(r"\s+", " " if re.search("[A-Za-z]", text) else "", text).casefold()
