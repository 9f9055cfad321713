from collections.abc import Iterable
from typing import Any

from django.db import models, transaction
from django.utils import timezone

from catalog.models import Actor, Category, Film, FilmActor, FilmCategory
from catalog.services.records import Records
from pipeline import services
from pipeline.services import Actor as Caller
from pipeline.services import demand

records = Records(Film, "Retire its copies instead, or delete what refers to it first.")


def create_film(
    *, by: Caller, categories: Iterable[Category] = (), actors: Iterable[Actor] = (), **columns: Any
) -> Film:
    """A new film; `columns` are `title`, `language` (a row) and the others of the table.

    Raises NotAllowed, ValidationError by field.
    """
    demand(by, "catalog.add_film")
    with transaction.atomic():
        film = services.saved(Film(**columns), {})
        link(FilmCategory, film, "category", categories)
        link(FilmActor, film, "actor", actors)
        return film


def change_film(
    film_id: int,
    *,
    by: Caller,
    expected_version: int | None = None,
    categories: Iterable[Category] | None = None,
    actors: Iterable[Actor] | None = None,
    **changes: Any,
) -> Film:
    """Changes columns of a film, whose row is locked, and, where they are given, all its categories or actors.

    Rentals that are out keep the days that were agreed. Raises NotAllowed, ValidationError by field, StaleVersion,
    Film.DoesNotExist.
    """
    demand(by, "catalog.change_film")
    with transaction.atomic():
        film = services.changed(Film.objects.lock_one(film_id, expected_version=expected_version), changes, {})
        linked = [
            link(FilmCategory, film, "category", categories),
            link(FilmActor, film, "actor", actors),
        ]
        if any(linked):
            # The links are a part of what a reader of the film has read.
            Film.objects.filter(pk=film.pk).update(last_update=timezone.now())
        return film


def delete_film(film_id: int, *, by: Caller) -> None:
    """Deletes a film of which there is no copy; locks it. Raises StillHolds, Film.DoesNotExist."""
    records.remove(film_id, by=by)


def link(model: type[models.Model], film: Film, name: str, wanted: Iterable[models.Model] | None) -> bool:
    """Makes the film's links to exactly the wanted rows; says whether that changed anything."""
    if wanted is None:
        return False
    links = model._default_manager.filter(film=film)
    there = set(links.values_list(f"{name}_id", flat=True))
    keys = {row.pk for row in wanted}
    if there - keys:
        links.filter(**{f"{name}__in": there - keys}).delete()
    model._default_manager.bulk_create(model(film=film, **{f"{name}_id": key}) for key in sorted(keys - there))
    return there != keys
