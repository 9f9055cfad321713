from datetime import date
from typing import Any

import pytest

from config.accounts.models import User
from crew.errors import CrewUnavailable
from crew.models import Production, Role
from crew.services import productions
from crew.services.transactions import Written
from crew.tests.factories import BookingFactory, CrewMemberFactory, ProductionFactory, RoleFactory, days

pytestmark = pytest.mark.django_db
FIRST, LAST = date(2030, 5, 6), date(2030, 5, 17)


@pytest.fixture
def director() -> Role:
    return RoleFactory(name="Director")


@pytest.fixture
def actor() -> Role:
    return RoleFactory(name="Actor")


def schedule(by: User, start: date = FIRST, end: date = LAST, **requirements: int) -> Written:
    return productions.schedule_production("Night Train", by=by, start=start, end=end, requirements=requirements)


def names(written: Written) -> list[str]:
    return [booking["crew_member"]["full_name"] for booking in written.row["bookings"]]


def test_a_production_books_as_many_of_each_role_as_it_requires(coordinator: User, director: Role, actor: Role) -> None:
    CrewMemberFactory(role=director, full_name="Dora")
    CrewMemberFactory.create_batch(4, role=actor)
    written = schedule(coordinator, Director=1, actor=3)
    assert written.row["requirements"] == {"Actor": 3, "Director": 1}
    assert sorted(booking["role"] for booking in written.row["bookings"]) == ["Actor"] * 3 + ["Director"]
    assert written.row["open_requirements"] == {}


def test_a_shortage_names_who_is_busy_with_what_and_the_nearest_windows(coordinator: User, director: Role) -> None:
    dora = CrewMemberFactory(role=director, full_name="Dora")
    train = ProductionFactory(title="Day Train", period=days(FIRST, LAST))
    BookingFactory(crew_member=dora, production=train)
    with pytest.raises(CrewUnavailable) as refused:
        schedule(coordinator, Director=2)
    short: dict[str, Any] = refused.value.facts["shortages"][0]
    assert (short["role"], short["required"], short["available"], short["busy_count"]) == ("Director", 2, 0, 1)
    assert short["busy"][0] == {
        "crew_member": {"id": dora.pk, "full_name": "Dora"}, "production": {"id": train.pk, "title": "Day Train"},
        "start": FIRST, "end": LAST,
    }  # fmt: skip
    assert Production.objects.get() == train
