"""The tokens: readable in every theme, told apart by every eye, and the only place of colours."""

import itertools
import re

import pytest

from dashboard.base.language import known_words
from dashboard.base.settings import ROOT
from dashboard.charts.plotly.theme import SCREEN, contrast, read_theme
from dashboard.charts.plotly.tokens import (
    THEMES,
    TOKENS,
    TokensError,
    colour,
    parse_tokens,
    tokens,
)

HEX = re.compile(r"#[0-9a-fA-F]{8}\b|#[0-9a-fA-F]{6}\b|#[0-9a-fA-F]{3,4}\b")
FUNCTION = re.compile(r"\b(?:rgba?|hsla?|oklch|oklab|lab|lch)\(\s*[\d.]")
CLEAR = "rgba(0,0,0,0)"  # no colour at all
GROUNDS = ("surface", "ground", "raised", "absent", "neutral-tint")
TINTS = ("primary-tint", "better-tint", "worse-tint", "warning-tint", "accent-tint", "missed-tint")
LEVELS = ("level-1", "level-2", "level-3", "level-4")
TEXTS = [
    *itertools.product(("text", "muted"), GROUNDS),
    *itertools.product(("text",), TINTS + LEVELS),
    *itertools.product(("primary", "primary-dark"), (*GROUNDS[:3], "neutral-tint", "primary-tint")),
    ("muted", "primary-tint"),
    ("muted", "warning-tint"),
    ("muted", "accent-tint"),
    *(
        (name, ground)
        for name in ("better", "worse", "warning", "missed")
        for ground in ("surface", "ground", f"{name}-tint")
    ),
    *itertools.product(("on-strong",), ("primary", "primary-dark", "missed", "worse", "level-5")),
    *((f"category-{place}", "surface") for place in range(1, 7)),
    *itertools.product(("text",), ("diverging-2", "diverging-3", "diverging-4")),
]
SHAPES = [
    *itertools.product(("field-line", "accent", "primary"), ("surface", "ground")),
    *(
        (name, "surface")
        for name in (
            "primary-soft",
            "lower",
            "higher",
            "other",
            "warning-strong",
            "better",
            "worse",
            "missed",
            "diverging-1",
            "diverging-5",
        )
    ),
    ("primary", "track"),
    ("better", "track"),
    ("worse", "track"),
    ("missed", "track"),
]
# Machado, Oliveira & Fernandes 2009, complete loss of one kind of cone; linear RGB.
EYES = {
    "all three": ((1, 0, 0), (0, 1, 0), (0, 0, 1)),
    "no green": (
        (0.367322, 0.860646, -0.227968),
        (0.280085, 0.672501, 0.047413),
        (-0.011820, 0.042940, 0.968881),
    ),
    "no red": (
        (0.152286, 1.052583, -0.204868),
        (0.114503, 0.786281, 0.099216),
        (-0.003882, -0.048116, 1.051998),
    ),
}
LMS = (
    (0.4122214708, 0.5363325363, 0.0514459929),
    (0.2119034982, 0.6806995451, 0.1073969566),
    (0.0883024619, 0.2817188376, 0.6299787005),
)
OKLAB = (
    (0.2104542553, 0.7936177850, -0.0040720468),
    (1.9779984951, -2.4285922050, 0.4505937099),
    (0.0259040371, 0.7827717662, -0.8086757660),
)


def _times(matrix, vector):
    return [sum(a * b for a, b in zip(row, vector, strict=True)) for row in matrix]


def seen_as(hexed, eyes):
    """Where an eye of this kind sees the colour in Oklab, times 100: 2 is barely a difference."""
    shares = [int(hexed[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    linear = [s / 12.92 if s <= 0.04045 else ((s + 0.055) / 1.055) ** 2.4 for s in shares]
    seen = [min(max(channel, 0.0), 1.0) for channel in _times(EYES[eyes], linear)]
    return [100 * part for part in _times(OKLAB, [c ** (1 / 3) for c in _times(LMS, seen)])]


def too_faint(theme, pairs, least):
    """Which of the pairs (colour, ground) have less contrast than ``least``, and how much."""
    return {
        f"{one} on {ground}": round(found, 2)
        for one, ground in pairs
        if (found := contrast(colour(theme, one), colour(theme, ground))) < least
    }


@pytest.mark.parametrize("theme", THEMES)
def test_every_text_can_be_read_on_every_ground_it_stands_on(theme):
    assert not too_faint(theme, TEXTS, 4.5)


@pytest.mark.parametrize("theme", THEMES)
def test_bars_lines_and_the_edges_of_fields_stand_out_from_their_ground(theme):
    assert not too_faint(theme, SHAPES, 3)


@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize("eyes", EYES)
def test_categories_are_told_apart_by_every_eye(theme, eyes):
    shades = read_theme(theme).categorical
    gaps = {
        (one, other): sum(
            (a - b) ** 2 for a, b in zip(seen_as(one, eyes), seen_as(other, eyes), strict=True)
        )
        ** 0.5
        for one, other in itertools.combinations(shades, 2)
    }
    assert min(gaps.values()) >= 8, min(gaps, key=gaps.get)


@pytest.mark.parametrize("theme", THEMES)
def test_levels_go_one_way_and_the_neutral_pair_differs_in_lightness(theme):
    look = read_theme(theme)
    ground = [contrast(level, look.background) for level in look.sequential]
    assert ground == sorted(ground)
    assert contrast(look.lower, look.higher) >= 1.8


def test_colours_that_are_one_in_the_light_theme_are_one_in_every_theme():
    """The browser finds a figure's colours by their light values, so one value is one colour."""
    light = tokens()["light"]
    for theme in THEMES[1:]:
        shown = {}
        for name, value in light.items():
            assert shown.setdefault(value, tokens()[theme][name]) == tokens()[theme][name], name


def test_figures_and_style_sheet_have_the_same_colours():
    text = TOKENS.read_text("utf-8")
    assert SCREEN.primary == colour("light", "primary") and f"--primary: {SCREEN.primary};" in text
    assert read_theme("dark").background == colour("dark", "surface")
    assert set(THEMES) <= {key.removeprefix("theme_") for key in known_words()}


def test_a_theme_that_lacks_a_colour_is_refused_by_name():
    text = TOKENS.read_text("utf-8")
    dark = text.index('[data-theme="dark"]')
    place = text.index("--worse-tint", dark)
    with pytest.raises(TokensError, match=r"dark.*worse-tint"):
        parse_tokens(text[:place] + text[text.index(";", place) + 1 :])


def test_colours_stand_in_the_tokens_and_nowhere_else():
    stray = {}
    files = [*(ROOT / "assets").rglob("*.*"), *(ROOT / "dashboard").rglob("*.py")]
    for folder in ("pages", "callbacks"):
        files += (ROOT / folder).glob("*.py")
    for file in files:
        if file == TOKENS or file.suffix not in (".py", ".css", ".js", ".svg"):
            continue
        text = file.read_text("utf-8").replace(CLEAR, "").replace("/* #", "/* ")
        if found := [*HEX.findall(text), *FUNCTION.findall(text)]:
            stray[file.name] = found
    assert not stray
