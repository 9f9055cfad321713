"""What happens after a commit of this app's own."""

from collections.abc import Sequence

from pipeline.outbox import Event, handles
from shows.live import push_ranges
from shows.models.shown import SHOT_CHANGED


@handles(SHOT_CHANGED)
def tell_pages(events: Sequence[Event]) -> None:
    """Tells who looks at the shots; who knows of the change already leaves it at that."""
    push_ranges([event.payload["shots"] for event in events])
