"""The schedule: what is drawn where."""

from datetime import date
from typing import Any

import pytest
import time_machine
from django.db import connection
from django.db.backends.postgresql.psycopg_any import DateRange
from django.test import Client
from django.test.utils import CaptureQueriesContext

from config.tests.admin_pages import signed_in
from crew.models import Role
from crew.services.productions import schedule_production
from crew.tests.factories import BookingFactory, CrewMemberFactory, ProductionFactory, RoleFactory, days
from crew.views import schedule
from crew.views.gantt import ZOOMS, Span, span_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("_a_day_in_2030")]
MONDAY = date(2030, 6, 17)


@pytest.fixture
def _a_day_in_2030() -> Any:
    with time_machine.travel("2030-06-20 12:00", tick=False):
        yield


@pytest.fixture
def supervisor(_a_day_in_2030: None) -> Client:
    return signed_in("supervisor")


def lanes(answer: Any) -> list[Any]:
    return [lane for _, found in answer.context["groups"] for lane in found]


def test_people_stand_by_their_roles(supervisor: Client) -> None:
    for role, name in (("Editor", "Zoe"), ("Animator", "Bob"), ("Editor", "Ada")):
        known = Role.objects.filter(name=role).first() or RoleFactory(name=role)
        CrewMemberFactory(full_name=name, role=known)
    groups = supervisor.get("/crew/schedule/").context["groups"]
    assert [(role, [lane.person["full_name"] for lane in found]) for role, found in groups] == [
        ("Animator", ["Bob"]),
        ("Editor", ["Ada", "Zoe"]),
    ]


def test_a_bar_stands_on_its_days_and_is_cut_at_the_edge(supervisor: Client) -> None:
    person = CrewMemberFactory()
    for period in (days(date(2030, 6, 1), MONDAY), days(date(2030, 7, 8), date(2030, 7, 14))):
        BookingFactory(crew_member=person, production__period=period)
    (lane,) = lanes(supervisor.get("/crew/schedule/?zoom=day&start=2030-06-17"))
    assert [(bar.piece.x, bar.piece.width) for bar in lane.bars] == [("0.0000%", "2.3810%"), ("50.0000%", "16.6667%")]


def test_days_outside_the_contract_are_marked(supervisor: Client) -> None:
    CrewMemberFactory(employment=days(date(2030, 6, 24), date(2030, 7, 14)))
    (lane,) = lanes(supervisor.get("/crew/schedule/?zoom=day&start=2030-06-17"))
    assert [(piece.x, piece.width) for piece in lane.outside] == [("0.0000%", "16.6667%"), ("66.6667%", "33.3333%")]


def test_time_off_is_told_apart(supervisor: Client) -> None:
    BookingFactory(production=None, period=days(MONDAY, MONDAY), reason="Holiday")
    (lane,) = lanes(supervisor.get("/crew/schedule/"))
    assert [(bar.kind, bar.title, bar.address) for bar in lane.bars] == [("off", "Holiday", "")]


def test_open_requirements_stand_below_their_production(producer: Any, supervisor: Client) -> None:
    RoleFactory(name="Editor")
    asked: Any = {"start": MONDAY, "end": date(2030, 6, 30), "requirements": {"Editor": 2}}
    schedule_production("Cut", by=producer, allow_gaps=True, **asked)
    answer = supervisor.get("/crew/schedule/")
    assert [(job.row["title"], job.open) for job in answer.context["jobs"]] == [("Cut", "2 × Editor")]
    assert "Open: 2 × Editor" in answer.content.decode()


def test_more_productions_than_are_drawn_lead_to_their_list(supervisor: Client, monkeypatch: Any) -> None:
    monkeypatch.setattr(schedule, "MOST_JOBS", 2)
    ProductionFactory.create_batch(3, period=days(MONDAY, MONDAY))
    answer = supervisor.get("/crew/schedule/?zoom=day&start=2030-06-17")
    assert len(answer.context["jobs"]) == 2
    assert "/productions/?from=2030-06-17&amp;to=2030-07-28" in answer.content.decode()


