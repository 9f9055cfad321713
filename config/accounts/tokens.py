"""The signed tokens of a signed-in client: what stands in them, and which are believed."""

from dataclasses import dataclass
from uuid import UUID

from rest_framework_simplejwt.exceptions import TokenError
from rest_framework_simplejwt.tokens import AccessToken, RefreshToken, Token

from config.accounts.errors import TokenRefused

FAMILY = "fam"


@dataclass(frozen=True)
class Claims:
    """What a good token says: whose it is, of which family, its own number, and when it ends (0: not signed yet)."""

    user_id: UUID
    family_id: UUID
    number: UUID
    ends_at: int = 0


def read_access(text: str) -> Claims:
    """Raises TokenRefused unless `text` is an access token that we signed and that has not run out."""
    return _read(AccessToken, text)


def read_refresh(text: str) -> Claims:
    """Raises TokenRefused unless `text` is a refresh token that we signed and that has not run out."""
    return _read(RefreshToken, text)


def sign_access(claims: Claims) -> str:
    return _sign(AccessToken(), claims)


def sign_refresh(claims: Claims) -> str:
    return _sign(RefreshToken(), claims)


def _read(kind: type[Token], text: str) -> Claims:
    try:
        token = kind(text)  # type: ignore[arg-type]  # annotated as Token, takes the encoded text
        return Claims(UUID(token["sub"]), UUID(token[FAMILY]), UUID(token["jti"]), int(token["exp"]))
    except (TokenError, KeyError, ValueError, TypeError, AttributeError):
        raise TokenRefused from None


def _sign(token: Token, claims: Claims) -> str:
    token["sub"] = str(claims.user_id)
    token[FAMILY] = claims.family_id.hex
    token["jti"] = claims.number.hex
    return str(token)
