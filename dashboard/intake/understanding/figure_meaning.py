"""Fills the slots of one figure's meaning from the words around it, or says what is asked.

A meaning is accepted only where programme and measure are filled once, the unit fits and no
meaningful word is left over. Two words for one slot are refused, and both are named.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import product

from dashboard.base.language import Text
from dashboard.catalogue.concepts import FigureKind
from dashboard.catalogue.grid import SAME_AS, Grid, IndicatorCell, Measure, Programme
from dashboard.intake.understanding import gaps
from dashboard.intake.understanding.breakdowns import (
    ALLOWANCE,
    Breakdown,
    allowance_fits,
    by_benefit,
    own_values,
    with_own_kinds,
)
from dashboard.intake.understanding.meaning import (
    Around,
    Gap,
    Levels,
    Meaning,
    Senses,
    SlotContext,
    Subject,
    facts_of,
    strange_words,
)
from dashboard.intake.understanding.measures import measure_of
from dashboard.intake.understanding.stated_basis import basis_of, measure_to_date, titled_basis
from dashboard.intake.understanding.strange_titles import strange_heading
from dashboard.intake.understanding.subjects import subject_of, united
from dashboard.intake.understanding.words import (
    BOTH,
    DIMENSION,
    FILLER,
    MARK,
    MEASURE,
    OTHER,
    PROGRAMME,
    TOTAL,
    VALUE,
    Fact,
    Sense,
    Token,
)

_MOST_READINGS = 96
_WHOLE_AND_PART = 2
_NUMBERS = ("数", "数量", "总数", "个数")
_CLEAREST_FIRST = ("basis", "unit", "word", "title", "measure", "programme")


def understand(around: Around, grid: Grid) -> Meaning | Gap:
    """The meaning of a figure, or what is to be asked.

    Where two programmes contradict each other, one may be that by which the other's recipients are
    grouped: 低保对象 below 残疾人护理补贴.
    """
    meant = _understood(around, grid)
    if isinstance(meant, Gap) and meant.kind == "programme":
        grouped = by_benefit(around, grid)
        again = _understood(grouped, grid) if grouped != around else meant
        return again if isinstance(again, Meaning) else meant
    return meant


def _understood(around: Around, grid: Grid) -> Meaning | Gap:
    around = with_own_kinds(around)
    own = own_values(around, grid)
    if isinstance(own, Gap):
        return own
    meanings: dict[tuple[IndicatorCell | None, FigureKind, str], Meaning] = {}
    unfilled: list[Gap] = []
    for senses in _readings(around):
        meant = _filled(SlotContext(around, grid, senses, own))
        if isinstance(meant, Gap):
            unfilled.append(meant)
        else:
            meanings.setdefault((meant.cell, meant.kind, meant.basis), meant)
    if not meanings:
        return _clearest(unfilled)
    several = list(meanings.values())
    if len(several) == 1:
        return several[0]
    likelier = (
        _likelier(several, around, grid)
        or _whole_or_part(several, around, grid)
        or _without_titled_item(several, around)
    )
    if likelier is not None:
        return likelier
    return gaps.two_meanings(_ambiguous_word(around), _names(several, grid))


def _readings(around: Around) -> Iterator[Senses]:
    """Every way to read the words, one sense each."""
    phrases = [*around.column, *around.row, *around.titles]
    choices: list[Sequence[Sense]] = [
        token.senses or ((Fact(FILLER, ""),),) for phrase in phrases for token in phrase.tokens
    ]
    columns, rows = len(around.column), len(around.column) + len(around.row)
    for number, chosen in enumerate(product(*choices)):
        if number >= _MOST_READINGS:
            return
        senses = iter(chosen)
        levels: Levels = [
            [fact for _ in phrase.tokens for fact in next(senses)] for phrase in phrases
        ]
        yield Senses(levels[:columns], levels[columns:rows], levels[rows:])


def _clearest(unfilled: Sequence[Gap]) -> Gap:
    order = _CLEAREST_FIRST
    return min(unfilled, key=lambda gap: order.index(gap.kind) if gap.kind in order else len(order))


# -- one reading ------------------------------------------------------------------------------


def _filled(context: SlotContext) -> Meaning | Gap:
    """The meaning of the words in the senses chosen."""
    if not allowance_fits(context):
        return gaps.out_of_place(ALLOWANCE, context.grid)
    missing = _missing_value(context)
    subject = missing or subject_of(context)
    if isinstance(subject, Gap):
        return subject
    programme = context.grid.programmes[subject.programme]
    measured = measure_of(context, programme)
    if isinstance(measured, Gap):
        return measured
    measure, kind = measured
    basis = basis_of(context.inner) or titled_basis(context.senses.titles)
    counted = measure_to_date(context, programme, measure, basis)
    cell = counted if isinstance(counted, Gap) else _cell(context, subject, programme, counted)
    if isinstance(cell, Gap):
        return cell
    left_out = tuple(word for phrase in context.around.titles for word in strange_words(phrase))
    is_stock = counted is not measure
    return strange_heading(context) or Meaning(
        cell, kind, basis, left_out, context.from_title, is_stock=is_stock
    )


def _has_value(token: Token) -> bool:
    return token.has(VALUE) or token.has(MARK, TOTAL) or token.has(MARK, OTHER)


def _missing_value(context: SlotContext) -> Gap | None:
    """The question about a breakdown whose value nothing says: 户籍人数, 星级机构(家).

    What heads values over a total is no such heading.
    """
    inner = context.around.inner
    tokens = [token for phrase in inner for token in phrase.tokens]
    if any(map(_has_value, tokens)):
        return None  # 其他 below 致贫原因 is a value of it
    columns = context.around.column
    counted = any(map(_counts, tokens)) or any(phrase.unit for phrase in columns[:1])
    heads = [(token, phrase) for phrase in inner for token in filter(_only_heads, phrase.tokens)]
    return gaps.missing_value(heads[0][0].text, heads[0][1]) if heads and counted else None


def _counts(token: Token) -> bool:
    """Whether a word says what is counted or how."""
    return token.has(MEASURE) or token.has(PROGRAMME) or token.text in _NUMBERS


def _only_heads(token: Token) -> bool:
    """Whether a word can only head a breakdown."""
    return bool(token.senses) and all(sense[0].slot == DIMENSION for sense in token.senses)


def _cell(
    context: SlotContext, subject: Subject, programme: Programme, measure: Measure
) -> IndicatorCell | Gap:
    grid = context.grid
    values = Breakdown(context, programme, measure).values()
    if isinstance(values, Gap):
        return values
    whole = united(context, programme, values)
    if isinstance(whole, Gap):
        return whole
    scope = "" if subject.scope == BOTH else subject.scope
    if scope and scope not in grid.scopes_of(whole):
        return gaps.no_scopes(whole, scope)
    named = SAME_AS.get((whole.id, measure.id), (whole.id, measure.id))
    cell = IndicatorCell(*named, scope, tuple(sorted(values.items())))
    return cell if grid.is_meaningful(cell) else gaps.not_measured(whole, measure)


# -- several meanings -------------------------------------------------------------------------


def _likelier(found: list[Meaning], around: Around, grid: Grid) -> Meaning | None:
    """Of several meanings the one whose programme the titles name, if that is one."""
    titled = facts_of(around.titles, PROGRAMME)
    in_grid = [(meaning, meaning.cell) for meaning in found if meaning.cell]
    named = [pair for pair in in_grid if pair[1].programme in titled]
    items = [pair for pair in in_grid if dict(pair[1].values).get("item")]
    within = [pair for pair in in_grid if _is_within_any(pair[1].programme, titled, grid)]
    if len({cell for _, cell in named}) == 1:
        return named[0][0]
    if len(items) == 1 and "item" in around.table_values:
        return items[0][0]
    return within[0][0] if len({cell for _, cell in within}) == 1 else None


def _whole_or_part(found: list[Meaning], around: Around, grid: Grid) -> Meaning | None:
    """Of a whole and a part that a heading's word may mean: the part beside another part of it.

    涉外 beside 涉港澳台 is of foreigners alone, without it of all three.
    """
    if not any(_is_ambiguous(token) for phrase in around.inner for token in phrase.tokens):
        return None
    by_programme = {one.cell.programme: one for one in found if one.cell is not None}
    if len(by_programme) != len(found) or len(found) > _WHOLE_AND_PART:
        return None
    for part, whole in (list(by_programme), list(by_programme)[::-1]):
        if whole in grid.programmes[part].parents:
            others = around.possible - {part, whole}
            is_divided = any(whole in grid.programmes[one].parents for one in others)
            return by_programme[part if is_divided else whole]
    return None


def _is_ambiguous(token: Token) -> bool:
    """Whether a word may mean more than one programme."""
    return len(token.senses) > 1 and all(sense[0].slot == PROGRAMME for sense in token.senses)


def _is_within_any(programme: str, titled: set[str], grid: Grid) -> bool:
    return any(grid.is_within(programme, outer) for outer in titled)


def _without_titled_item(found: Sequence[Meaning], around: Around) -> Meaning | None:
    """The money itself where only a title's 低保金 makes it an item of the spending as well."""
    if any(token.has(*ALLOWANCE) for phrase in around.inner for token in phrase.tokens):
        return None
    item = tuple(ALLOWANCE.value.split(":"))
    plain = {
        meaning.cell._replace(values=tuple(pair for pair in meaning.cell.values if pair != item))
        for meaning in found
        if meaning.cell is not None
    }
    return next((meaning for meaning in found if {meaning.cell} == plain), None)


def _names(found: Sequence[Meaning], grid: Grid) -> list[Text]:
    """The names of meanings, each once."""
    cells = [meaning.cell for meaning in found if meaning.cell is not None]
    return list(dict.fromkeys(grid.indicator_of(cell).name for cell in cells))


def _ambiguous_word(around: Around) -> str:
    phrases = (*around.inner, *around.titles)
    words = (token.text for phrase in phrases for token in phrase.tokens if len(token.senses) > 1)
    return next(words, "")
