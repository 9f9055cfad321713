"""Every page, in both colours, narrow and wide: nothing that keeps somebody out, nothing that hangs over the edge."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

from config.tests.browser.studio import crew, shop, studio

pytestmark = pytest.mark.browser

FOR_NOBODY = ("/login/", "/password/reset/", "/password/reset/sent/", "/password/reset/done/", "/password/reset/x/y/")
FOR_ANYBODY = ("/design/", "/films/", "/films/?view=table", "/films/?q=nothing", "/films/{film}/")
FOR_CLERK = (
    *("/", "/films/{film}/", "/films/new/", "/films/{film}/edit/", "/rentals/desk/", "/rentals/desk/?scan=nobody"),
    *("/rentals/desk/?scan=carla", "/rentals/desk/?customer={customer}&copy={copy}", "/rentals/desk/?mode=overdue"),
    *("/rentals/desk/?mode=returns", "/rentals/desk/?mode=returns&returned={rental}", "/customers/"),
    *("/customers/?q=nothing", "/customers/{customer}/", "/reports/", "/reports/?report=revenue&by=category"),
    *("/reports/?report=customers", "/reports/?report=rentals", "/reports/?report=revenue"),
)
FOR_COORDINATOR = (
    *(
        "/",
        "/shows/",
        "/shows/?q=nothing",
        "/shows/NT/",
        "/shows/NT/?view=table",
        "/shows/NT/?q=nothing",
        "/shows/NEW/",
    ),
    *("/shots/", "/new/show/", "/shows/NT/edit/", "/shows/NT/new/sequence/", "/shows/NT/new/shot/"),
    *("/shows/NT/sequences/SQ1/edit/", "/shots/{shot}/edit/", "/shows/NT/import/"),
    *("/crew/", "/crew/?q=nothing", "/crew/new/", "/crew/{person}/", "/crew/{person}/edit/", "/crew/{person}/end/"),
    *("/crew/schedule/", "/crew/schedule/?zoom=day", "/crew/schedule/?zoom=month", "/productions/"),
    *("/productions/?when=past", "/productions/new/", "/productions/{production}/", "/productions/{production}/edit/"),
    *("/me/", "/password/change/", "/password/change/done/"),
)
PAGES = {
    "": (*FOR_NOBODY, *FOR_ANYBODY),
    "coordinator": FOR_COORDINATOR,
    "artist": ("/", "/shows/NT/"),
    "clerk": FOR_CLERK,
}
# Each width once and each scheme once: a page costs a second.
LOOKS = [(400, "dark"), (1920, "light")]


@pytest.mark.parametrize(("width", "scheme"), LOOKS)
@pytest.mark.parametrize("role", PAGES)
def test_pages_keep_nobody_out(role: str, width: int, scheme: str, open_page: Callable[..., Page]) -> None:
    ids = {"shot": studio().pk, **crew(), **shop()}
    page = open_page(*filter(None, [role]), width=width, scheme=scheme)
    found: list[tuple[str, ...]] = []
    for path in PAGES[role]:
        page.goto(path.format(**ids))
        found += [(path, *barrier) for barrier in barriers(page)]
        found += [(path, "overflow")] * overflows(page)
    assert found == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_what_opens_above_a_page_keeps_nobody_out(scheme: str, open_page: Callable[..., Page]) -> None:
    studio()
    page = open_page("coordinator", width=400, scheme=scheme)
    page.goto("/shows/NT/")
    found = []
    for _ in opened_one_after_the_other(page):
        found += barriers(page)
    assert found == []


def opened_one_after_the_other(page: Page) -> Iterator[None]:
    page.locator(".page-head summary").click()
    yield
    page.locator(".top-bar summary").click()
    yield
    page.keyboard.press("Escape")
    page.keyboard.press("?")
    yield
    page.keyboard.press("Escape")
    page.keyboard.press("Control+k")
    page.locator("#palette input").fill("n")
    yield
    page.keyboard.press("Escape")
    page.locator(".plots-title").click()
    page.locator(".plot-numbers summary").first.click()
    yield
    page.get_by_role("button", name="Select", exact=True).first.click()
    page.locator("#bulk [name=status]").select_option("final")
    yield
    page.get_by_role("button", name="Preview").click()
    page.get_by_role("dialog", name="What will change").wait_for()
    yield


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [400, 1920])
def test_what_stands_against_a_move_keeps_nobody_out(width: int, scheme: str, open_page: Callable[..., Page]) -> None:
    crew()
    page = open_page("coordinator", width=width, scheme=scheme)
    page.goto("/crew/schedule/?zoom=day")
    page.locator("[data-job]").first.focus()
    for key in ("Enter", *["ArrowRight"] * 5, "Enter"):
        page.keyboard.press(key)
    page.get_by_role("dialog", name="Not everybody can on these days").wait_for()
    assert barriers(page) == []
    page.locator("#plan .windows button").first.click()
    page.get_by_role("dialog", name="What will happen").wait_for()
    assert barriers(page) == []


@pytest.mark.parametrize("path", ["/nowhere/", "/shows/NONE/"])
def test_a_refusal_keeps_nobody_out(path: str, open_page: Callable[..., Page], complaints: list[str]) -> None:
    page = open_page("artist", width=400)
    page.goto(path)
    assert barriers(page) == []
    assert all("404" in complaint for complaint in complaints)
    complaints.clear()


def barriers(page: Page, part: str = "html") -> list[tuple[str, str]]:
    """What axe calls serious or critical: the rule, and where."""
    answer: Any = Axe().run(page, context=part).response
    return [
        (rule["id"], str(node["target"]))
        for rule in answer["violations"]
        if rule["impact"] in ("serious", "critical")
        for node in rule["nodes"]
    ]


def overflows(page: Page) -> bool:
    return bool(page.evaluate("document.documentElement.scrollWidth > innerWidth"))
