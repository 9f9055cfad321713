"""What sources said, renewed before it is older than their terms allow."""

from datetime import datetime

import structlog
from django.utils import timezone

from catalog.connectors import CONNECTORS, SourceFailure
from catalog.models import MediaSource
from catalog.services.library.ingesting import ingest_list

log = structlog.get_logger(__name__)
# A sweep takes no more, so that it ends before the next one begins.
AT_ONCE = 40


def refresh_old_media(*, at: datetime | None = None) -> dict[str, int]:
    """Asks anew for what is older than its source allows, the oldest first, some of each source; answers how many.

    A source that is not configured or fails is left for the next time.
    """
    now = at or timezone.now()
    return {name: renewed(name, now) for name, connector in CONNECTORS.items() if connector.keeps}


def renewed(source: str, now: datetime) -> int:
    keeps = CONNECTORS[source].keeps
    if keeps is None:
        return 0
    old = MediaSource.objects.of(source).fetched_before(now - keeps).order_by("fetched_at")
    ids = list(old.values_list("external_id", flat=True)[:AT_ONCE])
    try:
        results = ingest_list(source, ids, by=None, force_refresh=True) if ids else []
    except SourceFailure as failure:
        log.warning("media_not_refreshed", source=source, why=failure.code)
        return 0
    gone = [result["error"]["external_id"] for result in results if result["error"]]
    # What the source does not know any more must not be in the way of the others.
    MediaSource.objects.of(source).filter(external_id__in=gone).update(fetched_at=now)
    return len(results) - len(gone)
