"""The application as it would be without locks, for the proof that the desks race: uvicorn runs it in a process."""

from threading import Barrier, BrokenBarrierError
from typing import Any

import pytest

from config.asgi import application
from pipeline.querysets import VersionedQuerySet
from rentals.services import lending

PATIENCE = 2

meeting = Barrier(2)
plain = lending.take_from_queue


def met(*values: Any) -> bool:
    """Lets two desks wait for each other after both have looked whether the copy is in."""
    found = plain(*values)
    try:
        meeting.wait(PATIENCE)
    except BrokenBarrierError:
        meeting.reset()
    return found


patch = pytest.MonkeyPatch()
patch.setattr(VersionedQuerySet, "locked", lambda rows: rows)
patch.setattr(lending, "take_from_queue", met)

__all__ = ["application"]
