"""Sets up the cache of finished values: in each process, or in Redis for several hosts.

Entries of Redis are pickled Python values: whoever can write there can run code here. So it is to
be reached by the hosts of the dashboard alone. Hosts share what they made only where code,
catalogue, database and settings are the same.
"""

from __future__ import annotations

import logging
import time
from collections.abc import Callable, Iterator
from datetime import timedelta
from hashlib import blake2b
from pathlib import Path
from typing import Any, TypeVar

from flask import Flask
from flask_caching.backends.rediscache import RedisCache

from dashboard.base.settings import ROOT, Settings

log = logging.getLogger(__name__)
T = TypeVar("T")
CACHED = 2000  # finished charts, tiles and tables that a process keeps at most
PATIENCE = 1.0  # seconds that Redis has for an answer
PAUSE = 10.0  # seconds without Redis after it failed
PREFIX = "dashboard:"


def cache_config(settings: Settings) -> dict[str, Any]:
    """What flask-caching is to be configured with for these settings."""
    config: dict[str, Any] = {
        "CACHE_TYPE": "SimpleCache" if settings.cache_seconds else "NullCache",
        "CACHE_NO_NULL_WARNING": True,
        "CACHE_DEFAULT_TIMEOUT": settings.cache_seconds,
        "CACHE_THRESHOLD": CACHED,
    }
    if settings.cache_url and settings.cache_seconds:
        config["CACHE_TYPE"] = f"{__name__}.{SharedCache.__name__}"
        config["CACHE_REDIS_URL"] = settings.cache_url
        config["CACHE_KEY_PREFIX"] = f"{PREFIX}{_fingerprint(settings)}:"
    return config


def clear_shared(settings: Settings) -> None:
    """Remove what earlier runs left in Redis: a restored store counts its versions anew."""
    if not (settings.cache_url and settings.cache_seconds):
        return
    import redis

    client = redis.Redis.from_url(settings.cache_url, socket_timeout=PATIENCE)
    try:
        keys = list(client.scan_iter(f"{PREFIX}*", count=1000))
        for start in range(0, len(keys), 1000):
            client.unlink(*keys[start : start + 1000])
    except redis.RedisError as error:
        log.warning("the shared cache cannot be reached: %s", type(error).__name__)
    finally:
        client.close()


class SharedCache(RedisCache):
    """Values in Redis; where that fails, nothing is kept for some seconds and nobody waits."""

    _silent_until = 0.0

    @classmethod
    def factory(
        cls, app: Flask, config: dict[str, Any], args: list[Any], kwargs: dict[str, Any]
    ) -> SharedCache:
        """The cache of this configuration, as flask-caching asks for it."""
        import redis

        client = redis.Redis.from_url(
            config["CACHE_REDIS_URL"],
            socket_timeout=PATIENCE,
            socket_connect_timeout=PATIENCE,
            health_check_interval=30,
        )
        return cls(host=client, key_prefix=config["CACHE_KEY_PREFIX"], **kwargs)

    def get(self, key: str) -> Any:  # noqa: ANN401 - whatever was kept
        """The value of a key; None where it is not there or Redis does not answer."""
        return self._ask(lambda: super(SharedCache, self).get(key), None)

    def set(self, key: str, value: object, timeout: int | timedelta | None = None) -> bool | None:
        """Keep a value; returns whether it was."""
        return self._ask(lambda: super(SharedCache, self).set(key, value, timeout), False)

    def clear(self) -> bool:
        """Keep nothing any more."""
        return bool(self._ask(lambda: super(SharedCache, self).clear(), False))

    def _ask(self, question: Callable[[], T], otherwise: T) -> T:
        from redis import RedisError

        if time.monotonic() < self._silent_until:
            return otherwise
        try:
            return question()
        except (RedisError, OSError) as error:
            self._silent_until = time.monotonic() + PAUSE
            log.warning("the shared cache cannot be reached: %s", type(error).__name__)
            return otherwise


def _fingerprint(settings: Settings) -> str:
    """What two hosts must have in common to share what they made."""
    digest = blake2b(digest_size=12)
    decisive = (
        settings.database_url,
        settings.bureau,
        settings.due_day,
        settings.pace_ahead,
        settings.pace_behind,
        settings.reported_share,
        settings.small_cells,
        settings.thousands,
    )
    digest.update(repr(decisive).encode())
    for file in _decisive_files(settings):
        digest.update(file.name.encode() + file.read_bytes())
    return digest.hexdigest()


def _decisive_files(settings: Settings) -> Iterator[Path]:
    yield from sorted((ROOT / "dashboard").rglob("*.py"))
    for folder in (ROOT / "data", settings.own_catalogue):
        for pattern in ("*.csv", "topics/*.toml", "*.toml"):
            yield from sorted(folder.glob(pattern))
