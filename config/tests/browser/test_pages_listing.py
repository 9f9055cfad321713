"""The board and the table in a browser: filters, keys, the selection, and a change of many shots."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from shows.models import Shot, Show
from shows.tests.factories import SequenceFactory, ShotFactory, ShowFactory
from shows.views import board

pytestmark = pytest.mark.browser
Open = Callable[..., Page]


@pytest.fixture
def show(transactional_db: None) -> Show:
    """Two lanes of three shots: A1, A2, A3 and B1, B2, B3."""
    made: Show = ShowFactory(code="NT")
    for lane in "AB":
        sequence = SequenceFactory(show=made, code=f"SQ{lane}")
        for number in (1, 2, 3):
            ShotFactory(sequence=sequence, code=f"{lane}{number}")
    return made


def press(page: Page, *keys: str) -> None:
    for key in keys:
        page.keyboard.press(key)


def at(page: Page) -> str:
    """The code of the shot that has the focus."""
    code: str = page.evaluate("document.querySelector('.tile-link:focus .tile-code')?.textContent ?? ''")
    return code


def selected(page: Page) -> list[str]:
    codes: list[str] = page.eval_on_selector_all(
        "[name=ids]:checked", "boxes => boxes.map(box => box.ariaLabel.replace('Select ', ''))"
    )
    return codes


@pytest.mark.parametrize(
    ("keys", "code"),
    [
        ("j", "A1"),
        ("k", "B3"),
        ("j j", "A2"),
        ("j j k", "A1"),
        ("j ArrowRight ArrowRight", "A3"),
        ("j ArrowRight ArrowDown", "B2"),
        ("j ArrowDown ArrowRight ArrowUp", "A2"),
    ],
)
def test_keys_move_among_the_shots(keys: str, code: str, show: Show, open_page: Open) -> None:
    page = open_page("artist")
    page.goto("/shows/NT/")
    press(page, *keys.split())
    assert at(page) == code


def test_enter_opens_the_shot_within_the_list(show: Show, open_page: Open) -> None:
    page = open_page("artist")
    page.goto("/shows/NT/?q=A")
    press(page, "j", "j", "Enter")
    page.wait_for_url("**/shots/*/?q=A")
    expect(page.get_by_role("heading", name="A2")).to_be_visible()


@pytest.mark.parametrize(
    ("keys", "codes"),
    [
        ("j x j x", ["A1", "A2"]),
        ("j x x", []),
        ("j x j j Shift+X", ["A1", "A2", "A3"]),
        ("j Space ArrowRight Space", ["A1", "A2"]),
        ("j Shift+ArrowRight Shift+ArrowRight", ["A1", "A2", "A3"]),
    ],
)
def test_keys_select_shots(keys: str, codes: list[str], show: Show, open_page: Open) -> None:
    page = open_page("coordinator")
    page.goto("/shows/NT/")
    press(page, *keys.split())
    assert selected(page) == codes
    expect(page.locator("#bulk")).to_be_visible(visible=bool(codes))


def test_the_mouse_selects_a_range_a_lane_and_nothing(show: Show, open_page: Open) -> None:
    page = open_page("supervisor")
    page.goto("/shows/NT/")
    page.get_by_label("Select A2").check(force=True)
    page.get_by_label("Select B2").click(force=True, modifiers=["Shift"])
    assert selected(page) == ["A2", "A3", "B1", "B2"]
    page.get_by_role("button", name="Select", exact=True).first.click()
    assert selected(page) == ["A1", "A2", "A3", "B1", "B2"]
    page.get_by_role("button", name="Clear").click()
    assert selected(page) == []


def test_single_keys_are_silent_for_who_turned_them_off(show: Show, open_page: Open) -> None:
    page = open_page("coordinator")
    page.goto("/me/")
    page.get_by_label("Single-key shortcuts").uncheck()
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_role("status")).to_contain_text("saved")
    page.goto("/shows/NT/")
    press(page, "j", "x", "/")
    assert (at(page), selected(page)) == ("", [])
    page.locator(".tile-link").first.focus()
    press(page, "ArrowRight", "Space")
    assert (at(page), selected(page)) == ("A2", ["A2"])


def test_keys_do_nothing_while_somebody_types(show: Show, open_page: Open) -> None:
    page = open_page("artist")
    page.goto("/shows/NT/")
    press(page, "/")
    page.keyboard.type("jx?")
    expect(page.locator("[name=q]")).to_have_value("jx?")
    expect(page.locator("dialog[open]")).to_have_count(0)


def test_the_keys_are_listed(show: Show, open_page: Open) -> None:
    page = open_page("artist")
    page.goto("/shows/NT/")
    press(page, "?")
    expect(page.get_by_role("dialog")).to_contain_text("To the next")
    press(page, "Escape")
    expect(page.get_by_role("dialog")).to_have_count(0)


def test_a_filter_works_at_once_and_stands_in_the_address(show: Show, open_page: Open) -> None:
    page = open_page("artist")
    page.goto("/shows/NT/?view=table")
    press(page, "/")
    page.keyboard.type("b2")
    expect(page.locator("[data-shot]")).to_have_count(1)
    assert page.url.endswith("/shows/NT/?q=b2&view=table")
    page.go_back()
    expect(page.locator("[data-shot]")).to_have_count(6)
    expect(page.locator("[name=q]")).to_have_value("")


@pytest.mark.parametrize("width", [400, 1920])
def test_many_shots_are_changed_after_a_look_at_what_will_change(width: int, show: Show, open_page: Open) -> None:
    page = open_page("coordinator", width=width)
    page.goto("/shows/NT/?view=table")
    press(page, "j", "x", "j", "x")
    bar = page.locator("#bulk")
    bar.locator("[name=status]").select_option("review")
    bar.get_by_role("button", name="Preview").click()
    dialog = page.get_by_role("dialog", name="What will change")
    expect(dialog.get_by_role("row")).to_contain_text(["From", "Pending", "Pending"])
    dialog.get_by_role("button", name="Change 2 shots").click()
    expect(page.get_by_role("status").first).to_contain_text("2 shots changed")
    assert Shot.objects.filter(status="review").count() == 2
    assert page.url.endswith("/shows/NT/?view=table")


def test_lanes_bring_their_tiles_when_they_come_near(open_page: Open, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(board, "LANES_AT_ONCE", 1)
    made = ShowFactory(code="LONG")
    for number in range(12):
        ShotFactory.create_batch(12, sequence=SequenceFactory(show=made, code=f"SQ{number:02d}"))
    page = open_page("artist", width=400)
    page.goto("/shows/LONG/")
    last = page.locator("[data-lane]").last
    expect(last.locator("[data-waits]")).to_have_count(1)
    last.scroll_into_view_if_needed()
    expect(last.locator(".tile-link")).to_have_count(12)


def test_a_session_that_ended_is_told_and_not_mistaken_for_shots(
    show: Show, open_page: Open, complaints: list[str]
) -> None:
    page = open_page("artist")
    page.goto("/shows/NT/")
    page.context.clear_cookies()
    page.locator("[name=status]").select_option("review")
    expect(page.get_by_role("alert")).to_contain_text("Your session has ended")
    expect(page.locator("[data-shot]")).to_have_count(6)
    assert all("401" in complaint for complaint in complaints)
    complaints.clear()
