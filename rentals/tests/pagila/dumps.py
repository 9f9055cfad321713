"""A dump as pg_dump writes it, of rows of our own: two films, three rentals of which one is open, four payments."""

from collections.abc import Mapping, Sequence

AT = "2022-02-15 10:00:00+00"
ROWS: Mapping[str, tuple[str, Sequence[str]]] = {
    "actor": ("actor_id, first_name, last_name, last_update", [f"1\tIDA\tMARLOWE\t{AT}"]),
    "country": ("country_id, country, last_update", [f"1\tFreedonia\t{AT}"]),
    "city": ("city_id, city, country_id, last_update", [f"1\tQuayside\t1\t{AT}"]),
    "address": (
        "address_id, address, address2, district, city_id, postal_code, phone, last_update",
        [f"1\t1 Harbour Lane\t\\N\tDocks\t1\t\t\t{AT}"],
    ),
    "category": ("category_id, name, last_update", [f"1\tAction\t{AT}", f"2\tNoir\t{AT}"]),
    "store": ("store_id, manager_staff_id, address_id, last_update", [f"0\t0\t1\t{AT}"]),
    "customer": (
        "customer_id, store_id, first_name, last_name, email, address_id, activebool, create_date, last_update, active",
        [f"1\t0\tMAE\tBELL\t\\N\t1\tt\t2022-02-14\t{AT}\t1", f"2\t0\tSOL\tREED\ts@x.test\t1\tt\t2022-02-14\t{AT}\t0"],
    ),
    "language": ("language_id, name, last_update", [f"1\tEnglish             \t{AT}"]),
    "film": (
        "film_id, title, description, release_year, language_id, original_language_id, rental_duration, rental_rate, "
        "length, replacement_cost, rating, last_update, special_features, fulltext",
        [
            f"1\tTHE HARBOUR\tA quay at night\t2006\t1\t\\N\t6\t0.99\t86\t20.99\tPG\t{AT}\t"
            "{Trailers,\"Deleted Scenes\"}\t'harbour':2",
            f"2\tTHE TIDE\t\\N\t2006\t1\t\\N\t3\t4.99\t48\t12.99\tNC-17\t{AT}\t\\N\t'tide':2",
        ],
    ),
    "film_actor": ("actor_id, film_id, last_update", [f"1\t1\t{AT}"]),
    "film_category": ("film_id, category_id, last_update", [f"1\t1\t{AT}", f"1\t2\t{AT}"]),
    "inventory": ("inventory_id, film_id, store_id, last_update", [f"1\t1\t0\t{AT}", f"2\t2\t0\t{AT}"]),
    "staff": (
        "staff_id, first_name, last_name, address_id, email, store_id, active, username, password, last_update, "
        "picture",
        [f"0\tCleo\tCounter\t1\t\\N\t0\tt\tcleo\t8cb2237d\t{AT}\t\\\\x89504e47"],
    ),
    "rental": (
        "rental_id, rental_date, inventory_id, customer_id, return_date, staff_id, last_update",
        [
            f"1\t2022-05-24 22:54:33+01\t1\t1\t2022-05-28 19:40:33+01\t0\t{AT}",
            f"2\t2022-06-01 10:00:00+00\t1\t2\t\\N\t0\t{AT}",
            f"9\t2022-07-01 10:00:00+00\t1\t1\t2022-07-03 10:00:00+00\t0\t{AT}",
        ],
    ),
    "payment_p2022_05": (
        "payment_id, customer_id, staff_id, rental_id, amount, payment_date",
        ["11\t1\t0\t1\t0.99\t2022-05-28 19:40:33+01", "12\t1\t0\t1\t0.00\t2022-05-28 19:40:33+01"],
    ),
    "payment_p2022_07": (
        "payment_id, customer_id, staff_id, rental_id, amount, payment_date",
        ["13\t2\t0\t2\t1.98\t2022-06-01 10:00:00+00", "14\t1\t0\t9\t0.99\t2022-07-03 10:00:00+00"],
    ),
}
HEAD = """--
-- PostgreSQL database dump
--

SET client_encoding = 'UTF8';
SET standard_conforming_strings = {strings};

"""
TAIL = """SELECT pg_catalog.setval('{schema}rental_rental_id_seq', 20, true);

--
-- PostgreSQL database dump complete
--

"""


def dump(rows: Mapping[str, tuple[str, Sequence[str]]] = ROWS, *, schema: str = "public.", strings: str = "on") -> str:
    sections = [section(f"{schema}{table}", *of_table) for table, of_table in rows.items()]
    return HEAD.format(strings=strings) + "".join(sections) + TAIL.format(schema=schema)


def section(table: str, columns: str, rows: Sequence[str]) -> str:
    return "\n".join([f"COPY {table} ({columns}) FROM stdin;", *rows, "\\.", "", ""])


def changed(table: str, before: str, after: str) -> str:
    """The dump with another text in the rows of one table."""
    columns, rows = ROWS[table]
    assert any(before in row for row in rows)
    return dump({**ROWS, table: (columns, [row.replace(before, after) for row in rows])})
