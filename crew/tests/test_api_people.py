from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from rest_framework.test import APIClient

from crew.models import CrewMember, Role
from crew.tests.factories import BookingFactory, CrewMemberFactory, ProductionFactory, RoleFactory, days

CREW = "/api/v1/crew"
ADA = {"full_name": "Ada Byron", "role": "Editor", "hire_date": "2024-01-01"}


@pytest.fixture
def producer(client_of: Callable[..., APIClient]) -> APIClient:
    return client_of("producer")


@pytest.fixture
def coordinator(client_of: Callable[..., APIClient]) -> APIClient:
    return client_of("coordinator")


def names(client: APIClient, query: str) -> list[str]:
    answer: Any = client.get(f"{CREW}?{query}")
    assert answer.status_code == 200, answer.content
    return [row["full_name"] for row in answer.json()["results"]]


def text_of(answer: Any) -> str:
    return b"".join(answer.streaming_content).decode()


def fields(answer: Any) -> list[str]:
    return [error["field"] for error in answer.json()["errors"]]


def test_somebody_is_hired_and_found_at_their_address(producer: APIClient) -> None:
    RoleFactory(name="Editor")
    made = producer.post(CREW, ADA | {"role": "editor", "email": "ada@crew.test", "day_rate": "410.50"})
    assert (made.status_code, made.json()) == (201, producer.get(made["Location"]).json())
    assert made.json().items() >= {"role": "Editor", "fire_date": None, "day_rate": "410.50"}.items()


def test_the_far_end_of_time_is_an_open_contract(producer: APIClient) -> None:
    RoleFactory(name="Editor")
    made = producer.post(CREW, ADA | {"fire_date": "9999-12-31"}).json()
    assert made["fire_date"] is None
    changed = producer.patch(f"{CREW}/{made['id']}", {"fire_date": "2024-12-31"}).json()
    assert changed["fire_date"] == "2024-12-31"
    assert producer.patch(f"{CREW}/{made['id']}", {"fire_date": "9999-12-31"}).json()["fire_date"] is None


@pytest.mark.parametrize("day", ["0001-01-01", "9999-12-31"])
def test_a_contract_may_begin_on_any_day_that_there_is(day: str, producer: APIClient) -> None:
    RoleFactory(name="Editor")
    made = producer.post(CREW, ADA | {"hire_date": day})
    assert (made.status_code, made.json()["hire_date"]) == (201, day)
    assert names(producer, f"employed_on={day}") == ["Ada Byron"]


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"role": "Stunt Pilot"}, "role"),
        ({"role": 7}, "role"),
        ({"hire_date": "2024-13-01"}, "hire_date"),
        ({"hire_date": None}, "hire_date"),
        ({"fire_date": "2023-12-31"}, "fire_date"),
        ({"email": "ada"}, "email"),
        ({"full_name": ""}, "full_name"),
        ({"full_name": "A" * 201}, "full_name"),
        ({"day_rate": "-1"}, "day_rate"),
        ({"salary": "1"}, "salary"),
    ],
)
def test_what_makes_no_sense_is_refused_by_name(change: dict[str, Any], field: str, producer: APIClient) -> None:
    RoleFactory(name="Editor")
    answer = producer.post(CREW, ADA | change)
    assert (answer.status_code, fields(answer), CrewMember.objects.count()) == (400, [field], 0)


def test_a_contract_does_not_end_before_a_booking(coordinator: APIClient) -> None:
    booking = BookingFactory(
        production=ProductionFactory(title="Neon", period=days(date(2030, 1, 1), date(2030, 1, 9)))
    )
    answer = coordinator.patch(f"{CREW}/{booking.crew_member_id}", {"fire_date": "2030-01-08"})
    assert (answer.status_code, answer.json()["code"], fields(answer)) == (409, "contract_still_needed", ["fire_date"])
    assert answer.json()["bookings"] == [
        {"id": booking.pk, "production": {"id": booking.production_id, "title": "Neon"}, "start": "2030-01-01",
         "end": "2030-01-09"}
    ]  # fmt: skip


def test_people_are_filtered_by_role_day_and_name(coordinator: APIClient) -> None:
    CrewMemberFactory(
        full_name="Ada", role=RoleFactory(name="Editor"), employment=days(date(2024, 1, 1), date(2024, 1, 9))
    )
    CrewMemberFactory(full_name="Ben")
    for query in ("role=editor", "q=AD", "employed_on=2024-01-09&role=Editor"):
        assert names(coordinator, query) == ["Ada"]
    assert names(coordinator, "employed_on=2024-01-10") == ["Ben"]
    assert names(coordinator, "role=Nobody") == []


