"""Defines the command ``form``: fills a form in for an area and month, checks it, hands it in."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import click

from dashboard.base.language import word
from dashboard.cli.command import (
    DONE,
    FORMATS,
    REFUSED,
    USAGE,
    Command,
    collected,
    complain,
    open_context,
    say,
    user,
)
from dashboard.cli.output import SHOW, Output

if TYPE_CHECKING:
    from dashboard.intake import SheetOutcome
    from dashboard.services.submissions.form_filling import Filling, FormFilling

COLUMNS = ("indicator", "name", "covers", "unit", "last_period", "last", "stored", "typed")
PRINT, CHECK, HAND_IN, CORRECT = "print", "check", "hand-in", "correct"


@dataclass(frozen=True, slots=True)
class FormOptions:
    """What the command line says: which form, what is typed, and what is done."""

    area: str
    period: str
    key: str
    typed: Sequence[str]  # each INDICATOR=NUMBER
    act: str
    note: str
    layout: str
    lang: str


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
@collected(FormOptions)
def form(options: FormOptions) -> int:
    """List an area's forms where no period is named, else work on one; raises NotFound."""
    from dashboard.services.filters import one_area
    from dashboard.services.submissions.form_filling import FormFilling
    from dashboard.services.submissions.submissions import Submissions

    context = open_context()
    forms = FormFilling(context, Submissions(context))
    area = one_area(context.areas(), options.area).code
    if not options.period:
        return _list(forms, area, options)
    filling = _opened(forms, area, options)
    try:
        filling = _with_typed(forms, filling, options.typed)
    except _NoSuchLine as error:
        complain(word("cli_form_line", options.lang, name=str(error)))
        return USAGE
    except _NoNumber as error:
        complain(word("cli_form_number", options.lang, text=str(error)))
        return USAGE
    if options.act == CHECK:
        receipts = [sheet_preview.receipt for sheet_preview in forms.check(filling, options.note)]
        return _print_outcome(receipts, options.lang)
    if options.act == HAND_IN:
        return _print_outcome(forms.hand_in(filling, options.note, user()), options.lang)
    return _output(options).write(_rows(filling, options.lang), COLUMNS)


class _NoSuchLine(LookupError):
    """A form has no line of an indicator that was named."""


class _NoNumber(ValueError):
    """What was typed for a line is no number."""


def _output(options: FormOptions) -> Output:
    return Output(options.lang, options.layout, "", SHOW)


def _list(forms: FormFilling, area: str, options: FormOptions) -> int:
    """Print the forms of an area."""
    rows = [
        {
            "form": street_form.key,
            "name": street_form.name[options.lang],
            "lines": len(street_form.lines),
        }
        for street_form in forms.forms(area)
    ]
    return _output(options).write(rows, ("form", "name", "lines"))


def _opened(forms: FormFilling, area: str, options: FormOptions) -> Filling:
    """The form that is named, else the area's first; raises NotFound and UnknownName."""
    from dashboard.base.language import Text
    from dashboard.catalogue import periods
    from dashboard.services.filters import UnknownName, months_of
    from dashboard.services.submissions.form_filling import is_month
    from dashboard.store.form_drafts import FormPlace

    last = months_of(options.period)[1]
    if not is_month(periods.parse(options.period)):
        raise UnknownName(Text(*(word("fill_month", code) for code in ("zh", "en"))))
    key = options.key or forms.forms(area)[0].key
    filling = forms.open(FormPlace(area, key, last))
    return forms.correct(filling) if options.act == CORRECT else filling


def _with_typed(forms: FormFilling, filling: Filling, typed: Sequence[str]) -> Filling:
    """The form with lines typed as INDICATOR=NUMBER; raises _NoSuchLine and _NoNumber."""
    from dashboard.services.submissions.form_filling import number_of

    if not typed:
        return filling
    cells = dict(filling.draft.cells) if filling.draft else {}
    known = {line.indicator for line in filling.form.lines}
    for text in typed:
        name, _, value = text.partition("=")
        if name not in known:
            raise _NoSuchLine(name)
        if value.strip() and number_of(value) is None:
            raise _NoNumber(text)
        cells[name] = value
    return forms.save(filling, cells, filling.seen, user())


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


def _print_outcome(receipts: Sequence[SheetOutcome], language: str) -> int:
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
