"""Jobs that the pages of a show start."""

from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from config.tests.admin_pages import signed_in
from pipeline.models import Job
from shows.models import Show
from shows.tests.factories import ShowFactory
from shows.tests.test_import_pages import CUT

pytestmark = pytest.mark.django_db


@pytest.fixture
def show() -> Show:
    made: Show = ShowFactory(code="NT")
    return made


@pytest.fixture
def coordinator() -> Client:
    return signed_in("coordinator")


def sent(client: Client, content: bytes, **more: str) -> Any:
    form = {"kind": "cut", "as_job": "1", "cut-file": SimpleUploadedFile("cut.edl", content)} | more
    return client.post("/shows/NT/import/", form)


def test_a_cut_is_imported_as_a_job(coordinator: Client, show: Show) -> None:
    assert sent(coordinator, CUT).status_code == 302
    job = Job.objects.get()
    assert (job.pipeline, job.params["show_id"], job.params["filename"]) == ("import_timeline", show.pk, "cut.edl")
    assert job.params["content"] == CUT.decode()


@pytest.mark.parametrize(
    ("content", "more", "words"),
    [
        (b"\xff\xfe\x00", {}, "UTF-16"),
        (b"x" * 5_000_001, {}, "at most 5000000 characters"),
        (CUT, {"cut-sequence": "SQ1"}, "A job takes the timeline&#x27;s own."),
        (CUT, {"cut-rate": "25"}, "A job takes the timeline&#x27;s own."),
    ],
)
def test_a_cut_that_no_job_takes_is_refused_beside_its_field(
    coordinator: Client, show: Show, content: bytes, more: dict[str, str], words: str
) -> None:
    page = sent(coordinator, content, **more)
    assert (page.status_code, words in page.content.decode(), Job.objects.count()) == (200, True, 0)


def test_who_sees_a_show_exports_it(show: Show) -> None:
    assert signed_in("artist").post("/shows/NT/export/").status_code == 302
    assert Job.objects.get().params == {"show_id": show.pk}


def test_an_export_is_offered_on_the_page_of_the_show(show: Show) -> None:
    assert 'action="/shows/NT/export/"' in signed_in("artist").get("/shows/NT/").content.decode()


@pytest.mark.security
def test_an_export_is_not_started_by_looking_or_by_others(show: Show) -> None:
    assert signed_in("artist").get("/shows/NT/export/").status_code == 405
    assert signed_in("clerk").post("/shows/NT/export/").status_code == 403
    assert not Job.objects.exists()
