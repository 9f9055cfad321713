"""docs/schema.md: every table of ours with its columns, its rules and what it refers to."""

from collections.abc import Iterable, Iterator
from typing import Any

from django.apps import apps
from django.db import connection, models

APPS = ("accounts", "api", "demo", "pipeline", "crew", "shows", "catalog", "rentals")
HEAD = """# Schema

Written from the models by `make documents`; the rules named here are constraints, indexes and triggers of the database.
"""


COLUMNS = ("| column | type | null | refers to |", "|---|---|---|---|")


def written() -> str:
    """The whole document."""
    ours = [apps.get_app_config(label) for label in APPS]
    tables = [list(app.get_models()) for app in ours]
    parts = [HEAD, diagram(model for group in tables for model in group)]
    for app, group in zip(ours, tables, strict=True):
        parts += [f"## {app.verbose_name}\n", *(section(model) for model in group if concrete(model))]
    return "\n".join(parts)


def concrete(model: type[models.Model]) -> bool:
    return not model._meta.proxy


def diagram(all_models: Iterable[type[models.Model]]) -> str:
    known = {model for model in all_models if concrete(model)}
    edges = sorted({edge for model in known for edge in edges_of(model, known)})
    return "\n".join(["```mermaid", "erDiagram", *(f"  {edge}" for edge in edges), "```", ""])


def edges_of(model: type[models.Model], known: set[type[models.Model]]) -> Iterator[str]:
    for field in model._meta.concrete_fields:
        target: Any = field.related_model
        if isinstance(field, models.ForeignKey) and target in known:
            many = "||--o|" if field.one_to_one else "|o--o{" if field.null else "||--o{"
            yield f"{target._meta.db_table} {many} {model._meta.db_table} : {field.name}"


def section(model: type[models.Model]) -> str:
    meta = model._meta
    lines = [
        f"### {meta.db_table}",
        "",
        summary(model),
        "",
        "| column | type | null | refers to |",
        "|---|---|---|---|",
    ]
    lines += [column(field) for field in meta.concrete_fields]
    rules = [*names("Rules", meta.constraints), *names("Indexes", meta.indexes), *triggers(model)]
    return "\n".join([*lines, "", *rules, ""] if rules else [*lines, ""])


def summary(model: type[models.Model]) -> str:
    """The first sentence of the model's own docstring; Django writes one where there is none."""
    doc = model.__doc__ or ""
    return "" if doc.startswith(f"{model.__name__}(") else " ".join(doc.split("\n\n")[0].split())


def column(field: Any) -> str:
    target = field.related_model._meta.db_table if field.related_model else ""
    return f"| {field.column} | {field.db_type(connection)} | {'yes' if field.null else ''} | {target} |"


def names(title: str, things: Iterable[Any]) -> list[str]:
    found = ", ".join(f"`{thing.name}`" for thing in things)
    return [f"{title}: {found}  "] if found else []


def triggers(model: type[models.Model]) -> list[str]:
    return names("Triggers", getattr(model._meta, "triggers", []))
