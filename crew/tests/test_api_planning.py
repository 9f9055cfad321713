from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext
from rest_framework.test import APIClient

from crew.models import Role
from crew.tests.factories import BookingFactory, CrewMemberFactory, ProductionFactory, RoleFactory, TimeOffFactory, days

AVAILABILITY, SCHEDULE, WINDOWS = "/api/v1/crew/availability", "/api/v1/crew/schedule", "/api/v1/productions/windows"
MAY = days(date(2030, 5, 1), date(2030, 5, 31))


@pytest.fixture
def supervisor(client_of: Callable[..., APIClient]) -> APIClient:
    return client_of("supervisor")


@pytest.fixture
def director(db: None) -> Role:
    return RoleFactory(name="Director")


def fields(answer: Any) -> list[str]:
    return [error["field"] for error in answer.json()["errors"]]


def test_who_is_free_is_counted_by_role_and_named(supervisor: APIClient, director: Role) -> None:
    free = CrewMemberFactory(full_name="Dora", role=director)
    BookingFactory(crew_member=CrewMemberFactory(role=director), production=ProductionFactory(period=MAY))
    answer = supervisor.get(f"{AVAILABILITY}?start=2030-05-31&end=2030-06-02").json()
    assert answer == {
        "start": "2030-05-31", "end": "2030-06-02", "count": 1, "roles": {"Director": 1},
        "members": [{"id": free.pk, "full_name": "Dora", "role": "Director"}],
    }  # fmt: skip


def test_the_free_are_paged_and_all_counted(supervisor: APIClient, director: Role) -> None:
    people = [CrewMemberFactory(full_name=name, role=director).pk for name in ("Ada", "Ben", "Cleo")]
    CrewMemberFactory()
    url = f"{AVAILABILITY}?start=2030-05-01&end=2030-05-01&role=director"
    answers = [supervisor.get(f"{url}&limit=1&offset={offset}").json() for offset in range(4)]
    assert [[row["id"] for row in answer["members"]] for answer in answers] == [
        [people[0]],
        [people[1]],
        [people[2]],
        [],
    ]
    assert [answer["roles"] for answer in answers] == [{"Director": 3}] * 4


@pytest.mark.parametrize(("start", "end"), [("0001-01-01", "9999-12-31"), ("0001-01-01", "0001-01-01")])
def test_nobody_is_free_before_they_came(start: str, end: str, supervisor: APIClient, director: Role) -> None:
    CrewMemberFactory(role=director)
    assert supervisor.get(f"{AVAILABILITY}?start={start}&end={end}").json()["roles"] == {}


def test_an_open_contract_reaches_to_the_end_of_time(supervisor: APIClient, director: Role) -> None:
    CrewMemberFactory(role=director)
    answer = supervisor.get(f"{AVAILABILITY}?start=9999-12-31&end=9999-12-31").json()
    assert answer["roles"] == {"Director": 1}


def test_the_schedule_shows_people_by_role_with_what_binds_them(supervisor: APIClient, director: Role) -> None:
    person = CrewMemberFactory(full_name="Dora", role=director)
    BookingFactory(crew_member=person, production=ProductionFactory(title="Neon", period=MAY))
    TimeOffFactory(crew_member=person, period=days(date(2030, 6, 1), date(2030, 6, 2)), reason="Rest")
    answer = supervisor.get(f"{SCHEDULE}?start=2030-05-31&end=2030-06-01").json()
    [row] = answer["rows"]
    assert row["crew_member"].items() >= {"id": person.pk, "full_name": "Dora", "fire_date": None}.items()
    assert [(b["production"] and b["production"]["title"], b["start"], b["reason"]) for b in row["bookings"]] == [
        ("Neon", "2030-05-01", ""), (None, "2030-06-01", "Rest"),
    ]  # fmt: skip


@pytest.mark.performance
@pytest.mark.parametrize("url", [AVAILABILITY, SCHEDULE])
def test_a_question_is_one_question_however_many_people_there_are(url: str, supervisor: APIClient) -> None:
    counts = []
    for _ in range(2):
        CrewMemberFactory.create_batch(5)
        with CaptureQueriesContext(connection) as queries:
            assert supervisor.get(f"{url}?start=2030-05-01&end=2030-05-02").status_code == 200
        counts.append(len(queries))
    assert counts == [2, 2]


