"""Tags by their names, as people type them."""

from django.core.exceptions import ValidationError

from catalog.models import Tag
from catalog.services.library.tags import create_tag
from catalog.views.library.forms import TagForm
from pipeline.services import Actor


def tag_named(name: str, *, by: Actor, make: bool = False) -> Tag:
    """The actor's tag of the name, regardless of case; with `make` a new one where there is none.

    Raises ValidationError for no name and, without `make`, an unknown one; TagTaken when another request made it.
    """
    form = TagForm({"name": name})
    if not form.is_valid():
        raise ValidationError([f"Tag: {error}" for errors in form.errors.values() for error in errors])
    name = form.cleaned_data["name"]
    tag = Tag.objects.visible_to(by).filter(name__iexact=name).first()
    if tag or make:
        return tag or create_tag(by=by, name=name)
    raise ValidationError(f"You have no tag {name!r}.")
