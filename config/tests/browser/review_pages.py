"""What somebody does on the page of a shot, and what they wait for there."""

from typing import Any

from playwright.sync_api import Locator, Page, expect

from shows.models import Shot
from shows.tests.factories import SequenceFactory, ShotFactory, VersionFactory


def shots_in_review(number: int) -> list[Shot]:
    """Shots of one sequence, SH010, SH020, …, each with a version to look at."""
    sequence = SequenceFactory()
    codes = [f"SH{10 * place:03d}" for place in range(1, number + 1)]
    shots: list[Shot] = [ShotFactory.create(sequence=sequence, code=code, status="review") for code in codes]
    for shot in shots:
        VersionFactory(shot=shot)
    return shots


def press(page: Page, *keys: str) -> None:
    for key in keys:
        page.keyboard.press(key)


def tab_to(page: Page, name: str, most: int = 60) -> None:
    """Goes on by Tab until a link of that name has the focus."""
    for _ in range(most):
        page.keyboard.press("Tab")
        if name in page.evaluate("() => document.activeElement.matches('a') ? document.activeElement.textContent : ''"):
            return
    raise AssertionError(f"No link {name} was reached by Tab.")


def write(page: Page, words: str) -> None:
    """Types, and sends by the keyboard."""
    page.keyboard.type(words)
    page.keyboard.press("Control+Enter")


def hears(page: Page, words: str) -> None:
    """Waits until the page says it."""
    expect(page.locator("#said p")).to_contain_text(words)


def sees_shot(page: Page, code: str) -> None:
    expect(page.locator("#shot-title")).to_have_text(code)


def body(page: Page) -> Locator:
    return page.locator("#composer-body")


def notes(page: Page) -> Locator:
    return page.locator("#notes .note")


def end_session(page: Page) -> None:
    """As if it had run out while the page was open."""
    page.context.clear_cookies(name="sessionid")


def forgive(complaints: list[str], words: str) -> None:
    """The browser writes each refused request on its console; those that a test provokes are no fault."""
    assert any(words in complaint for complaint in complaints)
    complaints[:] = [complaint for complaint in complaints if words not in complaint]


def by_api(page: Page, address: str) -> Any:
    """What the API says to the same browser."""
    return page.request.get(f"/api/v1{address}").json()
