"""Screenshots of every screen of the demo, by role, narrow and wide, light and dark: `make screenshots`.

Starts a Backlot of its own, with a database of its own, and signs in as the demo's people. All pictures lie in
`.local/screenshots/`; the few that the README and the docs show go to `docs/images/`.
"""

import argparse
import os
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from typing import Any

from PIL import Image
from playwright.sync_api import Browser, Page, sync_playwright

from config.embedded.commands import DEMO_PASSWORD

PROJECT = Path(__file__).resolve().parent.parent
ALL = PROJECT / ".local" / "screenshots"
SHOWN = PROJECT / "docs" / "images"
START_SECONDS = 300
CHROMIUMS = ("/usr/bin/chromium", "/usr/bin/google-chrome")
FLAGS = ("--no-sandbox", "--disable-dev-shm-usage", "--disable-gpu")
SIZES = ((400, 860), (1920, 1080))
# A picture in the repository has at most so many bytes.
MOST_BYTES = 150_000

# By role; `{…}` are rows of the demo, found by `rows_of`.
PAGES: dict[str, dict[str, str]] = {
    "": {"sign-in": "/login/", "films": "/films/", "film": "/films/{film}/", "design": "/design/"},
    "supervisor": {
        "my-work": "/",
        "shows": "/shows/",
        "board": "/shows/{show}/",
        "table": "/shows/{show}/?view=table",
        "review": "/shots/{shot}/",
        "search": "/search/?q=plate",
        "nothing-found": "/shows/{show}/?q=nothing",
        "not-found": "/nowhere/",
    },
    "artist": {"my-work": "/", "review": "/shots/{shot}/", "profile": "/me/"},
    "coordinator": {
        "people": "/crew/",
        "person": "/crew/{person}/",
        "schedule": "/crew/schedule/",
        "productions": "/productions/",
        "production": "/productions/{production}/",
        "import": "/shows/{show}/import/",
        "new-show": "/new/show/",
    },
    "member": {
        "library": "/library/",
        "find": "/library/find/?q=night",
        "media": "/library/{media}/",
        "menus": "/menus/",
        "menu-editor": "/menus/{menu}/edit/",
    },
    "producer": {"jobs": "/pipeline/", "job": "/pipeline/{job}/", "reports": "/reports/"},
    "clerk": {
        "desk": "/rentals/desk/?customer={customer}&copy={copy}",
        "overdue": "/rentals/desk/?mode=overdue",
        "customers": "/customers/",
        "customer": "/customers/{customer}/",
        "revenue": "/reports/?report=revenue&by=month",
    },
    "admin": {
        "admin": "/admin/",
        "admin-shots": "/admin/shows/shot/",
        "admin-shot": "/admin/shows/shot/{shot}/change/",
        "admin-jobs": "/admin/pipeline/job/",
    },
}
# Role, page, width and scheme of what the docs show.
CHOSEN = {
    ("supervisor", "review", 1920, "dark"): "review",
    ("supervisor", "board", 1920, "light"): "board",
    ("supervisor", "review", 400, "light"): "review-narrow",
    ("coordinator", "schedule", 1920, "light"): "schedule",
    ("clerk", "desk", 1920, "light"): "desk",
    ("producer", "job", 1920, "light"): "job",
    ("admin", "admin", 1920, "light"): "admin",
    ("", "design", 1920, "light"): "design-light",
    ("", "design", 1920, "dark"): "design-dark",
}


@dataclass(frozen=True, slots=True)
class Look:
    width: int
    height: int
    scheme: str


LOOKS = [Look(*size, scheme) for size in SIZES for scheme in ("light", "dark")]


@contextmanager
def served() -> Iterator[str]:
    """The address of a Backlot that lives as long as the block."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = str(free.getsockname()[1])
    environment = os.environ | {"BACKLOT_DATA": str(ALL / "data"), "BACKLOT_ENV": "local", "PORT": port}
    command = [sys.executable, "-m", "config.embedded", "up"]
    process = subprocess.Popen(command, cwd=PROJECT, env=environment, stdout=subprocess.DEVNULL)
    try:
        wait_for(f"http://127.0.0.1:{port}", process)
        yield f"http://127.0.0.1:{port}"
    finally:
        process.send_signal(signal.SIGINT)
        process.wait(timeout=60)


def wait_for(address: str, process: subprocess.Popen[bytes]) -> None:
    deadline = time.monotonic() + START_SECONDS
    while process.poll() is None and time.monotonic() < deadline:
        try:
            with urllib.request.urlopen(f"{address}/health", timeout=2):  # noqa: S310 -- our own server
                return
        except (urllib.error.URLError, OSError):
            time.sleep(0.5)
    raise SystemExit("Backlot did not start; `make up` says why.")


def sign_in(page: Page, role: str) -> None:
    page.goto("/login/")
    page.get_by_label("E-mail").fill(f"{role}@backlot.test")
    page.get_by_label("Password").fill(DEMO_PASSWORD)
    page.get_by_role("button", name="Sign in").click()
    page.wait_for_url("**/")


def rows_of(page: Page) -> dict[str, Any]:
    """Rows that have something to show, by the names that the addresses use; `page` is an administrator's."""
    shot = rows(page, "shots?status=review")[0]
    return {
        "show": rows(page, "shows")[0]["code"],
        "shot": shot["id"],
        "person": shot["assigned_to"] or rows(page, "crew")[0]["id"],
        "production": rows(page, "productions")[0]["id"],
        "film": rows(page, "films", "films")[0]["film_id"],
        "customer": rows(page, "customers")[0]["customer_id"],
        "copy": rows(page, "inventory?in_stock=true")[0]["inventory_id"],
        "job": a_job(page),
    }


