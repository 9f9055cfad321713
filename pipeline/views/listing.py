"""What lists with filters answer, and what a form answers when it is done."""

from collections.abc import Mapping
from typing import Any
from urllib.parse import urlencode

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from pipeline.views.access import is_part


def given_of(request: HttpRequest, form: forms.Form) -> dict[str, str]:
    """What was asked for by the address, as it stands there."""
    names = [form.add_prefix(name) for name in form.fields]
    return {name: request.GET[name].strip() for name in names if request.GET.get(name, "").strip()}


def filtered(request: HttpRequest, template: str, context: dict[str, Any], given: Mapping[str, str]) -> HttpResponse:
    """The whole page, or to a script that changed a filter the list alone."""
    if not is_part(request):
        return render(request, f"{template}.html", context)
    response = render(request, f"{template}/results.html", context)
    response.headers["HX-Push-Url"] = f"{request.path}?{urlencode(given)}" if given else request.path
    return response


def done(request: HttpRequest, words: str, target: str) -> HttpResponse:
    """Says that it is done, on the page that comes next."""
    messages.success(request, words)
    if not is_part(request):
        return redirect(target)
    return HttpResponse(headers={"HX-Redirect": target})
