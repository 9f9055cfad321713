"""`/library/transfer/`: a whole library out, and in."""

from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_http_methods

from catalog.services.library.transfer import import_library
from pipeline.errors import ImportRefused, RowsRefused
from pipeline.services.importing.rows import Action
from pipeline.views.access import caller, page_for

MOST_ROWS = 500
Row = dict[str, Any]


class LibraryFileForm(forms.Form):
    file = forms.FileField(label="Your file", help_text="JSON or CSV, as an export writes it. Up to 5 MB.")
    partial = forms.BooleanField(required=False, label="Write the good rows even if others have mistakes")


@require_http_methods(["GET", "HEAD", "POST"])
@page_for()
def transfer(request: HttpRequest) -> HttpResponse:
    """The ways out and in; for a file that was sent, what became or would become of each of its rows."""
    form = LibraryFileForm(request.POST or None, request.FILES or None)
    result = read_in(request, form) if request.method == "POST" and form.is_valid() else None
    return render(request, "catalog/library/transfer.html", {"form": form, **(told(result) if result else {})})


def read_in(request: HttpRequest, form: LibraryFileForm) -> Row | None:
    """What the file does, or with `check` would do; None when it is refused as a whole."""
    is_check = request.POST.get("act") == "check"
    said = form.cleaned_data
    try:
        return import_library(said["file"], by=caller(request), dry_run=is_check, partial=said["partial"])
    except RowsRefused as refused:
        return refused.facts | {"is_refused": True}
    except ImportRefused as refused:
        form.add_error("file", refused.detail)
        return None


def told(result: Row) -> Row:
    """Rows with mistakes first."""
    rows = sorted(result["rows"], key=lambda row: row["action"] != Action.FAILED)
    counts = [(action.value, result[action]) for action in Action if result[action]]
    return {"result": result, "counts": counts, "rows": rows[:MOST_ROWS], "more": max(0, len(rows) - MOST_ROWS)}
