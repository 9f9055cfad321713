"""`/search/`: one box over everything, with the notes' facets; searches can be kept."""

from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from pipeline.errors import Refusal
from pipeline.search.groups import Group, Source, search_groups, sources_for
from pipeline.search.query import LONGEST, read_query
from pipeline.services import Actor
from pipeline.views.access import caller, is_part, page_for
from pipeline.views.paging import Page, page_of
from shows.models import ReviewStatus, SavedSearch
from shows.search import Found, ReviewsAsked, search_reviews
from shows.services import searches

A_PAGE = 20
A_GROUP = 50
NOTES = "notes"
FACETS = (("show", "Show"), ("department", "Department"), ("status", "Verdict"), ("author", "Author"))


class SearchForm(forms.Form):
    """What of the address makes sense; the rest counts as not said."""

    q = forms.CharField(max_length=LONGEST, required=False)
    show = forms.CharField(max_length=20, required=False)
    department = forms.CharField(max_length=50, required=False)
    status = forms.ChoiceField(choices=[("", "Any verdict"), *ReviewStatus.choices], required=False)
    author = forms.CharField(max_length=200, required=False)
    after = forms.DateField(required=False, widget=forms.DateInput(attrs={"type": "date"}))
    before = forms.DateField(required=False, widget=forms.DateInput(attrs={"type": "date"}))


class SaveForm(forms.Form):
    name = forms.CharField(max_length=100)
    query = forms.CharField(max_length=2000)


@dataclass(frozen=True)
class Tab:
    source: Source
    group: Group
    address: str
    is_open: bool


@dataclass(frozen=True)
class Choice:
    """A value of a facet; `address` chooses it, or takes the choice back."""

    label: str
    count: int
    address: str
    is_chosen: bool


@require_safe
@page_for()
def search_page(request: HttpRequest) -> HttpResponse:
    context = context_of(request.GET, caller(request))
    if not is_part(request):
        return render(request, "shows/search.html", context)
    response = render(request, "shows/search/results.html", context)
    response.headers["HX-Push-Url"] = f"{request.path}{context['address']}"
    return response


def context_of(params: QueryDict, user: Actor) -> dict[str, Any]:
    given = given_in(params)
    own = SavedSearch.objects.filter(user_id=user.pk)
    context: dict[str, Any] = {
        "given": given,
        "address": address(given),
        "saved": own,
        "statuses": ReviewStatus.choices,
    }
    if "q" not in given:
        return context | {"problem": problem_of(params)}
    try:
        query = read_query(given["q"])
    except Refusal as refusal:
        return context | {"problem": refusal.detail}
    groups = search_groups(query, user, A_GROUP)
    tab = tab_of(params.get("tab", ""), groups)
    context |= {"tab": tab, "tabs": tabs_of(groups, user, given, tab), "group": groups.get(tab)}
    if tab == NOTES:
        context |= notes_of(params, given, user)
    return context | state_of(groups, context.get("found"))


def tab_of(chosen: str, groups: dict[str, Group]) -> str:
    """What was chosen; otherwise the notes, or the first group in which anything is found."""
    if chosen in groups:
        return chosen
    order = sorted(groups, key=lambda name: (not groups[name].count, name != NOTES))
    return order[0] if order else ""


def problem_of(params: QueryDict) -> str:
    """What to say where something was typed that cannot be searched for."""
    return f"Search for at most {LONGEST} characters." if len(params.get("q", "")) > LONGEST else ""


def given_in(params: QueryDict) -> dict[str, str]:
    form = SearchForm(params)
    form.is_valid()
    return {name: str(value) for name, value in form.cleaned_data.items() if value}


def tabs_of(groups: dict[str, Group], user: Actor, given: dict[str, str], tab: str) -> list[Tab]:
    return [
        Tab(source, groups[source.name], address(given, tab=source.name), source.name == tab)
        for source in sources_for(user)
    ]


def notes_of(params: QueryDict, given: dict[str, str], user: Actor) -> dict[str, Any]:
    """The notes with their facets, a page of them."""
    days = SearchForm(params)
    days.is_valid()
    filters: dict[str, Any] = given | {name: days.cleaned_data.get(name) for name in ("after", "before")}
    first = page_of(params, total=10**6, size=A_PAGE, address=str)
    found = search_reviews(ReviewsAsked.read(**filters, limit=A_PAGE, offset=first.start), user=user)
    page: Page = page_of(
        params,
        total=found.count,
        size=A_PAGE,
        address=lambda number: address(given, tab=NOTES, page=number if number > 1 else None),
    )
    notes = [row | {"label": ReviewStatus(row["status"]).label} for row in found.results]
    return {"found": found, "notes": notes, "page": page, "facets": facets_of(found, given)}


def facets_of(found: Found, given: dict[str, str]) -> list[tuple[str, list[Choice]]]:
    labels = dict(ReviewStatus.choices)
    return [
        (
            title,
            [
                Choice(
                    str(labels.get(value, value)) if name == "status" else value,
                    count,
                    address(given, **{"tab": NOTES, name: None if given.get(name) == value else value}),
                    given.get(name) == value,
                )
                for value, count in list(found.facets.get(name, {}).items())[:12]
            ],
        )
        for name, title in FACETS
    ]


def state_of(groups: dict[str, Group], found: Found | None) -> dict[str, Any]:
    degraded = any(group.degraded for group in groups.values()) or bool(found and found.degraded)
    engines = {group.engine for group in groups.values()} | ({found.engine} if found else set())
    return {"degraded": degraded, "engine": "Elasticsearch" if "elasticsearch" in engines else "PostgreSQL"}


def address(given: dict[str, str], **changes: Any) -> str:
    said = {name: value for name, value in {**given, **changes}.items() if value is not None}
    return f"?{urlencode(said)}"


@require_POST
@page_for()
def save_search(request: HttpRequest) -> HttpResponse:
    form = SaveForm(request.POST)
    if not form.is_valid():
        messages.error(request, "A search needs a name of at most 100 characters.")
        return redirect("search-page")
    query = urlencode(given_in(QueryDict(form.cleaned_data["query"].removeprefix("?"))))
    try:
        searches.save_search(name=form.cleaned_data["name"], query=query, by=caller(request))
    except Refusal as refusal:
        messages.error(request, refusal.detail)
    return redirect(f"{reverse('search-page')}?{query}")


@require_POST
@page_for()
def remove_search(request: HttpRequest, pk: int) -> HttpResponse:
    try:
        searches.remove_search(pk, by=caller(request))
    except SavedSearch.DoesNotExist:
        raise Http404 from None
    return redirect("search-page")
