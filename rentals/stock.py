"""What the catalogue's answers may say of copies."""

from collections.abc import Collection, Mapping
from typing import Any

from django.db.models import Count, Exists, OuterRef, Q

from catalog.hooks import Copies
from rentals.models import CopyState, Inventory


class Shelves:
    """Copies that are lost or retired are not there; one that is kept for somebody is in, as at the desk."""

    def owned(self) -> Any:
        return Inventory.objects.exclude(state__in=(CopyState.LOST, CopyState.RETIRED)).values("film_id")

    def in_stock(self) -> Any:
        return Inventory.objects.in_stock().values("film_id")

    def copies(self, film_ids: Collection[int]) -> Mapping[int, Copies]:
        within = Exists(Inventory.objects.in_stock().filter(pk=OuterRef("pk")))
        there = Inventory.objects.filter(
            film__in=film_ids, pk__in=Inventory.objects.exclude(state__in=(CopyState.LOST, CopyState.RETIRED))
        )
        rows = there.order_by().values("film_id").annotate(total=Count("pk"), inside=Count("pk", filter=Q(within)))
        return {row["film_id"]: Copies(row["total"], row["inside"]) for row in rows}


shelves = Shelves()
