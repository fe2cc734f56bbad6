"""Boundaries that a bureau hands in: read, joined by code or name, kept with their file; or not."""

import json
import random
import tomllib
from datetime import timedelta
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from stores import BACKENDS, WHEN, arrival, fresh_store, handing_in

from dashboard.__main__ import main
from dashboard.base.language import Text
from dashboard.catalogue.areas import Areas
from dashboard.catalogue.catalogue import read_catalogue
from dashboard.catalogue.concepts import Area, Level
from dashboard.catalogue.outlines import Outline, signed_area
from dashboard.catalogue.periods import Period
from dashboard.cli.demo.boundaries import write_boundaries
from dashboard.cli.demo.workbooks import PARAMETERS_FILE
from dashboard.intake import Handover, receive
from dashboard.intake.forms.files import geojson
from dashboard.intake.forms.files.cells import FileRefused
from dashboard.intake.forms.files.geojson import read_features
from dashboard.intake.forms.files.thinning import MOST_VERTICES, thinned
from dashboard.intake.sheet_preview import preview
from dashboard.store.boundaries import read_outlines
from dashboard.store.opening import open_store
from dashboard.store.record import record, remove_samples
from dashboard.store.submissions import read_submissions
from dashboard.store.transaction import Decision
from dashboard.store.withdrawal import withdraw

CATALOGUE = read_catalogue()
AREAS = Areas(
    [
        Area("37", Text("某区", "Some District"), Level.DISTRICT),
        Area("3701", Text("甲街道", "Jia Subdistrict"), Level.STREET, "37", aliases=("老甲",)),
        Area("3702", Text("乙街道"), Level.STREET, "37"),
        Area("3703", Text("丙镇"), Level.STREET, "37"),
        Area("38", Text("他区"), Level.DISTRICT),
        Area("3801", Text("甲街道"), Level.STREET, "38"),
    ]
)


def ring(west=0.0, south=0.0, side=1.0):
    east, north = west + side, south + side
    return [[west, south], [east, south], [east, north], [west, north], [west, south]]


def feature(properties, rings=None, kind="Polygon"):
    rings = [ring()] if rings is None else rings
    geometry = {"type": kind, "coordinates": rings}
    return {"type": "Feature", "properties": properties, "geometry": geometry}


def collection(*features, **more):
    return json.dumps({"type": "FeatureCollection", "features": features, **more}).encode()


GOOD = collection(feature({"code": "3701"}), feature({"code": 3702}, [ring(1)]))


@pytest.fixture
def engine(tmp_path):
    engine = open_store(f"sqlite:///{tmp_path / 'store.sqlite'}")
    yield engine
    engine.dispose()


def hand_in(engine, content, name="boundaries.geojson", when=WHEN, **handover):
    store = handing_in(engine, CATALOGUE, AREAS)
    (receipt,) = receive(store, [(name, content)], Handover(by="李", **handover), when)
    return receipt


def errors(receipt):
    return [one for one in receipt.findings if one.severity == "error"]


# ---- kept ----


@pytest.mark.slow
def test_boundaries_are_kept_with_who_when_and_which_file(engine):
    receipt = hand_in(engine, GOOD)
    assert (receipt.form, receipt.area, receipt.outlines) == ("boundaries", "37", 2)
    (row,) = read_submissions(engine)
    assert (row.id, row.submitted_by, row.received, row.figures) == (receipt.id, "李", WHEN, 2)
    assert row.sha256 and row.period is None
    found = read_outlines(engine, ["3701", "3702", "3703"])
    assert set(found) == {"3701", "3702"}
    assert set(found["3701"].rings[0]) == set(map(tuple, ring()))
    (note,) = receipt.findings
    assert note.severity == "note" and "丙镇" in note.message.zh  # has none


@pytest.mark.slow
def test_a_later_file_supersedes_and_a_withdrawn_one_gives_way(engine):
    hand_in(engine, GOOD)
    later = hand_in(
        engine, collection(feature({"code": "3701"}, [ring(5)])), when=WHEN + timedelta(days=1)
    )
    assert read_outlines(engine, ["3701"])["3701"].rings[0][0][0] >= 5
    assert read_outlines(engine, ["3701"], WHEN)["3701"].rings[0][0][0] <= 1
    assert "3702" in read_outlines(engine, ["3702"])  # the other street's stays
    withdraw(engine, later.id, Decision("王", WHEN + timedelta(days=2), "mistake"))
    assert read_outlines(engine, ["3701"])["3701"].rings[0][0][0] <= 1
    assert len(read_submissions(engine)) == 2


@pytest.mark.slow
def test_sample_boundaries_go_with_the_samples(engine):
    hand_in(engine, GOOD, is_sample=True)
    assert remove_samples(engine) == 1
    assert read_outlines(engine, ["3701"]) == {}


