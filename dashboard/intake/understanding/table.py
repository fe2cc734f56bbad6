"""Defines one table of a sheet with what stands around its figures: captions, titles, area."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from dashboard.catalogue import periods
from dashboard.catalogue.areas import Areas
from dashboard.catalogue.catalogue import Catalogue
from dashboard.catalogue.concepts import Area
from dashboard.catalogue.grid import Grid
from dashboard.catalogue.periods import Span
from dashboard.intake.forms.files.cells import Sheet
from dashboard.intake.forms.stated_area import OFFICE
from dashboard.intake.forms.title_cells import (
    may_change_figures,
    title_text,
    without_references,
)
from dashboard.intake.understanding.headed_areas import HeadedAreas, areas_in_headings
from dashboard.intake.understanding.labels import AREA, VILLAGE, RowLabels, names_larger, roles_of
from dashboard.intake.understanding.lexicon import Lexicon, build, lexicon_of
from dashboard.intake.understanding.own_captions import is_unit_note
from dashboard.intake.understanding.phrases import Phrase, find_unit, label_phrase, title_phrase
from dashboard.intake.understanding.places import Finder, names_period
from dashboard.intake.understanding.questions import TITLES, Answers
from dashboard.intake.understanding.regions import Region
from dashboard.intake.understanding.remarks import Remarks, remarks_of
from dashboard.intake.understanding.understood import SheetFacts
from dashboard.intake.understanding.words import (
    FILLER,
    MARK,
    MEASURE,
    PROGRAMME,
    SCOPE,
    VALUE,
    Fact,
    Token,
    normal,
)

_DONE = (  # by offices, with a table
    "填报|填表|制表|编制|编报|上报|报送|公示|公布|发布|统计|审核|复核|印发|联系|受理|主办|承办|经办|监督|举报|咨询"
)
_OFFICE_LINE = re.compile(
    rf"(?:{_DONE})*(?:单位|机关|部门|科室|日期|时间|领导|审核|电话)[^:]*:|(?:{_DONE})人?(?:[(][^()]*[)])?:"
)
_ADDRESSEES = re.compile(
    "各[^:。]*(?:街道|[镇乡村]|社区|办|办事处|政府|科室?|单位|部门|委员?会|站|中心|局|所|院|机构|组织):"
)  # 各街道办事处、局机关各科室：
_VERSION = re.compile(
    r"[\s_\-—–.·(（\[]*(?:已?(?:修?改|修订|修正|更正|订正|更新|核对|确认)[后过]?[稿版]?"
    r"|(?:补充|调整)(?:[后过][稿版]?|[稿版])"
    r"|最?[新终][的稿版]?|最终|定稿|正式稿?|副本|备份|重报|再报|上报稿?|报送稿?|第?[一二三四五六七八九\d]+[稿版]"
    r"|copy|final|new|revised|corrected|rev|ver|version|v|\d{1,2})[)）\]\s_.]*$",
    re.I,
)
_KIND_OF_AREA = re.compile(r"(?:自治县|市|区|县|省|街道|镇|乡)$")


@dataclass(frozen=True, eq=False)
class Knowledge:
    """What is known before a sheet is seen: catalogue, areas, words, a person's answers."""

    catalogue: Catalogue
    areas: Areas
    lexicon: Lexicon
    answers: Answers

    @property
    def grid(self) -> Grid:
        """The grid of programmes, measures and breakdowns."""
        return self.catalogue.grid

    def label(self, text: str) -> Phrase:
        """A heading or a row's label, cut into words."""
        return label_phrase(text, self.lexicon, self.catalogue)


def knowledge(catalogue: Catalogue, areas: Areas, answers: Answers) -> Knowledge:
    """What is known before a sheet is seen, with the words that a person has explained."""
    own = answers.senses(catalogue.grid)
    lexicon = build(catalogue.grid, own) if own else lexicon_of(catalogue.grid)
    return Knowledge(catalogue, areas, lexicon, answers)


@dataclass(frozen=True, eq=False)
class Table:
    """One table of a sheet and what stands around it.

    ``captions`` are its own, ``outer`` those of the sheet's first table where it is another;
    ``titles`` are the phrases of everything above it, nearest first. ``span`` is its period where
    that is said, ``area`` the district to which its rows or columns belong.
    """

    sheet: Sheet
    region: Region
    frame: SheetFacts
    known: Knowledge
    captions: tuple[str, ...]
    outer: tuple[str, ...]
    span: Span | None
    labels: RowLabels
    headed: HeadedAreas
    area: Area | None
    finder: Finder
    titles: tuple[Phrase, ...]
    remarks: Remarks


