"""Which rows the demo made, until the next seeding."""

from collections.abc import Collection, Mapping
from typing import Any

from django.apps import apps
from django.db.models import Model

from config.demo.models import DemoRow

Roots = dict[type[Model], list[Any]]


def recall() -> Roots:
    """The rows on which the demo hangs; those of them that are there still."""
    roots: Roots = {}
    for kind, key in DemoRow.objects.values_list("kind", "key"):
        model = apps.get_model(kind)
        roots.setdefault(model, []).append(model._meta.pk.to_python(key))
    return roots


def remember(roots: Mapping[type[Model], Collection[Any]]) -> None:
    """These rows, and no others any more."""
    DemoRow.objects.all().delete()
    DemoRow.objects.bulk_create(DemoRow(kind=model._meta.label, key=str(pk)) for model in roots for pk in roots[model])


def forget(models: Collection[type[Model]]) -> None:
    DemoRow.objects.filter(kind__in=[model._meta.label for model in models]).delete()


def together(*parts: Mapping[type[Model], Collection[Any]]) -> Roots:
    """All rows of the parts."""
    return {model: [pk for part in parts for pk in part.get(model, ())] for part in parts for model in part}