@pytest.mark.parametrize("backend", BACKENDS)
def test_both_engines_keep_the_same_outlines(backend, tmp_path):
    outline = Outline((tuple(map(tuple, ring(116.123456, 36.5, 0.1))),))
    for store in fresh_store(backend, tmp_path):
        record(store, [arrival(outlines={"3701": outline})], WHEN)
        assert read_outlines(store, ["3701"]) == {"3701": outline}


@pytest.mark.slow
def test_a_name_counts_only_where_the_district_is_named_and_only_exactly(engine):
    by_name = collection(feature({"name": "甲街道"}))
    (asked,) = errors(hand_in(engine, by_name))
    assert "--area" in asked.message.en and asked.value == "甲街道"
    assert hand_in(engine, by_name, area="37").outlines == 1
    assert set(read_outlines(engine, ["3701", "3801"])) == {"3701"}
    assert hand_in(engine, collection(feature({"名称": "老甲"})), area="37").outlines == 1
    (refused,) = errors(hand_in(engine, collection(feature({"name": "甲"})), area="37"))
    assert "完全相同" in refused.message.zh


@pytest.mark.slow
def test_the_page_asks_for_the_district_that_only_a_person_knows(engine):
    store = handing_in(engine, CATALOGUE, AREAS)
    by_name = [("b.json", collection(feature({"街道名称": "乙街道"})))]
    (seen,) = preview(store, by_name, Handover(), WHEN)
    assert seen.asks == ("area",)
    (seen,) = preview(store, by_name, Handover(area="37"), WHEN)
    assert not seen.receipt.refused and not read_submissions(engine)


@pytest.mark.slow
def test_a_code_wins_over_a_name_and_may_stand_under_any_known_heading(engine):
    for heading in ("code", "adcode", "街道代码", "Code", "XZQDM"):
        receipt = hand_in(engine, collection(feature({heading: "3703", "name": "甲街道"})))
        assert receipt.outlines == 1, heading
        assert set(read_outlines(engine, ["3703"])) == {"3703"}


@pytest.mark.slow
def test_unknown_codes_refuse_the_whole_file_unless_they_are_to_be_left_out(engine):
    content = collection(feature({"code": "3701"}), feature({"code": "9999"}))
    (refused,) = errors(hand_in(engine, content))
    assert refused.value == "9999" and refused.message.zh.startswith("第2个要素：code")
    assert read_outlines(engine, ["3701"]) == {} and read_submissions(engine) == []
    assert hand_in(engine, content, skip_unknown=True).outlines == 1


def test_one_street_twice_is_refused(engine):
    content = collection(feature({"code": "3701"}), feature({"code": "3701"}, [ring(3)]))
    (refused,) = errors(hand_in(engine, content))
    assert "MultiPolygon" in refused.message.en and "feature 1" in refused.message.en


def test_all_faults_of_a_file_are_told_at_once(engine):
    content = collection(
        feature({"code": "1"}), feature({"code": "3701"}, [ring()[:-1]]), feature({"note": "?"})
    )
    assert len(errors(hand_in(engine, content))) == 3


# ---- refused ----

NESTED = b'{"type":"FeatureCollection","features":' + b"[" * 100_000 + b"]" * 100_000 + b"}"
WHOLE = {
    "not JSON": b'{"type": "FeatureCollection", ',
    "nested": NESTED,
    "twice": b'{"type":"FeatureCollection","features":[],"features":[{}]}',
    "NaN": b'{"type":"FeatureCollection","features":[NaN]}',
    "long number": b'{"type":"FeatureCollection","features":[' + b"9" * 5000 + b"]}",
    "a list": b"[1, 2]",
    "a single feature": json.dumps(feature({"code": "3701"})).encode(),
    "no features": collection(),
    "features are text": b'{"type":"FeatureCollection","features":"all"}',
    "projected by its own word": collection(
        feature({"code": "3701"}), crs={"type": "name", "properties": {"name": "EPSG:4547"}}
    ),
    "empty": b"",
    "binary": b"{\xff\xfe\x00\x01\xff",
}


@pytest.mark.slow
@pytest.mark.parametrize("content", WHOLE.values(), ids=WHOLE)
def test_what_is_no_collection_of_boundaries_is_refused_as_a_whole(content, engine):
    receipt = hand_in(engine, content)
    (refused,) = errors(receipt)
    assert refused.message.zh.startswith("boundaries.geojson") and refused.message.en
    assert read_submissions(engine) == []


def spoilt(at, value):
    points = ring()
    points[at] = value
    return [points]


