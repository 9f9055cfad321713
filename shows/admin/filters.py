from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.http import HttpRequest
from unfold.contrib.filters.admin import DropdownFilter, TextFilter

from shows.models import Review


class DepartmentFilter(TextFilter):
    """Typed, not chosen: departments are whatever reviews and versions say."""

    title = "department"
    parameter_name = "department"

    def queryset(self, request: HttpRequest, queryset: Any) -> Any:
        department = self.value()
        return queryset.of_department(department) if department else queryset


class YesNoFilter(DropdownFilter):
    def condition(self) -> Q | Exists:
        raise NotImplementedError

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        return [("yes", "Yes"), ("no", "No")]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
        conditions = {"yes": self.condition(), "no": ~self.condition()}
        return queryset.filter(conditions.get(self.value() or "", Q()))


class OpenNotesFilter(YesNoFilter):
    title = "open notes"
    parameter_name = "open_notes"

    def condition(self) -> Exists:
        return Exists(Review.objects.filter(shot=OuterRef("pk"), is_open=True))


class AssignedFilter(YesNoFilter):
    title = "somebody assigned"
    parameter_name = "assigned"

    def condition(self) -> Q:
        return Q(assigned_to__isnull=False)
