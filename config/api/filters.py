from typing import Any

from django.db.models import QuerySet
from django_filters.rest_framework import DjangoFilterBackend
from rest_framework.exceptions import ValidationError
from rest_framework.filters import BaseFilterBackend
from rest_framework.request import Request

MOST_TERMS = 4


class DeclaredFilters(DjangoFilterBackend):
    """django-filter, built only when the request has one of the view's filters."""

    def filter_queryset(self, request: Request, queryset: QuerySet[Any], view: Any) -> QuerySet[Any]:
        filterset = getattr(view, "filterset_class", None)
        if filterset is None or not request.query_params.keys() & filterset.base_filters.keys():
            return queryset
        filtered: QuerySet[Any] = super().filter_queryset(request, queryset, view)
        return filtered


class DeclaredOrdering(BaseFilterBackend):
    """`ordering=code,-updated_at`: by the view's `ordering_fields` only; the id settles what is equal."""

    def filter_queryset(self, request: Request, queryset: QuerySet[Any], view: Any) -> QuerySet[Any]:
        fields: dict[str, str] = getattr(view, "ordering_fields", {})
        wanted = request.query_params.get("ordering")
        if wanted is None or not fields:
            return queryset
        terms = [term.strip() for term in wanted.split(",")]
        if len(terms) > MOST_TERMS or any(term.removeprefix("-") not in fields for term in terms):
            raise ValidationError({"ordering": f"Order by at most {MOST_TERMS} of: {', '.join(fields)}; - reverses."})
        columns = [f"-{fields[term[1:]]}" if term.startswith("-") else fields[term] for term in terms]
        last = "-pk" if terms[0].startswith("-") else "pk"
        return queryset.order_by(*columns, last)

    def get_schema_operation_parameters(self, view: Any) -> list[dict[str, Any]]:
        fields = getattr(view, "ordering_fields", {})
        if not fields:
            return []
        names = [f"{sign}{name}" for name in fields for sign in ("", "-")]
        return [
            {
                "name": "ordering",
                "in": "query",
                "required": False,
                "description": "By which columns, separated by commas; `-` reverses one.",
                "schema": {"type": "array", "items": {"type": "string", "enum": names}, "maxItems": MOST_TERMS},
                "explode": False,
                "style": "form",
            }
        ]
