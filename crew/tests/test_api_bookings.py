from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from django.contrib.auth.models import Permission
from rest_framework.test import APIClient

from config.accounts.tests.factories import UserFactory
from crew.models import Booking, CrewMember, Production
from crew.tests.factories import BookingFactory, CrewMemberFactory, ProductionFactory, TimeOffFactory, days, one_day

WEEK = days(date(2030, 5, 6), date(2030, 5, 12))


@pytest.fixture
def coordinator(client_of: Callable[..., APIClient]) -> APIClient:
    return client_of("coordinator")


@pytest.fixture
def production(db: None) -> Production:
    return ProductionFactory(title="Neon", period=WEEK)


@pytest.fixture
def ada(db: None) -> CrewMember:
    return CrewMemberFactory(full_name="Ada")


def of_person(person: CrewMember, path: str = "bookings") -> str:
    return f"/api/v1/crew/{person.pk}/{path}"


def of_production(production: Production) -> str:
    return f"/api/v1/productions/{production.pk}/bookings"


def fields(answer: Any) -> list[str]:
    return [error["field"] for error in answer.json()["errors"]]


def test_somebody_is_booked_by_name_found_and_released(
    coordinator: APIClient, production: Production, ada: CrewMember
) -> None:
    made = coordinator.post(of_production(production), {"crew_member": ada.pk})
    assert (made.status_code, made.json()) == (201, coordinator.get(made["Location"]).json())
    assert (made.json()["role"], made.json()["production"]["title"]) == (ada.role.name, "Neon")
    assert coordinator.get(of_production(production)).json()["results"] == [made.json()]
    assert coordinator.delete(made["Location"]).status_code == 204
    assert not Booking.objects.exists()


def test_who_is_bound_already_is_refused_with_by_what(
    coordinator: APIClient, production: Production, ada: CrewMember
) -> None:
    rival = BookingFactory(crew_member=ada, production=ProductionFactory(title="Rival", period=WEEK))
    answer = coordinator.post(of_production(production), {"crew_member": ada.pk})
    assert (answer.status_code, answer.json()["code"]) == (409, "person_bound")
    assert answer.json()["bookings"][0]["production"] == {"id": rival.production_id, "title": "Rival"}


def test_who_is_not_under_contract_is_refused(coordinator: APIClient, production: Production) -> None:
    person = CrewMemberFactory(employment=days(date(2030, 1, 1), date(2030, 5, 11)))
    answer = coordinator.post(of_production(production), {"crew_member": person.pk})
    assert (answer.status_code, answer.json()["code"]) == (409, "outside_contract")
    assert (answer.json()["hire_date"], answer.json()["fire_date"]) == ("2030-01-01", "2030-05-11")


@pytest.mark.parametrize("person", [987654321, 0, -1, 2**63, "x", None, 1.5])
def test_nobody_is_booked_who_is_not_there(person: Any, coordinator: APIClient, production: Production) -> None:
    answer = coordinator.post(of_production(production), {"crew_member": person})
    assert answer.status_code == 400
    assert "crew_member" in fields(answer) or "out of range" in answer.json()["detail"]


def test_a_booking_of_another_production_is_not_found(coordinator: APIClient, production: Production) -> None:
    other = BookingFactory()
    urls = [f"{of_production(production)}/{other.pk}", "/api/v1/productions/987654321/bookings"]
    assert [coordinator.get(url).status_code for url in urls] == [404, 404]
    assert coordinator.delete(urls[0]).status_code == 404


def test_time_off_is_given_found_and_taken_back(coordinator: APIClient, ada: CrewMember) -> None:
    body = {"start": "2030-05-06", "end": "2030-05-07", "reason": "Wedding"}
    made = coordinator.post(of_person(ada, "time-off"), body)
    assert (made.status_code, made.json()) == (201, coordinator.get(made["Location"]).json())
    assert made.json().items() >= (body | {"production": None, "role": None}).items()
    assert coordinator.get(of_person(ada)).json()["results"] == [made.json()]
    assert coordinator.delete(made["Location"]).status_code == 204
    assert not Booking.objects.exists()


@pytest.mark.parametrize(
    ("start", "end", "status", "code"),
    [
        ("2030-05-07", "2030-05-06", 400, "invalid"),
        ("2019-12-31", "2020-01-01", 409, "outside_contract"),
        ("2030-05-12", "2030-05-13", 409, "person_bound"),
        ("0001-01-01", "9999-12-30", 409, "outside_contract"),
        ("2030-01-01", "9999-12-31", 400, "invalid"),
    ],
)
def test_time_off_that_cannot_be_is_refused(
    start: str, end: str, status: int, code: str, coordinator: APIClient, ada: CrewMember, production: Production
) -> None:
    BookingFactory(crew_member=ada, production=production)
    answer = coordinator.post(of_person(ada, "time-off"), {"start": start, "end": end})
    assert (answer.status_code, answer.json()["code"], Booking.objects.count()) == (status, code, 1)


