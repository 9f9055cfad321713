"""Writes the table of roles into Django's groups after every migrate and flush."""

from typing import Any

from django.apps import AppConfig
from django.apps import apps as installed_apps
from django.apps.registry import Apps
from django.db import DEFAULT_DB_ALIAS, transaction
from django.db.models import Model

from config.accounts.roles import RIGHTS, ROLES


def keep_roles_right(
    app_config: AppConfig,
    using: str = DEFAULT_DB_ALIAS,
    apps: Apps = installed_apps,
    **others: Any,
) -> None:
    """Gives each role exactly the table's permissions on the models of `app_config`.

    Runs once an app, after Django's own handler, which makes the app's permissions. What the table names and the
    database does not know yet is left out: a migration may stop half-way.
    """
    try:
        group = apps.get_model("auth", "Group")
    except LookupError:
        return
    with transaction.atomic(using=using):
        group._default_manager.using(using).bulk_create([group(name=role) for role in ROLES], ignore_conflicts=True)
        _set_links(group, app_config.label, using)


def _set_links(group: type[Model], label: str, using: str) -> None:
    link = group._meta.get_field("permissions").remote_field.through  # type: ignore[union-attr]
    links = link._default_manager.using(using)
    ours = links.filter(group__name__in=ROLES, permission__content_type__app_label=label)
    held = {(row.group_id, row.permission_id): row.pk for row in ours}
    wanted = _wanted_links(group, label, using)
    links.bulk_create(
        [link(group_id=owner, permission_id=permission) for owner, permission in wanted - held.keys()],
        ignore_conflicts=True,
    )
    links.filter(pk__in=[pk for pair, pk in held.items() if pair not in wanted]).delete()


def _wanted_links(group: type[Model], label: str, using: str) -> set[tuple[int, int]]:
    permission = group._meta.get_field("permissions").related_model
    known = permission._default_manager.using(using).filter(content_type__app_label=label)  # type: ignore[union-attr]
    ids = {f"{label}.{codename}": pk for pk, codename in known.values_list("pk", "codename")}
    owners = dict(group._default_manager.using(using).filter(name__in=ROLES).values_list("name", "pk"))
    return {(owners[role], ids[name]) for role, names in RIGHTS.items() for name in names & ids.keys()}
