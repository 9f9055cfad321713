from functools import cache
from typing import Any

from django.db.models import QuerySet
from django_filters.rest_framework import DjangoFilterBackend
from django_filters.utils import translate_validation
from rest_framework.exceptions import ValidationError
from rest_framework.filters import BaseFilterBackend
from rest_framework.request import Request

MOST_TERMS = 4


class DeclaredFilters(DjangoFilterBackend):
    """django-filter, built only when the request has one of the view's filters, and only with those it has."""

    def filter_queryset(self, request: Request, queryset: QuerySet[Any], view: Any) -> QuerySet[Any]:
        declared = getattr(view, "filterset_class", None)
        names = request.query_params.keys() & declared.base_filters.keys() if declared else None
        if not names:
            return queryset
        filterset = narrowed(declared, frozenset(names))(request.query_params, queryset=queryset, request=request)
        if not filterset.is_valid():
            raise translate_validation(filterset.errors)
        filtered: QuerySet[Any] = filterset.qs
        return filtered


@cache
def narrowed(filterset: Any, names: frozenset[str]) -> Any:
    """The filterset with these filters alone: each instance copies all that it has."""
    only = type(filterset.__name__, (filterset,), {})
    only.base_filters = {name: filterset.base_filters[name] for name in sorted(names)}  # type: ignore[attr-defined]
    return only


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
