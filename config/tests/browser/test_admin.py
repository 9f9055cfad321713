"""The admin in a real browser; `open_page` sees to it that nothing is refused, missing or asked of strangers."""

import re
from collections.abc import Callable

import pytest
from django.contrib.admin import site
from playwright.sync_api import Page, expect

from config.accounts.tests.factories import PASSWORD, UserFactory
from config.tests.admin_pages import signed_in
from config.tests.browser.test_pages_axe import barriers
from crew.models import CrewMember, Role
from crew.tests.factories import CrewMemberFactory
from shows.models import Review, Shot
from shows.tests.factories import ReviewFactory, ShotFactory, VersionFactory

pytestmark = pytest.mark.browser
OpenPage = Callable[..., Page]


def open_shot(page: Page, shot: Shot) -> None:
    page.goto(f"/admin/shows/shot/{shot.pk}/change/")


def save(page: Page) -> None:
    page.get_by_role("button", name="Save and continue editing").click()


def test_a_supervisor_signs_in_and_finds_shots_but_no_accounts(open_page: OpenPage) -> None:
    supervisor = UserFactory.create(roles=["supervisor"])
    page = open_page()
    page.goto("/admin/")
    page.get_by_label("E-mail").fill(supervisor.email)
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Sign in").click()
    expect(page).to_have_url(re.compile("/admin/$"))
    expect(page.locator("#nav-sidebar-apps").get_by_role("link", name="Shots")).to_be_visible()
    expect(page.get_by_role("link", name="Accounts")).to_have_count(0)


def test_a_status_is_set_with_a_reason_and_stands_in_the_history(open_page: OpenPage) -> None:
    page, shot = open_page("supervisor"), ShotFactory.create()
    open_shot(page, shot)
    page.get_by_label("Status").select_option("approved")
    page.get_by_label("Reason").fill("Picture lock")
    save(page)
    kept = page.locator("#kept-history tbody tr").first
    expect(kept).to_contain_text(re.compile("status.*pending.*approved.*Picture lock", re.DOTALL))
    assert Shot.objects.get().status == "approved"


def test_a_review_is_added_below_its_shot(open_page: OpenPage) -> None:
    page, version = open_page("coordinator"), VersionFactory.create()
    open_shot(page, version.shot)
    page.get_by_text("Add another Review").click()
    page.locator("#id_reviews-0-status").select_option("needs_revision")
    page.locator("#id_reviews-0-body").fill("Darker, please.")
    page.locator("#id_reviews-0-version").select_option("v001")
    save(page)
    expect(page.locator("#id_reviews-0-body")).to_have_value("Darker, please.")
    assert Review.objects.get(status="needs_revision", is_open=True).version == version


def test_what_a_rule_refuses_stands_beside_its_field(open_page: OpenPage) -> None:
    page, shot = open_page("coordinator"), ShotFactory.create()
    open_shot(page, shot)
    page.get_by_label("Frame end").fill("1")
    save(page)
    row = page.locator("div.relative", has=page.get_by_label("Frame end")).last
    expect(row).to_contain_text("The last frame lies before the first.")
    assert Shot.objects.get().frame_end == shot.frame_end


def test_a_taken_code_in_a_row_of_a_table_is_refused_there(open_page: OpenPage) -> None:
    page, shot = open_page("coordinator"), ShotFactory.create()
    page.goto(f"/admin/shows/sequence/{shot.sequence_id}/change/")
    page.get_by_text("Add another Shot").click()
    page.locator("#id_shots-1-code").fill(shot.code.lower())
    save(page)
    expect(page.locator("td.field-code.errors")).to_contain_text("already")


def test_chosen_shots_change_after_somebody_saw_what_will_change(open_page: OpenPage) -> None:
    page = open_page("supervisor")
    ShotFactory.create_batch(2)
    page.goto("/admin/shows/shot/")
    for box in page.locator("tbody input.action-select").all():
        box.check()
    page.locator("select[name=action]").select_option("set_status_final")
    page.get_by_role("button", name="Run").click()
    expect(page.get_by_text("Pending → Final")).to_have_count(2)
    page.get_by_role("button", name="Set the status").click()
    expect(page.get_by_text("Done: 2 shots.")).to_be_visible()
    assert set(Shot.objects.values_list("status", flat=True)) == {"final"}


