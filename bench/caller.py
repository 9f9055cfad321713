"""Who asks: one account, with a token for the API and a session for the pages."""

from importlib import import_module

from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY

from bench.endpoints import Endpoint
from config.accounts.models import User
from config.accounts.services import start_family


class Caller:
    def __init__(self, user: User) -> None:
        self.token = start_family(user).access_token
        session = import_module(settings.SESSION_ENGINE).SessionStore()
        session.update(
            {
                SESSION_KEY: str(user.pk),
                BACKEND_SESSION_KEY: settings.AUTHENTICATION_BACKENDS[-1],
                HASH_SESSION_KEY: user.get_session_auth_hash(),
            }
        )
        session.create()
        self.session = session.session_key

    def headers(self, endpoint: Endpoint) -> dict[str, str]:
        if endpoint.is_page:
            return {"Accept": "text/html", "Cookie": f"{settings.SESSION_COOKIE_NAME}={self.session}"}
        return {"Accept": "application/json", "Authorization": f"Bearer {self.token}"}
