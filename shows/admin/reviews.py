from collections.abc import Callable, Sequence
from typing import Any, ClassVar

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.urls import path
from django.utils.text import Truncator
from unfold.contrib.filters.admin import AutocompleteSelectFilter, ChoicesDropdownFilter, FieldTextFilter
from unfold.decorators import display
from unfold.widgets import UnfoldAdminTextInputWidget

from pipeline.admin import (
    OwnAutocompleteSelect,
    Question,
    ServiceAdmin,
    ServiceForm,
    ServiceInline,
    actor,
    answer,
    ask,
    choices_page,
    chosen,
)
from pipeline.errors import NotAllowed
from pipeline.services import Actor
from shows.admin import labels
from shows.models import Review, Shot, Version
from shows.services import reviews

# What is said once and stays, and what its writer may say better.
VERDICT = ("author", "status", "department", "version", "set_shot_status")
WORDS = ("body", "frame_start", "frame_end")


def change_review(
    review_id: int, *, by: Actor, expected_version: int | None = None, is_open: bool | None = None, **words: Any
) -> None:
    """Edits the words and resolves or reopens, as far as either was asked for."""
    if words:
        reviews.edit_review(review_id, by=by, expected_version=expected_version, **words)
    if is_open is not None:
        reviews.set_open(review_id, is_open=is_open, by=by)


def is_writer(request: HttpRequest, review: Review, permission: str = "shows.change_review") -> bool:
    try:
        reviews.demand_writer(review, actor(request), permission)
    except NotAllowed:
        return False
    return True


def add_review(shot: Shot, **fields: Any) -> Review:
    return reviews.add_review(shot.pk, **fields)


class ReviewForm(ServiceForm):
    author = forms.CharField(
        max_length=200,
        required=False,
        widget=UnfoldAdminTextInputWidget,
        help_text="Who was speaking; empty for yourself.",
    )


class ReviewRowForm(ReviewForm):
    """One of a shot's reviews: new ones are open to everything, older ones to what their reader may still change."""

    request: ClassVar[HttpRequest]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in self.settled() & self.fields.keys():
            self.fields[name].disabled = True

    def settled(self) -> set[str]:
        if not self.instance.pk:
            return {"is_open"}
        return {*VERDICT} if is_writer(self.request, self.instance) else {*VERDICT, *WORDS}


