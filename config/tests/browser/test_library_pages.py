"""The library in a browser: the whole way of somebody new, menus by keyboard and by drag, and nobody kept out."""

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Locator, Page, expect

from catalog.models import MediaItem, Menu
from catalog.tests.library.factories import (
    CourseFactory,
    CourseItemFactory,
    MediaFactory,
    MenuFactory,
    SourceFactory,
    StateFactory,
    TaggedMediaFactory,
)
from catalog.tests.library.server import SourceServer, answer
from config.accounts.models import User
from config.tests.browser.test_pages_axe import LOOKS, barriers, overflows

pytestmark = pytest.mark.browser
Open = Callable[..., Page]
VOLUME = {"id": "v1", "volumeInfo": {"title": "Dune", "authors": ["Frank Herbert"], "publishedDate": "1965"}}
ACCOUNT = {"email": "new@example.com", "password": "a long enough secret", "display_name": "Nia New"}


def signed_up(page: Page) -> Page:
    """Registers somebody, and signs them in as a person does."""
    assert page.request.post("/api/v1/auth/register", data=ACCOUNT).status == 201
    page.goto("/login/")
    page.locator("[name=username]").fill(ACCOUNT["email"])
    page.locator("[name=password]").fill(ACCOUNT["password"])
    press(page, page.locator("[name=password]"))
    return page


def press(page: Page, where: Locator, *keys: str) -> None:
    """The keys, at the end Enter, which leads to another page."""
    where.focus()
    for key in keys:
        page.keyboard.type(key)
    with page.expect_navigation():
        page.keyboard.press("Enter")


def take_in(page: Page) -> None:
    """Finds a book in a source, finishes and rates it, and tags it."""
    page.goto("/library/find/?types=book")
    page.get_by_label("Ask Google Books").check()
    press(page, page.get_by_label("Title or who made it"), "dune")
    expect(page.get_by_label("How the sources fared")).to_contain_text("Google Books: ok")
    press(page, page.get_by_role("link", name="Dune"))
    page.get_by_label("Status").select_option("consumed")
    press(page, page.get_by_label("Rating"), "8.5")
    press(page, page.get_by_label("New tag"), "desert")
    expect(page.get_by_role("link", name="desert")).to_be_visible()


def put_together(page: Page) -> None:
    """A menu of two courses, with the book moved from the second into the first, all by keys."""
    page.goto("/menus/")
    press(page, page.get_by_label("Title"), "Sand night")
    for title in ("Starter", "Main"):
        page.locator("[data-new-course] [name=title]").focus()
        page.keyboard.type(title)
        page.keyboard.press("Enter")
        expect(page.get_by_role("heading", name=title)).to_be_visible()
    page.get_by_label("Title or who made it").focus()
    page.keyboard.type("dune")
    page.get_by_role("button", name="Add Dune").focus()
    page.keyboard.press("Enter")
    page.get_by_role("button", name="Move Dune", exact=True).focus()
    page.keyboard.press("ArrowUp")
    expect(page.locator("#said")).to_contain_text("Dune is now 1 of 1 in Starter.")


def test_somebody_new_takes_a_book_in_and_serves_it_on_a_menu(
    source: SourceServer, open_page: Open, complaints: list[str]
) -> None:
    source.says(answer({"items": [VOLUME], "totalItems": 1}), path="/google_books")
    page = signed_up(open_page(width=400, scheme="dark"))
    take_in(page)
    put_together(page)
    press(page, page.get_by_role("button", name="Publish"))
    stranger = open_page()
    stranger.goto("/menus/sand-night/")
    expect(stranger.get_by_role("heading", name="Dune 1965")).to_be_visible()
    assert "Nia" not in stranger.content()
    press(page, page.get_by_role("button", name="Unpublish"))
    gone: Any = stranger.reload()
    assert (gone.status, all("404" in complaint for complaint in complaints)) == (404, True)
    complaints.clear()


