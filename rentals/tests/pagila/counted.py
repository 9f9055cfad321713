"""A dump read without a database and without the importer, to count in."""

import gzip
from collections import Counter, defaultdict
from collections.abc import Iterator
from datetime import datetime, timedelta
from decimal import Decimal
from functools import cached_property
from pathlib import Path

Row = dict[str, str]
NULL = "\\N"


class Counted:
    """The rows of a dump by table, all payments together, and what can be counted in them."""

    def __init__(self, file: Path) -> None:
        self.rows: dict[str, list[Row]] = defaultdict(list)
        content = file.read_bytes()
        text = gzip.decompress(content) if file.suffix == ".gz" else content
        lines = iter(text.decode().split("\n"))
        for line in lines:
            if line.startswith("COPY "):
                head, _, rest = line.removeprefix("COPY public.").partition(" (")
                columns = rest.partition(")")[0].split(", ")
                self.rows["payment" if "payment" in head else head] += self.section(columns, lines)

    def section(self, columns: list[str], lines: Iterator[str]) -> list[Row]:
        return [dict(zip(columns, line.split("\t"), strict=True)) for line in iter(lines.__next__, "\\.")]

    def by_key(self, table: str) -> dict[str, Row]:
        return {row[f"{table}_id"]: row for row in self.rows[table]}

    @cached_property
    def film_of_copy(self) -> dict[str, Row]:
        films = self.by_key("film")
        return {row["inventory_id"]: films[row["film_id"]] for row in self.rows["inventory"]}

    @property
    def open_rentals(self) -> list[Row]:
        return [row for row in self.rows["rental"] if row["return_date"] == NULL]

    def top_films(self, number: int) -> list[tuple[str, int]]:
        counts = Counter(self.film_of_copy[row["inventory_id"]]["title"] for row in self.rows["rental"])
        return sorted(counts.items(), key=lambda pair: (-pair[1], pair[0]))[:number]

    def revenue_by_category(self) -> dict[str, Decimal]:
        names = {row["category_id"]: row["name"] for row in self.rows["category"]}
        of_film: dict[str, list[str]] = defaultdict(list)
        for row in self.rows["film_category"]:
            of_film[row["film_id"]].append(names[row["category_id"]])
        rentals = self.by_key("rental")
        revenue: dict[str, Decimal] = defaultdict(Decimal)
        for payment in self.rows["payment"]:
            film = self.film_of_copy[rentals[payment["rental_id"]]["inventory_id"]]
            for name in of_film[film["film_id"]]:
                revenue[name] += Decimal(payment["amount"])
        return dict(revenue)

    def revenue_by_store(self) -> dict[int, Decimal]:
        stores = {row["inventory_id"]: int(row["store_id"]) for row in self.rows["inventory"]}
        rentals = self.by_key("rental")
        revenue: dict[int, Decimal] = defaultdict(Decimal)
        for payment in self.rows["payment"]:
            revenue[stores[rentals[payment["rental_id"]]["inventory_id"]]] += Decimal(payment["amount"])
        return dict(revenue)

    def balances(self) -> dict[int, Decimal]:
        """Rates and a dollar for each whole day that a copy came back late, without the payments."""
        owed: dict[int, Decimal] = defaultdict(Decimal)
        for rental in self.rows["rental"]:
            film = self.film_of_copy[rental["inventory_id"]]
            owed[int(rental["customer_id"])] += Decimal(film["rental_rate"]) + whole_days_late(rental, film)
        for payment in self.rows["payment"]:
            owed[int(payment["customer_id"])] -= Decimal(payment["amount"])
        return dict(owed)

    def overdue(self, on: datetime) -> set[int]:
        return {int(row["rental_id"]) for row in self.open_rentals if self.due(row) < on}

    def in_and_out_of_stock(self) -> list[tuple[int, int]]:
        """Of each film and store a pair for each copy that is in, each that is out, and each that asks."""
        out = {row["inventory_id"] for row in self.open_rentals}
        shelves: dict[tuple[str, str], list[str]] = defaultdict(list)
        for copy in self.rows["inventory"]:
            shelves[copy["film_id"], copy["store_id"]].append(copy["inventory_id"])
        return [
            (int(there), int(missing))
            for copies in shelves.values()
            for _ in copies
            for there in copies
            for missing in copies
            if there not in out and missing in out
        ]

    def films_with(self, *words: str) -> set[int]:
        return {int(row["film_id"]) for row in self.rows["film"] if all(word in row["fulltext"] for word in words)}

    def films_of(self, category: str) -> list[int]:
        [key] = [row["category_id"] for row in self.rows["category"] if row["name"] == category]
        return [int(row["film_id"]) for row in self.rows["film_category"] if row["category_id"] == key]

    def payments(self) -> tuple[int, Decimal]:
        amounts = [Decimal(row["amount"]) for row in self.rows["payment"]]
        return len(amounts), sum(amounts, Decimal(0))

    def due(self, rental: Row) -> datetime:
        days = int(self.film_of_copy[rental["inventory_id"]]["rental_duration"])
        return instant(rental["rental_date"]) + timedelta(days=days)


def whole_days_late(rental: Row, film: Row) -> int:
    if rental["return_date"] == NULL:
        return 0
    kept = instant(rental["return_date"]) - instant(rental["rental_date"])
    return max(0, (kept - timedelta(days=int(film["rental_duration"]))).days)


def instant(text: str) -> datetime:
    return datetime.fromisoformat(text)
