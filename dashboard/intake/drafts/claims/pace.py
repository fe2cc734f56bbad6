"""Judges what a sentence says of time elapsed: 完成46.2%，超时间进度 in a report on half a year."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal

from dashboard.base.language import Text
from dashboard.intake.drafts.amounts import PERCENT, POINTS
from dashboard.intake.drafts.claims.derivation import written
from dashboard.intake.drafts.claims.quantities import (
    CHANGE,
    PLAN,
    Quantity,
    exact_operands,
    levels_of,
    of_unit,
    stretch,
)
from dashboard.intake.drafts.finding import ERROR, DraftFinding, finding, printed
from dashboard.intake.drafts.mention import TARGET

_YEAR = 12  # months
_HUNDRED = Decimal(100)
_HALF_DONE = Decimal(50)  # per cent
_ELAPSED = r"(?:时间|序时)(?:进度)?"
_SAID = re.compile(
    rf"(?:(?P<over>超过?|超前|快于|高于|领先|早于|优于)|(?P<under>落后于?|慢于|低于|滞后于?|未达到?)|(?P<even>[与同和跟]))"
    rf"{_ELAPSED}(?P<same>(?:基本)?(?:持平|同步|相当))?"
)
_HALF = re.compile(
    r"(?P<not>未能?|尚未)?(?:达到|实现|完成)了?(?:“?时间(?:任务)?“?(?:双过半|过半、?任务过半)|“?双过半)"
)
_IS_ELAPSED = re.compile(rf"{_ELAPSED}(?:应?为|是|应?达到?)?$")
_ROOM = Decimal(1)  # points by which what is done may differ and be even
_EVEN = Decimal(3)


def paces(made: Sequence[Quantity], plain: str) -> Iterator[DraftFinding]:
    """A share of a year's plan against the months that have passed; ``plain`` is the passage."""
    yield from _halves(made, plain)
    start, end = stretch(made)
    for match in _SAID.finditer(plain, start, end):
        before = [one for one in made if one.mention.amount.end <= match.start()]
        share, of = _done(before)
        span = of.mention.period if of is not None else None
        if of is None or span is None or span.length > _YEAR:
            continue
        said = [one for one in made if _IS_ELAPSED.search(one.own) and _is_share(one)]
        elapsed = said[0].value if said else Decimal(span.end.month) / _YEAR * _HUNDRED
        if not _fits(match, share - elapsed, _points_after(made, match.end())):
            yield _finding(match, of, elapsed)


def _halves(made: Sequence[Quantity], plain: str) -> Iterator[DraftFinding]:
    """Whether half of a plan is done: 完成率28.2%,已实现时间过半、任务过半."""
    for match in _HALF.finditer(plain, *stretch(made)):
        last = [one for one in made if one.mention.amount.end <= match.start()][-1:]
        if not last or not _is_share(last[0]) or last[0].role == CHANGE:
            continue
        share = last[0].value
        if (share >= _HALF_DONE) == bool(match["not"]):
            yield _finding(match, last[0], _HALF_DONE)


def _done(before: Sequence[Quantity]) -> tuple[Decimal, Quantity | None]:
    """The last share, or what is done of a plan, in per cent, and the figure that says it."""
    shares = [one for one in before if _is_share(one)]
    if shares:
        return shares[-1].value, shares[-1]
    plans = [one for one in exact_operands(before) if one.role == PLAN and one.value]
    done = exact_operands(levels_of(before[-1:]))
    if not plans or not of_unit(done, plans[-1].dimension):
        return Decimal(0), None
    return done[0].value / plans[-1].value * _HUNDRED, done[0]


def _is_share(one: Quantity) -> bool:
    return one.dimension == PERCENT and one.is_exact


def _points_after(made: Sequence[Quantity], end: int) -> Quantity | None:
    """The points that follow at once."""
    after = (one for one in made if one.mention.amount.start >= end)
    first = next(after, None)
    is_gap = first is not None and first.dimension == POINTS
    return first if is_gap and first is not None and not first.own[:-8].strip() else None


def _fits(match: re.Match[str], ahead: Decimal, points: Quantity | None) -> bool:
    if match["same"] or match["even"]:
        return not match["same"] or abs(ahead) <= _EVEN
    sign = 1 if match["over"] else -1
    if points is not None and points.is_exact:
        return abs(ahead * sign - points.value) <= _ROOM
    return ahead * sign > -_ROOM


_MET = re.compile(
    r"(?P<over>超额|超)(?:全面|圆满)?完成(?:了)?(?:年度|全年|既定|上级)?(?:目标|任务|计划)"
    r"|(?P<all>如期|按期|提前|全面|圆满|全部)完成(?:了)?(?:年度|全年|既定|上级)?(?:目标|任务|计划)"
    r"|(?P<under>(?:尚|仍)?未(?:能)?完成(?:年度|全年|既定|上级)?(?:目标|任务|计划))"
)


def met(made: Sequence[Quantity], plain: str) -> Iterator[DraftFinding]:
    """What is said of a plan, against what is done of it: 计划500户,已完成420户,超额完成任务."""
    start, end = stretch(made)
    for match in _MET.finditer(plain, start, end):
        before = [one for one in made if one.mention.amount.end <= match.start()]
        done = exact_operands(levels_of(before[-1:]))
        plans = [one for one in exact_operands(before[:-1]) if _is_plan(one)]
        if not done or not plans or plans[-1].dimension != done[0].dimension:
            continue
        ahead = done[0].value - plans[-1].value
        fits = {"over": ahead > 0, "all": ahead >= 0, "under": ahead < 0}[match.lastgroup or ""]
        if not fits:
            yield _met_finding(match[0], plans[-1], done[0])


def _is_plan(one: Quantity) -> bool:
    return one.role == PLAN or one.mention.kind == TARGET


def _met_finding(said: str, plan: Quantity, done: Quantity) -> DraftFinding:
    message = Text(
        f"与完成情况不符：计划 {written(plan)}，完成 {written(done)}，写的是“{said}”",
        f"does not fit what is done: planned {written(plan)}, done {written(done)}, the text says"
        f" {said}",
    )
    return finding("completion", message, [plan.mention, done.mention], ERROR)


def _finding(match: re.Match[str], done: Quantity, elapsed: Decimal) -> DraftFinding:
    due = f"{printed(elapsed, 1)}%"
    message = Text(
        f"与时间进度不符：完成 {written(done)}，时间已过 {due}，写的是“{match[0]}”",
        f"does not fit time elapsed: done is {written(done)}, elapsed {due}, the text says"
        f" {match[0]}",
    )
    return finding("pace", message, [done.mention], ERROR)
