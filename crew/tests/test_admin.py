from datetime import date
from typing import Any

import pytest
from django.db import connection
from django.db.backends.postgresql.psycopg_any import DateRange
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from config.accounts.tests.factories import UserFactory
from config.tests.admin_pages import as_sent, errors_of, send, signed_in
from crew.models import CrewMember, Production, Role
from crew.services import people
from crew.tests.factories import BookingFactory, CrewMemberFactory, RoleFactory

pytestmark = [pytest.mark.integration, pytest.mark.django_db]
PEOPLE = "/admin/crew/crewmember/"
PRODUCTIONS = "/admin/crew/production/"
ROLES = "/admin/crew/role/"
SPRING = DateRange(date(2030, 3, 1), date(2030, 9, 1))


@pytest.fixture
def coordinator() -> Client:
    return signed_in("coordinator")


def hire(client: Client, **fields: Any) -> Any:
    sent = {"full_name": "Ada Crew", "role": RoleFactory.create().pk, "hire_date": "2030-03-01"}
    return send(client, f"{PEOPLE}add/", **sent | fields)


def test_somebody_is_hired_for_two_dates(coordinator: Client) -> None:
    assert hire(coordinator, fire_date="2030-08-31").status_code == 302
    assert CrewMember.objects.get().employment == SPRING


def test_somebody_is_hired_without_an_end(coordinator: Client) -> None:
    assert hire(coordinator, fire_date="").status_code == 302
    assert CrewMember.objects.get().fire_date is None


def test_a_contract_that_ends_before_it_begins_is_refused_beside_its_field(coordinator: Client) -> None:
    answer = hire(coordinator, fire_date="2030-02-28")
    assert errors_of(answer) == {"fire_date": ["The contract ends before it begins."]}
    assert not CrewMember.objects.exists()


def test_a_day_that_is_none_is_refused_beside_its_field(coordinator: Client) -> None:
    assert list(errors_of(hire(coordinator, hire_date="2030-02-30"))) == ["hire_date"]


def test_the_page_shows_both_dates_and_ends_the_contract(coordinator: Client) -> None:
    member = CrewMemberFactory.create(employment=SPRING)
    url = f"{PEOPLE}{member.pk}/change/"
    assert as_sent(coordinator.get(url))["fire_date"] == date(2030, 8, 31)
    send(coordinator, url, fire_date="2030-06-30")
    assert CrewMember.objects.get().fire_date == date(2030, 6, 30)


def test_a_form_that_was_opened_before_somebody_elses_change_is_refused(coordinator: Client) -> None:
    member = CrewMemberFactory.create()
    people.change_member(member.pk, by=UserFactory.create(roles=["producer"]), full_name="Ada Lovelace")
    answer = send(coordinator, f"{PEOPLE}{member.pk}/change/", expected_version=member.row_version, email="a@b.example")
    assert "since you opened the page" in errors_of(answer)["__all__"][0]


def test_an_account_of_somebody_else_is_refused_beside_its_field(coordinator: Client) -> None:
    taken = CrewMemberFactory.create(user=UserFactory.create()).user
    assert list(errors_of(hire(coordinator, user=taken.pk))) == ["user"]


def test_accounts_that_are_nobodys_yet_are_offered_while_somebody_types(coordinator: Client) -> None:
    free = UserFactory.create(display_name="Zora", email="zora@studio.example")
    CrewMemberFactory.create(user=UserFactory.create(display_name="Zora Two"))
    UserFactory.create(display_name="Zora Three", is_active=False)
    offered = coordinator.get(f"{PEOPLE}accounts/", {"term": "zora"}).json()["results"]
    assert offered == [{"id": str(free.pk), "text": "Zora (zora@studio.example)"}]


@pytest.mark.security
def test_accounts_are_offered_to_nobody_who_does_not_hire() -> None:
    assert signed_in("supervisor").get(f"{PEOPLE}accounts/").status_code == 403


def test_a_producer_finds_and_sets_day_rates() -> None:
    member = CrewMemberFactory.create(day_rate=500)
    client = signed_in("producer")
    assert "500" in client.get(PEOPLE).content.decode()
    send(client, f"{PEOPLE}{member.pk}/change/", day_rate="550.50")
    assert str(CrewMember.objects.get().day_rate) == "550.50"


