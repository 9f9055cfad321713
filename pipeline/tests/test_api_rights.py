"""Whose jobs somebody sees, cancels and retries, and whose files they read."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.core.files.base import ContentFile
from django.utils import timezone
from rest_framework.test import APIClient

from config.accounts.models import User
from pipeline.files import file_storage, lifetime, name_of, remove_expired_files
from pipeline.models import Job, JobStatus
from pipeline.registry import PIPELINES, Pipeline

JOBS = "/api/v1/pipeline"
ClientOf = Callable[..., Any]
pytestmark = pytest.mark.security


@pytest.fixture
def file(job: Job) -> str:
    """The address of a file that the job made."""
    file_storage().save(name_of(job.job_id, "list.csv"), ContentFile(b"a,b"))  # type: ignore[attr-defined]
    return f"{JOBS}/{job.job_id}/files/list.csv"


@pytest.fixture
def stranger(client_of: ClientOf) -> APIClient:
    client: APIClient = client_of()
    return client


def seen(client: Any, query: str = "") -> int:
    return len(client.get(f"{JOBS}{query}").json()["results"])


def test_everybody_sees_their_own_jobs_and_the_studio_all(
    job: Job, member: User, client_of: ClientOf, stranger: APIClient
) -> None:
    assert (seen(client_of(user=member)), seen(stranger)) == (1, 0)
    for role in ("artist", "supervisor", "coordinator", "producer", "admin"):
        client = client_of(role)
        assert (seen(client), seen(client, "?mine=true")) == (1, 0)
        assert client.get(f"{JOBS}/{job.job_id}").status_code == 200


@pytest.mark.parametrize("act", ["", "/log", "/files/list.csv"])
def test_anothers_job_is_not_there(job: Job, file: str, stranger: APIClient, act: str) -> None:
    assert stranger.get(f"{JOBS}/{job.job_id}{act}").status_code == 404


@pytest.mark.parametrize(("role", "status"), [("member", 404), ("clerk", 404), ("artist", 403), ("supervisor", 403),
                                              ("coordinator", 200), ("producer", 200), ("admin", 200)])  # fmt: skip
def test_who_cancels_and_retries_anothers_job(job: Job, client_of: ClientOf, role: str, status: int) -> None:
    client = client_of(role)
    assert client.post(f"{JOBS}/{job.job_id}/cancel").status_code == status
    Job.objects.update(state=JobStatus.CANCELLED, finished_at=timezone.now())
    assert client.post(f"{JOBS}/{job.job_id}/retry").status_code == status


def test_a_file_is_sent_to_be_kept_not_to_be_shown(file: str, client_of: ClientOf, member: User) -> None:
    answer = client_of(user=member).get(file)
    assert (answer.status_code, b"".join(answer.streaming_content)) == (200, b"a,b")
    assert (answer["Content-Type"], answer["Content-Length"]) == ("text/csv; charset=utf-8", "3")
    assert answer["Content-Disposition"] == 'attachment; filename="list.csv"'
    assert answer["X-Content-Type-Options"] == "nosniff"


def test_a_file_needs_the_permission_that_its_pipeline_names(
    file: str, client_of: ClientOf, member: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    guarded = Pipeline("arithmetic", "Guarded", "", {}, steps=("add_5",), permission="shows.view_show")
    monkeypatch.setitem(PIPELINES, "arithmetic", guarded)
    assert client_of(user=member).get(file).status_code == 403
    assert client_of("artist").get(file).status_code == 200


@pytest.mark.parametrize("name", ["other.csv", "..", "%2e%2e", "..%2flist.csv", ".hidden", "a" * 101, "%00", "a b"])
def test_a_file_that_is_not_kept_is_not_there(file: str, client_of: ClientOf, member: User, name: str) -> None:
    assert client_of(user=member).get(file.replace("list.csv", name)).status_code == 404


def test_a_file_is_gone_after_a_week(file: str, job: Job, client_of: ClientOf, member: User) -> None:
    client = client_of(user=member)
    Job.objects.update(state=JobStatus.COMPLETED, finished_at=timezone.now() - lifetime())
    assert client.get(file).status_code == 404


def test_the_sweeper_removes_what_is_a_week_old(file: str, job: Job, settings: Any) -> None:
    path = file_storage().path(name_of(job.job_id, "list.csv"))  # type: ignore[attr-defined]
    remove_expired_files()
    assert file_storage().size(name_of(job.job_id, "list.csv")) == 3
    settings.PIPELINE_FILES_LIFETIME = timedelta(seconds=-1)
    assert (remove_expired_files() > 0, file_storage().exists(path)) == (True, False)  # type: ignore[attr-defined]
