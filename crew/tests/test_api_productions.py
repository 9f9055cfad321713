from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from rest_framework.test import APIClient

from crew.models import Booking, CrewMember, Production, Role
from crew.tests.factories import BookingFactory, CrewMemberFactory, ProductionFactory, RoleFactory, days

PRODUCTIONS = "/api/v1/productions"
SHOOT = {"title": "Neon", "start": "2030-05-01", "end": "2030-05-10", "requirements": {"Director": 1}}


@pytest.fixture
def coordinator(client_of: Callable[..., APIClient]) -> APIClient:
    return client_of("coordinator")


@pytest.fixture
def director(db: None) -> CrewMember:
    return CrewMemberFactory(full_name="Dora", role=RoleFactory(name="Director"))


def fields(answer: Any) -> list[str]:
    return [error["field"] for error in answer.json()["errors"]]


def busy_elsewhere(person: CrewMember, first: date, last: date, title: str = "Rival") -> Booking:
    return BookingFactory(crew_member=person, production=ProductionFactory(title=title, period=days(first, last)))


@pytest.mark.smoke
def test_a_production_is_scheduled_and_found_at_its_address(coordinator: APIClient, director: CrewMember) -> None:
    made = coordinator.post(PRODUCTIONS, SHOOT)
    assert (made.status_code, made.json()) == (201, coordinator.get(made["Location"]).json())
    [booking] = made.json()["bookings"]
    assert booking["crew_member"] == {"id": director.pk, "full_name": "Dora"}
    assert (booking["role"], booking["start"], booking["end"]) == ("Director", "2030-05-01", "2030-05-10")
    assert made.json()["open_requirements"] == {}


def test_a_shortage_says_who_is_busy_and_when_it_would_work(coordinator: APIClient, director: CrewMember) -> None:
    rival = busy_elsewhere(director, date(2030, 5, 5), date(2030, 5, 6))
    answer = coordinator.post(PRODUCTIONS, SHOOT)
    problem = answer.json()
    assert (answer.status_code, problem["code"], Production.objects.count()) == (409, "crew_unavailable", 1)
    [shortage] = problem["shortages"]
    assert (shortage["role"], shortage["required"], shortage["available"]) == ("Director", 1, 0)
    assert shortage["busy"][0]["production"] == {"id": rival.production_id, "title": "Rival"}
    assert problem["windows"][0] == {"start": "2030-04-25", "end": "2030-05-04"}


def test_gaps_are_left_open_when_that_is_allowed(coordinator: APIClient, director: CrewMember) -> None:
    body = SHOOT | {"requirements": {"Director": 3}, "allow_gaps": True}
    made = coordinator.post(PRODUCTIONS, body).json()
    assert (len(made["bookings"]), made["open_requirements"]) == (1, {"Director": 2})


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"end": "2030-04-30"}, "end"),
        ({"end": "9999-12-31"}, "end"),
        ({"start": "2030-02-30"}, "start"),
        ({"title": ""}, "title"),
        ({"requirements": {"Stunt Pilot": 1}}, "requirements"),
        ({"requirements": {"Director": 0}}, "requirements.Director"),
        ({"requirements": {"Director": -1}}, "requirements.Director"),
        ({"requirements": {"Director": 10_000}}, "requirements.Director"),
        ({"requirements": {"Director": None}}, "requirements.Director"),
        ({"requirements": {"Director": 1, "dIRECTOR": 1}}, "requirements"),
        ({"requirements": {f"Role {n}": 1 for n in range(201)}}, "requirements"),
        ({"requirements": ["Director"]}, "requirements"),
        ({"requirements": None}, "requirements"),
        ({"allow_gaps": "perhaps"}, "allow_gaps"),
        ({"bookngs": []}, "bookngs"),
    ],
)
def test_what_makes_no_sense_is_refused_by_name(
    change: dict[str, Any], field: str, coordinator: APIClient, director: CrewMember
) -> None:
    answer = coordinator.post(PRODUCTIONS, SHOOT | change)
    assert (answer.status_code, fields(answer), Production.objects.count()) == (400, [field], 0)