def test_a_person_is_found_while_somebody_types(open_page: OpenPage) -> None:
    page, shot = open_page("producer"), ShotFactory.create()
    CrewMemberFactory.create(full_name="Ada Lovelace")
    open_shot(page, shot)
    page.locator(".field-assigned_to .select2-selection").click()
    page.keyboard.type("lovel")
    page.get_by_role("option", name="Ada Lovelace").click()
    save(page)
    expect(page.locator("#kept-history")).to_contain_text("Ada Lovelace")


def test_a_role_is_added_in_a_window_of_its_own(open_page: OpenPage) -> None:
    page = open_page("producer")
    page.goto("/admin/crew/crewmember/add/")
    page.locator('[data-id="related-widget-wrapper-role"]').get_by_text("more_vert").click()
    with page.expect_popup() as opened:
        page.locator("#add_id_role").click()
    opened.value.get_by_label("Name").fill("Director")
    opened.value.get_by_label("Department").fill("Direction")
    with opened.value.expect_event("close"):
        opened.value.get_by_role("button", name="Save", exact=True).click()
    expect(page.locator("#id_role")).to_have_value(str(Role.objects.get().pk))


def test_a_contract_is_ended_with_the_calendar_at_hand(open_page: OpenPage) -> None:
    page, member = open_page("coordinator"), CrewMemberFactory.create()
    page.goto(f"/admin/crew/crewmember/{member.pk}/change/")
    page.get_by_label("Last day").fill("2030-08-31")
    save(page)
    expect(page.get_by_label("Last day")).to_have_value("2030-08-31")
    assert str(CrewMember.objects.get().fire_date) == "2030-08-31"


def test_a_row_is_found_and_opened_by_keyboard_alone(open_page: OpenPage) -> None:
    page, shot = open_page("supervisor", scheme="dark"), ShotFactory.create(code="ZEBRA_010")
    page.goto("/admin/")
    page.keyboard.press("Control+k")
    field = page.locator("#search-input-command")
    expect(field).to_be_focused()
    field.press_sequentially("nobodyatall")
    expect(page.get_by_text("Nothing that you may see has")).to_be_visible()
    field.fill("")
    field.press_sequentially("zebra")
    expect(page.locator("#command-results-list a")).to_contain_text(["ZEBRA_010"])
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile(f"/admin/shows/shot/{shot.pk}/change/$"))


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_first_page_keeps_nobody_out(scheme: str, open_page: OpenPage) -> None:
    page = open_page("admin", width=400, scheme=scheme)
    page.goto("/admin/")
    expect(page.get_by_role("heading", name="Health")).to_be_visible()
    assert barriers(page, "#content-main") == []
    assert page.evaluate("document.documentElement.scrollWidth") <= 400


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [400, 1920])
def test_no_page_is_wider_than_its_window(width: int, scheme: str, open_page: OpenPage) -> None:
    review = ReviewFactory.create(shot=VersionFactory.create().shot, body="Long words " * 40)
    shot = review.shot
    page = open_page("producer", width=width, scheme=scheme)
    lists = ("shows/show", "shows/sequence", "shows/shot", "shows/review", "shows/change", "crew/crewmember")
    rows = (f"shows/shot/{shot.pk}/change", f"shows/sequence/{shot.sequence_id}/change", "crew/crewmember/add")
    for path in (*lists, *rows):
        page.goto(f"/admin/{path}/")
        assert page.evaluate("document.documentElement.scrollWidth") <= width, path


def test_every_list_and_every_form_of_the_admin_opens(open_page: OpenPage) -> None:
    page = open_page("admin")
    apps = signed_in("admin").get("/admin/").context["app_list"]
    models = [model for app in apps for model in app["models"]]
    pages = {address for model in models for address in (model["admin_url"], model["add_url"]) if address}
    assert len(pages) > len(site._registry)
    for address in sorted(pages):
        page.goto(address)
        expect(page.locator("#content-main")).to_be_visible()
