"""Imports by hand: a file is looked at first, and what was shown is what is written."""

from typing import Any

import pytest
import time_machine
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from config.tests.admin_pages import signed_in
from shows.models import Sequence, Shot, Show
from shows.services.imports import kept
from shows.tests.factories import SequenceFactory, ShotFactory, ShowFactory

pytestmark = pytest.mark.django_db

TABLE = b"sequence,code,status\nSQ1,0010,review\nSQ1,0020,nonsense\n"
CUT = b"""TITLE: reel_1
FCM: NON-DROP FRAME

001  AX       V     C        01:00:00:00 01:00:02:00 00:00:00:00 00:00:02:00
* FROM CLIP NAME: SH010
"""


@pytest.fixture(autouse=True)
def _own_folder(tmp_path: Any, settings: Any) -> None:
    settings.MEDIA_ROOT = tmp_path


@pytest.fixture
def show() -> Show:
    made: Show = ShowFactory(code="NT")
    return made


@pytest.fixture
def coordinator() -> Client:
    return signed_in("coordinator")


def uploaded(client: Client, content: bytes, kind: str = "table", **given: str) -> Any:
    file = SimpleUploadedFile("file.csv" if kind == "table" else "file.edl", content)
    said = {"file": file} | ({"mode": "upsert"} if kind == "table" else {}) | given
    return client.post("/shows/NT/import/", {"kind": kind} | {f"{kind}-{name}": value for name, value in said.items()})


def looked_at(client: Client, content: bytes, kind: str = "table", **given: str) -> Any:
    return client.get(uploaded(client, content, kind, **given)["Location"])


def written(client: Client, page: Any) -> Any:
    return client.post(page.request["PATH_INFO"], {"fingerprint": page.context["fingerprint"]}, follow=True)


def waiting_files() -> list[str]:
    return default_storage.listdir(kept.FOLDER)[1] if default_storage.exists(kept.FOLDER) else []


def test_the_rows_are_shown_and_nothing_is_written(show: Show, coordinator: Client) -> None:
    page = looked_at(coordinator, TABLE)
    assert [(row["line"], row["action"]) for row in page.context["rows"]] == [(3, "failed"), (2, "created")]
    assert "There is no status" in page.content.decode()
    assert not Shot.objects.exists()


def test_what_was_shown_is_written_and_the_rest_named(show: Show, coordinator: Client) -> None:
    answer = written(coordinator, looked_at(coordinator, TABLE))
    assert list(Shot.objects.values_list("code", "status")) == [("0010", "review")]
    assert [row["line"] for row in answer.context["outcome"]["failed_rows"]] == [3]
    assert waiting_files() == []


def test_a_cut_is_written_too(show: Show, coordinator: Client) -> None:
    page = looked_at(coordinator, CUT, "cut", sequence="REEL1", rate="24")
    assert page.context["outcome"]["sequence"] == "REEL1"
    written(coordinator, page)
    assert list(Shot.objects.values_list("sequence__code", "code", "frame_start")) == [("REEL1", "SH010", 86400)]


def test_a_show_that_changed_meanwhile_is_shown_again_instead(show: Show, coordinator: Client) -> None:
    page = looked_at(coordinator, TABLE)
    ShotFactory(sequence=SequenceFactory(show=show, code="SQ1"), code="0010")
    answer = written(coordinator, page)
    assert answer.context["overtaken"]
    assert Shot.objects.get().status == "pending"
    written(coordinator, answer)
    assert Shot.objects.get().status == "review"


def test_rows_of_one_kind_are_shown_alone(show: Show, coordinator: Client) -> None:
    page = looked_at(coordinator, TABLE)
    alone = coordinator.get(page.request["PATH_INFO"] + "?action=created")
    assert [row["action"] for row in alone.context["rows"]] == ["created"]
    assert dict(alone.context["counts"]) == {"created": 1, "failed": 1}


def test_the_mode_decides_what_rows_may_do(show: Show, coordinator: Client) -> None:
    page = looked_at(coordinator, TABLE, mode="update")
    assert page.context["outcome"]["failed"] == 2
    assert "Write" not in page.content.decode()


@pytest.mark.parametrize(
    ("content", "kind"), [(b"no,columns\n1,2\n", "table"), (b"\x00\xff", "table"), (b"not a cut", "cut")]
)
def test_a_file_that_cannot_be_read_says_why(content: bytes, kind: str, show: Show, coordinator: Client) -> None:
    page = looked_at(coordinator, content, kind)
    assert page.context["refusal"].detail
    assert not Sequence.objects.exists()


def test_a_form_without_a_file_is_shown_again(show: Show, coordinator: Client) -> None:
    answer = coordinator.post("/shows/NT/import/", {"kind": "table", "table-mode": "upsert"})
    assert list(answer.context["forms"]["table"].errors) == ["file"]
    assert not answer.context["forms"]["cut"].errors


@pytest.mark.security
def test_a_file_that_is_too_large_is_not_kept(show: Show, coordinator: Client, settings: Any) -> None:
    settings.IMPORT_MAX_BYTES = 10
    answer = uploaded(coordinator, TABLE)
    assert answer.status_code == 413
    assert "10 bytes" in answer.content.decode()
    assert waiting_files() == []


@pytest.mark.security
def test_nobody_else_opens_an_upload(show: Show, coordinator: Client) -> None:
    page = looked_at(coordinator, TABLE)
    answer = signed_in("producer").get(page.request["PATH_INFO"])
    assert answer["Location"] == "/shows/NT/import/"


@pytest.mark.security
def test_an_upload_stays_with_its_show(show: Show, coordinator: Client) -> None:
    key = looked_at(coordinator, TABLE).request["PATH_INFO"].split("/")[-2]
    ShowFactory(code="OTHER")
    assert coordinator.get(f"/shows/OTHER/import/{key}/")["Location"] == "/shows/OTHER/import/"


def test_an_upload_is_kept_for_an_hour(show: Show) -> None:
    with time_machine.travel("2030-01-01 12:00Z", tick=False) as clock:
        coordinator = signed_in("coordinator")
        page = looked_at(coordinator, TABLE)
        clock.shift(3601)
        assert "no longer kept" in written(coordinator, page).content.decode()
        uploaded(coordinator, TABLE)
    assert len(waiting_files()) == 1


def test_a_session_keeps_a_few_uploads_alone(show: Show, coordinator: Client) -> None:
    for _ in range(7):
        uploaded(coordinator, TABLE)
    assert len(waiting_files()) == 5


@pytest.mark.security
@pytest.mark.parametrize("key", ["..", "x", "1-1", "9999999999-" + "0" * 32])
def test_a_key_that_was_never_given_out_leads_back(key: str, show: Show, coordinator: Client) -> None:
    assert coordinator.get(f"/shows/NT/import/{key}/").status_code in (302, 404)
