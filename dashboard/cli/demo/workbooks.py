"""Writes the demo district's workbooks as a bureau would hand them in, from a seed.

The district is fictional. How its figures come about (``[recipes]``) and how its tables are printed
(``form_rows``, ``[[street_groups]]``) stand in ``data/samples/demo.toml``. The same seed gives the
same files. The official form prints the district in 万元, the street table prints yuan.
"""

from __future__ import annotations

import tomllib
import zlib
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import Any

import numpy as np
import xlsxwriter
from numpy.typing import NDArray
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from dashboard.base.collector import collection_paused
from dashboard.base.settings import ROOT
from dashboard.catalogue.periods import Period, months_counted, parse
from dashboard.cli.demo.boundaries import write_boundaries
from dashboard.cli.demo.targets import write_targets

PARAMETERS_FILE = ROOT / "data" / "samples" / "demo.toml"
RIPPLE_MEMORY = 0.9  # share of last month's deviation that is still there this month

Counts = NDArray[np.int64]
Levels = NDArray[np.float64]
Table = dict[str, Any]  # of TOML
Styles = dict[str, Format]


@dataclass(frozen=True, slots=True)
class Series:
    """One line, shape (streets, months), in base units: what a month saw (flow) or ended with."""

    monthly: Counts
    is_flow: bool


class DemoDistrict:
    """The fictional district's figures; each line is made when it is first asked for."""

    def __init__(self, parameters: Table, seed: int) -> None:
        """``parameters`` as demo.toml declares them."""
        first, last = (parse(text).end for text in parameters["months"])
        length = months_counted(first, last)
        self.parameters, self.seed = parameters, seed
        self.months = [first.plus(months) for months in range(length)]
        self.streets = [street["name"] for street in parameters["streets"]]
        self.progress = np.linspace(0.0, 1.0, length)
        self._years = np.array([month.year - first.year for month in self.months])
        self._made: dict[str, Series] = {}
        self._printed: dict[str, Counts] = {}

    def series(self, line: str) -> Series:
        """The figures of one line; raises ValueError where its recipe is missing or unknown."""
        if line not in self._made:
            recipe = self.parameters["recipes"].get(line, {})
            kind = next(iter(recipe), "")
            if kind not in RECIPES:
                raise ValueError(f"{PARAMETERS_FILE.name}: the line {line} has no known recipe")
            # A generator of its own for each line: a new line leaves the others' figures alone.
            rng = np.random.default_rng([self.seed, zlib.crc32(line.encode())])
            self._made[line] = RECIPES[kind](self, recipe[kind], rng)
        return self._made[line]

    def printed(self, line: str, month: Period) -> Counts:
        """A month as tables print it, one figure a street: flows are counted from 1 January.

        Before the split the old street's figure includes the new one's, which is 0.
        """
        if line not in self._printed:
            series, split = self.series(line), self.parameters["split"]
            figures = series.monthly.copy()
            for year in np.unique(self._years) if series.is_flow else ():
                figures[:, self._years == year] = series.monthly[:, self._years == year].cumsum(1)
            old, new = self.streets.index(split["old"]), self.streets.index(split["new"])
            before = slice(0, self.months.index(parse(split["period"]).end))
            figures[old, before] += figures[new, before]
            figures[new, before] = 0
            self._printed[line] = figures
        return self._printed[line][:, self.months.index(month)]

    def by_year(self, values: list[float]) -> Levels:
        """One value a year as one value a month."""
        return np.array(values, dtype=float)[self._years]

    def path(self, anchors: list[float]) -> Levels:
        """A line through anchors spread evenly over all months."""
        return np.interp(self.progress, np.linspace(0.0, 1.0, len(anchors)), anchors)

    def rhythm(self, recipe: Table) -> Levels:
        """What a month is against an average one: its season times its events."""
        season = np.array(self.parameters["seasons"].get(recipe.get("season"), [1.0] * 12))
        season, events = season / season.mean(), recipe.get("events", {})
        return np.array([season[m.month - 1] * events.get(str(m), 1.0) for m in self.months])

    def shares(self, recipe: Table, rng: np.random.Generator) -> Levels:
        """How a district figure falls on the streets, drifting apart over the years."""
        weights = np.array(self.parameters["weights"][recipe["weight"]], dtype=float)[:, None]
        drift = rng.normal(0.0, recipe.get("drift", 0.0), weights.shape)
        shares = weights * np.exp(drift * (self.progress - 0.5))
        return shares / shares.sum(axis=0)