def test_people_are_filtered_by_when_they_are_free(coordinator: APIClient) -> None:
    BookingFactory(
        crew_member=CrewMemberFactory(full_name="Ada"),
        production=ProductionFactory(period=days(date(2030, 1, 5), date(2030, 1, 9))),
    )
    CrewMemberFactory(full_name="Ben")
    assert names(coordinator, "available_from=2030-01-01&available_to=2030-01-04") == ["Ada", "Ben"]
    assert names(coordinator, "available_to=2030-01-05&available_from=2030-01-01") == ["Ben"]
    assert names(coordinator, "available_from=0001-01-01&available_to=9999-12-31") == []


@pytest.mark.parametrize(
    ("query", "field"),
    [
        ("available_from=2030-01-01", "available_to"),
        ("available_to=2030-01-01", "available_from"),
        ("available_from=2030-01-01&available_to=", "available_to"),
        ("available_from=2030-01-02&available_to=2030-01-01", "available_to"),
        ("employed_on=01/02/2030", "employed_on"),
        ("employed_on=2030-02-30", "employed_on"),
        ("ordering=day_rate", "ordering"),
        ("day_rate=1", "day_rate"),
    ],
)
def test_a_filter_that_makes_no_sense_is_refused_by_name(query: str, field: str, producer: APIClient) -> None:
    answer = producer.get(f"{CREW}?{query}")
    assert (answer.status_code, fields(answer)) == (400, [field])


@pytest.mark.parametrize("query", ["ordering=full_name", "ordering=-hire_date", "ordering=-id", ""])
def test_people_are_ordered(query: str, coordinator: APIClient) -> None:
    CrewMemberFactory(full_name="Ben", employment=days(date(2024, 1, 1), date(2025, 1, 1)))
    CrewMemberFactory(full_name="Ada", employment=days(date(2024, 1, 2), date(2025, 1, 1)))
    assert names(coordinator, query) == ["Ada", "Ben"]


@pytest.mark.security
def test_day_rates_are_nowhere_for_a_coordinator(coordinator: APIClient) -> None:
    person = CrewMemberFactory(day_rate="410.50")
    answers = [
        coordinator.get(CREW),
        coordinator.get(f"{CREW}/{person.pk}"),
        coordinator.get(CREW, headers={"Accept": "text/html"}),
    ]
    answers += [
        coordinator.patch(f"{CREW}/{person.pk}", {"email": "a@b.test"}),
        coordinator.delete(f"{CREW}/{person.pk}?dry_run=true"),
    ]
    assert {answer.status_code for answer in answers} == {200}
    assert not any(b"410.50" in answer.content for answer in answers)
    table = text_of(coordinator.get(f"{CREW}?format=csv"))
    assert "day_rate" not in table


@pytest.mark.security
def test_a_coordinator_sets_no_day_rate(coordinator: APIClient) -> None:
    person = CrewMemberFactory()
    answers = [coordinator.post(CREW, ADA | {"role": person.role.name, "day_rate": "1"})]
    answers += [coordinator.patch(f"{CREW}/{person.pk}", {"day_rate": rate}) for rate in ("1", None)]
    assert [(answer.status_code, fields(answer)) for answer in answers] == [(403, ["day_rate"])] * 3


def test_a_producer_exports_day_rates(producer: APIClient) -> None:
    person = CrewMemberFactory(
        full_name="=Ada", day_rate="410.50", role=RoleFactory(name="Editor", department="Editorial")
    )
    header, line = text_of(producer.get(f"{CREW}?format=csv")).splitlines()
    assert header == "id,full_name,email,day_rate,department,role,hire_date,fire_date"
    assert line == f"{person.pk},'=Ada,,410.50,Editorial,Editor,2020-01-01,"


def test_a_dry_run_hires_nobody(coordinator: APIClient) -> None:
    RoleFactory(name="Editor")
    answer = coordinator.post(f"{CREW}?dry_run=true", ADA)
    assert (answer.status_code, answer.json()["dry_run"], answer.json()["full_name"]) == (200, True, "Ada Byron")
    assert not CrewMember.objects.exists()
    assert not {"ETag", "Location"} & answer.headers.keys()


def test_a_dry_run_refuses_as_the_real_one(coordinator: APIClient) -> None:
    person = BookingFactory().crew_member
    answers = [
        coordinator.patch(f"{CREW}/{person.pk}{query}", {"fire_date": "2021-01-01"}) for query in ("", "?dry_run=true")
    ]
    problems = [answer.json() | {"request_id": ""} for answer in answers]
    assert problems[0] == problems[1]


