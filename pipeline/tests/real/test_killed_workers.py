"""Workers that are killed, a Redis that forgets, messages that come three times: nothing is lost or done twice."""

import statistics
import time
from collections import Counter
from collections.abc import Callable
from typing import Any

import pytest
import redis
from rest_framework.test import APIClient

from config.accounts.models import User
from pipeline import broker
from pipeline.models import Attempt, Job, JobChange, Step
from pipeline.services.jobs import submit_job
from pipeline.tests.factories import NAMES as STEPS
from pipeline.tests.real.processes import EFFECT, LEASE_SECONDS, SWEEP_SECONDS, Broker, Studio, has_died, thrice, until

# What a submit may take while the broker does not answer: one in many finds that out, and the others know.
MOST_SECONDS = 1
PAUSE = 0.1

pytestmark = [
    pytest.mark.race,
    pytest.mark.filterwarnings("ignore:This process .* is multi-threaded:DeprecationWarning"),
]


def test_every_job_is_completed_and_every_step_done_once(
    works: Studio, submitter: User, size: int, at_full_size: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(broker, "send", thrice(broker.send))
    jobs = [submit_job("arithmetic", {"initial_value": number}, by=submitter) for number in range(size)]
    works.beat()
    kill_inside_every_step(works, times=3 if at_full_size else 1)
    forget_and_restart(works.broker, after=size // 4)

    until(lambda: done() == size, f"The end of {size} jobs")
    results = {row["job_id"]: row["result"]["final_result"] for row in Job.objects.as_rows()}
    assert results == {job.job_id: 2 * number for number, job in enumerate(jobs)}
    assert effects() == {(job.pk, step): 1 for job in jobs for step in STEPS}
    assert Attempt.objects.filter(outcome="lost").count() >= len(STEPS)


def test_no_submit_is_lost_without_a_broker_or_with_its_process(
    works: Studio, client_of: Callable[..., APIClient], submitter: User, size: int, at_full_size: bool
) -> None:
    works.beat()
    works.worker()
    works.die_submitting(size, submitter)
    client, seconds = client_of(user=submitter), 30 if at_full_size else 3
    works.broker.freeze()
    answers = submit_for(seconds / 2, client)
    works.broker.kill()
    answers += submit_for(seconds / 2, client)
    assert {status for status, _ in answers} == {(202, "pending")}
    assert statistics.median(took for _, took in answers) < MOST_SECONDS

    works.broker.start()
    until(lambda: done() == size + len(answers), "The end of all jobs")


Answer = tuple[tuple[int, str], float]


def submit_for(seconds: float, client: APIClient) -> list[Answer]:
    """Goes on submitting; what each was answered, and how long that took."""
    answers: list[Answer] = []
    ends = time.monotonic() + seconds
    while (began := time.monotonic()) < ends:
        answer: Any = client.post("/api/v1/pipeline", {"initial_value": len(answers)})
        answers.append(((answer.status_code, answer.json()["status"]), time.monotonic() - began))
        time.sleep(PAUSE)
    return answers


def kill_inside_every_step(works: Studio, *, times: int) -> None:
    """One worker after the other dies in the middle of a step, and the last one lives."""
    for name in [f"{step} {number}" for step in STEPS for number in range(times)]:
        works.order_death_in(name)
    worker = works.worker()
    for _ in range(times * len(STEPS)):
        until(lambda: has_died(worker), "The death of a worker inside a step")  # noqa: B023 - asked before it changes
        dead, worker = worker, works.worker()
        its_jobs_stall_in_time(dead.pid)


def its_jobs_stall_in_time(pid: int) -> None:
    """Waits until no job says that the dead worker has it in progress: a lease and a sweep at most."""
    running = Step.objects.filter(status="in_progress", worker__endswith=f" {pid}")
    shown = Job.objects.in_status("in_progress").filter(steps__in=running)
    until(lambda: not shown.exists(), "The end of leases", LEASE_SECONDS + SWEEP_SECONDS)


def forget_and_restart(server: Broker, *, after: int) -> None:
    """Redis loses what it holds, and is killed in the middle of the work and started again."""
    redis.Redis.from_url(server.url).flushall()
    until(lambda: done() >= after, "A part of the jobs")
    server.kill()
    server.start()


def done() -> int:
    return Job.objects.filter(state="completed").count()


def effects() -> dict[tuple[int, str], int]:
    """How often each step of each job had its effect."""
    written = JobChange.objects.filter(reason__startswith=EFFECT).values_list("job_id", "reason")
    return Counter((job, reason.removeprefix(EFFECT).strip()) for job, reason in written)
