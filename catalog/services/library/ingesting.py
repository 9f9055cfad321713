"""Media taken in from the sources, one by its id or several by a search."""

import asyncio
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import timedelta
from typing import Any

from django.conf import settings
from django.utils import timezone

from catalog.connectors import CONNECTORS, Connector, Found, RateLimited, SourceFailure, TimedOut, Unavailable
from catalog.connectors.wire import deadline_in, each
from catalog.models import MediaItem, MediaSource, MediaType
from catalog.services.library.sources import ask_sources
from catalog.services.library.storing import UNCHANGED, Stored, store_found
from pipeline.services import Actor

FAILED = "failed"
AT_ONCE = 5
# An item that was fetched since then is not asked for again, unless that is wanted.
FRESH = timedelta(days=7)
Begin = Callable[[], object]
Hit = Stored | Found | SourceFailure


def nothing() -> None:
    """What a caller without a transaction of its own wants begun."""


def ingest_media(
    source: str,
    *,
    by: Actor,
    external_id: str | None = None,
    query: str | None = None,
    form: str | None = None,
    max_results: int = 10,
    force_refresh: bool = False,
    begin: Begin = nothing,
) -> list[dict[str, Any]]:
    """Takes in one item by its id, or what the source finds; answers `{status, item, error}` of each, in its order.

    What was fetched within a week is not asked for again without `force_refresh`. The source is asked before anything
    is written; `begin` opens the caller's transaction in between. Of several items one may fail. Raises a SourceFailure
    when the one, or the search, fails: NotConfigured, NotFound, RateLimited and others.
    """
    connector = CONNECTORS[source]
    connector.require_configured()
    if external_id is not None:
        hits = {external_id: one_hit(connector, external_id, form, force_refresh)}
    else:
        hits = several_hits(connector, str(query), form, max_results, force_refresh)
    begin()
    return results_of(hits, stored_hits(hits, by))


def ingest_list(
    source: str, external_ids: Sequence[str], *, by: Actor | None, force_refresh: bool = False
) -> list[dict[str, Any]]:
    """Takes in several items by their ids; answers the same as `ingest_media`, one result an id.

    Any may fail, but for what stops them all: raises NotConfigured, and RateLimited or Unavailable when none came.
    """
    connector = CONNECTORS[source]
    connector.require_configured()
    hits = {external_id: id_or_failure(connector, external_id) for external_id in external_ids}
    good = {name: own for name, own in hits.items() if isinstance(own, str)}
    known = {} if force_refresh else fresh_ones(source, list(good.values()))
    wanted = [own for own in dict.fromkeys(good.values()) if own not in known]
    fetched = dict(zip(wanted, fetched_whole(connector, wanted), strict=True)) if wanted else {}
    if wanted and not known and all(isinstance(hit, SourceFailure) for hit in fetched.values()):
        raise_what_stops(fetched.values())
    found = fetched | known
    all_hits = {name: found[own] if isinstance(own, str) else own for name, own in hits.items()}
    return results_of(all_hits, stored_hits(all_hits, by))


def id_or_failure(connector: Connector, external_id: str) -> str | SourceFailure:
    try:
        return connector.stored_id(external_id)
    except SourceFailure as failure:
        return failure


def raise_what_stops(failures: Iterable[Any]) -> None:
    """Raises the first failure that may pass: asking for the next ones would come to the same."""
    for failure in failures:
        if isinstance(failure, RateLimited | Unavailable):
            raise failure


def fetched_whole(connector: Connector, ids: Sequence[str]) -> list[Any]:
    wholes = lambda: in_whole(connector, ids)  # noqa: E731
    asked = ask_sources({connector.source: wholes}, seconds=settings.SOURCES_INGEST_TIMEOUT + 1)
    found: list[Any] = unless_failed(asked[connector.source])
    return found


def one_hit(connector: Connector, external_id: str, form: str | None, force: bool) -> Hit:
    own_id = connector.stored_id(external_id, form)
    if not force and (fresh := fresh_ones(connector.source, [own_id])):
        return fresh[own_id]
    outcome = ask_sources({connector.source: lambda: connector.fetch(own_id)}, seconds=settings.SOURCES_INGEST_TIMEOUT)
    hit: Hit = unless_failed(outcome[connector.source])
    return hit


def several_hits(connector: Connector, query: str, form: str | None, most: int, force: bool) -> dict[str, Hit]:
    """The hits of a search; those of which it says little are asked for one by one."""
    search = lambda: connector.search(query, limit=most, form=form)  # noqa: E731
    asked = ask_sources({connector.source: search}, seconds=settings.SOURCES_INGEST_TIMEOUT)
    hits: dict[str, Hit] = {hit.external_id: hit for hit in unless_failed(asked[connector.source])}
    fresh = {} if force else fresh_ones(connector.source, list(hits))
    partial = [name for name, hit in hits.items() if name not in fresh and isinstance(hit, Found) and hit.is_partial]
    if partial:
        hits |= dict(zip(partial, fetched_whole(connector, partial), strict=True))
    return hits | fresh


async def in_whole(connector: Connector, ids: Sequence[str]) -> list[Any]:
    """All about each of them, or why not; what is not there when time is up came too late."""
    deadline = deadline_in(settings.SOURCES_INGEST_TIMEOUT)

    async def fetched(external_id: str) -> Any:
        try:
            async with asyncio.timeout_at(deadline):
                return await connector.fetch(external_id)
        except TimeoutError:
            raise TimedOut(connector.source) from None

    return await each([lambda own_id=own_id: fetched(own_id) for own_id in ids], at_once=AT_ONCE)  # type: ignore[misc]


def unless_failed(outcome: Any) -> Any:
    if isinstance(outcome, SourceFailure):
        raise outcome
    return outcome


def fresh_ones(source: str, ids: Sequence[str]) -> dict[str, Hit]:
    """Those that need not be asked for: all about them was fetched within a week."""
    known = MediaSource.objects.of(source).filter(
        external_id__in=ids, is_partial=False, fetched_at__gte=timezone.now() - FRESH
    )
    return {own: Stored(own, media, UNCHANGED) for own, media in known.values_list("external_id", "media_item")}


def stored_hits(hits: Mapping[str, Hit], by: Actor | None) -> dict[str, Stored]:
    """What there is of each hit now, by what the hits are called."""
    found = {name: hit for name, hit in hits.items() if isinstance(hit, Found)}
    rows = {row.external_id: row for row in store_found(list(found.values()), by=by)}
    there = {name: hit for name, hit in hits.items() if isinstance(hit, Stored)}
    return there | {name: rows[hit.external_id] for name, hit in found.items()}


def results_of(hits: Mapping[str, Hit], stored: Mapping[str, Stored]) -> list[dict[str, Any]]:
    rows = MediaItem.objects.filter(pk__in={row.media_id for row in stored.values()}).as_rows()
    items = {row["id"]: row for row in rows}
    return [
        {"status": stored[name].status, "item": items[stored[name].media_id], "error": None}
        if name in stored
        else {"status": FAILED, "item": None, "error": error_of(name, hit)}
        for name, hit in hits.items()
    ]


def error_of(external_id: str, hit: Hit) -> dict[str, Any]:
    if not isinstance(hit, SourceFailure):
        raise TypeError(hit)
    return {"external_id": external_id, "code": hit.code, "message": hit.detail}


def sources_of(kinds: Sequence[str]) -> list[str]:
    """The sources that know media of these kinds; of no kind in particular, all."""
    wanted = kinds or list(MediaType)
    return [name for name, connector in CONNECTORS.items() if connector.kind in wanted]
