from uuid import UUID

from django.contrib.auth.backends import ModelBackend

from config.accounts.models import User


class AccountBackend(ModelBackend):
    """Django's own backend; who comes with a session is read with roles and permissions in one statement."""

    def get_user(self, user_id: UUID) -> User | None:
        user: User | None = User.objects.caller(user_id)
        return user
