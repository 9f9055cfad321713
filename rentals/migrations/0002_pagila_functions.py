from django.db import migrations

IN_STOCK = """
CREATE FUNCTION inventory_in_stock(p_inventory_id integer) RETURNS boolean
LANGUAGE sql STABLE AS $$
    SELECT NOT EXISTS (SELECT FROM rental WHERE inventory_id = p_inventory_id AND return_date IS NULL)
$$
"""
HELD_BY = """
CREATE FUNCTION inventory_held_by_customer(p_inventory_id integer) RETURNS integer
LANGUAGE sql STABLE AS $$
    SELECT customer_id FROM rental WHERE inventory_id = p_inventory_id AND return_date IS NULL LIMIT 1
$$
"""
FILM_IN_STOCK = """
CREATE FUNCTION film_in_stock(p_film_id integer, p_store_id integer, OUT p_film_count integer)
RETURNS SETOF integer LANGUAGE sql STABLE AS $$
    SELECT inventory_id FROM inventory
    WHERE film_id = p_film_id AND store_id = p_store_id AND inventory_in_stock(inventory_id)
$$
"""
FILM_NOT_IN_STOCK = """
CREATE FUNCTION film_not_in_stock(p_film_id integer, p_store_id integer, OUT p_film_count integer)
RETURNS SETOF integer LANGUAGE sql STABLE AS $$
    SELECT inventory_id FROM inventory
    WHERE film_id = p_film_id AND store_id = p_store_id AND NOT inventory_in_stock(inventory_id)
$$
"""
# What the rentals until that day cost, a dollar for each whole day that one came back late, and what was paid.
BALANCE = """
CREATE FUNCTION get_customer_balance(p_customer_id integer, p_effective_date timestamptz) RETURNS numeric
LANGUAGE sql STABLE AS $$
    SELECT (
        SELECT coalesce(sum(film.rental_rate + greatest(0, floor(
            extract(epoch FROM rental.return_date - rental.rental_date) / 86400 - film.rental_duration
        ))), 0)
        FROM rental JOIN inventory USING (inventory_id) JOIN film USING (film_id)
        WHERE rental.customer_id = p_customer_id AND rental.rental_date <= p_effective_date
    ) - (
        SELECT coalesce(sum(amount), 0) FROM payment
        WHERE customer_id = p_customer_id AND payment_date <= p_effective_date
    )
$$
"""
LAST_DAY = """
CREATE FUNCTION last_day(timestamptz) RETURNS date LANGUAGE sql STABLE STRICT AS $$
    SELECT (date_trunc('month', $1) + interval '1 month' - interval '1 day')::date
$$
"""


class Migration(migrations.Migration):
    """The functions that SQL written for Pagila calls, and who a hold's copy may be of."""

    dependencies = [("rentals", "0001_initial")]

    operations = [
        migrations.RunSQL(IN_STOCK, "DROP FUNCTION inventory_in_stock(integer)"),
        migrations.RunSQL(HELD_BY, "DROP FUNCTION inventory_held_by_customer(integer)"),
        migrations.RunSQL(FILM_IN_STOCK, "DROP FUNCTION film_in_stock(integer, integer)"),
        migrations.RunSQL(FILM_NOT_IN_STOCK, "DROP FUNCTION film_not_in_stock(integer, integer)"),
        migrations.RunSQL(BALANCE, "DROP FUNCTION get_customer_balance(integer, timestamptz)"),
        migrations.RunSQL(LAST_DAY, "DROP FUNCTION last_day(timestamptz)"),
        migrations.RunSQL(
            """
            ALTER TABLE film_hold ADD CONSTRAINT film_hold_copy_of_film
                FOREIGN KEY (inventory_id, film_id) REFERENCES inventory (inventory_id, film_id)
            """,
            "ALTER TABLE film_hold DROP CONSTRAINT film_hold_copy_of_film",
        ),
    ]
