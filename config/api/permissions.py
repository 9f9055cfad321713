from typing import Any

from rest_framework.exceptions import MethodNotAllowed
from rest_framework.permissions import BasePermission
from rest_framework.request import Request

ANYONE = "anyone"
ACCOUNT = "account"


def declared(view: Any, method: str) -> tuple[str, ...]:
    """The permissions of which a caller of `view` needs one; empty where nothing is declared, which denies."""
    action = getattr(view, "action", None) or method.lower()
    rights = getattr(view, "permissions", {}).get(action, ())
    return (rights,) if isinstance(rights, str) else tuple(rights)


class DeclaredPermission(BasePermission):
    """Each view declares who may call it: `permissions = {action or method: permission, or several of which one}`.

    `"anyone"` and `"account"` stand for everybody and for whoever is signed in. What is not declared is denied.
    """

    message = "Your role does not allow this. Ask a producer or an administrator."

    def has_permission(self, request: Request, view: Any) -> bool:
        method = str(request.method)
        if method == "OPTIONS":
            return any(may(request, right) for rights in view.permissions.values() for right in listed(rights))
        if not hasattr(view, method.lower()):
            raise MethodNotAllowed(method)
        return any(may(request, right) for right in declared(view, "get" if method == "HEAD" else method))


def listed(rights: str | tuple[str, ...]) -> tuple[str, ...]:
    return (rights,) if isinstance(rights, str) else rights


def may(request: Request, right: str) -> bool:
    if right == ANYONE:
        return True
    user = request.user
    return bool(user.is_authenticated and (right == ACCOUNT or user.has_perm(right)))
