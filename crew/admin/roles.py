from typing import Any

from django.contrib import admin
from django.db.models import Count
from django.http import HttpRequest

from crew.models import Role
from crew.services import roles
from pipeline.admin import ServiceAdmin


@admin.register(Role)
class RoleAdmin(ServiceAdmin):
    create = staticmethod(roles.create_role)
    change = staticmethod(roles.change_role)
    remove = staticmethod(roles.delete_role)
    list_display = ("name", "department", "held_by")
    list_filter = ("department",)
    search_fields = ("name", "department")
    fieldsets = ((None, {"fields": ("name", "department")}),)

    def get_queryset(self, request: HttpRequest) -> Any:
        return super().get_queryset(request).annotate(people=Count("members"))

    @admin.display(description="people", ordering="people")
    def held_by(self, role: Any) -> int:
        count: int = role.people
        return count