def _whole(levels: Levels) -> Counts:
    return np.rint(levels).astype(np.int64)


def _stock(district: DemoDistrict, recipe: Table, rng: np.random.Generator) -> Series:
    if "start" in recipe:
        start, end = (np.array(recipe[name], dtype=float)[:, None] for name in ("start", "end"))
        pace = np.exp(rng.normal(0.0, 0.25, start.shape))
        levels = start + (end - start) * district.progress**pace
    else:
        levels = district.path(recipe["path"]) * district.shares(recipe, rng)
    steps = rng.normal(0.0, recipe.get("ripple", 0.0), levels.shape)
    for month in range(1, steps.shape[1]):
        steps[:, month] += RIPPLE_MEMORY * steps[:, month - 1]
    counts = _whole(levels * np.exp(steps))
    return Series(np.maximum.accumulate(counts, axis=1) if recipe.get("grows") else counts, False)


def _yearly(district: DemoDistrict, recipe: list[float], rng: np.random.Generator) -> Series:
    counts = np.zeros((len(district.streets), len(district.months)), dtype=np.int64)
    counts[0] = _whole(district.by_year(recipe))  # the district's own figure: any one row will do
    return Series(counts, False)


def _flow(district: DemoDistrict, recipe: Table, rng: np.random.Generator) -> Series:
    expected = district.by_year(recipe["yearly"]) / 12 * district.rhythm(recipe)
    levels = expected * district.shares(recipe, rng)
    if "noise" in recipe:
        return Series(_whole(levels * rng.lognormal(0.0, recipe["noise"], levels.shape)), True)
    return Series(rng.poisson(levels).astype(np.int64), True)


def _share(district: DemoDistrict, recipe: Table, rng: np.random.Generator) -> Series:
    whole = district.series(recipe["of"])
    counts = whole.monthly * recipe.get("times", 1)
    apart = np.exp(rng.normal(0.0, recipe.get("spread", 0.0), (len(counts), 1)))
    share = np.minimum(district.path(recipe["path"]) * apart, 1.0)
    if whole.is_flow:  # drawn, because a small share of a few cases would always round to none
        return Series(rng.binomial(counts, share).astype(np.int64), True)
    return Series(_whole(counts * share), False)


def _pay(district: DemoDistrict, recipe: Table, rng: np.random.Generator) -> Series:
    base = np.sum([district.series(line).monthly for line in recipe["of"]], axis=0)
    amount = recipe["amount"]  # yuan a month for one of base: a list by year, or a standard's line
    is_line = isinstance(amount, str)
    each = district.series(amount).monthly.sum(0) if is_line else district.by_year(amount)
    rate = recipe.get("rate", 1.0) + recipe.get("spread", 0.0) * rng.uniform(-1, 1, (len(base), 1))
    chance = rng.lognormal(0.0, recipe.get("noise", 0.004), base.shape)
    return Series(_whole(base * each * rate * district.rhythm(recipe) * chance), True)


def _sum(district: DemoDistrict, recipe: Table, rng: np.random.Generator) -> Series:
    parts = [district.series(line) for line in recipe["of"]]
    less = sum(district.series(line).monthly for line in recipe.get("less", ()))
    counts = np.sum([part.monthly for part in parts], axis=0) * recipe.get("times", 1) - less
    return Series(counts, parts[0].is_flow)


RECIPES: dict[str, Callable[[DemoDistrict, Any, np.random.Generator], Series]] = {
    "stock": _stock,
    "yearly": _yearly,
    "flow": _flow,
    "share": _share,
    "pay": _pay,
    "sum": _sum,
}


def _write_head(known: Table, month: Period, sheet: Worksheet, style: Styles, title: str) -> None:
    title += known["provisional"]["mark"] if str(month) == known["provisional"]["period"] else ""
    sheet.write_string(0, 0, title.format(year=month.year, month=month.month), style["title"])
    sheet.write_string(1, 0, known["demo_line"], style["demo"])


