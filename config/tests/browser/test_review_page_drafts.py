"""Words that were typed are not lost, whatever happens to the page, the session or the connection."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from config.accounts.models import User
from config.accounts.tests.factories import PASSWORD, UserFactory
from config.tests.browser.review_pages import (
    body,
    end_session,
    forgive,
    hears,
    notes,
    press,
    sees_shot,
    shots_in_review,
)
from shows.models import Review, Shot
from shows.tests.factories import ReviewFactory

pytestmark = pytest.mark.browser

WORDS = "The rope boils where it crosses the sleeve."
TROUBLE = "#trouble"


@pytest.fixture
def shot(transactional_db: None) -> Shot:
    return shots_in_review(2)[0]


def begin(page: Page, shot: Shot, words: str = WORDS) -> None:
    page.goto(f"/shots/{shot.pk}/")
    press(page, "n")
    page.keyboard.type(words)


def sign_in_elsewhere(page: Page, user: User) -> None:
    """By the link of the banner, in another tab."""
    with page.context.expect_page() as opened:
        page.locator(f"{TROUBLE} a").click()
    tab = opened.value
    tab.get_by_label("E-mail").fill(user.email)
    tab.get_by_label("Password").fill(PASSWORD)
    with tab.expect_navigation():
        tab.keyboard.press("Enter")
    tab.close()


def user_on(page: Page) -> User:
    user: User = User.objects.get(pk=page.locator(TROUBLE).get_attribute("data-user"))
    return user


def test_a_draft_survives_a_reload_and_goes_when_it_is_sent(open_page: Callable[..., Page], shot: Shot) -> None:
    page = open_page("supervisor")
    begin(page, shot)
    page.reload()
    expect(body(page)).to_have_value(WORDS)
    expect(page.locator("#composer [data-restored]")).to_be_visible()
    body(page).press("Control+Enter")
    expect(notes(page)).to_have_count(1)
    page.reload()
    expect(body(page)).to_have_value("")


def test_a_draft_waits_at_its_shot_for_its_writer(open_page: Callable[..., Page], shot: Shot) -> None:
    page = open_page("supervisor")
    begin(page, shot)
    press(page, "Alt+j")
    sees_shot(page, "SH020")
    expect(body(page)).to_have_value("")
    press(page, "Alt+k")
    expect(body(page)).to_have_value(WORDS)


def test_an_ended_session_keeps_the_words_until_they_are_sent_again(
    open_page: Callable[..., Page], shot: Shot, complaints: list[str]
) -> None:
    page = open_page("supervisor")
    begin(page, shot)
    user = user_on(page)
    end_session(page)
    press(page, "Control+Enter")
    expect(page.locator(TROUBLE)).to_contain_text("Your session has ended.")
    expect(body(page)).to_have_value(WORDS)
    sign_in_elsewhere(page, user)
    page.get_by_role("button", name="Try again").click()
    expect(notes(page)).to_contain_text(WORDS)
    assert Review.objects.get().created_by == user
    forgive(complaints, "401")


def test_an_ended_session_keeps_the_words_over_a_reload(
    open_page: Callable[..., Page], shot: Shot, complaints: list[str]
) -> None:
    page = open_page("supervisor")
    begin(page, shot)
    user = user_on(page)
    end_session(page)
    page.reload()
    page.get_by_label("E-mail").fill(user.email)
    page.get_by_label("Password").fill(PASSWORD)
    page.keyboard.press("Enter")
    expect(body(page)).to_have_value(WORDS)


def test_words_do_not_go_out_under_the_name_of_who_signed_in_since(
    open_page: Callable[..., Page], shot: Shot, complaints: list[str]
) -> None:
    page = open_page("supervisor")
    begin(page, shot)
    end_session(page)
    press(page, "Control+Enter")
    other = UserFactory.create(roles=["supervisor"])
    sign_in_elsewhere(page, other)
    page.get_by_role("button", name="Try again").click()
    expect(page.locator(TROUBLE)).to_contain_text(f"signed in as {other.display_name} now")
    assert not Review.objects.exists()
    forgive(complaints, "401")


def test_without_a_connection_the_words_stay_and_go_out_once(
    open_page: Callable[..., Page], shot: Shot, complaints: list[str]
) -> None:
    page = open_page("supervisor")
    begin(page, shot)
    page.context.set_offline(True)
    press(page, "Control+Enter")
    expect(page.locator(TROUBLE)).to_contain_text("cannot be reached")
    page.context.set_offline(False)
    page.get_by_role("button", name="Try again").click()
    expect(notes(page)).to_have_count(1)
    forgive(complaints, "ERR_INTERNET_DISCONNECTED")


def test_a_lost_answer_makes_no_second_note(open_page: Callable[..., Page], shot: Shot, complaints: list[str]) -> None:
    page = open_page("supervisor")
    begin(page, shot)
    page.route("**/reviews", lambda route: (route.fetch(), route.abort()), times=1)
    press(page, "Control+Enter")
    expect(page.locator(TROUBLE)).to_be_visible()
    page.get_by_role("button", name="Try again").click()
    expect(notes(page)).to_have_count(1)
    hears(page, "Note sent")
    assert Review.objects.count() == 1
    forgive(complaints, "ERR_FAILED")


def test_words_of_a_note_that_was_undone_come_back(open_page: Callable[..., Page], shot: Shot) -> None:
    page = open_page("supervisor")
    begin(page, shot)
    press(page, "Control+Enter")
    hears(page, "Note sent")
    press(page, "u")
    hears(page, "Undone")
    expect(body(page)).to_have_value(WORDS)


def test_an_edit_that_was_overtaken_shows_both_and_keeps_the_words(
    open_page: Callable[..., Page], shot: Shot, complaints: list[str]
) -> None:
    page = open_page("supervisor")
    page.goto(f"/shots/{shot.pk}/")
    note = ReviewFactory(shot=shot, created_by=user_on(page), body="Before.")
    page.reload()
    page.get_by_role("button", name="Edit this note").click()
    page.keyboard.type(" Mine.")
    Review.objects.filter(pk=note.pk).update(body="Theirs.")
    press(page, "Control+Enter")
    expect(page.locator("[data-stale]")).to_be_visible()
    expect(page.locator(".note-body")).to_have_text("Theirs.")
    press(page, "Control+Enter")
    expect(page.locator(".note-body")).to_have_text("Before. Mine.")
    forgive(complaints, "412")
