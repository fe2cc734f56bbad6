"""What is worked out for an area grows with the figures that are there, not with all areas."""

import gc
import sys

from dashboard.analysis.points import Points
from dashboard.base.language import Text
from dashboard.catalogue.areas import Areas
from dashboard.catalogue.catalogue import read_catalogue
from dashboard.catalogue.concepts import Area, Figure, Level
from dashboard.catalogue.periods import Period

CATALOGUE = read_catalogue()
MONTHS = [Period(2024, month) for month in range(1, 13)]
CITIES, DISTRICTS = 3, 4


def areas(streets):
    """A province of cities, each of districts with so many streets."""
    listed = [Area("98", Text("省"), Level.PROVINCE)]
    for city in range(CITIES):
        listed.append(Area(f"98{city}", Text(f"市{city}"), Level.CITY, "98"))
        for district in range(DISTRICTS):
            code = f"98{city}{district}"
            listed.append(Area(code, Text(f"区{code}"), Level.DISTRICT, f"98{city}"))
            listed += [
                Area(f"{code}{street:03d}", Text(f"街{code}{street}"), Level.STREET, code)
                for street in range(streets)
            ]
    return Areas(listed)


def calls(streets):
    """How many calls the points of a province need whose cities alone have figures."""
    figures = [
        Figure("marriages", f"98{city}", month, "actual", 7.0, "", None, 1, "official")
        for city in range(CITIES)
        for month in MONTHS
    ]
    known, count = areas(streets), 0

    def note(_frame, event, _argument):
        nonlocal count
        count += event == "call"

    points, before = Points(CATALOGUE, known, figures), sys.getprofile()
    gc.disable()  # a plug-in's functions are called whenever garbage is searched for
    sys.setprofile(note)
    try:
        values = [points.value("marriages", "98", month) for month in MONTHS]
    finally:
        sys.setprofile(before)
        gc.enable()
    assert values == [CITIES * 7.0] * len(MONTHS)
    return count


def test_streets_without_figures_cost_nothing():
    calls(streets=2), calls(streets=40)  # what is remembered for good is remembered now
    assert calls(streets=40) == calls(streets=2)
