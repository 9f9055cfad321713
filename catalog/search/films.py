from django.urls import reverse

from catalog.documents import FilmDocument
from catalog.models import Film
from pipeline.search.groups import Group, register_group
from pipeline.search.index import Index
from pipeline.search.kinds import Kind, register_kind
from pipeline.search.matching import found_rows
from pipeline.search.query import Query
from pipeline.services import Actor

FILMS = Index("films", FilmDocument, key="search_number")


def search_films(query: Query, user: Actor, limit: int) -> Group:
    return found_rows(
        Film.objects.visible_to(user), query, limit, ("title", "description"),
        lambda film: (titled(film), reverse("film-page", args=[film.pk])),
        text="description", index=FILMS,
    )  # fmt: skip


def titled(film: Film) -> str:
    return f"{film.title} ({film.release_year})" if film.release_year else film.title


def register() -> None:
    register_kind(Kind("films", index=FILMS))
    register_group("films", "Films", may_read=lambda user: True, search=search_films)
