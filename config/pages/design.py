"""Every part that pages are made of, on one page, for who builds them; there is no such page in production."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from django import forms
from django.conf import settings
from django.contrib import messages
from django.contrib.messages import constants
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from pipeline.models import JobStatus
from pipeline.views.paging import Page
from shows.models import ReviewStatus, ShotStatus

TOKENS = settings.BASE_DIR / "static" / "config" / "css" / "tokens.css"
# `--name: value;` of the first rule, which holds for all pages.
TOKEN = re.compile(r"^  --([a-z0-9-]+): (.+);$", re.MULTILINE)
REM = 16


class SampleForm(forms.Form):
    """A field of each kind; the page shows it as sent back empty."""

    code = forms.CharField(max_length=20, help_text="Letters, digits, _ . and -")
    description = forms.CharField(widget=forms.Textarea(attrs={"rows": 2}), required=False)
    status = forms.ChoiceField(choices=ShotStatus.choices)
    first_day = forms.DateField(widget=forms.DateInput(attrs={"type": "date"}), required=False)
    is_live = forms.BooleanField(label="Tell me when others write", required=False)


@dataclass(frozen=True, slots=True)
class Token:
    name: str
    value: str

    @property
    def pixels(self) -> int:
        return round(float(self.value.removesuffix("rem")) * REM)


def design(request: HttpRequest) -> HttpResponse:
    if not settings.IS_LOCAL:
        raise Http404
    for level in (constants.INFO, constants.SUCCESS, constants.WARNING, constants.ERROR):
        messages.add_message(request, level, f"This is said as {constants.DEFAULT_TAGS[level]}.")
    tokens = list(read_tokens())
    context = {
        "colours": [token for token in tokens if token.value.startswith(("light-dark(#", "#"))],
        "spaces": [token for token in tokens if token.name.startswith("space-")],
        "sizes": [token for token in tokens if token.name.startswith("size-")],
        "statuses": [("Shots", ShotStatus), ("Reviews", ReviewStatus), ("Jobs", JobStatus)],
        "form": SampleForm({}, auto_id="sample_%s"),
        "page": Page(3, 50, 412, "?page={}".format),
    }
    return render(request, "config/design.html", context)


def read_tokens() -> Iterator[Token]:
    """From the style sheet itself, so that the page cannot tell of others."""
    for name, value in TOKEN.findall(TOKENS.read_text().split("}", 1)[0]):
        yield Token(name, value)
