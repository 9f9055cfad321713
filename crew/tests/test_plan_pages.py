"""Scheduling, changing and moving by form: what would happen is shown first, and no refusal loses what was typed."""

from datetime import date
from typing import Any

import pytest
import time_machine
from django.test import Client

from config.tests.admin_pages import signed_in
from crew.models import Booking, CrewMember, Production
from crew.services.productions import schedule_production
from crew.tests.factories import BookingFactory, CrewMemberFactory, RoleFactory, days

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("_a_day_in_2030")]
JULY = {"start": "2030-07-01", "end": "2030-07-31"}
AUGUST = {"start": "2030-08-01", "end": "2030-08-31"}
CUT = {"title": "Cut", **JULY, "role": ["Editor", ""], "count": ["1", ""]}


@pytest.fixture
def _a_day_in_2030() -> Any:
    with time_machine.travel("2030-06-15 12:00", tick=False):
        yield


@pytest.fixture
def coordinator(_a_day_in_2030: None) -> Client:
    return signed_in("coordinator")


@pytest.fixture
def ada() -> CrewMember:
    made: CrewMember = CrewMemberFactory(full_name="Ada", role=RoleFactory(name="Editor"))
    return made


@pytest.fixture
def cut(ada: CrewMember, producer: Any) -> Production:
    """Ada edits it in July, and something else in August."""
    written = schedule_production(
        "Cut", by=producer, start=date(2030, 7, 1), end=date(2030, 7, 31), requirements={"Editor": 1}
    )
    august = days(date(2030, 8, 1), date(2030, 8, 31))
    BookingFactory(crew_member=ada, production__title="Other", production__period=august)
    return Production.objects.get(pk=written.pk)


def part(client: Client, path: str, data: Any) -> Any:
    """As the page's script sends it."""
    return client.post(path, data, headers={"HX-Request": "true"})


def test_a_preview_names_who_would_be_booked_and_writes_nothing(ada: CrewMember, coordinator: Client) -> None:
    answer = part(coordinator, "/productions/new/", CUT)
    assert answer.context["plan"].booked[0][1][0]["crew_member"]["full_name"] == "Ada"
    assert "Confirm" in answer.content.decode()
    assert not Production.objects.exists()


def test_a_confirmed_production_is_scheduled(ada: CrewMember, coordinator: Client) -> None:
    answer = part(coordinator, "/productions/new/", CUT | {"act": "save"})
    production = Production.objects.get()
    assert answer["HX-Redirect"] == f"/productions/{production.pk}/"
    assert Booking.objects.get().crew_member == ada


def test_the_same_works_without_script(ada: CrewMember, coordinator: Client) -> None:
    preview = coordinator.post("/productions/new/", CUT)
    assert "Schedule a production</h1>" in preview.content.decode()
    hidden = preview.context["form"].sent()
    sent = {name: [value for key, value in hidden if key == name] for name, _ in hidden}
    answer = coordinator.post("/productions/new/", sent | {"act": "save"})
    assert answer["Location"] == f"/productions/{Production.objects.get().pk}/"


def test_a_shortage_says_who_is_bound_and_offers_windows(cut: Production, coordinator: Client) -> None:
    answer = part(coordinator, "/productions/new/", CUT | {"title": "Second"})
    page = answer.content.decode()
    assert "0 of 1" in page
    assert "Ada" in page
    assert 'value="2030-06-15/2030-07-15"' not in page
    assert 'value="2030-09-01/2030-10-01"' in page


def test_a_window_is_previewed_with_what_else_was_typed(cut: Production, coordinator: Client) -> None:
    answer = part(coordinator, "/productions/new/", CUT | {"title": "Second", "window": "2030-09-01/2030-10-01"})
    row = answer.context["plan"].written.row
    assert (row["title"], row["start"], row["end"]) == ("Second", date(2030, 9, 1), date(2030, 10, 1))


def test_what_is_lacking_may_be_left_open(cut: Production, coordinator: Client) -> None:
    part(coordinator, "/productions/new/", CUT | {"title": "Second", "choice": "gaps"})
    assert Production.objects.as_rows().get(title="Second")["open_requirements"] == {"Editor": 1}


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"title": ""}, "This field is required"),
        ({"start": "2030-08-01"}, "lies before the first"),
        ({"end": "9999-12-31"}, "before 9999-12-31"),
        ({"role": ["Editor", "Editor"], "count": ["1", "2"]}, "named twice"),
        ({"role": ["Editor"], "count": ["0"]}, "a whole number from 1"),
        ({"role": ["Editor"], "count": ["9" * 400]}, "a whole number from 1"),
        ({"role": [""], "count": ["3"]}, "Choose the role"),
        ({"role": ["Wizard"], "count": ["1"]}, "There is no role"),
    ],
)
def test_mistakes_are_told_in_the_form_and_nothing_is_lost(
    changes: dict[str, Any], words: str, ada: CrewMember, coordinator: Client
) -> None:
    answer = part(coordinator, "/productions/new/", CUT | changes | {"act": "save"})
    assert answer["HX-Retarget"] == "#plan-form"
    assert words in answer.content.decode()
    assert answer.context["form"]["end"].value() == (CUT | changes)["end"]
    assert not Production.objects.exists()


