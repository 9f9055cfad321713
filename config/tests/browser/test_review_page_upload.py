"""Handing in a version in a browser."""

from collections.abc import Callable

import pytest
from playwright.sync_api import FilePayload, Page, expect

from config.tests.browser.films import film, picture
from config.tests.browser.review_pages import forgive, hears, press
from crew.tests.factories import CrewMemberFactory
from shows.models import Shot, Version
from shows.tests.factories import ShotFactory

pytestmark = pytest.mark.browser

FILM = FilePayload(name="film.webm", mimeType="video/webm", buffer=film())
LIE = FilePayload(name="film.webm", mimeType="video/webm", buffer=b"<html>Not a film</html>" * 100)
SLOWLY = {"offline": False, "latency": 0, "downloadThroughput": -1, "uploadThroughput": 200_000}


@pytest.fixture
def shot(transactional_db: None) -> Shot:
    made: Shot = ShotFactory(frame_start=1001, frame_end=1048)
    return made


def begin(page: Page, shot: Shot, file: FilePayload) -> None:
    page.goto(f"/shots/{shot.pk}/")
    page.get_by_role("button", name="Hand in a version").first.click()
    page.get_by_label("Picture or video").set_input_files(file)
    page.get_by_label("What is new").fill("With a softer edge.")


def hand_in(page: Page) -> None:
    page.get_by_role("button", name="Hand in", exact=True).click()


def test_a_version_is_handed_in_and_shown(open_page: Callable[..., Page], shot: Shot) -> None:
    page = open_page("coordinator")
    begin(page, shot, FILM)
    hand_in(page)
    hears(page, "v001 is handed in")
    expect(page.locator("video")).to_have_js_property("readyState", 4)
    expect(page.locator(".version")).to_contain_text("v001")
    version = Version.objects.get()
    assert (version.comment, version.frame_count) == ("With a softer edge.", 48)
    assert page.url.endswith(f"?version={version.pk}")
    expect(page.locator("#composer-version")).to_have_value(str(version.pk))


def test_the_next_shot_carries_no_version_of_this_one(open_page: Callable[..., Page], shot: Shot) -> None:
    following = ShotFactory(sequence=shot.sequence)
    page = open_page("coordinator")
    begin(page, shot, FILM)
    hand_in(page)
    hears(page, "v001 is handed in")
    press(page, "Alt+j")
    expect(page.locator("#shot-title")).to_have_text(following.code)
    assert page.url.endswith(f"/shots/{following.pk}/")


def test_sending_shows_how_far_it_is_and_can_be_stopped(
    open_page: Callable[..., Page], shot: Shot, complaints: list[str]
) -> None:
    page = open_page("coordinator")
    large = FilePayload(name="still.png", mimeType="image/png", buffer=picture() + bytes(2_000_000))
    begin(page, shot, large)
    page.context.new_cdp_session(page).send("Network.emulateNetworkConditions", SLOWLY)
    hand_in(page)
    page.wait_for_function("() => document.querySelector('#upload progress').value > 0.02")
    expect(page.locator("[data-progress-text]")).to_contain_text("of 2.")
    page.get_by_role("button", name="Stop sending").click()
    expect(page.get_by_label("What is new")).to_have_value("With a softer edge.")
    expect(page.get_by_role("button", name="Hand in", exact=True)).to_be_enabled()
    assert not Version.objects.exists()


def test_a_file_that_lies_is_refused_beside_its_field_and_nothing_is_lost(
    open_page: Callable[..., Page], shot: Shot, complaints: list[str]
) -> None:
    page = open_page("coordinator")
    begin(page, shot, LIE)
    hand_in(page)
    expect(page.locator("#upload-media-error")).not_to_be_empty()
    expect(page.get_by_label("What is new")).to_have_value("With a softer edge.")
    page.get_by_label("Picture or video").set_input_files(FILM)
    hand_in(page)
    hears(page, "v001 is handed in")
    forgive(complaints, "400")


def test_words_about_a_version_survive_a_reload(open_page: Callable[..., Page], shot: Shot) -> None:
    page = open_page("coordinator")
    begin(page, shot, FILM)
    page.reload()
    page.get_by_role("button", name="Hand in a version").first.click()
    expect(page.get_by_label("What is new")).to_have_value("With a softer edge.")


def test_an_artist_hands_in_for_own_shots_only(open_page: Callable[..., Page], shot: Shot) -> None:
    page = open_page("artist")
    page.goto(f"/shots/{shot.pk}/")
    expect(page.get_by_role("button", name="Hand in a version")).to_have_count(0)
    user = page.locator("#trouble").get_attribute("data-user")
    Shot.objects.update(assigned_to=CrewMemberFactory(user_id=user))
    begin(page, shot, FILM)
    hand_in(page)
    hears(page, "v001 is handed in")
