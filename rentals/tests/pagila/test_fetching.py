import hashlib
from collections.abc import Callable, Iterator
from functools import partial
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from io import StringIO
from pathlib import Path
from threading import Thread
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from rentals.errors import DumpNotFetched
from rentals.services.pagila import fetch_dump
from rentals.services.pagila.fetching import Expected
from rentals.tests.pagila.dumps import dump

CONTENT = dump().encode()
EXPECTED = Expected(hashlib.sha256(CONTENT).hexdigest(), len(CONTENT))
COMMAND = "rentals.management.commands.import_pagila"
Served = Callable[..., str]


@pytest.fixture
def served() -> Iterator[Served]:
    """`served(body)` is the address of a server that sends it; `length=` promises another number of bytes."""
    servers: list[ThreadingHTTPServer] = []

    def serve(body: bytes, *, length: int | None = None, status: int = 200) -> str:
        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                self.send_response(status)
                self.send_header("Content-Length", str(len(body) if length is None else length))
                self.end_headers()
                self.wfile.write(body)

            def log_message(self, *words: Any) -> None:
                """Nobody reads it."""

        server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        servers.append(server)
        Thread(target=server.serve_forever, daemon=True).start()
        return f"http://127.0.0.1:{server.server_port}/pagila-data.sql"

    yield serve
    for server in servers:
        server.shutdown()
        server.server_close()


def fetch(target: Path, address: str) -> Path:
    return fetch_dump(target, address=address, expected=EXPECTED)


def test_the_dump_is_fetched_and_kept(served: Served, tmp_path: Path) -> None:
    target = tmp_path / "new" / "dump.sql"
    assert fetch(target, served(CONTENT)).read_bytes() == CONTENT
    assert [file.name for file in target.parent.iterdir()] == ["dump.sql"]


def test_a_dump_that_is_there_is_not_fetched_again(tmp_path: Path) -> None:
    target = tmp_path / "dump.sql"
    target.write_bytes(CONTENT)
    assert fetch(target, "http://127.0.0.1:1/nowhere") == target


def test_another_file_in_its_place_is_fetched_anew(served: Served, tmp_path: Path) -> None:
    target = tmp_path / "dump.sql"
    target.write_bytes(b"old")
    assert fetch(target, served(CONTENT)).read_bytes() == CONTENT


@pytest.mark.security
@pytest.mark.parametrize("body", [CONTENT.replace(b"TIDE", b"SIDE"), CONTENT + b"DROP", b"", CONTENT[:-10]])
def test_another_file_than_that_of_the_revision_is_refused(served: Served, tmp_path: Path, body: bytes) -> None:
    with pytest.raises(DumpNotFetched, match=f"SHA-256 is {hashlib.sha256(body[: len(CONTENT) + 1]).hexdigest()}"):
        fetch(tmp_path / "dump.sql", served(body))
    assert list(tmp_path.iterdir()) == []


@pytest.mark.security
def test_an_endless_answer_is_cut_off(served: Served, tmp_path: Path) -> None:
    with pytest.raises(DumpNotFetched, match="SHA-256"):
        fetch(tmp_path / "dump.sql", served(b"x" * 50 * len(CONTENT)))


def test_an_answer_that_breaks_off_is_refused(served: Served, tmp_path: Path) -> None:
    with pytest.raises(DumpNotFetched, match="broke off"):
        fetch(tmp_path / "dump.sql", served(CONTENT[:100], length=len(CONTENT)))
    assert list(tmp_path.iterdir()) == []


def test_a_missing_file_is_said_with_its_status(served: Served, tmp_path: Path) -> None:
    with pytest.raises(DumpNotFetched, match="it answered 404"):
        fetch(tmp_path / "dump.sql", served(b"", status=404))


def test_without_a_connection_it_says_where_to_put_the_file(tmp_path: Path) -> None:
    target = tmp_path / "dump.sql"
    with pytest.raises(DumpNotFetched, match=rf"Connection refused\).*put it here: {target}"):
        fetch(target, "http://127.0.0.1:1/pagila-data.sql")


@pytest.fixture
def here(settings: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Any:
    """The settings, with a dump of the tests in the place of the public one."""
    settings.PAGILA_FILE = tmp_path / "kept.sql"
    monkeypatch.setattr(f"{COMMAND}.fetch_dump", partial(fetch_dump, expected=EXPECTED))
    return settings


@pytest.mark.django_db
def test_the_command_fetches_and_loads(served: Served, here: Any) -> None:
    here.PAGILA_URL = served(CONTENT)
    output = StringIO()
    call_command("import_pagila", stdout=output)
    assert "Fetching   100 %" in output.getvalue()
    assert "Rows       100 %        25 of 25 in 0 s" in output.getvalue()
    assert "film 2, film_category 2" in output.getvalue()


@pytest.mark.django_db
def test_the_command_says_what_is_wrong_and_fails(here: Any, tmp_path: Path) -> None:
    here.PAGILA_URL = "http://127.0.0.1:1/pagila-data.sql"
    with pytest.raises(CommandError, match="could not be fetched"):
        call_command("import_pagila")
    with pytest.raises(CommandError, match="cannot be read"):
        call_command("import_pagila", tmp_path / "nowhere.sql")
