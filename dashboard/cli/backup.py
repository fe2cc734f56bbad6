"""Defines the commands ``backup`` and ``restore``: one archive of all that is a bureau's own."""

from __future__ import annotations

from pathlib import Path

import click

from dashboard.base.language import word
from dashboard.cli.command import DONE, Command, open_context, refuse_root, say, user


@click.command("backup", cls=Command, help="write an archive of everything, also while it serves")
@click.argument("out", metavar="OUT", type=click.Path(path_type=Path))
def backup(out: Path, lang: str) -> int:
    """Write the archive; into OUT where it is a folder."""
    from dashboard.services.access.audit import Audit
    from dashboard.store.backup import back_up

    context = open_context(made=False)
    made = back_up(context.engine, context.settings.home, out)
    Audit(context.engine).note("backup", str(made.file), user())
    size = f"{made.size / 1024 / 1024:,.1f}"
    say(word("cli_backed_up", lang, file=made.file, files=made.files, size=size))
    return DONE


@click.command("restore", cls=Command, help="put a backup in place, checked first")
@click.argument("archive", type=click.Path(path_type=Path))
@click.option("--replace", is_flag=True, help="in place of what is there, which is kept beside it")
def restore(archive: Path, replace: bool, lang: str) -> int:
    """Restore the archive into the home folder, while the dashboard is stopped."""
    from dashboard.base.settings import read_settings
    from dashboard.services.access.audit import Audit
    from dashboard.store import restoring

    settings = read_settings()
    refuse_root(settings)
    home = settings.home
    done = restoring.restore(archive, home, settings.database_url, replace=replace)
    engine = open_context().engine
    Audit(engine).note("restore", str(archive), user())
    engine.dispose()
    say(word("cli_restored", lang, home=home, files=done.files))
    return DONE
