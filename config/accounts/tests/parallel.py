import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import TypeVar

from django.db import connection

T = TypeVar("T")


def at_once(number: int, act: Callable[[], T]) -> list[T]:
    """What `act` answers in so many threads, each with a connection of its own, that all begin together."""
    start = threading.Barrier(number)

    def run() -> T:
        try:
            connection.ensure_connection()
            start.wait(30)
            return act()
        finally:
            connection.close()

    with ThreadPoolExecutor(number) as pool:
        return [future.result() for future in [pool.submit(run) for _ in range(number)]]
