"""Works out which programme a figure is of, and whether urban or rural, from its words."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import chain, product

from dashboard.catalogue.grid import OWN, Grid, Programme
from dashboard.intake.understanding import gaps
from dashboard.intake.understanding.meaning import (
    Facts,
    Gap,
    Levels,
    SlotContext,
    Subject,
    has_slot,
    values_in,
)
from dashboard.intake.understanding.words import (
    BOTH,
    MARK,
    MAY_CONTAIN,
    MEASURE,
    OF_WHICH,
    OFFICE,
    PROGRAMME,
    SCOPE,
    SHORT,
    STATED,
    TOTAL,
    VALUE,
    WEAK,
    Fact,
)

_OF_ONE = {
    "nursing_beds": "elderly_institutions",
    "added_nursing_beds": "elderly_institutions",
}
_BEDS = {"beds", "added_beds"}  # over 其中：护理型
_SAYS_LITTLE = {"persons", "organisations", "staff"}
_OF_ALL = (Fact(MARK, TOTAL), Fact(MARK, OF_WHICH))
_COUNTS = Fact(MEASURE, "organisations")
_SECTION_KINDS = ("spending", "head")
_PEOPLES_KINDS = ("benefit", "relief")
_HEADING_KINDS = {"institution", "organisation", "division", "bed_item"}


def subject_of(context: SlotContext) -> Subject | Gap:
    """The programme and scope of a figure, or what is to be asked."""
    inner = _inner_subject(context)
    if isinstance(inner, Gap):
        return inner
    subject = _with_titles(context, inner)
    if isinstance(subject, Gap):
        return subject
    if _short_stands_alone(context):
        return gaps.unclear_programme(context.grid.programmes[subject.programme])
    return subject if subject.programme else _implied(context, subject)


def _implied(context: SlotContext, subject: Subject) -> Subject | Gap:
    """The programme of a measure that only one has: 护理型床位 are those of 养老机构."""
    measures = set(values_in(context.inner, MEASURE)) - _BEDS
    meant = _OF_ONE.get(measures.pop(), "") if len(measures) == 1 else ""
    return subject._replace(programme=meant) if meant else gaps.no_programme()


def united(context: SlotContext, programme: Programme, values: dict[str, str]) -> Programme | Gap:
    """The union under a heading below which another programme has columns of its own."""
    around = context.around
    parts = set(programme.union) or {programme.id}
    others = around.mixed - {programme.id, *parts}
    if around.mixed_of and programme.id not in around.mixed_of:
        return programme
    if not others or any(dimension != "source" for dimension in values):
        return programme
    unsure = others.intersection(context.grid.words.get((MAY_CONTAIN, programme.id), ()))
    if unsure:
        part = context.grid.programmes[min(unsure)]
        return gaps.may_contain(programme, part)
    joined = context.grid.union_of({*parts, *others})
    return context.grid.programmes[joined] if joined else gaps.not_joined()


# -- headings and labels ----------------------------------------------------------------------


def _inner_subject(context: SlotContext) -> Subject | Gap | None:
    """The subject that headings and labels name together, or the innermost where it is stated."""
    named = next((facts for facts in context.inner if has_slot(facts, PROGRAMME)), [])
    if has_slot(named, STATED):
        return _subject_in(named, context.grid)
    inner: Subject | None = None
    for facts in context.inner:
        level = _subject_in(facts, context.grid)
        joined = level if isinstance(level, Gap) else _joined(inner, level, context.grid)
        if isinstance(joined, Gap):
            return joined
        inner = joined
    return inner


def _subject_in(facts: Facts, grid: Grid) -> Subject | Gap | None:
    """The one subject of a heading or label, None where it names none."""
    meant: Subject | None = None
    unrelated: set[str] = set()
    for subject in _subjects_in(facts):
        headed = meant is not None and _heads(meant.programme, subject.programme, grid)
        joined = _joined(subject, meant, grid) if headed else _joined(meant, subject, grid)
        if isinstance(joined, Gap):
            unrelated |= {subject.programme, meant.programme if meant else ""}
        else:
            meant = joined
    if not unrelated:
        return meant
    union = grid.union_of(unrelated - {""})
    if not union:
        return gaps.two_programmes(sorted(unrelated - {""}), grid)
    return Subject(union, meant.scope if meant else "")


def _subjects_in(facts: Facts) -> list[Subject]:
    """The programmes a text names, each with the scope before it; a scope alone stands alone."""
    subjects: list[Subject] = []
    scope = ""
    for fact in facts:
        if fact.slot == SCOPE:
            scope = BOTH if scope else fact.value
        elif fact.slot == PROGRAMME:
            subjects.append(Subject(fact.value, scope))
            scope = ""
    return _with_last_scope(subjects, scope) if scope else subjects


def _with_last_scope(subjects: list[Subject], scope: str) -> list[Subject]:
    """The subjects with the scope that stands behind the last of them: 低保(城市)."""
    if not subjects:
        return [Subject("", scope)]
    last = subjects[-1]
    return subjects if last.scope else [*subjects[:-1], last._replace(scope=scope)]


def _short_stands_alone(context: SlotContext) -> bool:
    """Whether a word that means a programme only in its context stands without it."""
    levels = [*context.inner, *context.senses.titles]
    return any(
        has_slot(facts, SHORT) and _is_unexplained(levels, at, context.grid)
        for at, facts in enumerate(context.inner)
    )


def _is_unexplained(levels: Levels, at: int, grid: Grid) -> bool:
    named = values_in([levels[at]], PROGRAMME)
    others = [one for facts in [*levels[:at], *levels[at + 1 :]] for one in _named_in_full(facts)]
    return bool(named) and not any(
        _explains(outer, inner, grid) for inner, outer in product(named, others)
    )


def _named_in_full(facts: Facts) -> Iterator[str]:
    """The programmes of a phrase but those of words that need their context themselves."""
    for at, fact in enumerate(facts):
        is_short = at + 1 < len(facts) and facts[at + 1].slot == SHORT
        if fact.slot == PROGRAMME and not is_short:
            yield fact.value


def _explains(outer: str, inner: str, grid: Grid) -> bool:
    """Whether a programme says which one a short word means: 残疾人福利 over 护理补贴.

    A head of another topic does not: 护理补贴 below 老年福利 is not that of the disabled.
    """
    if _related(inner, outer, grid):
        return True
    same_topic = grid.programmes[outer].topic == grid.programmes[inner].topic
    return same_topic and _is_head(outer, inner, grid)


# -- titles -----------------------------------------------------------------------------------


def _with_titles(context: SlotContext, inner: Subject | None) -> Subject | Gap:
    """The subject with what the titles add to it; they must not contradict it."""
    meant = inner or Subject("")
    if meant.programme and context.grid.programmes[meant.programme].kind == "population":
        return _titled_population(context, meant)  # what shares are taken of: not the title's
    for facts in context.senses.titles:
        subjects = _subjects_in(facts)
        if not subjects:
            continue
        read = _narrowed if meant.programme else _chosen
        titled = read(context, meant, subjects)
        if isinstance(titled, Gap):
            return titled
        meant = titled
    return meant


def _titled_population(context: SlotContext, meant: Subject) -> Subject | Gap:
    """The population that a title narrows: 总人口 below 户籍人口 is the registered one."""
    grid = context.grid
    titled = [subject for facts in context.senses.titles for subject in _subjects_in(facts)]
    inside = [
        subject
        for subject in titled
        if subject.programme and grid.is_within(subject.programme, meant.programme)
    ]
    if not inside:
        return meant
    fitting = [subject for subject in inside if agree(meant, subject, grid)]
    if not fitting:
        return gaps.scopes_contradict()
    return Subject(fitting[0].programme, meant.scope or fitting[0].scope)


def _narrowed(context: SlotContext, meant: Subject, subjects: list[Subject]) -> Subject | Gap:
    """The subject with the scope, and the narrower programme, of a title that goes with it."""
    grid = context.grid
    fitting = [subject for subject in subjects if agree(meant, subject, grid)]
    if not fitting:
        return _unfitting(context, meant, subjects)
    related = [subject for subject in fitting if _related(meant.programme, subject.programme, grid)]
    scopes = {subject.scope for subject in related or fitting} - {""}
    if not meant.scope and len(scopes) == 1:
        meant = meant._replace(scope=scopes.pop())
    if len(related) == 1 and not context.is_short:
        return _narrower(meant, related[0].programme, grid)
    return meant


def _unfitting(context: SlotContext, meant: Subject, subjects: list[Subject]) -> Subject | Gap:
    """The subject below a title that is of others, where it is stated or the table lists it."""
    lived_in = _lived_in(context, meant.programme, subjects)
    if lived_in:
        return gaps.part_of_residents(context.grid.programmes[meant.programme], lived_in[0])
    stated = any(has_slot(facts, STATED) for facts in context.inner)
    listed = stated or _is_listed(context, meant, subjects)
    return meant if listed else _contradiction(meant, subjects[0], context.grid)


def _lived_in(context: SlotContext, own: str, subjects: list[Subject]) -> list[Programme]:
    """The institutions of a title of whose residents a benefit's people are only a part (其中)."""
    grid = context.grid
    is_part = any(Fact(MARK, OF_WHICH) in facts for facts in context.inner)
    if not is_part or grid.programmes[own].kind not in _PEOPLES_KINDS:
        return []
    titled = (grid.programmes[subject.programme] for subject in subjects if subject.programme)
    return [programme for programme in titled if programme.kind == "institution"]


