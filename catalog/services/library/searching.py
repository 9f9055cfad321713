"""One search over what we have, and if wanted over what the sources have besides."""

from collections.abc import Sequence
from typing import Any, NamedTuple
from uuid import UUID

from django.conf import settings
from django.db import connection, transaction

from catalog.connectors import CONNECTORS, Found, SourceFailure
from catalog.connectors.wire import Work
from catalog.models import MediaItem
from catalog.querysets import MediaItemQuerySet
from catalog.services.library.ingesting import sources_of
from catalog.services.library.sources import ask_sources
from catalog.services.library.storing import CREATED, Stored, store_found
from pipeline.services import Actor

DEFAULT_RESULTS, MOST_RESULTS = 20, 50
LEAST_LETTERS = 2
# How much of a word a typo may leave: `amleie` keeps two fifths of the trigrams of `amelie`.
LIKENESS = 0.4


class Asked(NamedTuple):
    stored: list[Stored]
    states: dict[str, str]


def search_media(
    text: str,
    *,
    by: Actor,
    types: Sequence[str] = (),
    include_external: bool = False,
    sources: Sequence[str] = (),
    limit: int = DEFAULT_RESULTS,
) -> dict[str, Any]:
    """The media that a search finds, the best first: title before creator before description, then what is like it.

    With `include_external` the sources of the wanted kinds, or of these those that are named, are asked all at once
    within SOURCES_SEARCH_TIMEOUT; what they send is stored and merged, and how each fared stands in `sources`.
    """
    ours = internal_ids(text, types, by, limit)
    asked = external(text, types, sources, by, limit) if include_external else Asked([], {})
    found = [row.media_id for row in asked.stored]
    ids = list(dict.fromkeys([*(internal_ids(text, types, by, limit) if found else ours), *found]))[:limit]
    rows = {row["id"]: row for row in MediaItem.objects.filter(pk__in=ids).as_rows()}
    return {
        "results": [rows[pk] for pk in ids],
        "source": called(include_external=include_external, internal=bool(ours), external=bool(found)),
        "metadata": {
            "internal_results": len(ours),
            "external_ingested": sum(row.status == CREATED for row in asked.stored),
            "deduplicated": sum(row.status != CREATED for row in asked.stored),
        },
        "sources": asked.states,
    }


def called(*, include_external: bool, internal: bool, external: bool) -> str:
    if not include_external:
        return "internal"
    return "external" if external and not internal else "internal+external"


def internal_ids(text: str, types: Sequence[str], by: Actor, limit: int) -> list[UUID]:
    """The ids of what matches, and after it, where there is room, of what is written nearly so."""
    media: MediaItemQuerySet = MediaItem.objects.visible_to(by)
    media = media.of_types(types) if types else media
    ids = list(media.matching(text).best_first().values_list("pk", flat=True)[:limit])
    if len(ids) >= limit:
        return ids
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SELECT set_config('pg_trgm.word_similarity_threshold', %s, true)", [str(LIKENESS)])
        like = media.resembling(text).exclude(pk__in=ids).values_list("pk", flat=True)
        return [*ids, *like[: limit - len(ids)]]


def external(text: str, types: Sequence[str], sources: Sequence[str], by: Actor, limit: int) -> Asked:
    """What the wanted sources have, stored, and how each fared."""
    wanted = [name for name in sources_of(types) if not sources or name in sources]
    works: dict[str, Work] = {name: searching(name, text, limit) for name in wanted}
    outcomes = ask_sources(works, seconds=settings.SOURCES_SEARCH_TIMEOUT)
    stored = [row for name in wanted for row in stored_of(outcomes[name], by)]
    return Asked(stored, {name: state_of(outcomes[name]) for name in wanted})


def searching(name: str, text: str, limit: int) -> Work:
    connector = CONNECTORS[name]
    return lambda: connector.search(text, limit=min(limit, connector.page_size))


def stored_of(outcome: Any, by: Actor) -> list[Stored]:
    found: list[Found] = [] if isinstance(outcome, SourceFailure) else outcome
    return store_found(found, by=by)


def state_of(outcome: Any) -> str:
    return outcome.state if isinstance(outcome, SourceFailure) else "ok"
