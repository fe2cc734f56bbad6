"""Writes one archive from which the dashboard is installed on a computer without a connection.

``make package`` runs it: the program, the Python packages as wheels for Linux and Windows, the
front-end files, scripts that install and start, and the SHA-256 of every file.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import re
import shutil
import stat
import subprocess
import sys
import tempfile
import zipfile
from collections.abc import Iterator
from pathlib import Path

from packaging.markers import Marker

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from dashboard.base.vendor_assets import COMPRESSED, NODE_MODULES, WANTED  # noqa: E402

NAME = "civil-affairs-dashboard"
SUMS = "SHA256SUMS"
LEFT_OUT = ("tests/", ".ci/", "benchmarks/", "requirements-test.txt")  # of what git knows
SCRIPTS = ("install.sh", "start.sh", "install.bat", "start.bat", "INSTALL.txt")
GLIBC = (17, 24, 27, 28)  # the oldest versions of which wheels are taken: Debian 10, Kylin V10
PLATFORMS = {
    "linux-x86_64": [f"manylinux_2_{n}_x86_64" for n in GLIBC] + ["manylinux2014_x86_64"],
    "linux-aarch64": [f"manylinux_2_{n}_aarch64" for n in GLIBC] + ["manylinux2014_aarch64"],
    "windows-amd64": ["win_amd64"],
}
USUAL = ("linux-x86_64", "windows-amd64")


def version() -> str:
    """The program's version."""
    return str(json.loads((ROOT / "package.json").read_text(encoding="utf-8"))["version"])


def program_files() -> Iterator[str]:
    """What git knows of the program, without its tests."""
    listed = subprocess.run(
        ["git", "ls-files", "-z"], cwd=ROOT, check=True, capture_output=True, text=True
    )
    for name in listed.stdout.split("\0"):
        if name and not name.startswith(LEFT_OUT) and (ROOT / name).is_file():
            yield name


def front_end_files() -> Iterator[str]:
    """The files of npm packages that are served, their licences, and what was compressed."""
    for wanted in WANTED:
        package = NODE_MODULES / wanted.package
        yield f"node_modules/{wanted.package}/package.json"
        yield f"node_modules/{wanted.package}/{wanted.file}"
        for licence in sorted(package.glob("LICENSE*")):
            yield f"node_modules/{wanted.package}/{licence.name}"
    for file in sorted((NODE_MODULES / COMPRESSED).rglob("*")):
        if file.is_file() and file.suffix != ".part":
            yield f"node_modules/{file.relative_to(NODE_MODULES).as_posix()}"


def locked_packages(platform: str, python: str) -> str:
    """The lines of the lock file that hold on a platform, with their hashes."""
    system, _, machine = platform.partition("-")
    environment = {
        "sys_platform": "win32" if system == "windows" else "linux",
        "platform_system": system.capitalize(),
        "os_name": "nt" if system == "windows" else "posix",
        "platform_machine": machine.upper() if system == "windows" else machine,
        "python_version": python,
        "python_full_version": f"{python}.9",
        "implementation_name": "cpython",
        "platform_python_implementation": "CPython",
    }
    text = (ROOT / "requirements.txt").read_text(encoding="utf-8")
    kept = []
    for entry in re.findall(r"(?m)^[^\s#][^\n]*(?:\n +--hash[^\n]*)*", text):
        head = entry.partition("\\")[0]
        marker = head.partition(";")[2].strip()
        if not marker or Marker(marker).evaluate(environment):
            kept.append(re.sub(r" *;[^\\\n]*", " ", entry, count=1))
    return "\n".join(kept) + "\n"


def fetch_wheels(folder: Path, platform: str, python: str) -> None:
    """Download the locked wheels of a platform into a folder, checked against their hashes."""
    with tempfile.NamedTemporaryFile("w", suffix=".txt", encoding="utf-8") as lock:
        lock.write(locked_packages(platform, python))
        lock.flush()
        tags = [part for tag in PLATFORMS[platform] for part in ("--platform", tag)]
        kind = ["--python-version", python, "--implementation", "cp"]
        fixed = ["--no-deps", "--only-binary=:all:", "--require-hashes", "-r", lock.name]
        _pip_download(folder, *tags, *kind, *fixed)


def fetch_pip(folder: Path) -> None:
    """Download pip itself: Debian's Python comes without it."""
    _pip_download(folder, "--no-deps", "--only-binary=:all:", "pip")


def _pip_download(folder: Path, *options: str) -> None:
    command = [sys.executable, "-m", "pip", "--disable-pip-version-check", "download", "--quiet"]
    subprocess.run([*command, "--dest", str(folder), *options], check=True)


def write_package(out: Path, platforms: list[str], pythons: list[str]) -> Path:
    """Write the archive into the folder ``out``; returns its place."""
    top = f"{NAME}-{version()}"
    archive, wheels = out / f"{top}.zip", out / "wheels"
    shutil.rmtree(wheels, ignore_errors=True)
    wheels.mkdir(parents=True)
    fetch_pip(wheels)
    for platform in platforms:
        for python in pythons:
            print(f"wheels for {platform}, Python {python}", flush=True)
            fetch_wheels(wheels, platform, python)
    contents = {name: ROOT / name for name in (*program_files(), *front_end_files())}
    contents |= {name: ROOT / "deploy" / name for name in SCRIPTS}
    contents |= {f"wheels/{file.name}": file for file in sorted(wheels.iterdir())}
    part = archive.with_suffix(".part")
    with zipfile.ZipFile(part, "w", zipfile.ZIP_DEFLATED) as opened:
        sums = [f"{_add(opened, top, name, file)}  {name}\n" for name, file in contents.items()]
        opened.writestr(f"{top}/{SUMS}", "".join(sums))
    part.replace(archive)
    digest = hashlib.sha256(archive.read_bytes()).hexdigest()
    archive.with_suffix(".zip.sha256").write_text(f"{digest}  {archive.name}\n")
    return archive


def _add(archive: zipfile.ZipFile, top: str, name: str, file: Path) -> str:
    """Add a file, which keeps whether it can be run; returns its digest."""
    content = file.read_bytes()
    if name.endswith(".bat"):
        content = content.replace(b"\r\n", b"\n").replace(b"\n", b"\r\n")
    about = zipfile.ZipInfo.from_file(file, f"{top}/{name}", strict_timestamps=False)
    about.compress_type = zipfile.ZIP_STORED if name.endswith(".whl") else zipfile.ZIP_DEFLATED
    mode = 0o755 if file.stat().st_mode & stat.S_IXUSR else 0o644
    about.external_attr = (stat.S_IFREG | mode) << 16
    archive.writestr(about, content)
    return hashlib.sha256(content).hexdigest()


def main() -> None:
    """Write the package as the command line asks."""
    reader = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    reader.add_argument("--out", type=Path, default=ROOT / "build")
    own = f"{sys.version_info.major}.{sys.version_info.minor}"
    reader.add_argument("--python", default=own, help="versions by comma: 3.11,3.12")
    reader.add_argument("--platform", default=",".join(USUAL), help=f"of {', '.join(PLATFORMS)}")
    asked = reader.parse_args()
    platforms, pythons = asked.platform.split(","), asked.python.split(",")
    if unknown := set(platforms) - set(PLATFORMS):
        reader.error(f"{', '.join(unknown)}: expected {', '.join(PLATFORMS)}")
    asked.out.mkdir(parents=True, exist_ok=True)
    archive = write_package(asked.out.resolve(), platforms, pythons)
    print(f"{archive} ({archive.stat().st_size / 1024 / 1024:,.0f} MB)")


if __name__ == "__main__":
    main()
