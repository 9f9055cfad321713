"""What the page of a shot is told: that something on it changed, by whichever door, and who else is looking."""

from collections.abc import Callable
from itertools import groupby
from typing import Any

import pytest

from config.accounts.models import User
from config.accounts.tests.factories import UserFactory
from config.serving.tests.socket import Socket
from pipeline import outbox
from pipeline.models import OutboxEvent
from pipeline.threads import in_thread
from shows.models import Review, Shot
from shows.services import reviews, shots
from shows.tests.factories import ReviewFactory, ShotFactory, VersionFactory

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.asyncio]
Look = Callable[..., Socket]


@pytest.fixture
def shot() -> Any:
    return ShotFactory()


@pytest.fixture
def artist() -> User:
    return UserFactory.create(roles=["artist"], display_name="Ida Roe")


@pytest.fixture
def supervisor() -> User:
    return UserFactory.create(roles=["supervisor"], display_name="Noor Haddad")


@pytest.fixture
def looking(client_of: Callable[..., Any]) -> Look:
    def made(user: User, shot_id: int) -> Socket:
        return Socket(f"/ws/shots/{shot_id}", authorization=client_of(user=user)._credentials["HTTP_AUTHORIZATION"])

    return made


async def until(socket: Socket, holds: Callable[[Any], bool]) -> Any:
    while not holds(told := await socket.told()):
        pass
    return told


async def test_each_change_is_told_and_nothing_of_other_shots(shot: Any, artist: User, looking: Look) -> None:
    other = await in_thread(ShotFactory)
    async with await in_thread(looking, artist, shot.pk) as socket:
        stamps = [(await socket.told())["stamp"]]
        for act in acts_on(shot, await in_thread(UserFactory.create, is_superuser=True)):
            await in_thread(reviews.add_review, other.pk, by=artist, status="note", body="Elsewhere.")
            await in_thread(act)
            stamps.append((await until(socket, lambda told: told["stamp"] != stamps[-1]))["stamp"])
    assert stamps == [stamp for stamp, _ in groupby(stamps)]


def acts_on(shot: Any, by: Any) -> list[Callable[[], Any]]:
    written: list[Any] = []
    return [
        lambda: written.append(reviews.add_review(shot.pk, by=by, status="note", body="Edge flickers.")),
        lambda: reviews.resolve_review(written[0].pk, by=by),
        lambda: reviews.delete_review(written[0].pk, by=by),
        lambda: shots.change_shot(shot.pk, by=by, status="review"),
        lambda: shots.bulk_change_shots([shot.pk], by=by, status="approved"),
        lambda: shots.add_version(shot.pk, by=by),
    ]


async def test_what_no_service_wrote_is_told_by_the_outbox(shot: Any, artist: User, looking: Look) -> None:
    async with await in_thread(looking, artist, shot.pk) as socket:
        first = await socket.told()
        await in_thread(Shot.objects.filter(pk=shot.pk).update, status="final")
        await in_thread(outbox.deliver_due)
        assert await until(socket, lambda told: told["stamp"] != first["stamp"])


async def test_who_looks_is_told_to_the_others_until_they_leave(
    shot: Any, artist: User, supervisor: User, looking: Look
) -> None:
    async with await in_thread(looking, artist, shot.pk) as socket:
        assert (await socket.told())["people"] == []
        async with await in_thread(looking, supervisor, shot.pk) as other:
            await until(other, lambda told: told["people"] == ["Ida Roe"])
            await until(socket, lambda told: told["people"] == ["Noor Haddad"])
        await until(socket, lambda told: told["people"] == [])


@pytest.mark.security
async def test_who_may_not_see_shots_is_turned_away(shot: Any, looking: Look) -> None:
    async with await in_thread(looking, await in_thread(UserFactory.create), shot.pk) as socket:
        assert await socket.closed() == 4403
    async with await in_thread(looking, await in_thread(UserFactory.create, roles=["artist"]), 0) as socket:
        assert await socket.closed() == 4404
    async with Socket(f"/ws/shots/{shot.pk}") as socket:
        assert await socket.closed() == 4401


@pytest.mark.security
async def test_who_loses_the_right_is_cut_off(shot: Any, artist: User, looking: Look) -> None:
    async with await in_thread(looking, artist, shot.pk) as socket:
        await socket.told()
        await in_thread(artist.groups.clear)
        assert await socket.closed() == 4403


async def test_a_shot_that_goes_ends_its_sockets(shot: Any, artist: User, looking: Look) -> None:
    async with await in_thread(looking, artist, shot.pk) as socket:
        await socket.told()
        await in_thread(shots.delete_shot, shot.pk, by=await in_thread(UserFactory.create, is_superuser=True))
        await in_thread(outbox.deliver_due)
        assert await socket.closed() == 4404


async def test_a_bulk_write_leaves_one_event_with_its_shots() -> None:
    made = [await in_thread(ShotFactory) for _ in range(3)]
    await in_thread(Review.objects.bulk_create, [ReviewFactory.build(shot=shot) for shot in made])
    await in_thread(VersionFactory, shot=made[1])
    events = OutboxEvent.objects.filter(topic="shot.changed").order_by("pk").values_list("payload__shots", flat=True)
    first, second, last = (shot.pk for shot in made)
    assert await in_thread(list, events) == [f"{{[{first},{last + 1})}}", f"{{[{second},{second + 1})}}"]
