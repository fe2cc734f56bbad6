"""Serves Dash's own scripts as one file, from where its later parts are looked for.

``python -m dashboard.web.dash_bundle`` compresses it once; without that step it is compressed less
well when the server starts.
"""

from __future__ import annotations

import gzip
import hashlib
import pkgutil
import re
from pathlib import Path

import brotli
from dash import Dash
from dash.fingerprint import check_fingerprint
from flask import Flask, Response, abort

from dashboard.base.vendor_assets import COMPRESSED, NODE_MODULES, Served, immutable

FOLDER = "_dash-component-suites/dash/dcc"  # the component that loads charts and lists looks there
NAME = "dash_renderer.js"  # Dash looks for this name in a page
LEFT_OUT = ("dash/deps/polyfill@", "dash/dash_table/")  # for older browsers; on no page of ours
_TAG = re.compile(r'<script src="/_dash-component-suites/([^/"]+)/([^"?]+)[^"]*"></script>\n?')
_QUALITY, _BEST = 9, 11


class DashBundle:
    """The scripts that Dash names in a page, as one file."""

    def __init__(self, tags: str, folder: Path = NODE_MODULES) -> None:
        """Read the scripts of these tags; those of other origin stay as they are."""
        self._folder = folder
        places = [(match[1], check_fingerprint(match[2])[0]) for match in _TAG.finditer(tags)]
        kept = [place for place in places if not "/".join(place).startswith(LEFT_OUT)]
        scripts = [(pkgutil.get_data(*place) or b"").strip() for place in kept]
        self._plain = b";\n".join(scripts)
        self._version = hashlib.sha256(self._plain).hexdigest()[:12]

    @property
    def address(self) -> str:
        """Where the file is served, from the site's root."""
        return f"/{FOLDER}/{self._version}.{NAME}"

    def tags(self, tags: str) -> str:
        """The tags of a page, one in the place of those of Dash's scripts."""
        return f'<script src="{self.address}"></script>\n' + _TAG.sub("", tags)

    def file(self) -> Served:
        """The file with what was prepared of it."""
        brotli_file = self._prepared()
        packed = (
            brotli_file.read_bytes()
            if brotli_file.is_file()
            else brotli.compress(self._plain, quality=_QUALITY)
        )
        bodies = {"": self._plain, "br": packed, "gzip": gzip.compress(self._plain, mtime=0)}
        return Served(NAME, self._version, ("zh", "en"), bodies)

    def prepare(self) -> None:
        """Compress it as well as possible, once for all servers."""
        file = self._prepared()
        if file.is_file():
            return
        file.parent.mkdir(parents=True, exist_ok=True)
        half = file.with_suffix(".part")
        half.write_bytes(brotli.compress(self._plain, quality=_BEST))
        half.replace(file)

    def add_to(self, server: Flask) -> None:
        """Serve the file under its address."""
        file = self.file()

        def serve(version: str) -> Response:
            if version != self._version:
                abort(404)
            return immutable(file)

        server.add_url_rule(f"/{FOLDER}/<version>.{NAME}", "dash_bundle", serve)

    def _prepared(self) -> Path:
        return self._folder / COMPRESSED / self._version / f"{NAME}.br"


def bundle_of(app: Dash) -> DashBundle:
    """The bundle of the scripts an app names."""
    return DashBundle(app._generate_scripts_html())


if __name__ == "__main__":
    import dash_bootstrap_components  # noqa: F401 - registers its scripts

    bundle_of(Dash("dash_bundle")).prepare()
