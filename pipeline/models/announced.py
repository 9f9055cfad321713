"""Changes of rows that must reach the search, written into the outbox by the database itself.

Every door writes through the table: services, imports, COPY, the admin, raw SQL. A trigger at the end of each statement
therefore forgets none of them, and puts one event however many rows the statement wrote.
"""

import pgtrigger

SEARCH_TOPIC = "search.index"


def announced_changes(kind: str, *, key: str = "id", and_then: str = "") -> list[pgtrigger.Trigger]:
    """Triggers that tell the search of `kind` which rows of a versioned table were written or are gone.

    The event holds the ids as a multirange: `{[1,500001)}` after a bulk load. `key` is the column of the ids, and
    `and_then` SQL for after an update.
    """
    return [
        announcing("insert", pgtrigger.Insert, {"new": "new_rows"}, put(kind, those_of("new_rows", key), key)),
        announcing(
            "update",
            pgtrigger.Update,
            {"new": "new_rows", "old": "old_rows"},
            put(
                kind,
                f"{those_of('new_rows', key)} JOIN old_rows USING ({key}) "
                "WHERE new_rows.row_version <> old_rows.row_version",
                key,
            )
            + and_then,
        ),
        announcing("delete", pgtrigger.Delete, {"old": "old_rows"}, put(kind, those_of("old_rows", key), key)),
    ]


def announced_emptying(kind: str, table: str, *, key: str) -> pgtrigger.Trigger:
    """Tells the search of all rows of the table before TRUNCATE empties it, which is no delete to the others."""
    return pgtrigger.Trigger(
        name="announce_truncate",
        level=pgtrigger.Statement,
        when=pgtrigger.Before,
        operation=pgtrigger.Truncate,
        func=f"{put(kind, those_of(table, key), key)} RETURN NULL;",
    )


def announced_along(kind: str, ids: str) -> pgtrigger.Trigger:
    """Tells the search of rows of `kind` that show something of this table: those that the query `ids` answers.

    It may ask `new_rows` and `old_rows`, which an update wrote.
    """
    return announcing(f"along_{kind}", pgtrigger.Update, {"new": "new_rows", "old": "old_rows"}, put(kind, ids))


def those_of(rows: str, key: str) -> str:
    return f"SELECT {key} FROM {rows}"  # noqa: S608 - names of our own, written into a migration


def announcing(name: str, operation: pgtrigger.Operation, rows: dict[str, str], func: str) -> pgtrigger.Trigger:
    return pgtrigger.Trigger(
        name=f"announce_{name}",
        level=pgtrigger.Statement,
        when=pgtrigger.After,
        operation=operation,
        referencing=pgtrigger.Referencing(**rows),
        func=f"{func} RETURN NULL;",
    )


def put(kind: str, ids: str, key: str = "id") -> str:
    """SQL that writes an event about the rows whose ids the query `ids` answers, and none where there are none."""
    return f"""
        INSERT INTO pipeline_outboxevent (topic, key, payload)
        SELECT '{SEARCH_TOPIC}', '{kind}', jsonb_build_object('rows', written.ids)
        FROM (SELECT range_agg(int8range({key}, {key}, '[]'))::text AS ids FROM ({ids}) AS written) AS written
        WHERE written.ids IS NOT NULL;
    """  # noqa: S608 - names of our own, written into a migration
