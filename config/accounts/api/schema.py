"""How the OpenAPI schema describes who calls."""

from typing import Any

from django.conf import settings
from drf_spectacular.extensions import OpenApiAuthenticationExtension
from drf_spectacular.openapi import AutoSchema

TOKEN_PATH = "/api/v1/auth/token"  # noqa: S105  (an address)


class BearerScheme(OpenApiAuthenticationExtension):
    """A pasted token, or one that the password flow fetches."""

    target_class = "config.accounts.authentication.BearerAuthentication"
    name = ["bearer", "password"]

    def get_security_requirement(self, auto_schema: AutoSchema) -> list[dict[str, list[Any]]]:
        """One of them is enough."""
        return [{name: []} for name in self.name]

    def get_security_definition(self, auto_schema: AutoSchema) -> list[dict[str, Any]]:
        bearer = {"type": "http", "scheme": "bearer", "description": "An access token, or a service's token."}
        flow = {"tokenUrl": TOKEN_PATH, "scopes": {}}
        return [bearer, {"type": "oauth2", "flows": {"password": flow}}]


class SessionScheme(OpenApiAuthenticationExtension):
    """The browser's session; writes send `X-CSRFToken` as well."""

    target_class = "config.accounts.authentication.ReadySessionAuthentication"
    name = "session"

    def get_security_definition(self, auto_schema: AutoSchema) -> dict[str, Any]:
        return {"type": "apiKey", "in": "cookie", "name": settings.SESSION_COOKIE_NAME}
