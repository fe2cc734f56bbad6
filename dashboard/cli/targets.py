"""Defines the command ``targets``: the register of targets, its changes, and its comments."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

import click

from dashboard.base.language import Text, word
from dashboard.catalogue.targets import Path, TargetKind
from dashboard.cli.command import DONE, Command, collected, complain, open_context, say, user
from dashboard.cli.output import Output, output_options, release

if TYPE_CHECKING:
    from dashboard.catalogue.targets import Target
    from dashboard.disclosure.row_guard import Row
    from dashboard.services.context import Context
    from dashboard.services.targets.targets import Targets

ACTS = ("list", "set", "retire", "split", "history", "comment")


@dataclass(frozen=True, slots=True)
class TargetOptions:
    """What the command line asks for; which of it counts depends on ``act``, one of ACTS."""

    output: Output
    act: str
    identity: str
    area: str
    indicator: str
    period: str
    kind: str | None
    value: float | None
    base: float | None
    source: str | None
    owner: str | None
    tolerance: float | None
    path: str | None
    by: str
    shares: tuple[str, ...]  # each CODE=SHARE
    reason: str
    why: str | None
    how: str | None
    what: str | None


class TargetsCommand(Command):
    """A command whose option ``--shares`` takes every word up to the next option."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Repeat ``--shares`` before each of its words, which is what click understands."""
        repeated: list[str] = []
        takes_shares = False
        for argument in args:
            if argument.startswith("-"):
                takes_shares = argument == "--shares"
                repeated += [] if takes_shares else [argument]
            else:
                repeated += ["--shares", argument] if takes_shares else [argument]
        return super().parse_args(ctx, repeated)


@click.command("targets", cls=TargetsCommand, help="the register: list, set, comment and more")
@click.argument("act", type=click.Choice(ACTS))
@click.argument("identity", metavar="[ID]", default="", help="as list prints it")
@click.option("--area", default="", metavar="CODE|NAME", help="list, set: the area")
@click.option("--indicator", default="", metavar="ID|CODE|NAME", help="set, without ID")
@click.option("--period", default="", help="set: by whose end; comment: of which")
@click.option("--kind", type=click.Choice([*map(str, TargetKind)]), help="set: what it asks for")
@click.option("--value", type=float, help="set: in base units; of growth in percent")
@click.option("--base", type=float, help="set: the figure growth is counted from")
@click.option("--source", help="set: the sentence that says it")
@click.option("--owner", help="set: the office that answers for it")
@click.option("--tolerance", type=float, help="set: as a share, 0.05 for 5 %")
@click.option("--path", type=click.Choice([*map(str, Path)]), help="set: the way it is reached")
@click.option("--by", default="", help="split: shares, last_year, evenly, indicator:ID")
@click.option("--shares", multiple=True, metavar="CODE=SHARE...", help="split")
@click.option("--reason", default="", help="set, retire, split: kept for good")
@click.option("--why", metavar="TEXT", help="comment: why a priority")
@click.option("--how", metavar="TEXT", help="comment: how we do")
@click.option("--what", metavar="TEXT", help="comment: what we do")
@output_options
@collected(TargetOptions)
def targets(options: TargetOptions) -> int:
    """Do one act on the register; raises UnknownName, NotFound and StoreError."""
    from dashboard.services.filters import UnknownName

    if options.act not in ("list", "set") and not options.identity:
        raise UnknownName(f"targets {options.act}: the ID of a target is needed")
    acts: dict[str, Callable[[Context, TargetOptions], int]] = {
        "list": _list,
        "set": _set,
        "retire": _retire,
        "split": _split,
        "history": _history,
        "comment": _comment,
    }
    return acts[options.act](open_context(), options)


def _targets(context: Context) -> Targets:
    from dashboard.services.targets.targets import Targets

    return Targets(context)


def _rows(context: Context, listed: Sequence[Target], output: Output) -> list[Row]:
    """The targets as rows, without hidden bases where small counts are hidden."""
    from dashboard.disclosure.progress_rows import target_row
    from dashboard.disclosure.target_guard import suppress_targets

    areas, register, language = context.areas(), _targets(context), output.language
    with context.remembering():  # of each target it is asked what became of it among all
        rows = [
            target_row(target, areas, language, register.moves(target, language))
            for target in listed
        ]
    if output.suppresses_small_cells:
        return suppress_targets(release(context).guard(), rows, listed, output.language)
    return rows


