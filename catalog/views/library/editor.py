"""`/menus/<id>/edit/`: somebody's own menu, put together course by course."""

from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from catalog.models import Menu
from catalog.services.library.menus import change_menu
from catalog.views.library.credits import drawn
from catalog.views.library.find import found
from catalog.views.library.forms import CourseForm, MenuForm
from pipeline.views.access import caller, is_part, page_for

Row = dict[str, Any]


@require_safe
@page_for()
def menu_editor(request: HttpRequest, menu_id: int) -> HttpResponse:
    """The whole page, or to the search on it what it found."""
    menu = own_menu(request, menu_id)
    context = {"menu": menu} | found(request)
    if is_part(request):
        return render(request, "catalog/library/editor/found.html", context)
    forms = {"form": MenuForm(initial=menu), "course_form": CourseForm()}
    return render(request, "catalog/library/editor.html", context | forms)


@require_POST
@page_for()
def save_details(request: HttpRequest, menu_id: int) -> HttpResponse:
    by = caller(request)
    form = MenuForm(request.POST)
    version = lambda: form.cleaned_data.get("row_version")  # noqa: E731
    written = form.written(
        lambda **values: change_menu(menu_id, by=by, expected_version=version(), **values),
        lambda: own_menu(request, menu_id),
    )
    if written:
        messages.success(request, "Title and description are saved.")
        return redirect("menu-editor", menu_id)
    context = {"menu": own_menu(request, menu_id), "form": form, "course_form": CourseForm()} | found(request)
    return render(request, "catalog/library/editor.html", context)


def own_menu(request: HttpRequest, menu_id: int) -> Row:
    """A menu with its courses and what is in them: two queries."""
    menu: Row = Menu.objects.visible_to(caller(request)).filter(pk=menu_id).as_details().get()
    items = [item for course in menu["courses"] for item in course["items"]]
    for item, media in zip(items, drawn(item["media"] for item in items), strict=True):
        item["media"] = media
    return menu


def answered(request: HttpRequest, menu_id: int) -> HttpResponse:
    """The courses as they are now to a script, with what is to be said; else the whole page again."""
    if is_part(request):
        return render(request, "catalog/library/editor/answer.html", {"menu": own_menu(request, menu_id)})
    words = request.POST.get("q", "").strip()[:200]
    target = reverse("menu-editor", args=[menu_id])
    return redirect(f"{target}?{urlencode({'q': words})}" if words else target)
