"""Reads the settings from the environment once, and refuses what makes no sense.

Every setting is documented in ``docs/operations.md``; a test fails when one is not.
"""

from __future__ import annotations

import os
import re
from collections.abc import Mapping
from dataclasses import dataclass
from ipaddress import ip_address
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).resolve().parent.parent.parent
CHROMIUM = "DASHBOARD_CHROMIUM"  # read where something is printed: nothing else needs it


SHORTEST_SECRET = 32  # characters
LOOPBACK = ("localhost", "127.0.0.1", "::1")
EVERYWHERE = ("0.0.0.0", "::")  # to listen in all networks that the computer is in
_HOST_NAME = re.compile(r"[a-z0-9_-]+(\.[a-z0-9_-]+)*|[0-9a-f:]*:[0-9a-f:.]*")

_TIME_OF_DAY = re.compile(r"([01][0-9]|2[0-3]):[0-5][0-9]")
# Each part begins with a letter or digit, so that none is "." or "..", and none is empty.
_SUB_PATH = re.compile(r"(/[A-Za-z0-9][A-Za-z0-9._~-]*)+")
_LONGEST_SUB_PATH = 200
LONGEST_MARKING = 40
_HEADER_NAME = re.compile(r"[A-Za-z][A-Za-z0-9-]{1,60}")
_OF_PROVIDER = (
    "DASHBOARD_OIDC_ISSUER",
    "DASHBOARD_OIDC_CLIENT",
    "DASHBOARD_OIDC_SECRET",
    "DASHBOARD_OIDC_CLAIM",
)
# Unencrypted on this computer alone.
_ISSUER = re.compile(r"(https://[^\s?#@]+|http://(localhost|127\.0\.0\.1)(:\d{1,5})?(/[^\s?#]*)?)")
_SITE = re.compile(r"https://[a-z0-9_-]+(\.[a-z0-9_-]+)*(:\d{1,5})?")


class IdentityProvider(NamedTuple):
    """Who signs people in besides the dashboard (OpenID Connect), and how we are known there.

    ``issuer`` has no slash at its end, whichever way the provider writes it; ``claim`` is what of
    its token names the user.
    """

    issuer: str
    client: str
    secret: str
    claim: str = "preferred_username"


class SettingsError(ValueError):
    """A setting that cannot be used; the message names it and what was expected."""


@dataclass(frozen=True, slots=True)
class Settings:
    """All settings. Sizes are in MiB, times in seconds; paths are absolute."""

    home: Path
    database_url: str
    host: str
    port: int
    bureau: str
    start_area: str
    upload_mb: int
    cache_seconds: int
    threads: int
    due_day: int = 10  # days after a period's end until which a form is in time
    pace_ahead: int = 5  # percentage points
    pace_behind: int = 5
    reported_share: int = 80  # percent of the expected streets that make a period the default one
    small_cells: int = 5  # counts of people below it leave hidden; 0 hides nothing
    thousands: bool = False  # commas in the numbers of Chinese sentences in documents
    logo: Path | None = None  # the bureau's mark: PNG, JPEG or SVG
    workers: int = 1  # processes that answer
    hosts: tuple[str, ...] = ()  # names under which the server is reached, in lower case
    secret_key: str = ""  # signs tokens; without it, one is made in the home folder
    shared_answers: Path | None = None  # where the processes of this run share what they answered
    frame_ancestors: tuple[str, ...] = ()  # sites whose pages may show this one inside them
    access_log_days: int = 30  # for which lines of requests are kept; 0 writes none
    prefix: str = ""  # the path below which the dashboard is served, such as /minzheng
    proxies: tuple[str, ...] = ()  # addresses of web servers whose word counts, beside this one's
    user_header: str = ""  # in which named web servers say who has signed in with them
    provider: IdentityProvider | None = None  # signs people in where the bureau has one
    uploads_a_minute: int = 30  # of one person where people sign in; 0 does not limit
    files_a_minute: int = 120
    calls_a_minute: int = 600
    marking: str = ""  # what stands on every page and file, such as 内部资料
    session_hours: int = 12  # after which somebody has to sign in again
    cache_url: str = ""  # of the Redis in which hosts share finished values
    backup_folder: Path | None = None  # where the server writes a backup every night
    backup_at: str = "02:00"  # by this computer's clock
    backup_keep: int = 14  # archives of nights that stay
    approval: bool = False  # what contributors hand in waits for an editor
    mark_reader: bool = False  # who reads, and when, stands beside a marking

    @property
    def needs_sign_in(self) -> bool:
        """Whether others than the user of this computer can reach the server."""
        return any(name not in LOOPBACK for name in (self.host, *self.hosts))

    @property
    def own_catalogue(self) -> Path:
        """The folder where a bureau adds its own indicators, areas, words and topics."""
        return self.home / "catalogue"


