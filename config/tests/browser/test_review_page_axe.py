"""The page of a shot in both colours, narrow and wide: nothing keeps anybody out, nothing hangs over the edge."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from playwright.sync_api import Page, expect

from config.accounts.models import User
from config.accounts.tests.factories import UserFactory
from config.tests.browser.films import film, picture
from config.tests.browser.review_pages import press
from config.tests.browser.test_pages_axe import barriers, overflows
from shows.models import Review, Shot
from shows.services.media.handing_in import hand_in_version
from shows.tests.factories import ReviewFactory, ShotFactory

pytestmark = pytest.mark.browser

EVERYWHERE = [(width, scheme) for width in (400, 1920) for scheme in ("light", "dark")]


def handed_in(name: str, content: bytes) -> Shot:
    shot: Shot = ShotFactory(description="The packet clears the harbour mouth. " * 5)
    by = UserFactory.create(roles=["producer"])
    hand_in_version(shot.pk, by=by, file=SimpleUploadedFile(name, content), comment="Grain matched.")
    return shot


def filmed_with_notes() -> Shot:
    shot = handed_in("film.webm", film())
    for place, status in enumerate(["approved", "needs_revision", "note", "note"]):
        long = "The rope boils where it crosses the sleeve, and averylongwordwithoutanyspaceinit. " * place
        ReviewFactory(shot=shot, status=status, body=long, frame_start=1010, frame_end=1020, is_open=place % 2)
    Review.objects.filter(status="note").first().delete()  # type: ignore[union-attr]
    return shot


@pytest.mark.parametrize(("width", "scheme"), EVERYWHERE)
def test_the_page_keeps_nobody_out(width: int, scheme: str, open_page: Callable[..., Page]) -> None:
    page = open_page("producer", width=width, scheme=scheme)
    found: list[Any] = []
    for shot in (ShotFactory(), handed_in("still.png", picture()), filmed_with_notes()):
        page.goto(f"/shots/{shot.pk}/")
        for state in opened_one_after_the_other(page, width):
            found += [(state, *barrier) for barrier in barriers(page)] + [(state, "overflow")] * overflows(page)
    assert found == []


def opened_one_after_the_other(page: Page, width: int) -> Iterator[str]:
    yield "page"
    page.locator("#status-button").click()
    yield "status"
    press(page, "Escape", "?")
    yield "keys"
    press(page, "Escape", "n")
    page.locator(".composer-more summary").click()
    yield "composer"
    page.get_by_role("button", name="History").click()
    expect(page.locator(".change-list")).to_be_visible()
    yield "history"
    if width < 600:
        page.get_by_role("button", name="Versions").click()
    page.get_by_role("button", name="Hand in a version").first.click()
    yield "upload"


def test_an_artist_has_no_key_for_what_an_artist_may_not(open_page: Callable[..., Page]) -> None:
    shot = ShotFactory(status="review")
    page = open_page("artist")
    page.goto(f"/shots/{shot.pk}/")
    press(page, "a", "r", "?")
    keys = page.locator("#keys dl")
    expect(keys).to_contain_text("Write a note")
    expect(keys).not_to_contain_text("Approve")
    assert (Shot.objects.get().status, Review.objects.count()) == ("review", 0)


def test_single_keys_rest_for_who_turned_them_off(open_page: Callable[..., Page]) -> None:
    first = ShotFactory(status="review")
    second = ShotFactory(sequence=first.sequence)
    page = open_page("supervisor")
    User.objects.update(shortcuts=False)
    page.goto(f"/shots/{first.pk}/")
    press(page, "a", "n", "Alt+j")
    expect(page.locator("#shot-title")).to_have_text(second.code)
    assert not Review.objects.exists()


def test_every_control_is_reached_by_tab(open_page: Callable[..., Page]) -> None:
    page = open_page("producer")
    page.goto(f"/shots/{filmed_with_notes().pk}/")
    reached = set()
    for _ in range(90):
        press(page, "Tab")
        reached.add(page.evaluate("() => document.activeElement.outerHTML"))
    wanted = page.locator("#content :is(a, button, input, select, textarea, summary):visible:not([tabindex='-1'])")
    missed = set(wanted.evaluate_all("all => all.map(one => one.outerHTML)")) - reached
    assert [one for one in missed if 'type="radio"' not in one] == []
