"""What somebody plans on the crew's pages from end to end: by keys, by mouse, narrow and wide."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from django.utils import timezone
from playwright.sync_api import Locator, Page, expect

from config.accounts.tests.factories import UserFactory
from crew.models import Booking, CrewMember, Production
from crew.services.productions import schedule_production
from crew.tests.factories import CrewMemberFactory, RoleFactory

pytestmark = pytest.mark.browser
Open = Callable[..., Page]
SIZES = pytest.mark.parametrize(("width", "scheme"), [(400, "dark"), (1920, "light")])


def day(number: int) -> date:
    """So many days after today."""
    return timezone.localdate() + timedelta(days=number)


@pytest.fixture
def people(transactional_db: None) -> dict[str, CrewMember]:
    """Two editors."""
    role = RoleFactory(name="Editor", department="Editorial")
    return {name: CrewMemberFactory(full_name=name, role=role) for name in ("Ada", "Bob")}


@pytest.fixture
def night(people: dict[str, CrewMember]) -> Production:
    """Night Train has Ada from in 3 to in 6 days; Day Train has her from in 8 to in 12 days."""
    by = UserFactory.create(roles=["producer"])
    free = people.pop("Bob")
    CrewMember.objects.filter(pk=free.pk).update(role=RoleFactory(name="Spare"))
    for title, first, last in (("Night Train", 3, 6), ("Day Train", 8, 12)):
        schedule_production(title, by=by, start=day(first), end=day(last), requirements={"Editor": 1})
    CrewMember.objects.filter(pk=free.pk).update(role=people["Ada"].role)
    return Production.objects.get(title="Night Train")


def press(page: Page, *keys: str) -> None:
    for key in keys:
        page.keyboard.press(key)


def bar_of(page: Page, title: str) -> Locator:
    return page.locator(f"[data-job][data-title='{title}']")


def days_of(production: Production) -> tuple[date, date]:
    production.refresh_from_db()
    return production.start, production.end


def reach(page: Page, locator: Locator) -> None:
    """By the Tab key alone."""
    for _ in range(40):
        if locator.evaluate("element => element === document.activeElement"):
            return
        press(page, "Tab")
    raise AssertionError("The Tab key does not lead there.")


@SIZES
def test_a_production_is_scheduled_by_form(
    width: int, scheme: str, people: dict[str, CrewMember], open_page: Open
) -> None:
    page = open_page("coordinator", width=width, scheme=scheme)
    page.goto("/productions/")
    page.get_by_role("link", name="Schedule a production").first.click()
    page.get_by_label("Title").fill("Night Train")
    page.get_by_label("First day").fill(day(3).isoformat())
    page.get_by_label("Last day").fill(day(5).isoformat())
    page.get_by_label("Role 1", exact=True).select_option("Editor")
    page.get_by_label("How many of role 1").fill("2")
    page.get_by_role("button", name="Preview").click()
    expect(page.get_by_role("dialog", name="What will happen")).to_contain_text("Ada, Bob")
    assert not Production.objects.exists()
    page.get_by_role("button", name="Confirm").click()
    expect(page.get_by_role("status").first).to_contain_text("Night Train is scheduled: 2 booked.")
    assert Booking.objects.count() == 2


def test_rows_for_roles_come_and_go(people: dict[str, CrewMember], open_page: Open) -> None:
    page = open_page("coordinator")
    page.goto("/productions/new/")
    page.get_by_label("Role 1", exact=True).select_option("Editor")
    page.get_by_role("button", name="Another role").click()
    expect(page.get_by_label("Role 3", exact=True)).to_be_focused()
    page.get_by_role("button", name="Take role 1 away").click()
    expect(page.locator(".requirement")).to_have_count(2)
    expect(page.get_by_label("Role 1", exact=True)).to_have_value("")


def test_a_shortage_keeps_what_was_typed_and_offers_days(night: Production, open_page: Open) -> None:
    page = open_page("coordinator")
    query = f"title=Big&start={day(3)}&end={day(4)}"
    page.goto(f"/productions/new/?{query}")
    page.get_by_label("Role 1", exact=True).select_option("Editor")
    page.get_by_label("How many of role 1").fill("2")
    page.get_by_role("button", name="Preview").click()
    dialog = page.get_by_role("dialog", name="Not enough people are free")
    expect(dialog).to_contain_text("1 of 2")
    expect(dialog).to_contain_text("Night Train")
    dialog.locator(".windows button").first.click()
    expect(page.get_by_role("dialog", name="What will happen")).to_contain_text("Bob, Ada")
    press(page, "Escape")
    expect(page.get_by_label("Title")).to_have_value("Big")


@SIZES
def test_a_bar_is_moved_into_a_clash_by_keys_alone_and_somebody_stands_in(
    width: int, scheme: str, night: Production, open_page: Open
) -> None:
    page = open_page("coordinator", width=width, scheme=scheme)
    page.goto("/crew/schedule/?zoom=day")
    reach(page, page.locator("[data-item]").first)
    press(page, "ArrowRight")
    expect(bar_of(page, "Night Train")).to_be_focused()
    press(page, "Enter", *["ArrowRight"] * 5)
    expect(page.get_by_role("status").last).to_contain_text("begins 5 days later")
    press(page, "Enter")
    dialog = page.get_by_role("dialog", name="Not everybody can on these days")
    for words in ("Ada", "Day Train", "Bob"):
        expect(dialog).to_contain_text(words)
    reach(page, dialog.get_by_role("button", name="Replace them"))
    press(page, "Enter")
    expect(page.get_by_role("status").first).to_contain_text("1 booked, 1 released")
    expect(bar_of(page, "Night Train")).to_be_focused()
    assert days_of(night) == (day(8), day(11))
    assert night.bookings.get().crew_member.full_name == "Bob"


def test_one_of_the_nearest_windows_is_a_click_away(night: Production, open_page: Open) -> None:
    page = open_page("coordinator")
    page.goto("/crew/schedule/?zoom=day")
    bar_of(page, "Night Train").focus()
    press(page, "Enter", *["ArrowRight"] * 5, "Enter")
    page.locator("#plan .windows button").first.click()
    expect(page.get_by_role("dialog", name="What will happen")).to_be_visible()
    page.get_by_role("button", name="Confirm").click()
    expect(page.get_by_role("status").first).to_contain_text("nobody comes or goes")
    assert days_of(night) == (day(4), day(7))


@pytest.mark.parametrize(
    ("keys", "first", "last"), [("ArrowLeft", 2, 5), ("Shift+ArrowRight", 3, 7), ("Shift+ArrowLeft", 3, 5)]
)
def test_arrows_move_a_bar_and_make_it_longer(
    keys: str, first: int, last: int, night: Production, open_page: Open
) -> None:
    page = open_page("coordinator")
    page.goto("/crew/schedule/")
    bar_of(page, "Night Train").focus()
    press(page, "Enter", keys, "Enter")
    page.get_by_role("button", name="Confirm").click()
    expect(page.get_by_role("status").first).to_contain_text("Night Train is changed")
    assert days_of(night) == (day(first), day(last))


def test_escape_gives_up_before_and_after_the_preview(night: Production, open_page: Open) -> None:
    page = open_page("coordinator")
    page.goto("/crew/schedule/")
    bar = bar_of(page, "Night Train")
    place = bar.locator(".bar").get_attribute("x")
    bar.focus()
    press(page, "Enter", "ArrowRight", "Escape")
    expect(page.get_by_role("status").last).to_contain_text("stays where it was")
    press(page, "Enter", "ArrowRight", "Enter")
    expect(page.get_by_role("dialog", name="What will happen")).to_be_visible()
    press(page, "Escape")
    expect(bar).to_be_focused()
    moved: Any = bar.locator(".bar").get_attribute("x")
    assert float(moved.rstrip("%")) == pytest.approx(float(str(place).rstrip("%")), abs=0.01)


@pytest.mark.parametrize(("grip", "first", "last"), [("", 1, 4), ("start", 1, 6), ("end", 3, 4)])
def test_a_bar_is_dragged_and_the_move_confirmed(
    grip: str, first: int, last: int, night: Production, open_page: Open
) -> None:
    page = open_page("coordinator", width=1920)
    page.goto("/crew/schedule/?zoom=day")
    bar = bar_of(page, "Night Train")
    box: Any = bar.locator(f"[data-grip={grip}]" if grip else ".bar-face").bounding_box()
    chart: Any = page.locator(".gantt-axis").bounding_box()
    x, y = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
    page.mouse.move(x, y)
    page.mouse.down()
    page.mouse.move(x - 2 * chart["width"] / 42, y, steps=4)
    page.mouse.up()
    page.get_by_role("button", name="Confirm").click()
    expect(page.get_by_role("status").first).to_contain_text("Night Train is changed")
    assert days_of(night) == (day(first), day(last))


def test_who_only_reads_moves_nothing(night: Production, open_page: Open) -> None:
    page = open_page("supervisor")
    page.goto("/crew/schedule/")
    expect(page.locator("[data-job]")).to_have_count(0)
    page.get_by_role("link", name="Night Train", exact=True).first.click()
    expect(page.get_by_role("heading", name="Night Train")).to_be_visible()
    expect(page.get_by_role("button", name="Release Ada")).to_have_count(0)


def test_keys_lead_through_the_days(night: Production, open_page: Open) -> None:
    page = open_page("coordinator")
    page.goto("/crew/schedule/")
    press(page, "1")
    expect(page.get_by_role("link", name="Days")).to_have_attribute("aria-current", "true")
    range_shown = page.locator(".schedule-bar strong")
    before = range_shown.inner_text()
    press(page, "n")
    expect(range_shown).not_to_have_text(before)
    press(page, "t")
    expect(range_shown).to_have_text(before)
    press(page, "?")
    expect(page.get_by_role("dialog", name="Keys on this page")).to_contain_text("On a production's bar")


@SIZES
def test_time_off_is_booked_on_a_persons_page(width: int, scheme: str, night: Production, open_page: Open) -> None:
    page = open_page("coordinator", width=width, scheme=scheme)
    page.goto("/crew/?q=ada")
    page.get_by_role("link", name="Ada", exact=True).click()
    page.get_by_label("First day").fill(day(5).isoformat())
    page.get_by_label("Last day").fill(day(7).isoformat())
    page.get_by_role("button", name="Book time off").click()
    expect(page.get_by_role("alert").first).to_contain_text("Night Train")
    page.get_by_label("First day").fill(day(7).isoformat())
    page.get_by_role("button", name="Book time off").click()
    expect(page.get_by_role("status").first).to_contain_text("Ada is off on these days")
    assert Booking.objects.time_off().get().start == day(7)


def test_somebody_is_booked_and_released_with_one_click(night: Production, open_page: Open) -> None:
    page = open_page("coordinator")
    page.goto(f"/productions/{night.pk}/")
    page.get_by_role("button", name="Release Ada").click()
    page.get_by_role("button", name="Bob").click()
    expect(page.get_by_role("status").first).to_contain_text("Bob is booked")
    page.get_by_role("button", name="Cancel it").click()
    page.get_by_role("button", name="Cancel the production").click()
    expect(page.get_by_role("status").first).to_contain_text("Night Train is cancelled, 1 released")
