"""What the sockets tell: how it stands first, then every change, numbered without a gap."""

import asyncio
from collections.abc import Callable
from contextlib import AsyncExitStack
from typing import Any
from unittest.mock import Mock
from uuid import uuid4

import pytest
from channels_redis.pubsub import RedisPubSubLoopLayer

from config.accounts.models import User
from config.accounts.tests.factories import UserFactory
from config.serving.tests.socket import Socket
from pipeline import consumers, hub, live, news, sockets
from pipeline.models import Job
from pipeline.services.jobs import cancel_job, submit_job
from pipeline.tests.factories import JobFactory
from pipeline.threads import in_thread

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.asyncio]
BOARD = "/ws/pipeline"
Looking = Callable[..., Socket]
Run = Callable[[Job], list[str]]


@pytest.fixture
def looking(somebody: User, client_of: Callable[..., Any]) -> Looking:
    """`looking()` opens somebody's board, `looking(job)` the socket of one job."""
    token = client_of(user=somebody)._credentials["HTTP_AUTHORIZATION"]
    return lambda job=None: Socket(f"{BOARD}/{job.job_id}" if job else BOARD, authorization=token)


async def until_final(socket: Socket) -> list[Any]:
    """All messages up to the last one of a job that has ended."""
    heard = [await socket.told()]
    while not heard[-1]["job"]["finished_at"] or heard[-1]["seq"] < heard[-1]["job"]["seq"]:
        heard.append(await socket.told())
    return heard


async def test_a_board_begins_with_the_newest_fifty(looking: Looking, somebody: User) -> None:
    jobs = [await in_thread(JobFactory, created_by=somebody) for _ in range(52)]
    async with looking() as socket:
        board = await socket.told()
    assert board["type"] == "board"
    assert [tile["job_id"] for tile in board["jobs"]] == [str(job.job_id) for job in jobs[:1:-1]]
    assert {"status", "progress", "pipeline", "seq", "created_by_name"} <= board["jobs"][0].keys()


async def test_every_change_is_told_in_order_and_numbered(looking: Looking, somebody: User, run_through: Run) -> None:
    async with looking() as board:
        await board.told()
        job = await in_thread(submit_job, "arithmetic", {"initial_value": 10}, by=somebody)
        await in_thread(run_through, job)
        heard = await until_final(board)
    assert [message["seq"] for message in heard] == list(range(1, heard[-1]["job"]["seq"] + 1))
    assert (heard[-1]["job"]["status"], heard[-1]["job"]["progress"]) == ("completed", 1)


async def test_a_jobs_socket_tells_the_whole_of_it(looking: Looking, somebody: User, run_through: Run) -> None:
    job = await in_thread(submit_job, "arithmetic", {"initial_value": 10}, by=somebody)
    async with looking(job) as page:
        first = await page.told()
        await in_thread(run_through, job)
        heard = [first, *await until_final(page)]
    assert [message["seq"] for message in heard] == list(range(first["job"]["seq"], heard[-1]["job"]["seq"] + 1))
    assert heard[-1]["job"]["result"]["final_result"] == 20
    assert [step["status"] for step in heard[-1]["job"]["steps"]] == ["completed"] * 3


async def test_pushes_that_were_lost_leave_no_gap(looking: Looking, somebody: User) -> None:
    job = await in_thread(JobFactory, created_by=somebody)
    async with looking() as board:
        await board.told()
        await in_thread(Job.objects.filter(pk=job.pk).update, seq=5)
        change = {"job_id": str(job.job_id), "seq": 5, "status": "pending", "owner": None}
        await in_thread(live.push, live.BOARD, [change])
        assert [(await board.told())["seq"] for _ in range(4)] == [2, 3, 4, 5]


async def test_a_board_says_nothing_of_anothers_job(looking: Looking, somebody: User) -> None:
    stranger = await in_thread(UserFactory.create)
    async with looking() as board:
        await board.told()
        other = await in_thread(submit_job, "arithmetic", {"initial_value": 1}, by=stranger)
        own = await in_thread(submit_job, "arithmetic", {"initial_value": 1}, by=somebody)
        await in_thread(cancel_job, own.job_id, by=somebody)
        heard = await until_final(board)
    assert str(other.job_id) not in {message["job"]["job_id"] for message in heard}


async def test_a_job_that_is_not_there_or_not_ones_own_is_not_found(looking: Looking) -> None:
    other = await in_thread(JobFactory)
    for job in (other, Job(job_id=uuid4())):
        async with looking(job) as socket:
            assert await socket.is_accepted()
            assert await socket.closed() == 4404
    socket = looking()
    socket.scope["path"] += "/x"
    async with socket:
        assert await socket.closed() == 4404


async def test_a_change_is_read_once_for_all_boards(
    looking: Looking, somebody: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    job = await in_thread(JobFactory, created_by=somebody)
    read = Mock(side_effect=news.read)
    monkeypatch.setattr(news, "read", read)
    async with AsyncExitStack() as stack:
        boards = [await stack.enter_async_context(looking()) for _ in range(20)]
        for board in boards:
            await board.told()
        await in_thread(cancel_job, job.job_id, by=somebody)
        for board in boards:
            assert (await board.told())["job"]["status"] == "cancelled"
    read.assert_called_once_with([str(job.job_id)], "as_tiles")


async def test_a_socket_shows_that_it_lives(looking: Looking, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sockets, "HEARTBEAT_SECONDS", 0.01)
    async with looking() as board:
        await board.told()
        assert await board.told() == {"type": "ping"}


async def test_who_reads_too_slowly_is_told_to_come_again(
    looking: Looking, somebody: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sockets, "MOST_WAITING", 2)
    monkeypatch.setattr(consumers.JobsConsumer, "tell", lambda self, news: asyncio.sleep(0.3))
    async with looking() as board:
        await board.told()
        for _ in range(5):
            await in_thread(submit_job, "arithmetic", {"initial_value": 1}, by=somebody)
            await asyncio.sleep(hub.GATHER_SECONDS * 2)
        assert await board.closed() == 1013


async def test_without_redis_a_socket_is_told_to_come_again(looking: Looking, settings: Any) -> None:
    nowhere = {"BACKEND": "channels_redis.pubsub.RedisPubSubChannelLayer", "CONFIG": {"hosts": ["redis://127.0.0.1:1"]}}
    settings.CHANNEL_LAYERS = {"default": nowhere}
    async with looking() as board:
        assert await board.is_accepted()
        assert await board.closed() == 1013


async def test_a_redis_that_goes_ends_the_sockets(looking: Looking, monkeypatch: pytest.MonkeyPatch) -> None:
    async def gone(*arguments: Any) -> None:
        raise ConnectionRefusedError

    monkeypatch.setattr(hub, "PROBE_SECONDS", 0.01)
    async with looking() as board:
        await board.told()
        monkeypatch.setattr(RedisPubSubLoopLayer, "send", gone)
        assert await board.closed() == 1013


async def test_a_subscription_that_is_silent_ends_the_sockets(
    looking: Looking, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def into_the_void(*arguments: Any) -> None:
        pass

    monkeypatch.setattr(hub, "PROBE_SECONDS", 0.01)
    monkeypatch.setattr(hub, "LONGEST_ECHO", 0.1)
    async with looking() as board:
        await board.told()
        monkeypatch.setattr(RedisPubSubLoopLayer, "send", into_the_void)
        assert await board.closed() == 1013
