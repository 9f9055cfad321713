"""What the one search finds of this app."""

from django.urls import reverse

from pipeline.search.groups import Group, Hit, register_group
from pipeline.search.index import Index
from pipeline.search.kinds import Kind, register_kind
from pipeline.search.matching import found_rows
from pipeline.search.query import Query
from pipeline.services import Actor
from shows.documents import ShotDocument
from shows.models import Shot, Show
from shows.search.asked import ReviewsAsked
from shows.search.elasticsearch import REVIEWS
from shows.search.reviews import search_reviews
from shows.search.words import learn_words, recount_words

SHOTS = Index("shots", ShotDocument)


def search_notes(query: Query, user: Actor, limit: int) -> Group:
    found = search_reviews(ReviewsAsked(query, limit=limit), user=user)
    hits = [
        Hit(
            row["id"],
            f"{row['author']} on {row['show']} {row['sequence']} {row['shot']}",
            f"{reverse('shot-page', args=[row['shot_id']])}#note-{row['id']}",
            row["highlight"],
        )
        for row in found.results
    ]
    return Group(found.count, hits, found.engine, found.degraded)


def search_shots(query: Query, user: Actor, limit: int) -> Group:
    rows = Shot.objects.visible_to(user).select_related("sequence", "show")
    return found_rows(
        rows, query, limit, ("code", "sequence__code", "show__code", "description"),
        lambda shot: (f"{shot.show.code} {shot.sequence.code} {shot.code}", reverse("shot-page", args=[shot.pk])),
        text="description", index=SHOTS,
    )  # fmt: skip


def search_shows(query: Query, user: Actor, limit: int) -> Group:
    rows = Show.objects.visible_to(user)
    return found_rows(
        rows, query, limit, ("title", "code"),
        lambda show: (f"{show.title} ({show.code})", reverse("show-page", args=[show.code])),
    )  # fmt: skip


def register() -> None:
    register_kind(Kind("shots", index=SHOTS))
    register_kind(Kind("reviews", [learn_words], REVIEWS, [recount_words]))
    register_group("shots", "Shots", may_read=lambda user: user.has_perm("shows.view_shot"), search=search_shots)
    register_group("notes", "Notes", may_read=lambda user: user.has_perm("shows.view_review"), search=search_notes)
    register_group("shows", "Shows", may_read=lambda user: user.has_perm("shows.view_show"), search=search_shows)
