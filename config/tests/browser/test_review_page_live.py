"""Two people on the page of one shot: each sees what the other does, and loses nothing of what is in the hands."""

import threading
from collections.abc import Callable, Iterator
from typing import Any

import pytest
import uvicorn
from django.conf import settings
from django.contrib.staticfiles import finders
from playwright.sync_api import Browser, Page, Route, expect

from config.accounts.models import User
from config.accounts.tests.factories import UserFactory
from config.serving.tests.server_process import free_port, wait_for
from config.tests.admin_pages import signed_in
from config.tests.browser.review_pages import body, forgive, notes, press, shots_in_review, write
from shows.services import reviews

pytestmark = pytest.mark.browser
Open = Callable[[User], Page]


@pytest.fixture
def address(transactional_db: None) -> Iterator[str]:
    """A server with sockets, in a thread of this process."""
    config = uvicorn.Config("config.asgi:application", port=free_port(), log_level="warning", ws="websockets-sansio",
                            timeout_graceful_shutdown=1)  # fmt: skip
    server = uvicorn.Server(config)
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    wait_for(f"127.0.0.1:{config.port}")
    yield f"http://127.0.0.1:{config.port}"
    server.should_exit = True
    thread.join(20)


@pytest.fixture
def opened(browser: Browser, address: str) -> Iterator[Open]:
    contexts: list[Any] = []

    def made(user: User) -> Page:
        context = browser.new_context(base_url=address)
        contexts.append(context)
        context.route("**/static/**", static_file)
        session = signed_in(user=user).cookies[settings.SESSION_COOKIE_NAME].value
        context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": session, "url": address}])
        return context.new_page()

    yield made
    for context in contexts:
        context.close()


def static_file(route: Route) -> None:
    """The server has none, for nothing is collected in tests."""
    path = finders.find(route.request.url.partition("/static/")[2])
    if path:
        route.fulfill(path=path)
    else:
        route.abort()


def live(page: Page) -> Any:
    return page.locator(".shot-live")


def test_two_people_see_each_other_at_work(opened: Open) -> None:
    (shot,) = shots_in_review(1)
    ida = UserFactory.create(roles=["supervisor"], display_name="Ida Roe")
    noor = UserFactory.create(roles=["supervisor"], display_name="Noor Haddad")
    own = reviews.add_review(shot.pk, by=ida, status="note", body="Edge flickers.")
    hers, his = opened(ida), opened(noor)
    for page in (hers, his):
        page.goto(f"/shots/{shot.pk}/")
    expect(live(hers)).to_contain_text("Live · Noor Haddad looks at it too")
    begin_to_write(hers, own.pk)
    press(his, "n")
    write(his, "Grain is soft.")
    expect(notes(hers).first).to_contain_text("Grain is soft.")
    press(his, "a")
    his.keyboard.press("Control+Enter")
    expect(hers.locator("#shot-head")).to_have_attribute("data-status", "approved")
    assert_nothing_is_lost(hers)
    hers.close()
    expect(live(his)).to_have_text("Live")
    noor.groups.clear()
    expect(live(his)).to_contain_text("This is no longer for you.")


def begin_to_write(page: Page, note: int) -> None:
    """A new note, and a change of the one that is there; the caret stays in the middle of it."""
    body(page).fill("Half a note")
    page.locator("[data-note-act='edit']").click()
    page.locator(f"#note-words-{note}").fill("Edge is calm")
    press(page, "ArrowLeft", "ArrowLeft")


def assert_nothing_is_lost(page: Page) -> None:
    page.keyboard.type("er ")
    words = page.locator(".note-edit textarea")
    expect(words).to_have_value("Edge is caer lm")
    expect(body(page)).to_have_value("Half a note")


def test_without_a_socket_the_page_looks_again(open_page: Callable[..., Page], complaints: list[str]) -> None:
    (shot,) = shots_in_review(1)
    page = open_page("supervisor", live=True)
    page.goto(f"/shots/{shot.pk}/")
    expect(live(page)).to_contain_text("No live updates; looking every 3 s")
    reviews.add_review(shot.pk, by=UserFactory.create(roles=["artist"]), status="note", body="Grain is soft.")
    expect(notes(page).first).to_contain_text("Grain is soft.")
    page.close()
    forgive(complaints, "/ws/shots/")
