"""What stands around every page: navigation, colours, the profile, and what is said when something is refused."""

from typing import Any

import pytest
from django.db import OperationalError
from django.test import Client

from config.accounts.tests.factories import UserFactory
from config.pages import my_work, navigation
from config.tests.admin_pages import signed_in
from crew.tests.factories import CrewMemberFactory
from pipeline.models import JobStatus
from shows.models import ReviewStatus, ShotStatus
from shows.tests.factories import ReviewFactory, ShotFactory

pytestmark = pytest.mark.django_db


def titles_of(answer: Any) -> list[str]:
    return [item["title"] for item in answer.context["navigation"]()]


@pytest.mark.parametrize(
    ("role", "titles"),
    [
        ("artist", ["My work", "Shows", "Search", "Jobs", "Films", "Library"]),
        ("supervisor", ["My work", "Shows", "Crew", "Search", "Jobs", "Films", "Library", "Admin"]),
        ("producer", ["My work", "Shows", "Crew", "Search", "Jobs", "Films", "Library", "Customers", "Admin"]),
        ("clerk", ["My work", "Search", "Jobs", "Films", "Library", "Desk", "Admin"]),
        ("", ["My work", "Search", "Jobs", "Films", "Library"]),
    ],
)
def test_the_navigation_leads_to_what_may_be_opened(role: str, titles: list[str]) -> None:
    assert titles_of(signed_in(*filter(None, [role])).get("/me/")) == titles


def test_who_did_not_sign_in_is_led_to_the_films_and_to_signing_in() -> None:
    answer = Client().get("/films/?rating=R")
    assert titles_of(answer) == ["Films"]
    assert 'href="/login/?next=/films/%3Frating%3DR"' in answer.content.decode()


@pytest.mark.parametrize(
    ("path", "current"),
    [
        ("/", {"My work": "page"}),
        ("/shows/", {"Shows": "page"}),
        ("/shots/", {"Shows": "true"}),
        ("/films/", {"Films": "page"}),
        ("/me/", {}),
    ],
)
def test_the_place_where_one_is_stands_out(path: str, current: dict[str, str]) -> None:
    items = signed_in("artist").get(path).context["navigation"]()
    assert {item["title"]: item["is_current"] for item in items if item["is_current"]} == current


def test_the_number_of_shots_that_wait_stands_beside_my_work(monkeypatch: Any) -> None:
    artist = UserFactory.create(roles=["artist"])
    ReviewFactory(shot=ShotFactory(assigned_to=CrewMemberFactory(user=artist), status="review"))
    ShotFactory.create_batch(2, status="review")
    counts = [navigation.waiting_for(user)["count"] for user in (artist, UserFactory.create(roles=["supervisor"]))]
    assert counts == [1, 3]
    monkeypatch.setattr(navigation, "MOST", 2)
    assert navigation.waiting_for(UserFactory.create(roles=["producer"]))["count"] == "2+"


@pytest.mark.parametrize(("cookie", "mark"), [("dark", 'data-theme="dark"'), ("light", 'data-theme="light"')])
def test_the_first_byte_of_a_page_is_in_the_chosen_colours(cookie: str, mark: str) -> None:
    client = Client()
    client.cookies["theme"] = cookie
    assert mark in client.get("/login/").content.decode()


@pytest.mark.parametrize("cookie", ["", "pink", '"><script>'])
def test_without_a_choice_the_system_decides(cookie: str) -> None:
    client = Client()
    client.cookies["theme"] = cookie
    assert "data-theme=" not in client.get("/login/").content.decode()


def test_colours_are_chosen_without_script_too() -> None:
    client = Client()
    answer = client.post("/theme/", {"theme": "dark", "next": "/login/?next=/shows/"})
    assert (answer["Location"], client.cookies["theme"].value) == ("/login/?next=/shows/", "dark")
    client.post("/theme/", {"theme": ""})
    assert client.cookies["theme"].value == ""


@pytest.mark.security
@pytest.mark.parametrize("target", ["https://evil.example/", "//evil.example/", "javascript:alert(1)", ""])
def test_choosing_colours_leads_to_no_other_site(target: str) -> None:
    assert Client().post("/theme/", {"theme": "dark", "next": target})["Location"] == "/"


def test_the_profile_is_changed_by_its_owner() -> None:
    user = UserFactory.create(roles=["artist"])
    client = signed_in(user=user)
    assert client.post("/me/", {"display_name": "Ada L.", "bio": "Comp"})["Location"] == "/me/"
    user.refresh_from_db()
    assert (user.display_name, user.bio, user.shortcuts) == ("Ada L.", "Comp", False)
    assert 'data-shortcuts="off"' in client.get("/me/").content.decode()


def test_a_profile_needs_a_name() -> None:
    answer = signed_in("artist").post("/me/", {"display_name": " "})
    assert list(answer.context["form"].errors) == ["display_name"]


@pytest.mark.security
def test_the_profile_is_for_who_signed_in() -> None:
    assert Client().get("/me/")["Location"] == "/login/?next=/me/"


@pytest.mark.parametrize("path", ["/nowhere/", "/shows/NONE/"])
def test_a_page_that_is_not_there_tells_the_request_id(path: str) -> None:
    answer = signed_in("artist").get(path, headers={"X-Request-ID": "abc-123"})
    assert answer.status_code == 404
    assert "abc-123" in answer.content.decode()


@pytest.mark.parametrize(("error", "status"), [(OperationalError(), 503), (RuntimeError(), 500)])
def test_a_page_that_breaks_says_so_without_asking_who_signed_in(
    error: Exception, status: int, monkeypatch: Any
) -> None:
    def broken(*args: Any, **kwargs: Any) -> None:
        raise error

    client = signed_in("supervisor")
    client.raise_request_exception = False
    monkeypatch.setattr(my_work, "studio_work", broken)
    answer = client.get("/")
    assert answer.status_code == status
    assert "Request id" in answer.content.decode()
    assert "My work" not in answer.content.decode()


@pytest.mark.security
def test_a_form_without_its_token_is_explained() -> None:
    answer = Client(enforce_csrf_checks=True).post("/theme/", {"theme": "dark"})
    assert answer.status_code == 403
    assert "Load the page again" in answer.content.decode()


def test_the_page_of_the_design_shows_every_status_and_is_not_there_in_production(settings: Any) -> None:
    page = Client().get("/design/").content.decode()
    assert all(f"chip-{status}" in page for status in [*ShotStatus, *ReviewStatus, *JobStatus])
    assert "light-dark(#f4f4f5, #141416)" in page
    settings.IS_LOCAL = False
    assert Client().get("/design/").status_code == 404
