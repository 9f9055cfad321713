"""Shots from a file: what it would do is shown first, and what was shown is what is written."""

import hashlib
import json
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from pipeline.errors import ImportRefused
from pipeline.services import demand
from pipeline.services.importing.orders import Mode
from pipeline.services.importing.rows import Action
from pipeline.views.access import caller
from shows.forms import CutForm, TableForm
from shows.models import Show
from shows.services.imports.from_csv import import_shots
from shows.services.imports.from_timeline import import_timeline
from shows.services.imports.kept import forget, keep, kept
from shows.views.jobs import import_as_job
from shows.views.review_access import studio_page
from shows.views.writing import show_coded

SESSION_KEY = "imports"
# So many files of one session wait at once; an older one is forgotten.
MOST_WAITING = 5
MOST_ROWS = 300
FORMS = {"table": TableForm, "cut": CutForm}
ACTIONS = [action.value for action in Action]
Order = dict[str, Any]
Outcome = dict[str, Any]


@studio_page
def upload(request: HttpRequest, code: str) -> HttpResponse:
    """Takes a file and goes on to what it would do, or to the job that reads it."""
    demand(caller(request), "shows.import_shots")
    show = show_coded(request, code)
    kind = request.POST.get("kind", "")
    forms = {name: form(*posted(request, name == kind), prefix=name) for name, form in FORMS.items()}
    form = forms.get(kind)
    if form and form.is_valid():
        if "as_job" not in request.POST or not isinstance(form, CutForm):
            return checked_first(request, show, kind, form.cleaned_data)
        if started := import_as_job(request, show, form):
            return started
    return render(request, "shows/imports/upload.html", {"show": show, "forms": forms})


def checked_first(request: HttpRequest, show: Show, kind: str, said: Order) -> HttpResponse:
    """Keeps the file, and goes on to what it would do."""
    file = said.pop("file")
    key = remember(request, keep(file), {"kind": kind, "name": file.name, "show": show.pk, "said": said})
    return redirect("check-import", code=show.code, key=key)


def posted(request: HttpRequest, is_sent: bool) -> tuple[Any, Any]:
    return (request.POST, request.FILES) if is_sent else (None, None)


def remember(request: HttpRequest, key: str, order: Order) -> str:
    """The order stands in the session, so that nobody else opens it."""
    waiting = {**request.session.get(SESSION_KEY, {}), key: order}
    for old in list(waiting)[:-MOST_WAITING]:
        del waiting[old]
        forget(old)
    request.session[SESSION_KEY] = waiting
    return key


@studio_page
def check(request: HttpRequest, code: str, key: str) -> HttpResponse:
    """Shows what a kept file would do; sent with the fingerprint of what was shown, does it."""
    demand(caller(request), "shows.import_shots")
    show = show_coded(request, code)
    order = request.session.get(SESSION_KEY, {}).get(key)
    if not order or order["show"] != show.pk:
        return gone(request, show)
    if "done" in order:
        return render(request, "shows/imports/result.html", {"show": show, "order": order, "outcome": order["done"]})
    return looked_at(request, show, key, order)


def looked_at(request: HttpRequest, show: Show, key: str, order: Order) -> HttpResponse:
    try:
        outcome = carried_out(request, key, order, dry_run=True)
    except ImportRefused as refusal:
        return render(request, "shows/imports/check.html", {"show": show, "order": order, "refusal": refusal})
    if outcome is None:
        return gone(request, show)
    shown = fingerprint(outcome)
    if request.method == "POST" and request.POST.get("fingerprint") == shown:
        return done(request, show, key, order)
    context = {"show": show, "order": order, "outcome": outcome, "fingerprint": shown}
    overtaken = {"overtaken": request.method == "POST"}
    return render(request, "shows/imports/check.html", context | overtaken | rows_to_show(request, outcome))


def carried_out(request: HttpRequest, key: str, order: Order, *, dry_run: bool) -> Outcome | None:
    """What the file does or would do; None when it is no longer kept. Raises ImportRefused."""
    file = kept(key)
    if file is None:
        return None
    given: Order = {name: value for name, value in order["said"].items() if value not in (None, "")}
    how: Any = {"file": file, "by": caller(request), "dry_run": dry_run, "partial": True}
    with file:
        if order["kind"] == "cut":
            return import_timeline(order["show"], filename=order["name"], **how, **given)
        return import_shots(order["show"], mode=Mode(given["mode"]), **how)


def done(request: HttpRequest, show: Show, key: str, order: Order) -> HttpResponse:
    outcome = carried_out(request, key, order, dry_run=False)
    if outcome is None:
        return gone(request, show)
    forget(key)
    failed = [row for row in outcome["rows"] if row["errors"]]
    summary = {action.value: outcome[action] for action in Action}
    order["done"] = summary | {"failed_rows": failed[:MOST_ROWS], "failed_more": max(0, len(failed) - MOST_ROWS)}
    request.session.modified = True
    return redirect("check-import", code=show.code, key=key)


def gone(request: HttpRequest, show: Show) -> HttpResponse:
    messages.warning(request, "This upload is no longer kept: it was written, replaced, or is older than an hour.")
    return redirect("import-shots", code=show.code)


def fingerprint(outcome: Outcome) -> str:
    return hashlib.sha256(json.dumps(outcome, sort_keys=True, default=str).encode()).hexdigest()


def rows_to_show(request: HttpRequest, outcome: Outcome) -> dict[str, Any]:
    """Rows with errors first; `action` in the address leaves the others out."""
    only = request.GET.get("action", "")
    rows = [row for row in outcome["rows"] if only not in ACTIONS or row["action"] == only]
    rows.sort(key=lambda row: row["action"] != Action.FAILED)
    counts = [(action.value, outcome[action]) for action in Action if outcome[action]]
    good = sum(outcome[action] for action in (Action.CREATED, Action.UPDATED))
    shown = {"rows": rows[:MOST_ROWS], "more": max(0, len(rows) - MOST_ROWS), "only": only}
    return shown | {"counts": counts, "good": good, "all_rows": len(outcome["rows"])}
