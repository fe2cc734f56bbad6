"""Estimates how wide a text is drawn, and folds long ones.

The server draws no letters, so widths are estimated by what kind of sign stands there, a little
generously: a Chinese sign is as wide as it is high, a figure about half as wide.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

LINE = 15  # pixels from one line of small letters to the next
MOST_LINES = 2
_PIECES = re.compile(
    r"[《（「]*[\u2e80-\uffff][，。；：、！？）》」·…]*|[^\s\u2e80-\uffff]*?[-/–](?=\S)"
    r"|[^\s\u2e80-\uffff]+|\s+"
)
_WIDTHS = {
    **dict.fromkeys("iljtfr.,:;'|!()[]I /-", 0.36),
    **dict.fromkeys("mwMW%@—…", 1.0),
    **dict.fromkeys("0123456789+−–<>=~", 0.6),
}
_TAG = re.compile(r"</?b>")


@lru_cache(maxsize=20_000)
def text_width(text: str, size: float) -> float:
    """Pixels that a line takes in letters of ``size`` pixels; marks of bold type take none."""
    em = 0.0
    for sign in _TAG.sub("", text):
        if ord(sign) > 0x2E80 or sign in "“”‘’→":
            em += 1.0
        else:
            em += _WIDTHS.get(sign, 0.74 if sign.isupper() else 0.6)
    return em * size


def widest(lines: list[str], size: float) -> float:
    """Pixels of the widest of the lines; 0 of none."""
    return max((text_width(line, size) for line in lines), default=0.0)


def _fitting(line: str, room: float, size: float) -> int:
    """How many signs of a line that is too long fit, not all of them and at least one."""
    end = len(line) - 1
    while end > 1 and text_width(line[:end], size) > room:
        end -= 1
    return end


def _greedy(text: str, room: float, size: float) -> list[str]:
    """Lines no wider than ``room``, broken at spaces and after Chinese signs, words if need be."""
    lines, line = [], ""
    for piece in _PIECES.findall(text):
        if line and text_width((line + piece).rstrip(), size) > room:
            lines.append(line.rstrip())
            line = ""
        line += piece if line or piece.strip() else ""
        while text_width(line.rstrip(), size) > room and len(line.rstrip()) > 1:
            end = _fitting(line, room, size)  # one word longer than the line
            lines.append(line[:end])
            line = line[end:]
    return [*lines, line.rstrip()] if line.strip() or not lines else lines


def folded(text: str, room: float, size: float, most: int = MOST_LINES) -> list[str]:
    """The text on at most ``most`` lines about equally long; what does not fit ends in "…"."""
    return list(_folded(text, room, size, most))


@lru_cache(maxsize=4096)
def _folded(text: str, room: float, size: float, most: int) -> Sequence[str]:
    lines = _greedy(text, room, size)
    if len(lines) > most:
        last = lines[most - 1] + "…"
        while len(last) > 1 and text_width(last, size) > room:
            last = last[:-2].rstrip() + "…"
        return [*lines[: most - 1], last]
    tried = [lines, *_parted(text, room, size, len(lines))]
    for narrower in range(int(room) - 6, int(room / 2), -6):
        other = _greedy(text, narrower, size)
        if len(other) > len(lines):
            break
        tried.append(other)
    return min(reversed(tried), key=lambda some: (_torn(text, some), round(widest(some, size))))


def _parted(text: str, room: float, size: float, most: int) -> list[list[str]]:
    """The ways to part it at one of its spaces first that take no more lines."""
    spaces = [place for place, sign in enumerate(text) if sign == " "]
    partings = [
        [*_greedy(text[:at].strip(), room, size), *_greedy(text[at:].strip(), room, size)]
        for at in spaces
        if text[:at].strip() and text[at:].strip()
    ]
    return [lines for lines in partings if len(lines) <= most]


def _torn(text: str, lines: list[str]) -> int:
    """How many of the lines end within a word or a name, not at a space or a stop."""
    torn, at = 0, 0
    for line in lines[:-1]:
        at = text.index(line, at) + len(line)
        torn += text[at : at + 1] not in " " and line[-1] not in "，。；：、-/"
    return torn
