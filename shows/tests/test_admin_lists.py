"""The admin's lists: found, filtered, and at the same cost for many rows as for few."""

from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from config.accounts.tests.factories import UserFactory
from config.tests.admin_pages import send, signed_in
from crew.tests.factories import CrewMemberFactory, ProductionFactory
from shows.models import Shot
from shows.tests.factories import ReviewFactory, SequenceFactory, ShotFactory, ShowFactory, VersionFactory

pytestmark = [pytest.mark.integration, pytest.mark.django_db]


def make_show(**_: Any) -> None:
    ShowFactory.create(production=ProductionFactory.create())


def make_shot() -> Shot:
    shot: Shot = ShotFactory.create(assigned_to=CrewMemberFactory.create())
    Shot.objects.filter(pk=shot.pk).update(status="review")
    return shot


def make_takes() -> None:
    writer = UserFactory.create()
    version = VersionFactory.create(shot=make_shot(), created_by=writer)
    ReviewFactory.create(shot=version.shot, version=version, created_by=writer)


LISTS: dict[str, Callable[[], object]] = {
    "show": make_show,
    "sequence": SequenceFactory.create,
    "shot": make_shot,
    "version": make_takes,
    "review": make_takes,
    "change": make_shot,
}


def queries(client: Client, url: str) -> int:
    # The first page of a process fills caches of Django's own.
    client.get(url)
    with CaptureQueriesContext(connection) as captured:
        assert client.get(url).status_code == 200
    return len(captured)


@pytest.mark.performance
@pytest.mark.parametrize("name", LISTS)
def test_a_list_costs_the_same_number_of_queries_for_a_hundred_rows_as_for_ten(name: str) -> None:
    client = signed_in("producer")
    for _ in range(10):
        LISTS[name]()
    few = queries(client, f"/admin/shows/{name}/")
    for _ in range(90):
        LISTS[name]()
    assert queries(client, f"/admin/shows/{name}/") == few


@pytest.mark.performance
def test_the_page_of_a_shot_costs_the_same_for_many_versions_reviews_and_changes() -> None:
    client, shot = signed_in("supervisor"), ShotFactory.create()
    version = VersionFactory.create(shot=shot, created_by=UserFactory.create())
    ReviewFactory.create(shot=shot, version=version, created_by=UserFactory.create())
    few = queries(client, f"/admin/shows/shot/{shot.pk}/change/")
    for number in range(2, 15):
        version = VersionFactory.create(shot=shot, number=number, created_by=UserFactory.create())
        ReviewFactory.create(shot=shot, version=version, created_by=UserFactory.create())
    assert queries(client, f"/admin/shows/shot/{shot.pk}/change/") == few


@pytest.mark.performance
def test_the_page_of_a_sequence_costs_the_same_for_many_shots() -> None:
    client, sequence = signed_in("coordinator"), SequenceFactory.create()
    ShotFactory.create_batch(2, sequence=sequence, assigned_to=CrewMemberFactory.create())
    few = queries(client, f"/admin/shows/sequence/{sequence.pk}/change/")
    for _ in range(20):
        ShotFactory.create(sequence=sequence, assigned_to=CrewMemberFactory.create())
    assert queries(client, f"/admin/shows/sequence/{sequence.pk}/change/") == few


def found(url: str) -> set[str]:
    return {str(row) for row in signed_in("supervisor").get(url).context["cl"].result_list}


@pytest.mark.parametrize(
    ("query", "code"),
    [
        ("q=0020", "SH0020"),
        ("q=rooftop", "SH0010"),
        ("status__exact=final", "SH0020"),
        ("open_notes=yes", "SH0010"),
        ("open_notes=no", "SH0020"),
        ("department=Roto", "SH0010"),
        ("assigned=no", "SH0010"),
        ("show__id__exact={other}", "SH0020"),
    ],
)
def test_shots_are_found_by_words_status_notes_department_person_and_show(query: str, code: str) -> None:
    ReviewFactory.create(shot__code="SH0010", shot__description="Rooftop, night", department="Roto")
    other = ShotFactory.create(code="SH0020", status="final", assigned_to=CrewMemberFactory.create())
    assert found("/admin/shows/shot/?" + query.format(other=other.show_id)) == {code}


def test_shots_and_people_are_offered_while_somebody_types() -> None:
    member = CrewMemberFactory.create(full_name="Ada Lovelace")
    asked = {"app_label": "shows", "model_name": "shot", "field_name": "assigned_to", "term": "love"}
    offered = signed_in("supervisor").get("/admin/autocomplete/", asked).json()["results"]
    assert offered == [{"id": str(member.pk), "text": "Ada Lovelace"}]


def test_versions_are_offered_with_the_code_of_their_shot() -> None:
    version = VersionFactory.create(shot__code="SH0010")
    VersionFactory.create(shot__code="SH0020")
    offered = signed_in("supervisor").get("/admin/shows/review/versions/", {"term": "sh0010"}).json()
    assert offered == {"results": [{"id": str(version.pk), "text": "SH0010 v001"}], "pagination": {"more": False}}


def test_the_page_of_a_shot_tells_its_history_in_names() -> None:
    shot, member = ShotFactory.create(), CrewMemberFactory.create(full_name="Ada Lovelace")
    client = signed_in("coordinator")
    url = f"/admin/shows/shot/{shot.pk}/change/"
    send(client, url, assigned_to=member.pk, reason="New on the show")
    row = client.get(url).context["kept"][0]
    assert (row["field"], row["before"], row["after"]) == ("assigned to", "nothing", "Ada Lovelace")
    assert row["change"].reason == "New on the show"


@pytest.mark.security
def test_an_address_does_not_ask_for_day_rates_through_a_shot() -> None:
    make_shot()
    answer = signed_in("coordinator").get("/admin/shows/shot/?assigned_to__day_rate__gte=1")
    assert answer.status_code == 400
