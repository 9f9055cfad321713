"""The public dumps, and SQL as people write it for Pagila: it runs here unchanged."""

from collections.abc import Callable, Iterable
from datetime import UTC, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from django.db import connection
from rest_framework.test import APIClient

from catalog.models import Film
from config.accounts.models import User
from rentals.errors import CopyOut, DumpRefused
from rentals.models import Customer, Inventory
from rentals.services.lending import check_out_copy
from rentals.services.pagila import import_dump
from rentals.tests.pagila.conftest import keep_all
from rentals.tests.pagila.counted import Counted

FILMS = "/api/v1/films"
COUNTS = {
    "language": 6, "category": 16, "actor": 200, "film": 1000, "film_category": 2367, "film_actor": 5462,
    "country": 109, "city": 600, "address": 603, "store": 500, "staff": 1500, "customer": 599, "inventory": 4581,
    "rental": 16044, "payment": 16049,
}  # fmt: skip
TOP_FILMS = """
SELECT f.title, COUNT(r.rental_id) AS rentals
FROM film f JOIN inventory i ON i.film_id = f.film_id JOIN rental r ON r.inventory_id = i.inventory_id
GROUP BY f.film_id, f.title ORDER BY rentals DESC, f.title LIMIT 10
"""
SALES_BY_CATEGORY = """
SELECT c.name AS category, sum(p.amount) AS total_sales
FROM payment p
JOIN rental r ON p.rental_id = r.rental_id
JOIN inventory i ON r.inventory_id = i.inventory_id
JOIN film f ON i.film_id = f.film_id
JOIN film_category fc ON f.film_id = fc.film_id
JOIN category c ON fc.category_id = c.category_id
GROUP BY c.name ORDER BY sum(p.amount) DESC
"""
SALES_BY_STORE = """
SELECT s.store_id, sum(p.amount) AS total_sales
FROM public.payment p
JOIN public.rental r ON p.rental_id = r.rental_id
JOIN public.inventory i ON r.inventory_id = i.inventory_id
JOIN public.store s ON i.store_id = s.store_id
JOIN public.address a ON s.address_id = a.address_id
JOIN public.city c ON a.city_id = c.city_id
JOIN public.country cy ON c.country_id = cy.country_id
JOIN public.staff m ON s.manager_staff_id = m.staff_id
GROUP BY s.store_id
"""
OVERDUE = """
SELECT rental.rental_id, CONCAT(customer.last_name, ', ', customer.first_name) AS customer, address.phone, film.title
FROM rental
INNER JOIN customer ON rental.customer_id = customer.customer_id
INNER JOIN address ON customer.address_id = address.address_id
INNER JOIN inventory ON rental.inventory_id = inventory.inventory_id
INNER JOIN film ON inventory.film_id = film.film_id
WHERE rental.return_date IS NULL
AND rental_date + film.rental_duration * '1 day'::interval < '2022-08-27'::timestamptz
ORDER BY title
"""
AT = datetime(2022, 8, 27, tzinfo=UTC)
Rows = list[tuple[Any, ...]]
# Each question as it is asked, and its answer, counted in the dump itself.
QUESTIONS: dict[str, tuple[str, Callable[[Counted], Any]]] = {
    "the ten films that were rented most": (TOP_FILMS, lambda dump: dump.top_films(10)),
    "the revenue of each category": (SALES_BY_CATEGORY, lambda dump: pairs(dump.revenue_by_category())),
    "the revenue of each store": (SALES_BY_STORE, lambda dump: pairs(dump.revenue_by_store())),
    "copies that are overdue": (f"SELECT rental_id FROM ({OVERDUE}) AS late", lambda dump: keys(dump.overdue(AT))),
    "copies that are out": (
        "SELECT inventory_id FROM inventory WHERE NOT inventory_in_stock(inventory_id)",
        lambda dump: keys(int(row["inventory_id"]) for row in dump.open_rentals),
    ),
    "the stock of films in stores": (
        "SELECT there, missing FROM inventory, film_in_stock(film_id, store_id) AS there, "
        "film_not_in_stock(film_id, store_id) AS missing",
        lambda dump: dump.in_and_out_of_stock(),
    ),
    "who has a copy": (
        "SELECT inventory_id, inventory_held_by_customer(inventory_id) FROM rental WHERE return_date IS NULL",
        lambda dump: [(int(row["inventory_id"]), int(row["customer_id"])) for row in dump.open_rentals],
    ),
    "the balance of each customer": (
        "SELECT customer_id, get_customer_balance(customer_id, '2030-01-01') FROM customer",
        lambda dump: pairs(dump.balances()),
    ),
    "words of films": (
        "SELECT film_id FROM film WHERE fulltext @@ to_tsquery('dramas & feminists')",
        lambda dump: keys(dump.films_with("'drama':", "'feminist':")),
    ),
    "strict and cheap": ("SELECT count(*) FROM film WHERE rating > 'PG-13' AND rental_rate < 3", lambda dump: [(269,)]),
    "films without a copy": (
        "SELECT count(*) FROM film f LEFT JOIN inventory i USING (film_id) WHERE i.film_id IS NULL",
        lambda dump: [(42,)],
    ),
    "films without an actor": (
        "SELECT count(*) FROM film f WHERE NOT EXISTS (SELECT 1 FROM film_actor fa WHERE fa.film_id = f.film_id)",
        lambda dump: [(3,)],
    ),
    "films in English": (
        "SELECT count(*) FROM film JOIN language USING (language_id) WHERE name = 'English'",
        lambda dump: [(585,)],
    ),
    "films with trailers": (
        "SELECT count(*) FROM film WHERE 'Trailers' = ANY (special_features)",
        lambda dump: [(535,)],
    ),
    "the last day of a month": ("SELECT last_day('2024-02-10')::text", lambda dump: [("2024-02-29",)]),
    "where sequences go on": (
        "SELECT nextval('film_film_id_seq'), nextval('rental_rental_id_seq'), nextval('payment_payment_id_seq'), "
        "nextval('staff_staff_id_seq'), nextval('store_store_id_seq'), nextval('address_address_id_seq')",
        lambda dump: [(1001, 16050, 32099, 1501, 501, 606)],
    ),
    "what was charged": ("SELECT count(*), sum(amount) FROM charge", lambda dump: [dump.payments()]),
}


