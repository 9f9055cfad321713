from typing import Any

from django.contrib import admin, messages
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from unfold.contrib.filters.admin import AutocompleteSelectFilter, ChoicesDropdownFilter
from unfold.decorators import display

from pipeline.admin import Question, ReasonForm, ServiceInline, actor, answer, ask, chosen
from shows.admin import labels
from shows.admin.history import HistoryAdmin
from shows.models import Change, Sequence, Shot, Show, ShowStatus
from shows.querysets import counted
from shows.services import shots, shows


def add_sequence(show: Show, **fields: Any) -> Sequence:
    return shows.create_sequence(show=show, **fields)


class SequenceInline(ServiceInline):
    model = Sequence
    create = staticmethod(add_sequence)
    change = staticmethod(shows.change_sequence)
    remove = staticmethod(shows.delete_sequence)
    fields = ("code", "description", "expected_version")


@admin.register(Show)
class ShowAdmin(HistoryAdmin):
    create = staticmethod(shows.create_show)
    change = staticmethod(shows.change_show)
    remove = staticmethod(shows.delete_show)
    subject = Change.Subject.SHOW
    list_display = ("code", "title", "status_label", "production", "shot_count", "created_at")
    list_filter = (("status", ChoicesDropdownFilter), ("production", AutocompleteSelectFilter))
    list_select_related = ("production",)
    search_fields = ("code", "title")
    date_hierarchy = "created_at"
    ordering = ("code",)
    autocomplete_fields = ("production",)
    fieldsets = ((None, {"fields": ("code", "title", "status", "production")}),)
    inlines = (SequenceInline,)
    actions = ("archive",)

    def get_queryset(self, request: HttpRequest) -> Any:
        return super().get_queryset(request).annotate(shots_in_all=counted(Shot.objects.all(), by="show"))

    @display(description="status", ordering="status", label=labels.SHOWS)
    def status_label(self, show: Show) -> tuple[str, str]:
        return show.status, show.get_status_display()

    @admin.display(description="shots", ordering="shots_in_all")
    def shot_count(self, show: Any) -> int:
        count: int = show.shots_in_all
        return count

    @admin.action(description="Archive", permissions=["change"])
    def archive(self, request: HttpRequest, queryset: QuerySet[Show]) -> HttpResponse | None:
        rows = chosen(queryset)
        form = ReasonForm(answer(request))
        if not form.is_valid():
            effects = [(str(show), becoming_archived(show)) for show in rows]
            return ask(self, request, form, Question("Archive shows", "What will change", effects, "Archive them"))
        for show in rows:
            shows.change_show(show.pk, by=actor(request), status=ShowStatus.ARCHIVED, **form.cleaned_data)
        self.message_user(request, "The shows are archived. Set another status to bring one back.", messages.SUCCESS)
        return None


def becoming_archived(show: Show) -> str:
    now = show.get_status_display()
    return "stays as it is" if show.status == ShowStatus.ARCHIVED else f"{now} → {ShowStatus.ARCHIVED.label}"


class ShotInline(ServiceInline):
    model = Shot
    create = staticmethod(shots.create_shot)
    change = staticmethod(shots.change_shot)
    remove = staticmethod(shots.delete_shot)
    autocomplete_fields = ("assigned_to",)
    fields = (
        *("code", "status", "assigned_to", "frame_start", "frame_end"),
        *("head_handle", "tail_handle", "description", "expected_version"),
    )

    def get_queryset(self, request: HttpRequest) -> Any:
        return super().get_queryset(request).select_related("assigned_to")


@admin.register(Sequence)
class SequenceAdmin(HistoryAdmin):
    create = staticmethod(shows.create_sequence)
    change = staticmethod(shows.change_sequence)
    remove = staticmethod(shows.delete_sequence)
    subject = Change.Subject.SEQUENCE
    list_display = ("code", "show", "description", "shot_count", "created_at")
    list_filter = (("show", AutocompleteSelectFilter),)
    list_select_related = ("show",)
    search_fields = ("code", "description", "show__code")
    ordering = ("show__code", "code")
    autocomplete_fields = ("show",)
    fieldsets = ((None, {"fields": ("show", "code", "description")}),)
    inlines = (ShotInline,)

    def get_queryset(self, request: HttpRequest) -> Any:
        return super().get_queryset(request).annotate(shots_in_all=counted(Shot.objects.all(), by="sequence"))

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> tuple[str, ...]:
        """A sequence stays in its show."""
        return ("show",) if obj else ()

    @admin.display(description="shots", ordering="shots_in_all")
    def shot_count(self, sequence: Any) -> int:
        count: int = sequence.shots_in_all
        return count
