from django.apps import AppConfig
from django.core.checks import Tags, register
from django.db.models.signals import post_migrate

from config.accounts import checks, groups


class AccountsConfig(AppConfig):
    """Who signs in, and what they may do."""

    name = "config.accounts"
    label = "accounts"
    verbose_name = "Accounts"

    def ready(self) -> None:
        post_migrate.connect(groups.keep_roles_right, dispatch_uid="accounts.keep_roles_right")
        register(checks.check_settings, Tags.security)
        register(checks.check_demo_accounts, Tags.database)
