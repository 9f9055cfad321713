"""Asking the sources for the library's services: only who is configured and has not asked for a pause."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from django.core.cache import cache
from django.utils import timezone

from catalog.connectors import CONNECTORS, RateLimited, SourceFailure
from catalog.connectors.wire import Work, ask_all

# Where a source does not say how long.
PAUSE = timedelta(seconds=30)


def ask_sources(works: Mapping[str, Work], *, seconds: float) -> dict[str, Any]:
    """What each source's work came to, all at once and within the time: its result, or a SourceFailure.

    A source that is not configured, or wants no requests for now, is not asked. No transaction should be open.
    """
    refused = {source: failure for source in works if (failure := not_to_be_asked(source))}
    outcomes = ask_all({source: work for source, work in works.items() if source not in refused}, seconds=seconds)
    for source, outcome in outcomes.items():
        if isinstance(outcome, RateLimited):
            keep_pause(source, outcome)
    return {source: refused.get(source) or outcomes[source] for source in works}


def not_to_be_asked(source: str) -> SourceFailure | None:
    try:
        CONNECTORS[source].require_configured()
    except SourceFailure as failure:
        return failure
    until: datetime | None = cache.get(key(source))
    return RateLimited(source, until) if until and until > timezone.now() else None


def keep_pause(source: str, limited: RateLimited) -> None:
    until = limited.until or timezone.now() + PAUSE
    seconds = max(1, int((until - timezone.now()).total_seconds()))
    cache.set(key(source), until, seconds)


def key(source: str) -> str:
    return f"library:pause:{source}"
