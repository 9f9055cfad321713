"""The demo's films, stores and rentals: a part that a real catalogue takes the place of."""

from collections.abc import Mapping

from django.db.models import Model

from catalog.models import Actor as FilmActor
from catalog.models import Category, Film, Language
from catalog.services.demo import remove_films, seed_films
from config.demo.rows import Roots, forget, recall, together
from pipeline.services import Actor
from rentals.models import Address, Charge, City, Country, Customer, Inventory, Payment, Rental, Staff, Store
from rentals.services.demo import remove_rentals, seed_rentals

ROOTS: tuple[type[Model], ...] = (
    *(Film, FilmActor, Category, Language),
    *(Country, City, Address, Store, Staff, Customer),
)
LOADED: tuple[type[Model], ...] = (*ROOTS, Inventory, Rental, Payment, Charge)


def seed_business(accounts: Mapping[str, Actor]) -> tuple[Roots, dict[str, int]]:
    """Makes all of it; answers its roots, and how many rows of each kind there are."""
    catalogue = seed_films()
    desk = seed_rentals(catalogue.films, accounts)
    counts = {
        "films": len(catalogue.films),
        "copies": len(desk.copies),
        "customers": len(desk.customers),
        "rentals": len(desk.rentals),
    }
    return together(catalogue.roots, desk.roots), counts


def remove_business(roots: Roots) -> Roots:
    """Removes all of it with what hangs on it, whoever made it; answers the roots that others need still."""
    films, actors, categories, languages = (roots.get(model, []) for model in (Film, FilmActor, Category, Language))
    places = remove_rentals(roots, films=films)
    words = remove_films(films=films, actors=actors, categories=categories, languages=languages)
    return together(places, words)


def clear_business() -> None:
    """Makes room for an import: what others need of it is theirs from now on."""
    remove_business(recall())
    forget(ROOTS)
