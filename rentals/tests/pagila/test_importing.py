import gzip
from decimal import Decimal
from pathlib import Path

import pgtrigger
import pytest
from django.db import connection
from django.db.models import Sum

from catalog.models import Category, Film, Language
from catalog.tests.factories import FilmFactory
from pipeline.models import OutboxEvent
from rentals.errors import OthersThere
from rentals.models import Charge, Customer, Inventory, Payment, Rental, Staff
from rentals.services.pagila import import_dump, importing
from rentals.services.pagila.tables import FILLED, HANGING
from rentals.tests.factories import HoldFactory, SubscriptionFactory
from rentals.tests.pagila.conftest import Imported, keep_all
from rentals.tests.pagila.dumps import ROWS, dump, section

COUNTS = {
    "language": 1, "category": 2, "actor": 1, "film": 2, "film_category": 2, "film_actor": 1, "country": 1, "city": 1,
    "address": 1, "store": 1, "staff": 1, "customer": 2, "inventory": 2, "rental": 3, "payment": 4,
}  # fmt: skip
PAYMENTS = [row for table in ("payment_p2022_05", "payment_p2022_07") for row in ROWS[table][1]]
WHOLE = {name: of_table for name, of_table in ROWS.items() if "payment" not in name} | {
    "payment": (ROWS["payment_p2022_05"][0], PAYMENTS)
}
IN_PARTITIONS_BY_DAY = {name.replace("_p2022_05", "_p20220501"): of_table for name, of_table in ROWS.items()} | {
    "payment_default": (ROWS["payment_p2022_05"][0], [])
}
IN_PARTITIONS_OF_2015 = {name.replace("_p2022", "_p2007"): of_table for name, of_table in ROWS.items()}
WITHOUT_ZONES = dump(schema="", strings="off").replace("+00", "").replace("+01", "")


@pytest.mark.sanity
def test_every_row_of_a_dump_arrives(imported: Imported) -> None:
    assert imported() == COUNTS


@pytest.mark.parametrize(
    "content",
    [
        dump(schema=""),
        dump(WHOLE),
        dump(WHOLE, schema=""),
        dump(IN_PARTITIONS_BY_DAY),
        dump(IN_PARTITIONS_OF_2015, schema="", strings="off"),
        dump({name: ROWS[name] for name in reversed(list(ROWS))}),
        WITHOUT_ZONES,
        dump().replace("\n", "\r\n"),
        gzip.compress(dump().encode()),
    ],
    ids=["no schema", "one payment", "2018", "by day", "2015", "order", "no zones", "windows", "gzip"],
)
def test_every_form_of_a_dump_is_read(imported: Imported, content: str | bytes) -> None:
    assert imported(content) == COUNTS


def test_a_dump_may_lie_in_several_files(tmp_path: Path, db: None) -> None:
    names = {"films": ["film", "film_actor"], "rest": [name for name in ROWS if name not in ("film", "film_actor")]}
    files = [tmp_path / f"{part}.sql" for part in names]
    for file, tables in zip(files, names.values(), strict=True):
        file.write_text(dump({table: ROWS[table] for table in tables}))
    assert import_dump(files, clear_demo=keep_all) == COUNTS


def test_tables_of_others_in_the_dump_are_passed_over(imported: Imported) -> None:
    strange = section("public.packages", "id, doc", ['1\t{"a": 1}'])
    assert imported(dump().replace("SELECT pg_catalog", f"{strange}SELECT pg_catalog")) == COUNTS


def test_values_arrive_as_they_are(imported: Imported) -> None:
    imported()
    film = Film.objects.get(pk=1)
    assert (film.title, film.rating, film.release_year, film.rental_rate) == (
        "THE HARBOUR",
        "PG",
        2006,
        Decimal("0.99"),
    )
    assert film.last_update.year == 2022
    assert (Language.objects.get().name, bytes(Staff.objects.get(pk=0).picture or b"")) == ("English", b"\x89PNG")


def test_what_is_ours_has_its_default(imported: Imported) -> None:
    imported()
    assert set(Inventory.objects.values_list("state", flat=True)) == {"available"}
    assert not Film.objects.filter(streaming_available=True).exists()