def test_people_are_narrowed_to_a_role_and_paged(supervisor: Client, monkeypatch: Any) -> None:
    monkeypatch.setattr(schedule, "PEOPLE_A_PAGE", 2)
    role = RoleFactory(name="Editor")
    people = CrewMemberFactory.create_batch(5, role=role)
    CrewMemberFactory()
    answer = supervisor.get("/crew/schedule/?role=editor&page=3")
    assert [lane.person["id"] for lane in lanes(answer)] == [people[4].pk]
    assert lanes(supervisor.get("/crew/schedule/?role=Editor&page=99")) == lanes(answer)


def test_another_zoom_stays_where_one_looks(supervisor: Client) -> None:
    addresses = [address for _, address in supervisor.get("/crew/schedule/?start=2031-01-06").context["zooms"]]
    assert all("start=2031-01-06" in address for address in addresses)
    addresses = [address for _, address in supervisor.get("/crew/schedule/?role=Editor").context["zooms"]]
    assert addresses[0] == "?zoom=day&role=Editor"


@pytest.mark.parametrize("query", ["start=never", "start=2030-02-31", "zoom=hour", "role=Nobody", "page=-1"])
def test_what_makes_no_sense_counts_as_not_said(query: str, supervisor: Client) -> None:
    assert supervisor.get(f"/crew/schedule/?{query}").status_code == 200


@pytest.mark.parametrize("start", ["0001-01-01", "9999-12-31"])
@pytest.mark.parametrize("zoom", ZOOMS)
def test_the_first_and_the_last_days_of_all_are_drawn(start: str, zoom: str, supervisor: Client) -> None:
    CrewMemberFactory(employment=DateRange(date(1, 1, 1), None))
    assert supervisor.get(f"/crew/schedule/?zoom={zoom}&start={start}").status_code == 200


@pytest.mark.parametrize("role", ["supervisor", "coordinator"])
def test_an_empty_schedule_names_the_next_step(role: str) -> None:
    assert "To the crew" in signed_in(role).get("/crew/schedule/").content.decode()


@pytest.mark.performance
def test_the_schedule_costs_the_same_for_ten_people_as_for_two_hundred(supervisor: Client, monkeypatch: Any) -> None:
    monkeypatch.setattr(schedule, "PEOPLE_A_PAGE", 200)
    costs: list[int] = []
    shown = []
    for number in (10, 190):
        for _ in range(number):
            BookingFactory(production__period=days(MONDAY, MONDAY))
        with CaptureQueriesContext(connection) as queries:
            shown.append(len(lanes(supervisor.get("/crew/schedule/"))))
        costs.append(len(queries))
    assert shown == [10, 200]
    assert costs[0] == costs[1] <= 8


@pytest.mark.parametrize("zoom", ZOOMS.values(), ids=ZOOMS)
def test_the_parts_of_the_head_fill_it(zoom: Any) -> None:
    span = span_of(zoom, date(2027, 11, 17), MONDAY)
    for pieces in (span.years_or_months, span.units):
        widths = [float(piece.width.rstrip("%")) for piece in pieces]
        assert sum(widths) == pytest.approx(100, abs=0.01)


def test_the_head_names_months_and_days() -> None:
    span = Span(date(2030, 6, 28), ZOOMS["day"])
    assert [piece.words for piece in span.years_or_months] == ["June 2030", "July 2030", "August 2030"]
    assert [piece.words for piece in span.units][:4] == ["28", "29", "30", "1"]
    assert [piece.words for piece in Span(date(2030, 6, 19), ZOOMS["week"]).units][:2] == ["19 Jun", "24 Jun"]


def test_weekends_are_marked_from_any_day_on() -> None:
    first, second, *_ = Span(date(2030, 6, 23), ZOOMS["day"]).weekends
    assert (first.x, first.width, second.width) == ("0.0000%", "2.3810%", "4.7619%")