def table_of(
    sheet: Sheet, frame: SheetFacts, known: Knowledge, regions: Sequence[Region], number: int
) -> Table:
    """The table of the region with this number."""
    region = regions[number]
    captions = _texts(sheet, region.captions)
    is_whole = any(_is_whole_title(text, known) for text in captions)
    outer = _texts(sheet, region.outer) if number and not is_whole else ()
    stated = {normal(label): area.strip() for label, area in known.answers.streets.items()}
    finder = Finder(known.areas, frame.area.code if frame.area else "", stated)
    catalogue = known.catalogue
    labels = roles_of(region, finder, lambda text: find_unit(text, catalogue) is not None)
    headed = areas_in_headings(region, labels, finder)
    area = frame.area or _district(labels, headed, finder)
    if area is not None:
        finder = Finder(known.areas, area.code, stated)
    above = [*reversed(captions), *outer, sheet.name, without_version(frame.file)]
    titles = _titles(above, _area_names(area, known.areas), known, _overruled(sheet, region))
    remarks = remarks_of(sheet, regions, number, known.lexicon, known.catalogue, finder)
    return Table(
        sheet,
        region,
        frame,
        known,
        captions,
        outer,
        frame.period,
        labels,
        headed,
        area,
        finder,
        titles,
        remarks,
    )


def without_version(name: str) -> str:
    """A file's name without what tells it from an earlier one: _改2, (1), 修订版, final, v3."""
    shorter = _VERSION.sub("", name)
    return without_version(shorter) if shorter and shorter != name else name


def _texts(sheet: Sheet, cells: Iterable[tuple[int, int]]) -> tuple[str, ...]:
    return tuple(title_text(sheet, *cell) for cell in cells)


def _overruled(sheet: Sheet, region: Region) -> tuple[str, ...]:
    """The titles of the sheet whose unit is not that of a table with a note of its own unit."""
    own = _texts(sheet, (place for place in region.captions if place not in region.outer))
    return _texts(sheet, region.outer) if any(map(is_unit_note, own)) else ()


def _is_whole_title(text: str, known: Knowledge) -> bool:
    """Whether a caption says of which period and programme its table is, as a sheet's title does.

    The title of the table above says nothing of that one.
    """
    if periods.find(normal(text)) is None:
        return False
    facts = title_phrase(text, known.lexicon, known.catalogue).facts()
    return any(fact.slot == PROGRAMME for fact in facts)


def _district(labels: RowLabels, headed: HeadedAreas, finder: Finder) -> Area | None:
    """The district to which the areas of a table belong."""
    texts = [
        labels.text(row, at)
        for at, role in labels.roles.items()
        if role in (AREA, VILLAGE)
        for row in labels.region.body
        if role == AREA or names_larger(labels.text(row, at), finder)
    ]
    texts += [area.name.zh for area in headed.areas.values() if area]
    return finder.district_of(texts) if texts else None


def _area_names(area: Area | None, areas: Areas) -> list[str]:
    """Names of areas that may stand in a title, longest first: they are not words."""
    if area is None:
        return []
    above = (area, *areas.ancestors(area.code))
    names = {name for one in above for name in (one.name.zh, *one.aliases)}
    short = {_KIND_OF_AREA.sub("", name) for name in names}
    return sorted((name for name in names | short if len(name) > 1), key=len, reverse=True)


def _titles(
    texts: Sequence[str], area_names: Sequence[str], known: Knowledge, overruled: Sequence[str]
) -> tuple[Phrase, ...]:
    """What stands above a table, nearest first, without offices, dates and names of areas.

    Those ``overruled`` say its unit no more.
    """
    found = []
    for text in dict.fromkeys(texts):
        plain = normal(without_references(text))
        if _is_of_offices(plain):
            continue
        if names_period(plain) or plain.startswith(("单位", "计量单位", "注")):
            continue
        for name in area_names:
            plain = plain.replace(name, "", 1)
        if not OFFICE.sub("", plain):
            continue
        phrase = title_phrase(plain, known.lexicon, known.catalogue)
        found.append(replace(phrase, unit="") if text in overruled else phrase)
    return _explained([phrase for phrase in found if phrase.tokens], known)


def _is_of_offices(plain: str) -> bool:
    """Whether a line only says whose a table is and to whom it goes: 审核人：…, 各街道:."""
    found = _OFFICE_LINE.match(plain) or _ADDRESSEES.fullmatch(plain)
    return bool(found) and not may_change_figures(plain)


def _explained(titles: Sequence[Phrase], known: Knowledge) -> tuple[Phrase, ...]:
    """The titles with what a person says that they say, in place of their own words for it.

    Targets, plans and what the figures count over stay as they are printed.
    """
    sense = known.answers.title(known.grid)
    if sense is None:
        return tuple(titles)
    slots = {fact.slot for fact in sense} - {FILLER, MARK}
    taken = slots if Fact(FILLER, "") not in sense else {PROGRAMME, SCOPE, VALUE, MEASURE}
    said = Phrase(TITLES[0], (Token(TITLES[0], (sense,)),), is_title=True)
    return (said, *(_without(phrase, taken) for phrase in titles))


def _without(phrase: Phrase, slots: set[str]) -> Phrase:
    """A title without the words that fill these slots.

    Unknown words stay where its programme is not explained: they may narrow it.
    """
    tokens = []
    for token in phrase.tokens:
        senses = tuple(sense for sense in token.senses if not slots & {f.slot for f in sense})
        if senses or (not token.senses and PROGRAMME not in slots):
            tokens.append(replace(token, senses=senses))
    return replace(phrase, tokens=tuple(tokens))