def _narrower(meant: Subject, titled: str, grid: Grid) -> Subject:
    whole = grid.programmes[meant.programme].union
    if not whole and grid.is_within(titled, meant.programme):
        return meant._replace(programme=titled)
    return meant


def _is_listed(context: SlotContext, meant: Subject, subjects: list[Subject]) -> bool:
    """Whether the table lists programmes of the title's kind, this one among them."""
    return all(_lists(context, meant.programme, titled) for titled in subjects)


def _lists(context: SlotContext, own: str, titled: Subject) -> bool:
    """Whether a title's subject only heads a list in which the programme stands.

    Institutions of one topic below a wider name (社区养老服务设施: 助餐点, 日间照料中心), and
    benefits of one topic beside that of the title, which has columns of its own: nobody has two.
    """
    programmes = context.grid.programmes
    head, below = programmes.get(titled.programme), programmes[own]
    if head is None or (titled.scope not in ("", BOTH) and below.scopes):
        return False
    if head.kind == "population":
        return below.kind in _HEADING_KINDS  # people and the institutions for them
    if head.topic != below.topic:
        return False
    if head.kind in _PEOPLES_KINDS and below.kind in _HEADING_KINDS:
        return _counts_things(context)
    return _lists_in_topic(context, head, below)


def _lists_in_topic(context: SlotContext, head: Programme, below: Programme) -> bool:
    """Whether a title's programme heads a list in which another one of its topic stands."""
    if {head.kind, below.kind} <= _HEADING_KINDS:
        return len(context.around.named - {head.id}) > 1
    if head.kind in _HEADING_KINDS and _has_own_section(context, below):
        return True
    return head.kind == below.kind and _lists_its_own(context, head)


