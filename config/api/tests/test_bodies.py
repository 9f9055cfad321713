from collections.abc import Callable
from typing import Any

import pytest
from rest_framework.test import APIClient

from config.api.parsers import parsed
from shows.models import Show
from shows.tests.factories import ShowFactory

HOSTILE = {
    "not json": b"{",
    "a key twice": b'{"title": "a", "title": "b", "code": "X"}',
    "no object": b"[]",
    "a text": b'"title"',
    "nested too deeply": b'{"title": ' + b"[" * 100_000 + b"]" * 100_000 + b"}",
    "nested deeply": b'{"title": ' + b"[" * 1000 + b"]" * 1000 + b"}",
    "not a number": b'{"title": NaN, "code": "X"}',
    "infinite": b'{"title": 1e999, "code": "X"}',
    "out of range": b'{"title": "a", "code": "X", "production": 9223372036854775808}',
    "a million digits": b'{"title": ' + b"9" * 1_000_000 + b"}",
    "a NUL": b'{"title": "a\\u0000", "code": "X"}',
    "half a surrogate": b'{"title": "a\\ud800", "code": "X"}',
    "a surrogate in a key": b'{"\\udfff": "a", "code": "X"}',
    "not UTF-8": b'{"title": "\xff", "code": "X"}',
    "UTF-16": '{"title": "a", "code": "X"}'.encode("utf-16"),
    "an unknown key": b'{"title": "a", "code": "X", "colour": "red"}',
    "a code with a line end": b'{"title": "a", "code": "X\\n"}',
    "a code of 21": b'{"title": "a", "code": "ABCDEFGHIJKLMNOPQRSTU"}',
    "a code of other digits": '{"title": "a", "code": "٣"}'.encode(),
    "a reference to nothing": b'{"title": "a", "code": "X", "production": 1}',
    "a reference of text": b'{"title": "a", "code": "X", "production": "x"}',
    "a boolean reference": b'{"title": "a", "code": "X", "production": true}',
    "no title": b'{"code": "X"}',
}


@pytest.fixture
def producer(client_of: Callable[..., APIClient]) -> APIClient:
    return client_of("producer")


@pytest.mark.security
@pytest.mark.parametrize("body", HOSTILE.values(), ids=HOSTILE.keys())
def test_a_hostile_body_is_a_400_and_nothing_is_written(body: bytes, producer: APIClient) -> None:
    answer = producer.post("/api/v1/shows", body, content_type="application/json")
    assert (answer.status_code, answer["Content-Type"]) == (400, "application/problem+json")
    assert not Show.objects.exists()


@pytest.mark.security
def test_ten_megabytes_are_too_large(producer: APIClient) -> None:
    answer = producer.post("/api/v1/shows", b" " * 10_000_000, content_type="application/json")
    assert (answer.status_code, answer.json()["code"]) == (413, "too_large")


@pytest.mark.parametrize("content_type", ["text/plain", "application/xml", "application/json; charset=utf-16"])
def test_a_body_of_another_kind_is_a_415(content_type: str, producer: APIClient) -> None:
    answer = producer.post("/api/v1/shows", b"{}", content_type=content_type)
    assert answer.status_code == 415


def test_keys_that_are_only_read_are_ignored(producer: APIClient) -> None:
    body = {"title": "Neon", "code": "NEON", "id": 7, "created_at": "never", "row_version": 9}
    assert producer.post("/api/v1/shows", body).status_code == 201


def test_an_unknown_key_is_named_with_its_path(producer: APIClient) -> None:
    answer = producer.post("/api/v1/shots/bulk", {"ids": [1], "set": {"status": "final", "colour": "red"}})
    assert [error["field"] for error in answer.json()["errors"]] == ["set.colour"]


def test_a_body_that_lacks_much_names_each_field(producer: APIClient) -> None:
    answer = producer.post("/api/v1/shows", {})
    assert {error["field"] for error in answer.json()["errors"]} == {"title", "code"}


def test_a_patch_changes_only_the_keys_that_came(producer: APIClient) -> None:
    show = ShowFactory(status="complete")
    answer = producer.patch(f"/api/v1/shows/{show.pk}", {"title": "Later"})
    assert (answer.json()["title"], answer.json()["status"]) == ("Later", "complete")


@pytest.mark.unit
def test_numbers_up_to_the_widest_column_pass() -> None:
    value: Any = parsed(b'[9223372036854775807, -9223372036854775808, 1.5, "0010"]')
    assert value == [2**63 - 1, -(2**63), 1.5, "0010"]


@pytest.mark.unit
def test_a_pair_of_surrogates_is_a_character() -> None:
    assert parsed(b'"\\ud83c\\udfac"') == "🎬"


@pytest.mark.regression
def test_a_form_that_is_too_large_or_has_too_many_fields_is_a_4xx(client_of: Callable[..., APIClient]) -> None:
    client, form = client_of("anyone"), "application/x-www-form-urlencoded"
    large = client.post("/api/v1/auth/token", b"username=" + b"a" * 10_000_000, content_type=form)
    many = client.post("/api/v1/auth/token", b"&".join(b"f%d=1" % n for n in range(1500)), content_type=form)
    assert (large.status_code, many.status_code) == (413, 400)