@pytest.mark.parametrize("url", [AVAILABILITY, SCHEDULE])
@pytest.mark.parametrize(
    ("query", "field"),
    [
        ("end=2030-05-01", "start"),
        ("start=2030-05-02&end=2030-05-01", "end"),
        ("start=tomorrow&end=2030-05-01", "start"),
        ("start=10000-01-01&end=2030-05-01", "start"),
        ("start=2030-05-01&end=2030-05-01&limit=0", "limit"),
        ("start=2030-05-01&end=2030-05-01&limit=201", "limit"),
        ("start=2030-05-01&end=2030-05-01&offset=-1", "offset"),
        ("start=2030-05-01&end=2030-05-01&roles=x", "roles"),
    ],
)
def test_a_bad_question_is_refused_by_name(url: str, query: str, field: str, supervisor: APIClient) -> None:
    answer = supervisor.get(f"{url}?{query}")
    assert (answer.status_code, fields(answer)) == (400, [field])


def test_a_schedule_shows_three_years_at_most(supervisor: APIClient) -> None:
    answer = supervisor.get(f"{SCHEDULE}?start=0001-01-01&end=9999-12-31")
    assert (answer.status_code, fields(answer)) == (400, ["end"])


@time_machine.travel("2030-05-30 12:00:00Z")
def test_windows_are_the_earliest_that_suit_from_today_on(client_of: Callable[..., APIClient], director: Role) -> None:
    BookingFactory(crew_member=CrewMemberFactory(role=director), production=ProductionFactory(period=MAY))
    answer: Any = client_of("supervisor").get(f"{WINDOWS}?days=10&requirements=Director:1").json()
    assert answer["results"][:2] == [
        {"start": "2030-06-01", "end": "2030-06-10"},
        {"start": "2030-06-11", "end": "2030-06-20"},
    ]
    assert (len(answer["results"]), [*answer]) == (5, ["results"])


def test_windows_lie_between_the_days_that_are_given(supervisor: APIClient, director: Role) -> None:
    CrewMemberFactory(role=director)
    url = f"{WINDOWS}?days=10&requirements=Director:1&from=9999-12-01&to=9999-12-31"
    found = supervisor.get(url).json()["results"]
    assert [window["start"] for window in found] == ["9999-12-01", "9999-12-11", "9999-12-21"]


def test_a_role_in_a_question_may_hold_commas_and_colons(supervisor: APIClient) -> None:
    CrewMemberFactory(role=RoleFactory(name="Editor, night: B"))
    url = f"{WINDOWS}?days=1&requirements=Editor, night: B:1&from=2030-01-01&to=2030-01-01"
    assert len(supervisor.get(url).json()["results"]) == 1


@pytest.mark.parametrize(
    ("query", "field"),
    [
        ("requirements=Director:1", "days"),
        ("days=10", "requirements"),
        ("days=0&requirements=Director:1", "days"),
        ("days=99999999999&requirements=Director:1", "days"),
        ("days=1.5&requirements=Director:1", "days"),
        ("days=10&requirements=", "requirements"),
        ("days=10&requirements=Director", "requirements"),
        ("days=10&requirements=Director:", "requirements"),
        ("days=10&requirements=:1", "requirements"),
        ("days=10&requirements=Director:1,,", "requirements"),
        ("days=10&requirements=Director:0", "requirements"),
        ("days=10&requirements=Director:-1", "requirements"),
        ("days=10&requirements=Director:10000", "requirements"),
        ("days=10&requirements=Director:1,Director:2", "requirements"),
        ("days=10&requirements=Director:1,director:2", "requirements"),
        ("days=10&requirements=Pilot:1", "requirements"),
        ("days=10&requirements=Director:1&from=2030-01-02&to=2030-01-01", "to"),
        ("days=10&requirements=Director:1&from=0001-01-01&to=9999-12-31", "to"),
    ],
)
def test_a_bad_question_for_windows_is_refused_by_name(
    query: str, field: str, supervisor: APIClient, director: Role
) -> None:
    answer = supervisor.get(f"{WINDOWS}?{query}")
    assert (answer.status_code, fields(answer)) == (400, [field])