def _whole(source: Mapping[str, str], name: str, default: int, low: int, high: int) -> int:
    text = source.get(name, "").strip() or str(default)
    if not text.isdecimal() or not low <= int(text) <= high:
        raise SettingsError(f"{name}={text}: a whole number from {low} to {high} is needed")
    return int(text)


def _path(source: Mapping[str, str], name: str) -> Path | None:
    path = source.get(name, "").strip()
    return Path(path).expanduser().resolve() if path else None


def _cache_url(source: Mapping[str, str], name: str) -> str:
    url = source.get(name, "").strip()
    if url and not url.startswith(("redis://", "rediss://", "unix://")):
        raise SettingsError(f"{name}: an address such as redis://cache.example.org/0 is needed")
    return url


def _time_of_day(source: Mapping[str, str], name: str, default: str) -> str:
    time = source.get(name, "").strip() or default
    if not _TIME_OF_DAY.fullmatch(time):
        raise SettingsError(f"{name}={time}: a time from 00:00 to 23:59 is needed")
    return time


def _usual_workers() -> int:
    """As many processes as cores, at least two: a busy one must not keep everybody waiting."""
    return max(2, min(os.cpu_count() or 1, 8))


def _host_names(source: Mapping[str, str], name: str) -> tuple[str, ...]:
    names = tuple(part.strip().lower() for part in source.get(name, "").split(",") if part.strip())
    for host in names:
        if not _HOST_NAME.fullmatch(host):
            raise SettingsError(f"{name}={host}: names such as dashboard.example.org are needed")
    return names


def _sites(source: Mapping[str, str], name: str) -> tuple[str, ...]:
    sites = tuple(source.get(name, "").replace(",", " ").lower().split())
    for site in sites:
        if not _SITE.fullmatch(site):
            raise SettingsError(f"{name}={site}: sites such as https://oa.example.org are needed")
    return sites


def is_sub_path(text: str) -> bool:
    """Whether a text is a path below which the dashboard can stand, such as /minzheng."""
    return len(text) <= _LONGEST_SUB_PATH and _SUB_PATH.fullmatch(text) is not None


def _prefix(source: Mapping[str, str], name: str) -> str:
    prefix = source.get(name, "").strip().removesuffix("/")
    if prefix and not is_sub_path(prefix):
        raise SettingsError(f"{name}={prefix}: a path such as /minzheng is needed")
    return prefix


def _words(source: Mapping[str, str], name: str) -> str:
    words = " ".join(source.get(name, "").split())
    if len(words) > LONGEST_MARKING or not words.isprintable():
        raise SettingsError(f"{name}: at most {LONGEST_MARKING} characters are needed")
    return words


def _addresses(source: Mapping[str, str], name: str) -> tuple[str, ...]:
    texts = source.get(name, "").replace(",", " ").split()
    try:
        return tuple(str(ip_address(text)) for text in texts)
    except ValueError as error:
        raise SettingsError(
            f"{name}={' '.join(texts)}: addresses such as 10.0.0.5 are needed"
        ) from error


def _header_name(source: Mapping[str, str], name: str) -> str:
    header = source.get(name, "").strip()
    if header and not _HEADER_NAME.fullmatch(header):
        raise SettingsError(
            f"{name}={header}: the name of a header such as X-Remote-User is needed"
        )
    return header


def _provider(source: Mapping[str, str]) -> IdentityProvider | None:
    """The identity provider of the settings; None where no issuer is named."""
    issuer, client, secret, claim = (source.get(name, "").strip() for name in _OF_PROVIDER)
    issuer = issuer.rstrip("/")
    if not issuer:
        return None
    if not _ISSUER.fullmatch(issuer):
        raise SettingsError(f"{_OF_PROVIDER[0]}={issuer}: https://login.example.org is needed")
    if not (client and secret):
        raise SettingsError(f"{_OF_PROVIDER[2 if client else 1]}: needed by {_OF_PROVIDER[0]}")
    return IdentityProvider(issuer, client, secret, claim or "preferred_username")


