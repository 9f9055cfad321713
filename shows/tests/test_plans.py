"""Each filter and each order of the shots has an index that serves it."""

import pytest
from django.db import connection
from django.db.models import QuerySet

from shows.api.filters import ShotFilter
from shows.api.viewsets import ShotViewSet
from shows.models import Shot
from shows.tests.factories import ReviewFactory

pytestmark = [pytest.mark.performance, pytest.mark.django_db]

FILTERS = {
    "show_id": "1",
    "sequence_id": "1",
    "status": "review",
    "assigned_to": "1",
    "department": "Compositing",
    "open_notes": "true",
    "q": "plate",
}


def plan_of(queryset: QuerySet[Shot]) -> str:
    """How PostgreSQL answers when it may read a table as a whole only where no index serves."""
    ReviewFactory()
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_seqscan = off")
    return queryset.explain()


def test_no_filter_is_without_its_plan() -> None:
    assert FILTERS.keys() == ShotFilter.base_filters.keys()


@pytest.mark.parametrize("name", FILTERS)
def test_a_filtered_list_is_read_from_an_index(name: str) -> None:
    filtered = ShotFilter({name: FILTERS[name]}, queryset=Shot.objects.all()).qs
    plan = plan_of(filtered)
    assert "Seq Scan on shows_shot" not in plan
    assert "Index" in plan


@pytest.mark.parametrize("column", ShotViewSet.ordering_fields.values())
def test_an_ordered_page_is_read_in_the_order_of_an_index(column: str) -> None:
    plan = plan_of(Shot.objects.order_by(column, "pk").values("pk", column)[:50])
    assert "Seq Scan on shows_shot" not in plan
    assert "Sort" not in plan
