"""Typed readers of environment variables: a value that is missing or makes no sense stops the start by name."""

import os
from typing import Any
from urllib.parse import urlsplit

import environ
from django.core.exceptions import ImproperlyConfigured

TRUE_WORDS = {"1", "true", "yes", "on"}
FALSE_WORDS = {"0", "false", "no", "off", ""}


def text(name: str, default: str | None = None) -> str:
    """The value of `name`; without a default, an absent or blank one is refused."""
    value = os.environ.get(name, "").strip() or default
    if value is None:
        raise ImproperlyConfigured(f"{name} is not set. See docs/configuration.md for what it must hold.")
    return value


def number(name: str, default: int, *, least: int = 0) -> int:
    """A whole number that is at least `least`."""
    raw = text(name, str(default))
    try:
        value = int(raw)
    except ValueError:
        raise ImproperlyConfigured(f"{name} must be a whole number, not {raw!r}.") from None
    if value < least:
        raise ImproperlyConfigured(f"{name} must be at least {least}, not {value}.")
    return value


def flag(name: str, default: bool = False) -> bool:
    """A switch: 1, true, yes, on or 0, false, no, off."""
    raw = os.environ.get(name, str(default)).strip().lower()
    if raw in TRUE_WORDS | FALSE_WORDS:
        return raw in TRUE_WORDS
    raise ImproperlyConfigured(f"{name} must be one of 1, true, yes, on, 0, false, no, off, not {raw!r}.")


def words(name: str, default: str | None = "") -> list[str]:
    """Values separated by commas; blanks around them do not count."""
    return [word.strip() for word in text(name, default).split(",") if word.strip()]


def choice(name: str, default: str, *, options: tuple[str, ...]) -> str:
    """One of a fixed list of words."""
    value = text(name, default)
    if value not in options:
        raise ImproperlyConfigured(f"{name} must be one of {', '.join(options)}, not {value!r}.")
    return value


def pairs(name: str, default: str = "") -> dict[str, str]:
    """`key:value,key:value`, as in SERVICE_TOKENS."""
    found = {}
    for word in words(name, default):
        key, colon, value = word.partition(":")
        if not (key and colon and value):
            raise ImproperlyConfigured(f"{name} must be a list of key:value pairs separated by commas.")
        found[key] = value
    return found


def database(name: str, default: str | None = None) -> dict[str, Any]:
    """A `postgresql://user:password@host:port/name` address as Django's DATABASES entry.

    A socket's folder goes into the query: `postgresql:///backlot?host=/run/postgresql`.
    """
    url = text(name, default)
    if urlsplit(url).scheme not in {"postgres", "postgresql"}:
        raise ImproperlyConfigured(f"{name} must be a postgresql:// address; PostgreSQL is the only database.")
    found: dict[str, Any] = dict(environ.Env.db_url_config(url))
    found["ENGINE"] = "config.database"
    options = found.setdefault("OPTIONS", {})
    found["HOST"] = options.pop("host", found["HOST"])
    return found


def redis_database(url: str, index: int) -> str:
    """One of the numbered databases of the Redis server at `url` (`redis://…`, `rediss://…` or `unix://…`)."""
    parts = urlsplit(url)
    if parts.scheme == "unix":
        return f"unix://{parts.path}?db={index}"
    if parts.scheme in {"redis", "rediss"} and parts.netloc:
        return parts._replace(path=f"/{index}").geturl()
    raise ImproperlyConfigured(f"REDIS_URL must begin with redis://, rediss:// or unix://, not {parts.scheme!r}.")


def redis_broker(url: str) -> str:
    """The Redis server at `url` as Celery writes its address; messages have the server's database 0."""
    place = redis_database(url, 0)
    return f"redis+socket://{urlsplit(place).path}?virtual_host=0" if place.startswith("unix:") else place
