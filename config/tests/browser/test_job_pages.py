"""Jobs in a browser whose server has no sockets: the page looks again and again, and says so."""

from collections.abc import Callable
from uuid import UUID

import pytest
from playwright.sync_api import Page, expect

from config.tests.browser.review_pages import forgive
from config.tests.browser.test_pages_axe import barriers, overflows
from pipeline.models import Job
from pipeline.runner import run_step

pytestmark = pytest.mark.browser
Open = Callable[..., Page]
NO_SOCKET = "WebSocket"
SIZES = pytest.mark.parametrize("width", [400, 1920])
SCHEMES = pytest.mark.parametrize("scheme", ["light", "dark"])


def start(page: Page, value: str) -> None:
    """By the keyboard alone."""
    page.goto("/pipeline/start/arithmetic/")
    page.get_by_label("Initial value").focus()
    page.keyboard.type(value)
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="Arithmetic")).to_be_visible()
    page.wait_for_url("**/pipeline/*-*/")


@SCHEMES
@SIZES
def test_a_job_is_started_and_watched_to_its_end_without_a_socket(
    width: int, scheme: str, open_page: Open, complaints: list[str]
) -> None:
    page = open_page("coordinator", width=width, scheme=scheme)
    start(page, "10")
    expect(page.locator("[data-live-words]")).to_contain_text("No live updates")
    found = barriers(page)
    job = Job.objects.get()
    for position in range(job.steps_count):
        run_step(job.job_id, position, worker="w1")
    expect(page.locator("#job-parts")).to_contain_text('"final_result": 20')
    expect(page.locator(".job-log")).to_contain_text("Completed in attempt 1.")
    assert (found + barriers(page), overflows(page)) == ([], False)
    page.close()
    forgive(complaints, NO_SOCKET)


@SCHEMES
@SIZES
def test_a_choice_outlasts_the_changes_of_the_board(
    width: int, scheme: str, open_page: Open, complaints: list[str]
) -> None:
    page = open_page("coordinator", width=width, scheme=scheme)
    start(page, "1")
    mine = UUID(page.url.rstrip("/").rpartition("/")[2])
    start(page, "2")
    page.goto("/pipeline/")
    page.locator(f"[value='{mine}']").check()
    run_step(mine, 0, worker="w1")
    expect(page.locator("[data-row]", has=page.locator(f"[value='{mine}']")).locator("progress")).to_have_attribute(
        "value", "33"
    )
    expect(page.locator("[data-chosen-count]")).to_have_text("1")
    assert (barriers(page), overflows(page)) == ([], False)
    page.get_by_role("button", name="Cancel", exact=True).click()
    expect(page.locator(".notice, .message").first).to_contain_text("1 job is cancelled")
    assert Job.objects.in_status("cancelled").get().job_id == mine
    page.close()
    forgive(complaints, NO_SOCKET)
