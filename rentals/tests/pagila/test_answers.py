"""What is said of Pagila's films in words, beside what SQL says of them."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.db import connection, transaction

from catalog.ai.summaries import summary_of
from catalog.models import Film
from rentals.services.pagila import import_dump
from rentals.tests.pagila.conftest import keep_all

pytestmark = pytest.mark.sanity


@pytest.fixture(scope="module", autouse=True)
def pagila(real_files: Path, django_db_setup: None, django_db_blocker: Any) -> Iterator[None]:
    """Loaded once for all tests of this module, which only read."""
    with django_db_blocker.unblock(), transaction.atomic():
        import_dump([real_files / "pagila" / "pagila-data.sql"], clear_demo=keep_all)
        yield
        transaction.set_rollback(True)


def asked(statement: str) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(statement)
        return cursor.fetchall()


def test_the_summary_of_every_film_is_what_sql_says() -> None:
    rows = asked("SELECT film_id, title, rating::text, rating > 'PG-13' AND rental_rate < 3.00 FROM film")
    summaries = {film.pk: summary_of(film) for film in Film.objects.all()}
    assert summaries == {pk: {"title": title, "rating": rating, "recommended": yes} for pk, title, rating, yes in rows}
    assert sum(summary["recommended"] for summary in summaries.values()) == 269