def _write_form(district: DemoDistrict, month: Period, sheet: Worksheet, style: Styles) -> None:
    """One month of the official form; 万元 keeps four decimals, so that no yuan is lost."""
    known = district.parameters
    _write_head(known, month, sheet, style, known["form_title"])
    sheet.set_column(0, 3, 24)
    sheet.write_column(2, 0, [*known["form_above"], f"{month.year}年{month.month}月"])
    sheet.write_row(7, 0, ["指标名称", "代码", "计量单位", "数量"], style["head"])
    for row, (name, code, unit, line) in enumerate(known["form_rows"], start=8):
        sheet.write_row(row, 0, [name, code, unit], style["cell"])
        if line:
            total = int(district.printed(line, month).sum())
            factor, look = (10_000, "money") if unit == "万元" else (1, "count")
            sheet.write_number(row, 3, total / factor, style[look])


def _street_cells(district: DemoDistrict, month: Period, line: str) -> dict[str, Any]:
    """A line of the street table: a number a street, a mark where it has not reported."""
    cells = dict(zip(district.streets, district.printed(line, month).tolist(), strict=True))
    silent = district.parameters["not_reported"]
    if str(month) in silent["periods"]:
        cells[silent["street"]] = silent["mark"]
    return cells


def _write_streets(
    district: DemoDistrict, month: Period, sheet: Worksheet, style: Styles, corrected: bool = False
) -> None:
    """One month of the street table: a row a street, columns grouped under two header rows."""
    known = district.parameters
    wrong = known["correction"]
    title = known["street_title"] + (wrong["mark"] if corrected else "")
    _write_head(known, month, sheet, style, title)
    sheet.write_string(2, 0, "单位:元、人、户、对")
    sheet.merge_range(3, 0, 4, 0, "街道名称", style["head"])
    unborn = known["split"]["new"] if month < parse(known["split"]["period"]).end else ""
    streets = [name for name in district.streets if name != unborn]
    sheet.write_column(5, 0, streets, style["cell"])
    first = 1
    for group in known["street_groups"]:
        after = first + len(group["columns"])
        sheet.merge_range(3, first, 3, after - 1, group["title"], style["head"])
        for column, (heading, line) in enumerate(group["columns"], start=first):
            sheet.write_string(4, column, heading, style["head"])
            cells = _street_cells(district, month, line)
            if (str(month), line) == (wrong["period"], wrong["line"]) and not corrected:
                cells[wrong["street"]] += wrong["misprint"]
            sheet.write_column(5, column, [cells[name] for name in streets], style["count"])
        first = after
    sheet.set_column(0, first, 14)
    sheet.freeze_panes(5, 1)


@collection_paused()
def write_samples(folder: Path, seed: int = 2018) -> list[Path]:
    """Write the demo district's files; their paths come in the order they were handed in.

    ``folder`` is made where it does not exist; files of the same names are replaced.
    """
    district = DemoDistrict(tomllib.loads(PARAMETERS_FILE.read_text(encoding="utf-8")), seed)
    name = district.parameters["district"]["name"]
    books: list[tuple[str, list[Period], Callable[..., None]]] = []
    for year in sorted({month.year for month in district.months}):
        months = [month for month in district.months if month.year == year]
        books.append((f"{name}_民政统计月报_{year}", months, _write_form))
        books.append((f"{name}_街道民政指标_{year}", months, _write_streets))
    wrong = parse(district.parameters["correction"]["period"]).end
    title = f"{name}_{wrong.year}年{wrong.month}月更正"
    books.append((title, [wrong], partial(_write_streets, corrected=True)))
    folder.mkdir(parents=True, exist_ok=True)
    for title, months, write in books:
        with xlsxwriter.Workbook(folder / f"{title}.xlsx") as book:
            book.set_properties({"created": datetime(2018, 1, 1)})  # same seed, same bytes
            style = {n: book.add_format(look) for n, look in district.parameters["styles"].items()}
            for month in months:
                write(district, month, book.add_worksheet(f"{month.month}月"), style)
    paths = [folder / f"{title}.xlsx" for title, _, _ in books]
    return [
        *paths,
        write_targets(folder, district.parameters),
        write_boundaries(folder, district.parameters, seed),
    ]
