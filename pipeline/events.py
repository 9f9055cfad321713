"""What happens after a commit of this app's own: steps go to the broker, changes to those who look on."""

from collections.abc import Sequence

from pipeline import broker, live
from pipeline.errors import TryAgain
from pipeline.models.announced import SEARCH_TOPIC
from pipeline.outbox import Event, announce, handles
from pipeline.registry import STEPS
from pipeline.search.indexing import index_events
from pipeline.search.rebuilding import REBUILD_TOPIC, rebuild_events
from pipeline.services.moving import CHANGED, DISPATCH
from pipeline.services.running import job_sent


@handles(DISPATCH, at_once=True)
def send_steps(events: Sequence[Event]) -> None:
    """Sends each step whose turn it is to its queue. Raises TryAgain while the broker does not answer."""
    for event in events:
        send_step(**event.payload)


def send_step(job_id: str, position: int, runs: str, first: bool = False) -> None:
    step = STEPS.get(runs)
    if step is None:
        raise TryAgain(f"No step {runs} is registered here; a newer release may have it.")
    if not broker.send(step.task_name, queue=step.queue, job_id=job_id, position=position):
        raise TryAgain("The broker does not answer.")
    if first:
        announce(job_sent(job_id))


@handles(CHANGED, at_once=True)
def push_changes(events: Sequence[Event]) -> None:
    """Tells the boards and the pages of the jobs; who is not reached asks again by itself.

    Each change is `{job_id, seq, status, owner}`.
    """
    live.push(live.BOARD, [event.payload for event in events])


@handles(SEARCH_TOPIC)
def follow_rows(events: Sequence[Event]) -> None:
    """Lets the search know of rows that changed."""
    index_events(events)


@handles(REBUILD_TOPIC)
def fill_indexes(events: Sequence[Event]) -> None:
    """Goes on filling indexes of the search engine anew."""
    rebuild_events(events)
