"""What staff does to productions and bookings in the admin."""

from datetime import date
from typing import Any

import pytest
from django.test import Client

from config.tests.admin_pages import errors_of, send, signed_in
from crew.models import Booking, CalendarToken, CrewMember, Production
from crew.services.calendars import digest_of
from crew.tests.factories import (
    BookingFactory,
    CrewMemberFactory,
    ProductionFactory,
    RoleFactory,
    TimeOffFactory,
    days,
    one_day,
)

pytestmark = [pytest.mark.integration, pytest.mark.django_db]
PEOPLE, PRODUCTIONS, BOOKINGS = "/admin/crew/crewmember/", "/admin/crew/production/", "/admin/crew/booking/"
SHOOT = {"title": "Neon", "start": "2030-05-01", "end": "2030-05-10"}
MAY = days(date(2030, 5, 1), date(2030, 5, 10))


@pytest.fixture
def coordinator() -> Client:
    return signed_in("coordinator")


@pytest.fixture
def director() -> CrewMember:
    return CrewMemberFactory(full_name="Dora", role=RoleFactory(name="Director"))


def schedule(client: Client, director: CrewMember, count: int = 1, **more: Any) -> Any:
    wanted = {
        "requirements__TOTAL_FORMS": 1,
        "requirements__0__role": director.role_id,
        "requirements__0__count": count,
    }
    return send(client, f"{PRODUCTIONS}add/", **SHOOT | wanted | more)


def run(client: Client, url: str, action: str, rows: list[Any], **more: Any) -> Any:
    sent = {"action": action, "_selected_action": [row.pk for row in rows]}
    return client.post(url, sent | more, follow=True)


def said(answer: Any) -> str:
    return " ".join(str(message) for message in answer.context["messages"])


def booked() -> list[str]:
    return list(Booking.objects.order_by("pk").values_list("crew_member__full_name", flat=True))


def busy(person: CrewMember, day: date) -> Booking:
    return BookingFactory(crew_member=person, production=ProductionFactory(title="Rival", period=one_day(day)))


def test_a_production_is_scheduled_with_its_people(coordinator: Client, director: CrewMember) -> None:
    assert schedule(coordinator, director).status_code == 302
    assert (booked(), Production.objects.get().requirements.get().count) == (["Dora"], 1)


def test_a_shortage_is_told_in_words_and_nothing_written(coordinator: Client, director: CrewMember) -> None:
    busy(director, date(2030, 5, 5))
    told = " ".join(errors_of(schedule(coordinator, director))["__all__"])
    assert "Dora is bound until 2030-05-05: Rival." in told
    assert "There would be enough people from 2030-05-06 to 2030-05-15" in told
    assert Production.objects.count() == 1


def test_gaps_are_left_open_when_that_is_allowed(coordinator: Client, director: CrewMember) -> None:
    assert schedule(coordinator, director, count=2, allow_gaps="on").status_code == 302
    assert (booked(), Production.objects.get().requirements.get().count) == (["Dora"], 2)


def test_a_role_is_wanted_once(coordinator: Client, director: CrewMember) -> None:
    twice = {"requirements__1__role": director.role_id, "requirements__1__count": 1, "requirements__TOTAL_FORMS": 2}
    answer = schedule(coordinator, director, **twice)
    assert errors_of(answer) == {"__all__": ["Director: this role is named twice."]}
    assert not Production.objects.exists()


def test_a_requirement_that_is_taken_away_releases_people(coordinator: Client, director: CrewMember) -> None:
    schedule(coordinator, director)
    url = f"{PRODUCTIONS}{Production.objects.get().pk}/change/"
    assert send(coordinator, url, requirements__0__DELETE="on").status_code == 302
    assert (booked(), Production.objects.get().requirements.count()) == ([], 0)