def test_a_role_given_twice_in_the_body_is_refused(coordinator: APIClient, director: CrewMember) -> None:
    body = '{"title": "x", "start": "2030-05-01", "end": "2030-05-01", "requirements": {"Director": 1, "Director": 1}}'
    answer: Any = coordinator.generic("POST", PRODUCTIONS, body, content_type="application/json")
    assert (answer.status_code, Production.objects.count()) == (400, 0)


def test_a_production_of_all_time_is_a_shortage_without_windows(coordinator: APIClient, director: CrewMember) -> None:
    answer = coordinator.post(PRODUCTIONS, SHOOT | {"start": "0001-01-01", "end": "9999-12-30"})
    assert (answer.status_code, answer.json()["windows"]) == (409, [])
    assert answer.json()["shortages"][0]["outside_contract"] == 1


def test_new_days_that_do_not_suit_name_stand_ins(coordinator: APIClient, director: CrewMember) -> None:
    url = coordinator.post(PRODUCTIONS, SHOOT)["Location"]
    busy_elsewhere(director, date(2030, 6, 1), date(2030, 6, 2))
    stand_in = CrewMemberFactory(full_name="Ines", role=director.role)
    answer = coordinator.patch(url, {"start": "2030-05-25", "end": "2030-06-05"})
    assert (answer.status_code, answer.json()["code"]) == (409, "dates_clash")
    [clash] = answer.json()["clashes"]
    assert (clash["crew_member"]["id"], clash["production"]["title"]) == (director.pk, "Rival")
    assert clash["stand_ins"] == [{"id": stand_in.pk, "full_name": "Ines"}]


def test_replacing_tells_who_came_and_went(coordinator: APIClient, director: CrewMember) -> None:
    url = coordinator.post(PRODUCTIONS, SHOOT)["Location"]
    busy_elsewhere(director, date(2030, 6, 1), date(2030, 6, 2))
    CrewMemberFactory(full_name="Ines", role=director.role)
    moved = {"start": "2030-05-25", "end": "2030-06-05", "on_conflict": "replace"}
    rehearsed, done = coordinator.patch(f"{url}?dry_run=true", moved), coordinator.patch(url, moved)
    for answer in (rehearsed, done):
        came, went = ([row["crew_member"]["full_name"] for row in answer.json()[key]] for key in ("booked", "released"))
        assert (answer.status_code, came, went) == (200, ["Ines"], ["Dora"])
    assert (rehearsed.json()["dry_run"], "dry_run" in done.json()) == (True, False)


def test_requirements_that_shrink_release_people(coordinator: APIClient, director: CrewMember) -> None:
    url = coordinator.post(PRODUCTIONS, SHOOT)["Location"]
    changed = coordinator.patch(url, {"requirements": {}}).json()
    assert (changed["bookings"], changed["requirements"], len(changed["released"])) == ([], {}, 1)


@pytest.mark.parametrize("body", [{"on_conflict": "force"}, {"start": "x"}, {"end": "2030-04-01"}])
def test_a_change_that_makes_no_sense_is_refused_by_name(
    body: dict[str, Any], coordinator: APIClient, director: CrewMember
) -> None:
    url = coordinator.post(PRODUCTIONS, SHOOT)["Location"]
    answer = coordinator.patch(url, body)
    assert (answer.status_code, fields(answer)) == (400, [*body])


def test_a_dry_run_schedules_nothing(coordinator: APIClient, director: CrewMember) -> None:
    rehearsed = coordinator.post(f"{PRODUCTIONS}?dry_run=true", SHOOT)
    made = coordinator.post(PRODUCTIONS, SHOOT)
    assert (rehearsed.status_code, rehearsed.json()["dry_run"], made.status_code) == (200, True, 201)
    assert rehearsed.json().keys() == made.json().keys() | {"dry_run"}
    assert Production.objects.count() == Booking.objects.count() == 1


