"""Changes of rows that must reach the search, written into the outbox by the database itself.

Every door writes through the table: services, imports, COPY, the admin, raw SQL. A trigger at the end of each statement
therefore forgets none of them, and puts one event however many rows the statement wrote.
"""

import pgtrigger

SEARCH_TOPIC = "search.index"


def announced_changes(kind: str, *, and_then: str = "") -> list[pgtrigger.Trigger]:
    """Triggers that tell the search of `kind` which rows of a versioned table were written or are gone.

    The event holds the ids as a multirange: `{[1,500001)}` after a bulk load. `and_then` is SQL for after an update.
    """
    return [
        announcing("insert", pgtrigger.Insert, {"new": "new_rows"}, put(kind, "SELECT id FROM new_rows")),
        announcing(
            "update",
            pgtrigger.Update,
            {"new": "new_rows", "old": "old_rows"},
            put(
                kind,
                "SELECT id FROM new_rows JOIN old_rows USING (id) WHERE new_rows.row_version <> old_rows.row_version",
            )
            + and_then,
        ),
        announcing("delete", pgtrigger.Delete, {"old": "old_rows"}, put(kind, "SELECT id FROM old_rows")),
    ]


def announced_along(kind: str, ids: str) -> pgtrigger.Trigger:
    """Tells the search of rows of `kind` that show something of this table: those that the query `ids` answers.

    It may ask `new_rows` and `old_rows`, which an update wrote.
    """
    return announcing(f"along_{kind}", pgtrigger.Update, {"new": "new_rows", "old": "old_rows"}, put(kind, ids))


def announcing(name: str, operation: pgtrigger.Operation, rows: dict[str, str], func: str) -> pgtrigger.Trigger:
    return pgtrigger.Trigger(
        name=f"announce_{name}",
        level=pgtrigger.Statement,
        when=pgtrigger.After,
        operation=operation,
        referencing=pgtrigger.Referencing(**rows),
        func=f"{func} RETURN NULL;",
    )


def put(kind: str, ids: str) -> str:
    """SQL that writes an event about the rows whose ids the query `ids` answers, and none where there are none."""
    return f"""
        INSERT INTO pipeline_outboxevent (topic, key, payload)
        SELECT '{SEARCH_TOPIC}', '{kind}', jsonb_build_object('rows', written.ids)
        FROM (SELECT range_agg(int8range(id, id, '[]'))::text AS ids FROM ({ids}) AS written) AS written
        WHERE written.ids IS NOT NULL;
    """  # noqa: S608 - names of our own, written into a migration
