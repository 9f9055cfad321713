"""Menus as their owners and as strangers see them: pages, forms, and what they cost."""

from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from catalog.models import Menu
from catalog.tests.library.factories import (
    CourseFactory,
    CourseItemFactory,
    MediaFactory,
    MenuFactory,
    SourceFactory,
)
from config.accounts.models import User
from config.accounts.tests.factories import UserFactory
from config.tests.admin_pages import signed_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def owner() -> User:
    made: User = UserFactory.create(display_name="Ada Owner", email="ada.owner@example.com")
    return made


@pytest.fixture
def menu(owner: User) -> Menu:
    """Starter with Alien and Brazil, and an empty Main."""
    made: Menu = MenuFactory(user=owner, slug="neo-noir-night", is_public=True, description="Rain, mostly.")
    starter = CourseFactory(menu=made, title="Starter", intent="To warm up")
    CourseFactory(menu=made, title="Main")
    for title in ("Alien", "Brazil"):
        CourseItemFactory(course=starter, media_item=MediaFactory(title=title, details={"authors": ["Kay Ray"]}))
    return made


def order(menu: Menu) -> list[list[str]]:
    return [[item.media_item.title for item in course.items.all()] for course in menu.courses.all()]


def page_of(path: str, client: Client | None = None) -> str:
    answer = (client or Client()).get(path)
    assert answer.status_code == 200
    return str(answer.content.decode())


def test_a_stranger_reads_a_public_menu_with_its_credits(menu: Menu) -> None:
    alien = menu.courses.get(title="Starter").items.get(position=0).media_item
    SourceFactory(
        media_item=alien,
        source_name="tmdb",
        canonical_url="https://www.themoviedb.org/movie/348",
        cover_url="https://image.tmdb.org/t/p/w500/a.jpg",
    )
    page = page_of("/menus/neo-noir-night/")
    words = (
        *("Rain, mostly.", "To warm up", "Alien", "Kay Ray", "not endorsed or certified by TMDB"),
        *(f'src="/api/v1/media/{alien.pk}/cover"', 'href="https://www.themoviedb.org/movie/348"'),
        f'property="og:image" content="http://testserver/api/v1/media/{alien.pk}/cover"',
        'rel="canonical" href="http://testserver/menus/neo-noir-night/"',
    )
    assert [word for word in words if word not in page] == []


@pytest.mark.security
def test_a_public_menu_tells_nothing_of_its_owner(menu: Menu, owner: User) -> None:
    page = page_of("/menus/neo-noir-night/")
    assert [word for word in (owner.email, owner.display_name, str(owner.pk), "/edit/") if word in page] == []


@pytest.mark.security
def test_a_private_menu_and_an_unknown_one_are_the_same_404_to_all(menu: Menu, owner: User) -> None:
    Menu.objects.update(is_public=False)
    said = set()
    for path in ("/menus/neo-noir-night/", "/menus/nothing/"):
        for client in (Client(), signed_in(user=owner)):
            answer = client.get(path)
            said.add((answer.status_code, answer.context["title"], answer.context["detail"]))
    assert [status for status, *_ in said] == [404]


@pytest.mark.security
def test_an_address_that_is_no_web_address_is_no_link(menu: Menu) -> None:
    SourceFactory(media_item=menu.courses.first().items.first().media_item, canonical_url="javascript:alert(1)")  # type: ignore[union-attr]
    page = page_of("/menus/neo-noir-night/")
    assert ("javascript:" in page, "Google Books" in page) == (False, True)


@pytest.mark.performance
def test_a_public_menu_stays_small_and_cheap_however_long_it_is(menu: Menu) -> None:
    course = menu.courses.get(title="Main")
    for number in range(60):
        media = MediaFactory(title=f"Item {number} {'x' * 200}")
        CourseItemFactory(course=course, media_item=media, notes='"&<' * 300, position=number)
    with CaptureQueriesContext(connection) as queries:
        sizes = [len(page_of(f"/menus/neo-noir-night/?page={number}")) for number in (1, 2, 3)]
    assert (len(queries), max(sizes) < 50_000) == (6, True)
    last = Client().get("/menus/neo-noir-night/?page=99").context["page"]
    text = "".join(page_of(f"/menus/neo-noir-night/?page={number}") for number in range(1, last.number + 1))
    assert [number for number in range(60) if f"Item {number} " not in text] == []


def test_a_menu_is_made_published_and_closed_again(owner: User) -> None:
    client = signed_in(user=owner)
    answer = client.post("/menus/", {"title": "Rainy Sunday", "description": ""})
    menu = Menu.objects.get()
    assert (answer["Location"], menu.slug, menu.is_public) == (f"/menus/{menu.pk}/edit/", "rainy-sunday", False)
    statuses = []
    for act in ("publish", "unpublish"):
        client.post(f"/menus/{menu.pk}/publish/", {"act": act})
        statuses.append(Client().get("/menus/rainy-sunday/").status_code)
    assert statuses == [200, 404]


def test_a_menu_keeps_its_address_when_it_is_renamed(menu: Menu, owner: User) -> None:
    client = signed_in(user=owner)
    client.post(f"/menus/{menu.pk}/details/", {"title": "Other", "description": "New"})
    menu.refresh_from_db()
    assert (menu.title, menu.description, menu.slug) == ("Other", "New", "neo-noir-night")
    form = client.post(f"/menus/{menu.pk}/details/", {"title": " "}).context["form"]
    assert list(form.errors) == ["title"]


