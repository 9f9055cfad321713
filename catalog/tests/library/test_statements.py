"""Which indexes answer the library's questions, and that a fuller one asks no more of them."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.db import connection
from django.db.models import QuerySet
from django.test.utils import CaptureQueriesContext

from catalog.models import MediaItem, MediaState, Menu, Tag
from catalog.services.library.searching import search_media
from catalog.tests.library.factories import MediaFactory, StateFactory, TagFactory, TaggedMediaFactory
from config.accounts.models import User
from config.accounts.tests.factories import UserFactory
from config.tests.fixtures import undone

pytestmark = pytest.mark.performance
SOMEBODY = User(pk="5b1c1a52-0000-4000-8000-000000000001")
Questions = dict[str, Callable[[], QuerySet[Any]]]
LISTS: Questions = {
    "catalog_media_by_title": lambda: MediaItem.objects.order_by("title", "id").values("title", "id")[:50],
    "catalog_media_by_release": lambda: MediaItem.objects.order_by("release_date", "id").values("pk")[:50],
    "catalog_media_by_type": lambda: MediaItem.objects.of_types(["game"]).order_by("title", "id").values("pk")[:50],
    "catalog_state_by_change": lambda: MediaState.objects.visible_to(SOMEBODY)[:50],
    "catalog_menu_by_change": lambda: Menu.objects.visible_to(SOMEBODY)[:50],
    "catalog_menu_slug_": lambda: Menu.objects.public().filter(slug="neo-noir-night").order_by(),
}
LOOKUPS: Questions = {
    "catalog_media_words": lambda: MediaItem.objects.matching("silver lant"),
    "catalog_media_title_parts": lambda: MediaItem.objects.resembling("silvre lantern"),
    "catalog_media_creator_parts": lambda: MediaItem.objects.resembling("silvre lantern"),
    "catalog_state_by_status": lambda: MediaItem.objects.in_status("paused", SOMEBODY),
    "catalog_state_favorites": lambda: MediaItem.objects.favorites_of(SOMEBODY),
    "catalog_tag_name_unique": lambda: Tag.objects.visible_to(SOMEBODY).filter(name__iexact="noir"),
    "catalog_tagged_once": lambda: MediaItem.objects.tagged("noir", SOMEBODY),
}


@pytest.fixture(scope="module")
def counted_rows(kept: None) -> None:
    """Rows that PostgreSQL has counted: of empty tables, one index is as good to it as another."""
    media = MediaFactory.create_batch(60)
    for reader in (UserFactory(pk=SOMEBODY.pk), *UserFactory.create_batch(5)):
        tag = TagFactory(user=reader)
        for item in media:
            StateFactory(user=reader, media_item=item)
            TaggedMediaFactory(tag=tag, media_item=item)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE catalog_mediaitem, catalog_mediastate, catalog_taggedmedia, catalog_tag, catalog_menu")


@pytest.fixture(autouse=True)
def db(counted_rows: None) -> Iterator[None]:
    with undone():
        yield


def plan_without(questions: Questions, index: str, *ways: str) -> str:
    """How PostgreSQL answers when it reads a table as a whole, or goes one of the ways, only where no index serves."""
    with connection.cursor() as cursor:
        cursor.execute("; ".join(f"SET LOCAL enable_{way} = off" for way in ("seqscan", *ways)))
    return questions[index]().explain()


@pytest.mark.parametrize("index", LISTS)
def test_a_list_of_the_library_is_read_from_its_index(index: str) -> None:
    plan = plan_without(LISTS, index, "sort", "bitmapscan")
    assert index in plan
    assert "Sort" not in plan


@pytest.mark.parametrize("index", LOOKUPS)
def test_what_is_looked_for_in_the_library_is_found_by_its_index(index: str) -> None:
    assert index in plan_without(LOOKUPS, index, "indexscan", "indexonlyscan")


def test_a_search_takes_no_more_statements_among_forty_media_than_among_four() -> None:
    reader: Any = UserFactory()
    costs = []
    for number in (4, 36):
        for item in MediaFactory.create_batch(number):
            StateFactory(user=reader, media_item=item)
            TaggedMediaFactory(tag=TagFactory(user=reader), media_item=item)
        with CaptureQueriesContext(connection) as queries:
            for text in ("corridor", "corrdior", "long corrdior"):
                assert search_media(text, by=reader)["results"]
        costs.append(len(queries))
    assert costs[1] <= costs[0] <= 18
