"""A menu of a file, made rows of ours."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django.core.exceptions import ValidationError

from catalog.models import Course, CourseItem, MediaItem, Menu
from catalog.services.library.courses import MOST_COURSES, MOST_ITEMS
from catalog.services.library.menus import change_menu, create_menu
from catalog.services.library.transfer.exporting import course_entry
from pipeline import services
from pipeline.services import Actor
from pipeline.services.importing.rows import Action

Json = Mapping[str, Any]
COLUMNS = ("title", "description", "is_public")


def carry_out_menu(value: Json, by: Actor, ids: dict[str, UUID]) -> Action:
    """The menu exactly as the file has it: one's own of that slug, or a new one."""
    columns = {name: value[name] for name in COLUMNS if name in value}
    menu = Menu.objects.visible_to(by).filter(slug=str(value.get("slug"))).first()
    if menu is None:
        menu = create_menu(by=by, **columns)
        take_slug(menu, value.get("slug"))
        fill(menu, value, ids, by)
        return Action.CREATED
    version = menu.row_version
    change_menu(menu.pk, by=by, **columns)
    is_same = inside(menu) == wanted(value, ids)
    if not is_same:
        menu.courses.all().delete()
        fill(menu, value, ids, by)
    menu.refresh_from_db()
    return Action.UNCHANGED if is_same and menu.row_version == version else Action.UPDATED


def take_slug(menu: Menu, slug: Any) -> None:
    """The slug that the menu had, while it is nobody's."""
    if isinstance(slug, str) and slug != menu.slug and not Menu.objects.filter(slug=slug).exists():
        menu.slug = slug
        services.saved(menu, {})


def inside(menu: Menu) -> list[dict[str, Any]]:
    row = Menu.objects.filter(pk=menu.pk).as_details().get()
    return [course_entry(course) for course in row["courses"]]


def wanted(value: Json, ids: dict[str, UUID]) -> list[dict[str, Any]]:
    """The courses of the file, with the ids that its media have here."""
    courses = value.get("courses") or []
    if len(courses) > MOST_COURSES or any(len(course.get("items") or []) > MOST_ITEMS for course in courses):
        raise ValidationError({"courses": f"A menu has {MOST_COURSES} courses of {MOST_ITEMS} items at most."})
    return [
        {name: course.get(name, "") for name in ("title", "description", "intent")}
        | {"items": [item_of(item, ids) for item in course.get("items") or []]}
        for course in courses
    ]


def item_of(item: Json, ids: dict[str, UUID]) -> dict[str, Any]:
    media_id = str(item["media_id"])
    return {"media_id": ids.get(media_id) or UUID(media_id), "notes": item.get("notes", "")}


def fill(menu: Menu, value: Json, ids: dict[str, UUID], by: Actor) -> None:
    courses = wanted(value, ids)
    named = {item["media_id"] for course in courses for item in course["items"]}
    if MediaItem.objects.visible_to(by).filter(pk__in=named).count() < len(named):
        raise ValidationError({"courses": "A course names an item that is neither here nor in the file."})
    for position, course in enumerate(courses):
        items = course.pop("items")
        row = services.saved(Course(menu=menu, position=position, **course), {})
        for place, item in enumerate(items):
            services.saved(
                CourseItem(course=row, position=place, media_item_id=item["media_id"], notes=item["notes"]), {}
            )
