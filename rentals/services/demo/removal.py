from collections.abc import Collection, Mapping

import pgtrigger
from django.db import connection
from django.db.models import Model

from catalog.services.demo import kept
from rentals.models import Address, City, Country, Customer, Staff, Store

Roots = Mapping[type[Model], Collection[int]]
# Whoever manages or works in a store of the demo goes with it, and so does a store that such a person manages.
GONE = """
CREATE TEMPORARY TABLE gone_film ON COMMIT DROP AS SELECT unnest(%(films)s::int[]) AS film_id;
CREATE TEMPORARY TABLE gone_store ON COMMIT DROP AS
WITH RECURSIVE gone (store_id) AS (
    SELECT unnest(%(stores)s::int[])
    UNION
    SELECT store_id FROM store WHERE manager_staff_id = ANY(%(staff)s)
    UNION
    SELECT managed.store_id FROM gone JOIN staff USING (store_id)
    JOIN store AS managed ON managed.manager_staff_id = staff.staff_id
)
SELECT store_id FROM gone;
CREATE TEMPORARY TABLE gone_staff ON COMMIT DROP AS
SELECT staff_id FROM staff WHERE staff_id = ANY(%(staff)s) OR store_id IN (SELECT store_id FROM gone_store);
CREATE TEMPORARY TABLE gone_customer ON COMMIT DROP AS
SELECT customer_id FROM customer
WHERE customer_id = ANY(%(customers)s) OR store_id IN (SELECT store_id FROM gone_store);
CREATE TEMPORARY TABLE gone_copy ON COMMIT DROP AS
SELECT inventory_id FROM inventory
WHERE film_id IN (SELECT film_id FROM gone_film) OR store_id IN (SELECT store_id FROM gone_store);
CREATE TEMPORARY TABLE gone_rental ON COMMIT DROP AS
SELECT rental_id FROM rental
WHERE inventory_id IN (SELECT inventory_id FROM gone_copy) OR customer_id IN (SELECT customer_id FROM gone_customer)
OR staff_id IN (SELECT staff_id FROM gone_staff)
"""
DELETIONS = (
    "DELETE FROM streaming_subscription WHERE customer_id IN (SELECT customer_id FROM gone_customer)",
    "DELETE FROM film_hold WHERE film_id IN (SELECT film_id FROM gone_film) "
    "OR customer_id IN (SELECT customer_id FROM gone_customer)",
    "UPDATE film_hold SET state = 'waiting', inventory_id = NULL, ready_until = NULL "
    "WHERE inventory_id IN (SELECT inventory_id FROM gone_copy)",
    "DELETE FROM charge WHERE customer_id IN (SELECT customer_id FROM gone_customer) "
    "OR rental_id IN (SELECT rental_id FROM gone_rental)",
    "DELETE FROM payment WHERE customer_id IN (SELECT customer_id FROM gone_customer) "
    "OR rental_id IN (SELECT rental_id FROM gone_rental)",
    "UPDATE payment SET staff_id = NULL WHERE staff_id IN (SELECT staff_id FROM gone_staff)",
    "DELETE FROM rental WHERE rental_id IN (SELECT rental_id FROM gone_rental)",
    "DELETE FROM inventory WHERE inventory_id IN (SELECT inventory_id FROM gone_copy)",
    "DELETE FROM customer WHERE customer_id IN (SELECT customer_id FROM gone_customer)",
    "DELETE FROM store WHERE store_id IN (SELECT store_id FROM gone_store)",
    "DELETE FROM staff WHERE staff_id IN (SELECT staff_id FROM gone_staff)",
    "DROP TABLE gone_film, gone_store, gone_staff, gone_customer, gone_copy, gone_rental",
)


def remove_rentals(
    roots: Mapping[type[Model], Collection[int]], *, films: Collection[int]
) -> dict[type[Model], list[int]]:
    """Deletes the demo's stores, staff and customers and the copies of its films, with all that hangs on them.

    Whoever made it: rentals, holds, the ledger's entries. Rows of others lose at most who took a payment, and the copy
    that was kept for them. Addresses, cities and countries go unless others are there; answers which stay. Writers wait
    until the caller's transaction ends.
    """
    keys = {
        name: list(roots.get(model, []))
        for name, model in (("stores", Store), ("staff", Staff), ("customers", Customer))
    }
    with connection.cursor() as cursor:
        cursor.execute("LOCK TABLE rental, payment, charge, film_hold IN SHARE ROW EXCLUSIVE MODE")
        cursor.execute(GONE, {**keys, "films": list(films)})
        with pgtrigger.ignore("rentals.Payment:append_only", "rentals.Charge:append_only"):
            for statement in DELETIONS:
                cursor.execute(statement)
    return {
        Address: kept(Address, roots.get(Address, []), customers=None, staff=None, stores=None),
        City: kept(City, roots.get(City, []), addresses=None),
        Country: kept(Country, roots.get(Country, []), cities=None),
    }