FAULTS = {
    "latitude first": ([ring(36.5, 117.0)], "longitude first"),
    "metres": ([ring(500_000, 4_000_000, 1000)], "projected metres"),
    "1e308": (spoilt(1, [1e308, 0]), "projected metres"),
    "infinite": (spoilt(1, [float("1e999"), 0]), "number"),
    "text": (spoilt(1, ["1", "0"]), "[longitude, latitude]"),
    "true": (spoilt(1, [True, False]), "[longitude, latitude]"),
    "one number": (spoilt(1, [1]), "[longitude, latitude]"),
    "an object": (spoilt(1, {"x": 1}), "[longitude, latitude]"),
    "open": ([ring()[:-1]], "not closed"),
    "three points": ([ring()[:3]], "4 points"),
    "no area": ([[[0, 0], [1, 1], [2, 2], [0, 0]]], "no area"),
    "one point": ([[[1, 1]] * 5], "no area"),
    "no ring": ([], "without rings"),
    "text for a ring": (["ring"], "4 points"),
}


@pytest.mark.parametrize(("rings", "said"), FAULTS.values(), ids=FAULTS)
def test_a_fault_of_a_ring_names_the_feature_and_what_was_expected(rings, said):
    text = collection(feature({"code": "3702"}, [ring(7)]), feature({"code": "3701"}, rings))
    try:
        _, findings = read_features("b.geojson", text)
    except FileRefused as refusal:  # what JSON itself does not know
        findings = [refusal.finding]
        assert said == "number"
        return
    (found,) = findings
    assert said in found.message.en and found.message.en.startswith("feature 2: ")
    assert len(found.value) < 80


@pytest.mark.parametrize(
    "geometry",
    [
        None,
        3,
        {"type": "Point", "coordinates": [1, 2]},
        {"type": "MultiPolygon", "coordinates": [[]]},
        {"type": "Polygon", "coordinates": None},
        {},
    ],
)
def test_other_geometries_are_refused(geometry):
    one = {"type": "Feature", "properties": {"code": "3701"}, "geometry": geometry}
    features, findings = read_features("b.geojson", collection(one))
    assert features == [] and len(findings) == 1


def test_too_many_points_features_and_bytes_are_refused(monkeypatch):
    monkeypatch.setattr(geojson, "MOST_POINTS", 8)
    _, findings = read_features("b.geojson", GOOD)
    assert [one.message.en[:9] for one in findings] == ["feature 2"]
    monkeypatch.setattr(geojson, "MOST_FEATURES", 1)
    with pytest.raises(FileRefused):
        read_features("b.geojson", GOOD)
    monkeypatch.setattr(geojson, "MOST_BYTES", 10)
    with pytest.raises(FileRefused, match="larger"):
        read_features("b.geojson", GOOD)


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=4), inner),
    max_leaves=12,
)


@pytest.mark.slow
@settings(max_examples=300)
@given(JSON, JSON, st.sampled_from(["Polygon", "MultiPolygon"]))
def test_whatever_a_file_holds_it_is_read_or_refused_in_words(properties, rings, kind):
    one = {
        "type": "Feature",
        "properties": properties,
        "geometry": {"type": kind, "coordinates": rings},
    }
    try:
        features, findings = read_features("b.json", collection(one, feature({"code": "3701"})))
    except FileRefused as refusal:
        findings = [refusal.finding]
    else:
        assert len(features) + len(findings) == 2
    assert all(found.message.zh and found.message.en for found in findings)


@settings(max_examples=100)
@given(
    st.integers(3, 40), st.floats(-170, 170), st.floats(-80, 80), st.integers(0, 999), st.booleans()
)
def test_any_closed_ring_of_degrees_is_read_with_its_hole(corners, x, y, seed, clockwise):
    import math

    rng = random.Random(seed)

    def star(reach):
        turn = [2 * math.pi * at / corners for at in range(corners)]
        points = [
            [
                x + reach * rng.uniform(0.6, 1) * math.cos(t),
                y + reach * rng.uniform(0.6, 1) * math.sin(t),
            ]
            for t in turn
        ]
        points.append(points[0])
        return points[::-1] if clockwise else points

    (read,), findings = read_features("b.json", collection(feature({}, [star(5), star(1)])))
    assert findings == []
    assert [signed_area(one) > 0 for one in read.rings] == [True, False]


# ---- thinned ----


def jagged(start, end, count, rng):
    """A line of many points between two corners."""
    (x, y), (u, v) = start, end
    inner = [
        (x + (u - x) * at / count + rng.uniform(-1e-3, 1e-3), y + (v - y) * at / count)
        for at in range(1, count)
    ]
    return [start, *inner, end]


