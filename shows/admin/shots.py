from typing import Any

from django import forms
from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from unfold.contrib.filters.admin import AutocompleteSelectFilter, ChoicesDropdownFilter, FieldTextFilter
from unfold.decorators import display
from unfold.widgets import UnfoldAdminTextInputWidget

from pipeline.admin import ServiceAdmin, ServiceForm, ServiceInline
from shows.admin import labels
from shows.admin.actions import assign, status_actions
from shows.admin.filters import AssignedFilter, DepartmentFilter, OpenNotesFilter
from shows.admin.history import HistoryAdmin
from shows.admin.reviews import ReviewInline
from shows.models import Change, Review, Shot, Version
from shows.querysets import counted
from shows.services import shots

FRAMES = ("frame_start", "frame_end", "head_handle", "tail_handle")


def hand_in(shot: Shot, **fields: Any) -> Version:
    return shots.add_version(shot.pk, **fields)


class VersionInline(ServiceInline):
    """Versions are handed in and stay as they are."""

    model = Version
    create = staticmethod(hand_in)
    fields = ("department", "comment", "handed_in_by", "created_at")
    readonly_fields = ("handed_in_by", "created_at")
    per_page = 20
    can_delete = False

    def get_queryset(self, request: HttpRequest) -> Any:
        return super().get_queryset(request).select_related("created_by")

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    @admin.display(description="by")
    def handed_in_by(self, version: Version) -> str:
        return str(version.created_by or "")


class ShotForm(ServiceForm):
    reason = forms.CharField(
        max_length=500,
        required=False,
        widget=UnfoldAdminTextInputWidget,
        help_text="Why; the history keeps it beside each change.",
    )


@admin.register(Shot)
class ShotAdmin(HistoryAdmin):
    """Who may only set statuses finds everything else to be read."""

    create = staticmethod(shots.create_shot)
    change = staticmethod(shots.change_shot)
    remove = staticmethod(shots.delete_shot)
    subject = Change.Subject.SHOT
    form = ShotForm
    list_display = ("code", "show", "sequence", "status_label", "assigned_to", "frames", "open_notes", "updated_at")
    list_filter = (
        ("status", ChoicesDropdownFilter),
        ("show", AutocompleteSelectFilter),
        ("sequence", AutocompleteSelectFilter),
        ("assigned_to", AutocompleteSelectFilter),
        *(AssignedFilter, OpenNotesFilter, DepartmentFilter),
    )
    list_select_related = ("show", "sequence", "assigned_to")
    search_fields = ("code", "description")
    autocomplete_fields = ("sequence", "assigned_to")
    inlines = (VersionInline, ReviewInline)
    actions = (*status_actions(), assign)

    def get_queryset(self, request: HttpRequest) -> Any:
        open_reviews = counted(Review.objects.filter(is_open=True), by="shot")
        return super().get_queryset(request).annotate(open_in_all=open_reviews)

    def history(self, row: Any) -> QuerySet[Change]:
        return Change.objects.of_shot(row.pk)

    def get_fieldsets(self, request: HttpRequest, obj: Any = None) -> Any:
        where = ("sequence", "code", "description")
        status = ("status", "assigned_to", *(("reason",) if obj else ()))
        frames = (("frame_start", "frame_end"), ("head_handle", "tail_handle"))
        return (None, {"fields": where}), ("Work", {"fields": status}), ("Frames", {"fields": frames})

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> tuple[str, ...]:
        if obj is None or request.user.has_perm("shows.change_shot"):
            return ()
        return ("sequence", "code", "description", "assigned_to", *FRAMES)

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return self.has_set_status_permission(request)

    def has_set_status_permission(self, request: HttpRequest) -> bool:
        return request.user.has_perm("shows.change_shot") or request.user.has_perm("shows.set_shot_status")

    def has_assign_permission(self, request: HttpRequest) -> bool:
        return request.user.has_perm("shows.change_shot")

    @display(description="status", ordering="status", label=labels.SHOTS)
    def status_label(self, shot: Shot) -> tuple[str, str]:
        return shot.status, shot.get_status_display()

    @admin.display(ordering="frame_start")
    def frames(self, shot: Shot) -> str:
        return f"{shot.frame_start} to {shot.frame_end}"

    @admin.display(description="open notes", ordering="open_in_all")
    def open_notes(self, shot: Any) -> int:
        count: int = shot.open_in_all
        return count


@admin.register(Version)
class VersionAdmin(ServiceAdmin):
    """Versions are handed in and stay as they are."""

    create = staticmethod(hand_in)
    list_display = ("shot", "name", "department", "comment", "handed_in_by", "created_at")
    list_display_links = ("shot", "name")
    list_filter = (("shot__show", AutocompleteSelectFilter), ("department", FieldTextFilter))
    list_select_related = ("shot", "created_by")
    search_fields = ("shot__code", "department")
    autocomplete_fields = ("shot",)

    def get_fieldsets(self, request: HttpRequest, obj: Any = None) -> Any:
        kept = ("name", "handed_in_by", "created_at") if obj else ()
        return ((None, {"fields": ("shot", "department", "comment", *kept)}),)

    @admin.display(description="by")
    def handed_in_by(self, version: Version) -> str:
        return str(version.created_by or "")

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False
