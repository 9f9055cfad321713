from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID, uuid4

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from config.accounts import tokens
from config.accounts.errors import TokenRefused
from config.accounts.models import TokenFamily, User
from config.accounts.tokens import Claims

# How many used-up tokens a family remembers: more than any client rotates within the grace.
REMEMBERED = 50


@dataclass(frozen=True)
class SignedIn:
    """A signed-in client: whose, and its two tokens."""

    user: User
    access_token: str
    refresh_token: str
    token_type: str = "bearer"  # noqa: S105

    @property
    def expires_in(self) -> int:
        """The life of the access token, in seconds."""
        lifetime: timedelta = settings.ACCESS_TOKEN_LIFETIME
        return int(lifetime.total_seconds())


def start_family(user: User, *, user_agent: str = "") -> SignedIn:
    """The first tokens of a client that has just proved who it is."""
    return _issued(TokenFamily.objects.create(user=user, user_agent=user_agent[:200]))


def refresh_family(refresh_token: str) -> SignedIn:
    """New tokens for the newest refresh token of a family; the old one is dead from then on.

    The family's row is locked, so that of many parallel calls one wins. Raises TokenRefused for all others, and when
    the user or the family is no more. A token that was used up longer than REFRESH_TOKEN_GRACE ago is in a thief's
    hands, or its successor is: that ends the family.
    """
    claims = tokens.read_refresh(refresh_token)
    with transaction.atomic():
        family = _locked(claims)
        renewed = family is not None and _rotated(family, claims.number)
    if family is None or not renewed:
        raise TokenRefused
    return _issued(family)


def end_family(refresh_token: str) -> None:
    """Signs a client out, by any refresh token of its family; once ended it stays so. Raises TokenRefused."""
    claims = tokens.read_refresh(refresh_token)
    TokenFamily.objects.going_on().filter(pk=claims.family_id, user=claims.user_id).update(ended_at=timezone.now())


def end_families(user: User, *, but: UUID | None = None) -> None:
    """Signs out every client of `user` that holds tokens, all but the family `but`."""
    families = TokenFamily.objects.going_on().filter(user=user)
    (families.exclude(pk=but) if but else families).update(ended_at=timezone.now())


def clear_families() -> int:
    """Deletes families whose tokens are all dead; how many those were."""
    number, _ = TokenFamily.objects.dead().delete()
    return number


def _locked(claims: Claims) -> TokenFamily | None:
    families = TokenFamily.objects.going_on().select_related("user").select_for_update(of=("self",))
    return families.filter(pk=claims.family_id, user=claims.user_id, user__is_active=True).first()


def _rotated(family: TokenFamily, number: UUID) -> bool:
    """Moves a locked family on when `number` is its newest token; ends it when that was used up long ago."""
    now = timezone.now()
    if number == family.current:
        family.rotated = {**_newest(family.rotated, now), number.hex: now.isoformat()}
        family.current, family.rotated_at = uuid4(), now
    elif number.hex in _newest(family.rotated, now):
        return False
    else:
        family.ended_at = now
    family.save()
    return family.ended_at is None


def _newest(rotated: dict[str, str], now: datetime) -> dict[str, str]:
    grace: timedelta = settings.REFRESH_TOKEN_GRACE
    recent = {number: at for number, at in rotated.items() if now - datetime.fromisoformat(at) <= grace}
    return dict(list(recent.items())[-REMEMBERED:])


def _issued(family: TokenFamily) -> SignedIn:
    claims = Claims(family.user_id, family.pk, family.current)
    return SignedIn(family.user, tokens.sign_access(claims), tokens.sign_refresh(claims))