def library_of(user: User) -> Menu:
    """Two courses with two items each, of which one has a state, a tag and a source."""
    menu: Menu = MenuFactory(user=user, slug="shown", is_public=True, description="For a long evening.")
    for title in ("Starter", "Main"):
        course = CourseFactory(menu=menu, title=title, intent="To warm up")
        for number in (1, 2):
            written = MediaFactory(title=f"{title} {number}", details={"authors": ["Ada Writer"]})
            CourseItemFactory(course=course, media_item=written, notes="Slowly.")
    media = MediaItem.objects.get(title="Main 2")
    SourceFactory(media_item=media, canonical_url="https://books.google.com/books?id=1")
    StateFactory(user=user, media_item=media, status="consumed", favorite=True)
    TaggedMediaFactory(tag__user=user, media_item=media)
    return menu


def order(menu: Menu) -> list[list[str]]:
    return [[item.media_item.title for item in course.items.all()] for course in menu.courses.all()]


def test_items_and_courses_are_dragged_and_stepped_to_their_places(open_page: Open) -> None:
    page = open_page("artist", height=1400)
    menu = library_of(User.objects.get())
    page.goto(f"/menus/{menu.pk}/edit/")
    drag(page, "Move Main 2", "Starter 1")
    expect(page.locator("#said")).to_contain_text("Main 2 is now 1 of 3 in Starter.")
    drag(page, "Move the course Main", "Starter")
    expect(page.locator("#said")).to_contain_text("Main is now 1 of 2 courses.")
    page.get_by_role("button", name="Move Starter 2", exact=True).focus()
    for _ in range(3):
        page.keyboard.press("ArrowUp")
    expect(page.locator("#said")).to_contain_text("Starter 2 is now 2 of 2 in Main.")
    expect(page.get_by_role("button", name="Move Starter 2", exact=True)).to_be_focused()
    assert order(menu) == [["Main 1", "Starter 2"], ["Main 2", "Starter 1"]]


def drag(page: Page, grip: str, heading: str) -> None:
    """Takes a grip onto the upper edge of what has the heading."""
    page.get_by_role("button", name=grip, exact=True).hover()
    page.mouse.down()
    over = page.get_by_role("heading", name=heading, exact=True).locator("xpath=ancestor::*[@data-place][1]")
    box: Any = over.bounding_box()
    page.mouse.move(box["x"] + 60, box["y"] + 20, steps=4)
    page.mouse.move(box["x"] + 60, box["y"] + 4, steps=4)
    page.mouse.up()


def test_what_is_marked_is_counted_and_set_at_once(open_page: Open) -> None:
    page = open_page("artist")
    library_of(User.objects.get())
    page.goto("/library/?shelf=all")
    page.get_by_label("Mark Starter 1").check()
    expect(page.locator("[data-marked]")).to_have_text("1 marked")
    page.get_by_label("All", exact=True).check()
    expect(page.locator("[data-marked]")).to_have_text("4 marked")
    page.locator("#bulk-status").select_option("paused")
    page.get_by_role("button", name="Set the state").click()
    expect(page.locator(".messages")).to_contain_text("4 items changed.")
    page.locator("[name=status]").first.select_option("paused")
    expect(page).to_have_url("/library/?shelf=all&status=paused")


@pytest.mark.parametrize(("width", "scheme"), LOOKS)
def test_the_library_keeps_nobody_out(width: int, scheme: str, open_page: Open) -> None:
    page = open_page("artist", width=width, scheme=scheme)
    menu = library_of(User.objects.get())
    item = menu.courses.get(title="Main").items.get(position=1).media_item_id
    paths = (
        *("/library/", "/library/?view=table", "/library/?q=nothing", f"/library/{item}/", "/library/transfer/"),
        *("/library/find/?q=starter", "/menus/", f"/menus/{menu.pk}/edit/?q=main", "/menus/shown/"),
    )
    found: list[tuple[str, ...]] = []
    for path in paths:
        page.goto(path)
        found += [(path, *barrier) for barrier in barriers(page)]
        found += [(path, "overflow")] * overflows(page)
    assert found == []
