"""Sockets on a real server: what a browser is told at the handshake, and many clients at once."""

import asyncio
import json
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.db import connection
from websockets.asyncio.client import connect
from websockets.exceptions import ConnectionClosed, InvalidStatus

from config.accounts.models import TokenFamily, User
from config.accounts.tests.factories import UserFactory
from config.serving.tests.server_process import running_server
from pipeline.models import Job
from pipeline.runner import run_step
from pipeline.services.jobs import submit_job
from pipeline.threads import in_thread

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.integration, pytest.mark.asyncio]
PATIENCE = 120
JOBS = 3


@pytest.fixture
def server(transactional_db: None) -> Iterator[str]:
    with running_server() as address:
        yield f"ws://{address}/ws/pipeline"


@pytest.fixture
def artist(transactional_db: None) -> User:
    return UserFactory.create(roles=["artist"])


@pytest.fixture
def headers(client_of: Callable[..., Any], artist: User) -> dict[str, str]:
    return {"Authorization": client_of(user=artist)._credentials["HTTP_AUTHORIZATION"]}


async def status_of(address: str, **options: Any) -> int:
    with pytest.raises(InvalidStatus) as refusal:
        await connect(address, **options)
    return refusal.value.response.status_code


async def test_a_real_client_is_refused_at_the_handshake(server: str, headers: dict[str, str]) -> None:
    assert await status_of(server, additional_headers=headers, origin="http://evil.example") == 403
    assert await status_of(server, additional_headers={"Authorization": "Bearer none"}) == 403
    assert await status_of(server.replace("pipeline", "other"), additional_headers=headers) == 403


async def test_a_real_client_is_told_why_its_socket_ends(server: str, headers: dict[str, str], artist: User) -> None:
    async with connect(server) as nobody:
        await nobody.wait_closed()
        assert nobody.close_code == 4401
    async with connect(server, additional_headers=headers) as board:
        await board.recv()
        await in_thread(TokenFamily.objects.update, ended_at=artist.created_at)
        with pytest.raises(ConnectionClosed):
            await asyncio.wait_for(board.recv(), 5)
        assert board.close_code == 4401


async def until_all_are_done(server: str, headers: dict[str, str], ready: asyncio.Semaphore) -> dict[str, list[int]]:
    """The numbers of the messages about each job, up to the last one of each."""
    told: dict[str, list[int]] = {}
    done: set[str] = set()
    async with connect(server, additional_headers=headers, open_timeout=PATIENCE) as board:
        assert json.loads(await board.recv())["type"] == "board"
        ready.release()
        while len(done) < JOBS:
            message = json.loads(await board.recv())
            job = message["job"]
            told.setdefault(job["job_id"], []).append(message["seq"])
            if job["status"] == "completed" and message["seq"] == job["seq"]:
                done.add(job["job_id"])
    return told


def run_jobs(by: User) -> None:
    for number in range(JOBS):
        job = submit_job("arithmetic", {"initial_value": number}, by=by)
        for position in range(job.steps_count):
            run_step(job.job_id, position, worker="w1")


def connections() -> int:
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM pg_stat_activity WHERE datname = current_database()")
        return int(cursor.fetchone()[0])


async def test_a_crowd_sees_how_every_job_ends(
    server: str, headers: dict[str, str], artist: User, at_full_size: bool
) -> None:
    number, ready = (500 if at_full_size else 50), asyncio.Semaphore(0)
    async with asyncio.timeout(PATIENCE), asyncio.TaskGroup() as group:
        crowd = [group.create_task(until_all_are_done(server, headers, ready)) for _ in range(number)]
        for _ in range(number):
            await ready.acquire()
        held = await in_thread(connections)
        await in_thread(run_jobs, artist)
    last = {str(job.job_id): job.seq for job in await in_thread(list, Job.objects.all())}
    assert all(client.result() == {job_id: [*range(1, seq + 1)] for job_id, seq in last.items()} for client in crowd)
    # The server's: two for all sockets, and those that answered whether it is up; and the tests' own.
    assert held <= 12
