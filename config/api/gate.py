"""Unknown query parameters and unknown keys of a body are refused, whatever the view."""

import re
from collections.abc import Iterable
from functools import cache
from typing import Any

from django.http import QueryDict
from rest_framework.exceptions import ValidationError
from rest_framework.permissions import BasePermission
from rest_framework.request import Request
from rest_framework.serializers import BaseSerializer, ListSerializer, Serializer

ALWAYS = frozenset({"format"})
# The browsable API's own: they never reach a serializer.
OF_FORMS = frozenset({"csrfmiddlewaretoken"})


class KnownInput(BasePermission):
    """The last of DRF's checks before a view runs, and the first that may know the caller's input.

    A view's parameters are its paging, its filters, its ordering, and what it names for itself in
    `query_parameters = {action or method: serializer class}`; the keys of a body are its serializer's fields.
    """

    def has_permission(self, request: Request, view: Any) -> bool:
        unknown = request._request.GET.keys() - query_parameters(view)
        if unknown:
            raise unknown_names(unknown, "There is no such query parameter here.")
        if request.accepted_renderer.format == "csv" and not comes_as_csv(request, view):
            raise ValidationError({"format": "Only lists come as CSV."})
        if request.method in ("POST", "PATCH", "PUT"):
            refuse_unknown_keys(request, view)
        return True


def comes_as_csv(request: Request, view: Any) -> bool:
    """Lists do, and what a view names in its `comes_as_csv`."""
    return getattr(view, "action", None) == "list" or str(request.method).lower() in getattr(view, "comes_as_csv", ())


def query_parameters(view: Any) -> frozenset[str]:
    action = getattr(view, "action", None) or view.request.method.lower()
    view_class: Any = type(view)
    known: frozenset[str] = parameters_of(view_class, action)
    return known


@cache
def parameters_of(view: Any, action: str) -> frozenset[str]:
    """Every query parameter that the action of a view class knows."""
    names = set(ALWAYS)
    if action == "list":
        paginator = getattr(view, "pagination_class", None)
        names |= set(paginator.parameters) if paginator else set()
        filters = getattr(view, "filterset_class", None)
        names |= set(filters.base_filters) if filters else set()
        names |= {"ordering"} if getattr(view, "ordering_fields", None) else set()
    own = getattr(view, "query_parameters", {}).get(action)
    return frozenset(names | (set(own().fields) if own else set()))


def refuse_unknown_keys(request: Request, view: Any) -> None:
    if not hasattr(view, "get_serializer_class"):
        return
    data = request.data
    if isinstance(data, QueryDict):
        # A form names what is nested `set.status` and `ids[0]`.
        data = {re.split(r"[.\[]", key)[0]: None for key in data}
    if isinstance(data, dict):
        unknown = sorted(unknown_keys(data, view.get_serializer_class()))
        if unknown:
            raise unknown_names(unknown, "There is no such key here.")


def unknown_keys(data: dict[str, Any], serializer: type[BaseSerializer[Any]], path: str = "") -> Iterable[str]:
    """The keys of `data` that the serializer has no field for, nested objects included."""
    described: Any = serializer
    fields = fields_of(described)
    if fields is None:
        return
    for key, value in data.items():
        if key not in fields and key not in OF_FORMS:
            yield f"{path}{key}"
        elif isinstance(value, dict) and (nested := fields.get(key)):
            yield from unknown_keys(value, nested, f"{path}{key}.")


@cache
def fields_of(serializer: Any) -> dict[str, type[BaseSerializer[Any]] | None] | None:
    """The field names of a serializer, each with its own serializer where it holds an object."""
    if not issubclass(serializer, Serializer):
        return None
    return {name: nested_serializer(field) for name, field in serializer().fields.items()}


def nested_serializer(field: Any) -> type[BaseSerializer[Any]] | None:
    return type(field) if isinstance(field, Serializer) and not isinstance(field, ListSerializer) else None


def unknown_names(names: Iterable[str], message: str) -> ValidationError:
    return ValidationError({name[:100]: [message] for name in sorted(names)}, code="unknown")