def test_neighbours_still_meet_after_thinning():
    rng = random.Random(1)
    shared = jagged((1.0, 0.0), (1.0, 1.0), 900, rng)
    left = [(0.0, 0.0), *shared, (0.0, 1.0), (0.0, 0.0)]
    right = [(2.0, 0.0), (2.0, 1.0), *shared[::-1], (2.0, 0.0)]
    thin = thinned({"a": Outline((tuple(left),)), "b": Outline((tuple(right),))})
    assert all(4 <= one.vertices <= MOST_VERTICES for one in thin.values())
    edges = [{frozenset(pair) for pair in pairwise(one.rings[0])} for one in thin.values()]
    common = edges[0] & edges[1]
    assert len(common) == len(edges[0]) - 3 == len(edges[1]) - 3
    areas = [signed_area(one.rings[0]) for one in thin.values()]
    assert sum(areas) == pytest.approx(2, abs=1e-9)  # no gap and no overlap
    assert signed_area(thin["a"].rings[0]) == pytest.approx(1, abs=0.01)


def test_an_island_and_the_hole_around_it_keep_the_same_points():
    import math

    circle = [
        (3 + math.cos(2 * math.pi * at / 2000), 3 + math.sin(2 * math.pi * at / 2000))
        for at in range(2000)
    ]
    circle.append(circle[0])
    around = tuple(map(tuple, ring(0, 0, 6)))
    inner = tuple(circle[700:-1] + circle[:701])  # begins elsewhere
    thin = thinned({"a": Outline((around, tuple(circle[::-1]))), "b": Outline((inner,))})
    assert set(thin["a"].rings[1]) == set(thin["b"].rings[0])
    assert 20 < thin["b"].vertices <= MOST_VERTICES


def test_a_small_part_goes_but_never_the_last():
    large, speck = tuple(map(tuple, ring(0, 0, 50))), tuple(map(tuple, ring(60, 0, 0.01)))
    thin = thinned({"a": Outline((large, speck)), "b": Outline((speck,))})
    assert len(thin["a"].rings) == 1
    assert len(thin["b"].rings) == 1


@pytest.mark.slow
def test_an_outline_that_crosses_itself_is_mended_and_said(engine):
    bow_tie = [[0, 0], [3, 3], [3, 0], [0, 2], [0, 0]]
    receipt = hand_in(engine, collection(feature({"code": "3701"}, [bow_tie])))
    assert not receipt.refused
    assert any("自相交" in one.message.zh for one in receipt.findings)
    rings = read_outlines(engine, ["3701"])["3701"].rings
    assert len(rings) == 2 and all(signed_area(one) > 0 for one in rings)


# ---- the demo's own, and the command ----


def test_the_demo_boundaries_are_marked_meet_and_lie_where_nobody_lives(tmp_path):
    known = tomllib.loads(PARAMETERS_FILE.read_text(encoding="utf-8"))
    path = write_boundaries(tmp_path, known, 2018)
    first = path.read_bytes()
    assert write_boundaries(tmp_path, known, 2018).read_bytes() == first
    assert write_boundaries(tmp_path, known, 7).read_bytes() != first
    features, findings = read_features(path.name, first)
    assert findings == [] and len(features) == len(known["streets"])
    edges: dict[frozenset, int] = {}
    for one in features:
        assert one.properties["demo"] is True and "演示" in one.properties["note"]
        assert all(0 <= x <= 0.6 and 0 <= y <= 0.5 for x, y in one.rings[0])
        for pair in pairwise(one.rings[0]):
            edges[frozenset(pair)] = edges.get(frozenset(pair), 0) + 1
    assert set(edges.values()) == {1, 2}
    assert sum(count == 2 for count in edges.values()) > 100


@pytest.mark.slow
def test_the_command_loads_boundaries_and_the_chart_draws_them(own_home, monkeypatch, capsys):
    from dashboard.base.settings import read_settings
    from dashboard.charts.model.selection import Selection
    from dashboard.services.front_desk import FrontDesk

    monkeypatch.setenv("DASHBOARD_HOME", str(own_home))
    desk = FrontDesk(read_settings())
    selection = Selection("370113", Period(2023, 12))
    assert desk.figures.chart("organisations/per_community_map", selection).map.forms == ("tiles",)
    file = own_home / "changqing.geojson"
    codes = [area.code for area in desk.areas().children("370113")]
    squares = [feature({"code": code}, [ring(116 + at, 36)]) for at, code in enumerate(codes)]
    file.write_bytes(collection(*squares))
    assert main(["load", str(file)]) == 0
    assert f"{len(codes)}" in capsys.readouterr().out
    drawn = desk.figures.chart("organisations/per_community_map", selection)
    assert drawn.map.form == "outlines" and len(drawn.map.shapes) == len(codes)
    file.write_bytes(collection(feature({"code": codes[0]}, [ring(36.5, 116.5)])))
    assert main(["load", str(file), "--lang", "en"]) == 1
    assert "longitude first" in capsys.readouterr().out
    desk.context.engine.dispose()
