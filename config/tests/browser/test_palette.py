"""The palette that Ctrl+K opens on every page."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Locator, Page, expect

from shows.tests.factories import ShotFactory, ShowFactory

pytestmark = pytest.mark.browser
Open = Callable[..., Page]


@pytest.mark.parametrize(("width", "scheme"), [(400, "dark"), (1920, "light")])
def test_the_palette_leads_to_places_acts_and_what_is_found(width: int, scheme: str, open_page: Open) -> None:
    shot = ShotFactory(code="WHALE_0010")
    page = open_page("producer", width=width, scheme=scheme)
    page.goto("/me/")
    ask(page, "prod schedule")
    expect(chosen(page)).to_contain_text("Schedule a production")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_contain_text("production")
    ask(page, "whale_0010")
    expect(page.locator("#palette [role=status]")).to_contain_text("found")
    expect(chosen(page)).to_contain_text("WHALE_0010")
    page.keyboard.press("ArrowUp")
    expect(chosen(page)).to_contain_text("Search for “whale_0010”")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    page.wait_for_url(f"**/shots/{shot.pk}/**")


def test_the_palette_offers_what_the_role_may_do_and_closes_again(open_page: Open) -> None:
    ShowFactory(title="Night Train")
    page = open_page("clerk")
    page.goto("/me/")
    ask(page, "night train")
    expect(page.locator("#palette [role=status]")).to_have_text("Nothing found.")
    page.locator("#palette input").fill("new")
    expect(page.get_by_role("option", name="New film")).to_be_visible()
    expect(page.get_by_role("option", name="New show")).to_have_count(0)
    page.locator("#palette input").fill("dark")
    page.keyboard.press("Enter")
    expect(page.locator("html")).to_have_attribute("data-theme", "dark")
    page.keyboard.press("Control+k")
    page.keyboard.press("Escape")
    expect(page.locator("#palette")).not_to_be_visible()


def ask(page: Page, words: str) -> None:
    page.wait_for_load_state()
    page.keyboard.press("Control+k")
    page.locator("#palette input").fill(words)


def chosen(page: Page) -> Locator:
    return page.locator("#palette [aria-selected=true]")
