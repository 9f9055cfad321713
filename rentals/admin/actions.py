"""Acts of the desk on several rows: shown first, then carried out whole or not at all."""

from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib import admin, messages
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse

from pipeline.admin import Question, actor, answer, ask, chosen

MOST_ROWS = 100


def act_on(
    name: str,
    words: str,
    act: Callable[..., Any],
    *,
    now: Callable[[Any], str],
    form: type[forms.Form] = forms.Form,
    right: str = "act",
) -> Any:
    """An action that shows what each row is `now`, asks what `form` asks, and calls `act(row, by=, **entered)`."""

    @admin.action(description=f"{words} …", permissions=[right])
    def acting(model_admin: Any, request: HttpRequest, queryset: QuerySet[Any]) -> HttpResponse | None:
        rows = chosen(queryset, MOST_ROWS)
        entered = form(answer(request))
        if not entered.is_valid():
            effects = [(str(row), now(row)) for row in rows]
            return ask(
                model_admin, request, entered, Question(f"{words}: {len(rows)}", "What was chosen", effects, words)
            )
        for row in rows:
            act(row, by=actor(request), **entered.cleaned_data)
        model_admin.message_user(request, f"Done: {len(rows)}.", messages.SUCCESS)
        return None

    acting.__name__ = name
    return acting
