"""The courses of a menu and the media in them, in their order."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django.core.exceptions import ValidationError

from catalog.errors import Full
from catalog.models import Course, CourseItem, Menu
from catalog.services.library.menus import locked_menu
from catalog.services.library.places import close_gap, make_room, move, reorder
from catalog.services.library.writing import named_media, written
from pipeline import services
from pipeline.services import Actor

MOST_COURSES = 30
MOST_ITEMS = 100


def add_course(menu_id: int, *, by: Actor, position: int | None = None, **columns: Any) -> Course:
    """A new course at a place; those from there on move on. Locks the menu.

    Raises Menu.DoesNotExist for anybody else's, ValidationError by field, Full.
    """
    with written():
        courses = locked_menu(menu_id, by).courses.all()
        if courses.count() >= MOST_COURSES:
            raise Full(f"A menu has {MOST_COURSES} courses at most.")
        place = make_room(courses, position)
        return services.saved(Course(menu_id=menu_id, position=place, **columns), {})


def change_course(menu_id: int, course_id: int, *, by: Actor, position: int | None = None, **changes: Any) -> Course:
    """Changes a course, and moves it where a place is given. Locks the menu. Raises what `add_course` raises."""
    with written():
        menu = locked_menu(menu_id, by)
        course = menu.courses.get(pk=course_id)
        if position is not None:
            changes["position"] = move(menu.courses.all(), course, position)
        return services.changed(course, changes, {})


def delete_course(menu_id: int, course_id: int, *, by: Actor) -> None:
    """Deletes a course with its items. Locks the menu. Raises DoesNotExist."""
    with written():
        menu = locked_menu(menu_id, by)
        course = menu.courses.get(pk=course_id)
        course.delete()
        close_gap(menu.courses.all(), course.position)


def reorder_courses(menu_id: int, *, by: Actor, course_ids: Sequence[int]) -> None:
    """Puts all courses of a menu into this order. Locks the menu. Raises ValidationError for a list that is not all."""
    with written():
        reorder(locked_menu(menu_id, by).courses.all(), course_ids, field="course_ids")


def add_item(
    menu_id: int, course_id: int, *, by: Actor, media_id: UUID, position: int | None = None, notes: str = ""
) -> tuple[CourseItem, bool]:
    """Puts an item into a course at a place, once; says whether it was not there before, else it stays as it is.

    Locks the menu. Raises DoesNotExist for anybody else's, ValidationError for `media_id`, Full.
    """
    with written():
        items = course_of(locked_menu(menu_id, by), course_id).items.all()
        media = named_media(media_id, by)
        if there := items.filter(media_item=media).first():
            return there, False
        if items.count() >= MOST_ITEMS:
            raise Full(f"A course has {MOST_ITEMS} items at most.")
        item = CourseItem(course_id=course_id, media_item=media, position=make_room(items, position), notes=notes)
        return services.saved(item, {}), True


def change_item(
    menu_id: int,
    item_id: int,
    *,
    by: Actor,
    position: int | None = None,
    course_id: int | None = None,
    **changes: Any,
) -> CourseItem:
    """Changes the notes of an item, moves it to a place, or into another course of the menu. Locks the menu.

    Raises DoesNotExist for anybody else's, ValidationError for `course_id`.
    """
    with written():
        menu = locked_menu(menu_id, by)
        item = CourseItem.objects.get(pk=item_id, course__menu=menu)
        if course_id is not None and course_id != item.course_id:
            changes |= taken_over(menu, item, course_id, position)
        elif position is not None:
            changes["position"] = move(item.course.items.all(), item, position)
        return services.changed(item, changes, {})


def taken_over(menu: Menu, item: CourseItem, course_id: int, position: int | None) -> dict[str, Any]:
    """Makes room in the other course and closes the gap in the item's own."""
    target = menu.courses.filter(pk=course_id).first()
    if target is None:
        raise ValidationError({"course_id": "There is no such course in this menu."})
    if target.items.filter(media_item=item.media_item_id).exists():
        raise ValidationError({"course_id": "This is in that course already."})
    if target.items.count() >= MOST_ITEMS:
        raise Full(f"A course has {MOST_ITEMS} items at most.")
    place = make_room(target.items.all(), position)
    others = item.course.items.exclude(pk=item.pk)
    close_gap(others, item.position)
    return {"course": target, "position": place}


def delete_item(menu_id: int, item_id: int, *, by: Actor) -> None:
    """Takes an item out of its course. Locks the menu. Raises DoesNotExist."""
    with written():
        item = CourseItem.objects.get(pk=item_id, course__menu=locked_menu(menu_id, by))
        item.delete()
        close_gap(item.course.items.all(), item.position)


def reorder_items(menu_id: int, course_id: int, *, by: Actor, item_ids: Sequence[int]) -> None:
    """Puts all items of a course into this order. Locks the menu. Raises ValidationError for a list that is not all."""
    with written():
        reorder(course_of(locked_menu(menu_id, by), course_id).items.all(), item_ids, field="item_ids")


def course_of(menu: Menu, course_id: int) -> Course:
    return menu.courses.get(pk=course_id)
