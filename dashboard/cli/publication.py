"""Defines the commands ``publication``, ``publish`` and ``unpublish``: what viewers may see."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from dashboard.base.language import word
from dashboard.cli.command import DONE, FORMATS, Command, open_context, say, user
from dashboard.cli.output import SHOW, Output

if TYPE_CHECKING:
    from dashboard.services.publications import Publications

LIST, DRAFTS, ON, OFF = "list", "drafts", "on", "off"
_COLUMNS = ("id", "area", "months", "state", "effective", "written", "written_by")


def _publications() -> Publications:
    from dashboard.services.publications import Publications

    return Publications(open_context())


@click.command(
    "publication",
    cls=Command,
    help="list what is published or a draft, or turn publication on or off",
)
@click.argument("act", type=click.Choice((LIST, DRAFTS, ON, OFF)), default=LIST)
@click.option("--format", "form", type=click.Choice(FORMATS), default=FORMATS[0])
def publication(act: str, form: str, lang: str) -> int:
    """Turn it on or off, or list; raises StoreError."""
    publications = _publications()
    if act == ON:
        say(word("cli_publication_on", lang, count=publications.turn_on(user())))
        return DONE
    if act == OFF:
        publications.turn_off(user())
        say(word("publication_off_done", lang))
        return DONE
    output = Output(lang, form, "", SHOW)
    if act == DRAFTS:
        drafts = publications.drafts().items()
        rows = [{"period": str(one), "areas": " ".join(codes)} for one, codes in drafts]
        return output.write(rows, ("period", "areas"))
    return output.write(_rows(publications), _COLUMNS)


def _rows(publications: Publications) -> list[dict[str, object]]:
    from datetime import UTC, datetime

    from dashboard.services.publications import state_of

    now = datetime.now(UTC)
    return [
        {
            "id": one.id,
            "area": one.months.area,
            "months": str(one.months).partition(" ")[2],
            "state": state_of(one, now),
            "effective": one.effective.astimezone().isoformat(timespec="minutes"),
            "written": one.written.astimezone().isoformat(timespec="seconds"),
            "written_by": one.written_by,
        }
        for one in publications.all()
    ]


@click.command("publish", cls=Command, help="let viewers see a period of an area and all below it")
@click.argument("area", metavar="AREA", help="by code or name; all below it too")
@click.argument("period", metavar="PERIOD", help="2024-09, 2024Q3, 2024")
@click.option("--at", default="", metavar="WHEN", help="at this time, such as '2026-11-12 09:00'")
def publish(area: str, period: str, at: str, lang: str) -> int:
    """Publish it now or at a time; raises UnknownName and StoreError."""
    done = _publications().publish(area, period, at, user())
    if done.at is None:
        say(word("publication_done", lang, months=done.months))
    else:
        when = f"{done.at.astimezone():%Y-%m-%d %H:%M}"
        say(word("publication_planned", lang, months=done.months, when=when))
    return DONE


@click.command("unpublish", cls=Command, help="make a period of an area a draft again")
@click.argument("area", metavar="AREA", help="by code or name; all below it too")
@click.argument("period", metavar="PERIOD", help="2024-09, 2024Q3, 2024")
def unpublish(area: str, period: str, lang: str) -> int:
    """Withdraw its publication; raises UnknownName and StoreError."""
    done = _publications().withdraw(area, period, user())
    say(word("publication_withdrawn", lang, months=done.months))
    return DONE
