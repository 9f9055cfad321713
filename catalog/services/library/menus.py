"""Menus: made, changed, published. Whoever changes what is in a menu locks its row first."""

from typing import Any

from django.db import IntegrityError, transaction
from django.utils import timezone

from catalog.errors import Full, NoSlug
from catalog.models import Menu
from catalog.services.library.slugs import free_slug, slug_base
from pipeline import services
from pipeline.services import Actor, constraint_of

MOST_MENUS = 500
TRIES = 5


def create_menu(*, by: Actor, title: str, **columns: Any) -> Menu:
    """A new menu of the actor's own, with a slug made of its title, which it keeps.

    Menus of one title wait for each other. Raises ValidationError by field, Full, NoSlug.
    """
    if Menu.objects.visible_to(by).count() >= MOST_MENUS:
        raise Full(f"You have {MOST_MENUS} menus already. Delete one first.")
    base = slug_base(title)
    for _ in range(TRIES):
        if menu := tried(Menu(user_id=by.pk, title=title, **columns), base):
            return menu
    raise NoSlug


def tried(menu: Menu, base: str) -> Menu | None:
    """The menu, saved; None when another title came to the same slug meanwhile."""
    try:
        with transaction.atomic():
            menu.slug = free_slug(base)
            return services.saved(menu, {})
    except IntegrityError as error:
        if "slug" not in (constraint_of(error) or ""):
            raise
        return None


def change_menu(menu_id: int, *, by: Actor, expected_version: int | None = None, **changes: Any) -> Menu:
    """Changes title, description or whether it is public; its slug stays. Locks it.

    Raises Menu.DoesNotExist for anybody else's, ValidationError by field, StaleVersion.
    """
    with transaction.atomic():
        menu = Menu.objects.visible_to(by).lock_one(menu_id, expected_version=expected_version)
        return services.changed(menu, changes, {})


def delete_menu(menu_id: int, *, by: Actor) -> None:
    """Deletes a menu with its courses. Raises Menu.DoesNotExist for anybody else's."""
    Menu.objects.visible_to(by).get(pk=menu_id).delete()


def locked_menu(menu_id: int, by: Actor) -> Menu:
    """The actor's own menu, locked, and marked as changed, for what is in it is a part of what a reader has read."""
    menu = Menu.objects.visible_to(by).lock_one(menu_id)
    Menu.objects.filter(pk=menu.pk).update(updated_at=timezone.now())
    return menu