def _list(context: Context, options: TargetOptions) -> int:
    from dashboard.disclosure.progress_rows import TARGET_COLUMNS
    from dashboard.services.filters import one_area

    code = one_area(context.areas(), options.area).code if options.area else ""
    listed = [target for target in _targets(context).all() if code in ("", target.area)]
    return options.output.write(_rows(context, listed, options.output), TARGET_COLUMNS)


def _set(context: Context, options: TargetOptions) -> int:
    register, language = _targets(context), options.output.language
    target = register.get(options.identity) if options.identity else _new(context, options)
    target = next((one for one in register.all() if one.id == target.id), target)
    changes: dict[str, Any] = {
        name: getattr(options, name)
        for name in ("value", "base", "source", "owner", "tolerance")
        if getattr(options, name) is not None
    }
    if options.path is not None:
        changes["path"] = Path(options.path)
    changed = replace(target, **changes, retired="")
    doubts = register.doubts(changed)
    is_new = register.set(changed, user(), options.reason)
    for doubt in doubts:
        complain(doubt[language])
    message = "cli_target_set" if is_new else "cli_target_same"
    say(word(message, language, id=changed.id))
    return DONE


def _new(context: Context, options: TargetOptions) -> Target:
    from dashboard.catalogue.targets import Target
    from dashboard.services.filters import UnknownName, months_of, one_area, one_indicator

    needed = ("indicator", "area", "period", "kind", "value")
    lacking = [f"--{name}" for name in needed if getattr(options, name) in ("", None)]
    if options.kind is None or options.value is None or lacking:
        raise UnknownName(f"targets set: an ID is needed, or {', '.join(lacking)}")
    return Target(
        one_indicator(context.catalogue, options.indicator).id,
        one_area(context.areas(), options.area).code,
        months_of(options.period)[1],
        TargetKind(options.kind),
        options.value,
    )


def _retire(context: Context, options: TargetOptions) -> int:
    _targets(context).retire(options.identity, user(), options.reason)
    say(word("cli_target_retired", options.output.language, id=options.identity))
    return DONE


def _split(context: Context, options: TargetOptions) -> int:
    from dashboard.analysis.division import Division
    from dashboard.disclosure.progress_rows import TARGET_COLUMNS
    from dashboard.services.filters import UnknownName
    from dashboard.services.targets.division import TargetDivision

    try:
        pairs = [pair.rpartition("=") for pair in options.shares]
        shares = {name: float(share.rstrip("%")) for name, _, share in pairs}
    except ValueError:
        raise UnknownName("shares: pairs such as 370113001=40 are needed") from None
    division = Division(options.by or ("shares" if shares else ""), shares)
    parts = TargetDivision(context, _targets(context)).split(
        options.identity, division, user(), options.reason
    )
    return options.output.write(_rows(context, parts, options.output), TARGET_COLUMNS)


def _history(context: Context, options: TargetOptions) -> int:
    from dashboard.disclosure.progress_rows import CHANGE_COLUMNS, change_rows
    from dashboard.disclosure.target_guard import suppress_targets

    output = options.output
    changes = _targets(context).history(options.identity)
    rows = change_rows(changes, context.areas(), output.language)
    if output.suppresses_small_cells:
        states = [state for change in changes for state in (change.before, change.after) if state]
        rows = suppress_targets(release(context).guard(), rows, states, output.language)
    return output.write(rows, CHANGE_COLUMNS)


def _comment(context: Context, options: TargetOptions) -> int:
    """Print every version; with texts add one, in which what is not named stays as it was."""
    from dashboard.services.filters import UnknownName

    _targets(context).get(options.identity)
    texts = (options.why, options.how, options.what)
    if all(text is None for text in texts):
        return _print_comments(context, options)
    if not options.period:
        raise UnknownName(Text("请用 --period 写明月份", "--period is needed: of which month"))
    versions = _targets(context).commentary(options.identity, options.period)
    before = versions[-1][3:6] if versions else ("", "", "")
    why, how, what = (old if new is None else new for new, old in zip(texts, before, strict=True))
    version = _targets(context).comment(options.identity, options.period, (why, how, what), user())
    say(word("commentary_saved", options.output.language, version=version))
    return DONE


def _print_comments(context: Context, options: TargetOptions) -> int:
    from dashboard.store.targets import Commentary

    rows = [
        version._asdict() | {"period": str(version.period), "written": version.written.isoformat()}
        for version in _targets(context).commentary(options.identity, options.period)
    ]
    return options.output.write(rows, Commentary._fields)
