"""Actions on many rows that say what they will do, and ask first."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django import forms
from django.contrib.admin.helpers import ACTION_CHECKBOX_NAME
from django.http import HttpRequest, QueryDict
from django.template.response import TemplateResponse
from unfold.widgets import UnfoldAdminTextInputWidget

from pipeline.errors import Refusal

MOST_ROWS = 1000
# The page that asks before a deletion carries each row as a field, of which Django takes 1,000.
MOST_DELETED = 500
SHOWN_ROWS = 50


class ReasonForm(forms.Form):
    """Why; the history keeps it beside each change."""

    reason = forms.CharField(max_length=500, required=False, widget=UnfoldAdminTextInputWidget)


def answer(request: HttpRequest) -> QueryDict | None:
    """What somebody entered on the page that asks; None before it was shown."""
    return request.POST if "confirmed" in request.POST else None


def chosen(rows: Any, most: int = MOST_ROWS) -> list[Any]:
    """The rows of an action. Raises Refusal when they are more than it takes at once."""
    found = list(rows[: most + 1])
    if len(found) > most:
        raise Refusal(f"Choose at most {most:,} rows at once: filter the list, then repeat.")
    return found


@dataclass(frozen=True)
class Question:
    """What the page that asks says: of each row what will become of it, or what it is now."""

    title: str
    heading: str
    effects: Sequence[tuple[str, str]]
    button: str


def ask(model_admin: Any, request: HttpRequest, form: forms.Form, question: Question) -> TemplateResponse:
    """The page that asks, and sends the chosen rows and what was entered to the action again."""
    context = model_admin.admin_site.each_context(request) | {
        "title": question.title,
        "heading": question.heading,
        "button": question.button,
        "effects": question.effects[:SHOWN_ROWS],
        "more": max(0, len(question.effects) - SHOWN_ROWS),
        "form": form,
        "opts": model_admin.opts,
        "media": model_admin.media + form.media,
        "action": request.POST["action"],
        "select_across": request.POST.get("select_across", "0"),
        "checkbox_name": ACTION_CHECKBOX_NAME,
        "selected": request.POST.getlist(ACTION_CHECKBOX_NAME),
    }
    request.current_app = model_admin.admin_site.name
    return TemplateResponse(request, "admin/confirm_action.html", context)
