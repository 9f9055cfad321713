"""Every door that writes reviews leaves an event for the search, one a statement."""

from typing import Any

import pytest
from django.db import connection

from pipeline import outbox
from pipeline.models import OutboxEvent
from shows.models import Review, Shot, Word
from shows.services.demo.loading import copy_models
from shows.tests.factories import ReviewFactory, SequenceFactory, ShotFactory

pytestmark = pytest.mark.django_db


def events() -> list[str]:
    rows = OutboxEvent.objects.filter(topic="search.index", key="reviews").order_by("pk")
    return [event.payload["rows"] for event in rows]


def forget() -> None:
    OutboxEvent.objects.all().delete()


@pytest.fixture
def reviews() -> list[Any]:
    shot = ShotFactory()
    made = [ReviewFactory(shot=shot, body=f"Note {number}.") for number in range(4)]
    forget()
    return made


def span(first: int, last: int) -> str:
    return f"{{[{first},{last + 1})}}"


def test_a_note_leaves_one_event() -> None:
    review = ReviewFactory()
    assert events() == [span(review.pk, review.pk)]


def test_a_bulk_write_leaves_one_event_for_its_range(reviews: list[Any]) -> None:
    shot = ShotFactory()
    made = Review.objects.bulk_create(ReviewFactory.build(shot=shot) for _ in range(50))
    assert events() == [span(made[0].pk, made[-1].pk)]


def test_a_copy_leaves_one_event(reviews: list[Any]) -> None:
    copy_models(Review, [Review(pk=10**9 + n, shot=reviews[0].shot, body="x", status="note", author="I", is_open=True,
                                created_at=reviews[0].created_at) for n in range(20)])  # fmt: skip
    assert events() == [span(10**9, 10**9 + 19)]


def test_raw_sql_leaves_one_event_with_the_rows_that_changed(reviews: list[Any]) -> None:
    with connection.cursor() as cursor:
        cursor.execute("UPDATE shows_review SET body = CASE WHEN id = %s THEN body ELSE 'New.' END", [reviews[1].pk])
    first, _, third, fourth = (review.pk for review in reviews)
    assert events() == [f"{{[{first},{first + 1}),[{third},{fourth + 1})}}"]


def test_a_write_that_changes_nothing_leaves_no_event(reviews: list[Any]) -> None:
    Review.objects.update(body=reviews[0].body, status="note")
    forget()
    Review.objects.update(body=reviews[0].body)
    Review.objects.filter(pk=0).delete()
    assert events() == []


def test_deleted_rows_leave_one_event(reviews: list[Any]) -> None:
    Review.objects.all().delete()
    assert events() == [span(reviews[0].pk, reviews[-1].pk)]


def test_a_shot_that_moves_to_another_show_takes_its_reviews_along(reviews: list[Any]) -> None:
    sequence, shot = SequenceFactory(), reviews[0].shot
    Shot.objects.filter(pk=shot.pk).update(sequence=sequence, show=sequence.show)
    moved = Review.objects.filter(shot=shot)
    assert set(moved.values_list("show", "row_version")) == {(sequence.show_id, 2)}
    assert events() == [span(reviews[0].pk, reviews[-1].pk)]


def test_words_are_learned_from_what_the_events_name(reviews: list[Any]) -> None:
    ReviewFactory(body="Meniscus flickers, don't ship SH010_0020.")
    outbox.deliver_due()
    words = dict(Word.objects.values_list("word", "stem"))
    assert words == {
        "meniscus": "meniscus", "flickers": "flicker", "flicker": "flicker", "don": "don", "t": "t", "ship": "ship",
        "sh010": "sh010", "0020": "0020",
    }  # fmt: skip
    assert not OutboxEvent.objects.exists()


def test_an_event_about_many_rows_is_cut(reviews: list[Any]) -> None:
    outbox.put("search.index", {"rows": "{[1,2501),[3000,3001)}"}, key="reviews")
    outbox.deliver_due()
    assert events() == ["{[1,1001)}", "{[1001,2001)}", "{[2001,2501)}", "{[3000,3001)}"]
    outbox.deliver_due()
    assert events() == []


def test_an_unchanged_review_keeps_its_version(reviews: list[Any]) -> None:
    reviews[0].save()
    assert Review.objects.get(pk=reviews[0].pk).row_version == 1
