"""The rows behind the ids that an engine found: as they are now, and only what the caller may see."""

from collections.abc import Iterable, Mapping
from typing import Any

from django.db.models import F, TextField
from django.db.models.expressions import RawSQL

from pipeline.search.marks import BEGIN, END, marked
from pipeline.services import Actor
from shows.models import Review, Show

MARKS = f"StartSel={BEGIN},StopSel={END}"
WHOLE = f"{MARKS},HighlightAll=true"
PARTS = f'{MARKS},MaxFragments=3,MaxWords=30,MinWords=12,FragmentDelimiter=" … "'
# A note of so many letters is shown whole.
SHORT = 300


# A character that is no text stands around points and slashes meanwhile: PostgreSQL takes edge.mov for one word here.
HEADLINE = r"""
    replace(ts_headline(
        'shows_notes',
        regexp_replace(translate(shows_review.body, E'\x01\x02\x03', ''), '([^[:alnum:][:space:]])',
                       E'\x01\\1\x01', 'g'),
        %s::tsquery, CASE WHEN char_length(shows_review.body) <= %s THEN %s ELSE %s END
    ), E'\x01', '')
"""


def rows_of(scores: Mapping[int, float], tsquery: str, user: Actor) -> list[dict[str, Any]]:
    """The results in the order of `scores`, each with its `highlight`: escaped, with `<mark>` and no other tag."""
    visible = Review.objects.visible_to(user).filter(pk__in=list(scores)).order_by()
    found: dict[int, Any] = {
        row["id"]: row
        for row in visible.values(
            "id", "shot_id", "author", "status", "department", "body", "created_at", shot_code=F("shot__code"),
            sequence=F("shot__sequence__code"), show_code=F("show__code"),
            highlight=RawSQL(HEADLINE, [tsquery, SHORT, WHOLE, PARTS], TextField()),  # noqa: S611 - the values stand apart
        )
    }  # fmt: skip
    return [shaped(found[pk], score) for pk, score in scores.items() if pk in found]


def shaped(row: dict[str, Any], score: float) -> dict[str, Any]:
    names = ("id", "shot_id", "sequence", "author", "status", "department", "body", "created_at")
    return {name: row[name] for name in names} | {
        "shot": row["shot_code"],
        "show": row["show_code"],
        "highlight": marked(row["highlight"]),
        "score": round(score, 4),
    }


def codes_of(shows: Iterable[int]) -> dict[int, str]:
    return dict(Show.objects.filter(pk__in=list(shows)).values_list("pk", "code"))
