"""What somebody does on the pages from end to end, narrow and wide."""

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from config.accounts.tests.factories import PASSWORD, UserFactory
from config.tests.browser.studio import studio
from crew.tests.factories import CrewMemberFactory
from shows.models import Shot, Show
from shows.tests.factories import SequenceFactory, ShowFactory

pytestmark = pytest.mark.browser
Open = Callable[..., Page]
TABLE = b"sequence,code,status\nSQ1,0010,review\nSQ1,0020,nonsense\nSQ2,0010,\n"
SIZES = pytest.mark.parametrize(("width", "scheme"), [(400, "dark"), (1920, "light")])


@pytest.fixture(autouse=True)
def _own_folder(tmp_path: Any, settings: Any) -> None:
    settings.MEDIA_ROOT = tmp_path


@SIZES
def test_signing_in_leads_to_the_page_that_was_asked_for(width: int, scheme: str, open_page: Open) -> None:
    user = UserFactory.create(roles=["artist"])
    page = open_page(width=width, scheme=scheme)
    page.goto("/shows/")
    page.keyboard.type(user.email)
    page.keyboard.press("Tab")
    page.keyboard.type("wrong")
    page.keyboard.press("Enter")
    expect(page.get_by_role("alert")).to_contain_text("No active account")
    page.get_by_label("Password").fill(PASSWORD)
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="Shows", exact=True)).to_be_visible()
    page.locator(".top-bar summary").click()
    page.get_by_role("button", name="Sign out").click()
    expect(page.get_by_role("heading", name="Sign in")).to_be_visible()


@SIZES
def test_a_show_is_made_by_hand(width: int, scheme: str, open_page: Open) -> None:
    CrewMemberFactory(full_name="Ada Crew")
    page = open_page("producer", width=width, scheme=scheme)
    page.goto("/shows/")
    page.get_by_role("link", name="New show").last.click()
    fill(page, "Create show", Title="Night Train", Code="NT")
    page.get_by_role("link", name="Add a sequence").click()
    fill(page, "Create sequence", Code="SQ1")
    page.get_by_role("link", name="Add shot").click()
    page.get_by_label("Assigned to").press_sequentially("ada")
    expect(page.locator("#people option")).to_have_count(2)
    fill(page, "Create shot", Code="0010", **{"Assigned to": "Ada Crew"})
    expect(page.locator(".tile")).to_contain_text("Ada Crew")


def fill(page: Page, button: str, **fields: str) -> None:
    for label, value in fields.items():
        page.get_by_label(label, exact=False).first.fill(value)
    page.get_by_role("button", name=button).click()


@SIZES
def test_a_spreadsheet_is_looked_at_and_then_written(width: int, scheme: str, open_page: Open) -> None:
    ShowFactory(code="NT")
    page = open_page("coordinator", width=width, scheme=scheme)
    page.goto("/shows/NT/import/")
    file: Any = {"name": "shots.csv", "mimeType": "text/csv", "buffer": TABLE}
    page.get_by_label("CSV file").set_input_files(file)
    page.get_by_role("button", name="Check the spreadsheet").click()
    expect(page.get_by_role("row").nth(1)).to_contain_text("There is no status")
    assert not Shot.objects.exists()
    page.get_by_role("button", name="Write the 2 good rows, leave 1 out").click()
    expect(page.get_by_role("status")).to_contain_text("2 shots created")
    page.get_by_role("link", name="To the board").click()
    expect(page.locator(".tile")).to_have_count(2)


@SIZES
def test_who_was_overtaken_keeps_their_words(width: int, scheme: str, open_page: Open) -> None:
    sequence = SequenceFactory(show=ShowFactory(code="NT"), code="SQ1")
    page = open_page("coordinator", width=width, scheme=scheme)
    page.goto("/shows/NT/sequences/SQ1/edit/")
    page.get_by_label("Description").fill("Mine")
    type(sequence).objects.filter(pk=sequence.pk).update(description="Theirs")
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_role("alert")).to_contain_text("Description: Theirs")
    expect(page.get_by_label("Description")).to_have_value("Mine")


def test_the_colours_change_at_once_and_come_again_without_a_flash(open_page: Open) -> None:
    page = open_page("artist", scheme="light")
    page.goto("/")
    page.locator(".top-bar summary").click()
    page.get_by_role("button", name="Dark").click()
    dark = background(page)
    assert dark != "rgb(244, 244, 245)"
    answer = page.goto("/shows/")
    assert answer
    assert 'data-theme="dark"' in answer.text()
    assert background(page) == dark


def background(page: Page) -> str:
    colour: str = page.evaluate("getComputedStyle(document.body).backgroundColor")
    return colour


@SIZES
def test_the_navigation_is_within_reach(width: int, scheme: str, open_page: Open) -> None:
    studio()
    page = open_page("supervisor", width=width, scheme=scheme)
    page.goto("/")
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="Skip to the content")).to_be_focused()
    page.get_by_role("navigation", name="Main").get_by_role("link", name="Shows").click()
    page.get_by_role("link", name="Night Train").click()
    expect(page.get_by_role("heading", name="Night Train")).to_be_visible()
    assert Show.objects.count() == 2


def test_every_number_of_my_work_leads_to_a_list(open_page: Open) -> None:
    studio()
    page = open_page("supervisor")
    page.goto("/")
    figure = page.locator(".figure").filter(has_text="Review")
    expect(figure).to_contain_text("1")
    figure.click()
    expect(page.locator("[data-shot]")).to_have_count(1)
    expect(page.locator("[name=status]").first).to_have_value("review")


@SIZES
def test_pages_work_without_script(width: int, scheme: str, browser: Any, live_server: Any, open_page: Open) -> None:
    studio()
    session = open_page("coordinator").context.storage_state()
    size = {"width": width, "height": 900}
    context = browser.new_context(
        base_url=live_server.url, java_script_enabled=False, storage_state=session, viewport=size, color_scheme=scheme
    )
    page = context.new_page()
    page.goto("/shows/NT/?view=table")
    page.get_by_label("Select SH").first.check(force=True)
    page.locator("#bulk [name=status]").select_option("omitted")
    page.get_by_role("button", name="Preview").click()
    page.get_by_role("button", name="Change 1 shot").click()
    expect(page.get_by_role("status").first).to_contain_text("1 shot changed")
    context.close()
