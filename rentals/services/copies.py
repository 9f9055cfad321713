from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils import timezone

from catalog.models import Film
from catalog.services.records import Records
from pipeline.services import Actor, demand
from rentals.errors import CopyStillOut
from rentals.models import CopyState, Hold, HoldState, Inventory, Store
from rentals.services.queue import serve_queue
from rentals.services.writing import changed, named, saved, written

records = Records(Inventory, "Retire the copy instead.")


def create_copy(*, by: Actor, film_id: int, store_id: int, at: datetime | None = None) -> Inventory:
    """A new copy of a film in a store; kept for who waits, if anybody does. Locks the film.

    Raises ValidationError for an unknown film or store.
    """
    demand(by, "rentals.add_inventory")
    with written():
        film = named(Film.objects.locked(), film_id, "film_id")
        store = named(Store.objects.all(), store_id, "store_id")
        copy = saved(Inventory(film=film, store=store))
        serve_queue(film.pk, at or timezone.now())
        return copy


def change_copy(
    inventory_id: int, *, by: Actor, expected_version: int | None = None, at: datetime | None = None, **changes: Any
) -> Inventory:
    """Changes the `state` of a copy, or its `store` (a row). Locks the copy and the film.

    Who the copy was kept for waits again, in the old place; a copy that is available again is kept for who waits.
    Raises CopyStillOut, StaleVersion, ValidationError by field, Inventory.DoesNotExist.
    """
    demand(by, "rentals.change_inventory")
    with written():
        copy = Inventory.objects.lock_one(inventory_id, expected_version=expected_version)
        if changes.get("state", copy.state) != copy.state:
            refuse_while_out(copy)
        Film.objects.lock_one(copy.film_id)
        changed(copy, changes)
        if copy.state != CopyState.AVAILABLE:
            Hold.objects.filter(inventory=copy).update(state=HoldState.WAITING, inventory=None, ready_until=None)
        serve_queue(copy.film_id, at or timezone.now())
        return copy


def refuse_while_out(copy: Inventory) -> None:
    rental = copy.rentals.filter(return_date=None).first()
    if rental:
        raise CopyStillOut(copy.pk, rented_since=rental.rental_date, due_date=rental.due_date)


def delete_copy(inventory_id: int, *, by: Actor) -> None:
    """Deletes a copy that was never lent; locks it. Raises StillHolds, Inventory.DoesNotExist."""
    with transaction.atomic():
        records.remove(inventory_id, by=by)