def _secret(source: Mapping[str, str], name: str) -> str:
    secret = source.get(name, "").strip()
    if secret and len(secret) < SHORTEST_SECRET:
        raise SettingsError(f"{name}: at least {SHORTEST_SECRET} characters are needed")
    return secret


def read_settings(source: Mapping[str, str] | None = None) -> Settings:
    """Settings from ``source`` (the process environment by default); raises SettingsError."""
    source = os.environ if source is None else source
    home = Path(source.get("DASHBOARD_HOME") or ROOT / "var").expanduser().resolve()
    url = (
        source.get("DASHBOARD_DATABASE_URL")
        or f"sqlite:///{(home / 'dashboard.sqlite').as_posix()}"
    )
    if "://" not in url:
        raise SettingsError(
            f"DASHBOARD_DATABASE_URL={url}: sqlite:///… or postgresql://… is needed"
        )
    shared = source.get("DASHBOARD_SHARED_ANSWERS", "").strip()
    return Settings(
        home=home,
        database_url=url,
        host=source.get("DASHBOARD_HOST") or "127.0.0.1",
        port=_whole(source, "DASHBOARD_PORT", 8050, 1, 65535),
        bureau=source.get("DASHBOARD_BUREAU", "").strip(),
        start_area=source.get("DASHBOARD_AREA", "").strip(),
        upload_mb=_whole(source, "DASHBOARD_UPLOAD_MB", 20, 1, 1024),
        cache_seconds=_whole(source, "DASHBOARD_CACHE_SECONDS", 3600, 0, 86400),
        threads=_whole(source, "DASHBOARD_THREADS", 4, 1, 256),
        due_day=_whole(source, "DASHBOARD_DUE_DAY", 10, 0, 366),
        pace_ahead=_whole(source, "DASHBOARD_PACE_AHEAD", 5, 0, 100),
        pace_behind=_whole(source, "DASHBOARD_PACE_BEHIND", 5, 0, 100),
        reported_share=_whole(source, "DASHBOARD_REPORTED_SHARE", 80, 1, 100),
        small_cells=_whole(source, "DASHBOARD_SMALL_CELLS", 5, 0, 100),
        thousands=bool(_whole(source, "DASHBOARD_THOUSANDS", 0, 0, 1)),
        logo=_path(source, "DASHBOARD_LOGO"),
        workers=_whole(source, "DASHBOARD_WORKERS", _usual_workers(), 1, 64),
        hosts=_host_names(source, "DASHBOARD_HOSTS"),
        secret_key=_secret(source, "DASHBOARD_SECRET_KEY"),
        shared_answers=Path(shared) if shared else None,
        frame_ancestors=_sites(source, "DASHBOARD_FRAME_ANCESTORS"),
        access_log_days=_whole(source, "DASHBOARD_ACCESS_LOG_DAYS", 30, 0, 3650),
        prefix=_prefix(source, "DASHBOARD_PREFIX"),
        proxies=_addresses(source, "DASHBOARD_PROXIES"),
        user_header=_header_name(source, "DASHBOARD_USER_HEADER"),
        provider=_provider(source),
        uploads_a_minute=_whole(source, "DASHBOARD_UPLOADS_A_MINUTE", 30, 0, 100_000),
        files_a_minute=_whole(source, "DASHBOARD_FILES_A_MINUTE", 120, 0, 100_000),
        calls_a_minute=_whole(source, "DASHBOARD_CALLS_A_MINUTE", 600, 0, 100_000),
        marking=_words(source, "DASHBOARD_MARKING"),
        session_hours=_whole(source, "DASHBOARD_SESSION_HOURS", 12, 1, 720),
        cache_url=_cache_url(source, "DASHBOARD_CACHE_URL"),
        backup_folder=_path(source, "DASHBOARD_BACKUP_FOLDER"),
        backup_at=_time_of_day(source, "DASHBOARD_BACKUP_AT", "02:00"),
        backup_keep=_whole(source, "DASHBOARD_BACKUP_KEEP", 14, 1, 1000),
        approval=bool(_whole(source, "DASHBOARD_APPROVAL", 0, 0, 1)),
        mark_reader=bool(_whole(source, "DASHBOARD_MARK_READER", 0, 0, 1)),
    )
