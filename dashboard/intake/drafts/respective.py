"""Gives figures after 分别 the names they belong to: 城市、农村低保标准分别为820元、690元."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from dashboard.intake.drafts.mention import Mention
from dashboard.intake.drafts.subjects import plain_subject

_RESPECTIVELY = re.compile("分别")
_NAMES = re.compile(r"[^,。;:!?()\n]+$")
_JOINT = re.compile("、|和|及|与|以及")
_BETWEEN = re.compile("^[,、和及与 ]{1,2}$")
_SHORT = 20  # characters of a name
_MODIFIERS = re.compile("^(?:城市|城镇|农村|集中|分散|男|女|公办|民办|市级|区级|县级|镇级|村级)")
NEAR = 60  # characters before 分别 in which the names stand


def named_respectively(plain: str, mentions: Sequence[Mention]) -> list[Mention]:
    """The mentions of a passage, those of a list after 分别 with their own name before them.

    Only where there are as many names as figures of one unit; all of a list are of the kind of its
    first. A second 分别 of a sentence without names of its own goes on with those before it.
    """
    named = list(mentions)
    names: list[str] = []
    sentence = (-1, -1)
    at = 0
    for match in _RESPECTIVELY.finditer(plain):
        while at < len(named) and named[at].amount.start < match.end():
            at += 1
        figures = _figures(plain, named, at, match.end())
        if not figures:
            continue
        if figures[0].sentence != sentence:
            names, sentence = [], figures[0].sentence
        names = _names(plain[max(match.start() - NEAR, sentence[0]) : match.start()]) or names
        if len(names) == len(figures):
            tail = plain[match.end() : figures[0].amount.start]
            for offset, (name, figure) in enumerate(zip(names, figures, strict=True)):
                named[at + offset] = _of_name(name, tail, figure, figures[0])
    return named


def _figures(plain: str, mentions: Sequence[Mention], at: int, end: int) -> list[Mention]:
    """The mentions of one unit that follow each other from ``at`` on, near the word 分别."""
    figures: list[Mention] = []
    for mention in mentions[at:]:
        between = plain[end : mention.amount.start]
        joined = _BETWEEN.match(between) if figures else re.match(r"^[^,。;:()]{0,12}$", between)
        if not joined or (figures and mention.amount.dimension != figures[0].amount.dimension):
            break
        figures.append(mention)
        end = mention.amount.end
    return figures if len(figures) > 1 else []


def _names(before: str) -> list[str]:
    """The names in the words before 分别; [] where they are fewer than two or too long."""
    match = _NAMES.search(before)
    names = [name.strip(' “”"') for name in _JOINT.split(match[0])] if match else []
    if len(names) < 2 or not all(0 < len(name) <= _SHORT for name in names):
        return []
    noun = _MODIFIERS.sub("", names[-1])
    if noun != names[-1]:
        return [name + noun if _MODIFIERS.fullmatch(name) else name for name in names]
    return names


def _of_name(name: str, tail: str, figure: Mention, first: Mention) -> Mention:
    """A figure with its name in the words before it."""
    words = name + tail.strip()
    subject = plain_subject(words, figure.amount.dimension)
    given = replace(figure, before=words, subject=subject, kind=first.kind)
    return replace(given, period=first.period, in_force=first.in_force)
