"""The database for what runs in an event loop: few threads, whose connections last."""

import asyncio
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from typing import Any, ParamSpec, TypeVar

from django.db import close_old_connections

P = ParamSpec("P")
T = TypeVar("T")
# All sockets of a process share them; each is taken for the moment of a question only.
THREADS = ThreadPoolExecutor(2, thread_name_prefix="sockets")


async def in_thread(work: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
    """What `work` answers, without holding up the loop."""
    loop = asyncio.get_running_loop()
    return await loop.run_in_executor(THREADS, partial(with_sound_connection, work, *args, **kwargs))


def with_sound_connection(work: Callable[..., T], *args: Any, **kwargs: Any) -> T:
    """Drops a connection that broke since it was used last, as Django does at the beginning of a request."""
    close_old_connections()
    return work(*args, **kwargs)
