"""The panel on a film's page that asks the catalogue."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from catalog.tests.ai.model_server import ModelServer, running_model
from catalog.tests.factories import FilmFactory

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def model(settings: Any) -> Iterator[ModelServer]:
    with running_model() as server:
        settings.AI_MODEL, settings.AI_HEARTBEAT_SECONDS = "waiting", 0.1
        yield server


def ask(page: Page, question: str) -> None:
    page.get_by_label("Your question").fill(question)
    page.keyboard.press("Enter")


def test_a_film_is_asked_about_on_its_page(open_page: Callable[..., Page], model: ModelServer, settings: Any) -> None:
    film = FilmFactory(title="Brine", length=92)
    page = open_page(width=400)
    page.goto(f"/films/{film.pk}/")
    expect(page.locator("[data-provider]")).to_have_text("built-in search")
    ask(page, "How long is it?")
    expect(page.locator("[data-text]")).to_contain_text("Brine is 92 minutes long.")
    expect(page.get_by_role("list", name="Films of the answer").get_by_role("link")).to_have_text(["Brine"])
    assert Axe().run(page).violations_count == 0
    settings.AI_BASE_URL = model.address
    ask(page, "How long is this film?")
    expect(page.locator("[data-text]")).to_have_text("Well, ")
    page.get_by_role("button", name="Stop").click()
    expect(page.locator("[data-trouble]")).to_have_text("You stopped the answer.")
    expect(page.get_by_role("button", name="Stop")).to_be_hidden()
