from collections.abc import Callable, Collection, Iterator
from contextlib import contextmanager
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.contrib.admin.helpers import ACTION_CHECKBOX_NAME
from django.contrib.admin.utils import NotRelationField, get_fields_from_path, model_ngettext, quote
from django.core.exceptions import BadRequest, FieldDoesNotExist, ObjectDoesNotExist, ValidationError
from django.db import IntegrityError, connection, models, transaction
from django.http import HttpRequest
from django.shortcuts import redirect
from unfold.admin import ModelAdmin

from pipeline.admin.confirmation import MOST_DELETED, chosen
from pipeline.admin.forms import VERSION, ServiceForm, ServiceFormSet
from pipeline.admin.refused import Refused, actor, adopt, messages_of, refusals_of, refused_before, remember
from pipeline.admin.widgets import KnownAutocompleteSelect, honest_choices
from pipeline.errors import Refusal

# What an address may ask of a field that the page filters by; anything else, a regular expression say, it makes up.
LOOKUPS = frozenset({"", "exact", "id__exact", "isnull", "isempty", "icontains", "year", "month", "day", "gte", "lt"})


class StudioAdmin(ModelAdmin):
    """Lists that answer what they offer to filter by, and nothing else that somebody writes into the address."""

    list_filter_submit = True
    show_full_result_count = False
    # Fields that links of ours filter by without a filter on the page.
    linked_by: tuple[str, ...] = ()

    def lookup_allowed(self, lookup: str, value: Any, request: HttpRequest | None = None) -> bool:
        filters = self.get_list_filter(request)
        named = [item[0] if isinstance(item, tuple) else getattr(item, "parameter_name", item) for item in filters]
        offered = [*named, *self.linked_by, *filter(None, [self.date_hierarchy])]
        return any(
            lookup.startswith(name) and lookup.removeprefix(name).removeprefix("__") in self.lookups_of(name)
            for name in offered
        )

    def lookups_of(self, name: str) -> Collection[str]:
        """What an address may ask of a field, a row of another model by the name of its key included."""
        try:
            target = get_fields_from_path(self.model, name)[-1].related_model
        except (FieldDoesNotExist, NotRelationField):
            return LOOKUPS
        return LOOKUPS | {f"{target._meta.pk.name}__exact"} if target else LOOKUPS


class ServiceAdmin(StudioAdmin):
    """Saves and deletes by the services `create`, `change` and `remove`, and shows what they refuse.

    A refusal stands beside its field, or as a message above the list; nothing of the request was written then.
    """

    form = ServiceForm
    change_form_before_template = "admin/expected_version.html"
    # Answers the row, or what else has its `pk`.
    create: Callable[..., Any]
    change: Callable[..., Any]
    remove: Callable[..., Any]

    def get_form(self, request: HttpRequest, obj: Any = None, change: bool = False, **kwargs: Any) -> Any:
        form = super().get_form(request, obj, change, **kwargs)
        form.refused = refused_before(request)
        return form

    def formfield_for_choice_field(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        return super().formfield_for_choice_field(db_field, request, choices=honest_choices(db_field), **kwargs)

    def formfield_for_foreignkey(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        if db_field.name in self.get_autocomplete_fields(request):
            kwargs.setdefault("widget", KnownAutocompleteSelect(db_field, self.admin_site))
        return super().formfield_for_foreignkey(db_field, request, **kwargs)

    def _changeform_view(self, request: HttpRequest, *args: Any) -> Any:
        """Tries the request; when a service refuses, undoes it and draws the form again, the refusal in its place.

        A row that somebody deleted meanwhile is found missing by the second try.
        """
        if request.method == "POST":
            try:
                with whole():
                    return super()._changeform_view(request, *args)
            except Refused as refused:
                remember(request, refused)
            except (ObjectDoesNotExist, IntegrityError):
                pass
        return super()._changeform_view(request, *args)

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        given = form.given()
        with refusals_of(form.prefix):
            if not change:
                adopt(obj, self.create(by=actor(request), **given))
            elif given:
                self.change(obj.pk, by=actor(request), expected_version=form.cleaned_data[VERSION], **given)

    def save_formset(self, request: HttpRequest, form: Any, formset: Any, change: bool) -> None:
        # Fills the lists of new, changed and deleted rows, which the log reads.
        formset.save(commit=False)
        # Rows that are only shown have no service.
        if isinstance(formset, ServiceFormSet):
            formset.inline.write(formset, actor(request))

    def delete_model(self, request: HttpRequest, obj: Any) -> None:
        self.remove(obj.pk, by=actor(request))

    def delete_queryset(self, request: HttpRequest, queryset: models.QuerySet[Any]) -> None:
        for row in queryset:
            try:
                self.remove(row.pk, by=actor(request))
            except Refusal as refusal:
                raise Refusal(f"{row}: {refusal.detail}") from refusal

    def delete_view(self, request: HttpRequest, object_id: str, extra_context: Any = None) -> Any:
        try:
            return super().delete_view(request, object_id, extra_context)
        except Refusal as refusal:
            self.tell(request, refusal)
            return redirect(f"admin:{self.opts.app_label}_{self.opts.model_name}_change", quote(object_id))

    def changelist_view(self, request: HttpRequest, extra_context: Any = None) -> Any:
        """Carries actions out whole or not at all."""
        if request.method != "POST":
            return super().changelist_view(request, extra_context)
        if not all(is_key(self.opts.pk, pk) for pk in request.POST.getlist(ACTION_CHECKBOX_NAME)):
            raise BadRequest("No row has such an id.")
        try:
            with whole():
                return super().changelist_view(request, extra_context)
        except (Refusal, ValidationError) as error:
            self.tell(request, error)
            return redirect(request.get_full_path())

    def tell(self, request: HttpRequest, error: Refusal | ValidationError) -> None:
        for texts in messages_of(error).values():
            for text in texts:
                self.message_user(request, text, messages.ERROR)

    def get_deleted_objects(self, objs: Any, request: HttpRequest) -> Any:
        """Just the rows themselves: services refuse to delete what others refer to, so nothing goes with them."""
        rows = chosen(objs, MOST_DELETED)
        allowed = all(self.has_delete_permission(request, row) for row in rows)
        lacking = set() if allowed else {self.opts.verbose_name}
        return [str(row) for row in rows], {model_ngettext(self.opts, len(rows)): len(rows)}, lacking, []


def is_key(field: Any, text: str) -> bool:
    """Whether a row may have this key: a number, or where keys are such a UUID."""
    if not isinstance(field, models.UUIDField):
        return text.isdecimal()
    try:
        return bool(UUID(text))
    except ValueError:
        return False


@contextmanager
def whole() -> Iterator[None]:
    """All or nothing of what is written inside; references that PostgreSQL checks at commit are checked at the end."""
    with transaction.atomic():
        yield
        connection.check_constraints()
