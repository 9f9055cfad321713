"""Mistakes of a deployment that would let strangers in: `manage.py check --database default` names them."""

from collections.abc import Sequence
from typing import Any

from django.conf import settings
from django.contrib.auth import get_user_model
from django.core.checks import CheckMessage, Error
from django.db import connections

SAMPLE_TOKEN = "dvd_admin"  # noqa: S105  (the one that everybody knows)


def check_settings(app_configs: Any, **others: Any) -> list[CheckMessage]:
    """E001 the sample service token, E002 the sample secret key."""
    found: list[CheckMessage] = []
    if settings.ENVIRONMENT != "production":
        return found
    if SAMPLE_TOKEN in settings.SERVICE_TOKENS:
        hint = f"Take {SAMPLE_TOKEN} out of SERVICE_TOKENS; make tokens with `openssl rand -hex 32`."
        found.append(Error(f"The service token {SAMPLE_TOKEN} is known to everybody.", hint=hint, id="accounts.E001"))
    if settings.SECRET_KEY == settings.SAMPLE_SECRET_KEY:
        hint = "Set API_SECRET_KEY to a random text, such as `openssl rand -base64 48` prints."
        found.append(Error("The secret key is the sample that everybody knows.", hint=hint, id="accounts.E002"))
    return found


def check_demo_accounts(
    app_configs: Any,
    databases: Sequence[str] | None = None,
    **others: Any,
) -> list[CheckMessage]:
    """E003 a demo account that can sign in; before the first migration there is none."""
    if settings.ENVIRONMENT != "production":
        return []
    return [error for alias in databases or () for error in _active_demo_accounts(alias)]


def _active_demo_accounts(alias: str) -> list[CheckMessage]:
    user = get_user_model()
    if user._meta.db_table not in connections[alias].introspection.table_names():
        return []
    active = user._default_manager.using(alias).filter(is_active=True, email__iendswith="@backlot.test")
    emails = ", ".join(active.values_list("email", flat=True)[:10])
    if not emails:
        return []
    hint = "Their password is public. Untick `active` in the admin, or start with BACKLOT_ENV=local."
    return [Error(f"Accounts of the demo can sign in: {emails}.", hint=hint, id="accounts.E003")]
