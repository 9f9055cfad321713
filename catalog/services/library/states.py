"""What media are to somebody: how far they are, how they liked them."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from catalog.models import Consumption, Finish, MediaItem, MediaState
from catalog.services.library.writing import written
from pipeline import services
from pipeline.services import Actor


def put_state(
    media_id: UUID, *, by: Actor, at: datetime | None = None, expected_version: int | None = None, **changes: Any
) -> tuple[MediaState, bool]:
    """Puts an item on the actor's list, or changes what is there; says whether it is new. Locks the state.

    `status`, `rating`, `favorite` and `notes` that are not named stay. `started_at` is when it was set to
    currently_consuming first, `finished_at` when to consumed last; each time that is one more finish. Raises
    MediaItem.DoesNotExist, ValidationError by field, StaleVersion.
    """
    now = at or timezone.now()
    with written():
        item = MediaItem.objects.visible_to(by).only("pk").get(pk=media_id)
        made, is_new = MediaState.objects.get_or_create(user_id=by.pk, media_item=item)
        state = MediaState.objects.lock_one(made.pk, expected_version=expected_version)
        finishes = moves_to(changes, Consumption.DONE) and (is_new or state.status != Consumption.DONE)
        services.changed(state, changes | instants(state, changes, now, finishes=finishes), {})
        if finishes:
            Finish.objects.create(state=state, finished_at=now)
    return state, is_new


def moves_to(changes: dict[str, Any], status: Consumption) -> bool:
    return bool(changes.get("status") == status)


def instants(state: MediaState, changes: dict[str, Any], now: datetime, *, finishes: bool) -> dict[str, Any]:
    started = {"started_at": now} if moves_to(changes, Consumption.CURRENT) and not state.started_at else {}
    return started | ({"finished_at": now} if finishes else {})


def remove_state(media_id: UUID, *, by: Actor) -> None:
    """Takes an item off the actor's list, with all that is known of it there. Raises MediaState.DoesNotExist."""
    MediaState.objects.visible_to(by).get(media_item=media_id).delete()


def put_states(media_ids: Sequence[UUID], *, by: Actor, **changes: Any) -> int:
    """The same for many items, all or none; answers how many there were. Unknown ids are passed over."""
    known = sorted(MediaItem.objects.visible_to(by).filter(pk__in=media_ids).values_list("pk", flat=True))
    with transaction.atomic():
        for media_id in known:
            put_state(media_id, by=by, **changes)
    return len(known)