def test_a_clash_names_who_until_when_and_who_is_free(coordinator: Client, director: CrewMember) -> None:
    schedule(coordinator, director)
    busy(director, date(2030, 5, 12))
    CrewMemberFactory(full_name="Ines", role=director.role)
    answer = send(coordinator, f"{PRODUCTIONS}{Production.objects.get(title='Neon').pk}/change/", end="2030-05-12")
    told = errors_of(answer)["start"]
    assert told[1] == "Dora is bound from 2030-05-12 to 2030-05-12: Rival. Free instead: Ines."


def test_a_replacement_is_shown_before_it_is_made(coordinator: Client, director: CrewMember) -> None:
    schedule(coordinator, director)
    busy(director, date(2030, 5, 12))
    CrewMemberFactory(full_name="Ines", role=director.role)
    url = f"{PRODUCTIONS}{Production.objects.get(title='Neon').pk}/change/"
    shown = send(coordinator, url, end="2030-05-12", replace="on")
    assert errors_of(shown) == {"replace": ["This releases Dora and books Ines. Save again to do it."]}
    assert "Ines" not in booked()
    seen = shown.context["adminform"].form["seen"].value()
    assert send(coordinator, url, end="2030-05-12", replace="on", seen=seen).status_code == 302
    assert booked() == ["Dora", "Ines"]


def test_a_replacement_that_became_another_is_shown_anew(coordinator: Client, director: CrewMember) -> None:
    schedule(coordinator, director)
    busy(director, date(2030, 5, 12))
    ines = CrewMemberFactory(full_name="Ines", role=director.role)
    url = f"{PRODUCTIONS}{Production.objects.get(title='Neon').pk}/change/"
    seen = send(coordinator, url, end="2030-05-12", replace="on").context["adminform"].form["seen"].value()
    busy(ines, date(2030, 5, 3))
    CrewMemberFactory(full_name="Olga", role=director.role)
    answer = send(coordinator, url, end="2030-05-12", replace="on", seen=seen)
    assert "books Olga" in errors_of(answer)["replace"][0]


def test_people_are_booked_and_released_below_a_production(coordinator: Client, director: CrewMember) -> None:
    url = f"{PRODUCTIONS}{ProductionFactory(period=MAY).pk}/change/"
    send(coordinator, url, bookings__TOTAL_FORMS=1, bookings__0__crew_member=director.pk)
    assert booked() == ["Dora"]
    send(coordinator, url, bookings__0__DELETE="on")
    assert booked() == []


def test_who_is_bound_is_refused_below_a_production_with_by_what(coordinator: Client, director: CrewMember) -> None:
    busy(director, date(2030, 5, 5))
    url = f"{PRODUCTIONS}{ProductionFactory(period=MAY).pk}/change/"
    answer = send(coordinator, url, bookings__TOTAL_FORMS=1, bookings__0__crew_member=director.pk)
    assert "Rival: 2030-05-05 to 2030-05-05." in str(errors_of(answer))


def test_somebody_is_booked_and_off_below_their_own_row(coordinator: Client, director: CrewMember) -> None:
    production = ProductionFactory(title="Neon", period=MAY)
    off = {"bookings-2__TOTAL_FORMS": 1, "bookings-2__0__start": "2030-06-01", "bookings-2__0__end": "2030-06-02"}
    job = {"bookings__TOTAL_FORMS": 1, "bookings__0__production": production.pk}
    url = f"{PEOPLE}{director.pk}/change/"
    assert send(coordinator, url, **job | off).status_code == 302
    assert list(Booking.objects.order_by("pk").values_list("production", flat=True)) == [production.pk, None]
    send(coordinator, url, **{"bookings-2__0__DELETE": "on"})
    assert Booking.objects.get().production == production


def test_a_contract_that_is_needed_names_the_bookings(coordinator: Client, director: CrewMember) -> None:
    busy(director, date(2030, 5, 5))
    answer = send(coordinator, f"{PEOPLE}{director.pk}/change/", fire_date="2030-05-04")
    assert errors_of(answer)["fire_date"][1] == "Rival: 2030-05-05 to 2030-05-05."