def _lists_its_own(context: SlotContext, head: Programme) -> bool:
    """Whether a table names programmes within that of its title; of benefits itself is enough."""
    grid = context.grid
    listed = {name for name in context.around.named if grid.is_within(name, head.id)}
    return bool(listed - {head.id}) or (head.kind == "benefit" and bool(listed))


def _has_own_section(context: SlotContext, programme: Programme) -> bool:
    """Whether a group heading is the section of which a service is: 居家养老 over 适老化改造.

    Then a title of institutions is only the frame of a table that has more than them.
    """
    around = (context.grid.programmes[value] for value in values_in(context.inner, PROGRAMME))
    sections = {one.id for one in around if one.kind in ("spending", "head")}
    return programme.kind in _PEOPLES_KINDS and any(
        context.grid.is_within(programme.id, section) for section in sections
    )


def _counts_things(context: SlotContext) -> bool:
    """Whether a unit says that institutions are counted, and not the people in them."""
    unit = context.around.unit
    return unit is not None and unit.dimension == "things"


def _chosen(context: SlotContext, meant: Subject, subjects: list[Subject]) -> Subject | Gap:
    """The one subject of a title that no other heading names."""
    programmes = list(dict.fromkeys(subject.programme for subject in subjects if subject.programme))
    if not programmes:
        return _scoped("", {subject.scope for subject in subjects} - {""}, meant.scope)
    left = _left_for_this(context, programmes)
    if len(left) == 1 and not _is_other(context, left[0], programmes):
        return gaps.which_programme(programmes, context.grid)
    left = left if len(left) == 1 else _that_have_measure(context, left or programmes)
    left = _carried_out(context, left) or left
    if len(left) != 1 or _only_heads(context, left[0]):
        return gaps.which_programme(programmes, context.grid)
    scopes = {subject.scope for subject in subjects if subject.programme == left[0]}
    return _scoped(left[0], scopes - {""}, meant.scope)


