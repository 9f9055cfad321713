"""A supervisor's morning, by the keyboard alone; then the same shots by the API."""

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Page, Route, expect

from config.accounts.tests.factories import PASSWORD, UserFactory
from config.tests.browser.review_pages import (
    by_api,
    forgive,
    hears,
    notes,
    press,
    sees_shot,
    shots_in_review,
    tab_to,
    write,
)
from shows.models import Shot

pytestmark = pytest.mark.browser


def sign_in(page: Page) -> None:
    user = UserFactory.create(roles=["supervisor"])
    page.goto("/login/")
    page.keyboard.type(user.email)
    press(page, "Tab")
    page.keyboard.type(PASSWORD)
    press(page, "Enter")
    page.wait_for_url("/")


def find_shot(page: Page, shot: Shot) -> None:
    """By the show's page, filtered to the shots of this morning."""
    tab_to(page, "Shows")
    press(page, "Enter")
    page.wait_for_url("/shows/")
    tab_to(page, shot.show.title)
    press(page, "Enter")
    page.wait_for_url(f"/shows/{shot.show.code}/")
    press(page, "/")
    page.keyboard.type("SH0")
    page.wait_for_url("**/?q=SH0")
    tab_to(page, shot.code)
    press(page, "Enter")
    page.wait_for_url(f"/shots/{shot.pk}/?q=SH0")


def review_five(page: Page) -> None:
    press(page, "a")
    hears(page, "Approved: SH010")
    press(page, "Alt+j", "r")
    write_on_frame(page, "The horizon is too clean.", "1042")
    hears(page, "Revision asked for: SH020")
    press(page, "Alt+j", "n")
    write(page, "Lovely light.")
    hears(page, "Note sent: SH030")
    press(page, "Alt+j", "n")
    write(page, "Ask for the other plate.")
    hears(page, "Note sent: SH040")
    press(page, "Alt+j")
    sees_shot(page, "SH050")
    press(page, "a")
    hears(page, "Approved: SH050")


def write_on_frame(page: Page, words: str, frame: str) -> None:
    page.keyboard.type(words)
    press(page, "Tab")
    page.keyboard.type(frame)
    press(page, "Control+Enter")


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [400, 1920])
def test_a_morning_by_the_keyboard_alone_and_the_same_by_the_api(
    width: int, scheme: str, open_page: Callable[..., Page]
) -> None:
    shots = shots_in_review(6)
    page = open_page(width=width, scheme=scheme)
    sign_in(page)
    find_shot(page, shots[0])
    review_five(page)
    press(page, "u")
    hears(page, "Undone: Approved, SH050")
    expect(notes(page)).to_have_count(0)
    said = [facts_of(by_api(page, f"/shots/{shot.pk}")) for shot in shots]
    assert said == [
        ("approved", [("approved", "", None)]),
        ("in_progress", [("needs_revision", "The horizon is too clean.", 1042)]),
        ("review", [("note", "Lovely light.", None)]),
        ("review", [("note", "Ask for the other plate.", None)]),
        ("review", []),
        ("review", []),
    ]


def facts_of(shot: dict[str, Any]) -> tuple[str, list[tuple[str, str, int | None]]]:
    return shot["status"], [(note["status"], note["body"], note["frame_start"]) for note in shot["reviews"]]


def test_what_was_undone_stands_in_the_history(open_page: Callable[..., Page]) -> None:
    shot = shots_in_review(1)[0]
    page = open_page("supervisor")
    page.goto(f"/shots/{shot.pk}/")
    press(page, "a")
    hears(page, "Approved")
    press(page, "u")
    hears(page, "Undone")
    changes = by_api(page, f"/shots/{shot.pk}/history")["results"]
    assert [(change["field"], change["to"], change["reason"]) for change in changes] == [
        ("review", None, "Undone"),
        ("status", "review", "Undone"),
        ("status", "approved", "Review: approved"),
    ]


