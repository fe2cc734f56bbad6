"""Defines a derivation: what a stated figure must be, from other figures of its sentence.

A figure is contradicted where a derivation that its words call for does not give it, and no other
derivation from the same sentence does.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from dashboard.base.language import Text
from dashboard.intake.drafts.amounts import PERCENT, POINTS, TIMES
from dashboard.intake.drafts.claims.quantities import Quantity
from dashboard.intake.drafts.finding import DraftFinding, contradiction, in_unit_of, printed

_LIKE = Decimal("0.1")  # of the last digit, by which a rounding may differ
_MOST_DIGITS = Decimal("0.0001")


@dataclass(frozen=True, slots=True)
class Derivation:
    """A value with how far it may be off, the figures it comes from, and its arithmetic."""

    value: Decimal
    room: Decimal
    operands: tuple[Quantity, ...]
    line: str

    def gives(self, claim: Quantity) -> bool:
        """Whether the stated figure is this value, to its last digit."""
        amount = claim.mention.amount
        low, high = amount.bounds
        room = self.room + amount.step * _LIKE
        above = low is None or self.value + room >= low
        return above and (high is None or self.value - room <= high)


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of contradiction: its rule and what it is about."""

    rule: str
    about: Text


def quotient(part: Quantity, whole: Quantity, factor: Decimal = Decimal(1)) -> Derivation | None:
    """Part ÷ whole × factor; None where the whole is nought."""
    if whole.value <= 0 or part.value < 0:
        return None
    value = part.value / whole.value * factor
    relative = whole.half / whole.value + (part.half / part.value if part.value else Decimal(0))
    line = f"{written(part)} ÷ {written(whole)}"
    return Derivation(value, value * relative, (part, whole), line)


def difference(now: Quantity, base: Quantity) -> Derivation:
    """The value now less the base, without its sign."""
    line = f"{written(base)} → {written(now)}"
    return Derivation(abs(now.value - base.value), now.half + base.half, (now, base), line)


def growth(now: Quantity, base: Quantity, factor: Decimal) -> Derivation | None:
    """The change of a value in shares of its base, times the factor, without its sign."""
    if base.value <= 0:
        return None
    value = abs(now.value - base.value) / base.value * factor
    room = (now.half + base.half * now.value / base.value) / base.value * factor
    return Derivation(value, room, (now, base), f"{written(base)} → {written(now)}")


def total_of(parts: Sequence[Quantity]) -> Derivation:
    """The sum of figures."""
    value = sum((part.value for part in parts), Decimal(0))
    room = sum((part.half for part in parts), Decimal(0))
    return Derivation(value, room, tuple(parts), " + ".join(written(part) for part in parts))


def rest_of(whole: Quantity, parts: Sequence[Quantity]) -> Derivation:
    """What is left of a whole without its parts."""
    together = total_of(parts)
    line = " − ".join(written(one) for one in (whole, *parts))
    room = whole.half + together.room
    return Derivation(whole.value - together.value, room, (whole, *parts), line)


def written(quantity: Quantity) -> str:
    """A figure as printed; what so many have each with their number: 6个 × 2."""
    printed_one = quantity.mention.amount.written
    return printed_one if quantity.times == 1 else f"{printed_one} × {quantity.times}"


def contradicted(
    kind: Kind, claim: Quantity, called: Sequence[Derivation], others: Iterable[Derivation]
) -> DraftFinding | None:
    """The finding that a claim is none of what is called for, and nothing else either."""
    usable = [one for one in called if all(operand.is_exact for operand in one.operands)]
    if not usable or any(one.gives(claim) for one in called):
        return None
    if any(one.gives(claim) for one in others):
        return None
    due = usable[0]
    line = f"{due.line} = {_shown(due.value, claim)}"
    mentions = [claim.mention, *(operand.mention for operand in due.operands)]
    return contradiction(kind.rule, kind.about, line, claim.mention, mentions)


def _shown(value: Decimal, claim: Quantity) -> str:
    """A value in the unit of the claim, with its digits and one more where they are few."""
    step = claim.mention.amount.step
    if claim.dimension in {PERCENT, POINTS, TIMES}:
        step = min(step, Decimal("0.1"))
        unit = {PERCENT: "%", POINTS: "个百分点"}.get(claim.dimension, "倍")
        return f"{printed(value.quantize(step, rounding=ROUND_HALF_UP))}{unit}"
    step = min(step, abs(value) / 100) if value else step
    digits = Decimal(1).scaleb(max(step, _MOST_DIGITS).adjusted())
    return in_unit_of(value.quantize(digits, rounding=ROUND_HALF_UP), claim.mention)
