"""Jobs and the outbox in the admin: to be read, and acted on by services."""

from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from django_celery_results.models import TaskResult

from config.accounts.models import User
from config.tests.admin_pages import signed_in
from pipeline.models import Job, JobStatus, OutboxEvent, Pulse
from pipeline.services.running import claim_step
from pipeline.tests.factories import JobFactory, OutboxEventFactory

pytestmark = pytest.mark.django_db
JOBS = "/admin/pipeline/job/"
OUTBOX = "/admin/pipeline/outboxevent/"


@pytest.fixture
def admin() -> Client:
    return signed_in("admin")


def run(client: Client, url: str, action: str, rows: list[Any], **more: str) -> Any:
    sent = {"action": action, "_selected_action": [row.pk for row in rows]}
    return client.post(url, sent | more, follow=True)


def said(answer: Any) -> str:
    return " ".join(str(message) for message in answer.context["messages"])


def test_a_job_shows_its_steps_attempts_changes_and_log(job: Job) -> None:
    claim_step(job.job_id, 0, worker="worker-7")
    client = signed_in("coordinator")
    page = client.get(f"{JOBS}{job.pk}/change/").content.decode()
    assert "multiply_2" in page
    step = client.get(f"/admin/pipeline/step/{job.steps.get(position=0).pk}/change/").content.decode()
    assert "worker-7" in step


def test_long_params_are_cut_on_the_page(job: Job, admin: Client) -> None:
    Job.objects.update(params={"content": "y" * 5000})
    page = admin.get(f"{JOBS}{job.pk}/change/").content.decode()
    assert "y" * 900 in page
    assert "y" * 1100 not in page


def test_jobs_are_cancelled_with_a_reason_once_somebody_confirms(job: Job) -> None:
    client = signed_in("coordinator")
    asked = run(client, JOBS, "cancel", [job])
    assert asked.context["effects"] == [(str(job), "In progress")]
    run(client, JOBS, "cancel", [job], confirmed="yes", reason="Wrong show")
    job.refresh_from_db()
    assert (job.state, job.changes.get().reason) == (JobStatus.CANCELLED, "Wrong show")


def test_jobs_are_retried(job: Job) -> None:
    Job.objects.update(state=JobStatus.CANCELLED, finished_at=timezone.now())
    run(signed_in("producer"), JOBS, "retry", [job], confirmed="yes", reason="")
    job.refresh_from_db()
    assert job.state == JobStatus.PENDING


def test_what_the_service_refuses_leaves_all_of_them_alone(job: Job, member: User) -> None:
    ended = JobFactory(created_by=member, state=JobStatus.CANCELLED, finished_at=timezone.now())
    answer = run(signed_in("coordinator"), JOBS, "cancel", [job, ended], confirmed="yes", reason="")
    assert "The job has ended" in said(answer)
    job.refresh_from_db()
    assert job.state == JobStatus.IN_PROGRESS


def test_who_only_sees_jobs_is_offered_no_action(job: Job) -> None:
    client = signed_in("supervisor")
    assert client.get(JOBS).status_code == 200
    run(client, JOBS, "cancel", [job], confirmed="yes", reason="")
    job.refresh_from_db()
    assert job.state == JobStatus.IN_PROGRESS


@pytest.mark.parametrize(("query", "found"), [("status=in_progress", 1), ("status=completed", 0), ("status=x", 1),
                                              ("pipeline=arithmetic", 1), ("q=arith", 1), ("q=nothing", 0),
                                              ("q=c478387b-305f-4a97-99c4-7d9bc4080920", 0)])  # fmt: skip
def test_jobs_are_found(job: Job, admin: Client, query: str, found: int) -> None:
    assert admin.get(f"{JOBS}?{query}").context["cl"].result_count == found


def test_dead_events_are_tried_again(admin: Client) -> None:
    dead = OutboxEventFactory(dead_at=timezone.now(), failures=10, attempts=10)
    answer = run(admin, OUTBOX, "try_again", [dead, OutboxEventFactory()], confirmed="yes")
    assert said(answer).startswith("To be tried again: 1.")
    assert not OutboxEvent.objects.dead().exists()


@pytest.mark.security
@pytest.mark.parametrize("path", [JOBS, "/admin/pipeline/step/", "/admin/django_celery_results/taskresult/", OUTBOX,
                                  "/admin/pipeline/pulse/"])  # fmt: skip
def test_nothing_is_written_by_hand(path: str, job: Job, admin: Client) -> None:
    Pulse.objects.create(name="sweep", at=timezone.now())
    OutboxEventFactory()
    TaskResult.objects.create(task_id="t1")
    assert (admin.get(path).status_code, admin.get(f"{path}add/").status_code) == (200, 403)
    assert signed_in("clerk").get(path).status_code == 403


@pytest.mark.performance
def test_a_list_of_jobs_costs_the_same_for_twenty_as_for_two(admin: Client, member: User) -> None:
    counts = []
    for number in (2, 18):
        JobFactory.create_batch(number, created_by=member)
        admin.get(JOBS)
        with CaptureQueriesContext(connection) as queries:
            admin.get(JOBS)
        counts.append(len(queries))
    assert counts[0] == counts[1]
