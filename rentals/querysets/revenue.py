"""What came in: all payments without the refunds, by month, store or category."""

from typing import Any, Literal, get_args

from django.db import connection

By = Literal["month", "store", "category"]
BY: tuple[By, ...] = get_args(By)

# Months are those of UTC.
MONTHS = """
SELECT to_char(begins, 'YYYY-MM') AS month, payments, revenue::text
FROM (
    SELECT date_trunc('month', payment_date AT TIME ZONE 'UTC') AS begins, count(*) AS payments, sum(amount) AS revenue
    FROM payment GROUP BY begins
) AS of_month ORDER BY begins
"""
# Sums of each copy first: the join of payments and rentals is the work, and what follows is small then.
OF_COPIES = """
WITH of_copy AS (
    SELECT rental.inventory_id, count(*) AS payments, sum(payment.amount) AS revenue
    FROM payment JOIN rental ON rental.rental_id = payment.rental_id GROUP BY rental.inventory_id
)
"""
# The store whose copy was lent; what was paid for no rental is of the customer's store.
STORES = f"""
{OF_COPIES}, of_store AS (
    SELECT inventory.store_id, of_copy.payments, of_copy.revenue
    FROM of_copy JOIN inventory ON inventory.inventory_id = of_copy.inventory_id
    UNION ALL
    SELECT customer.store_id, 1, payment.amount
    FROM payment JOIN customer ON customer.customer_id = payment.customer_id WHERE payment.rental_id IS NULL
)
SELECT store_id, sum(payments)::bigint, sum(revenue)::text FROM of_store GROUP BY store_id ORDER BY store_id
"""  # noqa: S608 - all of it is written here
# As in Pagila's own view a film counts in full in each of its categories. Without a film or a category it is null's.
CATEGORIES = f"""
{OF_COPIES}, of_film AS (
    SELECT inventory.film_id, of_copy.payments, of_copy.revenue
    FROM of_copy JOIN inventory ON inventory.inventory_id = of_copy.inventory_id
    UNION ALL
    SELECT NULL, 1, payment.amount FROM payment WHERE payment.rental_id IS NULL
)
SELECT category.name, sum(of_film.payments)::bigint, sum(of_film.revenue)::text
FROM of_film
LEFT JOIN film_category ON film_category.film_id = of_film.film_id
LEFT JOIN category ON category.category_id = film_category.category_id
GROUP BY category.name ORDER BY sum(of_film.revenue) DESC, category.name
"""  # noqa: S608 - all of it is written here
# The order of an index, so that no row of the table is read.
RENTALS = """
SELECT to_char(begins, 'YYYY-MM'), rentals
FROM (
    SELECT date_trunc('month', rental_date AT TIME ZONE 'UTC') AS begins, count(*) AS rentals
    FROM rental GROUP BY begins
) AS of_month ORDER BY begins
"""
STATEMENTS: dict[By, str] = {"month": MONTHS, "store": STORES, "category": CATEGORIES}


def revenue(by: By) -> list[dict[str, Any]]:
    """A row for each month, store or category in which something was paid: `{by: …, payments, revenue}`.

    There are as many rows as months, stores or categories. All payments are read: see docs/operations.md for how long
    that takes.
    """
    with connection.cursor() as cursor:
        cursor.execute(STATEMENTS[by])
        return [{by: key, "payments": payments, "revenue": total} for key, payments, total in cursor]


def rentals_by_month() -> list[tuple[str, int]]:
    """How many copies went out in each month in which some did, the oldest first."""
    with connection.cursor() as cursor:
        cursor.execute(RENTALS)
        rows: list[tuple[str, int]] = cursor.fetchall()
        return rows
