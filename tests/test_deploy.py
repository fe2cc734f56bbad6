"""The files an office copies for its server: settings, paths and commands in them exist."""

import os
import re
import shutil
import subprocess
import sys

import pytest

from dashboard.__main__ import COMMANDS
from dashboard.base.settings import ROOT, read_settings

pytestmark = pytest.mark.slow
DEPLOY = ROOT / "deploy"
UNITS = ("dashboard.service", "dashboard-alive.service", "dashboard-alive.timer")
FILES = (*UNITS, "nginx.conf", "Dockerfile", "start.sh", "start.bat", "install.sh", "INSTALL.txt")
TABLE = """indicator,area,period,value,unit
marriages,370113,2025-06,120,对
divorces,370113,2025-06,60,对
"""
# Every disk but /tmp read-only, as in a container; figures, a page, a PDF.
READ_ONLY = f"""
set -eu
mount --make-rprivate /
mount --bind {ROOT} /mnt
mount -t tmpfs none /tmp
if [ ! -d {ROOT} ]; then  # the checkout lies below /tmp
    mkdir -p {ROOT}
    mount --bind /mnt {ROOT}
    mount -o remount,bind,ro {ROOT}
fi
awk '{{print $2}}' /proc/mounts | grep -vE '^/(tmp|proc|sys|dev)' | while read -r place; do
    mount -o remount,bind,ro "$place" 2>/dev/null || true
done
if touch {ROOT}/written 2>/dev/null; then rm {ROOT}/written; echo 'not read-only'; exit 77; fi
export HOME=/tmp DASHBOARD_HOME=/tmp/home PYTHONDONTWRITEBYTECODE=1 PYTHONUTF8=1
cat > /tmp/table.csv
python="{sys.executable} -m dashboard"
$python load /tmp/table.csv --basis year_to_date
$python export marriage --area 370113 --format pdf --out /tmp/a.pdf || echo no PDF
$python serve --port 8051 --workers 1 > /tmp/log 2>&1 &
server=$!
for _ in $(seq 120); do
    sleep 1
    if {sys.executable} - 2>/dev/null <<'END'
import urllib.request
for path in ('/healthz', '/plain/topic/marriage?area=370113'):
    with urllib.request.urlopen('http://127.0.0.1:8051' + path, timeout=60) as answer:
        print(path, answer.status, '120' in answer.read().decode())
END
    then break; fi
done
kill $server
wait $server || true
cat /tmp/log >&2
ls -l /tmp/a.pdf
"""


def text_of(name):
    return (DEPLOY / name).read_text(encoding="utf-8")


@pytest.mark.parametrize("name", FILES)
def test_every_setting_a_file_names_exists_and_its_value_is_taken(name):
    source = (ROOT / "dashboard" / "base" / "settings.py").read_text(encoding="utf-8")
    known = set(re.findall(r'"(DASHBOARD_[A-Z_]+)"', source))
    given = dict(re.findall(r"(DASHBOARD_[A-Z_]+)=(\S+)", text_of(name)))
    assert set(given) <= known
    read_settings(given)


@pytest.mark.parametrize("name", FILES)
def test_every_command_a_file_runs_exists(name):
    for command in re.findall(r"-m dashboard ([a-z]+)", text_of(name)):
        assert command in COMMANDS, command


def test_the_units_and_the_documents_name_the_same_places():
    unit, operations = text_of(UNITS[0]), (ROOT / "docs" / "operations.md").read_text("utf-8")
    home = re.search(r"DASHBOARD_HOME=(\S+)", unit)[1]
    backups = re.search(r"DASHBOARD_BACKUP_FOLDER=(\S+)", unit)[1]
    assert f"StateDirectory={home.removeprefix('/var/lib/')}" in unit
    assert f"ReadWritePaths={backups}" in unit
    assert home in operations and backups in operations
    assert all(f"deploy/{name}" in operations for name in (*UNITS, "nginx.conf", "Dockerfile"))
    seconds = int(re.search(r"TimeoutStopSec=(\d+)", unit)[1])
    from dashboard.cli.serve import LAST_SECONDS

    assert seconds > LAST_SECONDS


