"""What the page of a film shows of its copies and rentals."""

from itertools import groupby
from typing import Any

from django.db.models import F
from django.http import HttpRequest

from catalog.hooks import Column, Panel
from pipeline.views.access import caller
from rentals.models import Inventory, Rental
from rentals.querysets.copies import free_of_film, has_free_copy

# A film with more copies tells of the first ones.
MOST_COPIES = 300
MOST_RENTALS = 20
STYLE = "rentals/rentals.css"


def free_now() -> Column:
    return Column(
        "free_copies", "Free now", free_of_film(), has_free_copy(), any="Free or not", some="With a free copy"
    )


def copies(request: HttpRequest, film_id: int) -> Panel:
    """Where the copies are, for anybody; not who has them."""
    rows = Inventory.objects.filter(film=film_id).as_copies().annotate(city=F("store__address__city__city"))
    told = rows.order_by("store_id", "inventory_id")[:MOST_COPIES]
    stores = [store(list(group)) for _, group in groupby(told, key=lambda row: row["store_id"])]
    facts = {"stores": stores, "may_rent": caller(request).has_perm("rentals.add_rental")}
    return Panel("rentals/film/copies.html", facts, STYLE)


def store(rows: list[dict[str, Any]]) -> dict[str, Any]:
    return {
        "store_id": rows[0]["store_id"],
        "city": rows[0]["city"],
        "copies": rows,
        "in": sum(row["state"] == "in" for row in rows),
    }


def history(request: HttpRequest, film_id: int) -> Panel | None:
    """Who rented the film last, for who may know."""
    if not caller(request).has_perm("rentals.view_rental"):
        return None
    rentals = Rental.objects.filter(inventory__film=film_id).as_rows().order_by("-rental_id")[:MOST_RENTALS]
    return Panel("rentals/film/history.html", {"rentals": rentals}, STYLE)
