"""Reads what the reader chose from a web address, and writes it: the address is the state."""

from __future__ import annotations

import re
from collections.abc import Container, Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime
from functools import lru_cache
from urllib.parse import urlencode

from dashboard.base.language import DEFAULT_LANGUAGE, LANGUAGES
from dashboard.catalogue.periods import Period, parse
from dashboard.catalogue.topics import Step

YEAR_ON_YEAR, PERIOD_ON_PERIOD, NO_COMPARISON = "year_on_year", "period_on_period", "none"
COMPARISONS = (YEAR_ON_YEAR, PERIOD_ON_PERIOD, NO_COMPARISON)
OUTLINES, TILES = "outlines", "tiles"
OWN_AXIS, SHARED_AXIS = "own", "shared"  # of the small trends of a table of streets
SHAPES = (OUTLINES, TILES, OWN_AXIS, SHARED_AXIS)
_SHORT = {"yoy": YEAR_ON_YEAR, "pop": PERIOD_ON_PERIOD, "none": NO_COMPARISON}
ASKED_COMPARISONS = tuple(_SHORT)  # as an address names them
_LONG = {long: short for short, long in _SHORT.items()}
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)
_MOMENT = re.compile(r"\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(\.\d{1,6})?Z", re.ASCII)
_AREA = re.compile(r"[0-9A-Za-z_-]{1,32}")
_KEYS = ("area", "period", "compare", "step", "lang", "present", "known", "since", "shape")


@dataclass(frozen=True, slots=True)
class Selection:
    """Area, period, comparison, step of trends, language, presenting, and the day of knowledge.

    ``period`` is None where the latest is meant; ``step`` is "" where each chart keeps its own;
    ``asked`` is the period the address named where another one, with figures, stands in for it.
    ``as_known`` is a day: figures are shown as they were known at its end; None for the latest. A
    datetime, which is a date too, means that very moment. ``since`` is the earlier period of a
    split change; None for the usual one. ``shape`` is what maps are drawn with, outlines or tiles,
    or the axis of small trends, own or shared; "" where each is drawn as it can be. ``unread`` are
    keys of the address that made no sense; two selections that differ in them alone are the same.
    """

    area: str
    period: Period | None = None
    comparison: str = YEAR_ON_YEAR
    step: str = ""
    language: str = DEFAULT_LANGUAGE
    present: bool = False
    asked: Period | None = None
    as_known: date | None = None
    since: Period | None = None
    shape: str = ""
    unread: tuple[str, ...] = field(default=(), compare=False, repr=False)


def _period(text: str) -> Period | None:
    try:
        return parse(text[:20]).end if text.strip() else None
    except ValueError:
        return None


def _day(text: str) -> date | None:
    try:
        if _MOMENT.fullmatch(text):
            return datetime.fromisoformat(text).astimezone(UTC)
        return date.fromisoformat(text) if _DAY.fullmatch(text) else None
    except (ValueError, OverflowError):
        return None


def known_text(known: date) -> str:
    """A day or moment of knowledge as it stands in an address."""
    if isinstance(known, datetime):
        return known.astimezone(UTC).replace(tzinfo=None).isoformat() + "Z"
    return known.isoformat()


def from_query(query: Mapping[str, str], default_area: str, language: str) -> Selection:
    """The selection of an address's query; whatever is unknown or malformed falls back.

    Keys: area, period (2024-09), compare (yoy, pop, none), step (year, month, cumulative), lang
    (zh, en; ``language`` without one), present (1), known (2024-07-01, or
    2024-07-01T09:30:00.123456Z), since (2023-09) and shape (outlines, tiles, own,
    shared).
    """
    texts = {key: str(query.get(key) or "") for key in _KEYS}
    plain = {key: text.strip() for key, text in texts.items()}
    chosen = Selection(
        area=plain["area"] if _AREA.fullmatch(plain["area"]) else default_area,
        period=_period(texts["period"]),
        comparison=_SHORT.get(plain["compare"], YEAR_ON_YEAR),
        step=_one_of(plain["step"], set(Step), ""),
        language=_one_of(plain["lang"], LANGUAGES, language),
        present=texts["present"] in ("1", "true"),
        as_known=_day(plain["known"]),
        since=_period(texts["since"]),
        shape=_one_of(plain["shape"], SHAPES, ""),
    )
    understood = {
        "area": bool(_AREA.fullmatch(plain["area"])),
        "period": chosen.period is not None,
        "compare": plain["compare"] in _SHORT,
        "step": bool(chosen.step),
        "known": chosen.as_known is not None,
        "since": chosen.since is not None,
    }
    unread = [key for key, is_read in understood.items() if plain[key] and not is_read]
    return replace(chosen, unread=tuple(unread))


def _one_of(text: str, choices: Container[str], default: str) -> str:
    return text if text in choices else default


def _unless(default: str, text: str) -> str | None:
    """A text, or None where it is the default."""
    return None if text == default else text


def to_query(selection: Selection, **changes: object) -> str:
    """The query of an address, "?area=…&period=…", with ``changes`` of fields made first.

    What is at its default is left out, except the area, so that a link always names its place.
    """
    return _written(replace(selection, **changes) if changes else selection)  # type: ignore[arg-type]


@lru_cache(maxsize=4096)
def _written(chosen: Selection) -> str:
    compare = _LONG.get(chosen.comparison, "yoy")
    parts = {
        "area": chosen.area,
        "period": chosen.period and str(chosen.period),
        "compare": compare if chosen.comparison != YEAR_ON_YEAR else None,
        "step": chosen.step or None,
        "lang": _unless(DEFAULT_LANGUAGE, chosen.language),
        "present": "1" if chosen.present else None,
        "known": chosen.as_known and known_text(chosen.as_known),
        "since": chosen.since and str(chosen.since),
        "shape": chosen.shape or None,
    }
    return "?" + urlencode({key: text for key, text in parts.items() if text is not None})
