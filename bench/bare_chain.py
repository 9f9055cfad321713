"""The worker of the bench: ours, and the same three sums as a bare Celery chain that only writes its results."""

from celery import chain

from config.celery import app


@app.task(name="bare_add_5")
def add_5(value: int) -> int:
    return value + 5


@app.task(name="bare_multiply_2")
def multiply_2(value: int) -> int:
    return value * 2


@app.task(name="bare_subtract_10")
def subtract_10(value: int) -> int:
    return value - 10


def start(value: int) -> str:
    """Starts a chain; answers the id of its last task."""
    return str(chain(add_5.s(value), multiply_2.s(), subtract_10.s()).apply_async().id)
