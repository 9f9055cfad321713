"""What a page does at one press of a button, and how it says that it was refused."""

from collections.abc import Callable
from typing import TypeVar

from django import forms
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest

from pipeline.errors import NotAllowed, Refusal

Answer = TypeVar("Answer")


def attempted(request: HttpRequest, act: Callable[[], Answer], tags: str = "") -> Answer | None:
    """What the act answers; None when it is refused, which is said then."""
    try:
        return act()
    except NotAllowed:
        raise
    except Refusal as refusal:
        messages.error(request, refusal.detail, extra_tags=tags)
    except ValidationError as error:
        messages.error(request, " ".join(error.messages), extra_tags=tags)
    return None


def tell(request: HttpRequest, act: Callable[[], str]) -> None:
    """Acts, and says the words that the act answers, or why it is refused."""
    words = attempted(request, act)
    if words is not None:
        messages.success(request, words)


def tell_mistakes(request: HttpRequest, form: forms.Form) -> None:
    """Says what is wrong in a form that does not stay on the page."""
    for name, errors in form.errors.items():
        label = "" if name not in form.fields else f"{form[name].label}: "
        messages.error(request, f"{label}{' '.join(map(str, errors))}")
