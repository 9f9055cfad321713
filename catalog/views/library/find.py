"""Searches for media: what is here, and if wanted what the sources have."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from catalog.models import Consumption, MediaItem, SourceName
from catalog.services.library.searching import search_media
from catalog.views.library.credits import drawn, notices_of
from catalog.views.library.forms import FindForm
from pipeline.views.access import caller, page_for

Row = dict[str, Any]


@require_safe
@page_for()
def find_page(request: HttpRequest) -> HttpResponse:
    """`/library/find/`: what there is, with how the caller has it already."""
    context = found(request)
    ids = [row["id"] for row in context["results"]]
    by = caller(request)
    mine = {row["id"]: row for row in MediaItem.objects.filter(pk__in=ids).as_shelf(by)} if ids else {}
    results = [row | {"mine": mine.get(row["id"])} for row in context["results"]]
    more = request.GET.copy()
    more["external"] = "on"
    context |= {
        "results": results,
        "notices": notices_of(results),
        "statuses": Consumption.choices,
        "more": more.urlencode(),
    }
    return render(request, "catalog/library/find.html", context)


def found(request: HttpRequest) -> Row:
    """What the search in the address finds; nothing where there is none, or one that makes no sense."""
    words = request.GET.get("q", "").strip()
    form = FindForm(request.GET if words else None)
    context: Row = {"find": form, "words": words, "results": [], "states": []}
    if not form.is_valid():
        return context
    answer = search_media(by=caller(request), **form.asked())
    states = [
        {"name": str(SourceName(name).label), "state": state, "is_ok": state == "ok"}
        for name, state in answer["sources"].items()
    ]
    return context | {"results": drawn(answer["results"]), "states": states, "is_external": bool(states)}
