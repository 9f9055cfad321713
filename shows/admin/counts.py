from typing import Any

from django.db.models import Count, IntegerField, OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce


def counted(queryset: QuerySet[Any], *, by: str) -> Coalesce:
    """How many rows of `queryset` hang on the outer row: a subselect, so that no join multiplies anything."""
    counts = queryset.filter(**{by: OuterRef("pk")}).order_by().values(by).annotate(n=Count("pk")).values("n")
    return Coalesce(Subquery(counts, output_field=IntegerField()), 0)
