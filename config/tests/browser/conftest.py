"""A real browser against a real server; whatever the browser complains about fails the test."""

import os
import shutil
from collections.abc import Callable, Iterator
from typing import Any
from urllib.parse import urlsplit

import pytest
from django.conf import settings
from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page, Request

from catalog.tests.library.conftest import source
from config.tests.admin_pages import signed_in

# Fixtures of other directories that browsers need too.
__all__ = ["source"]

# The live server has no sockets. The page of a shot would look again and again, at last while the tables are emptied.
QUIET = """
    const Real = WebSocket;
    const silent = () => Object.assign(new EventTarget(), { close() {} });
    window.WebSocket = function (address) {
      return String(address).includes("/ws/shots/") ? silent() : new Real(address);
    };
"""
FLAGS = ("--no-sandbox", "--disable-dev-shm-usage", "--disable-gpu", "--disable-background-networking")


@pytest.fixture(scope="session", autouse=True)
def _database_beside_playwright() -> Iterator[None]:
    """Playwright's loop runs in the thread of the tests, where Django would refuse to ask the database."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "1")
        yield


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args: dict[str, Any]) -> dict[str, Any]:
    """The machine's own Chromium, where there is one."""
    own = os.environ.get("CHROMIUM") or shutil.which("chromium") or shutil.which("google-chrome")
    return browser_type_launch_args | {"args": [*FLAGS], **({"executable_path": own} if own else {})}


@pytest.fixture
def complaints() -> list[str]:
    """Errors on the console, breaches of the content policy among them, and requests to other hosts."""
    return []


@pytest.fixture
def open_page(
    browser: Browser, live_server: Any, complaints: list[str], transactional_db: None
) -> Iterator[Callable[..., Page]]:
    """`open_page("supervisor", width=400, scheme="dark")`: a page in a browser where a new user of that role signed in.

    Without a role nobody is signed in. A page of a shot that is `live` looks for changes by itself. At the end there
    must be no complaints.
    """
    contexts: list[BrowserContext] = []

    def opened(*roles: str, width: int = 1280, height: int = 900, scheme: Any = "light", live: bool = False) -> Page:
        size = {"width": width, "height": height}
        context = browser.new_context(base_url=live_server.url, viewport=size, color_scheme=scheme)  # type: ignore[arg-type]
        contexts.append(context)
        if not live:
            context.add_init_script(QUIET)
        watch(context, live_server.url, complaints)
        if roles:
            session = signed_in(*roles).cookies[settings.SESSION_COOKIE_NAME].value
            context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": session, "url": live_server.url}])
        return context.new_page()

    yield opened
    for context in contexts:
        context.close()
    assert complaints == []


def watch(context: BrowserContext, home: str, complaints: list[str]) -> None:
    """Writes down what a browser complains about."""

    def hear(message: ConsoleMessage) -> None:
        if message.type in ("error", "warning"):
            complaints.append(f"{message.type} at {message.location['url']}: {message.text}")

    def look(request: Request) -> None:
        if urlsplit(request.url).scheme in ("http", "https") and not request.url.startswith(home):
            complaints.append(f"asked another host: {request.url}")

    context.on("console", hear)
    context.on("weberror", lambda error: complaints.append(f"uncaught: {error.error}"))
    context.on("request", look)
