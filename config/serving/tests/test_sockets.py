"""Who may open a socket, and how long it stays theirs."""

import asyncio
from collections.abc import Callable
from typing import Any
from uuid import uuid4

import pytest
from django.contrib.auth.models import Group
from django.contrib.sessions.models import Session
from django.test import Client

from config.accounts import sockets
from config.accounts.models import TokenFamily, User
from config.accounts.services import change_password
from config.accounts.tests.factories import UserFactory
from config.serving.tests.socket import Socket
from pipeline.tests.factories import JobFactory
from pipeline.threads import in_thread

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.security, pytest.mark.asyncio]
BOARD = "/ws/pipeline"
ClientOf = Callable[..., Any]
Credentials = Callable[[User], dict[str, str]]


@pytest.fixture
def bearer(client_of: ClientOf) -> Credentials:
    return lambda user: {"authorization": client_of(user=user)._credentials["HTTP_AUTHORIZATION"]}


def session_of(user: User) -> dict[str, str]:
    client = Client()
    client.force_login(user)
    return {"cookie": f"theme=dark; sessionid={client.cookies['sessionid'].value}"}


@pytest.fixture
def member() -> User:
    return UserFactory.create()


@pytest.fixture
def artist() -> User:
    return UserFactory.create(roles=["artist"])


async def test_a_token_opens_a_board(member: User, bearer: Credentials) -> None:
    async with Socket(BOARD, **await in_thread(bearer, member)) as socket:
        assert await socket.told() == {"type": "board", "jobs": []}


async def test_a_session_opens_a_board_on_our_own_page(member: User) -> None:
    async with Socket(BOARD, origin="http://localhost", **await in_thread(session_of, member)) as socket:
        assert (await socket.told())["type"] == "board"


async def test_a_services_token_opens_a_board(settings: Any, member: User) -> None:
    settings.SERVICE_TOKENS = {"a-service": member.email}
    async with Socket(BOARD, authorization="Bearer a-service") as socket:
        assert (await socket.told())["type"] == "board"


async def test_a_trusted_origin_opens_a_board(settings: Any, member: User) -> None:
    settings.CSRF_TRUSTED_ORIGINS = ["https://wall.example"]
    async with Socket(BOARD, origin="https://wall.example", **await in_thread(session_of, member)) as socket:
        assert await socket.is_accepted()


FOREIGN = ("http://evil.example", "null", "http://localhost:81", "http://localhost.evil.example", "")


async def test_a_foreign_page_is_refused_at_the_handshake(member: User) -> None:
    session = await in_thread(session_of, member)
    for origin in FOREIGN:
        async with Socket(BOARD, origin=origin, **session) as socket:
            assert not await socket.is_accepted()


async def test_a_foreign_host_that_names_itself_is_refused(member: User) -> None:
    headers = {"host": "evil.example", "origin": "http://evil.example"}
    async with Socket(BOARD, **headers, **await in_thread(session_of, member)) as socket:
        assert not await socket.is_accepted()


async def test_a_bad_token_is_refused_at_the_handshake() -> None:
    for token in ("x", "", "a.b.c", "dvd_admin2", "\x7f"):
        async with Socket(BOARD, authorization=f"Bearer {token}") as socket:
            assert not await socket.is_accepted()


async def test_nobody_is_let_in_and_told_to_sign_in() -> None:
    for headers in ({}, {"cookie": "sessionid=none"}, {"authorization": "Basic eDp5"}, {"cookie": '"=;'}):
        for path in (BOARD, f"{BOARD}/{uuid4()}"):
            async with Socket(path, **headers) as socket:
                assert await socket.is_accepted()
                assert await socket.closed() == 4401


async def test_there_are_no_other_sockets() -> None:
    for path in ("/ws", "/ws/other", "/", "/api/v1/pipeline"):
        async with Socket(path) as socket:
            assert not await socket.is_accepted()


def sign_out(user: User) -> None:
    Session.objects.all().delete()


def end_client(user: User) -> None:
    TokenFamily.objects.filter(user=user).update(ended_at=user.created_at)


def disable(user: User) -> None:
    User.objects.filter(pk=user.pk).update(is_active=False)


def new_password(user: User) -> None:
    change_password(user, "nine green otters")


@pytest.mark.parametrize(
    ("signs_in", "ends"), [("session", sign_out), ("session", disable), ("session", new_password),
                           ("token", end_client), ("token", disable)],
)  # fmt: skip
async def test_a_sign_in_that_ends_closes_the_socket_within_five_seconds(
    member: User, bearer: Credentials, signs_in: str, ends: Callable[[User], None]
) -> None:
    headers = await in_thread(session_of if signs_in == "session" else bearer, member)
    async with Socket(BOARD, **headers) as socket:
        await socket.told()
        await in_thread(ends, member)
        async with asyncio.timeout(5):
            assert await socket.closed() == 4401


async def test_a_token_that_runs_out_closes_the_socket(member: User, bearer: Credentials, monkeypatch: Any) -> None:
    async with Socket(BOARD, **await in_thread(bearer, member)) as socket:
        await socket.told()
        monkeypatch.setattr(sockets.time, "time", lambda: 2.0**33)
        assert await socket.closed() == 4401


async def test_who_may_no_longer_see_a_job_is_cut_off_within_five_seconds(artist: User, bearer: Credentials) -> None:
    job = await in_thread(JobFactory)
    async with Socket(f"{BOARD}/{job.job_id}", **await in_thread(bearer, artist)) as socket:
        await socket.told()
        await in_thread(artist.groups.clear)
        async with asyncio.timeout(5):
            assert await socket.closed() == 4403


async def test_a_board_begins_anew_when_its_rights_change(member: User, bearer: Credentials) -> None:
    await in_thread(JobFactory)
    async with Socket(BOARD, **await in_thread(bearer, member)) as socket:
        assert (await socket.told())["jobs"] == []
        await in_thread(member.groups.add, await in_thread(Group.objects.get, name="artist"))
        async with asyncio.timeout(5):
            assert len((await socket.told())["jobs"]) == 1


async def test_without_the_database_nobody_stays(member: User, bearer: Credentials, monkeypatch: Any) -> None:
    async with Socket(BOARD, **await in_thread(bearer, member)) as socket:
        await socket.told()
        monkeypatch.setattr(sockets, "still_signed", broken)
        assert await socket.closed() == 1013


def broken(everybody: Any) -> Any:
    raise sockets.Error("gone")
