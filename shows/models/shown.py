"""Changes that the page of a shot shows, written into the outbox by the database itself, whichever door made them."""

import pgtrigger

from pipeline.models.announced import announcing

SHOT_CHANGED = "shot.changed"
# Of more shots an event names the first and the last only: who looks at one in between looks once in vain.
MOST_NAMED = 500


def shown_changes(shot: str, *, when: str = "insert update delete") -> list[pgtrigger.Trigger]:
    """Triggers that put one event a statement; `shot` is the column with the shot's id."""
    both = "new_rows JOIN old_rows USING (id) WHERE new_rows.row_version <> old_rows.row_version"
    known = {
        "insert": (pgtrigger.Insert, {"new": "new_rows"}, put(f"new_rows.{shot}", "new_rows")),
        "update": (pgtrigger.Update, {"new": "new_rows", "old": "old_rows"}, put(f"new_rows.{shot}", both)),
        "delete": (pgtrigger.Delete, {"old": "old_rows"}, put(f"old_rows.{shot}", "old_rows")),
    }
    return [
        announcing(f"shown_{name}", operation, rows, func)
        for name, (operation, rows, func) in known.items()
        if name in when.split()
    ]


def put(shot: str, rows: str) -> str:
    """SQL that writes an event about the shots of the rows, and none where there are no rows."""
    return f"""
        INSERT INTO pipeline_outboxevent (topic, key, payload)
        SELECT '{SHOT_CHANGED}', '', jsonb_build_object('shots',
            CASE WHEN named > {MOST_NAMED} THEN int8multirange(range_merge(shots)) ELSE shots END::text)
        FROM (SELECT range_agg(int8range(shot, shot, '[]')) AS shots, count(*) AS named
              FROM (SELECT {shot} AS shot FROM {rows}) AS written) AS written
        WHERE shots IS NOT NULL;
    """  # noqa: S608 - names of our own, written into a migration
