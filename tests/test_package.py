"""The archive for computers without a connection holds all it needs, and serves with nothing else.

`make package TRY=1` installs it in a network namespace that reaches nothing, and asks it.
"""

import hashlib
import os
import re
import runpy
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from dashboard.base.settings import ROOT
from dashboard.base.vendor_assets import WANTED

pytestmark = pytest.mark.slow
PACKAGE = os.environ.get("PACKAGE", "")
PORT = 8050
# Inside the namespace: only the computer's own interface, and no name service.
TRIAL = f"""
set -eu
ip link set lo up 2>/dev/null || true
! timeout 5 {sys.executable} -c "import socket as s; s.create_connection(('1.1.1.1', 53))" 2>&-
sh install.sh {sys.executable}
.venv/bin/python -m dashboard samples --load
sh start.sh --port {PORT} --workers 1 > log 2>&1 &
server=$!
for _ in $(seq 120); do
    sleep 1
    if .venv/bin/python - <<'END'
import urllib.request
for path in ('/healthz', '/?area=990101', '/plain/topic/marriage?area=990101'):
    with urllib.request.urlopen('http://127.0.0.1:{PORT}' + path, timeout=60) as answer:
        print(path, answer.status, len(answer.read()))
END
    then kill $server; wait $server || true; exit 0; fi 2>/dev/null
done
cat log; kill $server; exit 1
"""


@pytest.fixture(scope="module")
def written():
    """The module that writes packages."""
    return runpy.run_path(str(ROOT / "deploy" / "package.py"))


@pytest.fixture(scope="module")
def contents(written, tmp_path_factory):
    """What an archive holds, by name; one file stands for all wheels."""
    out = tmp_path_factory.mktemp("package")
    write = written["write_package"]
    with pytest.MonkeyPatch.context() as patch:
        patch.setitem(
            write.__globals__,
            "_pip_download",
            lambda folder, *_options: (folder / "pip-1-py3-none-any.whl").write_bytes(b"wheel"),
        )
        archive = write(out, ["linux-x86_64", "windows-amd64"], ["3.11"])
    with zipfile.ZipFile(archive) as opened:
        assert opened.testzip() is None
        found = {one.filename: (opened.read(one), one) for one in opened.infolist()}
    tops = {name.partition("/")[0] for name in found}
    assert len(tops) == 1
    digest = hashlib.sha256(archive.read_bytes()).hexdigest()
    assert archive.with_suffix(".zip.sha256").read_text().startswith(digest)
    return {name.partition("/")[2]: value for name, value in found.items()}


def test_it_holds_program_migrations_front_end_scripts_and_papers(contents):
    migrations = (ROOT / "dashboard/store/migrations/versions").glob("*.py")
    wanted = {file.relative_to(ROOT).as_posix() for file in migrations}
    wanted |= {f"node_modules/{one.package}/{one.file}" for one in WANTED}
    wanted |= {"app.py", "dashboard/__main__.py", "requirements.txt", "data/words.csv", "LICENSE"}
    wanted |= {"install.sh", "start.sh", "install.bat", "start.bat", "INSTALL.txt", "SHA256SUMS"}
    wanted |= {"README.md", "README.zh-CN.md", "docs/operations.md", "assets/20-shell/address.js"}
    assert wanted <= set(contents)
    assert any(re.fullmatch(r"node_modules/\.dashboard/.*\.br", name) for name in contents)


def test_it_holds_nothing_of_ones_own_and_no_tests(contents):
    folders = {name.split("/")[0] for name in contents}
    assert not folders & {"tests", "benchmarks", ".git", ".venv", "var", "build", ".ci"}
    assert not [name for name in contents if name.endswith((".sqlite", ".key", ".pyc"))]


def test_every_file_has_its_digest(contents):
    lines = contents["SHA256SUMS"][0].decode().splitlines()
    digests = {name: digest for digest, name in (line.split("  ", 1) for line in lines)}
    assert set(digests) == set(contents) - {"SHA256SUMS"}
    for name, digest in digests.items():
        assert hashlib.sha256(contents[name][0]).hexdigest() == digest, name


def test_scripts_can_be_run_where_they_are_meant_to(contents):
    assert b"\r\n" in contents["start.bat"][0] and b"\r" not in contents["start.sh"][0]
    assert contents["install.sh"][1].external_attr >> 16 & 0o111
    for script in ("install.sh", "start.sh"):
        subprocess.run(["sh", "-n", ROOT / "deploy" / script], check=True)


def test_the_papers_say_in_both_languages_what_is_to_be_installed(contents):
    text = contents["INSTALL.txt"][0].decode()
    for word in ("Python 3.11", "fonts-noto-cjk", "chromium", "联网", "connection", "SHA256SUMS"):
        assert word in text, word


@pytest.mark.parametrize("platform", ["linux-x86_64", "linux-aarch64", "windows-amd64"])
def test_each_platform_gets_the_locked_packages_that_hold_there(written, platform):
    lock = written["locked_packages"](platform, "3.11")
    names = re.findall(r"(?m)^([a-z0-9-]+)==", lock)
    assert len(names) == len(set(names)) and {"dash", "pandas", "numpy", "waitress"} <= set(names)
    assert ("granian" in names) is platform.startswith("linux")
    assert ";" not in lock
    assert all(" --hash=" in entry for entry in re.split(r"(?m)^(?=[a-z])", lock) if entry)
    assert "numpy==2.4" in lock and "numpy==2.4" not in written["locked_packages"](platform, "3.13")


@pytest.mark.skipif(not PACKAGE, reason="PACKAGE names no archive")
@pytest.mark.skipif(not shutil.which("unshare"), reason="there is no unshare")
def test_it_installs_and_serves_where_nothing_can_be_reached(tmp_path):
    with zipfile.ZipFile(PACKAGE) as opened:
        opened.extractall(tmp_path)
    (top,) = Path(tmp_path).iterdir()
    environment = {"PATH": os.environ["PATH"], "HOME": str(tmp_path)}
    done = subprocess.run(
        ["unshare", "-rn", "sh", "-c", TRIAL],
        cwd=top,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )
    print(done.stdout, done.stderr)
    assert done.returncode == 0, done.stdout + done.stderr
    assert "/healthz 200" in done.stdout
