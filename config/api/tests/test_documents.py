"""The documents say what the code does."""

import json
import re
import subprocess
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.conf import settings
from django.db import connection
from pytest_django.live_server_helper import LiveServer

from config.api.index import document
from config.api.management.commands.write_documents import WRITTEN
from config.demo.services import seed_demo
from pipeline.models import Step
from pipeline.runner import run_step

DOCS = settings.BASE_DIR / "docs"


@pytest.mark.sanity
@pytest.mark.django_db
@pytest.mark.parametrize("name", WRITTEN)
def test_a_written_document_is_up_to_date(name: str) -> None:
    assert (DOCS / name).read_text() == WRITTEN[name](), "Run make documents."


@pytest.mark.unit
def test_the_postman_collection_has_every_operation() -> None:
    folders = json.loads((DOCS / "postman.json").read_text())["item"]
    operations = sum(len(methods) for methods in document()["paths"].values())
    assert sum(len(folder["item"]) for folder in folders) == operations


def flows() -> list[str]:
    return re.findall(r"```sh\n(.*?)```", (DOCS / "api.md").read_text(), re.DOTALL)


@pytest.fixture
def worker(transactional_db: None) -> Iterator[None]:
    """Runs what is to be run meanwhile, as workers do."""
    has_ended = threading.Event()
    thread = threading.Thread(target=work_until, args=[has_ended])
    thread.start()
    yield
    has_ended.set()
    thread.join()


def work_until(has_ended: threading.Event) -> None:
    while not has_ended.wait(0.1):
        due = Step.objects.waiting()
        for job_id, position in list(due.values_list("job__job_id", "position")):
            run_step(job_id, position, worker="guide")
    connection.close()


@pytest.mark.sanity
@pytest.mark.django_db(transaction=True)
def test_the_curl_flows_of_the_guide_work_on_the_demo(live_server: LiveServer, worker: None, tmp_path: Path) -> None:
    seed_demo()
    script = "\n".join(["set -euo pipefail", *flows()]).replace("http://127.0.0.1:8000", live_server.url)
    ran = subprocess.run(["bash", "-c", script], cwd=tmp_path, capture_output=True, text=True, timeout=120, check=False)
    assert ran.returncode == 0, ran.stdout + ran.stderr