def _carried_out(context: SlotContext, titled: list[str]) -> list[str]:
    """What the one institution of a title carries out, where only that has what is counted.

    A station has no 救助人次 of its own, nor is it counted by 站内救助: they are those of
    流浪乞讨人员救助.
    """
    grid = context.grid
    carried = grid.words.get((OFFICE, titled[0]), ()) if len(titled) == 1 else ()
    if len(carried) != 1:
        return []
    station, given = grid.programmes[titled[0]], grid.programmes[carried[0]]
    is_given = _has_all(context, given) and not _has_all(context, station)
    return [given.id] if is_given else []


def _has_all(context: SlotContext, programme: Programme) -> bool:
    """Whether a programme has the measures and values that headings and labels name."""
    grid = context.grid
    measures = [grid.measures[value] for value in values_in(context.inner, MEASURE)]
    if not all(grid.allows(programme, measure) for measure in measures):
        return False
    values = [value.partition(":")[::2] for value in values_in(context.inner, VALUE)]
    return all(
        any(grid.value(*value, programme, measure) for measure in grid.measures.values())
        for value in values
    )


def _only_heads(context: SlotContext, titled: str) -> bool:
    """Whether a title only heads what the table lists: whose are bare beds, whose is bare money?

    A total is of the title, and so is what is part of its own institutions where these are counted.
    """
    head = context.grid.programmes[titled]
    if Fact(MARK, TOTAL) in chain.from_iterable(context.inner):
        return False
    inside, others = _listed(context, titled)
    if head.kind in _SECTION_KINDS:
        return any(programme.kind in _PEOPLES_KINDS for programme in inside)
    if head.kind not in _HEADING_KINDS:
        return False
    beside = [
        programme
        for programme in others
        if programme.topic == head.topic and programme.kind in _HEADING_KINDS
    ]
    is_counted = titled in context.around.named or _COUNTS in context.around.table_words
    return len(beside) > 1 or (not is_counted and any(map(_is_institution, inside)))


def _listed(context: SlotContext, titled: str) -> tuple[list[Programme], list[Programme]]:
    """The programmes that a table names within that of its title, and those besides."""
    grid = context.grid
    named = [grid.programmes[one] for one in context.around.named if one in grid.programmes]
    named = [programme for programme in named if programme.id != titled]
    inside = [programme for programme in named if grid.is_within(programme.id, titled)]
    return inside, [programme for programme in named if programme not in inside]


def _is_institution(programme: Programme) -> bool:
    return programme.kind == "institution"


def _only(scopes: set[str]) -> str:
    return next(iter(scopes)) if len(scopes) == 1 else ""


def _left_for_this(context: SlotContext, programmes: list[str]) -> list[str]:
    """The programmes of a title of which no other heading speaks, or what joins or nests them."""
    grid = context.grid
    if len(programmes) == 1:
        return programmes
    left = [
        programme
        for programme in programmes
        if not any(_related(programme, other, grid) for other in context.around.named)
    ]
    left = left or _innermost(programmes, grid)
    joined = "" if left else grid.union_of(programmes)
    return [joined] if joined else left


def _is_headed(context: SlotContext, programme: str) -> bool:
    """Whether a heading names the programme or one that is related to it."""
    return any(_related(programme, named, context.grid) for named in context.around.named)


def _is_other(context: SlotContext, left: str, programmes: list[str]) -> bool:
    """Whether a figure can only be of the programme of a title that no heading names.

    Beside 特困户数 and 特困人数 bare 户数 and 人数 are the other's. Behind 低保户数 bare 人数
    may be those of either, and so may a total.
    """
    others = set(programmes) - {left}
    headed = {other for other in others if _is_headed(context, other)}
    if left not in programmes or not headed:
        return True
    facts = set(chain.from_iterable(context.inner))
    if not facts.isdisjoint(_OF_ALL):
        return False
    own = {fact.value for fact in facts if fact.slot in (MEASURE, WEAK)}
    measured = [programme for programme, measure in context.around.counted if measure in own]
    return all(
        any(_related(other, programme, context.grid) for programme in measured) for other in headed
    )


def _that_have_measure(context: SlotContext, programmes: list[str]) -> list[str]:
    """The programmes that have the measure of headings and labels: no station has 人次 of its own.

    Persons and organisations say too little of whose they are.
    """
    grid = context.grid
    named = set(values_in(context.inner, MEASURE)) - _SAYS_LITTLE
    if len(named) != 1:
        return programmes
    measure = grid.measures[named.pop()]
    return [
        programme for programme in programmes if grid.allows(grid.programmes[programme], measure)
    ]


