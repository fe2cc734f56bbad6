"""Style sheets and scripts: served in the order in which they depend on each other."""

import re

from dashboard.base.settings import ROOT


def served(app, ending):
    """The own files of a page with this ending, in the order in which the browser loads them."""
    text = app.server.test_client().get("/help").get_data(as_text=True)
    found = re.findall(rf"/assets/([\w/-]+\.{ending})", text)
    return [name for name in found if not name.startswith("plain/")]


def test_style_sheets_come_from_the_general_to_the_particular_and_print_comes_last(app):
    names = served(app, "css")
    assert names == sorted(names)
    assert names[:2] == ["10-base/base.css", "10-base/tokens.css"]
    assert names[-1] == "90-print/print.css"


def test_every_script_is_loaded_once_the_theme_first_and_what_others_use_before_them(app):
    names = served(app, "js")
    own = {str(file.relative_to(ROOT / "assets")) for file in (ROOT / "assets").rglob("*.js")}
    assert sorted(names) == sorted(own - {"plain/browser.js"})
    assert names[0] == "10-base/theme.js"
    for user in ("40-tables/tables.js", "50-targets/plans.js"):
        assert names.index("10-base/given.js") < names.index(user)


def test_files_lie_in_folders_whose_numbers_do_not_collide():
    folders = [one.name for one in (ROOT / "assets").iterdir() if one.is_dir()]
    numbers = [name[:2] for name in folders if name != "plain"]
    assert len(set(numbers)) == len(numbers)
    assert not [one for one in (ROOT / "assets").iterdir() if one.suffix in (".css", ".js")]
