"""Defines the command ``declare``: declares an indicator, a ratio too, or lists those there are."""

from __future__ import annotations

from dataclasses import dataclass

import click

from dashboard.base.language import word
from dashboard.cli.command import DONE, USAGE, Command, collected, complain, open_context, say, user

BASES = ("end_of_period", "year_to_date", "in_month")
SUMS = ("sum", "none", "ratio")
POLARITIES = ("higher_better", "lower_better", "neutral")


@dataclass(frozen=True, slots=True)
class DeclareOptions:
    """The six fields of an indicator, the parts of a ratio, and who declares it."""

    name: str
    unit: str
    basis: str | None
    sum: str | None
    good: str | None
    topic: str
    numerator: str
    denominator: str
    by: str
    lang: str


@click.command("declare", cls=Command, help="declare an indicator of one's own, or list them")
@click.argument("name", default="")
@click.option("--unit", default="", help="its unit, such as 个, 人, 元 or %")
@click.option("--basis", type=click.Choice(BASES), help="stock or flow")
@click.option("--sum", type=click.Choice(SUMS), help="how streets add up")
@click.option("--good", type=click.Choice(POLARITIES), help="the good direction")
@click.option("--topic", default="", help="the id of a topic, such as elderly")
@click.option("--numerator", default="", metavar="ID|NAME", help="of a ratio")
@click.option("--denominator", default="", metavar="ID|NAME", help="of a ratio")
@click.option("--by", default="", help="who declares it; without: the user of this computer")
@collected(DeclareOptions)
def declare(options: DeclareOptions) -> int:
    """Declare an indicator; without a name, print the declared ones as CSV. Raises StoreError."""
    from dashboard.services.declarations import Declarations, NotDeclarable
    from dashboard.store.declared import Declaration

    declarations = Declarations(open_context())
    if not options.name:
        say(declarations.csv().decode("utf-8-sig"))
        return DONE
    asked = Declaration(
        options.name,
        options.unit,
        options.basis or "",
        options.sum or "",
        options.good or "",
        options.topic,
        options.numerator,
        options.denominator,
    )
    try:
        identity = declarations.declare(asked, options.by or user())
    except NotDeclarable as error:
        complain(word(error.key, options.lang, **error.values))
        return USAGE
    say(word("cli_declared", options.lang, name=options.name, id=identity))
    return DONE