def pairs(found: dict[Any, Any]) -> Rows:
    return list(found.items())


def keys(found: Iterable[int]) -> Rows:
    return [(key,) for key in found]


@pytest.fixture(scope="session")
def folder(real_files: Path) -> Path:
    return real_files / "pagila"


@pytest.fixture
def loaded(folder: Path, db: None) -> Counted:
    """What the dump says, which is loaded."""
    file = folder / "pagila-data.sql"
    assert import_dump([file], clear_demo=keep_all) == COUNTS
    return Counted(file)


def asked(statement: str) -> Rows:
    with connection.cursor() as cursor:
        cursor.execute(statement)
        rows: Rows = cursor.fetchall()
        return rows


@pytest.mark.sanity
def test_sql_written_for_pagila_answers_what_the_dump_says(loaded: Counted) -> None:
    found = {question: sorted(asked(statement)) for question, (statement, _) in QUESTIONS.items()}
    assert found == {question: sorted(answer(loaded)) for question, (_, answer) in QUESTIONS.items()}


def test_what_was_imported_is_lent_by_our_rules(loaded: Counted, clerk: User) -> None:
    assert {vars(customer)["balance"] for customer in Customer.objects.with_balance()} == {Decimal(0)}
    pages = [APIClient().get(f"{FILMS}?category=Action&limit=100&skip={skip}").json() for skip in (0, 100, 200)]
    found = [film["film_id"] for page in pages for film in page["films"]]
    assert (sorted(found), pages[0]["total"]) == (sorted(loaded.films_of("Action")), len(found))
    out, other = Inventory.objects.get(pk=int(loaded.open_rentals[0]["inventory_id"])), Customer.objects.earliest("pk")
    with pytest.raises(CopyOut):
        check_out_copy(other.pk, by=clerk, inventory_id=out.pk, staff_id=out.store.manager_staff_id)


def test_the_dump_of_2022_takes_the_place_of_the_other_and_one_that_broke_off_does_not(
    loaded: Counted, folder: Path, tmp_path: Path
) -> None:
    assert [broken_off(folder / "pagila-data.sql", tmp_path, share) for share in (0.1, 0.5, 0.99)] == [1000] * 3
    file = folder / "pagila-data-2022.sql.gz"
    counts = import_dump([file], clear_demo=keep_all, replace=True)
    assert counts == COUNTS | {"film_category": 1000, "store": 2, "staff": 2}
    assert dict(asked(SALES_BY_CATEGORY)) == Counted(file).revenue_by_category()
    assert asked("SELECT last_value FROM staff_staff_id_seq") == [(2,)]


def broken_off(dump: Path, folder: Path, share: float) -> int:
    """How many films there are after a part of the dump was refused."""
    content = dump.read_bytes()
    cut = folder / "cut.sql"
    cut.write_bytes(content[: int(len(content) * share)])
    with pytest.raises(DumpRefused, match=r"ends in the middle|cut off"):
        import_dump([cut], clear_demo=keep_all, replace=True)
    return Film.objects.count()
