"""What a browser does on the admin's pages."""

from collections.abc import Iterator
from typing import Any

from django.test import Client

from config.accounts.models import User
from config.accounts.tests.factories import UserFactory


def signed_in(*roles: str, user: User | None = None) -> Client:
    """A browser in which somebody with these roles has signed in."""
    client = Client()
    account = user or UserFactory.create(roles=roles)
    client.force_login(account, "config.accounts.backends.AccountBackend")
    return client


def as_sent(answer: Any) -> dict[str, Any]:
    """What the form of a page sends back when nobody touches it."""
    return {field.html_name: field.value() for form in forms_of(answer) for field in form if field.value() is not None}


def forms_of(answer: Any) -> Iterator[Any]:
    yield answer.context["adminform"].form
    for inline in answer.context["inline_admin_formsets"]:
        yield inline.formset.management_form
        yield from inline.formset.forms


def send(client: Client, url: str, **changes: Any) -> Any:
    """Opens the page, changes what is named (`reviews__0__body` for an inline's), and saves."""
    sent = as_sent(client.get(url))
    return client.post(url, sent | {name.replace("__", "-"): value for name, value in changes.items()})


def errors_of(answer: Any) -> dict[str, list[str]]:
    """What stands beside the fields of a page that was not saved, by the name of the field."""
    forms = [form for form in forms_of(answer) if form.errors]
    return {form.add_prefix(name): list(said) for form in forms for name, said in form.errors.items()}
