"""Django's PostgreSQL, with a check of lasting connections that asks nobody."""

import select
from typing import Any

from django.db.backends.postgresql import base


class DatabaseWrapper(base.DatabaseWrapper):
    """Tells a dead connection by its socket: a server that went away has closed it, so it can be read.

    Django's own check sends a statement before the first one of each request: a tenth of a short request.
    """

    def is_usable(self) -> bool:
        connection: Any = self.connection
        if connection is None or connection.closed:
            return False
        poll = select.poll()
        poll.register(connection.fileno(), select.POLLIN)
        waiting = poll.poll(0)
        # Something came unasked: a notice or the end. Django's check tells which.
        return super().is_usable() if waiting else True
