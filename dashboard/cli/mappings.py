"""Defines the command ``mappings``: lists what unknown lines were mapped to, or takes one back."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import TYPE_CHECKING

import click

from dashboard.base.language import word
from dashboard.cli.command import DONE, Command, open_context, say, user

if TYPE_CHECKING:
    from dashboard.catalogue.lookup import Catalogue
    from dashboard.store.mappings import StoredMapping


@click.command("mappings", cls=Command, help="what unknown lines of forms were mapped to")
@click.option("--remove", nargs=2, metavar="FORM NAME", help="take a mapping back; its trace stays")
@click.option("--json", "as_json", is_flag=True)
def mappings(remove: tuple[str, str] | None, as_json: bool, lang: str) -> int:
    """List the mappings, or take one back; raises NotFound where there is none such."""
    from dashboard.services.submissions.submissions import Submissions

    context = open_context()
    submissions = Submissions(context)
    if remove:
        form, name = remove
        submissions.forget_mapping(form, name, user())
        say(word("cli_mapping_removed", lang, form=form, name=name))
    elif as_json:
        rows = [row._asdict() | {"when": row.when.isoformat()} for row in submissions.mappings()]
        say(json.dumps({"mappings": rows}, ensure_ascii=False, indent=1))
    else:
        _print_mappings(submissions.mappings(), context.catalogue, lang)
        for form, name in submissions.dropped_mappings():
            say(word("cli_mapping_dropped", lang, form=form, name=name))
    return DONE


def _print_mappings(rows: Sequence[StoredMapping], catalogue: Catalogue, language: str) -> None:
    for row in rows:
        indicator = catalogue.indicators.get(row.indicator)
        meant = f"{row.indicator} ({indicator.name[language]})" if indicator else row.indicator
        fields = {
            "form": row.form,
            "name": row.name,
            "meant": meant or word("cli_mapping_left_out", language),
            "day": f"{row.when.astimezone():%Y-%m-%d}",
        }
        say(word("cli_mapping", language, by=row.by or "—", **fields))
    if not rows:
        say(word("cli_mapping_none", language))