def test_a_dry_run_leaves_its_idempotency_key_free(coordinator: APIClient, director: CrewMember) -> None:
    sent = [
        coordinator.post(f"{PRODUCTIONS}{query}", SHOOT, HTTP_IDEMPOTENCY_KEY="neon")
        for query in ("?dry_run=true", "?dry_run=true", "", "")
    ]
    assert [answer.status_code for answer in sent] == [200, 200, 201, 201]
    assert (sent[2].json()["id"], sent[3]["Idempotent-Replayed"]) == (sent[3].json()["id"], "true")
    assert Production.objects.count() == 1


def test_a_cancelled_production_releases_everybody(coordinator: APIClient, director: CrewMember) -> None:
    url = coordinator.post(PRODUCTIONS, SHOOT)["Location"]
    rehearsed = coordinator.delete(f"{url}?dry_run=true")
    assert (rehearsed.status_code, len(rehearsed.json()["released"]), Booking.objects.count()) == (200, 1, 1)
    assert coordinator.delete(url).status_code == 204
    assert not Booking.objects.exists()


def test_a_booking_changes_the_version_of_its_production(coordinator: APIClient, director: CrewMember) -> None:
    url = f"{PRODUCTIONS}/{ProductionFactory().pk}"
    tag = coordinator.get(url)["ETag"]
    coordinator.post(f"{url}/bookings", {"crew_member": director.pk})
    assert coordinator.patch(url, {"title": "x"}, headers={"If-Match": tag}).status_code == 412


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("from=2030-02-01&to=2030-02-28", ["Anna", "Boris"]),
        ("from=2030-03-02", ["Boris"]),
        ("to=2030-01-31", ["Anna"]),
        ("from=0001-01-01&to=9999-12-31", ["Anna", "Boris"]),
        ("title=NNA", ["Anna"]),
        ("ordering=-start", ["Boris", "Anna"]),
        ("ordering=end", ["Anna", "Boris"]),
    ],
)
def test_productions_are_filtered_and_ordered(query: str, found: list[str], coordinator: APIClient) -> None:
    ProductionFactory(title="Boris", period=days(date(2030, 2, 1), date(2030, 4, 1)))
    ProductionFactory(title="Anna", period=days(date(2030, 1, 1), date(2030, 3, 1)))
    rows = coordinator.get(f"{PRODUCTIONS}?{query}").json()["results"]
    assert [row["title"] for row in rows] == found


def test_days_in_the_wrong_order_are_refused(coordinator: APIClient) -> None:
    answer = coordinator.get(f"{PRODUCTIONS}?from=2030-01-02&to=2030-01-01")
    assert (answer.status_code, fields(answer)) == (400, ["to"])


@pytest.mark.performance
def test_a_production_asks_one_question_whoever_is_booked(coordinator: APIClient) -> None:
    production = ProductionFactory()
    BookingFactory.create_batch(5, production=production)
    with CaptureQueriesContext(connection) as queries:
        coordinator.get(f"{PRODUCTIONS}/{production.pk}")
    assert len(queries) == 2


def test_a_show_points_to_a_production_that_is_here(coordinator: APIClient) -> None:
    production = ProductionFactory()
    show = coordinator.post("/api/v1/shows", {"title": "Neon", "code": "NEON", "production": production.pk}).json()
    assert coordinator.get(f"{PRODUCTIONS}/{show['production']}").json()["title"] == production.title
    refused = coordinator.delete(f"{PRODUCTIONS}/{production.pk}")
    assert (refused.status_code, refused.json()["code"]) == (409, "in_use")


def test_a_role_is_called_regardless_of_case(coordinator: APIClient, director: CrewMember) -> None:
    made = coordinator.post(PRODUCTIONS, SHOOT | {"requirements": {"director": 1}})
    assert (made.status_code, made.json()["requirements"]) == (201, {"Director": 1})
    assert Role.objects.count() == 1
