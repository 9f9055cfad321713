from typing import TYPE_CHECKING, Any, Self

from django.contrib.postgres.expressions import ArraySubquery
from django.db import models
from django.db.models import Count, F, OuterRef, Q, Subquery
from django.db.models.functions import Coalesce, JSONObject

from catalog.querysets.media import beside, links
from catalog.querysets.personal import ABOUT
from pipeline.querysets import VersionedQuerySet
from pipeline.services import Actor

if TYPE_CHECKING:
    # The base classes name them.
    from catalog.models import Course, CourseItem, Menu  # noqa: F401

Rows = models.QuerySet[Any, Any]
MENU = ("id", "title", "description", "slug", "is_public", "created_at", "updated_at", "row_version")


class MenuQuerySet(VersionedQuerySet["Menu"]):
    def visible_to(self, user: Actor) -> Self:
        """The user's own."""
        return self.filter(user=user.pk)

    def public(self) -> Self:
        """Those that everybody may read, at their slugs."""
        return self.filter(is_public=True)

    def matching(self, words: str) -> Self:
        return self.filter(Q(title__icontains=words) | Q(description__icontains=words))

    def as_rows(self) -> Rows:
        """In short, with the numbers of their courses and items."""
        numbers = {"courses_count": counted("Course", "menu"), "items_count": counted("CourseItem", "course__menu")}
        return beside(self.values(*MENU), **numbers)

    def as_details(self) -> Rows:
        """Whole: the courses and their items, in order."""
        return beside(self.as_rows(), courses=courses())

    def as_public(self) -> Rows:
        """Whole, and without a word about whose it is."""
        return beside(self.values("title", "description", "slug", "updated_at"), courses=courses())

    def as_csv_rows(self) -> Rows:
        return self.as_rows().values(*MENU[:-1], "courses_count", "items_count")


class CourseQuerySet(models.QuerySet["Course"]):
    def visible_to(self, user: Actor) -> Self:
        """Those of the user's own menus."""
        return self.filter(menu__user=user.pk)

    def as_rows(self) -> Rows:
        return beside(self.values("id", "title", "description", "intent", "position"), items=items())


class CourseItemQuerySet(models.QuerySet["CourseItem"]):
    def visible_to(self, user: Actor) -> Self:
        """Those of the user's own menus."""
        return self.filter(course__menu__user=user.pk)

    def as_rows(self) -> Rows:
        return beside(self.values("id", "position", "notes"), **about())


def about() -> dict[str, Any]:
    """The item's id, what it is in short, and where it came from, for its credits."""
    sources = links("MediaSource").filter(media_item=OuterRef("media_item")).order_by("source_name", "external_id")
    origin = sources.values(source=JSONObject(source_name="source_name", canonical_url="canonical_url"))
    shown = {name: F(f"media_item__{name}") for name in ABOUT}
    return {
        "media_id": F("media_item_id"),
        "media": JSONObject(**shown, sources=ArraySubquery(origin)),
    }


def courses() -> ArraySubquery:
    own = links("Course").filter(menu=OuterRef("pk")).order_by("position")
    shown = ("id", "title", "description", "intent", "position")
    return ArraySubquery(own.values(course=JSONObject(**{name: name for name in shown}, items=items())))


def items() -> ArraySubquery:
    own = links("CourseItem").filter(course=OuterRef("pk")).order_by("position")
    return ArraySubquery(own.values(item=JSONObject(id="id", position="position", notes="notes", **about())))


def counted(name: str, parent: str) -> Coalesce:
    rows = links(name).filter(**{parent: OuterRef("pk")}).order_by().values(parent).annotate(n=Count("pk"))
    return Coalesce(Subquery(rows.values("n"), output_field=models.IntegerField()), 0)