def _innermost(programmes: list[str], grid: Grid) -> list[str]:
    """Of nested programmes the innermost one: 社会救助 and 低保 name 低保."""
    return [
        inner
        for inner in programmes
        if all(grid.is_within(inner, outer) or _is_head(outer, inner, grid) for outer in programmes)
    ]


def _scoped(programme: str, titled: set[str], scope: str) -> Subject | Gap:
    if not scope:
        return Subject(programme, BOTH if len(titled) > 1 else _only(titled))
    return gaps.scopes_contradict() if titled - {BOTH, scope} else Subject(programme, scope)


# -- how two subjects go together -------------------------------------------------------------


def _joined(inner: Subject | None, outer: Subject | None, grid: Grid) -> Subject | Gap | None:
    """Two subjects as one: the narrower programme and the scope that either names."""
    if inner is None or outer is None:
        return inner or outer
    if not _scopes_agree(inner.scope, outer.scope):
        return gaps.scopes_contradict()
    if inner.programme and outer.programme and not agree(inner, outer, grid):
        return _contradiction(inner, outer, grid)
    return Subject(_joined_programme(inner, outer, grid), _joined_scope(inner, outer))


def _joined_scope(inner: Subject, outer: Subject) -> str:
    return inner.scope if inner.scope not in ("", BOTH) else outer.scope or inner.scope


def _joined_programme(inner: Subject, outer: Subject, grid: Grid) -> str:
    if not inner.programme or not outer.programme:
        return inner.programme or outer.programme
    narrower = grid.is_within(outer.programme, inner.programme)
    return outer.programme if narrower else inner.programme


def _scopes_agree(inner: str, outer: str) -> bool:
    return not inner or not outer or inner == outer or BOTH in (inner, outer)


def _related(one: str, other: str, grid: Grid) -> bool:
    return bool(one and other) and (grid.is_within(one, other) or grid.is_within(other, one))


def _is_head(outer: str, inner: str, grid: Grid) -> bool:
    """Whether the outer programme only heads a subject: 社会救助 over 低保."""
    head, below = grid.programmes[outer], grid.programmes[inner]
    if inner.startswith(f"{OWN}_"):
        return head.kind in ("institution", "organisation", "spending", "head")
    if _carries_out(outer, inner, grid):
        return True
    if head.kind in ("spending", "head"):
        return True  # a section or an office narrows nothing of what stands below it
    heads = any(outer in programme.parents for programme in grid.programmes.values())
    return heads and head.kind in _HEADING_KINDS and below.kind in _HEADING_KINDS


def _heads(first: str, second: str, grid: Grid) -> bool:
    """Whether a section's word stands before what it is a section of: 养老助餐点."""
    if not first or not second:
        return False
    return grid.programmes[first].kind in ("spending", "head") and _is_head(first, second, grid)


def _carries_out(office: str, programme: str, grid: Grid) -> bool:
    """Whether an institution only carries a programme out: 救助管理站 and 流浪乞讨人员救助."""
    carried = grid.words.get((OFFICE, office), ())
    return any(one in grid.programmes and grid.is_within(programme, one) for one in carried)


def agree(inner: Subject, outer: Subject, grid: Grid) -> bool:
    """Whether a title or an outer heading goes together with what stands below it."""
    if not _scopes_agree(inner.scope, outer.scope):
        return False
    if not inner.programme or not outer.programme:
        return True
    return (
        _related(inner.programme, outer.programme, grid)
        or _is_head(outer.programme, inner.programme, grid)
        or bool(grid.union_of({inner.programme, outer.programme}))
        or _are_divisions(inner.programme, outer.programme, grid)
    )


def _are_divisions(inner: str, outer: str, grid: Grid) -> bool:
    """Whether both are kinds of division: of the towns above it, 民族乡 are counted alone."""
    return {grid.programmes[inner].kind, grid.programmes[outer].kind} == {"division"}


def _contradiction(inner: Subject, outer: Subject, grid: Grid) -> Gap:
    if not _scopes_agree(inner.scope, outer.scope):
        return gaps.scopes_contradict()
    named = [programme for programme in (inner.programme, outer.programme) if programme]
    return gaps.programmes_contradict(named, grid)
