"""Menus: evenings put together out of media, course by course."""

from django.conf import settings
from django.db import models
from django.db.models import Deferrable, Q

from catalog.models.columns import TextLine
from catalog.models.media import MediaItem
from catalog.querysets import CourseItemQuerySet, CourseQuerySet, MenuQuerySet
from pipeline.models import VersionedModel

LONGEST_SLUG = 80


class Menu(VersionedModel):
    """Somebody's menu; a public one is at its slug for everybody. The slug is made once and stays."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+", db_index=False)
    title = TextLine(max_length=200)
    description = models.TextField(blank=True, max_length=5000)
    slug = models.SlugField(max_length=LONGEST_SLUG, unique=True, editable=False, db_index=False)
    is_public = models.BooleanField(default=False, verbose_name="public")
    created_at = models.DateTimeField(auto_now_add=True)
    updated_at = models.DateTimeField(auto_now=True)

    objects = MenuQuerySet.as_manager()

    class Meta(VersionedModel.Meta):
        ordering = ["-updated_at", "-id"]
        constraints = [models.CheckConstraint(condition=~Q(slug=""), name="catalog_menu_has_slug")]
        indexes = [models.Index(fields=["user", "-updated_at", "-id"], name="catalog_menu_by_change")]

    def __str__(self) -> str:
        return self.title


def one_a_place(parent: str, name: str) -> models.UniqueConstraint:
    """Checked at the end of the transaction, for a reorder moves rows over each other's places."""
    return models.UniqueConstraint(fields=[parent, "position"], name=name, deferrable=Deferrable.DEFERRED)


class Course(models.Model):
    """A part of a menu."""

    menu = models.ForeignKey(Menu, on_delete=models.CASCADE, related_name="courses", db_index=False)
    title = TextLine(max_length=200)
    description = models.TextField(blank=True, max_length=5000)
    intent = TextLine(max_length=200, blank=True, help_text="What it is there for: to warm up, to end on a high note.")
    position = models.PositiveIntegerField(default=0)

    objects = CourseQuerySet.as_manager()

    class Meta:
        ordering = ["position"]
        constraints = [one_a_place("menu", "catalog_course_place_unique")]

    def __str__(self) -> str:
        return self.title


class CourseItem(models.Model):
    """An item in a course."""

    course = models.ForeignKey(Course, on_delete=models.CASCADE, related_name="items", db_index=False)
    media_item = models.ForeignKey(MediaItem, on_delete=models.PROTECT, related_name="course_items")
    notes = models.TextField(blank=True, max_length=2000)
    position = models.PositiveIntegerField(default=0)

    objects = CourseItemQuerySet.as_manager()

    class Meta:
        ordering = ["position"]
        constraints = [
            one_a_place("course", "catalog_course_item_place_unique"),
            models.UniqueConstraint(fields=["course", "media_item"], name="catalog_course_item_once"),
        ]

    def __str__(self) -> str:
        return f"{self.course_id}: {self.media_item_id}"
