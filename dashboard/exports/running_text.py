"""Writes Chinese text as an office does: full-width brackets, no spaces or commas at numbers."""

from __future__ import annotations

import re

_COMMA = re.compile(r"(?<=\d),(?=\d{3}(?!\d))")
_HAN = r"[\u3400-\u9fff\uff08\uff09《》“”、，。；：]"
_BRACKETS = re.compile(rf"(?<={_HAN})\(([^()]*)\)|\(([^()]*)\)(?={_HAN})|\(([^()]*{_HAN}[^()]*)\)")


def full_width(text: str) -> str:
    """The text with full-width brackets around and beside Chinese; others stay."""
    return _BRACKETS.sub(
        lambda found: f"（{next(g for g in found.groups() if g is not None)}）", text
    )


_BESIDE = re.compile(rf"(?<={_HAN}) (?=[\d%])|(?<=[\d%]) (?={_HAN})")


def closed_up(text: str) -> str:
    """The text without spaces between Chinese and figures: 14项目标, not 14 项目标."""
    return _BESIDE.sub("", text)


def printed(text: str, language: str) -> str:
    """A text as it stands on a slide, with the commas of its numbers."""
    return closed_up(full_width(text)) if language == "zh" else text


def running(text: str, language: str, thousands: bool = False) -> str:
    """A piece of a sentence; ``thousands`` keeps the commas of its numbers."""
    if language != "zh":
        return text
    text = closed_up(full_width(text))
    return text if thousands else _COMMA.sub("", text)
