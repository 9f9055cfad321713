"""`/films/`: the catalogue, for anybody to read; and one film, with what the apps above know of it."""

from collections.abc import Mapping
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from catalog import hooks
from catalog.ai.providers import provider_name
from catalog.forms import FilmFilter, FilmForm, stored
from catalog.models import Actor, Category, Film, MediaItem
from catalog.querysets import FilmQuerySet
from catalog.services.films import change_film, create_film
from catalog.views.library.credits import drawn, notices_of
from pipeline.services import demand
from pipeline.views.access import caller, page_for
from pipeline.views.listing import done, filtered, given_of
from pipeline.views.paging import page_of

FILMS_A_PAGE = 48
# Nobody reads further down the cast.
MOST_ACTORS = 200
# What a film has that is not stored yet says nothing about these.
UNSET = ("language", "categories", "row_version")
Row = dict[str, Any]
# Open without signing in; what a page shows still depends on who looks.
for_everybody = cache_control(private=True, no_cache=True)


@require_safe
@for_everybody
def film_list(request: HttpRequest) -> HttpResponse:
    form = FilmFilter(request.GET)
    form.is_valid()
    given = given_of(request, form)
    context = listed(request, form.cleaned_data, given) | {
        "form": form,
        "given": given,
        "is_filtered": bool(given.keys() - {"view"}),
        "more_filters": [form[column.name] for column in hooks.columns()],
        "is_table": given.get("view") == "table",
        "grid_address": f"?{urlencode({name: value for name, value in given.items() if name != 'view'})}",
        "table_address": f"?{urlencode({**given, 'view': 'table'})}",
        "categories": Category.objects.values_list("name", flat=True),
        "may_add": caller(request).has_perm("catalog.add_film"),
    }
    return filtered(request, "catalog/films", context, given)


def listed(request: HttpRequest, said: Mapping[str, Any], given: Mapping[str, str]) -> Row:
    """A page of films: two queries; what the apps above add comes with the second."""
    films = found(said)
    page = page_of(
        request.GET,
        total=films.count(),
        size=FILMS_A_PAGE,
        address=lambda number: f"?{urlencode({**given, 'page': number})}",
    )
    columns = hooks.columns()
    more = {column.name: column.expression for column in columns}
    rows = page.cut(films.as_rows().annotate(**more).order_by("title", "film_id"))
    told = [row | {"more": [(column.title, row[column.name]) for column in columns]} for row in rows]
    return {"page": page, "rows": told, "columns": columns}


def found(said: Mapping[str, Any]) -> FilmQuerySet:
    """What the filters leave; one that makes no sense counts as not said."""
    films = Film.objects.all()
    if words := said.get("q"):
        films = films.matching(words)
    if category := said.get("category"):
        films = films.of_category(category)
    if streamed := said.get("streaming_available"):
        films = films.filter(streaming_available=streamed == "true")
    for column in hooks.columns():
        if said.get(column.name):
            films = films.filter(column.has)
    plain = {name: said[name] for name in ("rating", "release_year") if said.get(name)}
    return films.filter(**plain)


@require_safe
@for_everybody
def film_page(request: HttpRequest, film_id: int) -> HttpResponse:
    film = Film.objects.as_details().get(pk=film_id)
    panels = hooks.panels(request, film_id)
    context = {
        "film": film,
        "actors": Actor.objects.filter(film_links__film=film_id).order_by("last_name", "first_name")[:MOST_ACTORS],
        "panels": panels,
        "media": media_of(request, film["media_id"]),
        "styles": sorted({panel.style for panel in panels if panel.style}),
        "may_change": caller(request).has_perm("catalog.change_film"),
        "ask": asking(film["title"]),
    }
    return render(request, "catalog/film.html", context)


def asking(title: str) -> Row:
    """What the panel that asks the catalogue needs to know."""
    return {
        "provider": provider_name(),
        "question_length": settings.AI_QUESTION_LENGTH,
        "suggestions": [f"Films like {title}", f"Who plays in {title}?", f"How many copies of {title} are in stock?"],
    }


def media_of(request: HttpRequest, media_id: UUID | None) -> Row | None:
    """The media item of the film, with its credits; its cover only for whom it would be served."""
    if media_id is None:
        return None
    items = MediaItem.objects.filter(pk=media_id)
    [media] = drawn(items.as_rows())
    is_open = request.user.is_authenticated or items.visible_to(caller(request)).exists()
    return media | {"has_cover": media["has_cover"] and is_open, "notices": notices_of([media])}


@page_for()
def new_film(request: HttpRequest) -> HttpResponse:
    demand(caller(request), "catalog.add_film")
    fresh = Film()
    defaults = {name: getattr(fresh, name) for name in FilmForm.base_fields if name not in UNSET}
    form = FilmForm(request.POST or None, initial=defaults)
    made = form.written(lambda **values: create_film(by=caller(request), **values))
    if made:
        return done(request, f"{made} is in the catalogue.", address_of(made.pk))
    context = {"form": form, "title": "New film", "button": "Add the film", "back": ("Films", reverse("film-index"))}
    return render(request, "catalog/form.html", context)


@page_for()
def edit_film(request: HttpRequest, film_id: int) -> HttpResponse:
    by = caller(request)
    demand(by, "catalog.change_film")
    film = Film.objects.get(pk=film_id)
    form = FilmForm(request.POST or None, initial=stored(film))
    written = form.written(
        lambda **values: change_film(film_id, by=by, expected_version=form.cleaned_data.get("row_version"), **values),
        lambda: stored(Film.objects.get(pk=film_id)),
    )
    if written:
        return done(request, f"{written} is saved.", address_of(film_id))
    context = {"form": form, "title": f"Edit {film}", "button": "Save", "back": (str(film), address_of(film_id))}
    return render(request, "catalog/form.html", context)


def address_of(film_id: int) -> str:
    return reverse("film-page", args=[film_id])
