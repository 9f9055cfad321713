"""The library of the demo's member."""

from collections import Counter

import pytest

from catalog.models import CourseItem, Film, MediaItem, MediaState, Menu, TaggedMedia
from catalog.tests.library.factories import CourseFactory, CourseItemFactory, MediaFactory, StateFactory
from config.accounts.models import User
from config.demo.services import seed_demo

pytestmark = pytest.mark.django_db


def test_the_member_has_media_of_all_kinds_and_a_public_menu_and_keeps_none_twice() -> None:
    seed_demo()
    mine, course = MediaFactory(), CourseFactory()
    theirs = MediaItem.objects.get(title="The Tide Clerk")
    StateFactory(media_item=theirs)
    items = [CourseItemFactory(course=course, media_item=media) for media in (theirs, mine)]
    seed_demo()
    member = User.objects.get(email="member@backlot.test")
    kinds = Counter(MediaItem.objects.filter(added_by=member).values_list("media_type", flat=True))
    assert set(kinds) == {"book", "movie", "game", "music"}
    assert MediaState.objects.filter(user=member).count() == MediaState.objects.count() == 13
    assert Menu.objects.public().get().slug == "a-night-at-the-harbour"
    assert TaggedMedia.objects.filter(tag__user=member, media_item__title="Low Water").count() == 2
    assert Film.objects.exclude(media_item=None).count() == 3
    assert CourseItem.objects.get(pk=items[1].pk).position == 0
