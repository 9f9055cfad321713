"""The board of jobs, the forms that start them, and the page of one."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from config.accounts.models import User
from config.tests.admin_pages import signed_in
from pipeline.models import Job, JobStatus, LogLine
from pipeline.services.jobs import submit_job
from pipeline.tests.factories import JobFactory

pytestmark = pytest.mark.django_db
UNKNOWN = UUID("c478387b-305f-4a97-99c4-7d9bc4080920")


@pytest.fixture
def browser(member: User) -> Client:
    return signed_in(user=member)


def text_of(answer: Any) -> str:
    return str(answer.content.decode())


def test_somebody_without_a_studio_role_sees_the_own_jobs_alone(browser: Client, job: Job) -> None:
    other = JobFactory()
    page = text_of(browser.get("/pipeline/"))
    assert (str(job.job_id) in page, str(other.job_id) in page) == (True, False)
    assert browser.get(f"/pipeline/{job.job_id}/").status_code == 200
    assert browser.get(f"/pipeline/{other.job_id}/").status_code == 404
    assert browser.get(f"/pipeline/{other.job_id}/lines/").status_code == 404


def test_who_reads_all_jobs_sees_those_of_others(job: Job) -> None:
    artist = signed_in("artist")
    assert str(job.job_id) in text_of(artist.get("/pipeline/"))
    page = text_of(artist.get(f"/pipeline/{job.job_id}/"))
    assert "Cancel the job" not in page


@pytest.mark.security
@pytest.mark.parametrize("path", ["/pipeline/", f"/pipeline/{UNKNOWN}/", "/pipeline/start/arithmetic/"])
def test_nobody_is_led_to_the_sign_in_page(path: str) -> None:
    assert Client().get(path)["Location"] == f"/login/?next={path}"


@pytest.mark.security
@pytest.mark.parametrize("act", ["cancel", "retry"])
def test_a_job_of_somebody_else_is_left_alone(act: str, job: Job) -> None:
    artist = signed_in("artist")
    answer = artist.post(f"/pipeline/{job.job_id}/{act}/", follow=True)
    assert "somebody else" in text_of(answer)
    job.refresh_from_db()
    assert job.state == JobStatus.IN_PROGRESS


def test_the_filters_narrow_the_board_and_make_no_sense_in_silence(browser: Client, member: User) -> None:
    done = JobFactory(created_by=member, state=JobStatus.CANCELLED, finished_at="2026-01-01T00:00Z")
    waiting = JobFactory(created_by=member)
    page = text_of(browser.get("/pipeline/?status=cancelled&before=x&pipeline="))
    assert (str(done.job_id) in page, str(waiting.job_id) in page) == (True, False)
    assert "No job matches" in text_of(browser.get("/pipeline/?pipeline=unheard_of"))


def test_a_long_board_goes_on_with_older_jobs(browser: Client, member: User) -> None:
    jobs = JobFactory.create_batch(52, created_by=member)
    page = text_of(browser.get("/pipeline/"))
    assert f"before={jobs[2].pk}" in page
    older = text_of(browser.get(f"/pipeline/?before={jobs[2].pk}"))
    assert [str(job.job_id) in older for job in jobs[:3]] == [True, True, False]


def queries_of(client: Client, path: str) -> int:
    with CaptureQueriesContext(connection) as queries:
        assert client.get(path).status_code == 200
    return len(queries)


def test_the_board_costs_the_same_number_of_queries_for_fifty_jobs_as_for_one(browser: Client, member: User) -> None:
    JobFactory(created_by=member)
    few = queries_of(browser, "/pipeline/")
    JobFactory.create_batch(49, created_by=member)
    assert queries_of(browser, "/pipeline/") == few <= 7


def test_a_job_costs_the_same_number_of_queries_whatever_it_did(
    browser: Client, job: Job, run_through: Callable[[Job], list[str]]
) -> None:
    few = queries_of(browser, f"/pipeline/{job.job_id}/")
    run_through(job)
    assert queries_of(browser, f"/pipeline/{job.job_id}/") == few <= 7


def test_a_form_made_from_the_schema_starts_a_job(browser: Client, member: User) -> None:
    answer = browser.post("/pipeline/start/arithmetic/", {"initial_value": "21"})
    job = Job.objects.get(created_by=member)
    assert answer["Location"] == f"/pipeline/{job.job_id}/"
    assert job.params == {"initial_value": 21}


@pytest.mark.parametrize("value", ["", "x", "10.5", str(2**53 + 1)])
def test_what_the_schema_refuses_stands_beside_its_field_and_starts_nothing(browser: Client, value: str) -> None:
    answer = browser.post("/pipeline/start/arithmetic/", {"initial_value": value})
    assert answer.status_code == 200
    assert answer.context["form"].errors.keys() == {"initial_value"}
    assert not Job.objects.exists()


def test_what_only_the_rows_know_stands_there_too() -> None:
    answer = signed_in("coordinator").post("/pipeline/start/export_show/", {"show_id": "999999"})
    assert answer.context["form"].errors == {"show_id": ["There is no such show."]}


@pytest.mark.security
def test_a_pipeline_that_one_may_not_start_is_not_there(browser: Client) -> None:
    assert browser.get("/pipeline/start/export_show/").status_code == 404
    assert "/pipeline/start/export_show/" not in text_of(browser.get("/pipeline/"))


def test_the_page_shows_steps_results_and_the_command_that_starts_it_again(
    browser: Client, member: User, run_through: Callable[[Job], list[str]]
) -> None:
    job = submit_job("arithmetic", {"initial_value": 10}, by=member)
    run_through(job)
    answer = browser.get(f"/pipeline/{job.job_id}/")
    steps = [(step["name"], step["label"], step["input"], step["output"]) for step in answer.context["steps"]]
    assert steps == [
        ("add_5", "Completed", "10", "15"),
        ("multiply_2", "Completed", "15", "30"),
        ("subtract_10", "Completed", "30", "20"),
    ]
    assert '"final_result": 20' in answer.context["result"]
    assert """-d '{"pipeline":"arithmetic","params":{"initial_value":10}}'""" in answer.context["curl"]


def test_the_log_goes_on_after_a_line(browser: Client, job: Job) -> None:
    lines = [LogLine(job=job, seq=seq, at="2026-01-01T00:00Z", level="info", message=f"Said {seq}") for seq in (1, 2)]
    LogLine.objects.bulk_create(lines)
    page = text_of(browser.get(f"/pipeline/{job.job_id}/lines/?after=1"))
    assert ("Said 1" in page, "Said 2" in page) == (False, True)


def test_a_job_is_cancelled_with_a_reason_and_goes_on_when_it_is_retried(browser: Client, member: User) -> None:
    job = JobFactory(created_by=member)
    browser.post(f"/pipeline/{job.job_id}/cancel/", {"reason": "The wrong number."})
    assert "The wrong number." in text_of(browser.get(f"/pipeline/{job.job_id}/"))
    browser.post(f"/pipeline/{job.job_id}/retry/")
    job.refresh_from_db()
    assert job.state in (JobStatus.PENDING, JobStatus.IN_PROGRESS)


def test_many_are_cancelled_at_once_and_what_is_finished_is_named(browser: Client, member: User) -> None:
    waiting = JobFactory.create_batch(2, created_by=member)
    done = JobFactory(created_by=member, state=JobStatus.ERROR, finished_at="2026-01-01T00:00Z")
    chosen = [str(job.job_id) for job in (*waiting, done)]
    page = text_of(browser.post("/pipeline/many/", {"act": "cancel", "job": [*chosen, "x"]}, follow=True))
    assert "2 jobs are cancelled." in page
    assert str(done.job_id)[:8] in page
    assert Job.objects.in_status("cancelled").count() == 2


@pytest.mark.parametrize("sent", [{}, {"act": "delete"}, {"act": "cancel"}, {"act": "cancel", "job": "x"}])
def test_without_jobs_or_an_act_nothing_happens(browser: Client, job: Job, sent: dict[str, str]) -> None:
    page = text_of(browser.post("/pipeline/many/", sent, follow=True))
    assert "Choose jobs first" in page
    job.refresh_from_db()
    assert job.state == JobStatus.IN_PROGRESS


def test_a_script_gets_the_parts_that_change(browser: Client, job: Job) -> None:
    page = text_of(browser.get(f"/pipeline/{job.job_id}/", headers={"HX-Request": "true"}))
    assert ("<html" in page, 'data-seq="' in page) == (False, True)
    board = browser.get("/pipeline/?push=1&status=error", headers={"HX-Request": "true"})
    assert board["HX-Push-Url"] == "/pipeline/?status=error"
