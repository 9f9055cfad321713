"""The limit: an application without a framework that runs the same statements through psycopg and orjson.

`BENCH_STATEMENTS` names a JSON file of `{"METHOD path": [statement, …]}`, as `bench.statements` writes it.
"""

import os
from pathlib import Path
from typing import Any

import orjson
from psycopg.rows import dict_row
from psycopg_pool import AsyncConnectionPool

CONNECTIONS = 8
STATEMENTS: dict[str, list[str]] = orjson.loads(Path(os.environ["BENCH_STATEMENTS"]).read_bytes())


class Pool:
    opened: AsyncConnectionPool | None = None

    @classmethod
    async def get(cls) -> AsyncConnectionPool:
        if cls.opened is None:
            cls.opened = AsyncConnectionPool(
                os.environ["DATABASE_URL"], min_size=CONNECTIONS, max_size=CONNECTIONS, open=False
            )
            await cls.opened.open(wait=True)
        return cls.opened


async def application(scope: Any, receive: Any, send: Any) -> None:
    if scope["type"] != "http":
        return
    while (await receive()).get("more_body"):
        pass
    query = scope["query_string"].decode()
    body = await answer(f"{scope['method']} {scope['path']}{'?' if query else ''}{query}")
    headers = [(b"content-type", b"application/json"), (b"content-length", str(len(body)).encode())]
    await send({"type": "http.response.start", "status": 200, "headers": headers})
    await send({"type": "http.response.body", "body": body})


async def answer(request: str) -> bytes:
    """The rows of every statement of the request, run in one transaction."""
    pool = await Pool.get()
    found = []
    async with pool.connection() as connection, connection.cursor(row_factory=dict_row) as cursor:
        for statement in STATEMENTS[request]:
            await cursor.execute(statement.encode())
            if cursor.description:
                found.append(await cursor.fetchall())
    return orjson.dumps(found, default=str)
