"""The demo's library: the member's shelf, made and taken away again."""

from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Any
from uuid import UUID

from django.db import connection
from django.db.models import Model

from catalog.models import CourseItem, Film, MediaItem, MediaState, Menu, Tag, TaggedMedia
from catalog.services.demo.shelf import CONSUMED, COURSES, MEDIA, MENU, MENU_STORY, MediaPlan
from catalog.services.library.courses import add_course, add_item
from catalog.services.library.media import create_media
from catalog.services.library.menus import create_menu
from catalog.services.library.states import put_state
from catalog.services.library.tags import create_tag, tag_many
from pipeline.services import Actor

FIRST_EVENING = datetime(2026, 1, 2, 20, 15, tzinfo=UTC)
A_WEEK = timedelta(days=7)
# So many of the demo's films have an item of their own.
LINKED = 3


@dataclass(frozen=True)
class DemoLibrary:
    media: list[UUID]
    tags: list[int]
    menus: list[int]
    states: int

    @property
    def roots(self) -> dict[type[Model], list[Any]]:
        """The rows on which all of it hangs, for the next seeding to remove."""
        return {MediaItem: self.media, Tag: self.tags, Menu: self.menus}

    @property
    def counts(self) -> dict[str, int]:
        return {"media": len(self.media), "tags": len(self.tags), "states": self.states, "menus": len(self.menus)}


def seed_library(member: Actor, *, films: Collection[int]) -> DemoLibrary:
    """Gives the member media of all four kinds with tags and states, and a public menu; links some of the films.

    A tag that the member has already serves as it is. Runs in the caller's transaction.
    """
    media = {plan.title: made(plan, member) for plan in MEDIA}
    for place, plan in enumerate(MEDIA):
        put_on_list(plan, media[plan.title], member, FIRST_EVENING + place * A_WEEK)
    menu = create_menu(by=member, title=MENU, description=MENU_STORY, is_public=True)
    fill(menu, media, member)
    linked = [link(film, member) for film in Film.objects.filter(pk__in=films).order_by("pk")[:LINKED]]
    return DemoLibrary([*media.values(), *linked], tagged(media, member), [menu.pk], len(MEDIA))


def made(plan: MediaPlan, member: Actor) -> UUID:
    item = create_media(
        by=member, media_type=plan.kind, title=plan.title, description=plan.story,
        release_date=date(plan.year, 1, 1), release_precision="year", details=plan.details,
    )  # fmt: skip
    return item.pk


def put_on_list(plan: MediaPlan, media_id: UUID, member: Actor, at: datetime) -> None:
    rating: dict[str, Any] = {"rating": plan.rating} if plan.rating else {}
    favorite = plan.state == CONSUMED and float(plan.rating or 0) >= 9
    put_state(media_id, by=member, at=at, status=plan.state, favorite=favorite, **rating)


def tagged(media: dict[str, UUID], member: Actor) -> list[int]:
    """Puts the tags on; answers those that were made for it."""
    words = defaultdict(list)
    for plan in MEDIA:
        for word in filter(None, plan.tags.split(", ")):
            words[word].append(media[plan.title])
    there = {tag.name.casefold(): tag.pk for tag in Tag.objects.visible_to(member)}
    new = {word: create_tag(by=member, name=word).pk for word in sorted(words) if word not in there}
    for word, ids in words.items():
        tag_many((there | new)[word], by=member, media_ids=ids)
    return list(new.values())


def fill(menu: Menu, media: dict[str, UUID], member: Actor) -> None:
    for title, intent, items in COURSES:
        course = add_course(menu.pk, by=member, title=title, intent=intent)
        for name, notes in items:
            add_item(menu.pk, course.pk, by=member, media_id=media[name], notes=notes)


def link(film: Film, member: Actor) -> UUID:
    """An item for a film, to which its page leads."""
    year = film.release_year or FIRST_EVENING.year
    item = create_media(
        by=member, media_type="movie", title=film.title, description=film.description or "",
        release_date=date(year, 1, 1), release_precision="year",
        details={"runtime": film.length, "directors": ["Margit Oland"]},
    )  # fmt: skip
    Film.objects.filter(pk=film.pk).update(media_item=item)
    return item.pk


def remove_library(*, media: Sequence[UUID], tags: Sequence[int], menus: Sequence[int]) -> None:
    """Deletes the demo's media, tags and menus with what hangs on them, whoever made it. In the caller's transaction.

    Locks the media against new references; courses of others that lose an item have no gap.
    """
    list(MediaItem.objects.filter(pk__in=media).order_by("pk").select_for_update(of=("self",)).values_list("pk"))
    Menu.objects.filter(pk__in=menus).delete()
    Tag.objects.filter(pk__in=tags).delete()
    lost = CourseItem.objects.filter(media_item__in=media)
    courses = list(lost.order_by().values_list("course", flat=True).distinct())
    for rows in (
        lost,
        TaggedMedia.objects.filter(media_item__in=media),
        MediaState.objects.filter(media_item__in=media),
    ):
        rows.delete()
    close_gaps(courses)
    MediaItem.objects.filter(pk__in=media).delete()


def close_gaps(courses: Sequence[int]) -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            """
            UPDATE catalog_courseitem AS item SET position = place.number
            FROM (SELECT id, row_number() OVER (PARTITION BY course_id ORDER BY position) - 1 AS number
                  FROM catalog_courseitem WHERE course_id = ANY(%s)) AS place
            WHERE item.id = place.id AND item.position <> place.number
            """,
            [list(courses)],
        )
