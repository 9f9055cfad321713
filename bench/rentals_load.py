"""A chain of shops with 1,000,000 rentals: one statement for each table makes its rows in the database."""

from typing import Any

from django.db import connection, transaction

from catalog.models import Category, Film, Language
from rentals.models import Address, Charge, City, Country, Customer, Inventory, Payment, Rental, Staff, Store

SIZES = {"stores": 20, "films": 5_000, "copies": 60_000, "customers": 20_000, "rentals": 1_000_000, "open": 4_000}
TABLES = (Language, Category, Film, Country, City, Address, Store, Staff, Customer, Inventory, Rental, Payment, Charge)
# `%(film)s` is the first free id of the table film. A rental begins every three minutes until now, so that a copy goes
# out every 125 days: the steps of 7,919 through copies and customers meet all of them before one comes again.
STATEMENTS = {
    "language": "INSERT INTO language (language_id, name) SELECT %(language)s, 'Bench ' || %(language)s",
    "category": """INSERT INTO category (category_id, name)
        SELECT %(category)s + n, 'Bench ' || n FROM generate_series(0, 15) n""",
    "film": """INSERT INTO film (film_id, title, description, language_id, rental_duration, rental_rate, rating)
        SELECT %(film)s + n, 'BENCH ' || md5(n::text), 'A film of ' || md5((-n)::text), %(language)s, 3 + n %% 5,
               0.99 + n %% 5, (enum_range(NULL::mpaa_rating))[1 + n %% 5]
        FROM generate_series(0, %(films)s - 1) n""",
    "film_category": """INSERT INTO film_category (film_id, category_id)
        SELECT %(film)s + n, %(category)s + (n + m * 5) %% 16
        FROM generate_series(0, %(films)s - 1) n, generate_series(0, 1) m""",
    "country": "INSERT INTO country (country_id, country) SELECT %(country)s, 'Bench'",
    "city": "INSERT INTO city (city_id, city, country_id) SELECT %(city)s, 'Bench', %(country)s",
    "address": """INSERT INTO address (address_id, address, district, city_id, phone)
        SELECT %(address)s + n, n || ' Bench Lane', 'Bench', %(city)s, (5550000 + n)::text
        FROM generate_series(0, %(customers)s - 1) n""",
    "store": """INSERT INTO store (store_id, manager_staff_id, address_id)
        SELECT %(store)s + n, %(staff)s + n, %(address)s + n FROM generate_series(0, %(stores)s - 1) n""",
    "staff": """INSERT INTO staff (staff_id, first_name, last_name, address_id, store_id, username)
        SELECT %(staff)s + n, 'Bench', 'Clerk ' || n, %(address)s + n, %(store)s + n, 'bench' || n
        FROM generate_series(0, %(stores)s - 1) n""",
    "customer": """INSERT INTO customer (customer_id, store_id, first_name, last_name, email, address_id, active)
        SELECT %(customer)s + n, %(store)s + n %% %(stores)s, initcap(substr(md5(n::text), 1, 6)),
               initcap(substr(md5((-n)::text), 1, 9)), md5(n::text) || '@bench.test', %(address)s + n, 1
        FROM generate_series(0, %(customers)s - 1) n""",
    "inventory": """INSERT INTO inventory (inventory_id, film_id, store_id)
        SELECT %(inventory)s + n, %(film)s + n %% %(films)s, %(store)s + n %% %(stores)s
        FROM generate_series(0, %(copies)s - 1) n""",
    "rental": """INSERT INTO rental (rental_id, rental_date, inventory_id, customer_id, staff_id, due_date, return_date)
        SELECT %(rental)s + n, began, %(inventory)s + copy, %(customer)s + (n::bigint * 7919) %% %(customers)s,
               %(staff)s + n %% %(stores)s, began + (3 + copy %% %(films)s %% 5) * interval '1 day',
               CASE WHEN n < %(rentals)s - %(open)s THEN least(began + (1 + n %% 9) * interval '1 day', now()) END
        FROM (SELECT n, (n::bigint * 7919) %% %(copies)s AS copy,
                     now() - (%(rentals)s - n) * interval '3 minutes' AS began
              FROM generate_series(0, %(rentals)s - 1) n) AS made""",
    "charge": """INSERT INTO charge (customer_id, rental_id, kind, amount, charge_date)
        SELECT r.customer_id, r.rental_id, 'rental', f.rental_rate, r.return_date
        FROM rental r JOIN inventory USING (inventory_id) JOIN film f USING (film_id)
        WHERE r.rental_id >= %(rental)s AND r.return_date IS NOT NULL ORDER BY r.rental_id""",
    "payment": """INSERT INTO payment (customer_id, staff_id, rental_id, amount, payment_date)
        SELECT c.customer_id, r.staff_id, c.rental_id, c.amount, c.charge_date
        FROM charge c JOIN rental r USING (rental_id) WHERE c.rental_id >= %(rental)s AND c.rental_id %% 33 > 0
        ORDER BY c.id""",
}  # fmt: skip


def loaded() -> bool:
    return Rental.objects.count() >= SIZES["rentals"]


def load() -> None:
    """Replaces nothing: shops, films and customers of its own.

    What refers to what is right as it is made; to look eight million rows up again would take minutes.
    """
    first = {model._meta.db_table: next_id(model) for model in TABLES}
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET LOCAL session_replication_role = replica")
        for statement in STATEMENTS.values():
            cursor.execute(statement, first | SIZES)
        for model in TABLES:
            name = model._meta.db_table
            cursor.execute(
                "SELECT setval(pg_get_serial_sequence(%s, %s), %s)", [name, model._meta.pk.column, next_id(model)]
            )
    tidy()


def next_id(model: Any) -> int:
    last: int = model._default_manager.order_by("-pk").values_list("pk", flat=True).first() or 0
    return last + 1


def tidy() -> None:
    """What autovacuum does within minutes of a load."""
    with connection.cursor() as cursor:
        for name in STATEMENTS:
            cursor.execute(f"VACUUM (ANALYZE) {name}")
