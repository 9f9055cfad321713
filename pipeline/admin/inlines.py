from collections.abc import Callable
from typing import Any

from django.db import models
from django.http import HttpRequest
from unfold.admin import TabularInline
from unfold.widgets import UnfoldAdminTextareaWidget

from pipeline.admin.forms import VERSION, ServiceForm, ServiceFormSet
from pipeline.admin.refused import adopt, refusals_of, refused_before
from pipeline.admin.widgets import KnownAutocompleteSelect, honest_choices, without_buttons
from pipeline.services import Actor


class ServiceInline(TabularInline):
    """Rows below their parent's form, written by the services `create`, `change` and `remove`.

    `create` takes the parent first, the others the row's id.
    """

    form = ServiceForm
    formset = ServiceFormSet
    formfield_overrides = {models.TextField: {"widget": UnfoldAdminTextareaWidget(attrs={"rows": 2})}}
    extra = 0
    per_page = 50
    show_change_link = True
    create: Callable[..., models.Model]
    change: Callable[..., Any]
    remove: Callable[..., None]

    def get_formset(self, request: HttpRequest, obj: Any = None, **kwargs: Any) -> Any:
        formset = super().get_formset(request, obj, **kwargs)
        formset.refused = formset.form.refused = refused_before(request)
        formset.inline = self
        return formset

    def formfield_for_choice_field(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        return super().formfield_for_choice_field(db_field, request, choices=honest_choices(db_field), **kwargs)

    def formfield_for_foreignkey(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        if db_field.name in self.get_autocomplete_fields(request):
            kwargs.setdefault("widget", KnownAutocompleteSelect(db_field, self.admin_site))
        return super().formfield_for_foreignkey(db_field, request, **kwargs)

    def formfield_for_dbfield(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        """Leaves out the buttons that add and change the other row: in a table they are in the way."""
        field = super().formfield_for_dbfield(db_field, request, **kwargs)
        return without_buttons(field) if field else field

    def write(self, formset: Any, by: Actor) -> None:
        """Carries the formset out, deletions first, so that their codes are free again. Raises Refused."""
        for row in formset.deleted_objects:
            with refusals_of(formset.prefix):
                self.remove(row.pk, by=by)
        for form in formset.forms:
            if form.has_changed() and form not in formset.deleted_forms:
                with refusals_of(form.prefix):
                    self.write_row(form, formset.instance, by)

    def write_row(self, form: Any, parent: models.Model, by: Actor) -> None:
        if form.instance.pk:
            self.change(form.instance.pk, by=by, expected_version=form.cleaned_data[VERSION], **form.given())
        else:
            adopt(form.instance, self.create(parent, by=by, **form.given()))
