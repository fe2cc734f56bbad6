"""The samples that were loaded before are used again only where nothing has changed since."""

import json

import pytest
import samples_home
from samples_home import LIST, bring_samples

from dashboard.base.settings import ROOT


@pytest.fixture
def loads(monkeypatch):
    """The home folders into which the samples were loaded; loading puts one file there."""
    homes = []

    def load(home):
        homes.append(home)
        (home / "store").write_text("figures", encoding="utf-8")
        return [ROOT / "dashboard" / "__main__.py"]

    monkeypatch.setattr(samples_home, "load_samples", load)
    return homes


def brought(folder, cache):
    bring_samples(folder, cache)
    return (folder / "store").read_text(encoding="utf-8")


def test_what_was_loaded_today_from_the_same_files_is_copied(loads, tmp_path):
    cache = tmp_path / "cache" / "samples"
    assert [brought(tmp_path / name, cache) for name in "abc"] == ["figures"] * 3
    assert loads == [tmp_path / "a"]


@pytest.mark.parametrize(
    "place",
    [
        ("files", "data/indicators.csv"),
        ("files", "dashboard/__main__.py"),
        ("files", "dashboard/store/migrations/env.py"),
        ("files", "requirements.txt"),
        ("when", "day"),
    ],
    ids="-".join,
)
def test_another_file_or_another_day_loads_anew(loads, tmp_path, place):
    cache = tmp_path / "cache" / "samples"
    brought(tmp_path / "a", cache)
    listed = json.loads((cache / LIST).read_text(encoding="utf-8"))
    part, name = place
    assert name in listed[part]
    listed[part][name] = "another"
    (cache / LIST).write_text(json.dumps(listed), encoding="utf-8")
    assert brought(tmp_path / "b", cache) == brought(tmp_path / "c", cache) == "figures"
    assert loads == [tmp_path / "a", tmp_path / "b"]


def test_a_new_file_of_the_data_loads_anew(loads, tmp_path):
    cache = tmp_path / "cache" / "samples"
    brought(tmp_path / "a", cache)
    listed = json.loads((cache / LIST).read_text(encoding="utf-8"))
    del listed["files"]["data/areas.csv"]  # as if it had come since
    (cache / LIST).write_text(json.dumps(listed), encoding="utf-8")
    brought(tmp_path / "b", cache)
    assert len(loads) == 2
