"""How bureaus' own tables are read: ``python -m benchmarks.tables DIR`` prints a score.

``DIR`` holds ``files/``, ``expected/`` (a CSV a file: programme, measure, breakdown, basis, area
code, period, value, unit of each cell) and ``areas.csv``; ``args.json`` may give what a sheet does
not say (``--area``, ``--period``, ``--basis``). Each file is loaded alone into an empty store.
Right is a figure of that area, period, value and basis whose cell of the grid is the expected one;
wrong is every other figure stored.
"""

from __future__ import annotations

import csv
import json
import sys
import tempfile
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

from dashboard.base.language import Text
from dashboard.catalogue.areas import Areas
from dashboard.catalogue.catalogue import Catalogue, all_areas, read_catalogue
from dashboard.catalogue.concepts import Accumulation, Area, Figure, FigureKind, Level
from dashboard.catalogue.grid import IndicatorCell
from dashboard.catalogue.periods import parse
from dashboard.intake import Handover, Store, receive
from dashboard.intake.understanding.lexicon import lexicon_of
from dashboard.intake.understanding.words import BOTH, PROGRAMME, SCOPE, VALUE, normal
from dashboard.store.observations import read_figures
from dashboard.store.opening import open_store
from dashboard.store.query import Query
from dashboard.store.received import ReceivedFiles

MEASURES = {
    "户数": ("households", "household_times"),
    "人数": ("persons",),
    "人次": ("person_times", "persons", "service_times"),
    "人天次": ("person_days",),
    "累计人次": ("person_times",),
    "资金": ("money", "operating_subsidy"),
    "结余资金": ("balance",),
    "标准": ("standard",),
    "人均": ("per_head", "per_head_to_date"),
    "新增户数": ("added_households",),
    "新增人数": ("added_persons",),
    "退出户数": ("left_households",),
    "退出人数": ("left_persons",),
    "机构数": ("organisations", "divisions"),
    "床位数": ("beds", "nursing_beds"),
    "护理型床位数": ("nursing_beds",),
    "工作人员": ("staff",),
    "年末收养人数": ("residents",),
    "对数": ("couples",),
    "区划数": ("divisions",),
    "每千人对数": ("per_thousand",),
    "日均对数": ("daily",),
    "占非农人口比例": ("share_of_nonfarm",),
    "目标": ("persons",),
}
BASES = {
    "in_month": (Accumulation.IN_MONTH,),
    "year_to_date": (Accumulation.YEAR_TO_DATE,),
    "in_year": (Accumulation.YEAR_TO_DATE, Accumulation.END_OF_PERIOD),
    "end_of_period": (Accumulation.END_OF_PERIOD,),
}


@dataclass
class Score:
    """Cells of one file: how many were expected, right, and what was stored wrongly."""

    name: str
    expected: int = 0
    right: int = 0
    wrong: int = 0
    loaded: bool = False
    told: list[str] = field(default_factory=list)


def read_areas(file: Path) -> list[Area]:
    """The areas of the list; a level that is left out is a district."""
    with file.open(encoding="utf-8") as handle:
        return [
            Area(row["code"], Text(row["name"]), Level(row["level"] or "district"), row["parent"])
            for row in csv.DictReader(handle)
        ]


