"""Everything that must happen after a commit goes through here: search indexing, live pushes, dispatch of jobs.

`put` writes a row in the transaction of the change. When that commits, events of a topic that is delivered `at_once`
are handed to their handler by the process that wrote them; of other topics a worker is told. What was lost on the way
(a process killed, a broker down) the sweeper delivers within seconds. So nothing that is down fails a write, and
nothing is forgotten.

An event may come twice, and events of one key may come in any order: a handler reads the present rows by the ids in
the payload and is done when there is nothing left to do. It gets a list of events of its topic. It raises `TryAgain`
for what will pass, however long that takes; any other error counts, and after MOST_FAILURES the event is dead, which
means that it is kept with its error until a person revives it.
"""

from pipeline.outbox.at_once import forgetting_together
from pipeline.outbox.due import BATCH, deliver_due, revive
from pipeline.outbox.topics import TOPICS, Event, handles
from pipeline.outbox.writing import DELIVER, HEAD_START, announce, put

__all__ = [
    "BATCH",
    "DELIVER",
    "HEAD_START",
    "TOPICS",
    "Event",
    "announce",
    "deliver_due",
    "forgetting_together",
    "handles",
    "put",
    "revive",
]