def test_an_open_rental_and_one_that_overlaps_it_arrive_as_they_are(imported: Imported) -> None:
    imported()
    assert list(Rental.objects.filter(inventory=1, return_date=None).values_list("pk", flat=True)) == [2]
    assert Rental.objects.filter(inventory=1).count() == 3


def test_a_rental_is_due_when_the_films_days_are_over(imported: Imported) -> None:
    imported()
    rental = Rental.objects.get(pk=2)
    assert (rental.due_date - rental.rental_date).days == 6
    assert rental.last_update.year == 2022


def test_a_charge_stands_against_each_payment_so_that_customers_start_even(imported: Imported) -> None:
    imported()
    assert sorted(Charge.objects.values_list("customer", "amount")) == sorted(
        Payment.objects.values_list("customer", "amount")
    )
    assert Charge.objects.aggregate(sum=Sum("amount"))["sum"] == Decimal("3.96")


def test_new_rows_get_numbers_above_those_of_the_dump(imported: Imported) -> None:
    imported()
    with connection.cursor() as cursor:
        cursor.execute("SELECT nextval('film_film_id_seq'), nextval('payment_payment_id_seq')")
        assert cursor.fetchone() == (3, 15)
        cursor.execute("SELECT nextval('rental_rental_id_seq')")
        assert cursor.fetchone() == (21,)


def test_a_number_that_no_sequence_can_reach_is_passed_over(imported: Imported) -> None:
    imported(dump().replace("rental_rental_id_seq', 20,", "rental_rental_id_seq', 99999999999999999999,"))
    with connection.cursor() as cursor:
        cursor.execute("SELECT nextval('rental_rental_id_seq')")
        assert cursor.fetchone() == (10,)


def test_rows_of_others_are_not_touched(imported: Imported) -> None:
    own = FilmFactory()
    with pytest.raises(OthersThere, match="language, film"):
        imported()
    assert Film.objects.get() == own


def test_replace_takes_everything_away_before(imported: Imported) -> None:
    HoldFactory()
    SubscriptionFactory()
    assert imported(replace=True) == COUNTS
    assert imported(replace=True) == COUNTS
    assert Charge.objects.count() == 4


def test_the_demo_goes_before_the_rows_of_others_are_looked_for(tmp_path: Path, db: None) -> None:
    film = FilmFactory(categories=[Category.objects.create(name="Demo")])
    file = tmp_path / "dump.sql"
    file.write_text(dump())

    def clear_demo() -> None:
        for model in (Film, Category, Language):
            model.objects.all().delete()

    assert import_dump([file], clear_demo=clear_demo) == COUNTS
    assert not Film.objects.filter(title=film.title).exists()


@pytest.mark.regression
def test_the_triggers_are_quick_after_the_demo_left_some_out(
    tmp_path: Path, db: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    file, settings = tmp_path / "dump.sql", []
    file.write_text(dump())

    def clear_demo() -> None:
        with pgtrigger.ignore("rentals.Payment:append_only"):
            Payment.objects.all().delete()

    def note(dump: object, tell: object) -> None:
        with connection.cursor() as cursor:
            cursor.execute("SELECT current_setting('pgtrigger.ignore')")
            settings.extend(cursor.fetchone())

    monkeypatch.setattr(importing, "load", note)
    import_dump([file], clear_demo=clear_demo)
    assert settings == ["{}"]


def test_everything_that_refers_to_what_is_replaced_is_replaced_too() -> None:
    replaced = set(FILLED + HANGING)
    referring = {relation.related_model for model in FILLED for relation in model._meta.related_objects}
    assert referring <= replaced


def test_an_inactive_customer_stays_inactive(imported: Imported) -> None:
    imported()
    assert [customer.is_active for customer in Customer.objects.order_by("pk")] == [True, False]


def test_the_search_is_told_of_a_dumps_films_by_one_event(imported: Imported) -> None:
    def told() -> list[str]:
        events = OutboxEvent.objects.filter(topic="search.index", key="films").order_by("pk")
        return [event.payload["rows"] for event in events]

    imported()
    old = sorted(Film.objects.values_list("search_number", flat=True))
    imported(replace=True)
    new = sorted(Film.objects.values_list("search_number", flat=True))
    assert old[-1] < new[0]
    assert told() == [f"{{[{rows[0]},{rows[-1] + 1})}}" for rows in (old, old, new)]