def test_another_row_is_added_without_script(ada: CrewMember, coordinator: Client) -> None:
    form = coordinator.post("/productions/new/", CUT | {"act": "row"}).context["form"]
    assert form.rows() == [("Editor", "1"), ("", ""), ("", "")]


def test_the_form_of_a_production_holds_what_is_stored(cut: Production, coordinator: Client) -> None:
    form = coordinator.get(f"/productions/{cut.pk}/edit/").context["form"]
    assert (form["title"].value(), form["start"].value(), form.rows()[0]) == ("Cut", date(2030, 7, 1), ("Editor", 1))


def test_a_clash_names_who_where_and_until_when(cut: Production, coordinator: Client) -> None:
    page = part(coordinator, f"/productions/{cut.pk}/move/", AUGUST).content.decode()
    for words in ("Ada", "Other", "1 Aug 2030", "31 Aug 2030", "nobody is free", "Release them"):
        assert words in page
    assert 'value="2030-09-01/2030-10-01"' in page


def test_a_stand_in_is_offered_and_takes_over(cut: Production, ada: CrewMember, coordinator: Client) -> None:
    bob = CrewMemberFactory(full_name="Bob", role=ada.role)
    path = f"/productions/{cut.pk}/move/"
    assert "Replace them" in part(coordinator, path, AUGUST).content.decode()
    part(coordinator, path, AUGUST | {"choice": "replace"})
    assert cut.bookings.get().crew_member == bob


def test_without_stand_ins_the_place_stays_open(cut: Production, coordinator: Client) -> None:
    part(coordinator, f"/productions/{cut.pk}/move/", AUGUST | {"choice": "gaps replace"})
    row = Production.objects.as_rows().get(pk=cut.pk)
    assert (row["bookings"], row["open_requirements"], row["start"]) == ([], {"Editor": 1}, date(2030, 8, 1))


def test_windows_of_a_move_lie_where_everybody_is_free(cut: Production, coordinator: Client) -> None:
    days_of_two = {"start": "2030-08-30", "end": "2030-09-02"}
    windows = part(coordinator, f"/productions/{cut.pk}/move/", days_of_two).context["plan"].windows
    assert [(window.start, window.end) for window in windows][:2] == [
        (date(2030, 9, 1), date(2030, 9, 4)),
        (date(2030, 9, 5), date(2030, 9, 8)),
    ]


def test_a_move_from_the_schedule_loads_it_again(cut: Production, coordinator: Client) -> None:
    days_of_june = {"start": "2030-06-20", "end": "2030-06-25", "act": "save", "from": "schedule"}
    answer = part(coordinator, f"/productions/{cut.pk}/move/", days_of_june)
    assert (answer["HX-Refresh"], "HX-Redirect" in answer) == ("true", False)
    assert Booking.objects.get(production=cut).start == date(2030, 6, 20)


def test_who_was_overtaken_is_told_what_is_stored_now(cut: Production, coordinator: Client) -> None:
    path = f"/productions/{cut.pk}/edit/"
    mine = CUT | {"title": "Mine", "row_version": cut.row_version, "act": "save"}
    Production.objects.filter(pk=cut.pk).update(title="Theirs")
    answer = part(coordinator, path, mine)
    assert answer.context["form"].stored_since == [("Title", "Theirs")]
    hidden = dict(answer.context["form"].sent())
    part(coordinator, path, mine | {"row_version": hidden["row_version"]})
    assert Production.objects.get(pk=cut.pk).title == "Mine"


def test_changed_bookings_alone_overtake_too(cut: Production, coordinator: Client) -> None:
    Production.objects.filter(pk=cut.pk).update(staffing_changes=7)
    answer = part(coordinator, f"/productions/{cut.pk}/move/", JULY | {"row_version": cut.row_version})
    assert "What belongs to it was changed" in " ".join(answer.content.decode().split())


def test_a_forged_day_is_told(cut: Production, coordinator: Client) -> None:
    answer = part(coordinator, f"/productions/{cut.pk}/move/", {"start": "never", "end": "2030-07-01"})
    assert "Enter a valid date" in answer.content.decode()


def test_new_productions_have_nobody_to_replace(cut: Production, coordinator: Client) -> None:
    answer = part(coordinator, "/productions/new/", CUT | {"title": "Second", "choice": "replace"})
    assert (answer.status_code, Production.objects.filter(title="Second").exists()) == (200, False)
