"""Where the rows of a dump go, in the order of the references."""

import re

from django.db.models import Model

from catalog.models import Actor, Category, Film, FilmActor, FilmCategory, Language
from rentals.models import (
    Address,
    Charge,
    City,
    Country,
    Customer,
    Hold,
    Inventory,
    Payment,
    Rental,
    Staff,
    Store,
    StreamingSubscription,
)

# What a dump fills; stores and their staff refer to each other.
FILLED: tuple[type[Model], ...] = (
    *(Language, Category, Actor, Film, FilmCategory, FilmActor),
    *(Country, City, Address, Store, Staff, Customer, Inventory, Rental, Payment),
)
# What hangs on those rows.
HANGING: tuple[type[Model], ...] = (Charge, Hold, StreamingSubscription)
BY_TABLE = {model._meta.db_table: model for model in FILLED}
ORDER = {table: place for place, table in enumerate(BY_TABLE)}
PARTITION = re.compile(r"payment_(?:p\d[\d_]*|default)")


def table_for(name: str) -> str | None:
    """The table of ours for one of the dump's, whose payments may lie in partitions."""
    if PARTITION.fullmatch(name):
        return "payment"
    return name if name in BY_TABLE else None


def columns_of(table: str) -> frozenset[str]:
    return frozenset(str(field.column) for field in BY_TABLE[table]._meta.concrete_fields)
