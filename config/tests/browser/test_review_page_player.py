"""Pictures and films on the page of a shot: which frame is on the screen, and what its number is."""

from collections.abc import Callable
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from playwright.sync_api import Page, expect

from config.accounts.tests.factories import UserFactory
from config.tests.browser.films import READ_STRIPES, film, picture
from config.tests.browser.review_pages import hears, press, write
from shows.models import Review, Shot
from shows.services.media.handing_in import hand_in_version
from shows.tests.factories import ReviewFactory, ShotFactory

pytestmark = pytest.mark.browser


def with_media(content: bytes, name: str, **fields: Any) -> Shot:
    shot: Shot = ShotFactory(status="review", **fields)
    by = UserFactory.create(roles=["producer"])
    hand_in_version(shot.pk, by=by, file=SimpleUploadedFile(name, content))
    return shot


@pytest.fixture
def filmed(transactional_db: None) -> Shot:
    """Forty-eight frames for a cut of forty, with a handle of four before it."""
    return with_media(film(), "film.webm", frame_start=1001, frame_end=1040, head_handle=4, tail_handle=4)


def opened(page: Page, shot: Shot, query: str = "") -> Page:
    page.goto(f"/shots/{shot.pk}/{query}")
    page.wait_for_function("() => document.querySelector('video, img.media')?.readyState !== 0")
    return page


def shows_frame(page: Page, frame: int) -> None:
    """The number says it, and so does the picture."""
    expect(page.locator(".frame-number")).to_have_value(str(frame))
    page.wait_for_function("() => !document.querySelector('video').seeking")
    assert page.locator("video").evaluate(READ_STRIPES) + 997 == frame


def test_the_number_is_that_of_the_frame_on_the_screen(open_page: Callable[..., Page], filmed: Shot) -> None:
    page = opened(open_page("supervisor"), filmed)
    shows_frame(page, 997)
    press(page, *["."] * 5)
    shows_frame(page, 1002)
    press(page, ",", "ArrowRight", "ArrowRight")
    shows_frame(page, 1003)
    press(page, "End")
    shows_frame(page, 1044)


def test_each_frame_of_a_film_can_be_reached(open_page: Callable[..., Page], filmed: Shot) -> None:
    page = opened(open_page("supervisor"), filmed)
    for frame in range(997, 1045):
        shows_frame(page, frame)
        press(page, ".")


def test_it_stops_on_the_frame_whose_number_it_shows(open_page: Callable[..., Page], filmed: Shot) -> None:
    page = opened(open_page("supervisor"), filmed)
    press(page, " ")
    page.wait_for_function("() => document.querySelector('.frame-number').value > 1005")
    press(page, " ")
    expect(page.get_by_role("button", name="Play", exact=True)).to_be_visible()
    shows_frame(page, int(page.locator(".frame-number").input_value()))


def test_a_note_takes_the_frames_that_are_shown(open_page: Callable[..., Page], filmed: Shot) -> None:
    page = opened(open_page("supervisor"), filmed)
    page.locator(".frame-number").fill("1010")
    press(page, "Enter", "Tab")
    shows_frame(page, 1010)
    press(page, "f", ".", ".", "g", "r")
    write(page, "The rope boils.")
    hears(page, "Revision asked for")
    review = Review.objects.get()
    assert (review.frame_start, review.frame_end, review.status) == (1010, 1012, "needs_revision")


def test_a_note_leads_to_its_frame(open_page: Callable[..., Page], filmed: Shot) -> None:
    ReviewFactory(shot=filmed, frame_start=1020)
    page = opened(open_page("supervisor"), filmed)
    page.get_by_role("link", name="Frame 1020").click()
    shows_frame(page, 1020)
    page.locator(".mark").click()
    shows_frame(page, 1020)


def test_an_address_names_a_frame(open_page: Callable[..., Page], filmed: Shot) -> None:
    shows_frame(opened(open_page("supervisor"), filmed, "?frame=1033"), 1033)


def test_the_timeline_goes_by_arrows_for_who_turned_the_keys_off(open_page: Callable[..., Page], filmed: Shot) -> None:
    page = open_page("supervisor")
    opened(page, filmed)
    page.evaluate("document.body.dataset.shortcuts = 'off'")
    press(page, ".")
    shows_frame(page, 997)
    page.get_by_role("slider", name="Frame").press("ArrowRight")
    shows_frame(page, 998)


def test_it_plays_backwards_and_faster(open_page: Callable[..., Page], filmed: Shot) -> None:
    page = opened(open_page("supervisor"), filmed, "?frame=1030")
    press(page, "j", "j")
    expect(page.locator(".speed")).to_have_text("-2×")
    page.wait_for_function("() => document.querySelector('.frame-number').value < 1025")
    press(page, "l", "l")
    expect(page.locator(".speed")).to_have_text("2×")
    press(page, "k")
    expect(page.locator(".speed")).to_have_text("1×")


def test_a_picture_is_looked_at_closely(open_page: Callable[..., Page]) -> None:
    page = opened(open_page("supervisor"), with_media(picture(), "still.png"))
    zoom = page.locator(".zoom-now")
    fitting = zoom.inner_text()
    press(page, "1")
    expect(zoom).to_have_text("100 %")
    before = place_of(page)
    press(page, "ArrowLeft")
    assert place_of(page) > before
    press(page, "0")
    expect(zoom).to_have_text(fitting)


def place_of(page: Page) -> float:
    left: float = page.locator("img.media").evaluate("image => image.getBoundingClientRect().left")
    return left


def test_a_wheel_zooms_about_the_pointer_and_a_drag_moves(open_page: Callable[..., Page]) -> None:
    page = opened(open_page("supervisor"), with_media(picture(), "still.png"))
    box = page.locator(".view").bounding_box()
    assert box
    middle = (box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    page.mouse.move(*middle)
    page.mouse.wheel(0, -600)
    expect(page.locator(".view")).to_have_class("view is-ready is-larger")
    before = place_of(page)
    page.mouse.down()
    page.mouse.move(middle[0] + 50, middle[1])
    page.mouse.up()
    assert place_of(page) == pytest.approx(before + 50, abs=1)
