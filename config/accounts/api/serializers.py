from typing import Any

from rest_framework import serializers

from config.accounts.models import User
from config.accounts.services import SignedIn

LONGEST_EMAIL = 254
LONGEST_PASSWORD = 200
LONGEST_TOKEN = 2000
OWN_FIELDS = ("id", "email", "display_name", "bio", "shortcuts", "created_at", "row_version")


def password_field() -> serializers.CharField:
    return serializers.CharField(max_length=LONGEST_PASSWORD, trim_whitespace=False, style={"input_type": "password"})


class UserSerializer(serializers.ModelSerializer[User]):
    """An account as its owner sees it after signing in."""

    roles = serializers.ListField(child=serializers.CharField(), read_only=True)

    class Meta:
        model = User
        fields = ("id", "email", "display_name", "roles")
        read_only_fields = ("id", "email", "display_name", "roles")


class MeSerializer(serializers.ModelSerializer[User]):
    """The caller's own account; `permissions` is what all its roles allow together."""

    roles = serializers.ListField(child=serializers.CharField(), read_only=True)
    permissions = serializers.ListField(child=serializers.CharField(), read_only=True)

    class Meta:
        model = User
        fields = (*OWN_FIELDS, "roles", "permissions")
        read_only_fields = ("id", "email", "created_at", "row_version")

    def to_representation(self, user: User) -> dict[str, Any]:
        """Without building the fields, which takes longer than reading the account."""
        plain = {name: getattr(user, name) for name in OWN_FIELDS}
        return plain | {"roles": user.roles, "permissions": sorted(user.get_all_permissions())}


class RegistrationSerializer(serializers.Serializer[Any]):
    """Who wants an account."""

    email = serializers.EmailField(max_length=LONGEST_EMAIL)
    password = password_field()
    display_name = serializers.CharField(max_length=120)


class SignInSerializer(serializers.Serializer[Any]):
    """Who signs in."""

    email = serializers.EmailField(max_length=LONGEST_EMAIL)
    password = password_field()


class PasswordGrantSerializer(serializers.Serializer[Any]):
    """OAuth2's password flow, as Swagger UI sends it; clients are not told apart, and there are no scopes."""

    username = serializers.CharField(max_length=LONGEST_EMAIL, help_text="The e-mail.")
    password = password_field()
    grant_type = serializers.ChoiceField(choices=["password"], required=False)
    scope = serializers.CharField(required=False, allow_blank=True)
    client_id = serializers.CharField(required=False, allow_blank=True)
    client_secret = serializers.CharField(required=False, allow_blank=True)


class RefreshSerializer(serializers.Serializer[Any]):
    """The newest refresh token of a client."""

    refresh_token = serializers.CharField(max_length=LONGEST_TOKEN)


class PasswordSerializer(serializers.Serializer[Any]):
    """The password in use, and the one to come."""

    old_password = password_field()
    new_password = password_field()


class SignedInSerializer(serializers.Serializer[SignedIn]):
    """A signed-in client's tokens; `expires_in` is the access token's life in seconds."""

    access_token = serializers.CharField()
    refresh_token = serializers.CharField()
    token_type = serializers.CharField()
    expires_in = serializers.IntegerField()
    user = UserSerializer()
