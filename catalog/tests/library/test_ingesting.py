"""Media taken in: once each, by however many, and brought up to date without undoing what people changed."""

from collections import Counter
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.utils import timezone

from catalog.connectors import Found
from catalog.connectors.mapping import ITEMS
from catalog.models import Book, MediaItem, MediaSource
from catalog.services.library.media import change_media
from catalog.services.library.refreshing import refresh_old_media
from catalog.services.library.storing import store_found
from catalog.tests.library.factories import SourceFactory
from catalog.tests.library.server import SourceServer, answer
from config.accounts.models import User
from config.accounts.tests.factories import UserFactory
from config.accounts.tests.parallel import at_once
from pipeline.models import Job
from pipeline.runner import run_step
from pipeline.services.jobs import submit_job

pytestmark = pytest.mark.django_db


@pytest.fixture
def member(db: None) -> User:
    return UserFactory.create()


def books(number: int, **info: Any) -> list[Found]:
    volumes = [
        {"id": f"vol{n}", "volumeInfo": {"title": f"Book {n}", "authors": ["Ada"]} | info} for n in range(number)
    ]
    return ITEMS["google_books"]({"items": volumes})


@pytest.mark.race
@pytest.mark.django_db(transaction=True)
def test_the_same_media_taken_in_three_times_and_twice_at_once_are_there_once(at_full_size: bool) -> None:
    number = 1000 if at_full_size else 100
    by = UserFactory.create()
    results = at_once(2, lambda: store_found(books(number), by=by))
    results.append(store_found(books(number), by=by))
    created = Counter(row.status for result in results for row in result)
    assert created == {"created": number, "unchanged": 2 * number}
    assert MediaItem.objects.count() == Book.objects.count() == MediaSource.objects.count() == number
    assert MediaSource.objects.get(external_id="vol7").raw_payload["volumeInfo"]["title"] == "Book 7"


def test_what_somebody_changed_by_hand_stays_and_the_rest_is_renewed(member: User) -> None:
    [stored] = store_found(books(1), by=member)
    change_media(stored.media_id, by=member, title="My title")
    [again] = store_found(books(1, title="New title", authors=["Ada", "Ida"], pageCount=99), by=member)
    item = MediaItem.objects.select_related("book").get()
    assert (again.status, item.title, item.creator) == ("updated", "My title", "Ada, Ida")
    assert (item.book.page_count, item.sources.get().raw_payload["volumeInfo"]["title"]) == (99, "New title")


def test_a_row_of_a_list_never_takes_the_place_of_a_whole_answer(member: User) -> None:
    row = {"id": 603, "title": "The Matrix", "media_type": "movie"}
    whole = ITEMS["tmdb"](row | {"runtime": 136})
    for found, status in ((ITEMS["tmdb"](row), "created"), (whole, "updated"), (ITEMS["tmdb"](row), "unchanged")):
        assert [stored.status for stored in store_found(found, by=member)] == [status]
    assert MediaItem.objects.select_related("movie").get().movie.runtime == 136


def test_what_is_older_than_its_source_allows_is_asked_for_again(source: SourceServer) -> None:
    now = timezone.now()
    ages = {"movie/1": 181, "movie/2": 181, "movie/3": 179}
    for external_id, days in ages.items():
        SourceFactory(source_name="tmdb", external_id=external_id, media_item__media_type="movie",
                      fetched_at=now - timedelta(days=days))  # fmt: skip
    SourceFactory(fetched_at=datetime(2001, 1, 1, tzinfo=UTC))
    source.says(answer({"id": 1, "title": "Renewed", "runtime": 90}), path="/tmdb/movie/1")
    source.says(answer("", 404), path="/tmdb/movie/2")
    assert refresh_old_media(at=now) == {"tmdb": 1}
    assert MediaItem.objects.get(sources__external_id="movie/1").title == "Renewed"
    assert refresh_old_media(at=now) == {"tmdb": 0}


def test_a_long_list_is_taken_in_as_a_job(member: User, source: SourceServer) -> None:
    source.says(answer("", 404))
    for n in range(2):
        source.says(
            answer({"id": f"vol{n}", "volumeInfo": {"title": f"Book {n}"}}), path=f"/google_books/volumes/vol{n}"
        )
    ids = ["vol0", "vol1", "vol0", "gone", "no id"]
    job = submit_job("ingest_media", {"source": "google_books", "external_ids": ids}, by=member)
    run_step(job.job_id, 0, worker="test")
    output: Any = Job.objects.get(job_id=job.job_id).steps.get().output
    assert {name: output[name] for name in ("created", "failed", "count")} == {
        "created": 2,
        "failed": 2,
        "count": 4,
    }
    assert [error["external_id"] for error in output["errors"]] == ["gone", "no id"]
    assert set(MediaItem.objects.values_list("added_by", flat=True)) == {member.pk}
