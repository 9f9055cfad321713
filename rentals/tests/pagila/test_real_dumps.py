"""The public dumps, and SQL as people write it for Pagila: it runs here unchanged."""

from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from django.db import connection, transaction

from catalog.models import Film
from rentals.errors import DumpRefused
from rentals.models import Charge, Customer
from rentals.services.pagila import import_dump
from rentals.tests.pagila.conftest import keep_all
from rentals.tests.pagila.counted import Counted, as_dict

Asked = Callable[..., list[tuple[Any, ...]]]
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


@pytest.fixture(scope="module")
def folder(real_files: Path) -> Path:
    return real_files / "pagila"


@pytest.fixture(scope="module")
def counted(folder: Path) -> Counted:
    return Counted(folder / "pagila-data.sql")


@pytest.fixture(scope="module")
def asked(folder: Path, django_db_setup: None, django_db_blocker: Any) -> Iterator[Asked]:
    """`asked(sql)` answers the rows of a statement on the imported dump, which goes with this module's last test."""
    with django_db_blocker.unblock(), transaction.atomic():
        assert import_dump([folder / "pagila-data.sql"], clear_demo=keep_all) == COUNTS
        yield rows_of
        transaction.set_rollback(True)


def rows_of(statement: str) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(statement)
        rows: list[tuple[Any, ...]] = cursor.fetchall()
        return rows


@pytest.mark.sanity
def test_every_row_of_the_dump_is_there(asked: Asked, counted: Counted) -> None:
    for table, rows in counted.rows.items():
        assert asked(f"SELECT count(*) FROM {table}") == [(len(rows),)], table


def test_the_ten_films_that_were_rented_most(asked: Asked, counted: Counted) -> None:
    assert asked(TOP_FILMS) == counted.top_films(10)


def test_the_revenue_of_each_category(asked: Asked, counted: Counted) -> None:
    assert as_dict(asked(SALES_BY_CATEGORY)) == counted.revenue_by_category()


def test_the_revenue_of_each_store(asked: Asked, counted: Counted) -> None:
    assert as_dict(asked(SALES_BY_STORE)) == counted.revenue_by_store()


def test_copies_that_are_overdue(asked: Asked, counted: Counted) -> None:
    assert {row[0] for row in asked(OVERDUE)} == counted.overdue(AT)
    assert len(counted.overdue(AT)) > 100


def test_copies_in_stock(asked: Asked, counted: Counted) -> None:
    out = {int(row["inventory_id"]) for row in counted.open_rentals}
    found = asked("SELECT inventory_id FROM inventory WHERE NOT inventory_in_stock(inventory_id)")
    assert {key for (key,) in found} == out
    assert len(out) == 183


def test_the_stock_of_a_film_in_a_store(asked: Asked, counted: Counted) -> None:
    out = {row["inventory_id"] for row in counted.open_rentals}
    rows = [row for row in counted.rows["inventory"] if row["inventory_id"] in out][:5]
    for row in rows:
        film, store = row["film_id"], row["store_id"]
        missing = asked(f"SELECT * FROM film_not_in_stock({film}, {store})")
        there = asked(f"SELECT * FROM film_in_stock({film}, {store})")
        assert (int(row["inventory_id"]),) in missing
        copies = {(int(copy["inventory_id"]),) for copy in counted.rows["inventory"] if place(copy) == place(row)}
        assert {*missing, *there} == copies


def place(copy: dict[str, str]) -> tuple[str, str]:
    return copy["film_id"], copy["store_id"]


def test_who_has_a_copy(asked: Asked, counted: Counted) -> None:
    rental = counted.open_rentals[0]
    found = asked(f"SELECT inventory_held_by_customer({rental['inventory_id']})")
    assert found == [(int(rental["customer_id"]),)]


def test_the_balance_of_each_customer(asked: Asked, counted: Counted) -> None:
    found = asked("SELECT customer_id, get_customer_balance(customer_id, '2030-01-01') FROM customer")
    assert as_dict(found) == counted.balances()