def test_the_web_server_leads_to_the_usual_port_and_takes_files_as_large_as_the_dashboard():
    settings, nginx = read_settings({}), text_of("nginx.conf")
    assert f"proxy_pass http://{settings.host}:{settings.port};" in nginx
    assert f"127.0.0.1:{settings.port}/livez" in text_of(UNITS[1])
    megabytes = int(re.search(r"client_max_body_size (\d+)m", nginx)[1])
    assert settings.upload_mb * 4 / 3 <= megabytes < settings.upload_mb * 2


@pytest.mark.skipif(not shutil.which("systemd-analyze"), reason="systemd is not installed")
def test_systemd_reads_the_units(tmp_path):
    for name in UNITS:
        text = text_of(name).replace("/opt/dashboard/.venv/bin/python", sys.executable)
        (tmp_path / name).write_text(text, encoding="utf-8")
    done = subprocess.run(
        ["systemd-analyze", "verify", "--man=no", *(tmp_path / name for name in UNITS)],
        capture_output=True,
        text=True,
        check=False,
    )
    said = [line for line in done.stderr.splitlines() if "dashboard" in line]
    assert not said, said


# ---- the container's file: it cannot be built in every place where tests run ----


def instructions():
    """Each instruction of the Dockerfile with what follows it, continued lines joined."""
    joined = re.sub(r"\\\n\s*", " ", text_of("Dockerfile"))
    lines = [line for line in joined.splitlines() if line and not line.startswith("#")]
    return [tuple(line.split(" ", 1)) for line in lines]


def test_what_the_image_copies_exists_and_is_not_left_out():
    taken = text_of("Dockerfile.dockerignore").splitlines()
    for word, rest in instructions():
        if word == "COPY" and not rest.startswith("--from"):
            for name in rest.split()[:-1]:
                assert list(ROOT.glob(name)), name
                assert f"!{name}" in taken, name


def test_what_the_program_reads_is_in_the_image():
    copied = " ".join(rest for word, rest in instructions() if word == "COPY")
    for name in ("app.py", "assets", "callbacks", "dashboard", "data", "pages", "docs/*.md"):
        assert name in copied.split(), name


def test_its_commands_are_sound_and_it_runs_without_rights():
    words = [word for word, _ in instructions()]
    known = "FROM WORKDIR COPY RUN ENV USER VOLUME EXPOSE STOPSIGNAL HEALTHCHECK ENTRYPOINT CMD"
    assert set(words) <= set(known.split()) and words.count("FROM") == 2
    for word, rest in instructions():
        if word == "RUN":
            subprocess.run(["sh", "-n", "-c", rest], check=True)
            for module in re.findall(r"-m (dashboard[.\w]+)", rest):
                assert (ROOT / f"{module.replace('.', '/')}.py").is_file()
    assert words.index("USER") < words.index("ENTRYPOINT")
    assert ("USER", "dashboard") in instructions()
    port = next(rest for word, rest in instructions() if word == "EXPOSE")
    assert int(port) == read_settings({}).port


@pytest.mark.skipif(not shutil.which("unshare"), reason="there is no unshare")
def test_it_serves_and_takes_figures_where_only_home_and_temporary_folder_can_be_written():
    done = subprocess.run(
        ["unshare", "-rmn", "sh", "-c", f"ip link set lo up 2>/dev/null || true\n{READ_ONLY}"],
        cwd=ROOT,
        input=TABLE,
        env={"PATH": os.environ["PATH"]},
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode == 77 or "Operation not permitted" in done.stderr:
        pytest.skip("this computer lets nobody make disks read-only")
    assert done.returncode == 0, done.stdout + done.stderr
    assert "/healthz 200" in done.stdout
    assert "/plain/topic/marriage?area=370113 200 True" in done.stdout
    assert "Traceback" not in done.stderr
