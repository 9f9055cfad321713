"""What a worker does around its tasks."""

import threading
from typing import Any

import pytest
from django.db import connection

from config.celery import drop_dead_connections
from pipeline.services.statements import run

pytestmark = pytest.mark.integration


def process_of_session() -> int:
    """Asked as steps are claimed, which is without a look at the connection first."""
    return int(run("SELECT pg_backend_pid()")[0][0])


def sessions_of_two_tasks(found: list[int], go_on: threading.Event, ended: threading.Event) -> None:
    """In a thread of a worker, with a connection of its own."""
    try:
        drop_dead_connections()
        found.append(process_of_session())
        go_on.set()
        ended.wait(10)
        drop_dead_connections()
        found.append(process_of_session())
    finally:
        connection.close()


@pytest.mark.parametrize("restarts", [False, True], ids=["a lasting server", "a restarted server"])
def test_a_task_keeps_its_threads_connection_unless_the_server_ended_it(db: Any, restarts: bool) -> None:
    found: list[int] = []
    go_on, ended = threading.Event(), threading.Event()
    thread = threading.Thread(target=sessions_of_two_tasks, args=(found, go_on, ended))
    thread.start()
    assert go_on.wait(10)
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_terminate_backend(%s, 5000) WHERE %s", [found[0], restarts])
    ended.set()
    thread.join()

    assert len(set(found)) == (2 if restarts else 1)
    assert len(found) == 2
