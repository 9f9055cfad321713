import logging
from collections.abc import Callable

import pytest
from django.test import Client
from rest_framework.test import APIClient

from config.request_log import without_secrets


@pytest.mark.security
@pytest.mark.parametrize(
    ("query", "shown"),
    [
        ("token=abc", "token=hidden"),
        ("a=1&%74oken=abc&token=def", "a=1&token=hidden&token=hidden"),
        ("token", "token=hidden"),
        ("q=a%20b&tokens=1", "q=a%20b&tokens=1"),
        ("%ff=1&token=%ff", "%EF%BF%BD=1&token=hidden"),
        ("", ""),
    ],
)
def test_a_secret_of_an_address_is_hidden_however_it_is_spelled(query: str, shown: str) -> None:
    assert without_secrets(query) == shown


@pytest.mark.security
@pytest.mark.parametrize(
    "link", ["/invitation/5f0c1f1e-0000-4000-8000-000000000001/s3cr3t/", "/password/reset/MQ/s3cr3t/"]
)
def test_no_line_of_the_log_holds_the_key_of_a_link(
    link: str, client: Client, db: None, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.DEBUG):
        client.get(link)
    said = " ".join(str(record.msg) + str(record.args) for record in caplog.records)
    assert "/hidden/" in said
    assert "s3cr3t" not in said


@pytest.mark.security
@pytest.mark.parametrize("query", ["token=s3cr3t", "%74oken=s3cr3t", "x=1&token=s3cr3t"])
def test_no_line_of_the_log_holds_a_calendars_secret(
    query: str, client_of: Callable[..., APIClient], caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.DEBUG):
        client_of("anyone").get(f"/api/v1/crew/1/calendar.ics?{query}")
    said = " ".join(str(record.msg) + str(record.args) for record in caplog.records)
    assert "calendar.ics" in said
    assert "s3cr3t" not in said
