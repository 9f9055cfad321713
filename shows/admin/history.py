from collections.abc import Iterable
from typing import Any

from django.contrib import admin
from django.db.models import OuterRef, QuerySet, Subquery
from django.http import HttpRequest
from django.template.response import TemplateResponse
from django.utils.text import Truncator
from unfold.admin import ModelAdmin
from unfold.contrib.filters.admin import ChoicesDropdownFilter, FieldTextFilter
from unfold.views import ChangeList

from crew.models import CrewMember, Production
from pipeline.admin import ServiceAdmin
from shows.models import Change, Sequence, Shot

NEWEST = 50
# The history keeps the ids of these; people read names.
NAMED = {"assigned_to": CrewMember, "production": Production, "sequence_id": Sequence}


class HistoryAdmin(ServiceAdmin):
    """A page that ends with what was kept of its row, newest first."""

    subject: Change.Subject
    change_form_outer_after_template = "shows/admin/history.html"

    def history(self, row: Any) -> QuerySet[Change]:
        return Change.objects.filter(subject=self.subject, subject_id=row.pk)

    def render_change_form(
        self, request: HttpRequest, context: dict[str, Any], *args: Any, obj: Any = None, **kwargs: Any
    ) -> TemplateResponse:
        if obj is not None:
            newest = list(self.history(obj)[: NEWEST + 1])
            context |= {"kept": readable(newest[:NEWEST]), "newest": NEWEST, "kept_more": len(newest) > NEWEST}
        return super().render_change_form(request, context, *args, obj=obj, **kwargs)  # type: ignore[no-any-return]


def readable(changes: Iterable[Change]) -> list[dict[str, Any]]:
    """The changes in words: names instead of ids, with one question a kind of name."""
    rows = list(changes)
    names = {field: names_of(model, field, rows) for field, model in NAMED.items()}
    return [
        {
            "change": row,
            "field": row.field.removeprefix("is_").removesuffix("_id").replace("_", " "),
            "before": in_words(row.from_value, row.field, names),
            "after": in_words(row.to_value, row.field, names),
        }
        for row in rows
    ]


def names_of(model: Any, field: str, changes: list[Change]) -> dict[Any, str]:
    values = [(change.from_value, change.to_value) for change in changes if change.field == field]
    ids = {value for pair in values for value in pair if value is not None}
    return {row.pk: str(row) for row in model.objects.filter(pk__in=ids)} if ids else {}


def in_words(value: Any, field: str, names: dict[str, dict[Any, str]]) -> str:
    if value is None or value == "":
        return "nothing"
    if isinstance(value, bool):
        return "yes" if value else "no"
    words = names.get(field, {}).get(value, str(value))
    return words.replace("_", " ") if field == "status" else words


class WordedChangeList(ChangeList):
    """Finds the names of a whole page at once."""

    def get_results(self, request: HttpRequest) -> None:
        super().get_results(request)
        for words in readable(self.result_list):
            words["change"].words = words


@admin.register(Change)
class ChangeAdmin(ModelAdmin):
    """What was kept, to be read by who may read shots."""

    list_display = ("at", "shot", "subject", "what", "before", "after", "speaker", "reason")
    list_filter = (("subject", ChoicesDropdownFilter), ("field", FieldTextFilter))
    list_filter_submit = True
    search_fields = ("by_name", "reason")
    search_help_text = "Who changed it, or why."
    show_full_result_count = False
    fields = readonly_fields = ("at", "shot", "subject", "what", "before", "after", "speaker", "reason")

    def get_queryset(self, request: HttpRequest) -> Any:
        code = Shot.objects.filter(pk=OuterRef("shot_id")).values("code")
        return super().get_queryset(request).annotate(shot_code=Subquery(code))

    @admin.display(ordering="shot_id")
    def shot(self, change: Any) -> str:
        return change.shot_code or ""

    def get_changelist(self, request: HttpRequest, **kwargs: Any) -> type[ChangeList]:
        return WordedChangeList

    def words(self, change: Any) -> dict[str, Any]:
        found: dict[str, Any] = getattr(change, "words", None) or readable([change])[0]
        return found

    @admin.display(description="what", ordering="field")
    def what(self, change: Change) -> str:
        return str(self.words(change)["field"])

    @admin.display(description="from")
    def before(self, change: Change) -> str:
        return Truncator(self.words(change)["before"]).words(20)

    @admin.display(description="to")
    def after(self, change: Change) -> str:
        return Truncator(self.words(change)["after"]).words(20)

    @admin.display(description="by")
    def speaker(self, change: Change) -> str:
        return change.by_name or "nobody named"

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return request.user.has_perm("shows.view_shot")

    def has_module_permission(self, request: HttpRequest) -> bool:
        return self.has_view_permission(request)

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False
