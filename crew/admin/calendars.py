from typing import Any

from django.contrib import admin
from django.http import HttpRequest

from crew.models import CalendarToken
from crew.services.calendars import end_calendar_token
from pipeline.admin import ServiceAdmin


@admin.register(CalendarToken)
class CalendarTokenAdmin(ServiceAdmin):
    """Whose calendars programs read, to be ended; a secret is shown to nobody again."""

    remove = staticmethod(end_calendar_token)
    list_display = ("crew_member", "created_at")
    list_select_related = ("crew_member",)
    search_fields = ("crew_member__full_name",)
    fields = readonly_fields = ("crew_member", "created_at")

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return request.user.has_perm("crew.change_crewmember")

    def has_module_permission(self, request: HttpRequest) -> bool:
        return self.has_view_permission(request)

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return self.has_view_permission(request, obj)

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False
