"""Loads the samples into a home folder, and keeps the result while what it was made from stays.

The kept copy lies in ``.cache/samples`` of the checkout, beside a list of everything it was made
from: the modules that a process loads while it loads the samples, the migrations, the shipped data,
the versions of the libraries. Where one of them differs, or on another day (what is stored says
when it was received), the samples are loaded anew. ``rm -r .cache`` does no harm.
"""

import json
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterable
from datetime import date
from hashlib import sha256
from pathlib import Path

from dashboard.base.settings import ROOT

CACHE = ROOT / ".cache" / "samples"
LIST = "made_from.json"
PROGRAM = """
import json, sys
from dashboard.__main__ import main
code = main(["samples", "--load"])
files = [getattr(module, "__file__", None) for module in list(sys.modules.values())]
print(json.dumps([file for file in files if file]))
sys.exit(code)
"""
# As in the tests themselves: nothing that a library warns of passes.
STRICT = ("-W", "error", "-W", "ignore::DeprecationWarning")


def bring_samples(home: Path, cache: Path = CACHE) -> None:
    """Fill a new home folder with the samples: a copy of the kept store, or loaded anew."""
    if _is_current(cache):
        try:
            shutil.copytree(cache / "home", home, dirs_exist_ok=True)
        except OSError:  # another run has just replaced it
            shutil.rmtree(home, ignore_errors=True)
        else:
            return
    home.mkdir(parents=True, exist_ok=True)
    _keep(home, load_samples(home), cache)


def load_samples(home: Path) -> list[Path]:
    """Load the samples in a process of its own; return the modules of the program it loaded."""
    environment = {
        name: value for name, value in os.environ.items() if not name.startswith("DASHBOARD_")
    }
    loading = subprocess.run(
        [sys.executable, *STRICT, "-c", PROGRAM],
        cwd=ROOT,
        env=environment | {"DASHBOARD_HOME": str(home), "PYTHONUTF8": "1"},
        capture_output=True,
        text=True,
        encoding="utf-8",
    )
    assert loading.returncode == 0, loading.stdout + loading.stderr
    paths = [Path(file) for file in json.loads(loading.stdout.splitlines()[-1])]
    return [path for path in paths if path.is_relative_to(ROOT / "dashboard")]


def made_from(modules: Iterable[Path]) -> dict[str, str]:
    """Every file on which the loaded store depends, by its path from the root, with its hash."""
    data = [path for path in (ROOT / "data").rglob("*") if path.is_file()]
    migrations = (ROOT / "dashboard" / "store" / "migrations").rglob("*.py")
    paths = {*modules, *data, *migrations, ROOT / "requirements.txt", Path(__file__)}
    return {
        str(path.relative_to(ROOT)): sha256(path.read_bytes()).hexdigest() for path in sorted(paths)
    }


def _today() -> dict[str, str]:
    return {"day": date.today().isoformat(), "python": sys.version}


def _is_current(cache: Path) -> bool:
    """Whether the kept store is what the files of now would give today."""
    try:
        kept = json.loads((cache / LIST).read_text(encoding="utf-8"))
        modules = [ROOT / name for name in kept["modules"]]
        return kept["when"] == _today() and kept["files"] == made_from(modules)
    except (OSError, ValueError, KeyError):
        return False


def _keep(home: Path, modules: list[Path], cache: Path) -> None:
    """Put a copy in the place of the kept one; a run that copies the old one meanwhile loads."""
    listed = {
        "when": _today(),
        "modules": [str(path.relative_to(ROOT)) for path in modules],
        "files": made_from(modules),
    }
    cache.parent.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory(dir=cache.parent) as folder:
        new, old = Path(folder, "new"), Path(folder, "old")
        shutil.copytree(home, new / "home")
        (new / LIST).write_text(json.dumps(listed), encoding="utf-8")
        if cache.exists():
            cache.rename(old)
        new.rename(cache)