def test_contracts_are_ended_together_or_not_at_all(coordinator: Client, director: CrewMember) -> None:
    other = CrewMemberFactory(full_name="Eve")
    assert "end_contract" in str(run(coordinator, PEOPLE, "end_contract", [director, other]).content)
    run(coordinator, PEOPLE, "end_contract", [director, other], confirmed="yes", day="2030-05-04")
    assert set(CrewMember.objects.values_list("employment__endswith", flat=True)) == {date(2030, 5, 5)}
    director.refresh_from_db()
    busy(director, date(2030, 5, 1))
    refused = run(coordinator, PEOPLE, "end_contract", [other, director], confirmed="yes", day="2030-04-30")
    assert "Dora: " in said(refused)
    assert set(CrewMember.objects.values_list("employment__endswith", flat=True)) == {date(2030, 5, 5)}


@pytest.mark.parametrize(("action", "left"), [("cancel", 0), ("release_all", 1)])
def test_productions_are_cancelled_or_emptied_after_a_question(
    action: str, left: int, coordinator: Client, director: CrewMember
) -> None:
    production = busy(director, date(2030, 5, 5)).production
    assert run(coordinator, PRODUCTIONS, action, [production]).context["effects"]
    assert booked() == ["Dora"]
    run(coordinator, PRODUCTIONS, action, [production], confirmed="yes")
    assert (booked(), Production.objects.count()) == ([], left)


def test_bookings_and_time_off_are_released_after_a_question(coordinator: Client, director: CrewMember) -> None:
    rows = [busy(director, date(2030, 5, 5)), TimeOffFactory(crew_member=director)]
    assert len(run(coordinator, BOOKINGS, "release", rows).context["effects"]) == 2
    run(coordinator, BOOKINGS, "release", rows, confirmed="yes")
    assert booked() == []


@pytest.mark.parametrize(("kind", "found"), [("work", 1), ("off", 1), ("", 2)])
def test_bookings_are_filtered_by_kind(kind: str, found: int, coordinator: Client, director: CrewMember) -> None:
    busy(director, date(2030, 5, 5))
    TimeOffFactory(crew_member=director)
    assert len(coordinator.get(f"{BOOKINGS}?kind={kind}").context["cl"].result_list) == found


def test_time_off_is_given_in_its_own_list(coordinator: Client, director: CrewMember) -> None:
    off = {"crew_member": director.pk, "start": "2030-06-01", "end": "2030-06-02"}
    assert send(coordinator, f"{BOOKINGS}add/", **off).status_code == 302
    assert send(coordinator, f"{BOOKINGS}add/", **off | {"end": "2030-05-01"}).status_code == 200
    assert Booking.objects.get().end == date(2030, 6, 2)


def test_a_calendars_secret_is_ended(coordinator: Client, director: CrewMember) -> None:
    token = CalendarToken.objects.create(crew_member=director, digest=digest_of("secret"))
    page = coordinator.get(f"/admin/crew/calendartoken/{token.pk}/change/").content.decode()
    assert token.digest not in page
    coordinator.post(f"/admin/crew/calendartoken/{token.pk}/delete/", {"post": "yes"})
    assert not CalendarToken.objects.exists()


@pytest.mark.security
@pytest.mark.parametrize("url", [f"{BOOKINGS}add/", f"{PRODUCTIONS}add/", "/admin/crew/calendartoken/"])
def test_a_supervisor_only_reads(url: str) -> None:
    client = signed_in("supervisor")
    assert client.get(url).status_code == 403
    assert (client.get(BOOKINGS).status_code, client.get(PRODUCTIONS).status_code) == (200, 200)
    production = BookingFactory().production
    assert client.get(f"{PRODUCTIONS}{production.pk}/change/").status_code == 200