@pytest.mark.security
@pytest.mark.parametrize("role", ["supervisor", "coordinator"])
def test_others_find_no_day_rate_in_lists_and_forms(role: str) -> None:
    member = CrewMemberFactory.create(day_rate="987.65")
    for url in (PEOPLE, f"{PEOPLE}{member.pk}/change/", f"{PEOPLE}{member.pk}/history/"):
        page = signed_in(role).get(url).content.decode()
        assert "987.65" not in page
        assert "day_rate" not in page


@pytest.mark.security
def test_others_do_not_guess_day_rates_by_filters_or_forms(coordinator: Client) -> None:
    member = CrewMemberFactory.create(day_rate=500)
    assert coordinator.get(f"{PEOPLE}?day_rate__gte=1").status_code == 400
    send(coordinator, f"{PEOPLE}{member.pk}/change/", day_rate="1")
    assert CrewMember.objects.get().day_rate == 500


def test_people_are_filtered_by_their_contract(coordinator: Client) -> None:
    now = CrewMemberFactory.create()
    ended = CrewMemberFactory.create(employment=DateRange(date(2020, 1, 1), timezone.localdate()))
    later = CrewMemberFactory.create(employment=DateRange(date(9000, 1, 1), None))
    for value, member in {"now": now, "ended": ended, "later": later}.items():
        assert list(coordinator.get(f"{PEOPLE}?contract={value}").context["cl"].result_list) == [member]


def test_a_role_that_somebody_holds_is_not_deleted_and_the_page_says_why(coordinator: Client) -> None:
    member = CrewMemberFactory.create()
    answer = coordinator.post(f"{ROLES}{member.role_id}/delete/", {"post": "yes"}, follow=True)
    assert "members: 1" in str(*answer.context["messages"])
    assert Role.objects.exists()


def test_a_taken_name_of_a_role_is_refused_beside_its_field(coordinator: Client) -> None:
    RoleFactory.create(name="Director")
    answer = send(coordinator, f"{ROLES}add/", name="DIRECTOR", department="Direction")
    assert list(errors_of(answer)) == ["name"]


def test_a_production_is_added_changed_and_deleted(coordinator: Client) -> None:
    send(coordinator, f"{PRODUCTIONS}add/", title="Night Train", start="2030-03-01", end="2030-03-31")
    production = Production.objects.get()
    send(coordinator, f"{PRODUCTIONS}{production.pk}/change/", end="2030-08-31")
    assert Production.objects.get().period == SPRING
    coordinator.post(f"{PRODUCTIONS}{production.pk}/delete/", {"post": "yes"})
    assert not Production.objects.exists()


def test_a_production_that_never_ends_is_refused_beside_its_field(coordinator: Client) -> None:
    answer = send(coordinator, f"{PRODUCTIONS}add/", title="Night Train", start="2030-03-01", end="9999-12-31")
    assert list(errors_of(answer)) == ["end"]


def test_a_supervisor_reads_people_and_changes_nobody() -> None:
    member = CrewMemberFactory.create(full_name="Ada Crew")
    client = signed_in("supervisor")
    assert "Ada Crew" in client.get(f"{PEOPLE}{member.pk}/change/").content.decode()
    assert client.post(f"{PEOPLE}{member.pk}/change/", {"full_name": "Bea"}).status_code == 403


@pytest.mark.performance
@pytest.mark.parametrize("url", [PEOPLE, PRODUCTIONS, ROLES, "/admin/crew/booking/"])
def test_a_list_costs_the_same_number_of_queries_for_a_hundred_rows_as_for_ten(url: str) -> None:
    client, counts = signed_in("producer"), []
    client.get(url)
    for more in (10, 90):
        for _ in range(more):
            CrewMemberFactory.create(user=UserFactory.create())
        BookingFactory.create_batch(more)
        with CaptureQueriesContext(connection) as captured:
            client.get(url)
        counts.append(len(captured))
    assert counts[0] == counts[1]
