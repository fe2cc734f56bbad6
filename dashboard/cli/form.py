"""Defines the command ``form``: fills a form in for an area and month, checks it, hands it in."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import click

from dashboard.base.language import word
from dashboard.cli.command import (
    DONE,
    FORMATS,
    REFUSED,
    USAGE,
    Command,
    complain,
    open_context,
    say,
    user,
)
from dashboard.cli.output import SHOW, Output

if TYPE_CHECKING:
    from dashboard.intake import Receipt
    from dashboard.services.submissions.form_filling import Filling

COLUMNS = ("indicator", "name", "covers", "unit", "last_period", "last", "stored", "typed")
PRINT, CHECK, HAND_IN, CORRECT = "print", "check", "hand-in", "correct"


@click.command(
    "form",
    cls=Command,
    help="fill a form in for an area and month: print, check or hand in, as on the page",
)
@click.argument("area", metavar="AREA")
@click.argument("period", metavar="[PERIOD]", default="")
@click.option("--form", "key", default="", metavar="KEY", help="which form; without it: the first")
@click.option(
    "--set", "typed", multiple=True, metavar="INDICATOR=NUMBER", help="keeps a line as a draft"
)
@click.option(
    "--act",
    type=click.Choice((PRINT, CHECK, HAND_IN, CORRECT)),
    default=PRINT,
    help="correct: fill in again what was handed in",
)
@click.option("--note", default="", metavar="TEXT", help="an answer to warnings")
@click.option("--format", "layout", type=click.Choice(FORMATS), default=FORMATS[0])
def form(
    area: str,
    period: str,
    key: str,
    typed: Sequence[str],
    act: str,
    note: str,
    layout: str,
    lang: str,
) -> int:
    """List an area's forms where no period is named, else work on one; raises NotFound."""
    from dashboard.services.filters import months_of, one_area
    from dashboard.services.submissions.form_filling import FormFilling
    from dashboard.services.submissions.submissions import Submissions
    from dashboard.store.form_drafts import FormPlace

    context = open_context()
    filling_in = FormFilling(context, Submissions(context))
    code = one_area(context.areas(), area).code
    forms = filling_in.forms(code)
    output = Output(lang, layout, "", SHOW)
    if not period:
        rows = [{"form": one.key, "name": one.name[lang], "lines": len(one.lines)} for one in forms]
        return output.write(rows, ("form", "name", "lines"))
    place = FormPlace(code, key or forms[0].key, months_of(period)[1])
    filling = filling_in.open(place)
    if act == CORRECT:
        filling = filling_in.correct(filling)
    pairs = [text.partition("=") for text in typed]
    wrong = [
        name for name, _, _ in pairs if name not in {one.indicator for one in filling.form.lines}
    ]
    if wrong:
        complain(word("cli_form_line", lang, name=wrong[0]))
        return USAGE
    if pairs:
        before = filling.draft.cells if filling.draft else {}
        cells = {**before, **{name: value for name, _, value in pairs}}
        filling = filling_in.save(filling, cells, filling.seen, user())
    if act == CHECK:
        return _told([one.receipt for one in filling_in.check(filling, note)], lang)
    if act == HAND_IN:
        return _told(filling_in.hand_in(filling, note, user()), lang)
    return output.write(_rows(filling, lang), COLUMNS)


def _rows(filling: Filling, language: str) -> list[dict[str, object]]:
    """A row a line: what it covers, the last month's value, what is stored, what is typed."""
    cells = filling.draft.cells if filling.draft else {}
    return [
        {
            "indicator": line.indicator,
            "name": line.name[language],
            "covers": word(f"fill_basis_{line.accumulation}", language),
            "unit": line.unit.name[language],
            "last_period": str(filling.last or ""),
            "last": filling.before.get(line.indicator),
            "stored": filling.stored.get(line.indicator),
            "typed": cells.get(line.indicator, ""),
        }
        for line in filling.form.lines
    ]


def _told(receipts: Sequence[Receipt], language: str) -> int:
    """Print the findings, and whether it was stored; the exit code."""
    from dashboard.exports.intake_previews import finding_line

    for receipt in receipts:
        for finding in receipt.findings:
            say(finding_line(finding, language))
    if any(receipt.refused for receipt in receipts):
        say(word("fill_refused", language))
        return REFUSED
    stored = any(receipt.id for receipt in receipts)
    say(word("fill_done" if stored else "fill_ready", language))
    return DONE
