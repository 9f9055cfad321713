"""Shows, sequences and shots made and changed by forms; the services say what is refused."""

from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from pipeline.forms import WrittenForm, row_of
from pipeline.services import demand
from pipeline.views.access import caller
from shows.forms import SequenceForm, ShotChangeForm, ShotForm, ShowForm
from shows.models import Sequence, Shot, Show
from shows.services import shots, shows
from shows.views.review_access import studio_page


@dataclass(frozen=True, slots=True)
class Place:
    """Where somebody came from, and goes back to."""

    title: str
    address: str


@studio_page
def new_show(request: HttpRequest) -> HttpResponse:
    demand(caller(request), "shows.add_show")
    form = ShowForm(request.POST or None)
    show = form.written(lambda **values: shows.create_show(by=caller(request), **values))
    if show:
        return done(request, f"{show.code} is there.", board_of(show))
    return asked(request, form, "New show", "Create show", back=Place("Shows", reverse("show-index")))


@studio_page
def edit_show(request: HttpRequest, code: str) -> HttpResponse:
    demand(caller(request), "shows.change_show")
    show = show_coded(request, code)
    form = ShowForm(request.POST or None, initial=row_of(show, ShowForm))
    changed = form.written(
        lambda **values: shows.change_show(show.pk, by=caller(request), expected_version=expected(form), **values),
        lambda: row_of(Show.objects.get(pk=show.pk), ShowForm),
    )
    if changed:
        return done(request, f"{changed.code} is saved.", board_of(changed))
    return asked(request, form, f"Edit {show.code}", "Save", back=place_of(show))


@studio_page
def new_sequence(request: HttpRequest, code: str) -> HttpResponse:
    demand(caller(request), "shows.add_sequence")
    show = show_coded(request, code)
    form = SequenceForm(request.POST or None)
    sequence = form.written(lambda **values: shows.create_sequence(by=caller(request), show=show, **values))
    if sequence:
        return done(request, f"{sequence.code} is there.", board_of(show))
    return asked(request, form, f"New sequence of {show.code}", "Create sequence", back=place_of(show))


@studio_page
def edit_sequence(request: HttpRequest, code: str, sequence_code: str) -> HttpResponse:
    demand(caller(request), "shows.change_sequence")
    show = show_coded(request, code)
    sequence = Sequence.objects.get(show=show, code__iexact=sequence_code)
    form = SequenceForm(request.POST or None, initial=row_of(sequence, SequenceForm))
    changed = form.written(
        lambda **values: shows.change_sequence(
            sequence.pk, by=caller(request), expected_version=expected(form), **values
        ),
        lambda: row_of(Sequence.objects.get(pk=sequence.pk), SequenceForm),
    )
    if changed:
        return done(request, f"{changed.code} is saved.", board_of(show))
    return asked(request, form, f"Edit {sequence.code}", "Save", back=place_of(show))


@studio_page
def new_shot(request: HttpRequest, code: str) -> HttpResponse:
    demand(caller(request), "shows.add_shot")
    show = show_coded(request, code)
    if not show.sequences.exists():
        messages.info(request, "A shot belongs to a sequence: make the first one.")
        return redirect("new-sequence", code=show.code)
    within = show.sequences.filter(code__iexact=request.GET.get("sequence", "")).first()
    form = ShotForm(request.POST or None, show=show, initial={"sequence": within})
    shot = form.written(lambda **values: shots.create_shot(by=caller(request), **values))
    if shot:
        return done(request, f"{shot.code} is there.", board_of(show))
    return asked(request, form, f"New shot of {show.code}", "Create shot", back=place_of(show))


@studio_page
def edit_shot(request: HttpRequest, shot_id: int) -> HttpResponse:
    demand(caller(request), "shows.change_shot")
    shot = Shot.objects.visible_to(caller(request)).select_related("show", "sequence", "assigned_to").get(pk=shot_id)
    form = ShotChangeForm(request.POST or None, show=shot.show, initial=row_of(shot, ShotChangeForm))
    changed = form.written(
        lambda **values: shots.change_shot(shot.pk, by=caller(request), expected_version=expected(form), **values),
        lambda: row_of(Shot.objects.select_related("sequence", "assigned_to").get(pk=shot.pk), ShotChangeForm),
    )
    back = Place(shot.code, reverse("shot-page", args=[shot.pk]))
    if changed:
        return done(request, f"{changed.code} is saved.", back.address)
    return asked(request, form, f"Edit {shot.sequence.code} {shot.code}", "Save", back=back)


def expected(form: WrittenForm) -> int | None:
    version: int | None = form.cleaned_data.get("row_version")
    return version


def show_coded(request: HttpRequest, code: str) -> Show:
    return Show.objects.visible_to(caller(request)).coded(code).get()


def board_of(show: Show) -> str:
    return reverse("show-page", args=[show.code])


def place_of(show: Show) -> Place:
    return Place(show.title, board_of(show))


def done(request: HttpRequest, words: str, target: str) -> HttpResponse:
    messages.success(request, words)
    return redirect(target)


def asked(request: HttpRequest, form: WrittenForm, title: str, button: str, *, back: Place) -> HttpResponse:
    context: dict[str, Any] = {"form": form, "title": title, "button": button, "back": back}
    return render(request, "shows/forms/form.html", context)