def test_who_was_overtaken_sees_the_title_of_now(menu: Menu, owner: User) -> None:
    version, client = menu.row_version, signed_in(user=owner)
    client.post(f"/menus/{menu.pk}/details/", {"title": "First"})
    answer = client.post(f"/menus/{menu.pk}/details/", {"title": "Second", "row_version": version})
    assert ("Title", "First") in answer.context["form"].stored_since


def test_courses_are_added_changed_moved_and_removed(menu: Menu, owner: User) -> None:
    client, base = signed_in(user=owner), f"/menus/{menu.pk}/courses/"
    client.post(base, {"title": "Dessert", "intent": "", "description": ""})
    dessert = menu.courses.get(title="Dessert")
    for act in ({"act": "up"}, {"act": "move", "position": 0}, {"act": "save", "title": "Sweets"}):
        client.post(f"{base}{dessert.pk}/", act)
    assert [course.title for course in menu.courses.all()] == ["Sweets", "Starter", "Main"]
    client.post(f"{base}{dessert.pk}/", {"act": "remove"})
    assert list(menu.courses.values_list("title", "position")) == [("Starter", 0), ("Main", 1)]


@pytest.mark.parametrize(
    ("act", "after"),
    [
        ({"act": "up"}, [["Brazil", "Alien"], []]),
        ({"act": "down"}, [["Alien"], ["Brazil"]]),
        ({"act": "move", "position": 0}, [["Brazil", "Alien"], []]),
        ({"act": "remove"}, [["Alien"], []]),
    ],
)
def test_an_item_is_moved_within_a_course_and_over_its_edge(
    act: dict[str, Any], after: list[list[str]], menu: Menu, owner: User
) -> None:
    item = menu.courses.get(title="Starter").items.get(position=1)
    signed_in(user=owner).post(f"/menus/{menu.pk}/items/{item.pk}/", act)
    assert order(menu) == after


def test_an_item_that_was_moved_is_told_where_it_is(menu: Menu, owner: User) -> None:
    item, main = menu.courses.get(title="Starter").items.get(position=1), menu.courses.get(title="Main")
    values = {"act": "move", "position": "0", "course": str(main.pk)}
    answer = signed_in(user=owner).post(f"/menus/{menu.pk}/items/{item.pk}/", values, headers={"HX-Request": "true"})
    page = answer.content.decode()
    assert (order(menu), "Brazil is now 1 of 1 in Main." in page, "<html" in page) == (
        [["Alien"], ["Brazil"]],
        True,
        False,
    )


def test_an_item_is_searched_put_in_and_noted(menu: Menu, owner: User) -> None:
    client, main = signed_in(user=owner), menu.courses.get(title="Main")
    media = MediaFactory(title="Chinatown")
    assert "Chinatown" in page_of(f"/menus/{menu.pk}/edit/?q=chinatwn", client)
    answer = client.post(f"/menus/{menu.pk}/items/", {"course": main.pk, "media": media.pk, "q": "chinatwn"})
    item = main.items.get()
    client.post(f"/menus/{menu.pk}/items/{item.pk}/", {"act": "save", "notes": "Forget it, Jake."})
    item.refresh_from_db()
    assert (answer["Location"], item.notes) == (f"/menus/{menu.pk}/edit/?q=chinatwn", "Forget it, Jake.")


@pytest.mark.parametrize("values", [{}, {"course": "x"}, {"course": "1", "media": "x"}])
def test_what_makes_no_sense_is_not_put_on_a_menu(values: dict[str, str], menu: Menu, owner: User) -> None:
    answer = signed_in(user=owner).post(f"/menus/{menu.pk}/items/", values, follow=True)
    assert "Choose a course" in answer.content.decode()


@pytest.mark.security
def test_a_menu_of_somebody_else_is_a_404_at_every_door(menu: Menu) -> None:
    course = menu.courses.get(title="Starter")
    item = course.items.first()
    assert item
    client, base = signed_in("admin"), f"/menus/{menu.pk}"
    doors = ("details", "publish", "delete", "courses", f"courses/{course.pk}", f"items/{item.pk}")
    answers = {door: client.post(f"{base}/{door}/", {"title": "Mine", "act": "up"}).status_code for door in doors}
    put = client.post(f"{base}/items/", {"course": course.pk, "media": item.media_item_id}).status_code
    assert (set(answers.values()), put, client.get(f"{base}/edit/").status_code) == ({404}, 404, 404)
    assert (Menu.objects.get().title, order(menu)) == (menu.title, [["Alien", "Brazil"], []])


@pytest.mark.security
def test_menus_are_for_who_signed_in() -> None:
    assert Client().get("/menus/")["Location"] == "/login/?next=/menus/"


@pytest.mark.performance
def test_a_longer_menu_costs_its_editor_no_more_queries(menu: Menu, owner: User) -> None:
    client, costs = signed_in(user=owner), []
    for number in (0, 6):
        for _ in range(number):
            CourseItemFactory(course=CourseFactory(menu=menu))
            MenuFactory(user=owner)
        for path in (f"/menus/{menu.pk}/edit/", "/menus/"):
            with CaptureQueriesContext(connection) as queries:
                client.get(path)
            costs.append(len(queries))
    assert costs == [4, 4, 4, 4]