def test_undo_reaches_a_shot_that_was_left(open_page: Callable[..., Page]) -> None:
    first, second = shots_in_review(2)
    page = open_page("supervisor")
    page.goto(f"/shots/{first.pk}/")
    press(page, "a", "Alt+j")
    sees_shot(page, second.code)
    press(page, "u")
    hears(page, f"Undone: Approved, {first.code}")
    assert Shot.objects.get(pk=first.pk).status == "review"


def test_keys_faster_than_the_pages_miss_no_shot(open_page: Callable[..., Page]) -> None:
    shots = shots_in_review(6)
    page = open_page("supervisor")
    page.goto(f"/shots/{shots[0].pk}/")
    press(page, *["Alt+j"] * 4, "Alt+k")
    sees_shot(page, "SH040")
    assert page.url.endswith(f"/shots/{shots[3].pk}/")
    page.go_back()
    sees_shot(page, "SH050")


def test_keys_that_come_before_the_page_act_on_the_shot_that_it_brings(open_page: Callable[..., Page]) -> None:
    shots = shots_in_review(4)
    page = open_page("supervisor")
    page.goto(f"/shots/{shots[0].pk}/")
    press(page, "Alt+j", "Alt+j", "a")
    hears(page, "Approved: SH030")
    press(page, "Alt+j", "n")
    write(page, "A late note.")
    hears(page, "Note sent: SH040")
    assert list(Shot.objects.order_by("pk").values_list("status", flat=True)) == [
        "review",
        "review",
        "approved",
        "review",
    ]
    assert by_api(page, f"/shots/{shots[3].pk}/reviews")["results"][0]["body"] == "A late note."


def test_a_whole_note_typed_before_the_page_comes_is_for_the_shot_that_it_brings(
    open_page: Callable[..., Page],
) -> None:
    first, second = shots_in_review(2)
    page = open_page("supervisor")
    waiting: list[Route] = []
    page.route(f"**/shots/{second.pk}/", lambda route: waiting.append(route))
    page.goto(f"/shots/{first.pk}/")
    press(page, "Alt+j", "r")
    page.keyboard.type("Too cleann")
    press(page, "Backspace")
    write_on_frame(page, ".", "1042")
    sees_shot(page, first.code)
    waiting[0].continue_()
    hears(page, f"Revision asked for: {second.code}")
    (note,) = by_api(page, f"/shots/{second.pk}/reviews")["results"]
    assert (note["body"], note["frame_start"]) == ("Too clean.", 1042)


def test_keys_for_a_shot_that_cannot_be_reached_act_on_none(
    open_page: Callable[..., Page], complaints: list[str]
) -> None:
    first, second = shots_in_review(2)
    page = open_page("supervisor")
    page.route(f"**/shots/{second.pk}/", lambda route: route.abort())
    page.goto(f"/shots/{first.pk}/")
    press(page, "Alt+j", "a")
    expect(page.locator("#trouble")).to_contain_text("cannot be reached")
    sees_shot(page, first.code)
    assert set(Shot.objects.values_list("status", flat=True)) == {"review"}
    forgive(complaints, "ERR_FAILED")


def test_filters_travel_and_a_shot_that_leaves_the_list_is_no_dead_end(open_page: Callable[..., Page]) -> None:
    shots = shots_in_review(4)
    Shot.objects.filter(pk=shots[1].pk).update(status="final")
    page = open_page("supervisor")
    page.goto(f"/shots/{shots[0].pk}/?status=review")
    expect(page.locator(".travel-place")).to_have_text("1 of 3")
    press(page, "a")
    expect(page.locator(".travel-place")).to_contain_text("left the list, 2 in it")
    press(page, "Alt+j")
    sees_shot(page, "SH030")
    expect(page.locator(".travel-place")).to_have_text("1 of 2")
    assert page.url.endswith(f"/shots/{shots[2].pk}/?status=review")
