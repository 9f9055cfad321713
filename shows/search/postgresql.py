"""Review search by PostgreSQL's full text alone.

What costs is reading rows, not finding them: a word that stands in a tenth of half a million notes is found in the
index within 15 ms, and its 50,000 rows lie on every page of the table. So no more than MOST_COUNTED matches are read,
whatever the word. A look at the newest notes tells how common the query is. What is rare is taken from the index. What
is common is met soon by walking back from the newest note, which also brings the matches that matter in order.
"""

from typing import Any

from django.db import connection

from shows.models import Show
from shows.search.asked import FACETS, MOST_COUNTED, MOST_VALUES, Hits, ReviewsAsked
from shows.search.planning import planned_cursor

# Of the matches, so many of the newest are ranked; the others follow by age.
MOST_RANKED = 1000
SAMPLE = 2000
# From this share of the sample on, walking costs less than reading what the index finds.
COMMON_SHARE = 0.05
MOST_WALKED = 200_000

Sql = tuple[str, dict[str, Any]]

SHARE = """
    SELECT count(*) FILTER (WHERE {conditions})::float / greatest(count(*), 1)
    FROM (SELECT * FROM shows_review ORDER BY id DESC LIMIT %(sample)s) AS review
"""
LOOKED_UP = "shows_review"
# The limit inside keeps the condition out, so that the planner does not go by the index of words after all.
WALKED = "(SELECT * FROM shows_review ORDER BY id DESC LIMIT %(most_walked)s)"
FIND = """
    WITH hit AS MATERIALIZED (
        SELECT id, show_id, status, department, author FROM {source} AS review WHERE {conditions} LIMIT %(most_counted)s
    ), ranked AS MATERIALIZED (
        SELECT id, ts_rank_cd(lexemes, %(tsquery)s::tsquery, 1) AS score FROM shows_review
        WHERE id IN (SELECT id FROM hit ORDER BY id DESC LIMIT %(most_ranked)s)
    ), page AS (
        SELECT id, coalesce(score, 0) AS score FROM hit LEFT JOIN ranked USING (id)
        ORDER BY score DESC, id DESC LIMIT %(limit)s OFFSET %(offset)s
    )
    SELECT (SELECT count(*) FROM hit),
           (SELECT coalesce(json_agg(json_build_array(id, score) ORDER BY score DESC, id DESC), '[]') FROM page),
           (SELECT coalesce(json_agg(json_build_array(place, value, n)), '[]') FROM (
               SELECT CASE 0 WHEN grouping(show_id) THEN 0 WHEN grouping(department) THEN 1
                             WHEN grouping(status) THEN 2 ELSE 3 END AS place,
                      coalesce(show_id::text, department, status, author) AS value, count(*) AS n
               FROM hit GROUP BY GROUPING SETS ((show_id), (department), (status), (author))
           ) AS facet WHERE value IS NOT NULL)
"""


def find_reviews(asked: ReviewsAsked, tsquery: str) -> Hits:
    """The page of reviews that match, best first, and what there is beside it."""
    if asked.show and not show_id(asked.show):
        return Hits()
    statement, values, is_common = plan_for(asked, tsquery)
    with planned_cursor(reading_all=is_common) as cursor:
        cursor.execute(statement, values)
        count, page, facets = cursor.fetchone()
    return Hits({pk: score for pk, score in page}, count, counted(facets))  # noqa: C416 - pairs from JSON


def plan_for(asked: ReviewsAsked, tsquery: str) -> tuple[str, dict[str, Any], bool]:
    """The statement that finds the page, its values, and whether most notes are expected to match."""
    conditions, values = conditions_of(asked, tsquery)
    values |= {
        "limit": asked.limit, "offset": min(asked.offset, MOST_COUNTED), "sample": SAMPLE,
        "most_counted": MOST_COUNTED, "most_ranked": MOST_RANKED, "most_walked": MOST_WALKED,
    }  # fmt: skip
    is_common = not lie_together(asked) and share(conditions, values) >= COMMON_SHARE
    return FIND.format(conditions=conditions, source=WALKED if is_common else LOOKED_UP), values, is_common


def lie_together(asked: ReviewsAsked) -> bool:
    """Whether the newest notes tell nothing of the others: a show, a person and a time have theirs in one place."""
    return bool(asked.show or asked.author or asked.after or asked.before)


def share(conditions: str, values: dict[str, Any]) -> float:
    """How many of the newest notes match, of 1."""
    with connection.cursor() as cursor:
        cursor.execute(SHARE.format(conditions=conditions), values)
        return float(cursor.fetchone()[0])


def conditions_of(asked: ReviewsAsked, tsquery: str) -> Sql:
    """SQL that a review has to meet, of fixed parts, and its values by name."""
    parts = {
        "lexemes @@ %(tsquery)s::tsquery": ("tsquery", tsquery),
        # The index compares numbers of this size only.
        "show_id = %(show)s::bigint": ("show", show_id(asked.show) if asked.show else None),
        "department = %(department)s": ("department", asked.department or None),
        "status = %(status)s": ("status", asked.status or None),
        "author = %(author)s": ("author", asked.author or None),
        "created_at >= %(after)s::date": ("after", asked.after),
        "created_at < %(before)s::date + 1": ("before", asked.before),
    }
    given = {sql: (name, value) for sql, (name, value) in parts.items() if value is not None}
    return " AND ".join(given), dict(given.values())


def show_id(code: str) -> int:
    """The id of the show of that code; 0, which is none's, where there is no such show."""
    found = Show.objects.coded(code).values_list("pk", flat=True).first()
    return found or 0


def counted(rows: list[tuple[int, str, int]]) -> dict[str, dict[Any, int]]:
    facets: dict[str, dict[Any, int]] = {name: {} for name in FACETS}
    for place, value, number in sorted(rows, key=lambda row: (-row[2], row[1])):
        facet = facets[FACETS[place]]
        if len(facet) < MOST_VALUES:
            facet[int(value) if FACETS[place] == "show" else value] = number
    return facets
