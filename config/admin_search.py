"""The admin's one search over all that has words to search by; each model as far as its list is for the caller."""

import time
from collections.abc import Iterator
from typing import Any
from urllib.parse import urlencode

from django.contrib import admin
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.db import OperationalError, connection, transaction
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.urls import path, reverse
from unfold.dataclasses import SearchResult

# So many of each model; the list shows the others.
SHOWN = 5
# Shorter words are in nearly every row.
SHORTEST = 2
LONGEST = 100
# A model that takes longer leaves its answer to its list.
PATIENCE_MS = 250


def search(request: HttpRequest) -> HttpResponse:
    """What the window of the search shows below its field, as the theme draws it; what was found is kept nowhere."""
    started = time.perf_counter()
    words = request.GET.get("s", "").strip()[:LONGEST]
    if len(words) < SHORTEST:
        return HttpResponse()
    found = list(everything(request, words))
    if not found:
        return TemplateResponse(request, "admin/nothing_found.html", {"words": words, "results": found})
    pages = Paginator(found, len(found))
    seconds = time.perf_counter() - started
    context = {"page_obj": pages, "results": pages.page(1), "page_counter": 0, "execution_time": seconds}
    return TemplateResponse(request, "unfold/helpers/command_results.html", context, headers={"HX-Trigger": "search"})


def everything(request: HttpRequest, words: str) -> Iterator[SearchResult]:
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute("SELECT set_config('statement_timeout', %s, true)", [f"{PATIENCE_MS}ms"])
        for model_admin in admin.site._registry.values():
            if model_admin.get_search_fields(request) and model_admin.has_view_permission(request):
                yield from found_in(model_admin, request, words)


def found_in(model_admin: Any, request: HttpRequest, words: str) -> list[SearchResult]:
    """The first rows of one model, and a way to the others."""
    try:
        with transaction.atomic():
            rows, has_duplicates = model_admin.get_search_results(request, model_admin.get_queryset(request), words)
            found = list((rows.distinct() if has_duplicates else rows)[: SHOWN + 1])
            results = [result_of(row) for row in found[:SHOWN]]
    except OperationalError:
        return [others(model_admin, words, "too many to look through here")]
    except (ValidationError, ValueError):
        return []
    return [*results, others(model_admin, words, "there are more")] if len(found) > SHOWN else results


def result_of(row: Any) -> SearchResult:
    meta = row._meta
    link = reverse(f"admin:{meta.app_label}_{meta.model_name}_change", args=[row.pk])
    return SearchResult(title=str(row), description=str(meta.verbose_name), link=link, icon="subdirectory_arrow_right")


def others(model_admin: Any, words: str, why: str) -> SearchResult:
    meta = model_admin.opts
    link = f"{reverse(f'admin:{meta.app_label}_{meta.model_name}_changelist')}?{urlencode({'q': words})}"
    return SearchResult(title=f"All {meta.verbose_name_plural} with “{words}”", description=why, link=link, icon="list")


urlpatterns = [path("admin/search/", admin.site.admin_view(search))]
