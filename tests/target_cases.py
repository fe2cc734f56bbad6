"""Judges a target by a few figures, given as in the examples of docs/formulas.md."""

from sheets import areas, catalogue

from dashboard.analysis.points import Points
from dashboard.analysis.progress import progress_of
from dashboard.analysis.target_status import Thresholds
from dashboard.catalogue.concepts import Figure
from dashboard.catalogue.periods import parse
from dashboard.catalogue.targets import Milestone, Path, Target, TargetKind

AREA = "370113"


def figure(indicator, area, month, value, status="A"):
    return Figure(indicator, area, parse(month).end, "actual", value, status, None, 1, "official")


def points_of(example):
    """``figures`` by month, or by indicator and month; ``streets`` by code and indicator."""
    indicator, found = example["indicator"], []
    for name, stated in example.get("figures", {}).items():
        by_month = stated if isinstance(stated, dict) else {name: stated}
        named = name if isinstance(stated, dict) else indicator
        found += [figure(named, AREA, month, value) for month, value in by_month.items()]
    for code, values in example.get("streets", {}).items():
        for name, value in values.items():
            by_month = value if isinstance(value, dict) else {example["asked"]: value}
            found += [figure(name, code, month, one) for month, one in by_month.items()]
    found += example.get("more", [])
    return Points(catalogue(), areas(), found)


def target_of(example, **fields):
    steps = [step.split("=") for step in example.get("milestones", "").split(";") if step]
    return Target(
        example["indicator"],
        fields.pop("area", AREA),
        parse(example["due"]).end,
        TargetKind(example["kind"]),
        example["value"],
        since=parse(example["since"]).end if "since" in example else None,
        base=example.get("base"),
        base_period=parse(example["base_period"]).end if "base_period" in example else None,
        tolerance=example.get("tolerance", 0.0),
        path=Path(example.get("path", "linear")),
        milestones=tuple(Milestone(parse(month).end, float(value)) for month, value in steps),
        **fields,
    )


def judged(example, area=AREA, thresholds=Thresholds()):  # noqa: B008
    """The progress of the example's target in an area."""
    asked = parse(example["asked"]).end
    return progress_of(points_of(example), target_of(example), area, asked, thresholds)
