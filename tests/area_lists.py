"""Area lists as CSV texts, for tests."""

import csv
import io

from dashboard.catalogue.area_list import read_areas


def read_area_csv(text, known=()):
    """The areas of a CSV text with the columns of an area list."""
    return read_areas(csv.DictReader(io.StringIO(text.lstrip("\ufeff"))), known)