class ReviewInline(ServiceInline):
    model = Review
    form = ReviewRowForm
    create = staticmethod(add_review)
    change = staticmethod(change_review)
    remove = staticmethod(reviews.delete_review)
    per_page = 20
    fields = (
        "status",
        "body",
        "is_open",
        "department",
        "version",
        *WORDS[1:],
        "author",
        "set_shot_status",
        "expected_version",
    )

    def get_formset(self, request: HttpRequest, obj: Any = None, **kwargs: Any) -> Any:
        formset = super().get_formset(request, obj, **kwargs)
        formset.form.request = request
        return formset

    def formfield_for_foreignkey(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        field = super().formfield_for_foreignkey(db_field, request, **kwargs)
        if db_field.name == "version":
            offer_versions(field, request)
        return field


def offer_versions(field: Any, request: HttpRequest) -> None:
    """The shot's own versions, asked for once and not for each row."""
    shot_id: Any = request.resolver_match and request.resolver_match.kwargs.get("object_id")
    field.queryset = Version.objects.filter(shot_id=shot_id)
    field.choices = [("", "none"), *((version.pk, version.name) for version in field.queryset)]


@admin.register(Review)
class ReviewAdmin(ServiceAdmin):
    form = ReviewForm
    create = staticmethod(add_review)
    change = staticmethod(change_review)
    remove = staticmethod(reviews.delete_review)
    list_display = ("shot", "author", "status_label", "excerpt", "department", "open_label", "created_at")
    list_display_links = ("shot", "excerpt")
    list_filter = (
        ("status", ChoicesDropdownFilter),
        ("shot__show", AutocompleteSelectFilter),
        ("department", FieldTextFilter),
        "is_open",
    )
    list_select_related = ("shot",)
    search_fields = ("body", "author", "shot__code")
    autocomplete_fields = ("shot",)
    actions = ("resolve", "reopen")

    def get_fieldsets(self, request: HttpRequest, obj: Any = None) -> Any:
        kept = ("is_open", "typed_by", "created_at") if obj else ()
        said = ("status", "author", "body", "set_shot_status")
        about = ("department", "version", ("frame_start", "frame_end"))
        return (None, {"fields": ("shot", *said)}), ("About", {"fields": (*about, *kept)})

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> tuple[str, ...]:
        if obj is None:
            return ()
        others = () if is_writer(request, obj) else WORDS
        return ("shot", *VERDICT, "typed_by", "created_at", *others)

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        allowed: bool = super().has_delete_permission(request, obj)
        return allowed and (obj is None or is_writer(request, obj, "shows.delete_review"))

    def has_judge_permission(self, request: HttpRequest) -> bool:
        return request.user.has_perm("shows.judge_review")

    def formfield_for_foreignkey(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        if db_field.name == "version":
            kwargs["widget"] = OwnAutocompleteSelect(db_field, self.admin_site, "admin:shows_review_versions")
        return super().formfield_for_foreignkey(db_field, request, **kwargs)

    def get_urls(self) -> list[Any]:
        versions = self.admin_site.admin_view(self.find_versions)
        return [path("versions/", versions, name="shows_review_versions"), *super().get_urls()]

    def find_versions(self, request: HttpRequest) -> JsonResponse:
        """Versions by the code of their shot, newest first, each with that code."""
        if not self.has_add_permission(request):
            raise PermissionDenied
        words = request.GET.get("term", "")
        versions = Version.objects.select_related("shot").filter(shot__code__icontains=words)
        return choices_page(request, versions, lambda version: f"{version.shot} {version}")

    @display(description="status", ordering="status", label=labels.REVIEWS)
    def status_label(self, review: Review) -> tuple[str, str]:
        return review.status, review.get_status_display()

    @display(description="open", ordering="is_open", label=labels.OPEN)
    def open_label(self, review: Review) -> tuple[bool, str]:
        return review.is_open, "open" if review.is_open else "resolved"

    @admin.display(description="typed by")
    def typed_by(self, review: Review) -> str:
        return str(review.created_by or "")

    @admin.display(description="note", ordering="body")
    def excerpt(self, review: Review) -> str:
        return Truncator(review.body).words(12) or "no words"

    @admin.action(description="Resolve", permissions=["judge"])
    def resolve(self, request: HttpRequest, queryset: QuerySet[Review]) -> HttpResponse | None:
        return self.open_or_close(request, queryset, "Resolve", reviews.resolve_review)

    @admin.action(description="Reopen", permissions=["judge"])
    def reopen(self, request: HttpRequest, queryset: QuerySet[Review]) -> HttpResponse | None:
        return self.open_or_close(request, queryset, "Reopen", reviews.reopen_review)

    def open_or_close(
        self, request: HttpRequest, queryset: QuerySet[Review], words: str, act: Callable[..., Review]
    ) -> HttpResponse | None:
        rows = chosen(queryset)
        form = forms.Form(answer(request))
        if not form.is_valid():
            question = Question(f"{words} reviews", "What will change", effects(rows, opens=words == "Reopen"), words)
            return ask(self, request, form, question)
        for review in rows:
            act(review.pk, by=actor(request))
        self.message_user(request, f"Done: {len(rows)}.", messages.SUCCESS)
        return None


def effects(rows: Sequence[Review], *, opens: bool) -> list[tuple[str, str]]:
    moves = "resolved → open" if opens else "open → resolved"
    return [(f"{row.shot} / {row}", "stays as it is" if row.is_open == opens else moves) for row in rows]
