"""A library out and in again: what comes in is what went out."""

import io
from collections.abc import Iterator
from typing import Any

import orjson
import pytest

from catalog.models import MediaItem, MediaState, Menu, Tag
from catalog.services.library import courses, menus, states, tags
from catalog.services.library.transfer import csv_rows, import_library, library_of
from catalog.services.library.transfer.reading import COLUMNS
from catalog.tests.library.factories import MediaFactory, SourceFactory
from config.accounts.models import User
from config.accounts.tests.factories import UserFactory
from pipeline.errors import ImportRefused, RowsRefused
from pipeline.tables import lines

pytestmark = pytest.mark.django_db


@pytest.fixture
def member(db: None) -> User:
    """Somebody with media of all kinds, odd tags, states, and a public menu."""
    user: User = UserFactory.create()
    for number, kind in enumerate(("book", "movie", "game", "music")):
        media = MediaFactory(media_type=kind, title=f"=Tïtle, {number}", metadata={"n": [number]}).pk
        states.put_state(media, by=user, status="consumed", rating="7.5", notes="'a\nb", favorite=bool(number % 2))
        tag = tags.create_tag(by=user, name=f'-slow, "burn" {number}')
        tags.tag_media(tag.pk, by=user, media_id=media)
    menu = menus.create_menu(by=user, title="Night", is_public=True)
    course = courses.add_course(menu.pk, by=user, title="Starter", intent="Warm up")
    courses.add_item(menu.pk, course.pk, by=user, media_id=SourceFactory().media_item_id, notes="Cold")
    return user


def file_of(document: Any) -> io.BytesIO:
    return io.BytesIO(orjson.dumps(document))


def table_of(user: User) -> io.BytesIO:
    return io.BytesIO("".join(lines(csv_rows(user), COLUMNS)).encode())


def forget(*, media: bool) -> Iterator[None]:
    Menu.objects.all().delete()
    MediaState.objects.all().delete()
    Tag.objects.all().delete()
    if media:
        MediaItem.objects.all().delete()
    yield


@pytest.mark.parametrize("media", [False, True], ids=["to media that are there", "to an empty house"])
def test_a_document_brings_back_exactly_what_went_out(member: User, media: bool) -> None:
    out = orjson.loads(orjson.dumps(library_of(member)))
    list(forget(media=media))
    result = import_library(file_of(out), by=member)
    assert (result["failed"], result["updated"], result["created"] >= 9) == (0, 0, True)
    back = orjson.loads(orjson.dumps(library_of(member)))
    for item in (*out["media"], *back["media"]):
        item["sources"] = item["sources"] if not media else []
    assert back == out
    again = import_library(file_of(out), by=member)
    assert again["unchanged"] == len(again["rows"])


def test_a_table_brings_back_states_and_tags(member: User) -> None:
    out = csv_rows(member)
    file = table_of(member)
    list(forget(media=False))
    assert import_library(file, by=member)["created"] == 4
    assert csv_rows(member) == out


def test_somebody_else_gets_the_same_with_a_slug_of_their_own(member: User) -> None:
    other = UserFactory.create()
    import_library(file_of(library_of(member)), by=other)
    theirs, own = library_of(other), library_of(member)
    assert [menu["slug"] for menu in theirs["menus"]] == ["night-2"]
    assert theirs | {"menus": []} == own | {"menus": []}
    assert theirs["menus"][0]["courses"] == own["menus"][0]["courses"]


def test_one_bad_row_writes_nothing_unless_the_others_are_wanted(member: User) -> None:
    bad = {"media_type": "opera", "title": "X"}
    document = {
        "format": "backlot-library",
        "version": 1,
        "tags": ["New", 7],
        "media": [bad, {"state": 3}],
        "menus": [[]],
    }
    with pytest.raises(RowsRefused) as refused:
        import_library(file_of(document), by=member)
    assert [row["action"] for row in refused.value.facts["rows"]] == ["created", *["failed"] * 4]
    assert not Tag.objects.filter(name="New").exists()
    assert import_library(file_of(document), by=member, partial=True)["created"] == 1
    assert Tag.objects.filter(name="New").exists()


def test_odd_rows_are_refused_one_by_one(member: User) -> None:
    odd = {"media_type": "book", "title": "X"}
    wrong: list[dict[str, Any]] = [{"sources": [{}]}, {"metadata": [1]}, {"state": {"rating": 99}}, {"tags": [{}]}]
    rows = [odd | more for more in wrong]
    menu = {"title": "Y", "courses": [{"title": "Z", "items": [{}]}]}
    document = {"format": "backlot-library", "version": 1, "tags": ["a\0b"], "media": rows, "menus": [menu]}
    result = import_library(file_of(document), by=member, partial=True)
    assert (result["created"], result["failed"]) == (1, 5)
    assert Tag.objects.filter(name="ab").exists()


def test_a_dry_run_writes_nothing(member: User) -> None:
    document = {"format": "backlot-library", "version": 1, "tags": ["New"]}
    assert import_library(file_of(document), by=member, dry_run=True)["created"] == 1
    assert not Tag.objects.filter(name="New").exists()


@pytest.mark.parametrize(
    "text", ["", "{", '{"format": "x"}', "a,b\n1,2", '{"format": "backlot-library", "version": 1, "tags": 3}']
)
def test_a_file_that_is_no_library_is_refused(member: User, text: str) -> None:
    with pytest.raises(ImportRefused):
        import_library(io.BytesIO(text.encode()), by=member)