def test_a_booking_is_no_time_off(coordinator: APIClient, ada: CrewMember, production: Production) -> None:
    booking = BookingFactory(crew_member=ada, production=production)
    assert coordinator.delete(f"{of_person(ada, 'time-off')}/{booking.pk}").status_code == 404


@pytest.mark.parametrize("path", ["bookings", "time-off"])
def test_nobody_has_no_bookings(path: str, coordinator: APIClient) -> None:
    assert coordinator.get(f"/api/v1/crew/987654321/{path}").status_code == 404
    assert coordinator.get(f"/api/v1/crew/987654321/{path}?format=csv").status_code == 404


def test_bookings_are_filtered_by_days(coordinator: APIClient, ada: CrewMember) -> None:
    first, second = (TimeOffFactory(crew_member=ada, period=one_day(date(2030, 1, day))) for day in (1, 9))
    found = {
        query: [row["id"] for row in coordinator.get(f"{of_person(ada)}?{query}").json()["results"]]
        for query in ("from=2030-01-02", "to=2030-01-08", "from=2030-01-01&to=2030-01-09", "ordering=-start")
    }
    assert [*found.values()] == [[second.pk], [first.pk], [first.pk, second.pk], [second.pk, first.pk]]


@pytest.mark.parametrize("method", ["post", "delete"])
def test_a_dry_run_writes_no_booking(
    method: str, coordinator: APIClient, production: Production, ada: CrewMember
) -> None:
    there = BookingFactory(production=production)
    url, body = of_production(production), {"crew_member": ada.pk}
    url, body = (url, body) if method == "post" else (f"{url}/{there.pk}", {})
    answer = getattr(coordinator, method)(f"{url}?dry_run=true", body)
    assert (answer.status_code, answer.json()["dry_run"], Booking.objects.count()) == (200, True, 1)


@pytest.mark.security
def test_an_artist_sees_what_they_are_booked_for_and_nobody_elses(
    client_of: Callable[..., APIClient], production: Production
) -> None:
    artist: Any = client_of("artist")
    own = BookingFactory(crew_member=CrewMemberFactory(user=artist.user), production=production).crew_member
    other = BookingFactory(production=production).crew_member
    assert [row["production"]["title"] for row in artist.get(of_person(own)).json()["results"]] == ["Neon"]
    assert [artist.get(of_person(other, path)).status_code for path in ("bookings", "time-off")] == [403, 403]
    assert artist.post(of_person(own, "time-off"), {}).status_code == 403
    assert artist.get(of_production(production)).status_code == 403


@pytest.fixture
def outsider(client_of: Callable[..., APIClient]) -> APIClient:
    """Books people and sees bookings, but no productions; no role of the studio is like that, a studio's own may be."""
    user = UserFactory.create()
    names = ("add_booking", "view_booking", "view_crewmember", "change_crewmember")
    user.user_permissions.set(Permission.objects.filter(content_type__app_label="crew", codename__in=names))
    return client_of(user=user)


@pytest.mark.security
def test_who_sees_no_productions_sees_that_people_are_busy(
    outsider: APIClient, ada: CrewMember, production: Production
) -> None:
    BookingFactory(crew_member=ada, production=production)
    span = {"start": "2030-05-06", "end": "2030-05-06"}
    answers = [
        outsider.post(of_person(ada, "time-off"), span),
        outsider.patch(f"/api/v1/crew/{ada.pk}", {"fire_date": "2030-05-01"}),
        outsider.get(of_person(ada)),
        outsider.get("/api/v1/crew/schedule", span),
    ]
    assert [answer.status_code for answer in answers] == [409, 409, 200, 200]
    assert all(b"busy" in answer.content and b"Neon" not in answer.content for answer in answers)


@pytest.mark.security
def test_who_sees_no_productions_exports_none(outsider: APIClient, ada: CrewMember, production: Production) -> None:
    BookingFactory(crew_member=ada, production=production)
    answer: Any = outsider.get(f"{of_person(ada)}?format=csv")
    assert b"".join(answer.streaming_content).splitlines()[0] == b"id,reason,crew_member_id,full_name,role,start,end"