def own_rows_of(page: Page) -> dict[str, Any]:
    """What is on the member's shelf."""
    return {"media": rows(page, "me/states")[0]["media_id"], "menu": rows(page, "menus")[0]["id"]}


def rows(page: Page, path: str, name: str = "results") -> list[dict[str, Any]]:
    answer = page.request.get(f"/api/v1/{path}")
    if not answer.ok:
        raise SystemExit(f"/api/v1/{path} answers {answer.status}.")
    found: list[dict[str, Any]] = answer.json()[name]
    return found


def a_job(page: Page) -> str:
    """The newest job; a demo that has none gets one, by the form that people start it with."""
    found = rows(page, "pipeline")
    if not found:
        page.goto("/pipeline/")
        token = page.locator("body").get_attribute("hx-headers") or ""
        headers = {"X-CSRFToken": token.split('"')[3], "Referer": page.url}
        steps = {"pipeline": "rehearsal", "params": {"steps": 5, "seconds": 1, "fail_at": 3, "fail_times": 3}}
        page.request.post("/api/v1/pipeline", data=steps, headers=headers)
        found = rows(page, "pipeline")
    return str(found[0]["job_id"])


def draw(browser: Browser, address: str, roles: list[str], *, chosen_only: bool) -> None:
    names: dict[str, Any] = {}
    for role, rows_seen in (("admin", rows_of), ("member", own_rows_of)):
        with browser.new_context(base_url=address) as context:
            page = context.new_page()
            sign_in(page, role)
            names |= rows_seen(page)
    for role in roles:
        for look in LOOKS:
            wanted = [name for name in PAGES[role] if not chosen_only or key(role, name, look) in CHOSEN]
            if wanted:
                draw_role(browser, address, role, look, {name: PAGES[role][name].format(**names) for name in wanted})


def key(role: str, name: str, look: Look) -> tuple[str, str, int, str]:
    return role, name, look.width, look.scheme


def draw_role(browser: Browser, address: str, role: str, look: Look, pages: dict[str, str]) -> None:
    size: Any = {"width": look.width, "height": look.height}
    scheme: Any = look.scheme
    with browser.new_context(base_url=address, viewport=size, color_scheme=scheme) as context:
        page = context.new_page()
        if role:
            sign_in(page, role)
        for name, path in pages.items():
            page.goto(path, wait_until="load")
            page.evaluate("document.fonts.ready")
            # Parts that come after the page; live pages never fall silent.
            page.wait_for_timeout(800)
            keep(page.screenshot(full_page=name == "design"), role, name, look)


def keep(picture: bytes, role: str, name: str, look: Look) -> None:
    (ALL / f"{role or 'nobody'}-{name}-{look.width}-{look.scheme}.png").write_bytes(picture)
    if title := CHOSEN.get(key(role, name, look)):
        (SHOWN / f"{title}.webp").write_bytes(small(picture))


def small(picture: bytes) -> bytes:
    """As WebP, half as wide where it is wide, in the best quality that stays below the limit."""
    image: Any = Image.open(BytesIO(picture)).convert("RGB")
    if image.width > SIZES[0][0]:
        image = image.resize((1280, round(image.height * 1280 / image.width)), Image.Resampling.LANCZOS)
    return next(found for quality in range(90, 0, -10) if len(found := as_webp(image, quality)) <= MOST_BYTES)


def as_webp(image: Any, quality: int) -> bytes:
    written = BytesIO()
    image.save(written, "WEBP", quality=quality, method=6)
    return written.getvalue()


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.split("\n", 1)[0])
    parser.add_argument("--at", help="the address of a running demo; without it one is started")
    parser.add_argument("--role", action="append", choices=[*PAGES], help="these roles alone")
    parser.add_argument("--chosen", action="store_true", help="the pictures of the docs alone")
    given = parser.parse_args()
    for folder in (ALL, SHOWN):
        folder.mkdir(parents=True, exist_ok=True)
    with sync_playwright() as playwright:
        own = os.environ.get("CHROMIUM") or next((path for path in CHROMIUMS if Path(path).exists()), None)
        browser = playwright.chromium.launch(executable_path=own, args=[*FLAGS])
        if given.at:
            draw(browser, given.at, given.role or [*PAGES], chosen_only=given.chosen)
        else:
            with served() as address:
                draw(browser, address, given.role or [*PAGES], chosen_only=given.chosen)
        browser.close()
    print(f"The pictures lie in {ALL}; those of the docs in {SHOWN}.")


if __name__ == "__main__":
    main()
