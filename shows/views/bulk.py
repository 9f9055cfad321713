"""Many shots changed at once: first what would change, then, when that still holds, the change."""

import hashlib
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_POST, require_safe

from crew.forms import entry_of
from crew.models import CrewMember
from pipeline.services import demand
from pipeline.views.access import caller
from shows.forms import MOST_AT_ONCE, BulkForm
from shows.models import Shot, ShotStatus
from shows.services.shots import bulk_change_shots
from shows.views.review_access import studio_page

MOST_PEOPLE = 20


@dataclass(frozen=True, slots=True)
class Effect:
    """What would become of a shot: from and to by field; `action` as the imports call it."""

    code: str
    sequence: str
    action: str
    changes: list[tuple[str, str, str]]


@dataclass(frozen=True, slots=True)
class Preview:
    """`fingerprint` stands for the shots as they are now and for what is to be set."""

    effects: list[Effect]
    missing: list[int]
    fingerprint: str

    def count(self, action: str) -> int:
        return sum(effect.action == action for effect in self.effects)

    @property
    def updated(self) -> int:
        return self.count("updated")

    @property
    def unchanged(self) -> int:
        return self.count("unchanged")


@require_POST
@studio_page
def bulk(request: HttpRequest) -> HttpResponse:
    """Shows what would change; with the fingerprint of what was shown, changes it."""
    demand(caller(request), "shows.change_shot", "shows.set_shot_status")
    form, ids = BulkForm(request.POST), ids_of(request.POST)
    if not (form.is_valid() and 0 < len(ids) <= MOST_AT_ONCE):
        return shown(request, form=form, ids=ids)
    preview = preview_of(ids, form, request)
    if request.POST.get("fingerprint") != preview.fingerprint:
        return shown(request, form=form, ids=ids, preview=preview, overtaken="fingerprint" in request.POST)
    known = [pk for pk in ids if pk not in preview.missing]
    bulk_change_shots(known, by=caller(request), reason=form.cleaned_data["reason"], **form.changes())
    messages.success(request, f"{preview.updated} shot{'s' * (preview.updated != 1)} changed.")
    return redirect(way_back(request))


def ids_of(data: QueryDict) -> list[int]:
    """Each once, in the order of the page."""
    return list(
        dict.fromkeys(int(raw) for raw in data.getlist("ids") if raw.isascii() and raw.isdigit() and len(raw) < 19)
    )


def preview_of(ids: list[int], form: BulkForm, request: HttpRequest) -> Preview:
    visible = Shot.objects.visible_to(caller(request)).filter(pk__in=ids)
    shots = {shot.pk: shot for shot in visible.select_related("sequence", "assigned_to")}
    changes = form.changes()
    ordered = [shots[pk] for pk in ids if pk in shots]
    state = (
        [(shot.pk, shot.row_version) for shot in ordered],
        sorted((name, str(value)) for name, value in changes.items()),
    )
    return Preview(
        effects=[effect_on(shot, changes) for shot in ordered],
        missing=[pk for pk in ids if pk not in shots],
        fingerprint=hashlib.sha256(repr(state).encode()).hexdigest(),
    )


def effect_on(shot: Shot, changes: dict[str, Any]) -> Effect:
    differing = [
        (name, in_words(name, getattr(shot, name)), in_words(name, value))
        for name, value in changes.items()
        if getattr(shot, name) != value
    ]
    return Effect(shot.code, shot.sequence.code, "updated" if differing else "unchanged", differing)


def in_words(name: str, value: Any) -> str:
    return str(ShotStatus(value).label) if name == "status" else str(value or "Nobody")


def shown(request: HttpRequest, **context: Any) -> HttpResponse:
    template = "shows/bulk/preview.html" if request.headers.get("HX-Request") else "shows/bulk/page.html"
    return render(request, template, context | {"next": way_back(request), "most": MOST_AT_ONCE})


def way_back(request: HttpRequest) -> str:
    """The list that the change came from, as it stands in the browser's address now."""
    htmx: Any = getattr(request, "htmx", None)
    target = (htmx and htmx.current_url_abs_path) or request.POST.get("next", "")
    return target if url_has_allowed_host_and_scheme(target, None) else "/"


@require_safe
@studio_page
def people(request: HttpRequest) -> HttpResponse:
    """Names for a field that takes a person; what was typed comes as the field's own parameter."""
    demand(caller(request), "shows.change_shot", "shows.add_shot")
    words = str(next(iter(request.GET.values()), "")).replace("\0", "").strip()
    found = CrewMember.objects.filter(full_name__icontains=words).with_namesakes().select_related("role")
    entries = [(entry_of(person), person.role.name) for person in found[:MOST_PEOPLE]]
    return render(request, "shows/bulk/people.html", {"entries": entries})
