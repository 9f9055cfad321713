"""Shots one below the other: of one show, and of all."""

from typing import Any

import pytest
from django.test import Client

from config.tests.admin_pages import signed_in
from shows.models import Shot
from shows.tests.factories import ReviewFactory, SequenceFactory, ShotFactory, ShowFactory
from shows.views import table

pytestmark = pytest.mark.django_db


@pytest.fixture
def reader() -> Client:
    return signed_in("artist")


def codes_of(answer: Any) -> list[str]:
    return [row["code"] for row in answer.context["table"].rows]


@pytest.fixture
def three() -> list[Shot]:
    sequence = SequenceFactory(show=ShowFactory(code="NT"))
    pairs = (("b", "review"), ("c", "pending"), ("a", "final"))
    return [ShotFactory(sequence=sequence, code=code, status=status) for code, status in pairs]


@pytest.mark.parametrize(
    ("ordering", "codes"),
    [
        ("", "bca"),
        ("code", "abc"),
        ("-code", "cba"),
        ("status", "acb"),
        ("-updated_at", "acb"),
        ("updated_at", "bca"),
    ],
)
def test_the_table_is_ordered_as_its_address_says(ordering: str, codes: str, three: list[Shot], reader: Client) -> None:
    assert codes_of(reader.get(f"/shows/NT/?view=table&ordering={ordering}")) == list(codes)


def test_a_heading_orders_then_reverses_then_lets_go(three: list[Shot], reader: Client) -> None:
    seen = []
    for query in ("", "&ordering=code", "&ordering=-code"):
        heading = reader.get(f"/shows/NT/?view=table&status=review{query}").context["table"].headings[0]
        seen.append((heading.address, heading.sorted))
    assert seen == [
        ("?status=review&view=table&ordering=code", ""),
        ("?status=review&view=table&ordering=-code", "ascending"),
        ("?status=review&view=table", "descending"),
    ]


def test_a_shot_is_opened_with_the_list_that_it_stands_in(three: list[Shot], reader: Client) -> None:
    of_show = reader.get("/shows/NT/?status=review&view=table&ordering=code").content.decode()
    of_all = reader.get("/shots/?q=b").content.decode()
    assert f"/shots/{three[0].pk}/?status=review&amp;ordering=code" in of_show
    assert f"/shots/{three[0].pk}/?q=b&amp;everywhere=1" in of_all


def test_the_list_of_all_shots_names_their_shows(three: list[Shot], reader: Client) -> None:
    ReviewFactory(shot=ShotFactory(sequence__show__code="OTHER"))
    assert len(codes_of(reader.get("/shots/"))) == 4
    found = reader.get("/shots/?open_notes=true")
    assert [row["show_code"] for row in found.context["table"].rows] == ["OTHER"]


def test_the_rows_come_in_pages_that_keep_the_filters(three: list[Shot], reader: Client, monkeypatch: Any) -> None:
    monkeypatch.setattr(table, "SHOTS_A_PAGE", 2)
    answer = reader.get("/shows/NT/?view=table&q=&ordering=code&page=2")
    assert codes_of(answer) == ["c"]
    assert next(link.address for link in answer.context["table"].page.links) == "?view=table&ordering=code"


def test_far_pages_are_left_out_of_the_links() -> None:
    page = table.page_of({"page": "10"}, total=2000, size=100, address=str)  # type: ignore[arg-type]
    assert [link.title for link in page.links] == ["Previous", "1", "…", "8", "9", "10", "11", "12", "…", "20", "Next"]
