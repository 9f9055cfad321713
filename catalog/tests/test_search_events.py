"""Every door that writes films and media leaves an event for the search, one a statement."""

from typing import Any

import pytest
from django.db import connection

from catalog.models import Film, MediaItem
from catalog.tests.factories import FilmFactory, LanguageFactory
from catalog.tests.library.factories import MediaFactory
from pipeline.models import OutboxEvent

pytestmark = pytest.mark.django_db


def events(kind: str) -> list[str]:
    """What the events about the kind say, which are forgotten then."""
    rows = OutboxEvent.objects.filter(topic="search.index", key=kind).order_by("pk")
    said = [event.payload["rows"] for event in rows]
    rows.delete()
    return said


def span(rows: Any) -> str:
    numbers = sorted(row.search_number for row in rows)
    return f"{{[{numbers[0]},{numbers[-1] + 1})}}"


@pytest.mark.parametrize(
    ("kind", "model", "fields"),
    [("films", Film, {}), ("media", MediaItem, {"media_type": "book"})],
    ids=["films", "media"],
)
def test_each_statement_leaves_one_event_for_its_range(kind: str, model: Any, fields: dict[str, Any]) -> None:
    fields = fields or {"language": LanguageFactory()}
    made = model.objects.bulk_create(model(title=f"Night Bus {number}", **fields) for number in range(30))
    assert events(kind) == [span(made)]
    model.objects.update(title="Day Bus")
    assert events(kind) == [span(made)]
    model.objects.update(title="Day Bus")
    assert events(kind) == []
    model.objects.all().delete()
    assert events(kind) == [span(made)]


@pytest.mark.parametrize("kind", ["films", "media"])
def test_an_emptied_table_leaves_one_event_for_its_rows(kind: str) -> None:
    made = [FilmFactory(), FilmFactory()] if kind == "films" else [MediaFactory(), MediaFactory()]
    connection.check_constraints()
    events(kind)
    with connection.cursor() as cursor:
        cursor.execute(f"TRUNCATE {made[0]._meta.db_table} CASCADE")
    assert events(kind) == [span(made)]
