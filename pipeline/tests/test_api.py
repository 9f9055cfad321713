"""The jobs of the API: what comes in, what goes out, and how many statements that takes."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from rest_framework.test import APIClient

from config.accounts.models import User
from pipeline.models import Job, JobStatus, LogLine
from pipeline.services.running import claim_step, finish_step
from pipeline.tests.factories import JobFactory

JOBS = "/api/v1/pipeline"
ClientOf = Callable[..., APIClient]
UNKNOWN = UUID("c478387b-305f-4a97-99c4-7d9bc4080920")
SENT = {"add_5": 15, "multiply_2": 30, "subtract_10": 20}


@pytest.fixture
def client(client_of: ClientOf, member: User) -> Any:
    return client_of(user=member)


def fields_of(answer: Any) -> list[str]:
    return [error["field"] for error in answer.json()["errors"]]


@pytest.mark.smoke
def test_a_job_is_started_polled_and_done(client: Any, run_through: Callable[[Job], list[str]]) -> None:
    answer = client.post(JOBS, {"initial_value": 10})
    assert (answer.status_code, answer.json().keys()) == (202, {"job_id", "status", "result"})
    assert (answer.json()["status"], answer.json()["result"]) == ("pending", None)

    run_through(Job.objects.get())
    row = client.get(answer["Location"]).json()
    assert row["job_id"] == answer.json()["job_id"]
    assert (row["status"], row["progress"]) == ("completed", 1)
    assert row["result"] == {"partial": SENT, "final_result": 20}


@pytest.mark.django_db(transaction=True)
def test_a_job_is_in_progress_once_the_broker_took_it(client_of: ClientOf, somebody: User) -> None:
    answer: Any = client_of(user=somebody).post(JOBS, {"initial_value": 10})
    assert answer.json()["status"] == "in_progress"


@pytest.mark.django_db(transaction=True)
def test_a_job_is_pending_while_the_broker_is_down(client_of: ClientOf, somebody: User, broker_down: None) -> None:
    answer: Any = client_of(user=somebody).post(JOBS, {"initial_value": 10})
    assert (answer.status_code, answer.json()["status"]) == (202, "pending")


def test_steps_and_changes_stand_in_the_job(client: Any, job: Job) -> None:
    claim = claim_step(job.job_id, 0, worker="w1")
    assert claim
    finish_step(claim, 15)

    row = client.get(f"{JOBS}/{job.job_id}").json()
    assert row["result"] == {"partial": {"add_5": 15}}
    assert [step["name"] for step in row["steps"]] == list(SENT)
    first = row["steps"][0]
    assert (first["status"], first["input"], first["output"], first["attempt"]) == ("completed", 10, 15, 1)
    assert first["started_at"] <= first["finished_at"]
    assert (first["error"], row["steps"][1]["started_at"], row["changes_count"]) == (None, None, len(row["changes"]))


@pytest.mark.parametrize("body", ["10.5", "10.0", "1e1", '"10"', '"x"', "null", "true", "{}", "[1]", str(2**53 + 1)])
@pytest.mark.parametrize(
    "form", ['{{"initial_value": {}}}', '{{"pipeline": "arithmetic", "params": {{"initial_value": {}}}}}']
)
def test_what_is_no_whole_number_within_bounds_is_refused_by_name(client: Any, body: str, form: str) -> None:
    answer = client.generic("POST", JOBS, form.format(body), content_type="application/json")
    field = "initial_value" if form.startswith('{{"initial') else "params.initial_value"
    assert (answer.status_code, set(fields_of(answer))) == (400, {field})
    assert not Job.objects.exists()


@pytest.mark.parametrize("value", [2**53, -(2**53), 0, -7])
def test_whole_numbers_within_bounds_are_taken(client: Any, value: int) -> None:
    for body in ({"initial_value": value}, {"pipeline": "arithmetic", "params": {"initial_value": value}}):
        assert client.post(JOBS, body).status_code == 202
    assert [job.params for job in Job.objects.all()] == [{"initial_value": value}] * 2


@pytest.mark.parametrize(
    ("body", "field"),
    [
        ({}, "initial_value"),
        ({"params": {}}, "pipeline"),
        ({"pipeline": "arithmetic"}, "params.initial_value"),
        ({"pipeline": "arithmetic", "params": None}, "params"),
        ({"pipeline": "arithmetic", "params": [1]}, "params"),
        ({"pipeline": "arithmetic", "params": {"initial_value": 1, "more": 1}}, "params.more"),
        ({"pipeline": "arithmetic", "initial_value": 1}, "initial_value"),
        ({"pipeline": "no_such", "params": {}}, "pipeline"),
        ({"pipeline": ["arithmetic"], "params": {}}, "pipeline"),
        ({"initial_value": 1, "more": 1}, "more"),
    ],
)
def test_a_body_that_names_no_job_is_refused_by_field(client: Any, body: Any, field: str) -> None:
    answer = client.post(JOBS, body)
    assert (answer.status_code, fields_of(answer)) == (400, [field])


def test_the_browsable_api_sends_a_form(client: Any) -> None:
    form = {"initial_value": "10", "pipeline": "", "params": ""}
    assert client.post(JOBS, form, format="multipart").status_code == 202
    answer = client.post(JOBS, {"initial_value": "10.0"}, format="multipart")
    assert (answer.status_code, fields_of(answer)) == (400, ["initial_value"])


def test_a_job_that_is_sent_twice_with_one_key_is_started_once(client: Any) -> None:
    first, second = (client.post(JOBS, {"initial_value": 1}, headers={"Idempotency-Key": "k1"}) for _ in range(2))
    assert (first.status_code, first.json(), first["Location"]) == (202, second.json(), second["Location"])
    assert Job.objects.count() == 1


@pytest.mark.parametrize("job_id", ["1", "x", "definition", f"{UUID(int=0)}x", str(UNKNOWN), "%00", f"{UNKNOWN}/x"])
@pytest.mark.parametrize("act", ["", "/cancel", "/retry", "/log"])
def test_an_unknown_or_malformed_id_is_not_found(client: Any, job_id: str, act: str) -> None:
    method = "POST" if act in ("/cancel", "/retry") else "GET"
    answer = client.generic(method, f"{JOBS}/{job_id}{act}", "{}", content_type="application/json")
    assert (answer.status_code, answer["Content-Type"]) == (404, "application/problem+json")


def test_cancelling_keeps_the_reason(client: Any, job: Job, member: User) -> None:
    row = client.post(f"{JOBS}/{job.job_id}/cancel", {"reason": "Wrong number"}).json()
    change = row["changes"][0]
    assert (row["status"], change["from"], change["to"]) == ("cancelled", "in_progress", "cancelled")
    assert (change["by"], change["reason"]) == (member.display_name, "Wrong number")
    again = client.post(f"{JOBS}/{job.job_id}/cancel")
    assert (again.status_code, again.json()["code"], again.json()["job_status"]) == (409, "job_finished", "cancelled")


def test_a_cancelled_job_is_retried_without_a_reason(client: Any, job: Job) -> None:
    client.post(f"{JOBS}/{job.job_id}/cancel")
    answer = client.post(f"{JOBS}/{job.job_id}/retry")
    assert (answer.status_code, answer.json()["status"], answer.json()["changes"][0]["reason"]) == (200, "pending", "")
    assert client.post(f"{JOBS}/{job.job_id}/retry").json()["code"] == "not_retryable"


def test_the_log_goes_on_from_a_line(client: Any, job: Job) -> None:
    at = job.created_at
    LogLine.objects.bulk_create(LogLine(job=job, seq=n, at=at, level="info", message=f"line {n}") for n in range(1, 4))
    log = client.get(f"{JOBS}/{job.job_id}/log?after=1").json()
    assert ([line["seq"] for line in log["lines"]], log["next"]) == ([2, 3], 3)
    assert log["lines"][0].keys() == {"seq", "at", "step", "level", "message"}
    assert client.get(f"{JOBS}/{job.job_id}/log?after=3").json() == {"lines": [], "next": 3}


@pytest.mark.parametrize("after", ["-1", "x", "1.5", str(2**40)])
def test_a_line_that_cannot_be_is_refused(client: Any, job: Job, after: str) -> None:
    answer = client.get(f"{JOBS}/{job.job_id}/log?after={after}")
    assert (answer.status_code, fields_of(answer)) == (400, ["after"])


def test_the_feed_is_filtered(client: Any, job: Job, member: User) -> None:
    done: Job = JobFactory(created_by=member, state=JobStatus.CANCELLED, finished_at=job.created_at, pipeline="other")
    cases: dict[str, set[Job]] = {"": {job, done}, "status=cancelled": {done}, "pipeline=arithmetic": {job}}
    for query, found in cases.items():
        rows = client.get(f"{JOBS}?{query}").json()["results"]
        assert {row["job_id"] for row in rows} == {str(each.job_id) for each in found}


@pytest.mark.parametrize("query", ["status=done", "mine=x", "cursor=x", "limit=0", "offset=1"])
def test_a_filter_that_makes_no_sense_is_refused(client: Any, query: str) -> None:
    answer = client.get(f"{JOBS}?{query}")
    assert (answer.status_code, fields_of(answer)) == (400, [query.partition("=")[0]])


def test_the_feed_goes_on_by_its_cursor(client: Any, member: User) -> None:
    for _ in range(3):
        JobFactory(created_by=member)
    first = client.get(f"{JOBS}?limit=2").json()
    second = client.get(first["next"]).json()
    ids = [row["id"] for row in first["results"] + second["results"]]
    assert (ids, second["next"]) == (sorted(ids, reverse=True), None)
    assert len(ids) == 3


def test_definitions_are_a_bare_list_of_what_the_caller_may_start(client: Any, client_of: ClientOf) -> None:
    rows = client.get(f"{JOBS}/definitions").json()
    assert [row["name"] for row in rows if row["name"] == "arithmetic"] == ["arithmetic"]
    assert all(row.keys() == {"name", "title", "description", "params_schema"} for row in rows)
    assert len(client_of("coordinator").get(f"{JOBS}/definitions").json()) >= len(rows)


def test_a_job_carries_its_version_as_etag(client: Any, job: Job) -> None:
    assert client.get(f"{JOBS}/{job.job_id}")["ETag"] == f'"{job.seq}"'


def test_long_texts_among_the_params_are_cut_for_whoever_looks(client: Any, job: Job) -> None:
    Job.objects.update(params={"content": "x" * 5000, "show_id": 1})
    assert client.get(f"{JOBS}/{job.job_id}").json()["params"] == {"content": "x" * 1000 + "…", "show_id": 1}


@pytest.mark.performance
@pytest.mark.parametrize("path", ["", "/{job}", "/definitions"])
def test_looking_takes_one_statement_beside_the_callers(client: Any, job: Job, path: str) -> None:
    expected = 1 if path == "/definitions" else 2
    with CaptureQueriesContext(connection) as queries:
        assert client.get(JOBS + path.format(job=job.job_id)).status_code == 200
    assert len(queries) == expected
