"""A public menu in parts that are small to send: as many courses and items a part as fit into it."""

from collections.abc import Iterable, Mapping
from typing import Any

from django.utils.html import escape

Row = dict[str, Any]
# In bytes. Together with the page around it a part stays below 50 KB.
ROOM = 34_000
# What the page writes around the words of an item, and around those of a course.
FRAME = 800


class Parts:
    """Courses dealt out, in their order; one that goes on in the next part is named there again."""

    def __init__(self, taken: int) -> None:
        self.parts: list[list[Row]] = [[]]
        self.room = ROOM - taken

    def put_course(self, course: Row) -> None:
        self.make_room(weight_of(course["title"], course["description"], course["intent"]))
        self.parts[-1].append({**course, "items": []})
        for item in course["items"]:
            self.put_item(course, item)

    def put_item(self, course: Row, item: Row) -> None:
        if self.make_room(weight_of(item["notes"], *words_of(item["media"]))):
            self.parts[-1].append({"title": course["title"], "items": [], "goes_on": True})
        self.parts[-1][-1]["items"].append(item)

    def make_room(self, weight: int) -> bool:
        """Whether a new part had to begin for it."""
        is_full = weight > self.room
        if is_full:
            self.parts.append([])
            self.room = ROOM
        self.room -= weight
        return is_full


def parts_of(menu: Mapping[str, Any]) -> list[list[Row]]:
    """The courses of each part; the first has the menu's own words too."""
    dealt = Parts(weight_of(menu["description"]))
    for course in menu["courses"]:
        dealt.put_course(course)
    return dealt.parts


def words_of(media: Mapping[str, Any]) -> Iterable[str]:
    yield from (media["title"], media["subtitle"], media["creator"])
    for source in media["sources"]:
        yield source["canonical_url"] + " " * 100


def weight_of(*texts: str) -> int:
    return FRAME + sum(len(escape(text).encode()) for text in texts)
