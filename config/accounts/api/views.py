from typing import Any, ClassVar

from django.conf import settings
from django.contrib.auth import update_session_auth_hash
from django.http import HttpRequest
from django.urls import reverse
from drf_spectacular.utils import extend_schema
from rest_framework import status
from rest_framework.authentication import SessionAuthentication
from rest_framework.exceptions import AuthenticationFailed, Throttled
from rest_framework.generics import GenericAPIView
from rest_framework.parsers import FormParser
from rest_framework.request import Request
from rest_framework.response import Response

from config.accounts import services
from config.accounts.api import serializers
from config.accounts.authentication import CHALLENGE
from config.accounts.errors import LockedOut, TokenRefused, WrongCredentials
from config.accounts.models import User
from config.accounts.tokens import Claims

SIGNED_IN = serializers.SignedInSerializer


class AccountView(GenericAPIView[User]):
    """What all doors of accounts share: refusals with the headers that their status asks for."""

    def handle_exception(self, exc: Exception) -> Response:
        if isinstance(exc, LockedOut):
            exc = Throttled(detail=exc.detail, code=exc.code, wait=exc.seconds)
        elif isinstance(exc, TokenRefused | WrongCredentials):
            exc = AuthenticationFailed(exc.detail, code=exc.code)
        return super().handle_exception(exc)

    def sent(self) -> dict[str, Any]:
        """The checked body."""
        serializer = self.get_serializer(data=self.request.data)
        serializer.is_valid(raise_exception=True)
        return dict(serializer.validated_data)


class OpenView(AccountView):
    """For who is not signed in, or no longer: a dead token in the header must not keep them from signing in."""

    authentication_classes = ()
    permissions: ClassVar[dict[str, str]] = {"post": "anyone"}

    def get_authenticate_header(self, request: Request) -> str:
        return CHALLENGE


class RegisterView(OpenView):
    serializer_class = serializers.RegistrationSerializer
    throttles: ClassVar[dict[str, tuple[str, int, int]]] = {"post": ("register", settings.REGISTRATIONS_AN_HOUR, 3600)}

    @extend_schema(responses={201: SIGNED_IN})
    def post(self, request: Request) -> Response:
        """Open an account and sign in with it"""
        user = services.register_user(**self.sent())
        signed_in = services.start_family(user, user_agent=request.headers.get("User-Agent", ""))
        return Response(SIGNED_IN(signed_in).data, status.HTTP_201_CREATED, headers={"Location": reverse("me")})


class SignInView(OpenView):
    serializer_class = serializers.SignInSerializer

    @extend_schema(responses=SIGNED_IN)
    def post(self, request: Request) -> Response:
        """Sign in with e-mail and password"""
        sent = self.sent()
        return Response(SIGNED_IN(services.sign_in(plain(request), sent["email"], sent["password"])).data)


class PasswordGrantView(OpenView):
    serializer_class = serializers.PasswordGrantSerializer
    parser_classes = (FormParser,)

    @extend_schema(responses=SIGNED_IN)
    def post(self, request: Request) -> Response:
        """Sign in by OAuth2's password flow"""
        sent = self.sent()
        return Response(SIGNED_IN(services.sign_in(plain(request), sent["username"], sent["password"])).data)


class RefreshView(OpenView):
    serializer_class = serializers.RefreshSerializer

    @extend_schema(responses=SIGNED_IN)
    def post(self, request: Request) -> Response:
        """Exchange a refresh token for new tokens"""
        return Response(SIGNED_IN(services.refresh_family(self.sent()["refresh_token"])).data)


class SignOutView(OpenView):
    serializer_class = serializers.RefreshSerializer

    @extend_schema(responses={204: None})
    def post(self, request: Request) -> Response:
        """Sign a client out, with all its tokens"""
        services.end_family(self.sent()["refresh_token"])
        return Response(status=status.HTTP_204_NO_CONTENT)


class PasswordView(AccountView):
    serializer_class = serializers.PasswordSerializer
    permissions: ClassVar[dict[str, str]] = {"post": "account"}

    @extend_schema(responses={204: None})
    def post(self, request: Request) -> Response:
        """Change the own password and sign out every other client"""
        sent, user = self.sent(), caller(request)
        services.confirm_password(plain(request), user, sent["old_password"], field="old_password")
        keep = request.auth.family_id if isinstance(request.auth, Claims) else None
        services.change_password(user, sent["new_password"], field="new_password", keep=keep)
        if isinstance(request.successful_authenticator, SessionAuthentication):
            update_session_auth_hash(plain(request), user)
        return Response(status=status.HTTP_204_NO_CONTENT)


class MeView(AccountView):
    serializer_class = serializers.MeSerializer
    permissions: ClassVar[dict[str, str]] = {"get": "account", "patch": "account"}

    def get(self, request: Request) -> Response:
        """Read the own account, its roles and permissions"""
        return Response(self.get_serializer(caller(request)).data)

    def patch(self, request: Request) -> Response:
        """Change the own name, biography and shortcuts"""
        serializer = self.get_serializer(caller(request), data=request.data, partial=True)
        serializer.is_valid(raise_exception=True)
        expected = request.META.get("backlot.expected_version")
        services.update_profile(caller(request).pk, expected_version=expected, **serializer.validated_data)
        return Response(self.get_serializer(User.objects.caller(caller(request).pk)).data)


def plain(request: Request) -> HttpRequest:
    return request._request


def caller(request: Request) -> User:
    """Whom the view's declared rights let through: an account."""
    assert isinstance(request.user, User)  # noqa: S101
    return request.user
