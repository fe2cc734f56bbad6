"""Style sheets and scripts: served in the order in which they depend on each other."""

import gzip
import re

import brotli

from dashboard.base.own_assets import FIRST, HEAD, SCRIPTS, STYLES, own_bundles, own_files
from dashboard.base.settings import ROOT

ASSETS = ROOT / "assets"


def test_style_sheets_come_from_the_general_to_the_particular_and_print_comes_last():
    names = own_files("css")
    assert names == sorted(names)
    assert names[:2] == ["10-base/base.css", "10-base/tokens.css"]
    assert names[-1] == "90-print/print.css"


def test_every_script_is_loaded_once_the_theme_first_and_what_others_use_before_them():
    names = [*FIRST, *own_files("js")]
    assert sorted(names) == sorted(f.relative_to(ASSETS).as_posix() for f in ASSETS.rglob("*.js"))
    assert FIRST[-1] == "10-base/theme.js"
    for user in ("40-tables/tables.js", "50-targets/plans.js"):
        assert names.index("10-base/given.js") < names.index(user)


def code_of(file):
    """What a file says to the browser: all but its comments."""
    text = file.read_text(encoding="utf-8").strip()
    if file.suffix == ".css":
        return re.sub(r"/\*.*?\*/\n?", "", text, flags=re.DOTALL).strip()
    lines = text.split("\n")
    return "\n".join(line for line in lines if not line.lstrip().startswith("//")).strip()


def test_a_bundle_holds_the_code_of_its_files_in_order():
    files = own_bundles()
    for name, parts in ((HEAD, FIRST), (SCRIPTS, own_files("js")), (STYLES, own_files("css"))):
        text = files[name].bodies[""].decode()
        places = [text.index(code_of(ASSETS / part)) for part in parts]
        assert places == sorted(places)
        assert brotli.decompress(files[name].bodies["br"]) == files[name].bodies[""]
        assert gzip.decompress(files[name].bodies["gzip"]) == files[name].bodies[""]


def test_the_address_of_a_bundle_follows_its_content(tmp_path):
    for folder in ("plain", "10-base"):
        (tmp_path / folder).mkdir()
    for name in (*FIRST, "10-base/x.css", "10-base/x.js"):
        (tmp_path / name).write_text("a", encoding="utf-8")
    before = own_bundles(tmp_path)[STYLES].address
    own_bundles.cache_clear()
    (tmp_path / "10-base" / "x.css").write_text("b", encoding="utf-8")
    assert own_bundles(tmp_path)[STYLES].address != before
    own_bundles.cache_clear()


def test_files_lie_in_folders_whose_numbers_do_not_collide():
    folders = [one.name for one in (ROOT / "assets").iterdir() if one.is_dir()]
    numbers = [name[:2] for name in folders if name != "plain"]
    assert len(set(numbers)) == len(numbers)
    assert not [one for one in (ROOT / "assets").iterdir() if one.suffix in (".css", ".js")]
