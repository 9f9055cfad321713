from typing import Any, cast

from django import forms
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.http import require_POST

from pipeline.errors import Refusal
from pipeline.services import Actor
from shows.models import ShotStatus
from shows.services.undo import undo_review, undo_status
from shows.views.review_access import studio_page


class UndoForm(forms.Form):
    """What is taken back: a review, with or without the move of the shot that came with it, or a status."""

    review = forms.IntegerField(required=False, min_value=1, max_value=2**63 - 1)
    moved = forms.BooleanField(required=False)
    status = forms.ChoiceField(required=False, choices=ShotStatus.choices)

    def clean(self) -> dict[str, Any]:
        given = self.cleaned_data
        if bool(given.get("review")) == bool(given.get("status")):
            raise forms.ValidationError("Name a review or a status.")
        return given


@require_POST
@studio_page
def undo(request: HttpRequest, shot_id: int) -> HttpResponse:
    """Answers 204, or what refused it, in the words and keys of the API."""
    form = UndoForm(request.POST)
    if not form.is_valid():
        return JsonResponse(
            {"code": "invalid", "detail": "There is nothing to undo by that.", "errors": []}, status=400
        )
    try:
        take_back(shot_id, form.cleaned_data, cast(Actor, request.user))
    except Refusal as refusal:
        answer = {"code": refusal.code, "detail": refusal.detail, "errors": []}
        return JsonResponse(answer, status=refusal.status)
    return HttpResponse(status=204)


def take_back(shot_id: int, given: dict[str, Any], by: Actor) -> None:
    if given["review"]:
        undo_review(shot_id, by=by, review_id=given["review"], moved=given["moved"])
    else:
        undo_status(shot_id, by=by, status=given["status"])