@pytest.mark.parametrize(
    ("statement", "answer"),
    [
        ("SELECT count(*) FROM film WHERE rating IN ('R', 'NC-17') AND rental_rate < 3.00", 269),
        ("SELECT count(*) FROM film WHERE rating > 'PG-13'::mpaa_rating AND rental_rate < 3.00", 269),
        ("SELECT count(*) FROM film JOIN language USING (language_id) WHERE name = 'English'", 585),
        ("SELECT count(*) FROM film f LEFT JOIN inventory i USING (film_id) WHERE i.film_id IS NULL", 42),
        ("SELECT count(*) FROM film f WHERE NOT EXISTS (SELECT 1 FROM film_actor fa WHERE fa.film_id = f.film_id)", 3),
        ("SELECT count(*) FROM film WHERE 'Trailers' = ANY (special_features)", 535),
        ("SELECT last_day('2024-02-10'::timestamptz)::text", "2024-02-29"),
        ("SELECT last_day('2022-12-31')::text", "2022-12-31"),
    ],
)
def test_other_things_that_people_ask(asked: Asked, statement: str, answer: Any) -> None:
    assert asked(statement) == [(answer,)]


def test_words_of_films(asked: Asked, counted: Counted) -> None:
    found = asked("SELECT film_id FROM film WHERE fulltext @@ to_tsquery('dramas & feminists')")
    texts = {int(row["film_id"]): row["fulltext"] for row in counted.rows["film"]}
    expected = {pk for pk, words in texts.items() if "'drama':" in words and "'feminist':" in words}
    assert {pk for (pk,) in found} == expected != set()


@pytest.mark.parametrize(
    ("sequence", "last"),
    [("film_film_id_seq", 1000), ("rental_rental_id_seq", 16049), ("payment_payment_id_seq", 32098),
     ("staff_staff_id_seq", 1500), ("store_store_id_seq", 500), ("address_address_id_seq", 605)],
)  # fmt: skip
def test_sequences_go_on_where_the_dumps_own_stopped(asked: Asked, sequence: str, last: int) -> None:
    assert asked(f"SELECT last_value, is_called FROM {sequence}") == [(last, True)]


def test_every_customer_starts_even(asked: Asked, counted: Counted) -> None:
    paid = sum(Decimal(row["amount"]) for row in counted.rows["payment"])
    assert asked("SELECT sum(amount) FROM charge") == [(paid,)]
    assert {vars(customer)["balance"] for customer in Customer.objects.with_balance()} == {Decimal(0)}
    assert Charge.objects.count() == len(counted.rows["payment"])


def test_no_film_is_listed_twice(asked: Asked, counted: Counted) -> None:
    actions = {row["category_id"] for row in counted.rows["category"] if row["name"] == "Action"}
    expected = {int(row["film_id"]) for row in counted.rows["film_category"] if row["category_id"] in actions}
    found = [row["film_id"] for row in Film.objects.of_category("Action").as_rows()]
    assert sorted(found) == sorted(expected)


def test_the_dump_of_2022_takes_the_place_of_the_other(asked: Asked, folder: Path) -> None:
    with transaction.atomic():
        counts = import_dump([folder / "pagila-data-2022.sql.gz"], clear_demo=keep_all, replace=True)
        older = Counted(folder / "pagila-data-2022.sql.gz")
        assert counts == COUNTS | {"film_category": 1000, "store": 2, "staff": 2}
        assert as_dict(asked(SALES_BY_CATEGORY)) == older.revenue_by_category()
        assert asked("SELECT last_value FROM staff_staff_id_seq") == [(2,)]
        transaction.set_rollback(True)


@pytest.mark.parametrize("share", [0.1, 0.5, 0.99])
def test_a_real_dump_that_broke_off_leaves_everything(asked: Asked, folder: Path, tmp_path: Path, share: float) -> None:
    content = (folder / "pagila-data.sql").read_bytes()
    cut = tmp_path / "cut.sql"
    cut.write_bytes(content[: int(len(content) * share)])
    with pytest.raises(DumpRefused, match=r"ends in the middle|cut off"):
        import_dump([cut], clear_demo=keep_all, replace=True)
    assert asked("SELECT count(*) FROM film") == [(1000,)]
