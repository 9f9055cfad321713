"""Who is behind a socket: found out when it opens, and again every two seconds while it is open."""

import asyncio
import time
from collections.abc import AsyncIterator, Callable, Iterable, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from http.cookies import CookieError, SimpleCookie
from types import SimpleNamespace
from typing import cast
from uuid import UUID

import structlog
from django.conf import settings
from django.contrib.auth import get_user
from django.contrib.sessions.backends.db import SessionStore
from django.contrib.sessions.models import Session
from django.db import Error
from django.http import HttpRequest
from django.utils import timezone

from config.accounts import tokens
from config.accounts.authentication import service_email
from config.accounts.errors import TokenRefused
from config.accounts.models import TokenFamily, User
from pipeline.threads import in_thread

log = structlog.get_logger(__name__)

CHECK_SECONDS = 2.0
# What was not found out again for so long does not count any more.
SURE_SECONDS = 4.5


@dataclass(eq=False)
class Signed:
    """Somebody at a socket; `user` is None where nobody is signed in, or not any more. See `pipeline.standing`."""

    known: User | None = None
    session_key: str = ""
    family_id: UUID | None = None
    ends_at: int = 0
    on_change: Callable[[], None] = lambda: None
    known_at: float = field(default_factory=time.monotonic)

    @property
    def user(self) -> User | None:
        return None if self.ends_at and time.time() >= self.ends_at else self.known

    @property
    def is_sure(self) -> bool:
        return time.monotonic() - self.known_at < SURE_SECONDS

    def look(self, found: User | None) -> None:
        """Takes what was found out now, and tells the socket what is new in it."""
        before, self.known, self.known_at = self.known, found, time.monotonic()
        if self.user is None or rights_of(before) != rights_of(found):
            self.on_change()


def rights_of(user: User | None) -> object:
    return user and (user.is_superuser, user.get_all_permissions())


def signed_by(headers: Mapping[str, str]) -> Signed:
    """Who sent the headers of a handshake. Raises TokenRefused for a bearer token that is none of ours."""
    scheme, _, token = headers.get("authorization", "").partition(" ")
    if scheme.lower() == "bearer":
        return signed_by_token(token.strip())
    return signed_by_session(cookie(headers.get("cookie", ""), settings.SESSION_COOKIE_NAME))


def signed_by_token(token: str) -> Signed:
    if service := service_email(token):
        return signed_or_refused(Signed(User.objects.caller_by_email(service)))
    claims = tokens.read_access(token)
    user = User.objects.caller_by_family(claims.user_id, claims.family_id)
    return signed_or_refused(Signed(user, family_id=claims.family_id, ends_at=claims.ends_at))


def signed_or_refused(signed: Signed) -> Signed:
    if signed.user is None:
        raise TokenRefused
    return signed


def signed_by_session(key: str) -> Signed:
    if not key:
        return Signed()
    user = get_user(cast(HttpRequest, SimpleNamespace(session=SessionStore(key))))
    return Signed(user, session_key=key) if isinstance(user, User) else Signed()


def cookie(header: str, name: str) -> str:
    try:
        found = SimpleCookie(header).get(name)
    except CookieError:
        return ""
    return found.value if found else ""


def still_signed(everybody: Iterable[Signed]) -> dict[Signed, User | None]:
    """Each with the user as it is now, or None where the sign-in has ended: three statements for any number."""
    present = [signed for signed in everybody if signed.known]
    users = User.objects.callers({signed.known.pk for signed in present if signed.known})
    keys = {signed.session_key for signed in present if signed.session_key}
    sessions = Session.objects.filter(session_key__in=keys, expire_date__gt=timezone.now())
    families = TokenFamily.objects.going_on().filter(pk__in={signed.family_id for signed in present})
    alive: set[str | UUID] = {*sessions.values_list("pk", flat=True), *families.values_list("pk", flat=True)}
    return {signed: user_now(signed, users, alive) for signed in present}


def user_now(signed: Signed, users: Mapping[UUID, User], alive: set[str | UUID]) -> User | None:
    user = users.get(signed.known.pk) if signed.known else None
    proof = signed.session_key or signed.family_id
    if user is None or (proof and proof not in alive):
        return None
    if signed.session_key and user.password != getattr(signed.known, "password", None):
        # A new password ends the sessions that were begun with the old one, but not that in which it was set.
        return signed_by_session(signed.session_key).known
    return user


class Watch:
    """Looks after all who are at the sockets of one process."""

    def __init__(self) -> None:
        self.everybody: set[Signed] = set()
        self.task: asyncio.Task[None] | None = None

    @asynccontextmanager
    async def over(self, signed: Signed) -> AsyncIterator[None]:
        self.everybody.add(signed)
        self.task = self.task or asyncio.create_task(self.go_on())
        try:
            yield
        finally:
            self.everybody.discard(signed)
            if not self.everybody:
                self.task.cancel()
                watches.pop(asyncio.get_running_loop(), None)

    async def go_on(self) -> None:
        while True:
            await asyncio.sleep(CHECK_SECONDS)
            try:
                found = await in_thread(still_signed, list(self.everybody))
            except Error as error:
                log.warning("sockets_cannot_be_checked", error=repr(error))
                self.tell_unsure()
            else:
                for signed, user in found.items():
                    signed.look(user)

    def tell_unsure(self) -> None:
        for signed in list(self.everybody):
            if not signed.is_sure:
                signed.on_change()


watches: dict[asyncio.AbstractEventLoop, Watch] = {}


def watch() -> Watch:
    """The watch of the running loop."""
    return watches.setdefault(asyncio.get_running_loop(), Watch())