class Judge:
    """Whether a stored figure is an expected cell."""

    def __init__(self, catalogue: Catalogue) -> None:
        """A judge by this catalogue."""
        self.catalogue, self.lexicon = catalogue, lexicon_of(catalogue.grid)

    def meanings(self, text: str, slot: str) -> set[str]:
        """What the words of an expected meaning may fill this slot with."""
        if (text, slot) == ("其他", VALUE):
            return {f"{dimension}:other" for dimension in self.catalogue.grid.dimensions}
        meant = {
            fact.value
            for token in self.lexicon.label(normal(text))
            for sense in token.senses
            for fact in sense
            if fact.slot == slot
        }
        if slot == VALUE:  # 特困 of residents: those who have that benefit
            meant |= {f"group:{one}" for one in self.meanings(text, PROGRAMME)}
        return meant

    def is_right(self, row: dict[str, str], figure: Figure) -> bool:
        """Whether the figure's cell, basis and kind are those expected."""
        indicator = self.catalogue.indicators[figure.indicator]
        cell = self.catalogue.grid.cell_at(figure.indicator)
        wants_target = row["measure"] == "目标"
        if wants_target != (figure.kind in (FigureKind.TARGET, FigureKind.PLAN)):
            return False
        wanted = BASES.get(row["basis"])
        january = figure.period.month == 1 and row["basis"] in ("in_month", "year_to_date")
        level = row["measure"].split("|")[0] in ("人均", "标准")
        if wanted and not (january or level) and indicator.accumulation not in wanted:
            return False
        if cell is None:
            return row["programme"] in indicator.name.zh
        return self._is_cell(row, cell)

    def _is_cell(self, row: dict[str, str], cell: IndicatorCell) -> bool:
        if row["programme"] == "护理型床位":  # beds of a kind, a measure here
            return cell.measure == "nursing_beds"
        measures = {one for word in row["measure"].split("|") for one in MEASURES.get(word, ())}
        if measures and cell.measure not in measures:
            return False
        programmes = self.meanings(row["programme"], PROGRAMME)
        name = self.catalogue.grid.programmes[cell.programme].name.zh
        parts = set(self.catalogue.grid.programmes[cell.programme].union)
        known = self.catalogue.grid.programmes
        joined = any(known[one].union and set(known[one].union) <= parts for one in programmes)
        if cell.programme not in programmes and row["programme"] != name and not joined:
            return False
        scopes = self.meanings(row["programme"], SCOPE) - {BOTH}
        if scopes != ({cell.scope} if cell.scope else set()):
            return False
        told = [part.split("=", 1)[1] for part in row["breakdown"].split(";") if part]
        may = row.get("may_say", "").split()
        wanted = [self.meanings(word, VALUE) for word in told]
        allowed = set().union(*wanted, *(self.meanings(word, VALUE) for word in may))
        own = {f"{dimension}:{value}" for dimension, value in cell.values}
        return own <= allowed and all(values & own for values in wanted)


def score(folder: Path, stem: str, judge: Judge, areas: list[Area]) -> Score:
    """Loads one file into an empty store and counts its cells."""
    given = folder / "args.json"
    said = json.loads(given.read_text(encoding="utf-8")) if given.exists() else {}
    extra = said.get(stem, said.get(stem.split("_")[0], []))
    words = extra.get("args", []) if isinstance(extra, dict) else extra
    pairs = zip(words[::2], words[1::2], strict=True)
    options = {name.removeprefix("--"): value for name, value in pairs}
    file = next(one for one in (folder / "files").iterdir() if one.stem == stem)
    with (folder / "expected" / f"{stem}.csv").open(encoding="utf-8") as handle:
        rows = list(csv.DictReader(handle))
    result = Score(stem, sum(not row["optional"] for row in rows))
    with tempfile.TemporaryDirectory() as home:
        engine = open_store(f"sqlite:///{home}/store.db")
        catalogue = judge.catalogue
        known: Areas = all_areas(catalogue, areas)
        store = Store(engine, catalogue, known, ReceivedFiles(Path(home)))
        handover = Handover(note="x", **options)
        receipts = receive(store, [(file.name, file.read_bytes())], handover, datetime.now(UTC))
        figures = [one for one in read_figures(engine, Query()) if one.value is not None]
        result.loaded = bool(figures) and not any(one.refused for one in receipts)
        engine.dispose()
    left = list(rows)
    for figure in figures:
        match = next((row for row in left if _is_place(row, figure, judge)), None)
        if match is None:
            result.wrong += 1
            result.told.append(f"{figure.indicator} {figure.area} {figure.period} {figure.value}")
            continue
        left.remove(match)
        result.right += not match["optional"]
    return result


def _is_place(row: dict[str, str], figure: Figure, judge: Judge) -> bool:
    value = float(row["value"])
    near = abs(value - (figure.value or 0.0)) <= max(0.006, 1e-6 * abs(value))
    same = (row["area_code"], parse(row["period"]).end) == (figure.area, figure.period)
    return near and same and judge.is_right(row, figure)


def main(folder: Path) -> None:
    """Prints a line for each file, and the sums."""
    judge, areas = Judge(read_catalogue()), read_areas(folder / "areas.csv")
    scores = []
    for file in sorted((folder / "expected").glob("*.csv")):
        one = score(folder, file.stem, judge, areas)
        scores.append(one)
        state = "loaded" if one.loaded else "NOT LOADED"
        for line in one.told[:5]:
            print(f"    wrong: {line}")
        print(
            f"{one.name:44} right {one.right:4} of {one.expected:4}  wrong {one.wrong:3}  {state}"
        )
    expected, right = sum(one.expected for one in scores), sum(one.right for one in scores)
    share = 100 * right / max(expected, 1)
    print(
        f"{right} of {expected} cells right ({share:.1f} %), {sum(one.wrong for one in scores)} "
        f"wrong, {sum(one.loaded for one in scores)} of {len(scores)} files loaded"
    )


if __name__ == "__main__":
    main(Path(sys.argv[1]))
