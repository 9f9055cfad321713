from datetime import UTC, datetime
from decimal import Decimal
from typing import Any

import factory
from factory.django import DjangoModelFactory

from catalog.models import KINDS, Course, CourseItem, MediaItem, MediaSource, MediaState, Menu, Tag, TaggedMedia
from config.accounts.tests.factories import UserFactory

# Calling a factory makes a row, which its own types do not say.
Factory: Any = DjangoModelFactory


class MediaFactory(Factory):
    """A book, unless `media_type` says another kind; `details={...}` are the columns of its kind."""

    class Meta:
        model = MediaItem
        skip_postgeneration_save = True

    media_type = "book"
    title: Any = factory.Sequence(lambda n: f"The Long Corridor {n}")

    @factory.post_generation
    def details(self: Any, create: bool, extracted: Any, **options: Any) -> None:
        row = KINDS[self.media_type].objects.create(media_item=self, **(extracted or {}))  # type: ignore[attr-defined]
        if row.creators:
            MediaItem.objects.filter(pk=self.pk).update(creator=", ".join(row.creators))
            self.creator = ", ".join(row.creators)


class SourceFactory(Factory):
    class Meta:
        model = MediaSource

    media_item: Any = factory.SubFactory(MediaFactory)
    source_name = "google_books"
    external_id: Any = factory.Sequence(lambda n: f"volume{n}")
    raw_payload: Any = factory.LazyFunction(lambda: {"kind": "books#volume"})
    fetched_at = datetime(2026, 1, 1, tzinfo=UTC)


class TagFactory(Factory):
    class Meta:
        model = Tag

    user: Any = factory.SubFactory(UserFactory)
    name: Any = factory.Sequence(lambda n: f"slow burn {n}")


class TaggedMediaFactory(Factory):
    class Meta:
        model = TaggedMedia

    tag: Any = factory.SubFactory(TagFactory)
    media_item: Any = factory.SubFactory(MediaFactory)


class StateFactory(Factory):
    class Meta:
        model = MediaState

    user: Any = factory.SubFactory(UserFactory)
    media_item: Any = factory.SubFactory(MediaFactory)
    rating = Decimal("7.5")


class MenuFactory(Factory):
    class Meta:
        model = Menu

    user: Any = factory.SubFactory(UserFactory)
    title = "Neo-noir night"
    slug: Any = factory.Sequence(lambda n: f"neo-noir-night-{n}")


class CourseFactory(Factory):
    class Meta:
        model = Course

    menu: Any = factory.SubFactory(MenuFactory)
    title = "Starter"
    position: Any = factory.LazyAttribute(lambda course: course.menu.courses.count())


class CourseItemFactory(Factory):
    class Meta:
        model = CourseItem

    course: Any = factory.SubFactory(CourseFactory)
    media_item: Any = factory.SubFactory(MediaFactory)
    position: Any = factory.LazyAttribute(lambda item: item.course.items.count())
