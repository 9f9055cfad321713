"""Where something stands on a menu, and where one step leads from there."""

from dataclasses import dataclass
from typing import Any

from django.core.exceptions import ObjectDoesNotExist

Row = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Place:
    """`number` counts from 0 among `total`; `before` and `behind` are the courses beside the item's own."""

    title: str
    number: int
    total: int
    within: str
    course_id: int | None = None
    before: int | None = None
    behind: int | None = None

    def __str__(self) -> str:
        return f"{self.title} is now {self.number + 1} of {self.total} {self.within}."

    def after(self, step: int) -> Row:
        """What the services are told for one step up or down; over the edge of a course it leads into the next."""
        target = self.number + step
        if target < 0 and self.before:
            return {"course_id": self.before}
        if target >= self.total and self.behind:
            return {"course_id": self.behind, "position": 0}
        return {"position": max(0, target)}


def course_place(menu: Row, course_id: int) -> Place:
    """Raises ObjectDoesNotExist."""
    courses = menu["courses"]
    for number, course in enumerate(courses):
        if course["id"] == course_id:
            return Place(course["title"], number, len(courses), "courses")
    raise ObjectDoesNotExist


def item_place(menu: Row, item_id: int) -> Place:
    """Raises ObjectDoesNotExist."""
    courses = menu["courses"]
    for at, course in enumerate(courses):
        for number, item in enumerate(course["items"]):
            if item["id"] == item_id:
                before = courses[at - 1]["id"] if at else None
                behind = courses[at + 1]["id"] if at + 1 < len(courses) else None
                within = f"in {course['title']}"
                title, total = item["media"]["title"], len(course["items"])
                return Place(title, number, total, within, course["id"], before, behind)
    raise ObjectDoesNotExist
