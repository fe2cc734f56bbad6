"""Front-end packages: right version, small on the wire, kept by the browser, runnable as served."""

import gzip
import json
import re
import shutil

import brotli
import pytest
from flask import Flask
from plotly.offline import get_plotlyjs_version

from dashboard.base.settings import ROOT
from dashboard.base.vendor_assets import (
    NODE_MODULES,
    PackagesMissing,
    add_vendor,
    compress,
    package_version,
    read_vendor,
    vendor_tags,
    wrap_locale,
)

SOURCES = ("bootstrap", "plotly.js-cartesian-dist-min", "plotly.js-locales")


@pytest.fixture(scope="module")
def packages(tmp_path_factory):
    """A copy of the installed packages, compressed."""
    folder = tmp_path_factory.mktemp("packages")
    for package in SOURCES:
        (folder / package).mkdir()
        shutil.copy(NODE_MODULES / package / "package.json", folder / package)
    (folder / "bootstrap" / "dist" / "css").mkdir(parents=True)
    shutil.copy(
        NODE_MODULES / "bootstrap" / "dist" / "css" / "bootstrap.min.css",
        folder / "bootstrap" / "dist" / "css",
    )
    # a short stand-in body keeps brotli quick; the real bundle is loaded in tests/browser
    (folder / SOURCES[1] / "plotly-cartesian.min.js").write_text("window.Plotly = {};\n" * 500)
    shutil.copy(NODE_MODULES / SOURCES[2] / "zh-cn.js", folder / SOURCES[2])
    assert compress(folder) == 6
    return folder


@pytest.fixture
def client(packages):
    server = Flask("vendor")
    add_vendor(server, packages)
    return server.test_client()


def test_the_bundle_is_the_plotly_js_that_the_python_package_was_made_for():
    assert package_version("plotly.js-cartesian-dist-min") == get_plotlyjs_version()


def test_installed_packages_are_those_of_the_lock_file():
    lock = json.loads((ROOT / "package-lock.json").read_text(encoding="utf-8"))["packages"]
    for package in SOURCES:
        assert package_version(package) == lock[f"node_modules/{package}"]["version"]


def test_the_lock_file_has_hashes_and_no_registry_addresses():
    lock = json.loads((ROOT / "package-lock.json").read_text(encoding="utf-8"))["packages"]
    for name, package in lock.items():
        assert "resolved" not in package, name
        assert not name or package["integrity"].startswith("sha512-"), name


def test_requirements_have_hashes_and_no_machine_addresses():
    for file in sorted(ROOT.glob("requirements*.txt")):
        text = file.read_text(encoding="utf-8")
        assert not re.search(r"https?://|file:|--(extra-)?index-url|--find-links", text), file.name
        for pinned in re.findall(r"(?m)^[a-z][\w.-]*==.*(?:\n    .*)*", text):
            assert "--hash=sha256:" in pinned, f"{file.name}: {pinned.splitlines()[0]}"


@pytest.mark.parametrize(
    ("accepts", "encoding", "unpack"),
    [
        ("gzip, deflate, br", "br", brotli.decompress),
        ("gzip", "gzip", gzip.decompress),
        ("br;q=0, gzip", "gzip", gzip.decompress),
        ("", None, bytes),
    ],
)
def test_a_browser_gets_the_best_encoding_it_accepts(client, packages, accepts, encoding, unpack):
    file = read_vendor(packages)["bootstrap.min.css"]
    answer = client.get(f"/{file.address}", headers={"Accept-Encoding": accepts})
    assert answer.status_code == 200
    assert answer.headers.get("Content-Encoding") == encoding
    assert answer.headers["Vary"] == "Accept-Encoding"
    assert unpack(answer.data) == file.bodies[""]
    assert int(answer.headers["Content-Length"]) == len(answer.data)


def test_files_are_kept_for_good_and_typed(client, packages):
    for name, kind in (
        ("bootstrap.min.css", "text/css"),
        ("plotly-cartesian.min.js", "text/javascript"),
        ("plotly-locale-zh-cn.js", "text/javascript"),
    ):
        answer = client.get(f"/{read_vendor(packages)[name].address}")
        assert answer.headers["Cache-Control"] == "public, max-age=31536000, immutable"
        assert answer.headers["Content-Type"] == f"{kind}; charset=utf-8"


def test_a_known_etag_answers_not_modified_without_a_body(client, packages):
    address = f"/{read_vendor(packages)['bootstrap.min.css'].address}"
    first = client.get(address, headers={"Accept-Encoding": "br"})
    again = client.get(
        address, headers={"Accept-Encoding": "br", "If-None-Match": first.headers["ETag"]}
    )
    plain = client.get(address, headers={"If-None-Match": first.headers["ETag"]})
    assert (again.status_code, again.data) == (304, b"")
    assert plain.status_code == 200, "the plain file is another representation"


@pytest.mark.parametrize(
    "path", ["0.0.1-abc/bootstrap.min.css", "5.3.9/../../package.json", "x/bootstrap.css"]
)
def test_anything_else_below_vendor_is_not_found(client, path):
    assert client.get(f"/vendor/{path}").status_code == 404


def test_uncompressed_packages_are_served_all_the_same(packages, tmp_path):
    for package in SOURCES:
        shutil.copytree(packages / package, tmp_path / package)
    server = Flask("plain")
    add_vendor(server, tmp_path)
    address = read_vendor(tmp_path)["bootstrap.min.css"].address
    answer = server.test_client().get(f"/{address}", headers={"Accept-Encoding": "br"})
    assert answer.status_code == 200
    assert "Content-Encoding" not in answer.headers


def test_changed_content_has_another_address_and_needs_compressing_again(packages, tmp_path):
    for package in SOURCES:
        shutil.copytree(packages / package, tmp_path / package)
    before = read_vendor(tmp_path)["plotly-locale-zh-cn.js"]
    with (tmp_path / "plotly.js-locales" / "zh-cn.js").open("a", encoding="utf-8") as handle:
        handle.write("\n// changed\n")
    assert read_vendor(tmp_path)["plotly-locale-zh-cn.js"].version != before.version
    assert compress(tmp_path) == 6
    assert compress(tmp_path) == 0


def test_missing_packages_say_which_and_what_to_run(tmp_path):
    with pytest.raises(PackagesMissing, match=r"bootstrap is not installed. Run: npm ci"):
        vendor_tags("zh", tmp_path)


def test_the_locale_stands_after_plotly_and_only_on_chinese_pages():
    chinese, english = vendor_tags("zh"), vendor_tags("en", prefix="/minzheng/")
    assert chinese.index("plotly-cartesian.min.js") < chinese.index("plotly-locale-zh-cn.js")
    assert "locale" not in english
    assert all(part.startswith("/minzheng/vendor/") for part in re.findall('="(/[^"]+)"', english))


def test_the_locale_is_no_longer_commonjs_for_the_browser():
    wrapped = wrap_locale("'use strict';\nmodule.exports = {name: 'zh-CN'};")
    assert wrapped.startswith("(function () {")
    assert wrapped.index("var module") < wrapped.index("module.exports = {name")
    assert "window.Plotly.register(module.exports)" in wrapped
