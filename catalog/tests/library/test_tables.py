"""What the database itself refuses, whoever writes, and what it works out."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction

from catalog.models import Book, Game, MediaItem
from catalog.tests.library.factories import (
    CourseFactory,
    CourseItemFactory,
    MediaFactory,
    MenuFactory,
    SourceFactory,
    StateFactory,
    TagFactory,
    TaggedMediaFactory,
)

pytestmark = [pytest.mark.integration, pytest.mark.django_db]


def refused(write: Callable[[], Any]) -> bool:
    """Whether the database refuses, at the end of the transaction at the latest."""
    try:
        with transaction.atomic():
            write()
            with connection.cursor() as cursor:
                cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
    except IntegrityError:
        return True
    return False


def titles(text: str) -> list[str]:
    return list(MediaItem.objects.matching(text).best_first().values_list("title", flat=True))


def test_what_must_be_unique_is_refused_twice() -> None:
    source, link, state = SourceFactory(), TaggedMediaFactory(), StateFactory()
    tag, item = TagFactory(name="Noir"), CourseItemFactory()
    menu = item.course.menu
    assert refused(lambda: SourceFactory(external_id=source.external_id))
    assert refused(lambda: TagFactory(user=tag.user, name="NOIR"))
    assert refused(lambda: TaggedMediaFactory(tag=link.tag, media_item=link.media_item))
    assert refused(lambda: StateFactory(user=state.user, media_item=state.media_item))
    assert refused(lambda: MenuFactory(slug=menu.slug))
    assert refused(lambda: CourseFactory(menu=menu, position=item.course.position))
    assert refused(lambda: CourseItemFactory(course=item.course, position=item.position))
    assert refused(lambda: CourseItemFactory(course=item.course, media_item=item.media_item))


def test_ids_of_a_source_that_differ_by_case_are_two() -> None:
    SourceFactory(external_id="aBc")
    assert not refused(lambda: SourceFactory(external_id="abc"))


def test_an_item_has_a_row_of_its_own_kind_only() -> None:
    book = MediaFactory(details={"authors": ["Ada Reed"]})
    assert refused(lambda: Game.objects.create(media_item=book))
    assert refused(lambda: Book.objects.filter(pk=book.pk).update(media_type="game"))
    assert refused(lambda: MediaItem.objects.filter(pk=book.pk).update(media_type="game"))
    assert refused(lambda: Book.objects.filter(pk=book.pk).update(page_count=0))


def test_a_release_date_has_a_precision_and_a_rating_ends_at_ten() -> None:
    assert refused(lambda: MediaFactory(release_date=date(1808, 1, 1)))
    assert refused(lambda: MediaFactory(release_precision="year"))
    assert refused(lambda: StateFactory(rating="10.1"))


def test_places_may_be_swapped_within_a_transaction() -> None:
    first = CourseItemFactory()
    second = CourseItemFactory(course=first.course)
    swapped = {first.pk: 1, second.pk: 0}
    assert not refused(lambda: [type(first).objects.filter(pk=pk).update(position=n) for pk, n in swapped.items()])


def test_accents_case_and_punctuation_do_not_matter_to_a_search() -> None:
    MediaFactory(title="Amélie: Straße nach Ålesund")
    for words in ("amelie", "AMÉLIE", "strasse", "alesund amel", "Ame\u0301lie"):
        assert titles(words) == ["Amélie: Straße nach Ålesund"], words
    assert titles("melie") == titles("…") == []


def test_the_title_counts_before_who_made_it_and_that_before_the_description() -> None:
    MediaFactory(title="C", description="The harbour at night, the harbour by day, the harbour.")
    MediaFactory(title="B", details={"authors": ["Ida Harbour"]})
    MediaFactory(title="Harbour")
    assert titles("harb") == ["Harbour", "B", "C"]


def test_a_change_counts_and_one_that_changes_nothing_does_not() -> None:
    item = MediaFactory(title="Noon")
    for title in ("Noon", "Night", "Night"):
        MediaItem.objects.filter(pk=item.pk).update(title=title)
    item.refresh_from_db()
    assert item.row_version == 2