def test_a_dry_run_changes_and_deletes_nothing(coordinator: APIClient) -> None:
    person = CrewMemberFactory(full_name="Ada")
    changed = coordinator.patch(f"{CREW}/{person.pk}?dry_run=1", {"full_name": "Eve"}).json()
    gone = coordinator.delete(f"{CREW}/{person.pk}?dry_run=true")
    assert (changed["full_name"], changed["dry_run"], gone.status_code, gone.json()["dry_run"]) == (
        "Eve",
        True,
        200,
        True,
    )
    assert CrewMember.objects.get().full_name == "Ada"


@pytest.mark.parametrize("value", ["", "maybe", "2"])
def test_a_dry_run_is_meant_or_not(value: str, coordinator: APIClient) -> None:
    RoleFactory(name="Editor")
    answer = coordinator.post(f"{CREW}?dry_run={value}", ADA)
    assert (answer.status_code, fields(answer), CrewMember.objects.count()) == (400, ["dry_run"], 0)


def test_a_change_of_what_was_read_before_is_stale(coordinator: APIClient) -> None:
    url = f"{CREW}/{CrewMemberFactory().pk}"
    tag = coordinator.get(url)["ETag"]
    assert coordinator.patch(url, {"full_name": "Eve"}, headers={"If-Match": tag}).status_code == 200
    assert coordinator.patch(url, {"full_name": "Ada"}, headers={"If-Match": tag}).status_code == 412


def test_who_was_never_booked_is_deleted(coordinator: APIClient) -> None:
    booking = BookingFactory()
    assert coordinator.delete(f"{CREW}/{CrewMemberFactory().pk}").status_code == 204
    answer = coordinator.delete(f"{CREW}/{booking.crew_member_id}")
    assert (answer.status_code, answer.json()["holds"]) == (409, {"bookings": 1})


@pytest.mark.performance
def test_a_detail_asks_one_question_besides_the_callers(coordinator: APIClient) -> None:
    url = f"{CREW}/{CrewMemberFactory().pk}"
    with CaptureQueriesContext(connection) as queries:
        coordinator.get(url)
    assert len(queries) == 2


def test_a_role_is_made_found_changed_and_deleted(coordinator: APIClient) -> None:
    made = coordinator.post(f"{CREW}/roles", {"name": "Gaffer", "department": "Lighting"})
    assert (made.status_code, made.json()) == (201, coordinator.get(made["Location"]).json())
    changed = coordinator.patch(made["Location"], {"name": "Chief Gaffer"}, headers={"If-Match": made["ETag"]})
    assert changed.json()["name"] == "Chief Gaffer"
    assert coordinator.delete(made["Location"]).status_code == 204


def test_a_role_is_unique_regardless_of_case_and_stays_while_somebody_holds_it(coordinator: APIClient) -> None:
    role = CrewMemberFactory(role=RoleFactory(name="Gaffer")).role
    taken = coordinator.post(f"{CREW}/roles", {"name": "gAFFER", "department": "Lighting"})
    assert (taken.status_code, taken.json()["code"], fields(taken)) == (409, "already_exists", ["name"])
    assert coordinator.delete(f"{CREW}/roles/{role.pk}").json()["holds"] == {"members": 1}
    assert Role.objects.filter(pk=role.pk).exists()


@pytest.mark.security
def test_an_artist_sees_their_own_row_and_no_other(client_of: Callable[..., APIClient]) -> None:
    artist: Any = client_of("artist")
    own = CrewMemberFactory(user=artist.user)
    assert artist.get(f"{CREW}/{own.pk}").json()["full_name"] == own.full_name
    assert [artist.get(f"{CREW}/{pk}").status_code for pk in (CrewMemberFactory().pk, 987654321)] == [403, 403]
    assert artist.patch(f"{CREW}/{own.pk}", {"full_name": "Eve"}).status_code == 403


@pytest.mark.security
@pytest.mark.parametrize("role", ["member", "clerk"])
def test_an_account_without_the_right_sees_not_even_their_own_row(
    role: str, client_of: Callable[..., APIClient]
) -> None:
    client: Any = client_of(role)
    own = CrewMemberFactory(user=client.user)
    paths = ("", "/bookings", "/time-off")
    assert [client.get(f"{CREW}/{own.pk}{path}").status_code for path in paths] == [403] * 3
