"""Colours and type, the same on screen and on paper.

One calm primary colour; categories can be told apart by colour-blind readers; status colours are
dark enough to be read as text on white (at least 4.5 to 1).
"""

from __future__ import annotations

from dataclasses import dataclass

FONT_STACK = "PingFang SC, Microsoft YaHei, Noto Sans CJK SC, sans-serif"


@dataclass(frozen=True, slots=True)
class Theme:
    """The tokens of one look. Colours are #rrggbb; sizes are in CSS pixels."""

    primary: str = "#1f5fa8"
    primary_soft: str = "#9dbfe2"  # the streets beside the chosen one
    accent: str = "#c2410c"  # the chosen street
    text: str = "#1f2933"
    muted: str = "#5b6875"
    grid: str = "#e4e9ee"
    line: str = "#b7c1cb"
    background: str = "#ffffff"
    absent: str = "#f2f4f6"  # cells without a value
    categorical: tuple[str, ...] = (
        "#1f5fa8",
        "#c2410c",
        "#00795a",
        "#8e4585",
        "#b07c00",
        "#3c9dc8",
    )
    other: str = "#8b96a1"  # what is left over in a stack
    sequential: tuple[str, ...] = ("#eef4fb", "#d3e3f4", "#abcbea", "#7baedb", "#1f5fa8")
    diverging: tuple[str, ...] = ("#b55d17", "#eebf98", "#f2f4f6", "#abcbea", "#1f5fa8")
    better: str = "#1a7340"
    warning: str = "#8a5a00"
    worse: str = "#b3261e"
    lower: str = "#5b9bd5"  # indicators without a good direction: less …
    higher: str = "#1b3f73"  # … and more
    font: str = FONT_STACK
    size: int = 13
    small: int = 12


SCREEN = Theme()


def waterfall_colours(theme: Theme) -> dict[str, str]:
    """Colours of a waterfall's series by role. A direction is not a judgement: no red or green."""
    return {
        "base": theme.background,
        "total": theme.primary,
        "up": theme.categorical[5],
        "down": theme.categorical[1],
    }


def _linear(channel: int) -> float:
    share = channel / 255
    return share / 12.92 if share <= 0.04045 else ((share + 0.055) / 1.055) ** 2.4


def luminance(colour: str) -> float:
    """Relative luminance of #rrggbb after WCAG 2.2, 0 (black) to 1 (white)."""
    red, green, blue = (_linear(int(colour[i : i + 2], 16)) for i in (1, 3, 5))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    """Contrast ratio of two colours after WCAG 2.2, 1 to 21."""
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)
